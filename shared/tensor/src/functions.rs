//! Functions of one number, and of two numbers.
//!
//! Where a function meets NaN ("not a number", the result of 0/0), the result is NaN,
//! also in [`relu`](Tensor::relu), [`maximum`](Tensor::maximum) and
//! [`clamp`](Tensor::clamp): a broken calculation should stay visible.
//!
//! Each function stands beside its slope. Where the slope follows from the result, as e^x is
//! its own slope, the result is what the tape keeps, and the input can be freed. At a corner
//! the slope is one of those on its two sides: 0 for `relu` and `abs` at 0, 1 for `clamp` at
//! its bounds; where two numbers are equal, `maximum` and `minimum` follow the first. What
//! compares or counts, as `sign` and `gt`, is flat, so it has no slope to record.

use crate::kernels::elementwise::{larger, map, smaller, zip};
use crate::shape::broadcast_or_panic;
use crate::{Rng, Tensor};

/// The result `y` of a function of each number of `x`, whose slope is calculated from `saved`:
/// from `x` itself or, where that is possible, from `y`, which is in memory anyway.
fn with_slope(
    operation: &'static str,
    x: &Tensor,
    y: Tensor,
    saved: &Tensor,
    slope: impl Fn(f32) -> f32 + Send + Sync + 'static,
) -> Tensor {
    let saved = saved.detach();
    let pullback = move |g: &Tensor| zip(operation, g, &saved, |g, s| g * slope(s));
    Tensor::record(operation, y, [x.edge(pullback)])
}

/// One of two numbers, by its bits: at a jump, a processor would guess half of the signs wrong.
fn either(first: bool, a: f32, b: f32) -> f32 {
    let mask = u32::from(first).wrapping_neg(); // all ones, or none
    f32::from_bits(a.to_bits() & mask | b.to_bits() & !mask)
}

/// Functions of one number.
impl Tensor {
    /// e to the power x. Overflows to infinity above 88.7.
    pub fn exp(&self) -> Tensor {
        let y = map(self, f32::exp);
        with_slope("exp", self, y.clone(), &y, |y| y)
    }

    /// The natural logarithm. Minus infinity at 0, NaN below.
    pub fn ln(&self) -> Tensor {
        let y = map(self, f32::ln);
        with_slope("ln", self, y, self, |x| 1.0 / x)
    }

    /// The square root. NaN below 0.
    pub fn sqrt(&self) -> Tensor {
        let y = map(self, f32::sqrt);
        with_slope("sqrt", self, y.clone(), &y, |y| 0.5 / y)
    }

    /// The absolute value |x|.
    pub fn abs(&self) -> Tensor {
        let y = map(self, f32::abs);
        with_slope("abs", self, y, self, sign)
    }

    /// x times x.
    pub fn square(&self) -> Tensor {
        let y = map(self, |x| x * x);
        with_slope("square", self, y, self, |x| 2.0 * x)
    }

    /// x to a real `power`. NaN for negative x, unless the power is whole.
    pub fn powf(&self, power: f32) -> Tensor {
        let y = map(self, |x| x.powf(power));
        with_slope("powf", self, y, self, move |x| match power {
            0.0 => 0.0, // 0 times infinity at x = 0 otherwise
            _ => power * x.powf(power - 1.0),
        })
    }

    /// x to a whole `power`.
    pub fn powi(&self, power: i32) -> Tensor {
        let y = map(self, |x| x.powi(power));
        with_slope("powi", self, y, self, move |x| match power {
            0 => 0.0, // 0 times infinity at x = 0 otherwise
            _ => power as f32 * x.powi(power - 1),
        })
    }

    /// The hyperbolic tangent: an S-shaped curve from -1 to 1.
    pub fn tanh(&self) -> Tensor {
        let y = map(self, f32::tanh);
        with_slope("tanh", self, y.clone(), &y, |y| 1.0 - y * y)
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
        let y = map(self, logistic);
        with_slope("sigmoid", self, y.clone(), &y, |y| y * (1.0 - y))
    }

    /// The rectifier max(0, x): negative numbers become 0.
    pub fn relu(&self) -> Tensor {
        let y = map(self, |x| larger(x, 0.0));
        with_slope("relu", self, y.clone(), &y, |y| f32::from(y > 0.0))
    }

    /// The leaky rectifier: x above 0, `leak` times x below, so that a number below 0 still has
    /// a slope. At 0 the slope is the leak.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let x = Tensor::from([-2.0, 0.0, 3.0]);
    /// assert_eq!(x.leaky_relu(0.5).to_vec(), [-1.0, 0.0, 3.0]);
    /// ```
    ///
    /// # Panics
    /// If the leak is not above 0: [`relu`](Tensor::relu) has none.
    ///
    /// Source: A. Maas, A. Hannun, A. Ng, "Rectifier nonlinearities improve neural network
    /// acoustic models", ICML workshop (2013), section 2.
    #[track_caller]
    pub fn leaky_relu(&self, leak: f32) -> Tensor {
        must!(leak > 0.0, "leaky_relu: expected a leak above 0, got {leak}");
        let y = map(self, |x| either(x > 0.0, x, leak * x));
        // The result has the sign of the input.
        with_slope("leaky_relu", self, y.clone(), &y, move |y| either(y > 0.0, 1.0, leak))
    }

