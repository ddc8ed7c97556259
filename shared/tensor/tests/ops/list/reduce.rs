//! Many numbers into one.

use tensor::{Keep, Tensor};

use crate::op::{Op, case, hand, law, t};
use crate::twin::{Twin, axis_of, single};

pub(crate) fn ops() -> Vec<Op> {
    vec![sum(), mean(), max(), min(), sum_axis(), mean_axis(), max_axis(), min_axis()]
}

fn table() -> [Tensor; 1] {
    [t([[1.0, 2.0], [3.0, 4.0]])]
}

fn keep(yes: usize) -> Keep {
    if yes == 1 { Keep::Yes } else { Keep::No }
}

fn sum() -> Op {
    Op {
        name: "sum",
        hand: || hand(table(), |x| x[0].sum(), 10.0, [Tensor::ones(&[2, 2])]),
        draw: |d| {
            let shape = d.shape(0..4);
            case([d.normal(&shape)], |x| x[0].sum(), |x| single(x[0].clone().sum()))
        },
        law: |d| {
            let shape = d.shape(2..3);
            let twice = |x: &[Tensor]| x[0].sum_axis(0, Keep::No).sum_axis(0, Keep::No);
            law([d.normal(&shape)], |x| x[0].sum(), twice)
        },
        onnx: &[
            "reduce_sum_default_axes_keepdims_example",
            "reduce_sum_default_axes_keepdims_random",
        ],
    }
}

fn mean() -> Op {
    Op {
        name: "mean",
        hand: || hand(table(), |x| x[0].mean(), 2.5, [Tensor::full(&[2, 2], 0.25)]),
        draw: |d| {
            let shape = d.filled(0..4);
            case([d.normal(&shape)], |x| x[0].mean(), |x| single(x[0].clone().mean()))
        },
        law: |d| {
            let shape = d.filled(0..4);
            let by_ones = |x: &[Tensor]| {
                let flat = x[0].reshape(&[x[0].len()]);
                flat.matmul(&Tensor::full(&[x[0].len()], 1.0 / x[0].len() as f32))
            };
            law([d.normal(&shape)], |x| x[0].mean(), by_ones)
        },
        onnx: &[
            "reduce_mean_default_axes_keepdims_example",
            "reduce_mean_default_axes_keepdims_random",
        ],
    }
}

fn max() -> Op {
    Op {
        name: "max",
        hand: || {
            let inputs = [t([[1.0, 4.0], [4.0, 2.0]])];
            hand(inputs, |x| x[0].max(), 4.0, [t([[0.0, 1.0], [0.0, 0.0]])])
        },
        draw: |d| {
            let shape = d.filled(0..4);
            case([d.apart(&shape)], |x| x[0].max(), |x| single(x[0].clone().max()))
        },
        law: |d| {
            let shape = d.filled(1..4);
            let flat = |x: &[Tensor]| x[0].reshape(&[x[0].len()]).max_axis(0, Keep::No);
            law([d.apart(&shape)], |x| x[0].max(), flat)
        },
        onnx: &[
            "reduce_max_default_axes_keepdim_example",
            "reduce_max_default_axes_keepdims_random",
        ],
    }
}

fn min() -> Op {
    Op {
        name: "min",
        hand: || {
            let inputs = [t([[3.0, 1.0], [1.0, 2.0]])];
            hand(inputs, |x| x[0].min(), 1.0, [t([[0.0, 1.0], [0.0, 0.0]])])
        },
        draw: |d| {
            let shape = d.filled(0..4);
            case([d.apart(&shape)], |x| x[0].min(), |x| single(x[0].clone().min()))
        },
        law: |d| {
            let shape = d.filled(0..4);
            law([d.apart(&shape)], |x| x[0].min(), |x| -(-&x[0]).max())
        },
        onnx: &[
            "reduce_min_default_axes_keepdims_example",
            "reduce_min_default_axes_keepdims_random",
        ],
    }
}

fn sum_axis() -> Op {
    Op {
        name: "sum_axis",
        hand: || {
            let gradient = t([[1.0, 2.0], [1.0, 2.0]]);
            hand(table(), |x| x[0].sum_axis(0, Keep::No), [4.0, 6.0], [gradient])
        },
        draw: |d| {
            let shape = d.shape(1..4);
            let (axis, keep) = (d.below(shape.len()), keep(d.below(2)));
            let place = axis_of(shape.len(), axis);
            let theirs = move |x: &[Twin]| x[0].clone().sum_dim(place);
            case([d.normal(&shape)], move |x| x[0].sum_axis(axis, keep), theirs)
        },
        law: |d| {
            let shape = d.shape(1..4);
            let axis = d.below(shape.len());
            let mut narrowed = shape.clone();
            narrowed[axis] = 1;
            law(
                [d.normal(&shape)],
                move |x| x[0].sum_axis(axis, Keep::Yes),
                move |x| x[0].sum_to(&narrowed),
            )
        },
        onnx: &[
            "reduce_sum_do_not_keepdims_example",
            "reduce_sum_do_not_keepdims_random",
            "reduce_sum_keepdims_example",
            "reduce_sum_negative_axes_keepdims_example",
        ],
    }
}

