//! Tensors from Rust's own numbers and arrays, and tensors as text.

use std::fmt;

use crate::Tensor;

impl fmt::Display for Tensor {
    /// The numbers in nested brackets; `{:.2}` sets the decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.array(), f)
    }
}

impl fmt::Debug for Tensor {
    /// The shape, then the numbers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Tensor {:?}", self.shape())?;
        fmt::Display::fmt(&self.array(), f)
    }
}

impl From<f32> for Tensor {
    /// A single number, shape `[]`.
    fn from(value: f32) -> Tensor {
        Tensor::scalar(value)
    }
}

impl From<&Tensor> for Tensor {
    /// A second handle on the same numbers.
    fn from(tensor: &Tensor) -> Tensor {
        tensor.clone()
    }
}

impl From<Vec<f32>> for Tensor {
    /// A row of numbers, shape `[n]`.
    fn from(values: Vec<f32>) -> Tensor {
        Tensor::from_array(ndarray::Array1::from(values))
    }
}

impl From<&[f32]> for Tensor {
    /// A row of numbers, copied, shape `[n]`.
    fn from(values: &[f32]) -> Tensor {
        Tensor::from(values.to_vec())
    }
}

impl<const N: usize> From<[f32; N]> for Tensor {
    /// A row of numbers, shape `[N]`.
    fn from(values: [f32; N]) -> Tensor {
        Tensor::from(values.to_vec())
    }
}

impl<const M: usize, const N: usize> From<[[f32; N]; M]> for Tensor {
    /// `M` rows of `N` numbers, shape `[M, N]`.
    fn from(rows: [[f32; N]; M]) -> Tensor {
        Tensor::from_vec(rows.as_flattened().to_vec(), &[M, N])
    }
}

impl<const L: usize, const M: usize, const N: usize> From<[[[f32; N]; M]; L]> for Tensor {
    /// `L` matrices of `M` rows of `N` numbers, shape `[L, M, N]`.
    fn from(matrices: [[[f32; N]; M]; L]) -> Tensor {
        let values = matrices.as_flattened().as_flattened().to_vec();
        Tensor::from_vec(values, &[L, M, N])
    }
}
