//! Random inputs: shapes with axes of length 0 and 1 among them, numbers away from corners.

use std::ops::Range;

use tensor::{Rng, Tensor};

/// How close to a corner a drawn number may be: more than twice the step of the central
/// differences.
pub(crate) const GAP: f32 = 0.05;

/// The kinds of axes that are drawn in turn.
#[derive(Clone, Copy, PartialEq)]
enum Axes {
    Plain,
    WithOnes,
    WithEmpty,
}

/// Draws the inputs of one call.
pub(crate) struct Draw {
    rng: Rng,
    axes: Axes,
}

impl Draw {
    /// The draws for call number `turn` of an operation.
    pub(crate) fn new(operation: &str, turn: u64) -> Draw {
        let axes = match turn % 4 {
            0 | 1 => Axes::Plain,
            2 => Axes::WithOnes,
            _ => Axes::WithEmpty,
        };
        Draw { rng: Rng::new(turn).fork(operation), axes }
    }

    /// A whole number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.rng.below(n)
    }

    /// Several whole numbers below `n`.
    pub(crate) fn several_below(&mut self, n: usize, count: usize) -> Vec<usize> {
        (0..count).map(|_| self.below(n)).collect()
    }

    /// A number of axes.
    pub(crate) fn rank(&mut self, ranks: Range<usize>) -> usize {
        ranks.start + self.below(ranks.len())
    }

    /// A shape with a rank in this range; in its turn with an empty axis.
    pub(crate) fn shape(&mut self, ranks: Range<usize>) -> Vec<usize> {
        let mut shape = self.filled(ranks);
        if self.axes == Axes::WithEmpty && !shape.is_empty() {
            let axis = self.below(shape.len());
            shape[axis] = 0;
        }
        shape
    }

    /// A shape without empty axes.
    pub(crate) fn filled(&mut self, ranks: Range<usize>) -> Vec<usize> {
        let rank = self.rank(ranks);
        let mut shape: Vec<usize> = (0..rank).map(|_| 2 + self.below(3)).collect();
        if self.axes == Axes::WithOnes && rank > 0 {
            let axis = self.below(rank);
            shape[axis] = 1;
        }
        shape
    }

    /// A shape and an axis of it that is not empty, though others may be.
    pub(crate) fn shape_and_axis(&mut self, ranks: Range<usize>) -> (Vec<usize>, usize) {
        let mut shape = self.shape(ranks);
        let axis = self.below(shape.len());
        shape[axis] = shape[axis].max(1 + self.below(3));
        (shape, axis)
    }

    /// A shape that stretches to `shape`: leading axes dropped, others of length 1.
    pub(crate) fn narrowed(&mut self, shape: &[usize]) -> Vec<usize> {
        let dropped = self.below(shape.len() + 1) / 2;
        let mut narrowed = shape[dropped..].to_vec();
        for length in &mut narrowed {
            if self.below(3) == 0 {
                *length = 1;
            }
        }
        narrowed
    }

    /// Two shapes that fit each other.
    pub(crate) fn pair(&mut self) -> [Vec<usize>; 2] {
        let shape = self.shape(0..4);
        let narrowed = self.narrowed(&shape);
        match self.below(2) {
            0 => [shape, narrowed],
            _ => [narrowed, shape],
        }
    }

    /// Numbers spread evenly.
    pub(crate) fn uniform(&mut self, shape: &[usize], low: f32, high: f32) -> Tensor {
        self.rng.uniform_tensor(shape, low, high)
    }

    /// Normal numbers.
    pub(crate) fn normal(&mut self, shape: &[usize]) -> Tensor {
        self.rng.normal_tensor(shape, 0.0, 1.0)
    }

    /// Numbers from -2 to 2, none within [`GAP`] of a corner.
    pub(crate) fn off(&mut self, shape: &[usize], corners: &[f32]) -> Tensor {
        let count = shape.iter().product();
        let mut values = Vec::with_capacity(count);
        while values.len() < count {
            let x = self.rng.uniform(-2.0, 2.0);
            if corners.iter().all(|corner| (x - corner).abs() > GAP) {
                values.push(x);
            }
        }
        Tensor::from_vec(values, shape)
    }

    /// Numbers of which no two are within [`GAP`] of each other.
    pub(crate) fn apart(&mut self, shape: &[usize]) -> Tensor {
        let count: usize = shape.iter().product();
        let mut places: Vec<usize> = (0..count).collect();
        self.rng.shuffle(&mut places);
        let value = |place: usize| (place as f32 - count as f32 / 2.0) * 2.0 * GAP;
        Tensor::from_vec(places.into_iter().map(value).collect(), shape)
    }

    /// Multiples of four gaps, and others halfway between them: pairs that are never close.
    pub(crate) fn never_equal(&mut self, shapes: [&[usize]; 2]) -> [Tensor; 2] {
        let mut grid = |shape: &[usize], shift: f32| {
            let count: usize = shape.iter().product();
            let steps = self.several_below(20, count).into_iter();
            let value = |step: usize| (step as f32 - 10.0 + shift) * 4.0 * GAP;
            Tensor::from_vec(steps.map(value).collect(), shape)
        };
        [grid(shapes[0], 0.0), grid(shapes[1], 0.5)]
    }

    /// Normal numbers of two shapes that fit each other.
    pub(crate) fn two(&mut self) -> [Tensor; 2] {
        let [a, b] = self.pair();
        [self.normal(&a), self.normal(&b)]
    }
}
