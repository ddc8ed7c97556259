//! Picking numbers out, and putting tensors together.

use std::borrow::Borrow;
use std::ops::{Bound, RangeBounds};

use ndarray::{ArrayD, Axis, Slice};

use crate::Tensor;
use crate::kernels::places::{add_at, add_rows, join, places, rows};
use crate::remedies;
use crate::shape::{check_axis, element_count};

/// Picking numbers out.
impl Tensor {
    /// The part of `axis` that `range` covers; shares the numbers, copies nothing.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let x = Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]); // [2, 3]
    /// assert_eq!(x.slice(1, 1..3).to_vec(), [2.0, 3.0, 5.0, 6.0]); // [2, 2]
    /// assert_eq!(x.slice(0, ..1).shape(), [1, 3]);
    /// ```
    ///
    /// # Panics
    /// If there is no such axis or the range reaches beyond it.
    #[track_caller]
    pub fn slice(&self, axis: usize, range: impl RangeBounds<usize>) -> Tensor {
        check_axis("slice", axis, self.shape());
        let length = self.shape()[axis];
        let start = match range.start_bound() {
            Bound::Included(&start) => start,
            Bound::Excluded(&before) => before.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let end = match range.end_bound() {
            Bound::Included(&last) => last.saturating_add(1),
            Bound::Excluded(&end) => end,
            Bound::Unbounded => length,
        };
        must!(
            start <= end && end <= length,
            "slice: expected a range within 0..{length} at axis {axis} of the shape {:?}, \
                 got {start}..{end}",
            self.shape()
        );
        let mut array = self.shared();
        array.slice_axis_inplace(Axis(axis), Slice::from(start..end));
        let whole = self.shape().to_vec();
        let pullback = move |g: &Tensor| {
            let mut spread = ArrayD::zeros(whole);
            let mut part = spread.slice_axis_mut(Axis(axis), Slice::from(start..end));
            part.assign(&g.array());
            Tensor::wrap(spread)
        };
        Tensor::record("slice", Tensor::wrap(array), [self.edge(pullback)])
    }

    /// The places `indices` of `axis`, in that order; a place may come several times.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let x = Tensor::from([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]); // [3, 2]
    /// assert_eq!(x.select(0, &[2, 0]).to_vec(), [5.0, 6.0, 1.0, 2.0]); // [2, 2]
    /// ```
    ///
    /// # Panics
    /// If there is no such axis or an index reaches beyond it.
    #[track_caller]
    pub fn select(&self, axis: usize, indices: &[usize]) -> Tensor {
        check_axis("select", axis, self.shape());
        check_indices("select", axis, indices, self.shape());
        let value = rows(self, axis, indices);
        let (whole, indices) = (self.shape().to_vec(), indices.to_vec());
        let pullback = move |g: &Tensor| add_rows(g, axis, &indices, &whole);
        Tensor::record("select", value, [self.edge(pullback)])
    }

    /// The numbers that `indices` choose along `axis`, with a choice of its own for each place in
    /// the other axes (`select` makes one choice for all). There is one index for each number
    /// of the result, in row-major order; the result has this shape, save that its `axis` is as
    /// long as the indices fill it.
    ///
    /// With scores `[B, K]`, axis 1 and one index a row, it is the score of each example's
    /// class, `[B, 1]`.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let scores = Tensor::from([[0.1, 0.9, 0.3], [0.5, 0.2, 0.4]]); // [B=2, K=3]
    /// assert_eq!(scores.gather(1, &[1, 0]).to_vec(), [0.9, 0.5]); // [B, 1]
    /// ```
    ///
    /// # Panics
    /// If there is no such axis, an index reaches beyond it, or the indices do not fill the
    /// other axes.
    #[track_caller]
    pub fn gather(&self, axis: usize, indices: &[usize]) -> Tensor {
        check_axis("gather", axis, self.shape());
        check_indices("gather", axis, indices, self.shape());
        let mut shape = self.shape().to_vec();
        shape[axis] = 1;
        let others: usize = shape.iter().product();
        if others == 0 && !indices.is_empty() || !indices.len().is_multiple_of(others.max(1)) {
            panic!(
                "gather: expected a multiple of {others} indices, one for each place in the \
                 axes of {:?} other than {axis}, got {}",
                self.shape(),
                indices.len()
            );
        }
        shape[axis] = indices.len() / others.max(1);
        let places = places(axis, indices, &shape, self.shape());
        let all = self.row_major();
        let value = Tensor::from_vec(places.iter().map(|&place| all[place]).collect(), &shape);
        let whole = self.shape().to_vec();
        let pullback = move |g: &Tensor| add_at(g, &places, &whole);
        Tensor::record("gather", value, [self.edge(pullback)])
    }

    /// Rows of a table, one for each token: `[V, D]` and T tokens give `[T, D]`.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let table = Tensor::from([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]); // [V=3, D=2]
    /// assert_eq!(table.embedding(&[2, 0]).to_vec(), [5.0, 6.0, 1.0, 2.0]); // [T=2, D]
    /// ```
    ///
    /// # Panics
    /// If the table is not a matrix, or a token is not one of its rows.
    #[track_caller]
    pub fn embedding(&self, tokens: &[usize]) -> Tensor {
        let &[rows, _] = self.shape() else {
            panic!("embedding: expected a table [V, D], got the shape {:?}", self.shape());
        };
        if let Some(place) = tokens.iter().position(|&token| token >= rows) {
            panic!(
                "embedding: expected tokens below V = {rows}, the rows of the table, got {} at \
                 place {place}",
                tokens[place]
            );
        }
        self.select(0, tokens)
    }
}

/// Checks that all `indices` lie within `axis`.
#[track_caller]
fn check_indices(operation: &str, axis: usize, indices: &[usize], shape: &[usize]) {
    if let Some(index) = indices.iter().find(|&&index| index >= shape[axis]) {
        panic!(
            "{operation}: expected indices below {} at axis {axis} of the shape {shape:?}, got \
             {index}",
            shape[axis]
        );
    }
}

/// Putting tensors together.
impl Tensor {
    /// The tensors one after the other along `axis`, which they all have already.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let a = Tensor::from([[1.0], [2.0]]); // [2, 1]
    /// let b = Tensor::from([[3.0, 4.0], [5.0, 6.0]]); // [2, 2]
    /// assert_eq!(Tensor::concat(1, &[a, b]).to_vec(), [1.0, 3.0, 4.0, 2.0, 5.0, 6.0]);
    /// ```
    ///
    /// # Panics
    /// If there are no tensors, no such axis, or the shapes differ elsewhere.
    #[track_caller]
    pub fn concat<T: Borrow<Tensor>>(axis: usize, tensors: &[T]) -> Tensor {
        let shape = concat_shape(axis, tensors);
        let value = join(axis, tensors, &shape);
        let mut end = 0;
        let edges = tensors.iter().map(|tensor| {
            let start = end;
            end += tensor.borrow().shape()[axis];
            let part = start..end;
            tensor.borrow().edge(move |g| g.slice(axis, part))
        });
        Tensor::record("concat", value, edges)
    }

