//! The kernel of matrix products: who multiplies, and on what memory.
//!
//! On an ordinary machine the [faer](https://docs.rs/faer) library does it. It is told where
//! the first number lies and how far apart rows and columns are, so a transposed or
//! sliced matrix is multiplied where it lies, without a copy. In the browser (wasm32, no
//! threads) ndarray's own product takes its place.

#[cfg(not(target_arch = "wasm32"))]
mod by_faer;
#[cfg(any(target_arch = "wasm32", test))]
mod by_ndarray;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use by_faer::products;
#[cfg(target_arch = "wasm32")]
pub(crate) use by_ndarray::products;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{by_ndarray, products};
    use crate::{Rng, Tensor, assert_close};

    /// Sizes that are cut into pieces by rows and by columns, with a short last piece.
    const ROWS: (usize, usize, usize) = (301, 200, 300);
    const COLUMNS: (usize, usize, usize) = (20, 700, 901);

    #[test]
    fn the_browsers_product_equals_the_native_one() {
        let mut rng = Rng::new(1);
        for (m, k, n) in [(1, 1, 1), (3, 5, 2), (64, 100, 30), (2, 0, 3), (0, 4, 3), ROWS, COLUMNS]
        {
            let a = rng.normal_tensor(&[m, k], 0.0, 1.0);
            let b = rng.normal_tensor(&[n, k], 0.0, 1.0).t();
            let [a, b] = [a, b].map(|t| t.array().to_owned().into_dimensionality().unwrap());
            let ours = Tensor::from_vec(products(&[(a.view(), b.view())], m, n), &[m, n]);
            let browsers =
                Tensor::from_vec(by_ndarray::products(&[(a.view(), b.view())], m, n), &[m, n]);
            assert_close!(ours, browsers, 1e-5);
        }
    }
}
