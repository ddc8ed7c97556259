//! Batch normalisation, and resizing.

use burn::tensor::ops::{InterpolateMode, InterpolateOptions};
use burn::tensor::{Tensor as Burn, module};
use tensor::{Keep, Tensor};

use super::{pictures, row, two, within};
use crate::draw::Draw;
use crate::op::{Op, case, hand, law, t};
use crate::twin::{Twin, four};

pub(crate) fn ops() -> Vec<Op> {
    vec![batch_norm(), resize_bilinear()]
}

/// Large beside what the central differences move, small beside most variances.
const EPSILON: f32 = 0.1;

/// Numbers `[N, C, ...]` with several for each channel, a scale and a shift.
fn channels(d: &mut Draw) -> [Tensor; 3] {
    let mut shape = d.filled(2..5);
    shape[0] += 1;
    let c = shape[1];
    [d.normal(&shape), d.normal(&[c]), d.normal(&[c])]
}

/// The mean over all axes but the channels'.
fn mean(x: &Tensor) -> Tensor {
    let axes = (0..x.rank()).filter(|&axis| axis != 1);
    axes.fold(x.clone(), |x, axis| x.mean_axis(axis, Keep::Yes))
}

fn batch_norm() -> Op {
    Op {
        name: "batch_norm",
        // Mean 2, variance 1, so that 4 is what the root is taken of.
        hand: || {
            let inputs = [t([[1.0], [1.0], [3.0], [3.0]]), t([3.0]), t([1.0])];
            let gradients = [t([[-1.875], [-0.375], [0.375], [1.875]]), t([2.0]), t([10.0])];
            let value = [[-0.5], [-0.5], [2.5], [2.5]];
            hand(inputs, |x| x[0].batch_norm(&x[1], &x[2], 3.0).0, value, gradients)
        },
        draw: |d| {
            let inputs = channels(d);
            let shape = inputs[0].shape().to_vec();
            let three = [shape[0], shape[1], shape[2..].iter().product()];
            let theirs = move |x: &[Twin]| {
                let x3: Burn<3> = x[0].clone().reshape(three);
                let found = module::batch_norm_train(x3, row(&x[1]), row(&x[2]), EPSILON.into());
                found.output.reshape(four(&shape))
            };
            case(inputs, |x| x[0].batch_norm(&x[1], &x[2], EPSILON).0, theirs)
        },
        law: |d| {
            let in_steps = |x: &[Tensor]| {
                let off = &x[0] - mean(&x[0]);
                let scaled = &off / (mean(&off.square()) + EPSILON).sqrt();
                let mut shape = vec![1; off.rank() - 1];
                shape[0] = x[1].len();
                scaled * x[1].reshape(&shape) + x[2].reshape(&shape)
            };
            law(channels(d), |x| x[0].batch_norm(&x[1], &x[2], EPSILON).0, in_steps)
        },
        onnx: &["batchnorm_epsilon_training_mode", "batchnorm_example_training_mode"],
    }
}

/// A row for each of `to` numbers: its shares of the `from` numbers.
fn shares(from: usize, to: usize) -> Tensor {
    let mut values = vec![0.0; to * from];
    for i in 0..to {
        let place = (i as f32 + 0.5) * from as f32 / to as f32 - 0.5;
        let place = place.clamp(0.0, (from - 1) as f32);
        let first = place as usize;
        values[i * from + first] += 1.0 - place.fract();
        values[i * from + (first + 1).min(from - 1)] += place.fract();
    }
    Tensor::from_vec(values, &[to, from])
}

fn resize_bilinear() -> Op {
    /// Pictures and another size.
    fn sizes(d: &mut Draw) -> (Tensor, [usize; 2]) {
        let (n, c, [h, w]) = (pictures(d), within(d, 1..4), two(d, 1..7));
        (d.normal(&[n, c, h, w]), two(d, 1..9))
    }
    Op {
        name: "resize_bilinear",
        hand: || {
            let x = t([0.0, 4.0]).reshape(&[1, 1, 1, 2]);
            let value = t([0.0, 1.0, 3.0, 4.0]).reshape(&[1, 1, 1, 4]);
            let gradient = t([3.25, 6.75]).reshape(&[1, 1, 1, 2]);
            hand([x], |x| x[0].resize_bilinear([1, 4]), value, [gradient])
        },
        draw: |d| {
            let (x, size) = sizes(d);
            let theirs = move |x: &[Twin]| {
                let options = InterpolateOptions::new(InterpolateMode::Bilinear);
                let options = options.with_align_corners(false).with_output_size(size);
                module::interpolate(x[0].clone(), options)
            };
            case([x], move |x| x[0].resize_bilinear(size), theirs)
        },
        law: |d| {
            let (x, size) = sizes(d);
            let [_, _, h, w] = x.dims();
            if d.below(3) == 0 {
                return law([x], move |x| x[0].resize_bilinear([h, w]), |x| x[0].clone());
            }
            let (rows, columns) = (shares(h, size[0]), shares(w, size[1]).t());
            let products = move |x: &[Tensor]| rows.matmul(&x[0]).matmul(&columns);
            law([x], move |x| x[0].resize_bilinear(size), products)
        },
        onnx: &["resize_upsample_scales_linear"],
    }
}
