//! Regions of pictures made one number each, and the way back.

use std::ops::Range;

use crate::kernels::sum::sum;
use crate::kernels::threads::{NUMBERS, share};
use crate::pictures::Pool;

/// The regions of a picture that become a number each: all pairs of a range of rows and one of
/// columns.
#[derive(Clone, Debug)]
pub(crate) struct Regions {
    /// H and W of the picture.
    picture: [usize; 2],
    /// Ranges of rows and of columns, inside the picture.
    ranges: [Vec<Range<usize>>; 2],
    /// What a sum is divided by for a mean; the count of the region's numbers where this is
    /// `None`.
    area: Option<f32>,
}

impl Regions {
    /// The places of a window; a mean counts the padding as zeros.
    pub(crate) fn sliding(picture: [usize; 2], result: [usize; 2], how: Pool) -> Regions {
        let ranges = [0, 1].map(|axis| {
            let place = |i: usize| {
                let start = i * how.stride[axis];
                let inside = |end: usize| end.saturating_sub(how.padding[axis]).min(picture[axis]);
                inside(start)..inside(start + how.kernel[axis])
            };
            (0..result[axis]).map(place).collect()
        });
        let area = (how.kernel[0] * how.kernel[1]) as f32;
        Regions { picture, ranges, area: Some(area) }
    }

    /// As many regions as asked for, which cover the picture and are as equal as can be.
    pub(crate) fn covering(picture: [usize; 2], size: [usize; 2]) -> Regions {
        let ranges = [0, 1].map(|axis| {
            let (length, count) = (picture[axis], size[axis]);
            let region = |i: usize| i * length / count..((i + 1) * length).div_ceil(count);
            (0..count).map(region).collect()
        });
        Regions { picture, ranges, area: None }
    }

    /// Rows and columns of the result.
    pub(crate) fn size(&self) -> [usize; 2] {
        self.ranges.each_ref().map(Vec::len)
    }

    /// Numbers in a channel of the picture, and of the result.
    fn lengths(&self) -> [usize; 2] {
        [self.picture, self.size()].map(|[rows, columns]| rows * columns)
    }

    /// Rows and columns of every region, in row-major order.
    fn each(&self) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + '_ {
        let [rows, columns] = &self.ranges;
        rows.iter().flat_map(move |rows| columns.iter().map(|c| (rows.clone(), c.clone())))
    }

    /// What the sum over a region is to be multiplied by.
    fn part(&self, rows: &Range<usize>, columns: &Range<usize>) -> f32 {
        1.0 / self.area.unwrap_or((rows.len() * columns.len()) as f32)
    }

    /// Calls `work` with each channel of the picture and that of the result, on several threads.
    fn channels<'a, A: Send, B: Send>(
        &self,
        pairs: impl Iterator<Item = (A, B)> + 'a,
        work: impl Fn(A, B) + Sync,
    ) {
        let handful = NUMBERS.div_ceil(self.lengths()[0]);
        share(pairs.collect(), handful, |(a, b)| work(a, b));
    }
}

/// The largest number of each region of each channel, and where in the channel it stands: the
/// first of several, a NaN before all.
pub(crate) fn largest(x: &[f32], regions: &Regions) -> (Vec<f32>, Vec<u32>) {
    let [source, target] = regions.lengths();
    let count = x.len() / source * target;
    let (mut values, mut places) = (vec![0.0; count], vec![0; count]);
    let results = values.chunks_exact_mut(target).zip(places.chunks_exact_mut(target));
    let width = regions.picture[1];
    regions.channels(x.chunks_exact(source).zip(results), |channel, (values, places)| {
        let results = values.iter_mut().zip(places);
        for ((rows, columns), (value, place)) in regions.each().zip(results) {
            let mut best = rows.start * width + columns.start;
            let mut most = channel[best];
            for row in rows {
                let first = row * width + columns.start;
                for (i, &x) in channel[first..][..columns.len()].iter().enumerate() {
                    if x > most || x.is_nan() && !most.is_nan() {
                        (most, best) = (x, first + i);
                    }
                }
            }
            (*value, *place) = (most, best as u32);
        }
    });
    (values, places)
}

/// The adjoint of [`largest`]: each number of `g` added where the largest stood.
pub(crate) fn back_to(g: &[f32], places: &[u32], regions: &Regions) -> Vec<f32> {
    let [source, target] = regions.lengths();
    let mut sums = vec![0.0; g.len() / target * source];
    let results = g.chunks_exact(target).zip(places.chunks_exact(target));
    regions.channels(sums.chunks_exact_mut(source).zip(results), |channel, (g, places)| {
        g.iter().zip(places).for_each(|(g, &place)| channel[place as usize] += g);
    });
    sums
}

/// The mean of each region of each channel.
pub(crate) fn means(x: &[f32], regions: &Regions) -> Vec<f32> {
    let [source, target] = regions.lengths();
    let mut results = vec![0.0; x.len() / source * target];
    let width = regions.picture[1];
    let pairs = x.chunks_exact(source).zip(results.chunks_exact_mut(target));
    regions.channels(pairs, |channel, results| {
        for ((rows, columns), result) in regions.each().zip(results) {
            let part = regions.part(&rows, &columns);
            let total = match columns.len() == width {
                true => sum(&channel[rows.start * width..rows.end * width]),
                false => rows.map(|row| row_sum(&channel[row * width..][columns.clone()])).sum(),
            };
            *result = total * part;
        }
    });
    results
}

/// The sum of a few numbers.
fn row_sum(numbers: &[f32]) -> f32 {
    match numbers.len() {
        0..=16 => numbers.iter().sum(),
        _ => sum(numbers),
    }
}

/// The adjoint of [`means`]: each number of `g` shared out to its region.
pub(crate) fn spread(g: &[f32], regions: &Regions) -> Vec<f32> {
    let [source, target] = regions.lengths();
    let mut sums = vec![0.0; g.len() / target * source];
    let width = regions.picture[1];
    let pairs = sums.chunks_exact_mut(source).zip(g.chunks_exact(target));
    regions.channels(pairs, |channel, g| {
        for ((rows, columns), g) in regions.each().zip(g) {
            let g = g * regions.part(&rows, &columns);
            for row in rows {
                channel[row * width..][columns.clone()].iter_mut().for_each(|sum| *sum += g);
            }
        }
    });
    sums
}
