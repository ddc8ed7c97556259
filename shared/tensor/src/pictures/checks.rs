//! Whether pictures, weights and windows fit, and what to say when they do not.

use super::window::places;
use super::{Conv, Pool};
use crate::Tensor;
use crate::kernels::conv::Geometry;
use crate::kernels::pool::Regions;

/// The sizes of a convolution of pictures of the shape `x`.
#[track_caller]
pub(super) fn conv2d(x: &[usize], weight: &[usize], how: Conv) -> Geometry {
    let [n, c, height, width] = pictures("conv2d", x);
    let [o, seen, kernel_height, kernel_width] =
        kernels("conv2d", weight, "[O, C / groups, KH, KW]");
    moves("conv2d", how);
    groups("conv2d", how.groups, [("C", c), ("O", o)]);
    must!(
        seen * how.groups == c,
        "conv2d: expected pictures with {} channels for the weight {weight:?} in {} group(s), got \
         {c} in {x:?}{}",
        seen * how.groups,
        how.groups,
        channels_last(x, seen * how.groups)
    );
    let (picture, kernel) = ([height, width], [kernel_height, kernel_width]);
    let result = slide("conv2d", picture, kernel, how);
    let (inputs, outputs) = (seen, o / how.groups);
    Geometry { examples: n, inputs, outputs, picture, kernel, result, how }
}

/// The sizes of the convolution whose adjoint is applied to pictures of the shape `x`.
#[track_caller]
pub(super) fn conv_transpose2d(
    x: &[usize],
    weight: &[usize],
    how: Conv,
    extra: [usize; 2],
) -> Geometry {
    let name = "conv_transpose2d";
    let [n, c, height, width] = pictures(name, x);
    let [from, each, kernel_height, kernel_width] =
        kernels(name, weight, "[C, O / groups, KH, KW]");
    moves(name, how);
    groups(name, how.groups, [("C", c)]);
    must!(
        from == c,
        "{name}: expected pictures with {from} channels for the weight {weight:?}, got {c} in {x:?}"
    );
    let (result, kernel) = ([height, width], [kernel_height, kernel_width]);
    // Loops, since a closure's panic would not name the caller's line.
    let mut picture = [0; 2];
    for axis in [0, 1] {
        let (stride, dilation) = (how.stride[axis], how.dilation[axis]);
        must!(
            extra[axis] < stride.max(dilation),
            "{name}: expected extra rows and columns below the stride or the dilation, got \
             {extra:?} with {how:?}"
        );
        let whole = (result[axis] - 1) * stride + dilation * (kernel[axis] - 1) + 1 + extra[axis];
        must!(
            whole > 2 * how.padding[axis],
            "{name}: expected a result that is larger than its padding, got {whole} with \
             padding {} on each side",
            how.padding[axis]
        );
        picture[axis] = whole - 2 * how.padding[axis];
    }
    Geometry { examples: n, inputs: each, outputs: c / how.groups, picture, kernel, result, how }
}

/// Panics unless there is no bias, or a number for each output channel.
#[track_caller]
pub(super) fn bias(name: &str, bias: Option<&Tensor>, outputs: usize) {
    if let Some(bias) = bias {
        must!(
            bias.shape() == [outputs],
            "{name}: expected a bias of shape [{outputs}], a number for each output channel, got \
             {:?}",
            bias.shape()
        );
    }
}

/// How many places the window has along each axis.
#[track_caller]
pub(super) fn slide(name: &str, picture: [usize; 2], kernel: [usize; 2], how: Conv) -> [usize; 2] {
    let mut result = [0; 2];
    for axis in [0, 1] {
        let (length, padding) = (picture[axis], how.padding[axis]);
        let (stride, dilation) = (how.stride[axis], how.dilation[axis]);
        let Some(count) = places(length, kernel[axis], stride, padding, dilation) else {
            panic!(
                "{name}: expected a picture at least as large as the window, got {} x {} with \
                 padding {} and a window of {} x {}; the picture shrinks with every layer \
                 without padding and with every pool: leave one out, or start from larger pictures",
                picture[0],
                picture[1],
                padding,
                how.dilation[0] * (kernel[0] - 1) + 1,
                how.dilation[1] * (kernel[1] - 1) + 1,
            )
        };
        result[axis] = count;
    }
    result
}

/// The regions of a sliding window over pictures of the shape `x`.
#[track_caller]
pub(super) fn pool(name: &str, x: &[usize], how: Pool) -> Regions {
    let [_, _, height, width] = pictures(name, x);
    let numbers = [how.kernel, how.stride].concat();
    must!(
        !numbers.contains(&0) && (0..2).all(|axis| 2 * how.padding[axis] <= how.kernel[axis]),
        "{name}: expected a window and a stride of at least 1 and a padding of at most half the \
         window, got {how:?}"
    );
    let moves = Conv { stride: how.stride, padding: how.padding, ..Conv::default() };
    let result = slide(name, [height, width], how.kernel, moves);
    Regions::sliding([height, width], result, how)
}

/// Regions that cover pictures of the shape `x`.
#[track_caller]
pub(super) fn regions(name: &str, x: &[usize], size: [usize; 2]) -> Regions {
    let [_, _, height, width] = pictures(name, x);
    must!(
        size[0] > 0 && size[1] > 0,
        "{name}: expected at least one row and one column of regions, got {size:?}"
    );
    Regions::covering([height, width], size)
}

/// The four axes of pictures, none of them empty but perhaps the first.
#[track_caller]
pub(super) fn pictures(name: &str, x: &[usize]) -> [usize; 4] {
    let remedy = match x.len() {
        2 => "; unsqueeze(0) twice makes one grey picture of rows and columns",
        3 => "; unsqueeze adds the axis of the examples, or that of the channels",
        _ => "",
    };
    match *x {
        [n, c, h, w] if c * h * w > 0 => [n, c, h, w],
        [_, _, _, _] => panic!("{name}: expected channels, rows and columns, got {x:?}"),
        _ => panic!("{name}: expected pictures [N, C, H, W], got {x:?}{remedy}"),
    }
}

/// The four axes of a weight, none of them empty.
#[track_caller]
fn kernels(name: &str, weight: &[usize], axes: &str) -> [usize; 4] {
    match *weight {
        [a, b, h, w] if a * b * h * w > 0 => [a, b, h, w],
        _ => panic!("{name}: expected a weight {axes}, none of them 0, got {weight:?}"),
    }
}

/// Panics if the window would stand still, or its numbers fall together.
#[track_caller]
fn moves(name: &str, how: Conv) {
    let numbers = [how.stride, how.dilation].concat();
    must!(
        !numbers.contains(&0) && how.groups > 0,
        "{name}: expected strides, dilations and groups of at least 1, got {how:?}"
    );
}

/// Panics unless the groups divide these numbers of channels.
#[track_caller]
fn groups<const N: usize>(name: &str, groups: usize, channels: [(&str, usize); N]) {
    for (letter, count) in channels {
        must!(
            count.is_multiple_of(groups),
            "{name}: expected {groups} groups of equally many channels, got {letter}={count}"
        );
    }
}

/// A guess at pictures whose channels come last.
fn channels_last(x: &[usize], channels: usize) -> &'static str {
    match x[3] == channels {
        true => "; channels last? permute(&[0, 3, 1, 2]) moves them to where they belong",
        false => "",
    }
}
