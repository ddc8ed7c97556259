//! The same numbers under another shape.

use tensor::Tensor;

use crate::draw::Draw;
use crate::op::{Op, case, hand, law, t};
use crate::twin::{Twin, axis_of, four};

pub(crate) fn ops() -> Vec<Op> {
    vec![reshape(), permute(), transpose(), squeeze(), unsqueeze(), broadcast_to(), sum_to()]
}

fn reshape() -> Op {
    fn turned(shape: &[usize]) -> Vec<usize> {
        shape.iter().rev().copied().collect()
    }
    Op {
        name: "reshape",
        hand: || {
            let inputs = [t([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])];
            let value = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
            let gradients = inputs.clone();
            hand(inputs, |x| x[0].reshape(&[2, 3]), value, gradients)
        },
        draw: |d| {
            let x = d.shape(0..4);
            let shape = turned(&x);
            let dims = four(&shape);
            let theirs = move |x: &[Twin]| x[0].clone().reshape(dims);
            case([d.normal(&x)], move |x| x[0].reshape(&shape), theirs)
        },
        law: |d| {
            let shape = d.shape(0..4);
            let back = shape.clone();
            let there_and_back = move |x: &[Tensor]| x[0].reshape(&[x[0].len()]).reshape(&back);
            law([d.normal(&shape)], there_and_back, |x| &x[0] * 1.0)
        },
        onnx: &[
            "reshape_allowzero_reordered",
            "reshape_extended_dims",
            "reshape_negative_dim",
            "reshape_negative_extended_dims",
            "reshape_one_dim",
            "reshape_reduced_dims",
            "reshape_reordered_all_dims",
            "reshape_reordered_last_dims",
            "reshape_zero_and_negative_dim",
            "reshape_zero_dim",
        ],
    }
}

/// The axes of a tensor of this rank in a random order.
fn order(d: &mut Draw, rank: usize) -> Vec<usize> {
    let mut axes: Vec<usize> = (0..rank).collect();
    (1..rank).for_each(|i| axes.swap(i, d.below(i + 1)));
    axes
}

fn permute() -> Op {
    Op {
        name: "permute",
        hand: || {
            let inputs = [t([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])];
            let value = [[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]];
            let gradient = t([[1.0, 3.0, 5.0], [2.0, 4.0, 6.0]]);
            hand(inputs, |x| x[0].permute(&[1, 0]), value, [gradient])
        },
        draw: |d| {
            let shape = d.shape(0..4);
            let axes = order(d, shape.len());
            let mut dims = [0, 1, 2, 3];
            for (i, &axis) in axes.iter().enumerate() {
                dims[4 - shape.len() + i] = axis_of(shape.len(), axis);
            }
            let theirs = move |x: &[Twin]| x[0].clone().permute(dims);
            case([d.normal(&shape)], move |x| x[0].permute(&axes), theirs)
        },
        law: |d| {
            let shape = d.shape(0..4);
            let axes = order(d, shape.len());
            let mut back = axes.clone();
            axes.iter().enumerate().for_each(|(i, &axis)| back[axis] = i);
            let there_and_back = move |x: &[Tensor]| x[0].permute(&axes).permute(&back);
            law([d.normal(&shape)], there_and_back, |x| &x[0] * 1.0)
        },
        onnx: &[
            "transpose_default",
            "transpose_all_permutations_0",
            "transpose_all_permutations_2",
            "transpose_all_permutations_3",
            "transpose_all_permutations_4",
            "transpose_all_permutations_5",
        ],
    }
}

fn transpose() -> Op {
    Op {
        name: "t",
        hand: || {
            let inputs = [t([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])];
            let value = [[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]];
            let gradient = t([[1.0, 3.0, 5.0], [2.0, 4.0, 6.0]]);
            hand(inputs, |x| x[0].t(), value, [gradient])
        },
        draw: |d| {
            let shape = d.shape(2..4);
            case([d.normal(&shape)], |x| x[0].t(), |x| x[0].clone().swap_dims(2, 3))
        },
        law: |d| {
            let shape = d.shape(3..4);
            law([d.normal(&shape)], |x| x[0].t(), |x| x[0].permute(&[0, 2, 1]))
        },
        onnx: &["transpose_all_permutations_1"],
    }
}

