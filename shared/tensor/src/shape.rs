//! How shapes combine, and the words for when they do not; what may have gone wrong is guessed
//! in `remedies`.
//!
//! # Broadcasting
//!
//! Two shapes are laid one under the other, aligned at the right. A missing axis counts
//! as length 1. Two lengths fit if they are equal or if one of them is 1; the axis of
//! length 1 is then read again and again until it is as long as the other.
//!
//! ```text
//! [2, 3]       [5, 1, 3]       [2, 0]       [2, 3]
//!    [3]          [4, 1]       [2, 1]          [2]
//! ------       ---------       ------       ------
//! [2, 3]       [5, 4, 3]       [2, 0]       do not fit: 3 and 2
//! ```
//!
//! An axis of length 0 is an axis like any other: it fits 0 and 1, and the result is
//! empty. The rule is NumPy's:
//! <https://numpy.org/doc/stable/user/basics.broadcasting.html>.

use crate::remedies;

/// The number of elements of a `shape`, after checking that memory could address them.
///
/// # Panics
/// If the count of bytes does not fit into an `isize`. Axes of length 0 do not excuse
/// the others, as ndarray's strides are computed from all of them.
#[track_caller]
pub(crate) fn element_count(operation: &str, shape: &[usize]) -> usize {
    let limit = isize::MAX as usize / size_of::<f32>();
    let mut product: usize = 1;
    for &length in shape.iter().filter(|&&length| length > 0) {
        product = match product.checked_mul(length) {
            Some(count) if count <= limit => count,
            _ => panic!("{operation}: expected at most {limit} numbers, got the shape {shape:?}"),
        };
    }
    if shape.contains(&0) { 0 } else { product }
}

/// The shape that `a` and `b` broadcast to, if they do.
///
/// ```
/// use tensor::shape::broadcast;
///
/// assert_eq!(broadcast(&[2, 3], &[3]), Some(vec![2, 3]));
/// assert_eq!(broadcast(&[5, 1, 3], &[4, 1]), Some(vec![5, 4, 3]));
/// assert_eq!(broadcast(&[2, 3], &[2]), None);
/// ```
pub fn broadcast(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let rank = a.len().max(b.len());
    let (a, b) = (align(a, rank), align(b, rank));
    let lengths = a.into_iter().zip(b).map(|lengths| match lengths {
        (x, y) if x == y => Some(x),
        (1, y) => Some(y),
        (x, 1) => Some(x),
        _ => None,
    });
    lengths.collect()
}

/// The `shape` aligned at the right in `rank` axes; the missing ones get length 1.
pub(crate) fn align(shape: &[usize], rank: usize) -> Vec<usize> {
    let mut aligned = vec![1; rank - shape.len()];
    aligned.extend_from_slice(shape);
    aligned
}

/// [`broadcast`], or a panic that says which lengths do not fit.
#[track_caller]
pub(crate) fn broadcast_or_panic(operation: &str, a: &[usize], b: &[usize]) -> Vec<usize> {
    if let Some(shape) = broadcast(a, b) {
        return shape;
    }
    panic!(
        "{operation}: expected shapes that fit from the right (equal lengths, or 1), \
         got {a:?} and {b:?}{}",
        remedies::of_broadcast(a, b)
    );
}

/// Checks that `axis` is one of the axes of `shape`.
#[track_caller]
pub(crate) fn check_axis(operation: &str, axis: usize, shape: &[usize]) {
    must!(
        axis < shape.len(),
        "{operation}: expected an axis below {}, got axis {axis} for the shape {shape:?}",
        shape.len()
    );
}
