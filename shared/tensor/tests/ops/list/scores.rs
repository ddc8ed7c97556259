//! Softmax and its relatives, and the losses.

use std::f32::consts::LN_2;

use burn::nn::loss::{CrossEntropyLossConfig, MseLoss, Reduction};
use burn::tensor::{Tensor as Burn, activation};
use tensor::{Keep, Tensor};

use crate::draw::Draw;
use crate::op::{Op, case, hand, law, t};
use crate::twin::{Twin, axis_of, constant, device, indices, single};

pub(crate) fn ops() -> Vec<Op> {
    let softmaxes = [softmax(), log_softmax(), log_sum_exp()];
    softmaxes.into_iter().chain([cross_entropy(), binary_cross_entropy(), mse_loss()]).collect()
}

/// Two scores with the probabilities 1/4 and 3/4.
fn quarters() -> Tensor {
    t([0.0, 3_f32.ln()])
}

/// Scores, and the axis along which they compete.
fn scores(d: &mut Draw) -> (Tensor, usize) {
    let (shape, axis) = d.shape_and_axis(1..4);
    (2.0 * d.normal(&shape), axis)
}

fn softmax() -> Op {
    Op {
        name: "softmax",
        hand: || {
            let gradient = t([-0.1875, 0.1875]);
            hand([quarters()], |x| x[0].softmax(0), [0.25, 0.75], [gradient])
        },
        draw: |d| {
            let (x, axis) = scores(d);
            let place = axis_of(x.rank(), axis);
            let theirs = move |x: &[Twin]| activation::softmax(x[0].clone(), place);
            case([x], move |x| x[0].softmax(axis), theirs)
        },
        law: |d| {
            let (x, axis) = scores(d);
            let in_steps = move |x: &[Tensor]| {
                let powers = x[0].exp();
                &powers / powers.sum_axis(axis, Keep::Yes)
            };
            law([x], move |x| x[0].softmax(axis), in_steps)
        },
        onnx: &[
            "softmax_axis_0",
            "softmax_axis_1",
            "softmax_axis_2",
            "softmax_default_axis",
            "softmax_example",
            "softmax_large_number",
            "softmax_negative_axis",
        ],
    }
}

fn log_softmax() -> Op {
    Op {
        name: "log_softmax",
        hand: || {
            let value = [-2.0 * LN_2, 3_f32.ln() - 2.0 * LN_2];
            hand([quarters()], |x| x[0].log_softmax(0), value, [t([0.25, -0.25])])
        },
        draw: |d| {
            let (x, axis) = scores(d);
            let place = axis_of(x.rank(), axis);
            let theirs = move |x: &[Twin]| activation::log_softmax(x[0].clone(), place);
            case([x], move |x| x[0].log_softmax(axis), theirs)
        },
        law: |d| {
            let (x, axis) = scores(d);
            law([x], move |x| x[0].log_softmax(axis), move |x| x[0].softmax(axis).ln())
        },
        onnx: &[
            "logsoftmax_axis_0",
            "logsoftmax_axis_1",
            "logsoftmax_axis_2",
            "logsoftmax_default_axis",
            "logsoftmax_example_1",
            "logsoftmax_large_number",
            "logsoftmax_negative_axis",
        ],
    }
}

fn log_sum_exp() -> Op {
    Op {
        name: "log_sum_exp",
        hand: || {
            let value = 2.0 * LN_2;
            hand([quarters()], |x| x[0].log_sum_exp(0, Keep::No), value, [t([0.25, 0.75])])
        },
        draw: |d| {
            let (x, axis) = scores(d);
            let keep = if d.below(2) == 0 { Keep::Yes } else { Keep::No };
            let place = axis_of(x.rank(), axis);
            // In burn's own steps; it has no function for it.
            let theirs = move |x: &[Twin]| x[0].clone().exp().sum_dim(place).log();
            case([x], move |x| x[0].log_sum_exp(axis, keep), theirs)
        },
        law: |d| {
            let (x, axis) = scores(d);
            law(
                [x],
                move |x| x[0].log_sum_exp(axis, Keep::Yes),
                move |x| (&x[0] - x[0].log_softmax(axis)).mean_axis(axis, Keep::Yes),
            )
        },
        onnx: &[
            "reduce_log_sum_exp_do_not_keepdims_example",
            "reduce_log_sum_exp_do_not_keepdims_random",
            "reduce_log_sum_exp_keepdims_example",
            "reduce_log_sum_exp_keepdims_random",
            "reduce_log_sum_exp_negative_axes_keepdims_example",
        ],
    }
}

