//! The product by ndarray, for where there are no threads.

use ndarray::ArrayView2;

/// The product `a b` in row-major order, shapes `[M, K] x [K, N] -> [M, N]`. The caller has
/// checked the shapes.
pub(crate) fn product(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Vec<f32> {
    a.dot(&b).iter().copied().collect()
}
