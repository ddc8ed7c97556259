//! The [`Tensor`] itself: how to make one and how to read it.
//!
//! The numbers live in an `ndarray::ArcArray`: a block of memory that several tensors
//! can share, plus a shape and *strides* (how many numbers to step over to move by one
//! along each axis). Because nobody may change shared numbers, a transposed or sliced
//! tensor can use the block of its parent with other strides, and nothing is copied.

use std::borrow::Cow;
use std::sync::Arc;

use ndarray::{ArcArray, Array, ArrayViewD, Dimension, IxDyn};

use crate::shape;
use crate::tape::Node;

/// A block of `f32` numbers with a shape; cheap to clone. Operations return new tensors; only
/// [`update`](Tensor::update), the step of training, writes in place.
///
/// ```
/// use tensor::Tensor;
///
/// let x = Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// assert_eq!(x.shape(), [2, 3]);
/// assert_eq!((&x * 2.0).to_vec(), [2.0, 4.0, 6.0, 8.0, 10.0, 12.0]);
/// ```
///
/// A tensor may have a history: the [`tape`](crate::tape) knows what it was calculated from.
#[derive(Clone)]
pub struct Tensor {
    pub(crate) array: ArcArray<f32, IxDyn>,
    node: Option<Arc<Node>>,
}

/// Making tensors.
impl Tensor {
    /// The tensor with these `values` in row-major order: the last axis runs fastest.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let x = Tensor::from_vec(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[2, 3]);
    /// assert_eq!(x.select(0, &[1]).to_vec(), [4.0, 5.0, 6.0]);
    /// ```
    ///
    /// # Panics
    /// If the number of values is not the product of the shape.
    #[track_caller]
    pub fn from_vec(values: Vec<f32>, shape: &[usize]) -> Tensor {
        let count = shape::element_count("from_vec", shape);
        must!(
            values.len() == count,
            "from_vec: expected {count} values for the shape {shape:?}, got {}",
            values.len()
        );
        let array = Array::from_shape_vec(IxDyn(shape), values);
        Tensor::wrap(array.expect("the count of values was checked above"))
    }

    /// The tensor over an ndarray of any rank, whose memory it takes over.
    pub fn from_array<D: Dimension>(array: Array<f32, D>) -> Tensor {
        Tensor::wrap(array.into_dyn())
    }

    /// A single number, shape `[]`.
    pub fn scalar(value: f32) -> Tensor {
        Tensor::full(&[], value)
    }

    /// All zeros.
    ///
    /// # Panics
    /// If the shape holds more numbers than memory can address.
    #[track_caller]
    pub fn zeros(shape: &[usize]) -> Tensor {
        shape::element_count("zeros", shape);
        Tensor::wrap(Array::zeros(IxDyn(shape)))
    }

    /// All ones.
    ///
    /// # Panics
    /// If the shape holds more numbers than memory can address.
    #[track_caller]
    pub fn ones(shape: &[usize]) -> Tensor {
        shape::element_count("ones", shape);
        Tensor::wrap(Array::ones(IxDyn(shape)))
    }

    /// The same `value` everywhere.
    ///
    /// # Panics
    /// If the shape holds more numbers than memory can address.
    #[track_caller]
    pub fn full(shape: &[usize], value: f32) -> Tensor {
        shape::element_count("full", shape);
        Tensor::wrap(Array::from_elem(IxDyn(shape), value))
    }

    /// The identity matrix, shape `[n, n]`: ones on the diagonal, zeros elsewhere.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// assert_eq!(Tensor::eye(2).to_vec(), [1.0, 0.0, 0.0, 1.0]);
    /// ```
    ///
    /// # Panics
    /// If `n * n` numbers are more than memory can address.
    #[track_caller]
    pub fn eye(n: usize) -> Tensor {
        shape::element_count("eye", &[n, n]);
        Tensor::from_array(ndarray::Array2::eye(n))
    }

