//! Numbers moved to and from chosen places.

use std::borrow::Borrow;

use crate::Tensor;

/// The slabs of `x` at `indices` along `axis`, one after the other.
pub(crate) fn rows(x: &Tensor, axis: usize, indices: &[usize]) -> Tensor {
    let length = x.shape()[axis];
    let inner: usize = x.shape()[axis + 1..].iter().product();
    let outer: usize = x.shape()[..axis].iter().product();
    let mut shape = x.shape().to_vec();
    shape[axis] = indices.len();
    let mut values = Vec::with_capacity(shape.iter().product());
    let all = x.row_major();
    for i in 0..outer {
        for index in indices {
            values.extend_from_slice(&all[(i * length + index) * inner..][..inner]);
        }
    }
    Tensor::from_vec(values, &shape)
}

/// The adjoint of [`Tensor::select`]: slabs of `g` added up at their `indices` along `axis`
/// of zeros of the `whole` shape.
pub(crate) fn add_rows(g: &Tensor, axis: usize, indices: &[usize], whole: &[usize]) -> Tensor {
    let inner: usize = whole[axis + 1..].iter().product();
    let mut sums = vec![0.0; whole.iter().product()];
    let values = g.row_major();
    for (i, slab) in values.chunks_exact(inner.max(1)).enumerate() {
        let (outer, index) = (i / indices.len(), indices[i % indices.len()]);
        let sums = &mut sums[(outer * whole[axis] + index) * inner..][..inner];
        sums.iter_mut().zip(slab).for_each(|(sum, x)| *sum += x);
    }
    Tensor::from_vec(sums, whole)
}

/// The adjoint of [`Tensor::gather`]: the numbers of `g` added up at their `places` in zeros of
/// the `whole` shape.
pub(crate) fn add_at(g: &Tensor, places: &[usize], whole: &[usize]) -> Tensor {
    let mut sums = vec![0.0; whole.iter().product()];
    let values = g.row_major();
    for (&place, x) in places.iter().zip(values.iter()) {
        sums[place] += x;
    }
    Tensor::from_vec(sums, whole)
}

/// Where in row-major order the numbers stand that `indices` choose along `axis` of the
/// `whole` shape, for a result of this `shape`.
pub(crate) fn places(
    axis: usize,
    indices: &[usize],
    shape: &[usize],
    whole: &[usize],
) -> Vec<usize> {
    let inner: usize = whole[axis + 1..].iter().product();
    let block = (shape[axis] * inner).max(1);
    let place = |(i, &index)| (i / block * whole[axis] + index) * inner + i % inner.max(1);
    indices.iter().enumerate().map(place).collect()
}

/// The tensors one after the other along `axis`, as one of this `shape`.
pub(crate) fn join<T: Borrow<Tensor>>(axis: usize, tensors: &[T], shape: &[usize]) -> Tensor {
    let outer: usize = shape[..axis].iter().product();
    let values: Vec<_> = tensors.iter().map(|t| t.borrow().row_major()).collect();
    let mut all = Vec::with_capacity(shape.iter().product());
    for i in 0..outer {
        for values in &values {
            let size = values.len() / outer;
            all.extend_from_slice(&values[i * size..][..size]);
        }
    }
    Tensor::from_vec(all, shape)
}
