//! The window at each place, forward and back.

use super::bands::{self, Ready};
use super::geometry::Geometry;
use super::panels::{self, Stride};
use super::parcels::{Cut, Parcel};
use super::plan::{Channels, Plan, Tiles};
use super::planes::Room;
use super::route::{self, Route};
use super::strips::{CHANNELS, Strips};
use super::wide::{self, Wide, Work, widest};
use super::winograd::Winograd;

/// The convolution of `x` `[N, G * C, H, W]` with `weights` `[G * O, C, KH, KW]` plus `bias`
/// `[G * O]`: `[N, G * O, H', W']` in row-major order.
pub(crate) fn forward(x: &[f32], weights: &[f32], bias: Option<&[f32]>, g: &Geometry) -> Vec<f32> {
    Walk::forward(g).all(x, weights, bias)
}

/// The adjoint of [`forward`] as a function of `x`: `y` `[N, G * O, H', W']`, `weights` as there,
/// `bias` `[G * C]`: `[N, G * C, H, W]` in row-major order.
pub(crate) fn adjoint(y: &[f32], weights: &[f32], bias: Option<&[f32]>, g: &Geometry) -> Vec<f32> {
    Walk::adjoint(g).all(y, weights, bias)
}

/// Bytes that a band may read: they fit the second nearest memory. Chosen by us.
const BAND: usize = 256 << 10;

/// Places that a band has at least, so that few tiles are not full. Chosen by us.
const PLACES: usize = 192;

/// All results of one kind.
struct Walk<'a> {
    geometry: &'a Geometry,
    room: Room,
    routes: Vec<Route>,
    /// The channels of a group that are read, and how far apart their weights are.
    inputs: Stride,
    /// The channels of a group that are written, and how far apart their weights are.
    outputs: Stride,
    /// Rows and columns of a channel that is written.
    target: [usize; 2],
    /// Rows that are so far apart go the same way.
    alike: usize,
}

impl<'a> Walk<'a> {
    fn forward(g: &'a Geometry) -> Walk<'a> {
        let (room, routes) = route::forward(g);
        let inputs = Stride { count: g.inputs, step: g.taps() };
        let outputs = Stride { count: g.outputs, step: g.inputs * g.taps() };
        Walk { geometry: g, room, routes, inputs, outputs, target: g.result, alike: 1 }
    }

    fn adjoint(g: &'a Geometry) -> Walk<'a> {
        let (room, routes) = route::adjoint(g);
        let inputs = Stride { count: g.outputs, step: g.inputs * g.taps() };
        let outputs = Stride { count: g.inputs, step: g.taps() };
        Walk {
            geometry: g,
            room,
            routes,
            inputs,
            outputs,
            target: g.picture,
            alike: g.how.stride[0],
        }
    }

    fn all(&self, x: &[f32], weights: &[f32], bias: Option<&[f32]>) -> Vec<f32> {
        if let Some(winograd) = self.winograd().filter(Winograd::pays) {
            return winograd.all(x, weights, bias);
        }
        match self.outputs.count {
            _ if wide::lanes() == 16 && self.strips_suit::<16>() => {
                self.by::<Strips<16>, CHANNELS>(x, weights, bias)
            }
            _ if self.strips_suit::<8>() => self.by::<Strips<8>, CHANNELS>(x, weights, bias),
            0..=8 => self.by::<Tiles<8>, 8>(x, weights, bias),
            _ => self.by::<Tiles<6>, 16>(x, weights, bias),
        }
    }

    /// Whether strips of P places are sooner done than tiles.
    fn strips_suit<const P: usize>(&self) -> bool {
        let rows = |route: &Route| self.inputs.count * route.taps.len();
        self.routes.iter().all(|route| Strips::<P>::suit(route, rows(route)))
    }

    /// Winograd's way, if it can be gone.
    fn winograd(&self) -> Option<Winograd<'a>> {
        let channels = [self.inputs, self.outputs];
        Winograd::of(self.geometry, &self.room, &self.routes, channels, self.target)
    }

    /// According to such plans, L channels at a time.
    fn by<P: Plan<L>, const L: usize>(
        &self,
        x: &[f32],
        weights: &[f32],
        bias: Option<&[f32]>,
    ) -> Vec<f32> {
        let (groups, outputs) = (self.geometry.how.groups, self.outputs.count);
        let weights_of_group = weights.len() / groups;
        let panels: Vec<Vec<Vec<[f32; L]>>> =
            (0..groups).map(|g| self.panels(&weights[g * weights_of_group..])).collect();
        let rows = self.rows_of_a_band();
        let (size, target) = (rows * self.target[1], self.target[0] * self.target[1]);
        let bands = bands::of::<P, L>(&self.routes, &self.room, self.inputs.count, target, size);
        let cut = Cut {
            blocks: self.geometry.examples * groups,
            groups,
            source: self.inputs.count * self.room.size[0] * self.room.size[1],
            outputs,
            target,
            band: size,
            work: self.work(),
        };
        let write = |parcel: Parcel| {
            let (first, band) = &bands[parcel.band];
            let bias = bias.map(|bias| &bias[parcel.group * outputs..][..outputs]);
            let panels = &panels[parcel.group];
            widest(Band { walk: self, first: *first, band, panels, bias, parcel });
        };
        #[expect(unsafe_code, reason = "see kernels::fresh")]
        // SAFETY: the targets of a band's routes are all its numbers: each is a place of the one
        // route forward, and leaves one pair of remainders on the way back.
        unsafe {
            cut.results(x, write)
        }
    }

    /// Multiply-adds for a group of an example.
    fn work(&self) -> usize {
        let work: usize = self.routes.iter().map(Route::work).sum();
        work * self.inputs.count * self.outputs.count
    }

    /// Rows of results in a band: as many bands as keep what they read near, and all threads
    /// busy.
    fn rows_of_a_band(&self) -> usize {
        let [rows, columns] = self.target;
        let near = (4 * self.inputs.count * self.room.len()).div_ceil(BAND);
        let busy = Cut::busy(self.geometry, self.work());
        // As many for each thread.
        let bands = near.max(1).next_multiple_of(busy);
        let least = PLACES.div_ceil(columns.max(1));
        rows.div_ceil(bands).max(least).next_multiple_of(self.alike)
    }

    /// The panels of a group for each route.
    fn panels<const L: usize>(&self, weights: &[f32]) -> Vec<Vec<[f32; L]>> {
        let panels = self.routes.iter().map(|route| {
            let taps: Vec<usize> = route.taps.iter().map(|tap| tap.0).collect();
            panels::of_weights(weights, self.outputs, self.inputs, &taps)
        });
        panels.collect()
    }
}

/// A band, and how it is walked.
struct Band<'a, P, const L: usize> {
    walk: &'a Walk<'a>,
    /// The first row that it reads.
    first: usize,
    band: &'a Ready<P>,
    /// For each route the panels of the group.
    panels: &'a [Vec<[f32; L]>],
    /// Of the group.
    bias: Option<&'a [f32]>,
    parcel: Parcel<'a>,
}

