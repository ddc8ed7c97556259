//! Functions of one number.

use std::f32::consts::LN_2;

use burn::tensor::activation;
use tensor::{Rng, Tensor};

use crate::op::{Op, case, hand, law, lonely, t};

pub(crate) fn ops() -> Vec<Op> {
    let curves = [exp(), ln(), sqrt(), square(), powf(), powi(), tanh(), sigmoid()];
    curves.into_iter().chain([abs(), relu(), leaky_relu(), clamp(), dropout()]).collect()
}

fn exp() -> Op {
    Op {
        name: "exp",
        hand: || hand([t([0.0, LN_2])], |x| x[0].exp(), [1.0, 2.0], [t([1.0, 4.0])]),
        draw: |d| {
            let shape = d.shape(0..4);
            case([d.normal(&shape)], |x| x[0].exp(), |x| x[0].clone().exp())
        },
        law: |d| law(d.two(), |x| (&x[0] + &x[1]).exp(), |x| x[0].exp() * x[1].exp()),
        onnx: &["exp", "exp_example"],
    }
}

fn ln() -> Op {
    Op {
        name: "ln",
        hand: || hand([t([1.0, 2.0])], |x| x[0].ln(), [0.0, LN_2], [t([1.0, 1.0])]),
        draw: |d| {
            let shape = d.shape(0..4);
            case([d.uniform(&shape, 0.5, 3.0)], |x| x[0].ln(), |x| x[0].clone().log())
        },
        law: |d| {
            let [a, b] = d.pair().map(|shape| d.uniform(&shape, 0.5, 3.0));
            law([a, b], |x| (&x[0] * &x[1]).ln(), |x| x[0].ln() + x[1].ln())
        },
        onnx: &["log", "log_example"],
    }
}

fn sqrt() -> Op {
    Op {
        name: "sqrt",
        hand: || hand([t([4.0, 9.0])], |x| x[0].sqrt(), [2.0, 3.0], [t([0.25, 1.0 / 3.0])]),
        draw: |d| {
            let shape = d.shape(0..4);
            case([d.uniform(&shape, 0.5, 3.0)], |x| x[0].sqrt(), |x| x[0].clone().sqrt())
        },
        law: |d| {
            let shape = d.shape(0..4);
            law([d.uniform(&shape, 0.5, 3.0)], |x| x[0].sqrt(), |x| (x[0].ln() / 2.0).exp())
        },
        onnx: &["sqrt", "sqrt_example"],
    }
}

fn square() -> Op {
    Op {
        name: "square",
        hand: || hand([t([3.0, -2.0])], |x| x[0].square(), [9.0, 4.0], [t([6.0, -8.0])]),
        draw: |d| {
            let shape = d.shape(0..4);
            case([d.normal(&shape)], |x| x[0].square(), |x| x[0].clone().square())
        },
        law: |d| {
            let shape = d.shape(0..4);
            law([d.normal(&shape)], |x| x[0].square(), |x| &x[0] * &x[0])
        },
        onnx: &["reduce_sum_square_do_not_keepdims_example", "reduce_sum_square_keepdims_random"],
    }
}

fn powf() -> Op {
    Op {
        name: "powf",
        hand: || hand([t([4.0, 9.0])], |x| x[0].powf(1.5), [8.0, 27.0], [t([3.0, 9.0])]),
        draw: |d| {
            let (shape, power) = (d.shape(0..4), d.below(12) as f32 / 2.0 - 2.0);
            let theirs = move |x: &[crate::twin::Twin]| x[0].clone().powf_scalar(power);
            case([d.uniform(&shape, 0.5, 2.0)], move |x| x[0].powf(power), theirs)
        },
        law: |d| {
            let (shape, power) = (d.shape(0..4), d.below(12) as f32 / 2.0 - 2.0);
            let inputs = [d.uniform(&shape, 0.5, 2.0)];
            law(inputs, move |x| x[0].powf(power), move |x| (x[0].ln() * power).exp())
        },
        onnx: &["pow", "pow_bcast_scalar", "pow_bcast_array", "pow_example"],
    }
}

fn powi() -> Op {
    Op {
        name: "powi",
        hand: || hand([t([2.0, -1.0])], |x| x[0].powi(3), [8.0, -1.0], [t([12.0, 6.0])]),
        draw: |d| {
            let (shape, power) = (d.shape(0..4), d.below(7) as i32 - 2);
            // To the power 0, burn gives a constant without a history.
            let theirs =
                move |x: &[crate::twin::Twin]| x[0].clone().powi_scalar(power) + 0.0 * x[0].clone();
            case([d.uniform(&shape, -2.0, -0.5)], move |x| x[0].powi(power), theirs)
        },
        law: |d| {
            let shape = d.shape(0..4);
            law([d.normal(&shape)], |x| x[0].powi(3), |x| &x[0] * &x[0] * &x[0])
        },
        onnx: &["pow_types_float32_int32", "pow_types_float32_int64"],
    }
}

fn tanh() -> Op {
    Op {
        name: "tanh",
        hand: || hand([t([0.0, LN_2])], |x| x[0].tanh(), [0.0, 0.6], [t([1.0, 1.28])]),
        draw: |d| {
            let shape = d.shape(0..4);
            case([d.normal(&shape)], |x| x[0].tanh(), |x| x[0].clone().tanh())
        },
        law: |d| {
            let shape = d.shape(0..4);
            law([d.normal(&shape)], |x| x[0].tanh(), |x| 2.0 * (2.0 * &x[0]).sigmoid() - 1.0)
        },
        onnx: &["tanh", "tanh_example"],
    }
}

