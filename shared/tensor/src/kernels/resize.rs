//! Pictures of another size, by straight lines between neighbours.

use crate::kernels::threads::{NUMBERS, share};

/// What a number of the result is made of along one axis: a place, its next, and how much of
/// the next.
#[derive(Clone, Copy, Debug)]
struct Between {
    place: usize,
    next: usize,
    part: f32,
}

/// Sizes before and after.
#[derive(Clone, Debug)]
pub(crate) struct Stretch {
    before: [usize; 2],
    axes: [Vec<Between>; 2],
}

impl Stretch {
    /// Pixel centres lie at halves: number i of the result is at
    /// `(i + 1/2) before / after - 1/2` of the picture, and outside it the edge goes on.
    pub(crate) fn new(before: [usize; 2], after: [usize; 2]) -> Stretch {
        let axes = [0, 1].map(|axis| {
            let last = before[axis] - 1;
            let ratio = before[axis] as f32 / after[axis] as f32;
            let between = |i: usize| {
                let at = ((i as f32 + 0.5) * ratio - 0.5).max(0.0);
                let place = (at as usize).min(last);
                let part = if place == last { 0.0 } else { at - place as f32 };
                Between { place, next: (place + 1).min(last), part }
            };
            (0..after[axis]).map(between).collect()
        });
        Stretch { before, axes }
    }

    /// Numbers in a channel before and after.
    fn lengths(&self) -> [usize; 2] {
        let [rows, columns] = &self.axes;
        [self.before[0] * self.before[1], rows.len() * columns.len()]
    }

    /// For each number of the result the four of the picture that it is made of, with their
    /// parts.
    fn each(&self) -> impl Iterator<Item = [(usize, f32); 4]> + '_ {
        let [rows, columns] = &self.axes;
        let width = self.before[1];
        rows.iter().flat_map(move |y| {
            columns.iter().map(move |x| {
                let (up, down) = (y.place * width, y.next * width);
                [
                    (up + x.place, (1.0 - y.part) * (1.0 - x.part)),
                    (up + x.next, (1.0 - y.part) * x.part),
                    (down + x.place, y.part * (1.0 - x.part)),
                    (down + x.next, y.part * x.part),
                ]
            })
        })
    }
}

/// All channels in the new size.
pub(crate) fn stretch(x: &[f32], to: &Stretch) -> Vec<f32> {
    let [source, target] = to.lengths();
    let mut results = vec![0.0; x.len() / source * target];
    let pairs = x.chunks_exact(source).zip(results.chunks_exact_mut(target)).collect();
    share(pairs, NUMBERS.div_ceil(target), |(channel, results)| {
        for (corners, result) in to.each().zip(results) {
            *result = corners.into_iter().map(|(place, part)| channel[place] * part).sum();
        }
    });
    results
}

/// The adjoint of [`stretch`]: each number of `g` shared out to what it was made of.
pub(crate) fn shrink_back(g: &[f32], to: &Stretch) -> Vec<f32> {
    let [source, target] = to.lengths();
    let mut sums = vec![0.0; g.len() / target * source];
    let pairs = sums.chunks_exact_mut(source).zip(g.chunks_exact(target)).collect();
    share(pairs, NUMBERS.div_ceil(target), |(channel, g): (&mut [f32], &[f32])| {
        for (corners, g) in to.each().zip(g) {
            corners.into_iter().for_each(|(place, part)| channel[place] += g * part);
        }
    });
    sums
}