fn cross_entropy() -> Op {
    /// Logits [..., K], and a class for each row.
    fn classes(d: &mut Draw) -> (Tensor, Vec<usize>) {
        let shape = d.filled(1..4);
        let (k, rows) = shape.split_last().unwrap();
        let classes = d.several_below(*k, rows.iter().product());
        (2.0 * d.normal(&shape), classes)
    }
    Op {
        name: "cross_entropy",
        hand: || {
            let logits = Tensor::stack(0, &[quarters(), quarters()]);
            let value = 2.0 * LN_2 - 3_f32.ln() / 2.0; // (ln 4 + ln 4/3) / 2
            let gradient = t([[-0.375, 0.375], [0.125, -0.125]]);
            hand([logits], |x| x[0].cross_entropy(&[0, 1]), value, [gradient])
        },
        draw: |d| {
            let (logits, classes) = classes(d);
            let (rows, k) = (classes.len(), logits.len() / classes.len());
            let same = classes.clone();
            let theirs = move |x: &[Twin]| {
                let logits: Burn<2> = x[0].clone().reshape([rows, k]);
                let loss = CrossEntropyLossConfig::new().init(&device());
                single(loss.forward(logits, indices(&same, [rows])))
            };
            case([logits], move |x| x[0].cross_entropy(&classes), theirs)
        },
        law: |d| {
            let (logits, classes) = classes(d);
            let right = Tensor::one_hot(&classes, logits.len() / classes.len());
            let right = right.reshape(logits.shape()) / -(classes.len() as f32);
            let axis = logits.rank() - 1;
            law(
                [logits],
                move |x| x[0].cross_entropy(&classes),
                move |x| (x[0].softmax(axis).ln() * &right).sum(),
            )
        },
        onnx: &["sce_mean", "sce_mean_3d"],
    }
}

fn binary_cross_entropy() -> Op {
    /// Logits and targets.
    fn targets(d: &mut Draw) -> [Tensor; 2] {
        let shape = d.filled(0..4);
        [2.0 * d.off(&shape, &[0.0]), d.uniform(&shape, 0.0, 1.0)]
    }
    Op {
        name: "binary_cross_entropy",
        hand: || {
            let loss = |x: &[Tensor]| x[0].binary_cross_entropy(&t([1.0, 0.0]));
            hand([quarters()], loss, 1.5 * LN_2, [t([-0.25, 0.375])])
        },
        draw: |d| {
            let [logits, targets] = targets(d);
            let same = targets.clone();
            // In burn's own steps; its loss takes targets of 0 and 1 alone.
            let theirs = move |x: &[Twin]| {
                let (t, s) = (constant(&same), activation::sigmoid(x[0].clone()));
                let no: Twin = (t.clone().neg() + 1.0) * (s.clone().neg() + 1.0).log();
                single((t * s.log() + no).mean().neg())
            };
            case([logits], move |x| x[0].binary_cross_entropy(&targets), theirs)
        },
        law: |d| {
            let [logits, targets] = targets(d);
            let t = targets.clone();
            let in_steps = move |x: &[Tensor]| {
                let (yes, no) = (x[0].sigmoid().ln(), (-&x[0]).sigmoid().ln());
                -(&t * yes + (1.0 - &t) * no).mean()
            };
            law([logits], move |x| x[0].binary_cross_entropy(&targets), in_steps)
        },
        onnx: &[],
    }
}

fn mse_loss() -> Op {
    Op {
        name: "mse_loss",
        hand: || {
            let inputs = [t([1.0, 5.0]), t([2.0, 2.0])];
            let gradients = [t([-1.0, 3.0]), t([1.0, -3.0])];
            hand(inputs, |x| x[0].mse_loss(&x[1]), 5.0, gradients)
        },
        draw: |d| {
            let shape = d.filled(0..4);
            let inputs = [d.normal(&shape), d.normal(&shape)];
            let theirs = |x: &[Twin]| {
                single(MseLoss::new().forward(x[0].clone(), x[1].clone(), Reduction::Mean))
            };
            case(inputs, |x| x[0].mse_loss(&x[1]), theirs)
        },
        law: |d| {
            let shape = d.filled(1..4);
            let inputs = [d.normal(&shape), d.normal(&shape)];
            let by_dot = |x: &[Tensor]| {
                let off = (&x[0] - &x[1]).reshape(&[x[0].len()]);
                off.matmul(&off) / x[0].len() as f32
            };
            law(inputs, |x| x[0].mse_loss(&x[1]), by_dot)
        },
        onnx: &[],
    }
}