fn sigmoid() -> Op {
    Op {
        name: "sigmoid",
        hand: || {
            let inputs = [t([0.0, 3_f32.ln()])];
            hand(inputs, |x| x[0].sigmoid(), [0.5, 0.75], [t([0.25, 0.375])])
        },
        draw: |d| {
            let shape = d.shape(0..4);
            case([d.normal(&shape)], |x| x[0].sigmoid(), |x| activation::sigmoid(x[0].clone()))
        },
        law: |d| {
            let shape = d.shape(0..4);
            law([d.normal(&shape)], |x| x[0].sigmoid(), |x| 1.0 / ((-&x[0]).exp() + 1.0))
        },
        onnx: &["sigmoid", "sigmoid_example"],
    }
}

fn abs() -> Op {
    Op {
        name: "abs",
        hand: || {
            let gradient = t([-1.0, 0.0, 3.0]);
            hand([t([-3.0, 0.0, 2.0])], |x| x[0].abs(), [3.0, 0.0, 2.0], [gradient])
        },
        draw: |d| {
            let shape = d.shape(0..4);
            case([d.off(&shape, &[0.0])], |x| x[0].abs(), |x| x[0].clone().abs())
        },
        law: |d| {
            let shape = d.shape(0..4);
            law([d.normal(&shape)], |x| x[0].abs(), |x| x[0].relu() + (-&x[0]).relu())
        },
        onnx: &["abs"],
    }
}

fn relu() -> Op {
    Op {
        name: "relu",
        hand: || {
            let gradient = t([0.0, 0.0, 3.0]);
            hand([t([-1.0, 0.0, 2.0])], |x| x[0].relu(), [0.0, 0.0, 2.0], [gradient])
        },
        draw: |d| {
            let shape = d.shape(0..4);
            case([d.off(&shape, &[0.0])], |x| x[0].relu(), |x| activation::relu(x[0].clone()))
        },
        law: |d| {
            let shape = d.shape(0..4);
            law([d.off(&shape, &[0.0])], |x| x[0].relu(), |x| x[0].maximum(0.0))
        },
        onnx: &["relu"],
    }
}

fn leaky_relu() -> Op {
    Op {
        name: "leaky_relu",
        hand: || {
            let gradient = t([0.5, 1.0, 3.0]);
            let x = t([-4.0, 0.0, 2.0]);
            hand([x], |x| x[0].leaky_relu(0.5), [-2.0, 0.0, 2.0], [gradient])
        },
        draw: |d| {
            let shape = d.shape(0..4);
            case(
                [d.off(&shape, &[0.0])],
                |x| x[0].leaky_relu(0.1),
                |x| activation::leaky_relu(x[0].clone(), 0.1),
            )
        },
        law: |d| {
            let shape = d.shape(0..4);
            let x = d.off(&shape, &[0.0]);
            law([x], |x| x[0].leaky_relu(0.1), |x| x[0].maximum(&x[0] * 0.1))
        },
        onnx: &["leakyrelu", "leakyrelu_default", "leakyrelu_example"],
    }
}

fn clamp() -> Op {
    Op {
        name: "clamp",
        hand: || {
            let gradient = t([0.0, 2.0, 3.0]);
            let clamp = |x: &[Tensor]| x[0].clamp(-1.0, 1.0);
            hand([t([-2.0, 0.5, 1.0])], clamp, [-1.0, 0.5, 1.0], [gradient])
        },
        draw: |d| {
            let shape = d.shape(0..4);
            case(
                [d.off(&shape, &[-0.5, 1.0])],
                |x| x[0].clamp(-0.5, 1.0),
                |x| x[0].clone().clamp(-0.5, 1.0),
            )
        },
        law: |d| {
            let shape = d.shape(0..4);
            law(
                [d.off(&shape, &[-0.5, 1.0])],
                |x| x[0].clamp(-0.5, 1.0),
                |x| x[0].maximum(-0.5).minimum(1.0),
            )
        },
        onnx: &[
            "clip",
            "clip_default_max",
            "clip_default_min",
            "clip_example",
            "clip_inbounds",
            "clip_outbounds",
            "clip_splitbounds",
        ],
    }
}

fn dropout() -> Op {
    fn drop_half(x: &Tensor) -> Tensor {
        x.dropout(0.5, &mut Rng::new(1))
    }
    Op {
        name: "dropout",
        hand: || {
            let keep_all = |x: &[Tensor]| x[0].dropout(0.0, &mut Rng::new(1));
            hand([t([1.0, -2.0])], keep_all, [1.0, -2.0], [t([1.0, 2.0])])
        },
        draw: |d| {
            let shape = d.shape(0..4);
            lonely([d.normal(&shape)], |x| drop_half(&x[0]))
        },
        law: |d| {
            let shape = d.shape(0..4);
            law(
                [d.normal(&shape)],
                |x| drop_half(&x[0]),
                |x| &x[0] * drop_half(&Tensor::ones(x[0].shape())),
            )
        },
        onnx: &["training_dropout_zero_ratio"],
    }
}
