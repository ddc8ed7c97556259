//! Automatic differentiation for single numbers (page *An engine for scalars*).
//!
//! Every operation computes its value and remembers two things: which numbers it was
//! computed from, and its slope by each of them. [`Scalar::backward`] walks that record
//! from the result to the leaves and multiplies slopes on the way.
//!
//! ```
//! use ch03_backprop::scalar::Scalar;
//!
//! let x = Scalar::from(3.0);
//! let y = &x * &x + 2.0 * &x; // x² + 2x
//! y.backward();
//! assert_eq!(y.value(), 15.0);
//! assert_eq!(x.gradient(), 8.0); // 2x + 2
//! ```
//!
//! Sources: S. Linnainmaa (1970), the idea; A. Karpathy's *micrograd* (2020), a scalar
//! engine of this size in Python.

use std::cell::Cell;
use std::mem::take;
use std::ops::{Add, Div, Mul, Sub};
use std::rc::Rc;

// ANCHOR: node
/// A number that knows how it was computed. Clones are the same number.
#[derive(Clone)]
pub struct Scalar(pub(crate) Rc<Node>);

pub(crate) struct Node {
    /// The operation, or the name of a leaf.
    pub(crate) label: &'static str,
    value: Cell<f64>,
    /// The slope of the result of the last [`Scalar::backward`] by this number.
    gradient: Cell<f64>,
    /// What it was computed from, and its slope by each of these.
    inputs: Vec<(Scalar, f64)>,
    /// Whether a walk over the graph has met this node.
    seen: Cell<bool>,
}
// ANCHOR_END: node

impl Scalar {
    // ANCHOR: new
    fn new(label: &'static str, value: f64, inputs: Vec<(Scalar, f64)>) -> Scalar {
        Scalar(Rc::new(Node {
            label,
            value: Cell::new(value),
            gradient: Cell::new(0.0),
            inputs,
            seen: Cell::new(false),
        }))
    }

    /// A leaf with a name: a weight, an input.
    pub fn named(name: &'static str, value: f64) -> Scalar {
        Scalar::new(name, value, Vec::new())
    }

    /// An operation on this number alone: its value, and its slope.
    fn unary(&self, operation: &'static str, value: f64, slope: f64) -> Scalar {
        Scalar::new(operation, value, vec![(self.clone(), slope)])
    }
    // ANCHOR_END: new

    /// Its value.
    pub fn value(&self) -> f64 {
        self.0.value.get()
    }

    /// Gives a leaf a new value. What was computed from the old one stays as it is.
    pub fn set(&self, value: f64) {
        self.0.value.set(value);
    }

    /// The slope by this number of what [`Scalar::backward`] was last called on; 0
    /// before that.
    pub fn gradient(&self) -> f64 {
        self.0.gradient.get()
    }

    /// What it was computed from, and its slope by each; a leaf has none.
    pub fn inputs(&self) -> &[(Scalar, f64)] {
        &self.0.inputs
    }

    // ANCHOR: unary
    /// e^x; its slope is itself.
    pub fn exp(&self) -> Scalar {
        let y = libm::exp(self.value());
        self.unary("exp", y, y)
    }

    /// The natural logarithm; its slope is 1/x.
    pub fn ln(&self) -> Scalar {
        let x = self.value();
        self.unary("ln", libm::log(x), 1.0 / x)
    }

    /// The hyperbolic tangent; its slope is 1 − tanh² x.
    pub fn tanh(&self) -> Scalar {
        let y = libm::tanh(self.value());
        self.unary("tanh", y, 1.0 - y * y)
    }

    /// max(0, x); its slope is 1 above 0, and 0 at 0 and below.
    pub fn relu(&self) -> Scalar {
        let x = self.value();
        self.unary("relu", x.max(0.0), f64::from(x > 0.0))
    }

