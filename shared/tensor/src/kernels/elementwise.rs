//! A function of each number, or of each pair of numbers.
//!
//! Nearly everything that happens to tensors is one of two walks: `map` applies a function
//! to every number, `zip` to every pair after [broadcasting](crate::shape). Both read
//! the numbers in row-major order and write a new tensor in row-major order.

use std::mem::MaybeUninit;

use crate::Tensor;
use crate::kernels::fresh::written;
use crate::kernels::threads::{NUMBERS, share};
use crate::shape::{align, broadcast_or_panic, element_count};

/// Results that are not written yet.
type Unwritten = [MaybeUninit<f32>];

/// The tensor of `f(x)` for every number `x` of `a`.
pub(crate) fn map(a: &Tensor, f: impl Fn(f32) -> f32 + Sync) -> Tensor {
    let values = a.row_major();
    if values.len() < 2 * NUMBERS {
        return Tensor::from_vec(values.iter().map(|&x| f(x)).collect(), a.shape());
    }
    let write = |results: &mut Unwritten| {
        let pieces = results.chunks_mut(NUMBERS).zip(values.chunks(NUMBERS)).collect();
        share(pieces, 1, |(results, values): (&mut Unwritten, &[f32])| {
            results.iter_mut().zip(values).for_each(|(result, &x)| _ = result.write(f(x)));
        });
    };
    #[expect(unsafe_code, reason = "see kernels::fresh")]
    // SAFETY: there are as many results as values, cut in the same way, and each is written.
    let results = unsafe { written(values.len(), write) };
    Tensor::from_vec(results, a.shape())
}

/// The tensor of `f(x, y)` for every pair of numbers of `a` and `b`, broadcast.
#[track_caller]
pub(crate) fn zip(
    operation: &str,
    a: &Tensor,
    b: &Tensor,
    f: impl Fn(f32, f32) -> f32 + Sync,
) -> Tensor {
    let shape = broadcast_or_panic(operation, a.shape(), b.shape());
    let count = element_count(operation, &shape);
    let a_shape = align(a.shape(), shape.len());
    let b_shape = align(b.shape(), shape.len());
    let a = Part { values: &a.row_major(), shape: &a_shape };
    let b = Part { values: &b.row_major(), shape: &b_shape };
    let write = |results: &mut Unwritten| {
        let mut pieces = Vec::new();
        cut(a, b, results, &mut pieces);
        share(pieces, 1, |(a, b, results)| walk(a, b, &f, results));
    };
    #[expect(unsafe_code, reason = "see kernels::fresh")]
    // SAFETY: `cut` and `walk` take all results apart along the axes of the broadcast shape, down
    // to parts of which each number is written.
    let results = unsafe { written(count, write) };
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

    /// How many pieces two parts that fit have along the first axis.
    fn pieces(self, other: Part) -> usize {
        self.shape[0].max(other.shape[0])
    }
}

/// Parts that belong together, and where their results go.
type Three<'a> = (Part<'a>, Part<'a>, &'a mut Unwritten);

/// Appends the parts to `pieces`: whole if they are small, or else their pieces along the first
/// axis, so that several threads have something to do.
fn cut<'a>(a: Part<'a>, b: Part<'a>, results: &'a mut Unwritten, pieces: &mut Vec<Three<'a>>) {
    if results.len() < 2 * NUMBERS || a.shape.len() < 2 && a.shape != b.shape {
        return pieces.push((a, b, results));
    }
    if a.shape == b.shape {
        let values = a.values.chunks(NUMBERS).zip(b.values.chunks(NUMBERS));
        for ((x, y), results) in values.zip(results.chunks_mut(NUMBERS)) {
            // Of equal shapes only their being equal matters.
            let [a, b] = [x, y].map(|values| Part { values, shape: &a.shape[..1] });
            pieces.push((a, b, results));
        }
        return;
    }
    let count = a.pieces(b);
    for (i, results) in results.chunks_mut(results.len() / count).enumerate() {
        cut(a.piece(i), b.piece(i), results, pieces);
    }
}

/// Writes `f(x, y)` for all pairs of `a` and `b`, whose shapes have the same rank and fit.
///
/// Equal shapes are walked side by side; a single number meets all of the others. Anything
/// else is taken apart along the first axis until one of these holds.
fn walk(a: Part, b: Part, f: &impl Fn(f32, f32) -> f32, results: &mut Unwritten) {
    if results.is_empty() {
        return;
    }
    match (a.values, b.values) {
        (xs, ys) if a.shape == b.shape => {
            let pairs = xs.iter().zip(ys);
            results.iter_mut().zip(pairs).for_each(|(result, (&x, &y))| _ = result.write(f(x, y)));
        }
        (xs, &[y]) => results.iter_mut().zip(xs).for_each(|(to, &x)| _ = to.write(f(x, y))),
        (&[x], ys) => results.iter_mut().zip(ys).for_each(|(to, &y)| _ = to.write(f(x, y))),
        _ => {
            let size = results.len() / a.pieces(b);
            for (i, results) in results.chunks_mut(size).enumerate() {
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
