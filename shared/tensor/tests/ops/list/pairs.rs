//! Functions of two numbers, and the matrix product.

use tensor::{Tensor, shape::broadcast};

use crate::draw::Draw;
use crate::op::{Case, Op, case, hand, law, t};
use crate::twin::{Twin, constant, four};

pub(crate) fn ops() -> Vec<Op> {
    vec![maximum(), minimum(), where_(), matmul()]
}

/// The shape that both tensors stretch to, as burn wants it.
fn joint(a: &Tensor, b: &Tensor) -> [usize; 4] {
    four(&broadcast(a.shape(), b.shape()).unwrap())
}

/// Two tensors whose numbers differ everywhere.
fn unequal(d: &mut Draw) -> [Tensor; 2] {
    let [a, b] = d.pair();
    d.never_equal([&a, &b])
}

fn maximum() -> Op {
    Op {
        name: "maximum",
        hand: || {
            let inputs = [t([1.0, 5.0, 3.0]), t([2.0, 3.0, 3.0])];
            let gradients = [t([0.0, 2.0, 3.0]), t([1.0, 0.0, 0.0])];
            hand(inputs, |x| x[0].maximum(&x[1]), [2.0, 5.0, 3.0], gradients)
        },
        draw: |d| {
            let inputs = unequal(d);
            let shape = joint(&inputs[0], &inputs[1]);
            let spread = move |x: &Twin| x.clone().expand(shape);
            let theirs = move |x: &[Twin]| spread(&x[0]).max_pair(spread(&x[1]));
            case(inputs, |x| x[0].maximum(&x[1]), theirs)
        },
        law: |d| {
            let larger = |x: &[Tensor]| Tensor::where_(&x[0].gt(&x[1]), &x[0], &x[1]);
            law(unequal(d), |x| x[0].maximum(&x[1]), larger)
        },
        onnx: &["max_example", "max_two_inputs", "max_float32"],
    }
}

fn minimum() -> Op {
    Op {
        name: "minimum",
        hand: || {
            let inputs = [t([1.0, 5.0, 3.0]), t([2.0, 3.0, 3.0])];
            let gradients = [t([1.0, 0.0, 3.0]), t([0.0, 2.0, 0.0])];
            hand(inputs, |x| x[0].minimum(&x[1]), [1.0, 3.0, 3.0], gradients)
        },
        draw: |d| {
            let inputs = unequal(d);
            let shape = joint(&inputs[0], &inputs[1]);
            let spread = move |x: &Twin| x.clone().expand(shape);
            let theirs = move |x: &[Twin]| spread(&x[0]).min_pair(spread(&x[1]));
            case(inputs, |x| x[0].minimum(&x[1]), theirs)
        },
        law: |d| {
            let turned = |x: &[Tensor]| -(-&x[0]).maximum(-&x[1]);
            law(unequal(d), |x| x[0].minimum(&x[1]), turned)
        },
        onnx: &["min_example", "min_two_inputs", "min_float32"],
    }
}

fn where_() -> Op {
    /// A condition that stretches with the two tensors, and the tensors.
    fn draw(d: &mut Draw) -> (Tensor, [Tensor; 2]) {
        let inputs = d.two();
        let shape = broadcast(inputs[0].shape(), inputs[1].shape()).unwrap();
        let narrowed = d.narrowed(&shape);
        (d.normal(&narrowed).gt(0.0), inputs)
    }
    Op {
        name: "where_",
        hand: || {
            let inputs = [t([5.0, 6.0]), t([7.0, 8.0])];
            let choose = |x: &[Tensor]| Tensor::where_(&t([1.0, 0.0]), &x[0], &x[1]);
            hand(inputs, choose, [5.0, 8.0], [t([1.0, 0.0]), t([0.0, 2.0])])
        },
        draw: |d| {
            let (condition, inputs) = draw(d);
            let shape = joint(&inputs[0], &inputs[1]);
            let mask = condition.clone();
            let theirs = move |x: &[Twin]| {
                let mask = constant(&mask).expand::<4, _>(shape).greater_elem(0.5);
                x[1].clone().expand::<4, _>(shape).mask_where(mask, x[0].clone().expand(shape))
            };
            case(inputs, move |x| Tensor::where_(&condition, &x[0], &x[1]), theirs)
        },
        law: |d| {
            let (condition, inputs) = draw(d);
            let c = condition.clone();
            law(
                inputs,
                move |x| Tensor::where_(&condition, &x[0], &x[1]),
                move |x| &x[0] * &c + &x[1] * (1.0 - &c),
            )
        },
        onnx: &["where_example"],
    }
}

fn matmul() -> Op {
    Op {
        name: "matmul",
        hand: || {
            let inputs = [t([[1.0, 2.0], [3.0, 4.0]]), t([[5.0, 6.0], [7.0, 8.0]])];
            let gradients = [t([[17.0, 23.0], [39.0, 53.0]]), t([[10.0, 14.0], [14.0, 20.0]])];
            let value = [[19.0, 22.0], [43.0, 50.0]];
            hand(inputs, |x| x[0].matmul(&x[1]), value, gradients)
        },
        draw: product,
        law: |d| {
            let inputs = matrices(d);
            law(inputs, |x| x[0].matmul(&x[1]), |x| x[1].t().matmul(&x[0].t()).t())
        },
        onnx: &["matmul_2d", "matmul_3d", "matmul_4d"],
    }
}

/// Two tensors with a product: matrices, under leading axes that stretch.
fn matrices(d: &mut Draw) -> [Tensor; 2] {
    let sizes = d.shape(3..4);
    let (m, k, n) = (sizes[0], sizes[1], sizes[2]);
    let leading = d.shape(0..3);
    let (one, other) = (d.narrowed(&leading), d.narrowed(&leading));
    let (a, b) = ([&one[..], &[m, k]].concat(), [&other[..], &[k, n]].concat());
    [d.normal(&a), d.normal(&b)]
}

/// A product of such tensors, or one with a row or a column.
fn product(d: &mut Draw) -> Case {
    let [a, b] = matrices(d);
    let (rows, columns) = (d.below(4) == 0, d.below(4) == 0);
    let k = b.shape()[b.rank() - 2];
    let a = if rows { d.normal(&[k]) } else { a };
    let b = if columns { d.normal(&[k]) } else { b };
    let theirs = move |x: &[Twin]| {
        let column = if columns { x[1].clone().reshape([1, 1, k, 1]) } else { x[1].clone() };
        x[0].clone().matmul(column)
    };
    case([a, b], |x| x[0].matmul(&x[1]), theirs)
}
