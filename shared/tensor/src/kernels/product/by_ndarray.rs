//! The products by ndarray, for where there are no threads.

use ndarray::ArrayView2;

/// The products `a b` of all pairs, one after the other, each in row-major order and of shapes
/// `[M, K] x [K, N] -> [M, N]`. The caller has checked the shapes.
pub(crate) fn products(
    pairs: &[(ArrayView2<f32>, ArrayView2<f32>)],
    m: usize,
    n: usize,
) -> Vec<f32> {
    let mut results = Vec::with_capacity(pairs.len() * m * n);
    for (a, b) in pairs {
        results.extend(a.dot(b).iter());
    }
    results
}
