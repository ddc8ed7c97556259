//! The matrix product, and what to say when two matrices do not fit.

use crate::Tensor;
use crate::kernels::batch::multiply;
use crate::remedies;
use crate::shape::broadcast;

impl Tensor {
    /// The matrix product: `result[m, n] = sum over k of a[m, k] * b[k, n]`.
    ///
    /// # Shapes
    /// - `[M, K] x [K, N] -> [M, N]`
    /// - `[..., M, K] x [..., K, N] -> [..., M, N]`: a product for each place in the leading
    ///   axes, which [broadcast](crate::shape)
    /// - `[..., M, K] x [K] -> [..., M]`: matrices times a column
    /// - `[K] x [..., K, N] -> [..., N]`: a row times matrices
    /// - `[K] x [K] -> []`: the dot product
    ///
    /// If K is 0, the result is all zeros. Transposed and sliced matrices are used where
    /// they lie; nothing is copied.
    ///
    /// With G the gradient of the result, that of the first matrix is `G bᵀ` and that of the
    /// second `aᵀ G`.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let a = Tensor::from([[1.0, 2.0], [3.0, 4.0]]);
    /// let b = Tensor::from([[5.0, 6.0], [7.0, 8.0]]);
    /// assert_eq!(a.matmul(&b).to_vec(), [19.0, 22.0, 43.0, 50.0]); // 1*5 + 2*7 = 19
    /// assert_eq!(a.matmul(&Tensor::from([1.0, 10.0])).to_vec(), [21.0, 43.0]);
    /// ```
    ///
    /// # Panics
    /// If the two lengths called K differ, a tensor has no axis, or the leading axes do not
    /// broadcast. The message guesses at the usual causes: a weight stored the other way
    /// round, a missing batch axis, pictures that were not flattened.
    #[track_caller]
    pub fn matmul(&self, other: &Tensor) -> Tensor {
        check(self.shape(), other.shape());
        match (self.rank(), other.rank()) {
            (1, _) => {
                let rows = self.unsqueeze(0).matmul(other); // [..., 1, N], or [1]
                rows.squeeze(rows.rank() - usize::from(other.rank() > 1) - 1)
            }
            (_, 1) => {
                let columns = self.matmul(&other.unsqueeze(1)); // [..., M, 1]
                columns.squeeze(columns.rank() - 1)
            }
            (rank, 2) if rank > 2 && self.array().is_standard_layout() => {
                // One large product is faster than many small ones, where it needs no copy.
                let (k, leading) = self.shape().split_last().expect("the rank is above 2");
                let rows = self.reshape(&[leading.iter().product(), *k]); // [.. * M, K]
                rows.matmul(other).reshape(&[leading, &other.shape()[1..]].concat())
            }
            _ => batched(self, other),
        }
    }
}

// ANCHOR: matmul
/// The product of tensors that both have at least two axes.
#[track_caller]
fn batched(a: &Tensor, b: &Tensor) -> Tensor {
    let value = multiply(a, b); // [..., M, K] x [..., K, N] -> [..., M, N]
    let (x, y) = (a.detach(), b.detach());
    let edges = [
        a.edge(move |g| g.matmul(&y.t())), // [..., M, N] x [..., N, K] -> [..., M, K]
        b.edge(move |g| x.t().matmul(g)),  // [..., K, M] x [..., M, N] -> [..., K, N]
    ];
    Tensor::record("matmul", value, edges)
}
// ANCHOR_END: matmul

/// Panics if tensors of these shapes have no product.
#[track_caller]
fn check(a: &[usize], b: &[usize]) {
    let inner = (a.last(), b.get(b.len().saturating_sub(2)));
    let leading = broadcast(&a[..a.len().saturating_sub(2)], &b[..b.len().saturating_sub(2)]);
    let fit = matches!(inner, (Some(k), Some(other)) if k == other);
    if fit && leading.is_some() {
        return;
    }
    let (problem, remedy) = match fit {
        true => ("leading axes that broadcast", String::new()),
        false => ("the same K", remedies::of_matmul(a, b)),
    };
    panic!(
        "matmul: expected [M, K] x [K, N] with {problem}, got {} x {}{remedy}",
        named(a, "M", "K"),
        named(b, "K", "N"),
    );
}

/// A shape with the names of the two axes that the product is about: `[64, M=28, K=20]`.
fn named(shape: &[usize], row: &str, column: &str) -> String {
    let name = |(i, length): (usize, &usize)| match shape.len() - i {
        1 if shape.len() == 1 => format!("K={length}"),
        1 => format!("{column}={length}"),
        2 => format!("{row}={length}"),
        _ => length.to_string(),
    };
    let names: Vec<String> = shape.iter().enumerate().map(name).collect();
    format!("[{}]", names.join(", "))
}
