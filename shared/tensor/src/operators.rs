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
use crate::elementwise::{map, zip};

/// Writes one operator for every mixture of owned, borrowed and plain numbers.
/// `#[track_caller]` makes a shape error point at the line with the operator.
macro_rules! operator {
    ($Trait:ident, $method:ident, $name:literal, $formula:expr) => {
        operator!(@one $Trait, $method, $name, $formula, Tensor, Tensor);
        operator!(@one $Trait, $method, $name, $formula, Tensor, &Tensor);
        operator!(@one $Trait, $method, $name, $formula, &Tensor, Tensor);
        operator!(@one $Trait, $method, $name, $formula, &Tensor, &Tensor);
        operator!(@one $Trait, $method, $name, $formula, Tensor, f32);
        operator!(@one $Trait, $method, $name, $formula, &Tensor, f32);
        operator!(@one $Trait, $method, $name, $formula, f32, Tensor);
        operator!(@one $Trait, $method, $name, $formula, f32, &Tensor);
    };
    (@one $Trait:ident, $method:ident, $name:literal, $formula:expr, $Left:ty, $Right:ty) => {
        impl $Trait<$Right> for $Left {
            type Output = Tensor;

            #[track_caller]
            fn $method(self, right: $Right) -> Tensor {
                zip($name, &Tensor::from(self), &Tensor::from(right), $formula)
            }
        }
    };
}

operator!(Add, add, "add", |x, y| x + y);
operator!(Sub, sub, "sub", |x, y| x - y);
operator!(Mul, mul, "mul", |x, y| x * y);
operator!(Div, div, "div", |x, y| x / y);

impl Neg for &Tensor {
    type Output = Tensor;

    fn neg(self) -> Tensor {
        map(self, |x| -x)
    }
}

impl Neg for Tensor {
    type Output = Tensor;

    fn neg(self) -> Tensor {
        -&self
    }
}
