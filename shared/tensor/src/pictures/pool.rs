//! Pooling.

use crate::Tensor;
use crate::kernels::pool::{self, Regions};
use crate::pictures::checks;

/// A window that pools: `[rows, columns]` each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// The size of the window, at least 1.
    pub kernel: [usize; 2],
    /// Numbers from one place of the window to the next, at least 1.
    pub stride: [usize; 2],
    /// Places around the picture, on each side, at most half the window.
    pub padding: [usize; 2],
}

impl Pool {
    /// A square window that does not overlap with the next: the stride is its size.
    pub fn new(kernel: usize) -> Pool {
        Pool { kernel: [kernel; 2], stride: [kernel; 2], padding: [0; 2] }
    }

    /// With this stride.
    pub fn stride(self, stride: usize) -> Pool {
        Pool { stride: [stride; 2], ..self }
    }

    /// With this padding.
    pub fn padding(self, padding: usize) -> Pool {
        Pool { padding: [padding; 2], ..self }
    }
}

/// The largest and the mean number of regions: `[N, C, H, W] -> [N, C, H', W']`.
impl Tensor {
    /// The largest number under a sliding window. Padding is never the largest.
    ///
    /// The gradient goes to the number that was largest, the first of several in row-major
    /// order.
    ///
    /// ```
    /// use tensor::{Tensor, pictures::Pool};
    ///
    /// let x = Tensor::arange(16).reshape(&[1, 1, 4, 4]);
    /// assert_eq!(x.max_pool2d(Pool::new(2)).to_vec(), [5.0, 7.0, 13.0, 15.0]);
    /// ```
    ///
    /// # Panics
    /// If the tensor has not four axes, the window is larger than the padded picture, a number
    /// of `how` is 0 that must not be, or the padding is more than half the window.
    #[track_caller]
    pub fn max_pool2d(&self, how: Pool) -> Tensor {
        largest("max_pool2d", self, checks::pool("max_pool2d", self.shape(), how))
    }

    /// The mean number under a sliding window; padding counts as zeros.
    ///
    /// The gradient is shared out evenly under the window.
    ///
    /// ```
    /// use tensor::{Tensor, pictures::Pool};
    ///
    /// let x = Tensor::arange(16).reshape(&[1, 1, 4, 4]);
    /// assert_eq!(x.avg_pool2d(Pool::new(2)).to_vec(), [2.5, 4.5, 10.5, 12.5]);
    /// ```
    ///
    /// # Panics
    /// As [`max_pool2d`](Tensor::max_pool2d).
    #[track_caller]
    pub fn avg_pool2d(&self, how: Pool) -> Tensor {
        mean("avg_pool2d", self, checks::pool("avg_pool2d", self.shape(), how))
    }

    /// The means of `[rows, columns]` regions that cover the picture, whatever its size. Region
    /// i of k along an axis of length n goes from `floor(i n / k)` to `ceil((i + 1) n / k)`.
    ///
    /// # Panics
    /// If the tensor has not four axes, or there are to be no regions.
    #[track_caller]
    pub fn adaptive_avg_pool2d(&self, size: [usize; 2]) -> Tensor {
        let name = "adaptive_avg_pool2d";
        mean(name, self, checks::regions(name, self.shape(), size))
    }

    /// The largest numbers of `[rows, columns]` regions that cover the picture, as in
    /// [`adaptive_avg_pool2d`](Tensor::adaptive_avg_pool2d).
    ///
    /// # Panics
    /// If the tensor has not four axes, or there are to be no regions.
    #[track_caller]
    pub fn adaptive_max_pool2d(&self, size: [usize; 2]) -> Tensor {
        let name = "adaptive_max_pool2d";
        largest(name, self, checks::regions(name, self.shape(), size))
    }

    /// The mean of each channel: `[N, C, H, W] -> [N, C]`.
    ///
    /// # Panics
    /// If the tensor has not four axes.
    #[track_caller]
    pub fn global_avg_pool2d(&self) -> Tensor {
        let name = "global_avg_pool2d";
        let [n, c, ..] = checks::pictures(name, self.shape());
        mean(name, self, checks::regions(name, self.shape(), [1, 1])).reshape(&[n, c])
    }
}

/// The largest number of each region.
fn largest(name: &'static str, x: &Tensor, regions: Regions) -> Tensor {
    let (values, places) = pool::largest(&x.row_major(), &regions);
    let (before, after) = (x.shape().to_vec(), shape(x, &regions));
    let edge = x
        .edge(move |g| Tensor::from_vec(pool::back_to(&g.row_major(), &places, &regions), &before));
    Tensor::record(name, Tensor::from_vec(values, &after), [edge])
}

/// The mean number of each region.
fn mean(name: &'static str, x: &Tensor, regions: Regions) -> Tensor {
    let value = Tensor::from_vec(pool::means(&x.row_major(), &regions), &shape(x, &regions));
    let before = x.shape().to_vec();
    let edge = x.edge(move |g| Tensor::from_vec(pool::spread(&g.row_major(), &regions), &before));
    Tensor::record(name, value, [edge])
}

/// The shape of the result: `[N, C, H', W']`.
fn shape(x: &Tensor, regions: &Regions) -> Vec<usize> {
    [&x.shape()[..2], &regions.size()].concat()
}
