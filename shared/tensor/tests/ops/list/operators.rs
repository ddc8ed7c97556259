//! `+ - * /` and the minus sign.

use tensor::Tensor;

use crate::op::{Op, case, hand, law, t};

pub(crate) fn ops() -> Vec<Op> {
    vec![add(), sub(), mul(), div(), neg()]
}

fn table() -> Tensor {
    t([[1.0, 2.0], [3.0, 4.0]])
}

fn row() -> Tensor {
    t([10.0, 20.0])
}

fn add() -> Op {
    Op {
        name: "add",
        hand: || {
            let value = [[11.0, 22.0], [13.0, 24.0]];
            hand([table(), row()], |x| &x[0] + &x[1], value, [table(), t([4.0, 6.0])])
        },
        draw: |d| case(d.two(), |x| &x[0] + &x[1], |x| x[0].clone() + x[1].clone()),
        law: |d| law(d.two(), |x| &x[0] + &x[1], |x| &x[1] + &x[0]),
        onnx: &["add", "add_bcast"],
    }
}

fn sub() -> Op {
    Op {
        name: "sub",
        hand: || {
            let value = [[-9.0, -18.0], [-7.0, -16.0]];
            hand([table(), row()], |x| &x[0] - &x[1], value, [table(), t([-4.0, -6.0])])
        },
        draw: |d| case(d.two(), |x| &x[0] - &x[1], |x| x[0].clone() - x[1].clone()),
        law: |d| law(d.two(), |x| &x[0] - &x[1], |x| -&x[1] + &x[0]),
        onnx: &["sub", "sub_bcast", "sub_example"],
    }
}

fn mul() -> Op {
    Op {
        name: "mul",
        hand: || {
            let value = t([[10.0, 40.0], [30.0, 80.0]]);
            let gradients = [value.clone(), t([10.0, 20.0])];
            hand([table(), row()], |x| &x[0] * &x[1], value, gradients)
        },
        draw: |d| case(d.two(), |x| &x[0] * &x[1], |x| x[0].clone() * x[1].clone()),
        law: |d| {
            let square = |x: &Tensor| x.square();
            law(
                d.two(),
                |x| &x[0] * &x[1],
                move |x| (square(&(&x[0] + &x[1])) - square(&(&x[0] - &x[1]))) / 4.0,
            )
        },
        onnx: &["mul", "mul_bcast", "mul_example"],
    }
}

fn div() -> Op {
    Op {
        name: "div",
        hand: || {
            let inputs = [t([6.0, 8.0]), t([2.0, 4.0])];
            let gradients = [t([0.5, 0.5]), t([-1.5, -1.0])];
            hand(inputs, |x| &x[0] / &x[1], [3.0, 2.0], gradients)
        },
        draw: |d| {
            let [a, b] = d.pair();
            let inputs = [d.normal(&a), d.uniform(&b, 0.5, 2.0)];
            case(inputs, |x| &x[0] / &x[1], |x| x[0].clone() / x[1].clone())
        },
        law: |d| {
            let [a, b] = d.pair();
            let inputs = [d.normal(&a), d.uniform(&b, 0.5, 2.0)];
            law(inputs, |x| &x[0] / &x[1], |x| &x[0] * (-x[1].ln()).exp())
        },
        onnx: &["div", "div_bcast", "div_example"],
    }
}

fn neg() -> Op {
    Op {
        name: "neg",
        hand: || hand([t([1.0, -2.0])], |x| -&x[0], [-1.0, 2.0], [t([-1.0, -2.0])]),
        draw: |d| {
            let shape = d.shape(0..4);
            case([d.normal(&shape)], |x| -&x[0], |x| -x[0].clone())
        },
        law: |d| {
            let shape = d.shape(0..4);
            law([d.normal(&shape)], |x| -&x[0], |x| 0.0 - &x[0])
        },
        onnx: &["neg", "neg_example"],
    }
}
