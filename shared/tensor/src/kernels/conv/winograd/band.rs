//! A band of squares: its patches, their products, its results.

use super::transforms::{self, INPUT, LANES, Lanes, PATCH, SIDE};
use super::{SQUARES, Winograd};
use crate::kernels::conv::correlate::lanes;
use crate::kernels::conv::parcels::Parcel;
use crate::kernels::conv::plan::Unwritten;
use crate::kernels::conv::tile::Reads;
use crate::kernels::conv::turn::turn;
use crate::kernels::conv::wide::{Wide, Work};

/// Squares side by side whose results go to their places together.
const HELD: usize = 8;

/// Some rows of squares.
pub(super) struct Band<'a> {
    pub(super) way: &'a Winograd<'a>,
    /// Rows of squares in a band, but perhaps the last one.
    pub(super) rows: usize,
    pub(super) reads: &'a Reads<SQUARES>,
    pub(super) kernels: &'a [Lanes],
    pub(super) bias: Option<&'a [f32]>,
    pub(super) parcel: Parcel<'a>,
}

impl Work for Band<'_> {
    #[inline(always)]
    fn run<W: Wide>(mut self, wide: W) {
        let inputs = self.way.inputs.count;
        let patches = self.patches();
        let rows = self.rows.min(self.way.rows() - self.parcel.band * self.rows);
        let squares = (rows * self.way.columns()).next_multiple_of(SQUARES);
        let mut products = vec![[0.0; LANES]; PATCH * squares];
        let mut results = std::mem::take(&mut self.parcel.results);
        let of_lanes = self.kernels.chunks_exact(PATCH * inputs);
        for (i, (kernels, results)) in of_lanes.zip(results.chunks_mut(LANES)).enumerate() {
            let pairs =
                kernels.chunks_exact(inputs).zip(patches.chunks_exact(patches.len() / PATCH));
            for ((kernels, numbers), products) in pairs.zip(products.chunks_exact_mut(squares)) {
                let sums = self.reads.sums(kernels, numbers);
                for (tile, products) in products.as_chunks_mut::<SQUARES>().0.iter_mut().enumerate()
                {
                    wide.tile(&sums, tile, [&[0.0; LANES]; SQUARES], products);
                }
            }
            self.write(&products, &lanes(self.bias, i * LANES), results);
        }
    }
}

impl Band<'_> {
    /// `Bᵀ d B`: for each number of a patch, for each channel, that of all patches row by row, and
    /// one number more behind each row.
    #[inline(always)]
    fn patches(&self) -> Vec<f32> {
        let Band { way, rows, parcel, .. } = self;
        let [inputs, run] = [way.inputs.count, way.columns() + 1];
        let (plane, quarter) = (rows * run, (rows + 1) * run);
        let mut quarters = vec![0.0; 4 * quarter];
        let mut mixed = vec![0.0; 2 * plane];
        let mut patches = vec![0.0; PATCH * inputs * plane];
        let pixels = way.room.size[0] * way.room.size[1];
        for (c, channel) in parcel.channels.chunks_exact(pixels).enumerate() {
            self.quarter(channel, &mut quarters);
            for (i, (a, sign, b)) in INPUT.into_iter().enumerate() {
                for half in [0, 1] {
                    let target = &mut mixed[half * plane..][..plane];
                    let a = (a % 2 * 2 + half) * quarter + a / 2 * run;
                    let b = (b % 2 * 2 + half) * quarter + b / 2 * run;
                    transforms::input(target, &quarters[a..], sign, &quarters[b..]);
                }
                for (j, (a, sign, b)) in INPUT.into_iter().enumerate() {
                    let target = &mut patches[((i * SIDE + j) * inputs + c) * plane..];
                    let (a, b) = (a % 2 * plane + a / 2, b % 2 * plane + b / 2);
                    transforms::input(&mut target[..plane - 1], &mixed[a..], sign, &mixed[b..]);
                }
            }
        }
        patches
    }

    /// Lays out what the band reads of a channel in quarters: even rows and columns, even rows and
    /// odd columns, and so on. There, neighbouring patches are neighbours. Where the channel does
    /// not reach, the zeros are left.
    #[inline(always)]
    fn quarter(&self, channel: &[f32], quarters: &mut [f32]) {
        let Band { way, rows, parcel, .. } = self;
        let ([height, width], [above, before]) = (way.room.size, way.room.before);
        let (run, quarter) = (way.columns() + 1, quarters.len() / 4);
        let first = 2 * parcel.band * rows;
        for y in first.max(above)..(first + 2 * rows + 2).min(above + height) {
            let row = &channel[(y - above) * width..][..width];
            let (even, odd) = quarters[y % 2 * 2 * quarter..].split_at_mut(quarter);
            let at = (y - first) / 2 * run + before / 2;
            let (first, second) = match before % 2 {
                0 => (&mut even[at..], &mut odd[at..]),
                _ => (&mut odd[at..], &mut even[at + 1..]),
            };
            let (pairs, rest) = row.as_chunks::<2>();
            let (first, last) = first.split_at_mut(pairs.len());
            for ((pair, to), other) in pairs.iter().zip(first).zip(second) {
                [*to, *other] = *pair;
            }
            last.iter_mut().zip(rest).for_each(|(to, &number)| *to = number);
        }
    }

    /// `Aᵀ M A` for the products M of each square, to their places.
    #[inline(always)]
    fn write(&self, products: &[Lanes], bias: &Lanes, results: &mut [&mut Unwritten]) {
        let (columns, width) = (self.way.columns(), self.way.target[1]);
        let squares = products.len() / PATCH;
        let rows = results[0].len() / width;
        let mut held = [[[[0.0; LANES]; 2]; HELD]; 2];
        let mut turned = [[0.0; 2 * HELD]; LANES];
        for (row, first) in (0..rows.div_ceil(2))
            .flat_map(|row| (0..columns).step_by(HELD).map(move |first| (row, first)))
        {
            let count = HELD.min(columns - first);
            let [upper, lower] = &mut held;
            for (i, target) in upper.iter_mut().zip(lower).take(count).enumerate() {
                let place = row * columns + first + i;
                let mut m = [&products[place]; PATCH];
                for (k, m) in m.iter_mut().enumerate() {
                    *m = &products[k * squares + place];
                }
                transforms::output(m, bias, target.into());
            }
            let count = (2 * count).min(width - 2 * first);
            for (row, held) in (2 * row..rows).zip(&held) {
                turn(&held.as_flattened().as_chunks().0[0], &mut turned);
                for (channel, numbers) in results.iter_mut().zip(&turned) {
                    let target = &mut channel[row * width + 2 * first..][..count];
                    match count.checked_sub(HELD) {
                        // Twice eight, of which some are the same: sooner than to count.
                        Some(last) => {
                            target[..HELD].write_copy_of_slice(&numbers[..HELD]);
                            target[last..].write_copy_of_slice(&numbers[last..][..HELD]);
                        }
                        None => _ = target.write_copy_of_slice(&numbers[..count]),
                    }
                }
            }
        }
    }
}
