//! The window at each place, forward and back.

use std::mem::MaybeUninit;

use super::geometry::Geometry;
use super::panels::{self, Stride};
use super::planes::Room;
use super::route::{self, Route};
use super::tile::{Reads, Sums, Wide, Work, widest};
use super::turn::turn;
use crate::kernels::fresh::written;
use crate::kernels::threads::{MULTIPLY_ADDS, share};

/// Results that a piece of work holds back until they go to their places together: as many as
/// fit the nearest memory beside the panel. A multiple of the places of both tiles.
const HELD: usize = 48;

/// Results that are not written yet.
type Unwritten = [MaybeUninit<f32>];

/// The convolution of `x` `[N, G * C, H, W]` with `weights` `[G * O, C, KH, KW]` plus `bias`
/// `[G * O]`: `[N, G * O, H', W']` in row-major order.
pub(crate) fn forward(x: &[f32], weights: &[f32], bias: Option<&[f32]>, g: &Geometry) -> Vec<f32> {
    let (room, routes) = route::forward(g);
    let inputs = Stride { count: g.inputs, step: g.taps() };
    let outputs = Stride { count: g.outputs, step: g.inputs * g.taps() };
    let walk = Walk { geometry: g, room, routes, inputs, outputs, target: g.places() };
    walk.all(x, weights, bias)
}

/// The adjoint of [`forward`] as a function of `x`: `y` `[N, G * O, H', W']`, `weights` as there,
/// `bias` `[G * C]`: `[N, G * C, H, W]` in row-major order.
pub(crate) fn adjoint(y: &[f32], weights: &[f32], bias: Option<&[f32]>, g: &Geometry) -> Vec<f32> {
    let (room, routes) = route::adjoint(g);
    let inputs = Stride { count: g.outputs, step: g.inputs * g.taps() };
    let outputs = Stride { count: g.inputs, step: g.taps() };
    let walk = Walk { geometry: g, room, routes, inputs, outputs, target: g.pixels() };
    walk.all(y, weights, bias)
}

/// All results of one kind.
struct Walk<'a> {
    geometry: &'a Geometry,
    room: Room,
    routes: Vec<Route>,
    /// The channels of a group that are read, and how far apart their weights are.
    inputs: Stride,
    /// The channels of a group that are written, and how far apart their weights are.
    outputs: Stride,
    /// Numbers in a channel that is written.
    target: usize,
}