impl<P: Plan<L>, const L: usize> Work for Band<'_, P, L> {
    #[inline(always)]
    fn run<W: Wide>(self, wide: W) {
        let Band { walk, first, band, panels, bias, mut parcel } = self;
        let numbers = walk.room.rows(parcel.channels, first, band.height);
        for (plan, panels) in band.plans.iter().zip(panels) {
            let rows = panels.len() / walk.outputs.count.div_ceil(L);
            for part in 0..plan.parts() {
                for (j, results) in parcel.results.chunks_mut(L).enumerate() {
                    let panel = &panels[j * rows..][..rows];
                    let channels = Channels { panel, start: lanes(bias, j * L) };
                    plan.write(wide, part, &channels, &numbers, results);
                }
            }
        }
    }
}

/// The bias of L channels from `first` on; zeros where there is none.
pub(super) fn lanes<const L: usize>(bias: Option<&[f32]>, first: usize) -> [f32; L] {
    let bias = bias.unwrap_or_default();
    std::array::from_fn(|lane| bias.get(first + lane).copied().unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::{CHANNELS, Plan, Strips, Tiles, Walk};
    use crate::kernels::conv::Geometry;
    use crate::pictures::Conv;
    use crate::{Rng, Tensor, assert_close};

    /// Pictures `[2, 2 * 3, H, W]` by kernels of 3 by 3 to `[2, 2 * outputs, H', W']`.
    fn geometry(picture: [usize; 2], outputs: usize, how: Conv) -> Geometry {
        let how = how.groups(2);
        let result = [0, 1].map(|axis| {
            let reach = 2 * how.dilation[axis];
            (picture[axis] + 2 * how.padding[axis] - reach - 1) / how.stride[axis] + 1
        });
        Geometry { examples: 2, inputs: 3, outputs, picture, kernel: [3, 3], result, how }
    }

    /// What is read, weights, and biases for so many channels that are written.
    fn drawn(walk: &Walk) -> [Vec<f32>; 3] {
        let (g, mut rng) = (walk.geometry, Rng::new(5));
        let blocks = g.examples * g.how.groups;
        let [height, width] = walk.room.size;
        let lengths = [
            blocks * walk.inputs.count * height * width,
            g.how.groups * g.outputs * g.inputs * g.taps(),
            g.how.groups * walk.outputs.count,
        ];
        lengths.map(|length| rng.normal_tensor(&[length], 0.0, 1.0).to_vec())
    }

    fn by<P: Plan<L>, const L: usize>(walk: &Walk) -> Tensor {
        let [x, weights, bias] = drawn(walk);
        tensor(walk.by::<P, L>(&x, &weights, Some(&bias)))
    }

    fn tensor(numbers: Vec<f32>) -> Tensor {
        let length = numbers.len();
        Tensor::from_vec(numbers, &[length])
    }

    #[test]
    fn strips_and_tiles_add_up_the_same() {
        let padded = Conv::default().padding(1);
        for (width, outputs, how) in [
            (8, 1, padded),
            (13, 4, padded),
            (16, 6, Conv::default()),
            (28, 17, padded.dilation(2)),
        ] {
            let g = geometry([9, width], outputs, how);
            let walk = Walk::forward(&g);
            let strips = by::<Strips<8>, CHANNELS>(&walk);
            assert_close!(strips, by::<Tiles<8>, 8>(&walk), 1e-5);
            assert_close!(strips, by::<Tiles<6>, 16>(&walk), 1e-5);
        }
    }

    /// With strides of 4 and 1 some rows of pixels meet no tap at all: there only the bias is.
    #[test]
    fn strips_and_tiles_find_the_same_way_back() {
        for stride in [[1, 1], [2, 1], [4, 1]] {
            let g = geometry([9, 20], 5, Conv { stride, ..Conv::default().padding(1) });
            let walk = Walk::adjoint(&g);
            let strips = by::<Strips<8>, CHANNELS>(&walk);
            assert_close!(strips, by::<Tiles<8>, 8>(&walk), 1e-5);
        }
    }

    #[test]
    fn strips_of_eight_and_sixteen_add_up_the_same() {
        for stride in [[1, 1], [2, 1]] {
            let g = geometry([9, 28], 5, Conv { stride, ..Conv::default() });
            for walk in [Walk::forward(&g), Walk::adjoint(&g)] {
                let eights = by::<Strips<8>, CHANNELS>(&walk);
                assert_close!(by::<Strips<16>, CHANNELS>(&walk), eights, 1e-5);
            }
        }
    }

    /// Sides that are odd, so that squares hang over; several bands; more channels than lanes.
    #[test]
    fn winograds_way_leads_to_the_same() {
        for (picture, outputs) in [([3, 3], 1), ([4, 7], 16), ([9, 20], 17), ([31, 64], 35)] {
            for padding in [0, 1, 2] {
                let g = geometry(picture, outputs, Conv::default().padding(padding));
                for walk in [Walk::forward(&g), Walk::adjoint(&g)] {
                    let [x, weights, bias] = drawn(&walk);
                    let winograd = walk.winograd().expect("a window of 3 by 3 that moves by one");
                    let results = tensor(winograd.all(&x, &weights, Some(&bias)));
                    assert_close!(results, by::<Tiles<8>, 8>(&walk), 2e-5);
                }
            }
        }
    }

    #[test]
    fn winograds_way_is_gone_by_one_and_with_many_channels() {
        let how = Conv::default().padding(1);
        for how in [how.stride(2), how.dilation(2)] {
            let g = geometry([9, 20], 32, how);
            assert!(
                Walk::forward(&g).winograd().is_none() && Walk::adjoint(&g).winograd().is_none()
            );
        }
        let pays = |inputs, outputs| {
            let g = Geometry { inputs, ..geometry([32, 32], outputs, how) };
            [Walk::forward(&g), Walk::adjoint(&g)]
                .map(|walk| walk.winograd().is_some_and(|w| w.pays()))
        };
        assert_eq!(pays(32, 32), [true, true]);
        assert_eq!((pays(3, 64), pays(64, 4)), ([false, false], [false, false]));
        assert_eq!(pays(16, 16), [false, false]);
    }

    #[test]
    fn strips_suit_rows_of_eight_and_few_inputs() {
        let suit = |width, rows, how| {
            let g = geometry([9, width], 4, how);
            Walk::forward(&g).routes.iter().all(|route| Strips::<8>::suit(route, rows))
        };
        let padded = Conv::default().padding(1);
        assert!(suit(28, 27, padded) && suit(32, 1_000, padded));
        assert!(suit(32, 1_000, padded.stride(2)));
        assert!(!suit(28, 1_000, padded) && !suit(7, 1, padded));
    }
}