fn squeeze() -> Op {
    /// A shape with a 1 at an axis.
    fn with_one(d: &mut Draw) -> (Vec<usize>, usize) {
        let (mut shape, axis) = d.shape_and_axis(1..4);
        shape[axis] = 1;
        (shape, axis)
    }
    Op {
        name: "squeeze",
        hand: || {
            let inputs = [t([[1.0, 2.0]])];
            hand(inputs, |x| x[0].squeeze(0), [1.0, 2.0], [t([[1.0, 2.0]])])
        },
        draw: |d| {
            let (shape, axis) = with_one(d);
            let place = axis_of(shape.len(), axis);
            let theirs = move |x: &[Twin]| x[0].clone().squeeze_dim::<3>(place).unsqueeze::<4>();
            case([d.normal(&shape)], move |x| x[0].squeeze(axis), theirs)
        },
        law: |d| {
            let (shape, axis) = with_one(d);
            let there_and_back = move |x: &[Tensor]| x[0].squeeze(axis).unsqueeze(axis);
            law([d.normal(&shape)], there_and_back, |x| &x[0] * 1.0)
        },
        onnx: &["squeeze", "squeeze_negative_axes"],
    }
}

fn unsqueeze() -> Op {
    Op {
        name: "unsqueeze",
        hand: || {
            let inputs = [t([1.0, 2.0])];
            hand(inputs, |x| x[0].unsqueeze(1), [[1.0], [2.0]], [t([1.0, 2.0])])
        },
        draw: |d| {
            let shape = d.shape(0..4);
            let axis = d.below(shape.len() + 1);
            let place = axis_of(shape.len(), axis);
            let theirs =
                move |x: &[Twin]| x[0].clone().unsqueeze_dim::<5>(place).squeeze_dim::<4>(0);
            case([d.normal(&shape)], move |x| x[0].unsqueeze(axis), theirs)
        },
        law: |d| {
            let shape = d.shape(0..4);
            let axis = d.below(shape.len() + 1);
            let mut longer = shape.clone();
            longer.insert(axis, 1);
            law([d.normal(&shape)], move |x| x[0].unsqueeze(axis), move |x| x[0].reshape(&longer))
        },
        onnx: &[
            "unsqueeze_axis_0",
            "unsqueeze_axis_1",
            "unsqueeze_axis_2",
            "unsqueeze_axis_3",
            "unsqueeze_negative_axes",
            "unsqueeze_three_axes",
            "unsqueeze_two_axes",
            "unsqueeze_unsorted_axes",
        ],
    }
}

fn broadcast_to() -> Op {
    Op {
        name: "broadcast_to",
        hand: || {
            let value = [[1.0, 2.0], [1.0, 2.0]];
            hand([t([1.0, 2.0])], |x| x[0].broadcast_to(&[2, 2]), value, [t([4.0, 6.0])])
        },
        draw: |d| {
            let shape = d.shape(0..4);
            let narrowed = d.narrowed(&shape);
            let dims = four(&shape);
            let theirs = move |x: &[Twin]| x[0].clone().expand(dims);
            case([d.normal(&narrowed)], move |x| x[0].broadcast_to(&shape), theirs)
        },
        law: |d| {
            let shape = d.shape(0..4);
            let narrowed = d.narrowed(&shape);
            let ones = Tensor::ones(&shape);
            law([d.normal(&narrowed)], move |x| x[0].broadcast_to(&shape), move |x| &x[0] * &ones)
        },
        onnx: &["expand_dim_changed", "expand_dim_unchanged"],
    }
}

fn sum_to() -> Op {
    Op {
        name: "sum_to",
        hand: || {
            let inputs = [t([[1.0, 2.0], [3.0, 4.0]])];
            let gradient = t([[1.0, 2.0], [1.0, 2.0]]);
            hand(inputs, |x| x[0].sum_to(&[2]), [4.0, 6.0], [gradient])
        },
        draw: |d| {
            let shape = d.shape(0..4);
            let narrowed = d.narrowed(&shape);
            let dims = four(&narrowed);
            let theirs = move |x: &[Twin]| {
                let axes = (0..4).filter(|&axis| dims[axis] == 1);
                axes.fold(x[0].clone(), |x, axis| x.sum_dim(axis))
            };
            case([d.normal(&shape)], move |x| x[0].sum_to(&narrowed), theirs)
        },
        law: |d| {
            // The adjoint of broadcast_to: <sum_to(x), y> = <x, broadcast_to(y)>.
            let shape = d.shape(0..4);
            let narrowed = d.narrowed(&shape);
            let inputs = [d.normal(&shape), d.normal(&narrowed)];
            law(
                inputs,
                move |x| (x[0].sum_to(&narrowed) * &x[1]).sum(),
                move |x| (&x[0] * x[1].broadcast_to(&shape)).sum(),
            )
        },
        onnx: &["reduce_sum_keepdims_random"],
    }
}