    /// The tensors one after the other along a new axis before `axis`.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let rows = [Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])]; // [2] each
    /// assert_eq!(Tensor::stack(0, &rows).to_vec(), [1.0, 2.0, 3.0, 4.0]); // [2, 2]
    /// assert_eq!(Tensor::stack(1, &rows).to_vec(), [1.0, 3.0, 2.0, 4.0]); // [2, 2]
    /// ```
    ///
    /// # Panics
    /// If there are no tensors, the shapes differ, or `axis` is greater than the rank.
    #[track_caller]
    pub fn stack<T: Borrow<Tensor>>(axis: usize, tensors: &[T]) -> Tensor {
        let Some(first) = tensors.first() else {
            panic!("stack: expected at least one tensor, got none");
        };
        let first = first.borrow().shape();
        must!(
            axis <= first.len(),
            "stack: expected an axis up to {}, got axis {axis} for the shape {first:?}",
            first.len()
        );
        if let Some(odd) = tensors.iter().find(|tensor| (*tensor).borrow().shape() != first) {
            let odd = odd.borrow().shape();
            let remedy = remedies::of_stack(axis, first, odd);
            panic!("stack: expected shapes equal to {first:?}, got {odd:?}{remedy}");
        }
        let tensors: Vec<_> =
            tensors.iter().map(|tensor| tensor.borrow().unsqueeze(axis)).collect();
        Tensor::concat(axis, &tensors)
    }

    /// Class numbers as rows with a single 1, shape `[labels, classes]`.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let targets = Tensor::one_hot(&[2, 0], 3); // [B=2, K=3]
    /// assert_eq!(targets.to_vec(), [0.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
    /// ```
    ///
    /// # Panics
    /// If a label is not below `classes`.
    #[track_caller]
    pub fn one_hot(labels: &[usize], classes: usize) -> Tensor {
        let shape = [labels.len(), classes];
        let mut values = vec![0.0; element_count("one_hot", &shape)];
        for (row, &label) in labels.iter().enumerate() {
            must!(
                label < classes,
                "one_hot: expected labels below {classes}, got {label} at place {row}"
            );
            values[row * classes + label] = 1.0;
        }
        Tensor::from_vec(values, &shape)
    }
}

/// The shape of these tensors one after the other along `axis`.
#[track_caller]
fn concat_shape<T: Borrow<Tensor>>(axis: usize, tensors: &[T]) -> Vec<usize> {
    let Some(first) = tensors.first() else {
        panic!("concat: expected at least one tensor, got none");
    };
    let first = first.borrow().shape();
    check_axis("concat", axis, first);
    for (place, tensor) in tensors.iter().enumerate() {
        let shape = tensor.borrow().shape();
        let same_elsewhere = |axis| (0..first.len()).all(|i| i == axis || shape[i] == first[i]);
        let fits = |axis| shape.len() == first.len() && same_elsewhere(axis);
        if !fits(axis) {
            let remedy = match (0..first.len()).find(|&other| fits(other)) {
                Some(other) => format!("; along axis {other} they fit"),
                None => remedies::of_concat(axis, first, shape),
            };
            panic!(
                "concat: expected shapes that equal {first:?} except at axis {axis}, got \
                 {shape:?} at place {place}{remedy}"
            );
        }
    }
    let mut shape = first.to_vec();
    shape[axis] = tensors.iter().map(|tensor| tensor.borrow().shape()[axis]).sum();
    shape
}
