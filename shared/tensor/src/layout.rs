//! The same numbers seen under another shape.
//!
//! None of these calculates anything. Most only write down new strides and share the
//! numbers. [`reshape`](Tensor::reshape) copies if the numbers do not lie in row-major
//! order, as after a transposition, and [`broadcast_to`](Tensor::broadcast_to) if it has
//! to repeat them.

use ndarray::Axis;

use crate::kernels::elementwise::zip;
use crate::shape::{broadcast, check_axis, element_count};
use crate::{Keep, Tensor, remedies};

impl Tensor {
    /// The numbers in row-major order under a new shape.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let x = Tensor::arange(6).reshape(&[2, 3]); // [6] -> [2, 3]
    /// assert_eq!(x.select(0, &[1]).to_vec(), [3.0, 4.0, 5.0]);
    /// ```
    ///
    /// # Panics
    /// If the new shape has another number of elements.
    #[track_caller]
    pub fn reshape(&self, shape: &[usize]) -> Tensor {
        let count = element_count("reshape", shape);
        must!(
            count == self.len(),
            "reshape: expected a shape of {} elements for {:?}, got {shape:?} with {count}{}",
            self.len(),
            self.shape(),
            remedies::of_reshape(self.shape(), shape)
        );
        let value = match self.shared().into_shape_with_order(shape) {
            Ok(array) => Tensor::wrap(array),
            Err(_) => Tensor::from_vec(self.to_vec(), shape),
        };
        let before = self.shape().to_vec();
        Tensor::record("reshape", value, [self.edge(move |g| g.reshape(&before))])
    }

    /// The axes in a new order: axis `i` of the result is axis `axes[i]` of this tensor.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let pictures = Tensor::zeros(&[8, 28, 20, 3]); // [B, H, W, C]
    /// assert_eq!(pictures.permute(&[0, 3, 1, 2]).shape(), [8, 3, 28, 20]); // [B, C, H, W]
    /// ```
    ///
    /// # Panics
    /// If `axes` does not name each axis once.
    #[track_caller]
    pub fn permute(&self, axes: &[usize]) -> Tensor {
        let mut sorted = axes.to_vec();
        sorted.sort_unstable();
        must!(
            sorted.into_iter().eq(0..self.rank()),
            "permute: expected each of the axes 0..{} once, got {axes:?} for the shape {:?}",
            self.rank(),
            self.shape()
        );
        let value = Tensor::wrap(self.shared().permuted_axes(axes));
        let mut back = vec![0; axes.len()];
        axes.iter().enumerate().for_each(|(i, &axis)| back[axis] = i);
        Tensor::record("permute", value, [self.edge(move |g| g.permute(&back))])
    }

    /// The transpose: the last two axes swapped, `[M, N] -> [N, M]`.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let a = Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    /// assert_eq!(a.t().to_vec(), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
    /// ```
    ///
    /// # Panics
    /// If there are fewer than two axes.
    #[track_caller]
    pub fn t(&self) -> Tensor {
        let rank = self.rank();
        must!(
            rank >= 2,
            "t: expected at least 2 axes to swap, got the shape {:?}; of numbers in a row, \
             unsqueeze(0) makes a matrix of one row and unsqueeze(1) one of one column",
            self.shape()
        );
        let mut array = self.shared();
        array.swap_axes(rank - 2, rank - 1);
        Tensor::record("t", Tensor::wrap(array), [self.edge(|g| g.t())])
    }

    /// The tensor without `axis`, which has length 1.
    ///
    /// # Panics
    /// If there is no such axis or its length is not 1.
    #[track_caller]
    pub fn squeeze(&self, axis: usize) -> Tensor {
        check_axis("squeeze", axis, self.shape());
        must!(
            self.shape()[axis] == 1,
            "squeeze: expected length 1 at axis {axis}, got {} in the shape {:?}",
            self.shape()[axis],
            self.shape()
        );
        let value = Tensor::wrap(self.shared().index_axis_move(Axis(axis), 0));
        Tensor::record("squeeze", value, [self.edge(move |g| g.unsqueeze(axis))])
    }

    /// The tensor with a new axis of length 1 before `axis`.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let row_means = Tensor::from([1.0, 2.0]); // [B]
    /// assert_eq!(row_means.unsqueeze(1).shape(), [2, 1]); // [B, 1]
    /// ```
    ///
    /// # Panics
    /// If `axis` is greater than the rank.
    #[track_caller]
    pub fn unsqueeze(&self, axis: usize) -> Tensor {
        must!(
            axis <= self.rank(),
            "unsqueeze: expected an axis up to {}, got axis {axis} for the shape {:?}",
            self.rank(),
            self.shape()
        );
        let value = Tensor::wrap(self.shared().insert_axis(Axis(axis)));
        Tensor::record("unsqueeze", value, [self.edge(move |g| g.squeeze(axis))])
    }

    /// The numbers repeated until they fill a larger `shape`, by the rule of
    /// [broadcasting](crate::shape). Operations do this on their own; it is here for when
    /// the result is wanted by itself.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let row = Tensor::from([1.0, 2.0]); // [2]
    /// assert_eq!(row.broadcast_to(&[2, 2]).to_vec(), [1.0, 2.0, 1.0, 2.0]);
    /// ```
    ///
    /// # Panics
    /// If this shape does not broadcast to the other.
    #[track_caller]
    pub fn broadcast_to(&self, shape: &[usize]) -> Tensor {
        element_count("broadcast_to", shape);
        must!(
            broadcast(self.shape(), shape).as_deref() == Some(shape),
            "broadcast_to: expected a shape that {:?} fits from the right (equal \
                 lengths, or 1), got {shape:?}{}",
            self.shape(),
            remedies::of_broadcast_to(self.shape(), shape)
        );
        if self.shape() == shape {
            return self.clone();
        }
        // The shape of the second, the numbers of the first.
        let value = zip("broadcast_to", self, &Tensor::zeros(shape), |x, _| x);
        Tensor::record("broadcast_to", value, [self.edge(|g| g.clone())])
    }

    // ANCHOR: sum_to
    /// The opposite of [`broadcast_to`](Tensor::broadcast_to), and its gradient: the sum
    /// over all places to which a number of the smaller `shape` would be repeated.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let x = Tensor::from([[1.0, 2.0], [3.0, 4.0]]); // [2, 2]
    /// assert_eq!(x.sum_to(&[2]).to_vec(), [4.0, 6.0]); // down the columns
    /// assert_eq!(x.sum_to(&[2, 1]).to_vec(), [3.0, 7.0]); // along the rows
    /// ```
    ///
    /// # Panics
    /// If `shape` does not broadcast to this tensor's.
    #[track_caller]
    pub fn sum_to(&self, shape: &[usize]) -> Tensor {
        must!(
            broadcast(shape, self.shape()).as_deref() == Some(self.shape()),
            "sum_to: expected a shape that broadcasts to {:?}, got {shape:?}",
            self.shape()
        );
        let missing = self.rank() - shape.len();
        let mut sum = self.clone();
        for axis in (0..shape.len()).rev() {
            if shape[axis] != sum.shape()[missing + axis] {
                sum = sum.sum_axis(missing + axis, Keep::Yes);
            }
        }
        (0..missing).fold(sum, |sum, _| sum.sum_axis(0, Keep::No))
    }
    // ANCHOR_END: sum_to
}
