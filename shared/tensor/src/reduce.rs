//! Many numbers into one: sums, means, extremes, and where they stand.
//!
//! Without an axis ([`sum`](Tensor::sum)), all numbers become one, shape `[]`. With an
//! axis ([`sum_axis`](Tensor::sum_axis)), the numbers along that axis become one, for
//! each place in the other axes. [`Keep`] says what happens to the reduced axis:
//!
//! ```
//! use tensor::{Keep, Tensor};
//!
//! let x = Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]); // [2, 3]
//! assert_eq!(x.sum_axis(0, Keep::No).shape(), [3]); // down the columns: 5, 7, 9
//! assert_eq!(x.sum_axis(1, Keep::No).shape(), [2]); // along the rows: 6, 15
//! assert_eq!(x.sum_axis(1, Keep::Yes).shape(), [2, 1]); // fits x again by broadcasting
//! ```
//!
//! To reduce several axes, reduce one after the other, the last axis first.
//!
//! **Axes of length 0 and 1.** The sum of no numbers is 0. No numbers have no mean and no
//! largest, so `mean`, `max`, `min`, `argmax` and `argmin` panic there (NumPy's mean is a
//! silent NaN). A reduction over an axis of length 1 returns the numbers as they are.
//!
//! **Fixed order.** The result depends on the shape and the numbers alone, not on how they
//! lie in memory and not on the number of threads; [`sum`](crate::kernels::sum) has the order.

use crate::Tensor;
use crate::kernels::elementwise::{larger, smaller};
use crate::kernels::fold::{fold_rows, reduce, winners};
use crate::kernels::places::{add_at, places};
use crate::kernels::sum::{sum, sum_rows};
use crate::shape::check_axis;

/// Whether a reduced axis stays, with length 1, or goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The axis stays: `[B, K] -> [B, 1]`, which broadcasts against `[B, K]`.
    Yes,
    /// The axis goes: `[B, K] -> [B]`.
    No,
}

/// All numbers into one.
impl Tensor {
    /// The sum of all numbers, shape `[]`; 0 if there are none.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// assert_eq!(Tensor::from([[1.0, 2.0], [3.0, 4.0]]).sum().item(), 10.0);
    /// ```
    pub fn sum(&self) -> Tensor {
        let value = Tensor::scalar(sum(&self.row_major()));
        let whole = self.shape().to_vec();
        Tensor::record("sum", value, [self.edge(move |g| g.broadcast_to(&whole))])
    }

    /// The mean of all numbers, shape `[]`.
    ///
    /// # Panics
    /// If there are none.
    #[track_caller]
    pub fn mean(&self) -> Tensor {
        check_not_empty("mean", self);
        self.sum() / self.len() as f32
    }

    /// The largest number, shape `[]`; NaN if any is.
    ///
    /// # Panics
    /// If there are none.
    #[track_caller]
    pub fn max(&self) -> Tensor {
        check_not_empty("max", self);
        self.reshape(&[self.len()]).max_axis(0, Keep::No)
    }

    /// The smallest number, shape `[]`; NaN if any is.
    ///
    /// # Panics
    /// If there are none.
    #[track_caller]
    pub fn min(&self) -> Tensor {
        check_not_empty("min", self);
        self.reshape(&[self.len()]).min_axis(0, Keep::No)
    }
}

/// The numbers along one axis into one.
impl Tensor {
    /// The sums along `axis`; 0 where the axis is empty.
    ///
    /// ```
    /// use tensor::{Keep, Tensor};
    ///
    /// let x = Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]); // [2, 3]
    /// assert_eq!(x.sum_axis(0, Keep::No).to_vec(), [5.0, 7.0, 9.0]);
    /// assert_eq!(x.sum_axis(1, Keep::No).to_vec(), [6.0, 15.0]);
    /// ```
    ///
    /// # Panics
    /// If there is no such axis.
    // ANCHOR: sum_axis
    #[track_caller]
    pub fn sum_axis(&self, axis: usize, keep: Keep) -> Tensor {
        check_axis("sum_axis", axis, self.shape());
        let value = reduce(self, axis, keep, |rows, totals| match totals {
            [total] => *total = sum(rows),
            _ => sum_rows(rows, totals),
        });
        let whole = self.shape().to_vec();
        let pullback = move |g: &Tensor| kept(g, axis, keep).broadcast_to(&whole);
        Tensor::record("sum_axis", value, [self.edge(pullback)])
    }
    // ANCHOR_END: sum_axis

