//! Functions of one number, and of two numbers.
//!
//! Where a function meets NaN ("not a number", the result of 0/0), the result is NaN,
//! also in [`relu`](Tensor::relu), [`maximum`](Tensor::maximum) and
//! [`clamp`](Tensor::clamp): a broken calculation should stay visible.

use crate::Tensor;
use crate::elementwise::{larger, map, smaller, zip};
use crate::shape::broadcast_or_panic;

/// Functions of one number.
impl Tensor {
    /// e to the power x. Overflows to infinity above 88.7.
    pub fn exp(&self) -> Tensor {
        map(self, f32::exp)
    }

    /// The natural logarithm. Minus infinity at 0, NaN below.
    pub fn ln(&self) -> Tensor {
        map(self, f32::ln)
    }

    /// The square root. NaN below 0.
    pub fn sqrt(&self) -> Tensor {
        map(self, f32::sqrt)
    }

    /// The absolute value |x|.
    pub fn abs(&self) -> Tensor {
        map(self, f32::abs)
    }

    /// x times x.
    pub fn square(&self) -> Tensor {
        map(self, |x| x * x)
    }

    /// x to a real `power`. NaN for negative x, unless the power is whole.
    pub fn powf(&self, power: f32) -> Tensor {
        map(self, |x| x.powf(power))
    }

    /// x to a whole `power`.
    pub fn powi(&self, power: i32) -> Tensor {
        map(self, |x| x.powi(power))
    }

    /// The hyperbolic tangent: an S-shaped curve from -1 to 1.
    pub fn tanh(&self) -> Tensor {
        map(self, f32::tanh)
    }

    /// The logistic function 1/(1 + e^-x): an S-shaped curve from 0 to 1.
    ///
    /// ```
    /// use tensor::{Tensor, assert_close};
    ///
    /// let x = Tensor::from([-100.0, 0.0, 100.0]);
    /// assert_close!(x.sigmoid(), [0.0, 0.5, 1.0], 1e-7);
    /// ```
    pub fn sigmoid(&self) -> Tensor {
        // For negative x, e^-x overflows; e^x/(1 + e^x) is the same and does not.
        map(self, |x| {
            let e = (-x.abs()).exp();
            if x >= 0.0 {
                1.0 / (1.0 + e)
            } else {
                e / (1.0 + e)
            }
        })
    }

    /// The rectifier max(0, x): negative numbers become 0.
    pub fn relu(&self) -> Tensor {
        map(self, |x| larger(x, 0.0))
    }

    /// -1, 0 or 1, by the sign of x. Zero has the sign 0 here, unlike `f32::signum`.
    pub fn sign(&self) -> Tensor {
        map(self, |x| if x == 0.0 { 0.0 } else { x.signum() })
    }

    /// x pushed into the range from `low` to `high`.
    ///
    /// # Panics
    /// If `low` is above `high` or either is NaN.
    #[track_caller]
    pub fn clamp(&self, low: f32, high: f32) -> Tensor {
        if low > high || low.is_nan() || high.is_nan() {
            panic!("clamp: expected low <= high, got low = {low} and high = {high}");
        }
        map(self, |x| x.clamp(low, high))
    }
}

/// Functions of two numbers. The other side is a tensor or a plain number.
///
/// # Panics
/// All of them, if the shapes do not broadcast.
impl Tensor {
    /// The larger of each pair.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let a = Tensor::from([1.0, 5.0]);
    /// assert_eq!(a.maximum(&Tensor::from([2.0, 3.0])).to_vec(), [2.0, 5.0]);
    /// assert_eq!(a.maximum(3.0).to_vec(), [3.0, 5.0]);
    /// ```
    #[track_caller]
    pub fn maximum(&self, other: impl Into<Tensor>) -> Tensor {
        zip("maximum", self, &other.into(), larger)
    }

    /// The smaller of each pair.
    #[track_caller]
    pub fn minimum(&self, other: impl Into<Tensor>) -> Tensor {
        zip("minimum", self, &other.into(), smaller)
    }

    /// 1 where this number is greater than the other, 0 elsewhere.
    #[track_caller]
    pub fn gt(&self, other: impl Into<Tensor>) -> Tensor {
        zip("gt", self, &other.into(), |x, y| f32::from(x > y))
    }

    /// 1 where this number is greater than or equal to the other, 0 elsewhere.
    #[track_caller]
    pub fn ge(&self, other: impl Into<Tensor>) -> Tensor {
        zip("ge", self, &other.into(), |x, y| f32::from(x >= y))
    }

    /// 1 where this number is less than the other, 0 elsewhere.
    #[track_caller]
    pub fn lt(&self, other: impl Into<Tensor>) -> Tensor {
        zip("lt", self, &other.into(), |x, y| f32::from(x < y))
    }

    /// 1 where this number is less than or equal to the other, 0 elsewhere.
    #[track_caller]
    pub fn le(&self, other: impl Into<Tensor>) -> Tensor {
        zip("le", self, &other.into(), |x, y| f32::from(x <= y))
    }

    /// 1 where both numbers are exactly equal, 0 elsewhere. Meant for labels and
    /// counts; calculated numbers are better compared with [`assert_close!`](crate::assert_close).
    #[track_caller]
    pub fn eq(&self, other: impl Into<Tensor>) -> Tensor {
        zip("eq", self, &other.into(), |x, y| f32::from(x == y))
    }

    /// `yes` where the condition is not 0, `no` where it is.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let x = Tensor::from([-2.0, 3.0]);
    /// assert_eq!(Tensor::where_(&x.gt(0.0), &x, 0.0).to_vec(), [0.0, 3.0]);
    /// ```
    #[track_caller]
    pub fn where_(condition: &Tensor, yes: impl Into<Tensor>, no: impl Into<Tensor>) -> Tensor {
        let (yes, no) = (yes.into(), no.into());
        let both = broadcast_or_panic("where_", yes.shape(), no.shape());
        let shape = broadcast_or_panic("where_", condition.shape(), &both);
        let (condition, yes, no) = (
            condition.broadcast_to(&shape),
            yes.broadcast_to(&shape),
            no.broadcast_to(&shape),
        );
        let (condition, yes, no) = (condition.row_major(), yes.row_major(), no.row_major());
        let choices = condition.iter().zip(yes.iter().zip(no.iter()));
        let chosen = choices.map(|(&c, (&yes, &no))| if c != 0.0 { yes } else { no });
        Tensor::from_vec(chosen.collect(), &shape)
    }
}
