//! The same numbers in burn.
//!
//! A burn tensor has its rank in its type, and no rank 0. So every twin has four axes: the
//! shape of ours at the right, ones before it. An axis number grows by the ones.

use burn::tensor::{Device, Int, Tensor as Burn, TensorData};
use tensor::Tensor;

/// A burn tensor of four axes.
pub(crate) type Twin = Burn<4>;

/// The shape with ones before it, four axes in all.
pub(crate) fn four(shape: &[usize]) -> [usize; 4] {
    let mut dims = [1; 4];
    dims[4 - shape.len()..].copy_from_slice(shape);
    dims
}

/// The twin's axis for `axis` of a tensor of this `rank`.
pub(crate) fn axis_of(rank: usize, axis: usize) -> usize {
    axis + 4 - rank
}

/// The device on which burn records what happens.
pub(crate) fn device() -> Device {
    Device::flex().autodiff()
}

/// The twin of a tensor, as a parameter.
pub(crate) fn twin(tensor: &Tensor) -> Twin {
    Burn::from_data(data(tensor), &device()).require_grad()
}

/// The twin of a tensor, as a constant.
pub(crate) fn constant(tensor: &Tensor) -> Twin {
    Burn::from_data(data(tensor), &device())
}

/// Indices as a burn tensor of this shape.
pub(crate) fn indices<const D: usize>(values: &[usize], shape: [usize; D]) -> Burn<D, Int> {
    let values: Vec<i64> = values.iter().map(|&value| value as i64).collect();
    Burn::from_data(TensorData::new(values, shape), &device())
}

/// A single number under four axes.
pub(crate) fn single(number: Burn<1>) -> Twin {
    number.reshape([1, 1, 1, 1])
}

/// The numbers of a twin, in row-major order.
pub(crate) fn numbers(twin: &Twin) -> Vec<f32> {
    twin.to_data().try_to_vec().expect("the numbers are f32")
}

fn data(tensor: &Tensor) -> TensorData {
    TensorData::new(tensor.to_vec(), four(tensor.shape()))
}
