//! Convolution and its adjoint.

use burn::tensor::module;
use burn::tensor::ops::{ConvOptions, ConvTransposeOptions};
use tensor::Tensor;
use tensor::pictures::{Conv, window::places};

use super::{padded, pictures, row, strided, two, within};
use crate::draw::Draw;
use crate::op::{Case, Law, Op, hand, law, t};
use crate::twin::Twin;

pub(crate) fn ops() -> Vec<Op> {
    vec![conv2d(), conv_transpose2d()]
}

/// A window's settings, the channels of a group on both sides, and the window's size.
fn settings(d: &mut Draw) -> (Conv, [usize; 2], [usize; 2]) {
    let (stride, padding, dilation) = (two(d, 1..4), two(d, 0..3), two(d, 1..3));
    let how = Conv { stride, padding, dilation, groups: within(d, 1..4) };
    (how, two(d, 1..4), two(d, 1..4))
}

/// Rows and columns that the window fits into.
fn size(d: &mut Draw, how: Conv, kernel: [usize; 2]) -> [usize; 2] {
    [0, 1].map(|i| {
        let need = how.dilation[i] * (kernel[i] - 1) + 1;
        need.saturating_sub(2 * how.padding[i]).max(1) + d.below(4)
    })
}

/// Pictures, a weight and sometimes a bias, and how they meet.
fn down(d: &mut Draw) -> (Vec<Tensor>, Conv) {
    let (how, [each, outputs], kernel) = settings(d);
    let [h, w] = size(d, how, kernel);
    let outputs = outputs * how.groups;
    let n = pictures(d);
    let x = d.normal(&[n, each * how.groups, h, w]);
    let weight = d.normal(&[outputs, each, kernel[0], kernel[1]]);
    let bias = (d.below(2) == 0).then(|| d.normal(&[outputs]));
    ([x, weight].into_iter().chain(bias).collect(), how)
}

/// The same for the transposed convolution, and the rows and columns more.
fn up(d: &mut Draw) -> (Vec<Tensor>, Conv, [usize; 2]) {
    let (how, [each, outputs], kernel) = settings(d);
    let extra = how.stride.map(|stride| d.below(stride));
    // Long enough for the padding to leave something.
    let [h, w] = two(d, 5..7);
    let (n, channels) = (pictures(d), each * how.groups);
    let x = d.normal(&[n, channels, h, w]);
    let weight = d.normal(&[channels, outputs, kernel[0], kernel[1]]);
    let bias = (d.below(2) == 0).then(|| d.normal(&[outputs * how.groups]));
    ([x, weight].into_iter().chain(bias).collect(), how, extra)
}