fn mean_axis() -> Op {
    Op {
        name: "mean_axis",
        hand: || {
            let gradient = t([[0.5, 0.5], [1.0, 1.0]]);
            hand(table(), |x| x[0].mean_axis(1, Keep::Yes), [[1.5], [3.5]], [gradient])
        },
        draw: |d| {
            let (shape, axis) = d.shape_and_axis(1..4);
            let keep = keep(d.below(2));
            let place = axis_of(shape.len(), axis);
            let theirs = move |x: &[Twin]| x[0].clone().mean_dim(place);
            case([d.normal(&shape)], move |x| x[0].mean_axis(axis, keep), theirs)
        },
        law: |d| {
            let (shape, axis) = d.shape_and_axis(1..4);
            let count = shape[axis] as f32;
            law(
                [d.normal(&shape)],
                move |x| x[0].mean_axis(axis, Keep::No),
                move |x| (&x[0] / count).sum_axis(axis, Keep::No),
            )
        },
        onnx: &[
            "reduce_mean_do_not_keepdims_example",
            "reduce_mean_do_not_keepdims_random",
            "reduce_mean_keepdims_example",
            "reduce_mean_keepdims_random",
            "reduce_mean_negative_axes_keepdims_example",
        ],
    }
}

fn max_axis() -> Op {
    Op {
        name: "max_axis",
        hand: || {
            let inputs = [t([[1.0, 5.0], [7.0, 7.0]])];
            let gradient = t([[0.0, 1.0], [2.0, 0.0]]);
            hand(inputs, |x| x[0].max_axis(1, Keep::No), [5.0, 7.0], [gradient])
        },
        draw: |d| {
            let (shape, axis) = d.shape_and_axis(1..4);
            let keep = keep(d.below(2));
            let place = axis_of(shape.len(), axis);
            let theirs = move |x: &[Twin]| x[0].clone().max_dim(place);
            case([d.apart(&shape)], move |x| x[0].max_axis(axis, keep), theirs)
        },
        law: |d| {
            let (shape, axis) = d.shape_and_axis(1..4);
            let pairs = move |x: &[Tensor]| {
                let first = x[0].slice(axis, ..1);
                let others = 1..x[0].shape()[axis];
                others.fold(first, |best, i| best.maximum(x[0].slice(axis, i..=i)))
            };
            law([d.apart(&shape)], move |x| x[0].max_axis(axis, Keep::Yes), pairs)
        },
        onnx: &[
            "reduce_max_do_not_keepdims_example",
            "reduce_max_do_not_keepdims_random",
            "reduce_max_keepdims_example",
            "reduce_max_keepdims_random",
            "reduce_max_negative_axes_keepdims_example",
        ],
    }
}

fn min_axis() -> Op {
    Op {
        name: "min_axis",
        hand: || {
            let inputs = [t([[1.0, 5.0], [7.0, 5.0]])];
            let gradient = t([[1.0, 2.0], [0.0, 0.0]]);
            hand(inputs, |x| x[0].min_axis(0, Keep::No), [1.0, 5.0], [gradient])
        },
        draw: |d| {
            let (shape, axis) = d.shape_and_axis(1..4);
            let keep = keep(d.below(2));
            let place = axis_of(shape.len(), axis);
            let theirs = move |x: &[Twin]| x[0].clone().min_dim(place);
            case([d.apart(&shape)], move |x| x[0].min_axis(axis, keep), theirs)
        },
        law: |d| {
            let (shape, axis) = d.shape_and_axis(1..4);
            law(
                [d.apart(&shape)],
                move |x| x[0].min_axis(axis, Keep::No),
                move |x| -(-&x[0]).max_axis(axis, Keep::No),
            )
        },
        onnx: &[
            "reduce_min_do_not_keepdims_example",
            "reduce_min_do_not_keepdims_random",
            "reduce_min_keepdims_example",
            "reduce_min_keepdims_random",
            "reduce_min_negative_axes_keepdims_example",
        ],
    }
}
