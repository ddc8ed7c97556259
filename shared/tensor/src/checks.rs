//! Checks to write into lessons and tests: [`assert_shape!`](crate::assert_shape) and
//! [`assert_close!`](crate::assert_close).

use ndarray::Dimension;

use crate::Tensor;

/// Checks the shape of a tensor, and says the names of its axes if it differs.
///
/// ```
/// use tensor::{Tensor, assert_shape};
///
/// let (batch, classes) = (4, 3);
/// let scores = Tensor::zeros(&[4, 3]);
/// assert_shape!(scores, [batch, classes]);
/// ```
///
/// ```should_panic
/// # use tensor::{Tensor, assert_shape};
/// # let (batch, classes) = (4, 3);
/// let scores = Tensor::zeros(&[3, 4]);
/// assert_shape!(scores, [batch, classes]);
/// // scores: expected [batch=4, classes=3], got [3, 4]
/// ```
///
/// # Panics
/// If the shape differs.
#[macro_export]
macro_rules! assert_shape {
    ($tensor:expr, [$($axis:expr),* $(,)?] $(,)?) => {
        $crate::checks::expect_shape(
            stringify!($tensor),
            &$tensor,
            &[$((stringify!($axis), $axis)),*],
        )
    };
}

/// Checks that two tensors are equal up to rounding: they have the same shape, and at each
/// place `|a - b| <= tolerance * max(1, max|b|)`. The second is the expected one. Each may
/// be a tensor, a number, or an array of numbers.
///
/// The tolerance is relative for large numbers and absolute for small ones. NaN is close
/// to nothing; an infinity only to itself.
///
/// ```
/// use tensor::{Tensor, assert_close};
///
/// let third = Tensor::from([1.0, 2.0]) / 3.0;
/// assert_close!(third, [0.333333, 0.666667], 1e-5);
/// assert_close!(third.sum().item(), 1.0, 1e-6);
/// ```
///
/// # Panics
/// If the shapes differ, or numbers differ by more. The message gives the worst place.
#[macro_export]
macro_rules! assert_close {
    ($a:expr, $b:expr, $tolerance:expr $(,)?) => {
        $crate::checks::expect_close([stringify!($a), stringify!($b)], &$a, &$b, $tolerance)
    };
}

/// What [`assert_shape!`](crate::assert_shape) calls: `axes` are the names and lengths.
///
/// # Panics
/// If the shape differs.
#[track_caller]
pub fn expect_shape(name: &str, tensor: &Tensor, axes: &[(&str, usize)]) {
    if tensor.shape().iter().eq(axes.iter().map(|(_, length)| length)) {
        return;
    }
    let expected: Vec<String> = axes.iter().map(named).collect();
    panic!("{name}: expected [{}], got {:?}", expected.join(", "), tensor.shape());
}

/// `batch=4` for an axis that was given by name, `4` for one given by a plain number.
fn named((name, length): &(&str, usize)) -> String {
    if name.parse::<usize>().is_ok() {
        return length.to_string();
    }
    format!("{name}={length}")
}

/// What [`assert_close!`](crate::assert_close) calls: `names` are the two expressions.
///
/// # Panics
/// If the shapes differ, or numbers differ by more than the tolerance.
#[track_caller]
pub fn expect_close<A, B>(names: [&str; 2], a: &A, b: &B, tolerance: f32)
where
    A: Clone + Into<Tensor>,
    B: Clone + Into<Tensor>,
{
    let (a, b): (Tensor, Tensor) = (a.clone().into(), b.clone().into());
    let [a_name, b_name] = names;
    if a.shape() != b.shape() {
        panic!("{a_name}: expected the shape {:?} of {b_name}, got {:?}", b.shape(), a.shape());
    }
    let limit = tolerance * largest_finite(&b).max(1.0);
    let Some((place, got, expected)) = worst(&a, &b, limit) else {
        return;
    };
    panic!(
        "{a_name}: expected |a - b| <= {limit:e} against {b_name}, \
         got {got} where {expected} was expected, at {place:?}: off by {:e}",
        (got - expected).abs()
    );
}

/// The largest absolute value among the finite numbers; 0 if there are none.
fn largest_finite(a: &Tensor) -> f32 {
    let finite = a.to_vec().into_iter().filter(|x| x.is_finite());
    finite.fold(0.0, |largest, x| x.abs().max(largest))
}

/// The place where `a` and `b` differ most, with both numbers there, if that is more than
/// `limit`. NaN differs most of all.
fn worst(a: &Tensor, b: &Tensor, limit: f32) -> Option<(Vec<usize>, f32, f32)> {
    let (a, b) = (a.array(), b.array());
    let differences = a.indexed_iter().zip(b).filter_map(|((place, &x), &y)| {
        let difference = (x - y).abs();
        let close = x == y || difference <= limit;
        (!close).then_some((place, x, y, difference))
    });
    let (place, x, y, _) = differences.max_by(|one, other| one.3.total_cmp(&other.3))?;
    Some((place.slice().to_vec(), x, y))
}
