//! Forward mode: numbers that carry their slope along (page *The other way round*).
//!
//! A function written for any [`Number`] runs on plain numbers, on dual numbers, which
//! give its slope by one input, and on [`Scalar`]s, which give its slopes by all of them.
//!
//! ```
//! use ch03_backprop::dual::Dual;
//!
//! let x = Dual::variable(3.0);
//! let y = x * x + Dual::from(2.0) * x; // x² + 2x
//! assert_eq!((y.value, y.slope), (15.0, 8.0)); // 2x + 2
//! ```
//!
//! Sources: W. K. Clifford (1873), the numbers; R. E. Wengert (1964), slopes by program.

use std::ops::{Add, Div, Mul, Sub};

use crate::scalar::Scalar;

// ANCHOR: dual
/// A number and its slope by the one input that is watched: v + s ε, where ε² = 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dual<T> {
    /// What the number is.
    pub value: T,
    /// How fast it changes with the input.
    pub slope: T,
}

impl<T: Number> Add for Dual<T> {
    type Output = Dual<T>;
    fn add(self, other: Dual<T>) -> Dual<T> {
        Dual {
            value: self.value + other.value,
            slope: self.slope + other.slope,
        }
    }
}

impl<T: Number> Mul for Dual<T> {
    type Output = Dual<T>;
    fn mul(self, other: Dual<T>) -> Dual<T> {
        let (u, v) = (self.value, other.value);
        Dual {
            value: u.clone() * v.clone(),
            slope: self.slope * v + u * other.slope, // the product rule
        }
    }
}
// ANCHOR_END: dual

impl<T: Number> Sub for Dual<T> {
    type Output = Dual<T>;
    fn sub(self, other: Dual<T>) -> Dual<T> {
        Dual {
            value: self.value - other.value,
            slope: self.slope - other.slope,
        }
    }
}

impl<T: Number> Div for Dual<T> {
    type Output = Dual<T>;
    fn div(self, other: Dual<T>) -> Dual<T> {
        let quotient = self.value / other.value.clone();
        let slope = (self.slope - quotient.clone() * other.slope) / other.value;
        Dual {
            value: quotient,
            slope,
        }
    }
}

impl<T: Number> From<f64> for Dual<T> {
    /// A constant: its slope is 0.
    fn from(value: f64) -> Dual<T> {
        Dual {
            value: T::from(value),
            slope: T::from(0.0),
        }
    }
}

impl<T: Number> Dual<T> {
    /// The input that is watched: its slope by itself is 1.
    pub fn variable(value: impl Into<T>) -> Dual<T> {
        Dual {
            value: value.into(),
            slope: T::from(1.0),
        }
    }
}

// ANCHOR: number
/// What a function needs of its numbers: + − × ÷, constants, and these.
pub trait Number:
    Clone
    + From<f64>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
{
    /// e^x.
    fn exp(&self) -> Self;
    /// The natural logarithm.
    fn ln(&self) -> Self;
    /// The hyperbolic tangent.
    fn tanh(&self) -> Self;
}
// ANCHOR_END: number

impl<T: Number> Number for Dual<T> {
    // ANCHOR: chain_rule
    fn exp(&self) -> Dual<T> {
        let value = self.value.exp();
        let slope = value.clone() * self.slope.clone(); // the chain rule
        Dual { value, slope }
    }
    // ANCHOR_END: chain_rule

    fn ln(&self) -> Dual<T> {
        let slope = self.slope.clone() / self.value.clone();
        let value = self.value.ln();
        Dual { value, slope }
    }

    fn tanh(&self) -> Dual<T> {
        let value = self.value.tanh();
        let by_input = T::from(1.0) - value.clone() * value.clone();
        let slope = by_input * self.slope.clone();
        Dual { value, slope }
    }
}

// `libm` gives the same last digit on every machine.
impl Number for f64 {
    fn exp(&self) -> f64 {
        libm::exp(*self)
    }

    fn ln(&self) -> f64 {
        libm::log(*self)
    }

    fn tanh(&self) -> f64 {
        libm::tanh(*self)
    }
}

impl Number for Scalar {
    fn exp(&self) -> Scalar {
        Scalar::exp(self)
    }

    fn ln(&self) -> Scalar {
        Scalar::ln(self)
    }

    fn tanh(&self) -> Scalar {
        Scalar::tanh(self)
    }
}

// ANCHOR: gradient
/// The gradient of `f` at `x` in forward mode: one pass for each input. `[n] -> [n]`
pub fn gradient(f: impl Fn(&[Dual<f64>]) -> Dual<f64>, x: &[f64]) -> Vec<f64> {
    let one = |i: usize| {
        let mut direction = vec![0.0; x.len()];
        direction[i] = 1.0;
        along(&f, x, &direction).slope
    };
    (0..x.len()).map(one).collect()
}

/// The value of `f` at `x`, and its slope along `direction`, in one pass: the
/// Jacobian–vector product.
///
/// # Panics
/// If `direction` has not as many numbers as `x`.
pub fn along(
    f: impl Fn(&[Dual<f64>]) -> Dual<f64>,
    x: &[f64],
    direction: &[f64],
) -> Dual<f64> {
    assert_eq!(x.len(), direction.len(), "one number of direction an input");
    let pairs = x.iter().zip(direction);
    let inputs: Vec<Dual<f64>> = pairs
        .map(|(&value, &slope)| Dual { value, slope })
        .collect();
    f(&inputs)
}
// ANCHOR_END: gradient
