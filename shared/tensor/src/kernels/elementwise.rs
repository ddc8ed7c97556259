//! A function of each number, or of each pair of numbers.
//!
//! Nearly everything that happens to tensors is one of two walks: `map` applies a function
//! to every number, `zip` to every pair after [broadcasting](crate::shape). Both read
//! the numbers in row-major order and write a new tensor in row-major order.

use crate::Tensor;
use crate::shape::{align, broadcast_or_panic, element_count};

/// The tensor of `f(x)` for every number `x` of `a`.
pub(crate) fn map(a: &Tensor, f: impl Fn(f32) -> f32) -> Tensor {
    let results = a.row_major().iter().map(|&x| f(x)).collect();
    Tensor::from_vec(results, a.shape())
}

/// The tensor of `f(x, y)` for every pair of numbers of `a` and `b`, broadcast.
#[track_caller]
pub(crate) fn zip(operation: &str, a: &Tensor, b: &Tensor, f: impl Fn(f32, f32) -> f32) -> Tensor {
    let shape = broadcast_or_panic(operation, a.shape(), b.shape());
    let mut results = Vec::with_capacity(element_count(operation, &shape));
    let a_shape = align(a.shape(), shape.len());
    let b_shape = align(b.shape(), shape.len());
    let a = Part { values: &a.row_major(), shape: &a_shape };
    let b = Part { values: &b.row_major(), shape: &b_shape };
    walk(a, b, &f, &mut results);
    Tensor::from_vec(results, &shape)
}

/// A tensor, or a piece of one: numbers in row-major order and their shape.
#[derive(Clone, Copy)]
struct Part<'a> {
    values: &'a [f32],
    shape: &'a [usize],
}

impl<'a> Part<'a> {
    /// The piece at place `i` of the first axis. An axis of length 1 has its only piece at
    /// every place: that is all there is to stretching it.
    fn piece(self, i: usize) -> Part<'a> {
        let (&length, shape) = self.shape.split_first().expect("a single number is not split");
        let size = self.values.len() / length;
        let start = if length == 1 { 0 } else { i * size };
        Part { values: &self.values[start..start + size], shape }
    }
}

/// Appends `f(x, y)` for all pairs of `a` and `b`, whose shapes have the same rank and fit.
///
/// Equal shapes are walked side by side; a single number meets all of the others. Anything
/// else is taken apart along the first axis until one of these holds.
fn walk(a: Part, b: Part, f: &impl Fn(f32, f32) -> f32, results: &mut Vec<f32>) {
    if a.values.is_empty() || b.values.is_empty() {
        return;
    }
    match (a.values, b.values) {
        (xs, ys) if a.shape == b.shape => {
            results.extend(xs.iter().zip(ys).map(|(&x, &y)| f(x, y)));
        }
        (xs, &[y]) => results.extend(xs.iter().map(|&x| f(x, y))),
        (&[x], ys) => results.extend(ys.iter().map(|&y| f(x, y))),
        _ => {
            for i in 0..a.shape[0].max(b.shape[0]) {
                walk(a.piece(i), b.piece(i), f, results);
            }
        }
    }
}

/// The larger of two numbers; NaN if either is.
pub(crate) fn larger(x: f32, y: f32) -> f32 {
    if x > y || x.is_nan() { x } else { y }
}

/// The smaller of two numbers; NaN if either is.
pub(crate) fn smaller(x: f32, y: f32) -> f32 {
    if x < y || x.is_nan() { x } else { y }
}
