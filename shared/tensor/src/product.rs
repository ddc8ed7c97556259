//! The kernel of the matrix product: who multiplies, and on what memory.
//!
//! On an ordinary machine the [faer](https://docs.rs/faer) library does it. It is told where
//! the first number lies and how far apart rows and columns are, so a transposed or
//! sliced matrix is multiplied where it lies, without a copy. In the browser (wasm32, no
//! threads) ndarray's own product takes its place.

use ndarray::ArrayView2;

/// The product `a b`, shapes `[M, K] x [K, N] -> [M, N]`. The caller has checked the shapes.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn product(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Vec<f32> {
    by_faer(a, b)
}

/// The product `a b`, shapes `[M, K] x [K, N] -> [M, N]`. The caller has checked the shapes.
#[cfg(target_arch = "wasm32")]
pub(crate) fn product(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Vec<f32> {
    by_ndarray(a, b)
}

/// The product by ndarray.
#[cfg(any(target_arch = "wasm32", test))]
fn by_ndarray(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Vec<f32> {
    a.dot(&b).iter().copied().collect()
}

/// Multiply-adds from which several threads are faster than one: waking another thread
/// takes some 15 microseconds. Measured by us on 2 cores: 192 cubed is even, 256 cubed gains.
#[cfg(not(target_arch = "wasm32"))]
const WORTH_THREADS: usize = 8_000_000;

/// The product by faer. Whether it uses several threads depends on the sizes alone.
#[cfg(not(target_arch = "wasm32"))]
fn by_faer(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Vec<f32> {
    use faer::linalg::matmul::matmul;
    use faer::{Accum, MatMut, Par};

    let (m, k, n) = (a.nrows(), a.ncols(), b.ncols());
    let work = m.saturating_mul(k).saturating_mul(n);
    let threads = if work < WORTH_THREADS {
        Par::Seq
    } else {
        Par::rayon(0)
    };
    let mut result = vec![0.0; m * n];
    let target = MatMut::from_row_major_slice_mut(&mut result, m, n);
    matmul(target, Accum::Replace, borrow(&a), borrow(&b), 1.0, threads);
    result
}

/// The same numbers as a faer matrix: same first number, same strides, nothing copied.
#[cfg(not(target_arch = "wasm32"))]
fn borrow<'a>(view: &'a ArrayView2<'_, f32>) -> faer::MatRef<'a, f32> {
    let (rows, columns) = view.dim();
    let &[row_stride, column_stride] = view.strides() else {
        unreachable!("a matrix has two strides");
    };
    #[expect(
        unsafe_code,
        reason = "faer has no safe way to borrow a matrix with two strides"
    )]
    // SAFETY: ndarray and faer mean the same by a pointer to the first element and strides
    // counted in elements. An ndarray view guarantees that each element reached by them is
    // readable and not changed while the view lives; the result borrows the view.
    unsafe {
        faer::MatRef::from_raw_parts(view.as_ptr(), rows, columns, row_stride, column_stride)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{Rng, Tensor, assert_close};

    #[test]
    fn the_browsers_product_equals_the_native_one() {
        let mut rng = Rng::new(1);
        for (m, k, n) in [(1, 1, 1), (3, 5, 2), (64, 100, 30), (2, 0, 3), (0, 4, 3)] {
            let a = rng.normal_tensor(&[m, k], 0.0, 1.0);
            let b = rng.normal_tensor(&[n, k], 0.0, 1.0).t();
            let [a, b] = [a, b].map(|t| t.array().to_owned().into_dimensionality().unwrap());
            let ours = Tensor::from_vec(product(a.view(), b.view()), &[m, n]);
            let browsers = Tensor::from_vec(by_ndarray(a.view(), b.view()), &[m, n]);
            assert_close!(ours, browsers, 1e-5);
        }
    }
}