    /// x^n for a fixed n other than 0; its slope is n x^(n−1).
    pub fn pow(&self, n: f64) -> Scalar {
        let x = self.value();
        self.unary("pow", libm::pow(x, n), n * libm::pow(x, n - 1.0))
    }
    // ANCHOR_END: unary

    // ANCHOR: backward
    /// Finds the slope of this number by every number it was computed from.
    pub fn backward(&self) {
        let order = self.order();
        order.iter().for_each(|scalar| scalar.0.gradient.set(0.0));
        self.0.gradient.set(1.0);
        for scalar in order.iter().rev() {
            for (input, slope) in scalar.inputs() {
                // Several ways lead to an input: their slopes add up.
                let through_here = scalar.gradient() * slope;
                input.0.gradient.set(input.gradient() + through_here);
            }
        }
    }
    // ANCHOR_END: backward

    // ANCHOR: order
    /// All numbers this one was computed from, and itself at the end: each once, after
    /// its inputs.
    pub fn order(&self) -> Vec<Scalar> {
        let mut order = Vec::new();
        self.0.seen.set(true);
        let mut path = vec![(self.clone(), 0)]; // a number, and how many inputs are done
        while let Some((scalar, done)) = path.pop() {
            if let Some((input, _)) = scalar.inputs().get(done) {
                let input = input.clone();
                path.push((scalar, done + 1));
                if !input.0.seen.replace(true) {
                    path.push((input, 0));
                }
            } else {
                order.push(scalar);
            }
        }
        order.iter().for_each(|scalar| scalar.0.seen.set(false));
        order
    }
    // ANCHOR_END: order
}

// ANCHOR: drop
impl Drop for Node {
    /// Frees what nobody else holds, one node after the other: left to themselves,
    /// nodes would free their inputs by recursion, and a long chain would overflow the
    /// stack.
    fn drop(&mut self) {
        let mut orphans = take(&mut self.inputs);
        while let Some((scalar, _)) = orphans.pop() {
            if let Some(mut node) = Rc::into_inner(scalar.0) {
                orphans.append(&mut node.inputs);
            }
        }
    }
}
// ANCHOR_END: drop

impl From<f64> for Scalar {
    fn from(value: f64) -> Scalar {
        Scalar::named("", value)
    }
}

impl From<&Scalar> for Scalar {
    fn from(scalar: &Scalar) -> Scalar {
        scalar.clone()
    }
}

macro_rules! operator {
    ($Trait:ident, $method:ident, $sign:literal, |$x:ident, $y:ident| $value:expr, $slopes:expr) => {
        impl<T: Into<Scalar>> $Trait<T> for &Scalar {
            type Output = Scalar;
            fn $method(self, other: T) -> Scalar {
                let other = other.into();
                let ($x, $y) = (self.value(), other.value());
                let [by_x, by_y] = $slopes;
                let inputs = vec![(self.clone(), by_x), (other, by_y)];
                Scalar::new($sign, $value, inputs)
            }
        }
        impl<T: Into<Scalar>> $Trait<T> for Scalar {
            type Output = Scalar;
            fn $method(self, other: T) -> Scalar {
                (&self).$method(other)
            }
        }
        impl $Trait<Scalar> for f64 {
            type Output = Scalar;
            fn $method(self, other: Scalar) -> Scalar {
                Scalar::from(self).$method(other)
            }
        }
        impl $Trait<&Scalar> for f64 {
            type Output = Scalar;
            fn $method(self, other: &Scalar) -> Scalar {
                Scalar::from(self).$method(other)
            }
        }
    };
}

// ANCHOR: operators
operator!(Add, add, "+", |x, y| x + y, [1.0, 1.0]);
operator!(Sub, sub, "−", |x, y| x - y, [1.0, -1.0]);
operator!(Mul, mul, "×", |x, y| x * y, [y, x]);
operator!(Div, div, "÷", |x, y| x / y, [1.0 / y, -x / (y * y)]);
// ANCHOR_END: operators
