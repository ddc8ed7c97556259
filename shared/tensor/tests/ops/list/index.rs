//! Picking numbers out, and putting tensors together.

use burn::tensor::{Tensor as Burn, module};
use tensor::Tensor;

use crate::draw::Draw;
use crate::op::{Op, case, hand, law, t};
use crate::twin::{Twin, axis_of, four, indices};

pub(crate) fn ops() -> Vec<Op> {
    vec![slice(), select(), gather(), embedding(), concat(), stack()]
}

fn slice() -> Op {
    Op {
        name: "slice",
        hand: || {
            let inputs = [t([1.0, 2.0, 3.0])];
            hand(inputs, |x| x[0].slice(0, 1..3), [2.0, 3.0], [t([0.0, 1.0, 2.0])])
        },
        draw: |d| {
            let (shape, axis) = d.shape_and_axis(1..4);
            let start = d.below(shape[axis]);
            let end = start + 1 + d.below(shape[axis] - start);
            let place = axis_of(shape.len(), axis);
            let theirs = move |x: &[Twin]| x[0].clone().narrow(place, start, end - start);
            case([d.normal(&shape)], move |x| x[0].slice(axis, start..end), theirs)
        },
        law: |d| {
            let (shape, axis) = d.shape_and_axis(1..4);
            let cut = d.below(shape[axis] + 1);
            let halves = move |x: &[Tensor]| {
                Tensor::concat(axis, &[x[0].slice(axis, ..cut), x[0].slice(axis, cut..)])
            };
            law([d.normal(&shape)], halves, |x| &x[0] * 1.0)
        },
        onnx: &[
            "slice",
            "slice_default_axes",
            "slice_default_steps",
            "slice_end_out_of_bounds",
            "slice_neg",
            "slice_negative_axes",
            "slice_start_out_of_bounds",
        ],
    }
}

fn select() -> Op {
    /// A shape, an axis and some of its places, repetitions among them.
    fn places(d: &mut Draw) -> (Vec<usize>, usize, Vec<usize>) {
        let (shape, axis) = d.shape_and_axis(1..4);
        let places = d.several_below(shape[axis], 5);
        (shape, axis, places)
    }
    Op {
        name: "select",
        hand: || {
            let inputs = [t([1.0, 2.0, 3.0])];
            let value = [3.0, 1.0, 3.0];
            hand(inputs, |x| x[0].select(0, &[2, 0, 2]), value, [t([2.0, 0.0, 4.0])])
        },
        draw: |d| {
            let (shape, axis, places) = places(d);
            let (place, chosen) = (axis_of(shape.len(), axis), places.clone());
            let theirs =
                move |x: &[Twin]| x[0].clone().select(place, indices(&chosen, [chosen.len()]));
            case([d.normal(&shape)], move |x| x[0].select(axis, &places), theirs)
        },
        law: |d| {
            let (shape, axis, places) = places(d);
            let chosen = places.clone();
            let one_by_one = move |x: &[Tensor]| {
                let parts: Vec<Tensor> = chosen.iter().map(|&i| x[0].slice(axis, i..=i)).collect();
                Tensor::concat(axis, &parts)
            };
            law([d.normal(&shape)], move |x| x[0].select(axis, &places), one_by_one)
        },
        onnx: &["gather_0", "gather_1", "gather_2d_indices", "gather_negative_indices"],
    }
}

fn gather() -> Op {
    /// A shape, an axis, and indices along it for a result of the second shape.
    fn choices(d: &mut Draw) -> (Vec<usize>, usize, Vec<usize>, Vec<usize>) {
        let (shape, axis) = d.shape_and_axis(1..4);
        let mut result = shape.clone();
        result[axis] = 1 + d.below(4);
        let chosen = d.several_below(shape[axis], result.iter().product());
        (shape, axis, chosen, result)
    }
    Op {
        name: "gather",
        hand: || {
            let inputs = [t([[1.0, 2.0], [3.0, 4.0]])];
            let gradient = t([[0.0, 1.0], [2.0, 0.0]]);
            hand(inputs, |x| x[0].gather(1, &[1, 0]), [[2.0], [3.0]], [gradient])
        },
        draw: |d| {
            let (shape, axis, chosen, result) = choices(d);
            let (place, dims) = (axis_of(shape.len(), axis), four(&result));
            let same = chosen.clone();
            let theirs = move |x: &[Twin]| x[0].clone().gather(place, indices(&same, dims));
            case([d.normal(&shape)], move |x| x[0].gather(axis, &chosen), theirs)
        },
        law: |d| {
            // One choice for all places is a selection.
            let shape = d.filled(2..3);
            let place = d.below(shape[1]);
            let chosen = vec![place; shape[0]];
            law(
                [d.normal(&shape)],
                move |x| x[0].gather(1, &chosen),
                move |x| x[0].select(1, &[place]),
            )
        },
        onnx: &["gather_elements_0", "gather_elements_1", "gather_elements_negative_indices"],
    }
}