    /// -1, 0 or 1, by the sign of x. Zero has the sign 0 here, unlike `f32::signum`.
    pub fn sign(&self) -> Tensor {
        map(self, sign)
    }

    /// x pushed into the range from `low` to `high`.
    ///
    /// # Panics
    /// If `low` is above `high` or either is NaN.
    #[track_caller]
    pub fn clamp(&self, low: f32, high: f32) -> Tensor {
        must!(low <= high, "clamp: expected low <= high, got low = {low} and high = {high}");
        let y = map(self, |x| x.clamp(low, high));
        with_slope("clamp", self, y, self, move |x| f32::from(low <= x && x <= high))
    }

    // ANCHOR: dropout
    /// *Inverted dropout*: each number becomes 0 with probability `p`, and the others are
    /// divided by 1 - p, so that the expected value stays. For training; at test time the
    /// numbers are left alone.
    ///
    /// ```
    /// use tensor::{Rng, Tensor};
    ///
    /// let dropped = Tensor::ones(&[1000]).dropout(0.75, &mut Rng::new(1)).to_vec();
    /// assert!(dropped.iter().all(|&x| x == 0.0 || x == 4.0));
    /// ```
    ///
    /// Source: N. Srivastava et al., "Dropout", Journal of Machine Learning Research 15
    /// (2014), 1929-1958; inverted: section 10.
    ///
    /// # Panics
    /// Unless 0 <= p < 1.
    #[track_caller]
    pub fn dropout(&self, p: f32, rng: &mut Rng) -> Tensor {
        must!(
            (0.0..1.0).contains(&p),
            "dropout: expected a probability p with 0 <= p < 1, got p = {p}"
        );
        let draws = rng.uniform_tensor(self.shape(), 0.0, 1.0);
        self * draws.ge(p) / (1.0 - p)
    }
    // ANCHOR_END: dropout
}

/// The logistic function. For negative x, e^-x overflows; e^x/(1 + e^x) is the same and does
/// not.
fn logistic(x: f32) -> f32 {
    let e = (-x.abs()).exp();
    if x >= 0.0 { 1.0 / (1.0 + e) } else { e / (1.0 + e) }
}

/// -1, 0 or 1; NaN stays NaN.
fn sign(x: f32) -> f32 {
    if x == 0.0 { 0.0 } else { x.signum() }
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
        choose("maximum", self, &other.into(), larger, |x, y| x >= y)
    }

    /// The smaller of each pair.
    #[track_caller]
    pub fn minimum(&self, other: impl Into<Tensor>) -> Tensor {
        choose("minimum", self, &other.into(), smaller, |x, y| x <= y)
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
        let value = pick("where_", condition, &yes, &no);
        let (c, d) = (condition.detach(), condition.detach());
        let edges = [
            yes.edge(move |g| pick("where_", &c, g, &Tensor::scalar(0.0))),
            no.edge(move |g| pick("where_", &d, &Tensor::scalar(0.0), g)),
        ];
        Tensor::record("where_", value, edges)
    }
}

/// One number of each pair, by `pick`. The gradient goes where `first` says: to `a` where it
/// holds, to `b` elsewhere.
#[track_caller]
fn choose(
    operation: &'static str,
    a: &Tensor,
    b: &Tensor,
    pick: impl Fn(f32, f32) -> f32 + Sync,
    first: impl Fn(f32, f32) -> bool + Sync,
) -> Tensor {
    let value = zip(operation, a, b, pick);
    if !(a.requires_grad() || b.requires_grad()) {
        return value;
    }
    let to_a = zip(operation, a, b, |x, y| f32::from(first(x, y)));
    let to_b = map(&to_a, |share| 1.0 - share);
    let edges = [a.edge(move |g| g * &to_a), b.edge(move |g| g * &to_b)];
    Tensor::record(operation, value, edges)
}

/// `yes` where the condition is not 0, `no` where it is; without a history.
#[track_caller]
fn pick(operation: &str, condition: &Tensor, yes: &Tensor, no: &Tensor) -> Tensor {
    let both = broadcast_or_panic(operation, yes.shape(), no.shape());
    let shape = broadcast_or_panic(operation, condition.shape(), &both);
    let spread = |t: &Tensor| t.detach().broadcast_to(&shape);
    let (condition, yes, no) = (spread(condition), spread(yes), spread(no));
    let (condition, yes, no) = (condition.row_major(), yes.row_major(), no.row_major());
    let choices = condition.iter().zip(yes.iter().zip(no.iter()));
    let chosen = choices.map(|(&c, (&yes, &no))| if c != 0.0 { yes } else { no });
    Tensor::from_vec(chosen.collect(), &shape)
}