    /// The means along `axis`.
    ///
    /// # Panics
    /// If there is no such axis, or it is empty.
    #[track_caller]
    pub fn mean_axis(&self, axis: usize, keep: Keep) -> Tensor {
        check_axis_not_empty("mean_axis", axis, self);
        self.sum_axis(axis, keep) / self.shape()[axis] as f32
    }

    /// The largest numbers along `axis`.
    ///
    /// # Panics
    /// If there is no such axis, or it is empty.
    #[track_caller]
    pub fn max_axis(&self, axis: usize, keep: Keep) -> Tensor {
        check_axis_not_empty("max_axis", axis, self);
        extreme_axis("max_axis", self, axis, keep, larger, Tensor::argmax)
    }

    /// The smallest numbers along `axis`.
    ///
    /// # Panics
    /// If there is no such axis, or it is empty.
    #[track_caller]
    pub fn min_axis(&self, axis: usize, keep: Keep) -> Tensor {
        check_axis_not_empty("min_axis", axis, self);
        extreme_axis("min_axis", self, axis, keep, smaller, Tensor::argmin)
    }

    /// Where along `axis` the largest number stands; the first if several are equally
    /// large. NaN counts as largest. One place for each position in the other axes, in
    /// row-major order: for scores `[B, K]` and axis 1, the predicted class of each example.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let scores = Tensor::from([[0.1, 0.9, 0.3], [0.5, 0.2, 0.5]]); // [B=2, K=3]
    /// assert_eq!(scores.argmax(1), [1, 0]);
    /// ```
    ///
    /// # Panics
    /// If there is no such axis, or it is empty.
    #[track_caller]
    pub fn argmax(&self, axis: usize) -> Vec<usize> {
        check_axis_not_empty("argmax", axis, self);
        winners(self, axis, |x, best| x > best || x.is_nan() && !best.is_nan())
    }

    /// Where along `axis` the smallest number stands; otherwise like
    /// [`argmax`](Tensor::argmax).
    ///
    /// # Panics
    /// If there is no such axis, or it is empty.
    #[track_caller]
    pub fn argmin(&self, axis: usize) -> Vec<usize> {
        check_axis_not_empty("argmin", axis, self);
        winners(self, axis, |x, best| x < best || x.is_nan() && !best.is_nan())
    }
}

/// The numbers that `pick` prefers along `axis`; each gradient goes to the first place that
/// `find` names.
fn extreme_axis(
    operation: &'static str,
    x: &Tensor,
    axis: usize,
    keep: Keep,
    pick: impl Fn(f32, f32) -> f32,
    find: impl Fn(&Tensor, usize) -> Vec<usize> + Send + 'static,
) -> Tensor {
    let value = reduce(x, axis, keep, |rows, best| fold_rows(rows, best, &pick));
    let saved = x.detach();
    let pullback = move |g: &Tensor| {
        let g = kept(g, axis, keep);
        let places = places(axis, &find(&saved, axis), g.shape(), saved.shape());
        add_at(&g, &places, saved.shape())
    };
    Tensor::record(operation, value, [x.edge(pullback)])
}

/// The gradient of a reduction with its `axis` back in place, of length 1.
pub(crate) fn kept(g: &Tensor, axis: usize, keep: Keep) -> Tensor {
    match keep {
        Keep::Yes => g.clone(),
        Keep::No => g.unsqueeze(axis),
    }
}

/// Panics if there are no numbers.
#[track_caller]
fn check_not_empty(operation: &str, a: &Tensor) {
    must!(
        !a.is_empty(),
        "{operation}: expected at least one number, got none in the shape {:?}",
        a.shape()
    );
}

/// Panics if there is no such axis, or if it is empty.
#[track_caller]
pub(crate) fn check_axis_not_empty(operation: &str, axis: usize, a: &Tensor) {
    check_axis(operation, axis, a.shape());
    must!(
        a.shape()[axis] != 0,
        "{operation}: expected at least one number along axis {axis}, got none in the \
             shape {:?}",
        a.shape()
    );
}