    /// The numbers 0, 1, ... n-1, shape `[n]`. Exact up to 2^24, as `f32` is.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// assert_eq!(Tensor::arange(3).to_vec(), [0.0, 1.0, 2.0]);
    /// ```
    pub fn arange(n: usize) -> Tensor {
        Tensor::from_array((0..n).map(|i| i as f32).collect::<ndarray::Array1<f32>>())
    }

    /// The one door through which every operation's result becomes a tensor; without a
    /// history.
    pub(crate) fn wrap(array: impl Into<ArcArray<f32, IxDyn>>) -> Tensor {
        Tensor { array: array.into(), node: None }
    }

    /// The same numbers with this place on the tape.
    pub(crate) fn with_node(self, node: Option<Arc<Node>>) -> Tensor {
        Tensor { node, ..self }
    }
}

/// Reading tensors.
impl Tensor {
    /// The length of each axis.
    pub fn shape(&self) -> &[usize] {
        self.array.shape()
    }

    /// The length of each axis, as an array to take apart: `let [b, c] = x.dims();`
    /// names the axes and checks the rank in one line.
    ///
    /// # Panics
    /// If the rank is not `N`.
    #[track_caller]
    pub fn dims<const N: usize>(&self) -> [usize; N] {
        if let Ok(dims) = self.shape().try_into() {
            return dims;
        }
        let remedy = match self.rank() + 1 {
            rank if rank == N => "; a missing batch axis is added by unsqueeze(0)",
            _ => "",
        };
        panic!(
            "dims: expected a tensor of rank {N}, got rank {} with shape {:?}{remedy}",
            self.rank(),
            self.shape()
        );
    }

    /// The number of axes.
    pub fn rank(&self) -> usize {
        self.array.ndim()
    }

    /// The number of numbers: the product of the shape, 1 for the shape `[]`.
    pub fn len(&self) -> usize {
        self.array.len()
    }

    /// Whether there are no numbers at all, because some axis has length 0.
    pub fn is_empty(&self) -> bool {
        self.array.is_empty()
    }

    /// The number in a tensor that holds one number, whatever its rank.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// assert_eq!(Tensor::from([1.0, 2.0]).sum().item(), 3.0);
    /// ```
    ///
    /// # Panics
    /// If the tensor holds no number or several.
    #[track_caller]
    pub fn item(&self) -> f32 {
        must!(
            self.len() == 1,
            "item: expected a tensor with one number, got {} numbers of shape {:?}; \
             sum() or mean() makes one of several, to_vec() gives them all",
            self.len(),
            self.shape()
        );
        *self.array.first().expect("the length is 1")
    }

    /// All numbers, copied in row-major order.
    pub fn to_vec(&self) -> Vec<f32> {
        self.row_major().into_owned()
    }

    /// The numbers as an ndarray view, to read but not to change.
    pub fn array(&self) -> ArrayViewD<'_, f32> {
        self.array.view()
    }

    /// The numbers in row-major order; copied only if they lie in another order.
    pub(crate) fn row_major(&self) -> Cow<'_, [f32]> {
        match self.array.as_slice() {
            Some(values) => Cow::Borrowed(values),
            None => {
                let copy = self.array.as_standard_layout().into_owned();
                Cow::Owned(copy.into_raw_vec_and_offset().0)
            }
        }
    }

    /// The shared array itself; cloning it copies no numbers.
    pub(crate) fn shared(&self) -> ArcArray<f32, IxDyn> {
        self.array.clone()
    }

    /// The place on the tape, if there is a history.
    pub(crate) fn node(&self) -> Option<&Arc<Node>> {
        self.node.as_ref()
    }

    /// Adds the numbers of `other`, of the same shape, onto these; in place if nobody else
    /// looks at them.
    pub(crate) fn accumulate(&mut self, other: &Tensor) {
        self.array += &other.array;
    }
}
