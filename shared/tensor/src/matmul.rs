//! The matrix product, and what to say when two matrices do not fit.

use ndarray::{ArrayView2, Axis, Ix2};

use crate::Tensor;
use crate::product::product;
use crate::shape::element_count;

impl Tensor {
    /// The matrix product: `result[m, n] = sum over k of a[m, k] * b[k, n]`.
    ///
    /// # Shapes
    /// - `[M, K] x [K, N] -> [M, N]`
    /// - `[M, K] x [K] -> [M]`: a matrix times a column
    /// - `[K] x [K, N] -> [N]`: a row times a matrix
    /// - `[K] x [K] -> []`: the dot product
    ///
    /// If K is 0, the result is all zeros. Transposed and sliced matrices are used where
    /// they lie; nothing is copied.
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
    /// If the two lengths called K differ, or a tensor has no axis or more than two. The
    /// message guesses at the usual causes: a weight stored the other way round, a missing
    /// batch axis, pictures that were not flattened.
    #[track_caller]
    pub fn matmul(&self, other: &Tensor) -> Tensor {
        let (a, b) = (self.shape(), other.shape());
        if a.is_empty() || a.len() > 2 || b.is_empty() || b.len() > 2 || a[a.len() - 1] != b[0] {
            panic!(
                "matmul: expected [M, K] x [K, N] with the same K, got {a:?} x {b:?}{}",
                remedy(a, b)
            );
        }
        let shape = [&a[..a.len() - 1], &b[1..]].concat();
        element_count("matmul", &shape);
        Tensor::from_vec(product(as_matrix(self, 0), as_matrix(other, 1)), &shape)
    }
}

/// The tensor as a matrix; a vector gets a `new_axis` of length 1.
fn as_matrix(tensor: &Tensor, new_axis: usize) -> ArrayView2<'_, f32> {
    let mut view = tensor.array();
    if tensor.rank() == 1 {
        view = view.insert_axis(Axis(new_axis));
    }
    view.into_dimensionality::<Ix2>()
        .expect("rank 1 or 2 was checked, and 1 became 2")
}

/// What probably went wrong in the product of shapes `a` and `b`, as the end of a message.
fn remedy(a: &[usize], b: &[usize]) -> String {
    match (a, b) {
        ([], _) | (_, []) => "; to scale by a single number, use *".to_string(),
        (&[_, k], &[n, other_k]) if k == other_k => {
            format!("; the second may be stored as [N={n}, K={k}]: try a.matmul(&b.t())")
        }
        (&[k], &[n, other_k]) if k == other_k => {
            format!("; the second may be stored as [N={n}, K={k}]: try a.matmul(&b.t())")
        }
        (&[k, m], &[other_k, ..]) if k == other_k => {
            format!("; the first may be stored as [K={k}, M={m}]: try a.t().matmul(&b)")
        }
        (a, &[k] | &[k, _]) => flatten_remedy(a, k),
        _ => {
            "; tensors with more than two axes need reshape to [M, K] and [K, N] first".to_string()
        }
    }
}

/// The remedy for a first tensor whose numbers would make rows of `k` under another shape:
/// one example without its batch axis, or pictures that were not flattened.
fn flatten_remedy(a: &[usize], k: usize) -> String {
    let count: usize = a.iter().product();
    if k == 0 || count == 0 || !count.is_multiple_of(k) {
        return String::new();
    }
    let rows = count / k;
    if rows == 1 {
        format!("; the first holds one example without a batch axis: try a.reshape(&[1, {k}])")
    } else {
        format!("; the first holds {rows} rows of {k}: try a.reshape(&[{rows}, {k}])")
    }
}