fn conv2d() -> Op {
    Op {
        name: "conv2d",
        hand: || {
            let x = t([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).reshape(&[1, 1, 2, 3]);
            let weight = t([[1.0, 0.0], [0.0, 2.0]]).reshape(&[1, 1, 2, 2]);
            let gradients = [
                t([[1.0, 2.0, 0.0], [0.0, 2.0, 4.0]]).reshape(&[1, 1, 2, 3]),
                t([[5.0, 8.0], [14.0, 17.0]]).reshape(&[1, 1, 2, 2]),
                t([3.0]),
            ];
            let conv = |x: &[Tensor]| x[0].conv2d(&x[1], Some(&x[2]), Conv::default());
            let value = t([12.0, 15.0]).reshape(&[1, 1, 1, 2]);
            hand([x, weight, t([1.0])], conv, value, gradients)
        },
        draw: |d| {
            let (inputs, how) = down(d);
            let Conv { stride, padding, dilation, groups } = how;
            let theirs = move |x: &[Twin]| {
                let options = ConvOptions::new(stride, padding, dilation, groups);
                module::conv2d(x[0].clone(), x[1].clone(), x.get(2).map(row), options)
            };
            let ours = move |x: &[Tensor]| x[0].conv2d(&x[1], x.get(2), how);
            Case { inputs, ours: Box::new(ours), theirs: Some(Box::new(theirs)) }
        },
        law: |d| match d.below(4) {
            0 => a_single_one_shifts(d),
            1 => it_is_linear(d),
            2 => of_single_pixels_it_is_a_product(d),
            _ => it_is_a_product_at_each_place_of_the_window(d),
        },
        onnx: &[
            "basic_conv_with_padding",
            "basic_conv_without_padding",
            "conv_with_autopad_same",
            "conv_with_strides_and_asymmetric_padding",
            "conv_with_strides_no_padding",
            "conv_with_strides_padding",
        ],
    }
}

fn a_single_one_shifts(d: &mut Draw) -> Law {
    let (n, c, [h, w]) = (pictures(d), within(d, 1..4), two(d, 3..7));
    let x = d.normal(&[n, c, h, w]);
    let [i, j] = two(d, 0..3);
    let one = |place: usize| if place == 3 * i + j { 1.0 } else { 0.0 };
    let window = Tensor::from_vec((0..9).map(one).collect(), &[1, 1, 3, 3]);
    let weight = window.broadcast_to(&[c, 1, 3, 3]);
    let how = Conv::default().padding(1).groups(c);
    let shift = move |x: &[Tensor]| strided(&padded(&x[0], [1, 1], 0.0), [i, j], [1, 1], [h, w]);
    law([x], move |x| x[0].conv2d(&weight, None, how), shift)
}

fn it_is_linear(d: &mut Draw) -> Law {
    let (inputs, how) = down(d);
    let (x, weight) = (inputs[0].clone(), inputs[1].clone());
    let other = d.normal(x.shape());
    let parts = move |x: &[Tensor]| {
        2.0 * x[0].conv2d(&x[2], None, how) - 3.0 * x[1].conv2d(&x[2], None, how)
    };
    let whole = move |x: &[Tensor]| (2.0 * &x[0] - 3.0 * &x[1]).conv2d(&x[2], None, how);
    law([x, other, weight], whole, parts)
}

fn of_single_pixels_it_is_a_product(d: &mut Draw) -> Law {
    let (n, [c, o], [h, w]) = (pictures(d), two(d, 1..6), two(d, 1..6));
    let inputs = [d.normal(&[n, c, h, w]), d.normal(&[o, c, 1, 1]), d.normal(&[o])];
    let product = move |x: &[Tensor]| {
        let pixels = x[0].reshape(&[n, c, h * w]);
        let y = x[1].reshape(&[o, c]).matmul(&pixels) + x[2].reshape(&[o, 1]);
        y.reshape(&[n, o, h, w])
    };
    law(inputs, |x| x[0].conv2d(&x[1], Some(&x[2]), Conv::default()), product)
}

fn it_is_a_product_at_each_place_of_the_window(d: &mut Draw) -> Law {
    let (inputs, how) = down(d);
    Law {
        inputs,
        left: Box::new(move |x| x[0].conv2d(&x[1], x.get(2), how)),
        right: Box::new(move |x| in_steps(x, how)),
    }
}

/// Convolution by the operations that are not about pictures.
fn in_steps(x: &[Tensor], how: Conv) -> Tensor {
    let [outputs, each, kernel_rows, kernel_columns] = x[1].dims();
    let outputs = outputs / how.groups;
    let padded = padded(&x[0], how.padding, 0.0);
    let kernel = [kernel_rows, kernel_columns];
    let [rows, columns] = [0, 1].map(|i| {
        let length = padded.shape()[2 + i];
        places(length, kernel[i], how.stride[i], 0, how.dilation[i]).unwrap()
    });
    let n = x[0].shape()[0];
    let group = |g: usize| {
        let (first, own) = (g * each, g * outputs..(g + 1) * outputs);
        let channels = padded.slice(1, first..first + each);
        let part = |place: usize| {
            let (i, j) = (place / kernel_columns, place % kernel_columns);
            let start = [i * how.dilation[0], j * how.dilation[1]];
            let seen = strided(&channels, start, how.stride, [rows, columns]);
            let weight = x[1].slice(0, own.clone()).slice(2, i..=i).slice(3, j..=j);
            weight.reshape(&[outputs, each]).matmul(&seen.reshape(&[n, each, rows * columns]))
        };
        (1..kernel_rows * kernel_columns).fold(part(0), |sum, place| sum + part(place))
    };
    let groups: Vec<Tensor> = (0..how.groups).map(group).collect();
    let outputs = outputs * how.groups;
    let y = Tensor::concat(1, &groups).reshape(&[n, outputs, rows, columns]);
    x.get(2).map_or(y.clone(), |bias| &y + bias.reshape(&[outputs, 1, 1]))
}

fn conv_transpose2d() -> Op {
    Op {
        name: "conv_transpose2d",
        hand: || {
            let x = t([1.0, 2.0]).reshape(&[1, 1, 1, 2]);
            let weight = t([1.0, 3.0]).reshape(&[1, 1, 1, 2]);
            let gradients = [
                t([7.0, 11.0]).reshape(&[1, 1, 1, 2]),
                t([5.0, 8.0]).reshape(&[1, 1, 1, 2]),
                t([6.0]),
            ];
            let conv =
                |x: &[Tensor]| x[0].conv_transpose2d(&x[1], Some(&x[2]), Conv::default(), [0, 0]);
            let value = t([11.0, 15.0, 16.0]).reshape(&[1, 1, 1, 3]);
            hand([x, weight, t([10.0])], conv, value, gradients)
        },
        draw: |d| {
            let (inputs, how, extra) = up(d);
            let Conv { stride, padding, dilation, groups } = how;
            let theirs = move |x: &[Twin]| {
                let options = ConvTransposeOptions::new(stride, padding, extra, dilation, groups);
                module::conv_transpose2d(x[0].clone(), x[1].clone(), x.get(2).map(row), options)
            };
            let ours = move |x: &[Tensor]| x[0].conv_transpose2d(&x[1], x.get(2), how, extra);
            Case { inputs, ours: Box::new(ours), theirs: Some(Box::new(theirs)) }
        },
        law: |d| match d.below(3) {
            0 => groups_do_not_see_each_other(d),
            _ => it_is_the_adjoint(d),
        },
        onnx: &[
            "convtranspose",
            "convtranspose_autopad_same",
            "convtranspose_dilations",
            "convtranspose_kernel_shape",
            "convtranspose_output_shape",
            "convtranspose_pad",
            "convtranspose_pads",
            "convtranspose_with_kernel",
        ],
    }
}

/// `<conv(x), y> = <x, conv_transpose(y)>`.
fn it_is_the_adjoint(d: &mut Draw) -> Law {
    let (inputs, how) = down(d);
    let (x, weight) = (inputs[0].clone(), inputs[1].clone());
    let shape = x.conv2d(&weight, None, how).shape().to_vec();
    let y = d.normal(&shape);
    // The rows and columns that no place of the window reaches.
    let extra = [0, 1].map(|i| {
        let reach = how.dilation[i] * (weight.shape()[2 + i] - 1) + 1;
        (x.shape()[2 + i] + 2 * how.padding[i] - reach) % how.stride[i]
    });
    let down = move |x: &[Tensor]| (x[0].conv2d(&x[1], None, how) * &x[2]).sum();
    let up = move |x: &[Tensor]| (x[2].conv_transpose2d(&x[1], None, how, extra) * &x[0]).sum();
    law([x, weight, y], up, down)
}

fn groups_do_not_see_each_other(d: &mut Draw) -> Law {
    let (inputs, how, extra) = up(d);
    let each = inputs[0].shape()[1] / how.groups;
    let by_groups = move |x: &[Tensor]| {
        let group = |g: usize| {
            let (own, alone) = (g * each..(g + 1) * each, how.groups(1));
            x[0].slice(1, own.clone()).conv_transpose2d(&x[1].slice(0, own), None, alone, extra)
        };
        let y = Tensor::concat(1, &(0..how.groups).map(group).collect::<Vec<Tensor>>());
        x.get(2).map_or(y.clone(), |bias| &y + bias.reshape(&[bias.len(), 1, 1]))
    };
    Law {
        inputs,
        left: Box::new(move |x| x[0].conv_transpose2d(&x[1], x.get(2), how, extra)),
        right: Box::new(by_groups),
    }
}
