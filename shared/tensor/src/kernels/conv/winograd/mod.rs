//! Winograd's way: four results of a window of 3 by 3 from sixteen products instead of thirty-six.
//!
//! A *square* of 2 by 2 results reads a *patch* d of 4 by 4 numbers. With the kernel g its results
//! are `Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A`, where A, B, G are small and of ones, halves and zeros (Lavin
//! and Gray, *Fast Algorithms for Convolutional Neural Networks*, 2016, section 4.1). A patch is
//! transformed once for all output channels, and a kernel once for all patches. What is left in the
//! middle is, for each of the sixteen numbers, a product of two matrices, whose innermost loop is
//! that of the [tiles](super::tile).

mod band;
mod transforms;

use self::band::Band;
use self::transforms::{LANES, Lanes, PATCH, SIDE, kernel};
use super::geometry::Geometry;
use super::panels::Stride;
use super::parcels::{Cut, Parcel};
use super::planes::Room;
use super::route::Route;
use super::tile::Reads;
use super::wide::widest;

/// Squares that are multiplied together.
const SQUARES: usize = 6;

/// Squares that a band has at most, if that is a row: their products fit the second nearest
/// memory. Chosen by us.
const BAND: usize = 96;

/// From so many channels in and out, kernels, and squares of all examples on, what is saved is more
/// than what the transforms take. Measured.
const CHANNELS: usize = 16;
const KERNELS: usize = 24 * 24;
const WORTH: usize = 512;

/// A convolution, or its way back, with a window of 3 by 3 that moves by one.
pub(super) struct Winograd<'a> {
    geometry: &'a Geometry,
    /// What is read, and the zeros before it.
    room: Room,
    inputs: Stride,
    outputs: Stride,
    /// Rows and columns of a channel that is written.
    target: [usize; 2],
    /// Multiply-adds for a group of an example, as a window does them.
    work: usize,
    /// For each number of the kernel, row by row, where it is in the weights.
    taps: [usize; 9],
}

impl<'a> Winograd<'a> {
    /// For results on this route, if it can be gone this way.
    pub(super) fn of(
        geometry: &'a Geometry,
        room: &Room,
        routes: &[Route],
        [inputs, outputs]: [Stride; 2],
        target: [usize; 2],
    ) -> Option<Winograd<'a>> {
        let Geometry { kernel, how, .. } = geometry;
        let by_one = *kernel == [3, 3] && how.stride == [1, 1] && how.dilation == [1, 1];
        let [route] = routes else { return None };
        let begins = [&route.rows, &route.columns].map(|places| places.first() == Some(&(0, 0)));
        if !by_one || begins != [true, true] {
            return None;
        }
        let mut taps: Vec<_> = route.taps.iter().map(|&(tap, offset)| (offset, tap)).collect();
        taps.sort_unstable();
        Some(Winograd {
            geometry,
            room: *room,
            inputs,
            outputs,
            target,
            work: route.work() * inputs.count * outputs.count,
            taps: std::array::from_fn(|i| taps[i].1),
        })
    }

    /// Whether it is the shorter way.
    pub(super) fn pays(&self) -> bool {
        let channels = [self.inputs.count, self.outputs.count];
        let squares = self.geometry.examples * self.rows() * self.columns();
        channels.iter().all(|&count| count >= CHANNELS)
            && channels[0] * channels[1] >= KERNELS
            && squares >= WORTH
    }

    /// Rows and columns of squares.
    fn rows(&self) -> usize {
        self.target[0].div_ceil(2)
    }

    fn columns(&self) -> usize {
        self.target[1].div_ceil(2)
    }

    /// All results, in row-major order.
    pub(super) fn all(&self, x: &[f32], weights: &[f32], bias: Option<&[f32]>) -> Vec<f32> {
        let (g, outputs) = (self.geometry, self.outputs.count);
        let groups = g.how.groups;
        let bands = self.rows().div_ceil((BAND / self.columns()).max(1));
        let bands = bands.next_multiple_of(Cut::busy(g, self.work));
        let rows = self.rows().div_ceil(bands);
        let plane = rows * (self.columns() + 1);
        let bases = (0..rows).flat_map(|i| {
            let row = i * (self.columns() + 1);
            row..row + self.columns()
        });
        let offsets = (0..self.inputs.count).map(|c| c * plane);
        let reads = Reads::new(&bases.collect::<Vec<_>>(), offsets.collect());
        let kernels: Vec<_> =
            weights.chunks(weights.len() / groups).map(|w| self.kernels(w)).collect();
        let cut = Cut {
            blocks: g.examples * groups,
            groups,
            source: self.inputs.count * self.room.size[0] * self.room.size[1],
            outputs,
            target: self.target[0] * self.target[1],
            band: 2 * rows * self.target[1],
            work: self.work,
        };
        let write = |parcel: Parcel| {
            let bias = bias.map(|bias| &bias[parcel.group * outputs..][..outputs]);
            let kernels = &kernels[parcel.group];
            widest(Band { way: self, rows, reads: &reads, kernels, bias, parcel });
        };
        #[expect(unsafe_code, reason = "see kernels::fresh")]
        // SAFETY: `Band::write` writes both rows of each row of squares in the parcel, but the last one
        // if it is not there, and in each row all squares.
        unsafe {
            cut.results(x, write)
        }
    }

    /// `G g Gᵀ` of the kernels of a group: for so many output channels at a time, and for each
    /// number of a patch, a row for each input channel.
    fn kernels(&self, weights: &[f32]) -> Vec<Lanes> {
        let Winograd { inputs, outputs, .. } = self;
        let mut rows = vec![[0.0; LANES]; outputs.count.div_ceil(LANES) * PATCH * inputs.count];
        for output in 0..outputs.count {
            let first = output / LANES * PATCH * inputs.count;
            for input in 0..inputs.count {
                let of = &weights[output * outputs.step + input * inputs.step..];
                let [a, b, c] = [0, 3, 6]
                    .map(|row| kernel([0, 1, 2].map(|column| of[self.taps[row + column]])));
                for column in 0..SIDE {
                    let numbers = kernel([a[column], b[column], c[column]]);
                    for (row, number) in numbers.into_iter().enumerate() {
                        let place = first + (row * SIDE + column) * inputs.count + input;
                        rows[place][output % LANES] = number;
                    }
                }
            }
        }
        rows
    }
}