fn embedding() -> Op {
    /// A table [V, D] and tokens.
    fn table(d: &mut Draw) -> (Tensor, Vec<usize>) {
        let mut shape = d.shape(2..3);
        shape[0] = shape[0].max(1);
        let tokens = d.several_below(shape[0], 6);
        (d.normal(&shape), tokens)
    }
    Op {
        name: "embedding",
        hand: || {
            let inputs = [t([[1.0, 2.0], [3.0, 4.0]])];
            let value = [[3.0, 4.0], [3.0, 4.0]];
            let gradient = t([[0.0, 0.0], [4.0, 6.0]]);
            hand(inputs, |x| x[0].embedding(&[1, 1]), value, [gradient])
        },
        draw: |d| {
            let (table, tokens) = table(d);
            let same = tokens.clone();
            let theirs = move |x: &[Twin]| {
                let [_, _, v, w] = x[0].dims();
                let table: Burn<2> = x[0].clone().reshape([v, w]);
                module::embedding(table, indices(&same, [1, same.len()])).unsqueeze::<4>()
            };
            case([table], move |x| x[0].embedding(&tokens), theirs)
        },
        law: |d| {
            let (table, tokens) = table(d);
            let choice = Tensor::one_hot(&tokens, table.shape()[0]);
            law([table], move |x| x[0].embedding(&tokens), move |x| choice.matmul(&x[0]))
        },
        onnx: &["gather_0"],
    }
}

/// Shapes that differ at most at one axis, and the axis.
fn neighbours(d: &mut Draw) -> ([Vec<usize>; 2], usize) {
    let shape = d.shape(1..4);
    let axis = d.below(shape.len());
    let mut other = shape.clone();
    other[axis] = 1 + d.below(3);
    ([shape, other], axis)
}

fn concat() -> Op {
    Op {
        name: "concat",
        hand: || {
            let inputs = [t([[1.0], [2.0]]), t([[3.0], [4.0]])];
            let value = [[1.0, 3.0], [2.0, 4.0]];
            let gradients = [t([[1.0], [3.0]]), t([[2.0], [4.0]])];
            hand(inputs, |x| Tensor::concat(1, x), value, gradients)
        },
        draw: |d| {
            let (shapes, axis) = neighbours(d);
            let place = axis_of(shapes[0].len(), axis);
            let inputs = shapes.map(|shape| d.normal(&shape));
            let theirs = move |x: &[Twin]| Twin::cat(x.to_vec(), place);
            case(inputs, move |x| Tensor::concat(axis, x), theirs)
        },
        law: |d| {
            let (shapes, axis) = neighbours(d);
            let length = shapes[0][axis];
            let inputs = shapes.map(|shape| d.normal(&shape));
            let part = move |x: &[Tensor]| Tensor::concat(axis, x).slice(axis, length..);
            law(inputs, part, |x| &x[1] + 0.0 * x[0].sum())
        },
        onnx: &[
            "concat_1d_axis_0",
            "concat_1d_axis_negative_1",
            "concat_2d_axis_0",
            "concat_2d_axis_1",
            "concat_2d_axis_negative_1",
            "concat_2d_axis_negative_2",
            "concat_3d_axis_0",
            "concat_3d_axis_1",
            "concat_3d_axis_2",
            "concat_3d_axis_negative_1",
            "concat_3d_axis_negative_2",
            "concat_3d_axis_negative_3",
        ],
    }
}

fn stack() -> Op {
    /// A shape, and an axis for the stack.
    fn shape_and_new_axis(d: &mut Draw) -> (Vec<usize>, usize) {
        let shape = d.shape(0..4);
        let axis = d.below(shape.len() + 1);
        (shape, axis)
    }
    Op {
        name: "stack",
        hand: || {
            let inputs = [t([1.0, 2.0]), t([3.0, 4.0])];
            let gradients = [t([1.0, 2.0]), t([3.0, 4.0])];
            hand(inputs, |x| Tensor::stack(0, x), [[1.0, 2.0], [3.0, 4.0]], gradients)
        },
        draw: |d| {
            let (shape, axis) = shape_and_new_axis(d);
            let place = axis_of(shape.len(), axis);
            let inputs = [d.normal(&shape), d.normal(&shape)];
            let theirs = move |x: &[Twin]| Twin::stack::<5>(x.to_vec(), place).squeeze_dim::<4>(0);
            case(inputs, move |x| Tensor::stack(axis, x), theirs)
        },
        law: |d| {
            let (shape, axis) = shape_and_new_axis(d);
            let inputs = [d.normal(&shape), d.normal(&shape)];
            let sum = move |x: &[Tensor]| Tensor::stack(axis, x).sum_axis(axis, tensor::Keep::No);
            law(inputs, sum, |x| &x[0] + &x[1])
        },
        onnx: &[],
    }
}
