//! Windows that slide over pictures, and what else pictures go through.

mod conv;
mod norm;
mod pool;

use std::ops::Range;

use burn::tensor::Tensor as Burn;
use tensor::Tensor;

use crate::draw::Draw;
use crate::op::Op;
use crate::twin::Twin;

pub(crate) fn ops() -> Vec<Op> {
    [conv::ops(), pool::ops(), norm::ops()].into_iter().flatten().collect()
}

/// How many pictures there are; in their turns one or none.
fn pictures(d: &mut Draw) -> usize {
    d.shape(1..2)[0]
}

/// A whole number in this range.
fn within(d: &mut Draw, range: Range<usize>) -> usize {
    range.start + d.below(range.len())
}

/// Two whole numbers in this range, for rows and columns.
fn two(d: &mut Draw, range: Range<usize>) -> [usize; 2] {
    [within(d, range.clone()), within(d, range)]
}

/// `padding` numbers more on each side of rows and columns.
fn padded(x: &Tensor, padding: [usize; 2], with: f32) -> Tensor {
    [2, 3].into_iter().fold(x.clone(), |x, axis| {
        let mut shape = x.shape().to_vec();
        shape[axis] = padding[axis - 2];
        let edge = Tensor::full(&shape, with);
        Tensor::concat(axis, &[&edge, &x, &edge])
    })
}

/// `counts` rows and columns from `start`, `stride` apart.
fn strided(x: &Tensor, start: [usize; 2], stride: [usize; 2], counts: [usize; 2]) -> Tensor {
    [0, 1].into_iter().fold(x.clone(), |x, i| {
        let places: Vec<usize> = (0..counts[i]).map(|place| start[i] + place * stride[i]).collect();
        x.select(2 + i, &places)
    })
}

/// A twin with one axis.
fn row(x: &Twin) -> Burn<1> {
    let length = x.dims()[3];
    x.clone().reshape([length])
}
