//! The operators `+ - * /` and the minus sign.
//!
//! Each works between two tensors (with [broadcasting](crate::shape)) and between a
//! tensor and a number, on either side. Tensors can be borrowed (`&a + &b`) or given
//! away (`a + b`); both cost the same, and borrowing lets you use `a` again.
//!
//! ```
//! use tensor::Tensor;
//!
//! let a = Tensor::from([1.0, 2.0]);
//! let b = Tensor::from([10.0, 20.0]);
//! assert_eq!((&a + &b).to_vec(), [11.0, 22.0]);
//! assert_eq!((1.0 - &a).to_vec(), [0.0, -1.0]);
//! assert_eq!((-(&a * &b) / 10.0).to_vec(), [-1.0, -4.0]);
//! ```

use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::Tensor;
use crate::kernels::elementwise::{map, zip};

/// Writes one operator for every mixture of owned, borrowed and plain numbers.
/// `#[track_caller]` makes a shape error point at the line with the operator.
macro_rules! operator {
    ($Trait:ident, $method:ident) => {
        operator!(@one $Trait, $method, Tensor, Tensor);
        operator!(@one $Trait, $method, Tensor, &Tensor);
        operator!(@one $Trait, $method, &Tensor, Tensor);
        operator!(@one $Trait, $method, &Tensor, &Tensor);
        operator!(@one $Trait, $method, Tensor, f32);
        operator!(@one $Trait, $method, &Tensor, f32);
        operator!(@one $Trait, $method, f32, Tensor);
        operator!(@one $Trait, $method, f32, &Tensor);
    };
    (@one $Trait:ident, $method:ident, $Left:ty, $Right:ty) => {
        impl $Trait<$Right> for $Left {
            type Output = Tensor;

            #[track_caller]
            fn $method(self, right: $Right) -> Tensor {
                $method(&Tensor::from(self), &Tensor::from(right))
            }
        }
    };
}

operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);
operator!(Div, div);

// ANCHOR: operators
#[track_caller]
fn add(a: &Tensor, b: &Tensor) -> Tensor {
    let sum = zip("add", a, b, |x, y| x + y);
    Tensor::record("add", sum, [a.edge(|g| g.clone()), b.edge(|g| g.clone())])
}

#[track_caller]
fn sub(a: &Tensor, b: &Tensor) -> Tensor {
    let difference = zip("sub", a, b, |x, y| x - y);
    Tensor::record("sub", difference, [a.edge(|g| g.clone()), b.edge(|g| -g)])
}

#[track_caller]
fn mul(a: &Tensor, b: &Tensor) -> Tensor {
    let product = zip("mul", a, b, |x, y| x * y);
    let (x, y) = (a.detach(), b.detach());
    Tensor::record("mul", product, [a.edge(move |g| g * y), b.edge(move |g| g * x)])
}

#[track_caller]
fn div(a: &Tensor, b: &Tensor) -> Tensor {
    let quotient = zip("div", a, b, |x, y| x / y);
    let (q, y, z) = (quotient.clone(), b.detach(), b.detach());
    let edges = [a.edge(move |g| g / y), b.edge(move |g| -(g * q) / z)];
    Tensor::record("div", quotient, edges)
}
// ANCHOR_END: operators

impl Neg for &Tensor {
    type Output = Tensor;

    fn neg(self) -> Tensor {
        Tensor::record("neg", map(self, |x| -x), [self.edge(|g| -g)])
    }
}

impl Neg for Tensor {
    type Output = Tensor;

    fn neg(self) -> Tensor {
        -&self
    }
}
