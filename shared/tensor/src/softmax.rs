//! Softmax and its relatives, calculated without overflow.
//!
//! e^x overflows an `f32` above 88.7. Subtracting the largest score m first changes nothing in
//! the quotient e^x / sum of e^x, and makes the largest exponent 0.

use crate::reduce::{check_axis_not_empty, kept};
use crate::{Keep, Tensor};

/// Scores into probabilities.
impl Tensor {
    /// Probabilities from scores along `axis`: `p = e^x / sum of e^x`. They are positive and
    /// add up to 1.
    ///
    /// The gradient of a score: `p (g - sum of g p)`.
    ///
    /// ```
    /// use tensor::{Tensor, assert_close};
    ///
    /// let scores = Tensor::from([[0.0, 0.0, 0.0], [1000.0, 0.0, 0.0]]); // [B=2, K=3]
    /// let p = scores.softmax(1); // [B, K]
    /// assert_close!(p, [[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0], [1.0, 0.0, 0.0]], 1e-6);
    /// ```
    ///
    /// # Panics
    /// If there is no such axis, or it is empty.
    #[track_caller]
    pub fn softmax(&self, axis: usize) -> Tensor {
        check_axis_not_empty("softmax", axis, self);
        let x = self.detach();
        let powers = (&x - x.max_axis(axis, Keep::Yes)).exp();
        let p = &powers / powers.sum_axis(axis, Keep::Yes);
        let saved = p.clone();
        let pullback = move |g: &Tensor| {
            let weighted = (g * &saved).sum_axis(axis, Keep::Yes);
            (g - weighted) * saved
        };
        Tensor::record("softmax", p, [self.edge(pullback)])
    }

    /// The logarithms of the [`softmax`](Tensor::softmax) along `axis`, exact where the
    /// probability itself would underflow to 0: `x - ln(sum of e^x)`.
    ///
    /// The gradient of a score: `g - p sum of g`.
    ///
    /// ```
    /// use tensor::{Tensor, assert_close};
    ///
    /// let scores = Tensor::from([1000.0, 0.0]);
    /// assert_close!(scores.log_softmax(0), [0.0, -1000.0], 1e-6);
    /// ```
    ///
    /// # Panics
    /// If there is no such axis, or it is empty.
    #[track_caller]
    pub fn log_softmax(&self, axis: usize) -> Tensor {
        check_axis_not_empty("log_softmax", axis, self);
        let x = self.detach();
        // Of large scores, the logarithm of the sum would keep too few digits behind the point.
        let shifted = &x - x.max_axis(axis, Keep::Yes);
        let log_p = &shifted - shifted.log_sum_exp(axis, Keep::Yes);
        let saved = log_p.clone();
        let pullback = move |g: &Tensor| g - saved.exp() * g.sum_axis(axis, Keep::Yes);
        Tensor::record("log_softmax", log_p, [self.edge(pullback)])
    }

    /// `ln(sum of e^x)` along `axis`: a smooth maximum, at most ln K above the largest of K
    /// numbers.
    ///
    /// The gradient of a number: `g p`, with p its [`softmax`](Tensor::softmax).
    ///
    /// ```
    /// use tensor::{Keep, Tensor, assert_close};
    ///
    /// let x = Tensor::from([1000.0, 1000.0]);
    /// assert_close!(x.log_sum_exp(0, Keep::No), 1000.0 + 2_f32.ln(), 1e-6);
    /// ```
    ///
    /// # Panics
    /// If there is no such axis, or it is empty.
    #[track_caller]
    pub fn log_sum_exp(&self, axis: usize, keep: Keep) -> Tensor {
        check_axis_not_empty("log_sum_exp", axis, self);
        let x = self.detach();
        let largest = x.max_axis(axis, Keep::Yes);
        // Infinite scores would leave inf - inf, which is not a number.
        let shift = Tensor::where_(&largest.abs().lt(f32::INFINITY), &largest, 0.0);
        let sum = (&x - &shift).exp().sum_axis(axis, Keep::Yes);
        let saved = sum.ln() + shift;
        let value = match keep {
            Keep::Yes => saved.clone(),
            Keep::No => saved.squeeze(axis),
        };
        let pullback = move |g: &Tensor| kept(g, axis, keep) * (x - saved).exp();
        Tensor::record("log_sum_exp", value, [self.edge(pullback)])
    }
}
