//! Pictures made larger or smaller.

use crate::Tensor;
use crate::kernels::resize::{Stretch, shrink_back, stretch};
use crate::pictures::checks;

impl Tensor {
    /// The pictures in another size: each number lies on straight lines between its four
    /// neighbours. Pixel centres are at halves, so that the edges of both pictures meet:
    /// number i of k along an axis of length n is at `(i + 1/2) n / k - 1/2`.
    ///
    /// Made much smaller in this way, a picture skips numbers; an average pool does not.
    ///
    /// # Shapes
    /// `[N, C, H, W] -> [N, C, rows, columns]`.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let x = Tensor::from([0.0, 4.0]).reshape(&[1, 1, 1, 2]);
    /// assert_eq!(x.resize_bilinear([1, 4]).to_vec(), [0.0, 1.0, 3.0, 4.0]);
    /// ```
    ///
    /// # Panics
    /// If the tensor has not four axes, or the new size is empty.
    #[track_caller]
    pub fn resize_bilinear(&self, size: [usize; 2]) -> Tensor {
        let [n, c, height, width] = checks::pictures("resize_bilinear", self.shape());
        must!(
            size[0] > 0 && size[1] > 0,
            "resize_bilinear: expected at least one row and one column, got {size:?}"
        );
        let to = Stretch::new([height, width], size);
        let value = stretch(&self.row_major(), &to);
        let edge = self.edge(move |g| {
            Tensor::from_vec(shrink_back(&g.row_major(), &to), &[n, c, height, width])
        });
        let value = Tensor::from_vec(value, &[n, c, size[0], size[1]]);
        Tensor::record("resize_bilinear", value, [edge])
    }
}
