//! Matrix products for each place in the leading axes.

use ndarray::{ArrayView2, ArrayViewD, Axis, Ix2, IxDyn};

use crate::Tensor;
use crate::kernels::product::products;
use crate::shape::{broadcast, element_count};

/// The numbers of the product, without a history.
#[track_caller]
pub(crate) fn multiply(a: &Tensor, b: &Tensor) -> Tensor {
    let (leading_a, [m, k]) = split(a.shape());
    let (leading_b, [_, n]) = split(b.shape());
    let leading = broadcast(leading_a, leading_b).expect("checked by matmul");
    let shape = [&leading, &[m, n][..]].concat();
    element_count("matmul", &shape);
    let mut pairs = Vec::new();
    let (a, b) = (a.array(), b.array());
    let stretched_a = a.broadcast(IxDyn(&[&leading, &[m, k][..]].concat()));
    let stretched_b = b.broadcast(IxDyn(&[&leading, &[k, n][..]].concat()));
    match_up(
        stretched_a.expect("the shapes broadcast"),
        stretched_b.expect("the shapes broadcast"),
        &mut pairs,
    );
    Tensor::from_vec(products(&pairs, m, n), &shape)
}

/// The leading axes, and the two of the matrices.
fn split(shape: &[usize]) -> (&[usize], [usize; 2]) {
    let (leading, matrix) = shape.split_last_chunk().expect("the rank is at least 2");
    (leading, *matrix)
}

/// Appends the pairs of matrices that stand at equal places of the leading axes.
fn match_up<'a>(
    a: ArrayViewD<'a, f32>,
    b: ArrayViewD<'a, f32>,
    pairs: &mut Vec<(ArrayView2<'a, f32>, ArrayView2<'a, f32>)>,
) {
    if a.ndim() == 2 {
        let matrix = |view: ArrayViewD<'a, f32>| view.into_dimensionality::<Ix2>();
        let (a, b) = (matrix(a), matrix(b));
        pairs.push((a.expect("the rank is 2"), b.expect("the rank is 2")));
        return;
    }
    for i in 0..a.shape()[0] {
        let (a, b) = (a.clone(), b.clone());
        match_up(a.index_axis_move(Axis(0), i), b.index_axis_move(Axis(0), i), pairs);
    }
}