impl Walk<'_> {
    fn all(&self, x: &[f32], weights: &[f32], bias: Option<&[f32]>) -> Vec<f32> {
        match self.outputs.count {
            0..=8 => self.tiled::<8, 8>(x, weights, bias),
            _ => self.tiled::<6, 16>(x, weights, bias),
        }
    }

    /// With tiles of P places and L channels.
    fn tiled<const P: usize, const L: usize>(
        &self,
        x: &[f32],
        weights: &[f32],
        bias: Option<&[f32]>,
    ) -> Vec<f32> {
        let (groups, outputs) = (self.geometry.how.groups, self.outputs.count);
        let plans: Vec<Plan<P>> = self.routes.iter().map(|route| self.plan(route)).collect();
        let weights_of_group = weights.len() / groups;
        let panels: Vec<Vec<Vec<[f32; L]>>> =
            (0..groups).map(|g| self.panels(&weights[g * weights_of_group..])).collect();
        let source = self.inputs.count * self.room.size[0] * self.room.size[1];
        // A few pictures are cut into panels, so that every thread has something to do.
        let few = self.geometry.examples * groups < 8;
        let most = if few { L.min(outputs) } else { outputs };
        let work: usize = self.routes.iter().map(Route::work).sum();
        let handful = MULTIPLY_ADDS.div_ceil((work * self.inputs.count * most).max(1));
        let write = |results: &mut Unwritten| {
            let mut pieces = Vec::new();
            let pairs = x.chunks_exact(source).zip(results.chunks_exact_mut(outputs * self.target));
            for (i, (channels, results)) in pairs.enumerate() {
                let group = i % groups;
                let bias = bias.map(|bias| &bias[group * outputs..][..outputs]);
                for (j, results) in results.chunks_mut(most * self.target).enumerate() {
                    let (panels, first) = (&panels[group], j * most);
                    let (walk, plans) = (self, &plans[..]);
                    pieces.push(Piece { walk, plans, panels, channels, bias, first, results });
                }
            }
            share(pieces, handful, widest);
        };
        let count = self.geometry.examples * groups * outputs * self.target;
        #[expect(unsafe_code, reason = "see kernels::fresh")]
        // SAFETY: a piece has the results of some channels of an example, and the pieces have
        // all of them. The targets of the routes are all numbers of a channel: each is a place
        // of the one route forward, and leaves one pair of remainders on the way back.
        unsafe {
            written(count, write)
        }
    }

    /// What a route reads, for all examples.
    fn plan<const P: usize>(&self, route: &Route) -> Plan<P> {
        let offsets = route.offsets(self.inputs.count, self.room.len());
        let straight = route.targets.windows(2).all(|pair| pair[1] == pair[0] + 1);
        let targets = route.targets.clone();
        Plan { reads: Reads::new(&route.bases, offsets), targets, straight }
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

/// A route, ready to be read.
struct Plan<const P: usize> {
    reads: Reads<P>,
    /// Where each result belongs in its channel.
    targets: Vec<usize>,
    /// Whether the results lie side by side.
    straight: bool,
}

/// Some output channels of a group in one example.
struct Piece<'a, const P: usize, const L: usize> {
    walk: &'a Walk<'a>,
    plans: &'a [Plan<P>],
    /// For each route the panels of the group.
    panels: &'a [Vec<[f32; L]>],
    /// The channels that are read.
    channels: &'a [f32],
    /// Of the group.
    bias: Option<&'a [f32]>,
    /// The first of the output channels in the group.
    first: usize,
    /// Where the results belong.
    results: &'a mut Unwritten,
}

impl<const P: usize, const L: usize> Work for Piece<'_, P, L> {
    #[inline(always)]
    fn run<W: Wide>(self, wide: W) {
        let Piece { walk, plans, panels, channels, bias, first, results } = self;
        let numbers = walk.room.around(channels);
        for (plan, panels) in plans.iter().zip(panels) {
            let rows = plan.reads.rows();
            for (j, results) in results.chunks_mut(L * walk.target).enumerate() {
                let channel = first + j * L;
                let panel = &panels[channel / L * rows..][..rows];
                let sums = plan.reads.sums(panel, &numbers);
                let start = lanes(bias, channel);
                plan.write(wide, &sums, &start, walk.target, results);
            }
        }
    }
}

impl<const P: usize> Plan<P> {
    /// Writes the results of up to L channels, each with `target` numbers.
    #[inline(always)]
    fn write<W: Wide, const L: usize>(
        &self,
        wide: W,
        sums: &Sums<P, L>,
        start: &[f32; L],
        target: usize,
        results: &mut Unwritten,
    ) {
        let mut held = [[0.0; L]; HELD];
        let mut turned = [[0.0; HELD]; L];
        for (i, targets) in self.targets.chunks(HELD).enumerate() {
            let first = i * (HELD / P);
            let tiles = first..self.reads.tiles().min(first + HELD / P);
            for (tile, held) in tiles.zip(held.as_chunks_mut::<P>().0) {
                wide.add(sums, tile, [start; P], held);
            }
            turn(&held, &mut turned);
            for (channel, numbers) in results.chunks_exact_mut(target).zip(&turned) {
                if self.straight {
                    let channel = &mut channel[targets[0]..][..targets.len()];
                    channel.write_copy_of_slice(&numbers[..targets.len()]);
                } else {
                    let places = targets.iter().zip(numbers);
                    places.for_each(|(&place, &number)| _ = channel[place].write(number));
                }
            }
        }
    }
}

/// The bias of L channels from `first` on; zeros where there is none.
fn lanes<const L: usize>(bias: Option<&[f32]>, first: usize) -> [f32; L] {
    let bias = bias.unwrap_or_default();
    std::array::from_fn(|lane| bias.get(first + lane).copied().unwrap_or(0.0))
}
