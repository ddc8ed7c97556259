//! Random shapes and settings against the plain loops.

use proptest::prelude::*;
use proptest::test_runner::Config;
use tensor::pictures::{Conv, Pool};
use tensor::{Tensor, assert_close};

use crate::loops::{self, Pooling, Way, places, regions, windows};
use crate::{random, walk};

/// What happens along rows or columns.
#[derive(Clone, Copy, Debug)]
struct Axis {
    length: usize,
    kernel: usize,
    stride: usize,
    padding: usize,
    dilation: usize,
}

impl Axis {
    /// How far the window reaches.
    fn reach(&self) -> usize {
        self.dilation * (self.kernel - 1) + 1
    }

    /// At how many places the window stands.
    fn places(&self) -> usize {
        places(self.length, self.reach(), self.stride, self.padding)
    }
}

/// Any axis that the window fits into; one of a single number; and one that the window covers.
fn axes() -> impl Strategy<Value = Axis> {
    let any = (1..6_usize, 1..5_usize, 0..4_usize, 1..4_usize, 0..12_usize);
    let any = any.prop_map(|(kernel, stride, padding, dilation, more)| {
        let need = (dilation * (kernel - 1) + 1).saturating_sub(2 * padding).max(1);
        Axis { length: need + more, kernel, stride, padding, dilation }
    });
    let single = (1..4_usize, 1..4_usize, 1..3_usize).prop_map(|(kernel, stride, dilation)| {
        let padding = (dilation * (kernel - 1)).div_ceil(2);
        Axis { length: 1, kernel, stride, padding, dilation }
    });
    let whole = (1..9_usize, 1..4_usize).prop_map(|(length, stride)| Axis {
        length,
        kernel: length,
        stride,
        padding: 0,
        dilation: 1,
    });
    prop_oneof![4 => any, 1 => single, 1 => whole]
}

/// Groups, and channels a group on both sides: up to 40 channels of each kind.
fn channels() -> impl Strategy<Value = (usize, usize, usize)> {
    prop_oneof![
        2 => (Just(1), 1..41_usize, 1..41_usize),
        2 => (2..5_usize, 1..11_usize, 1..11_usize),
        1 => (2..41_usize, Just(1), 1..3_usize),
    ]
}

fn conv_of([rows, columns]: [Axis; 2], groups: usize) -> Conv {
    let both = |part: fn(&Axis) -> usize| [part(&rows), part(&columns)];
    Conv {
        stride: both(|axis| axis.stride),
        padding: both(|axis| axis.padding),
        dilation: both(|axis| axis.dilation),
        groups,
    }
}

fn pool_of([rows, columns]: [Axis; 2]) -> Pool {
    Pool {
        kernel: [rows.kernel, columns.kernel],
        stride: [rows.stride, columns.stride],
        padding: [rows.padding, columns.padding],
    }
}

/// Axes for pooling: no dilation, and padding of at most half the window.
fn pooled() -> impl Strategy<Value = [Axis; 2]> {
    let pooled = |axis: Axis| Axis {
        padding: axis.padding.min(axis.kernel / 2),
        dilation: 1,
        length: axis.length.max(axis.kernel),
        ..axis
    };
    [axes(), axes()].prop_map(move |axes| axes.map(pooled))
}

/// Value and gradients of a convolution against the loops; gradients to this tolerance.
fn check_conv(
    way: Way,
    inputs: &[Tensor; 3],
    how: Conv,
    g: &Tensor,
    tolerance: f32,
    ours: impl Fn(&[Tensor]) -> Tensor,
) {
    let (y, gradients) = walk(ours, inputs, |_| g.clone());
    let (expected, slopes) = loops::conv(way, inputs.each_ref(), how, g);
    assert_close!(y, expected, 1e-5);
    for (gradient, slope) in gradients.iter().zip(&slopes) {
        assert_close!(gradient, slope, tolerance);
    }
}

/// Few different numbers, so that most windows have several that are the largest.
fn with_ties(x: &Tensor) -> Tensor {
    let steps = x.to_vec().into_iter().map(|x| (2.0 * x).round() / 2.0);
    Tensor::from_vec(steps.collect(), x.shape())
}

/// Value and gradient of a pooling against the loops.
fn check_pool(
    x: &Tensor,
    pooling: Pooling,
    [rows, columns]: [Vec<Vec<usize>>; 2],
    f: impl Fn(&Tensor) -> Tensor,
) {
    let shape = [x.shape()[0], x.shape()[1], rows.len(), columns.len()];
    let g = random(1, "g", &shape);
    let (y, gradients) = walk(|x| f(&x[0]), std::slice::from_ref(x), |_| g.clone());
    let (expected, slope) = loops::pool(pooling, x, [&rows, &columns], &g);
    assert_close!(y, expected, if pooling == Pooling::Max { 0.0 } else { 1e-5 });
    assert_close!(gradients[0], slope, 1e-5);
}

/// Enough channels and places for Winograd's way, on sides that squares of 2 by 2 do not divide.
#[test]
fn many_channels_under_windows_of_three_equal_loops() {
    for (groups, padding) in [(1, 0), (1, 1), (2, 2)] {
        let how = Conv::default().padding(padding).groups(groups);
        let [channels, outputs] = [24, 30].map(|count| count * groups);
        let x = random(2, "x", &[8, channels, 19, 18]);
        let weight = random(2, "weight", &[outputs, 24, 3, 3]);
        let inputs = [x, weight, random(2, "bias", &[outputs])];
        let g = random(2, "g", &[8, outputs, 17 + 2 * padding, 16 + 2 * padding]);
        let ours = |x: &[Tensor]| x[0].conv2d(&x[1], Some(&x[2]), how);
        check_conv(Way::Down, &inputs, how, &g, 1e-5, ours);
    }
}

proptest! {
    #![proptest_config(Config { cases: 96, failure_persistence: None, ..Config::default() })]

    #[test]
    fn conv2d_equals_loops(
        n in 1..6_usize, (groups, each, outputs) in channels(),
        axes in [axes(), axes()], seed: u64,
    ) {
        let [rows, columns] = axes;
        let how = conv_of(axes, groups);
        let outputs = outputs * groups;
        let shape = [outputs, each, rows.kernel, columns.kernel];
        let x = random(seed, "x", &[n, groups * each, rows.length, columns.length]);
        let inputs = [x, random(seed, "weight", &shape), random(seed, "bias", &[outputs])];
        let g = random(seed, "g", &[n, outputs, rows.places(), columns.places()]);
        let ours = |x: &[Tensor]| x[0].conv2d(&x[1], Some(&x[2]), how);
        check_conv(Way::Down, &inputs, how, &g, 1e-5, ours);
    }

    #[test]
    fn conv_transpose2d_equals_loops(
        n in 1..6_usize, (groups, each, outputs) in channels(),
        axes in [axes(), axes()], extra in [0..4_usize, 0..4_usize], seed: u64,
    ) {
        // The large picture is the result: as long as the windows reach, and some numbers more.
        let how = conv_of(axes, groups);
        let extra = [0, 1].map(|i| extra[i] % axes[i].stride);
        let length = |i: usize| {
            let axis: Axis = axes[i];
            let covered = (axis.places() - 1) * axis.stride + axis.reach() + extra[i];
            covered.saturating_sub(2 * axis.padding)
        };
        let [rows, columns] = axes;
        prop_assume!(length(0) > 0 && length(1) > 0);
        let shape = [groups * each, outputs, rows.kernel, columns.kernel];
        let outputs = outputs * groups;
        let x = random(seed, "x", &[n, groups * each, rows.places(), columns.places()]);
        let inputs = [x, random(seed, "weight", &shape), random(seed, "bias", &[outputs])];
        let g = random(seed, "g", &[n, outputs, length(0), length(1)]);
        let ours = |x: &[Tensor]| x[0].conv_transpose2d(&x[1], Some(&x[2]), how, extra);
        check_conv(Way::Up, &inputs, how, &g, 1e-5, ours);
    }

    #[test]
    fn pools_equal_loops(n in 1..6_usize, c in 1..41_usize, axes in pooled(), seed: u64) {
        let how = pool_of(axes);
        let x = random(seed, "x", &[n, c, axes[0].length, axes[1].length]);
        let under = || [0, 1].map(|axis| windows(axes[axis].length, how, axis));
        check_pool(&with_ties(&x), Pooling::Max, under(), |x| x.max_pool2d(how));
        let count = Pooling::Avg(how.kernel[0] * how.kernel[1]);
        check_pool(&x, count, under(), |x| x.avg_pool2d(how));
    }

    #[test]
    fn adaptive_pools_equal_loops(
        [n, c] in [1..6_usize, 1..41], lengths in [1..20_usize, 1..20],
        size in [1..9_usize, 1..9], seed: u64,
    ) {
        let x = random(seed, "x", &[n, c, lengths[0], lengths[1]]);
        let of = |size: [usize; 2]| [0, 1].map(|axis| regions(lengths[axis], size[axis]));
        check_pool(&with_ties(&x), Pooling::Max, of(size), |x| x.adaptive_max_pool2d(size));
        check_pool(&x, Pooling::Mean, of(size), |x| x.adaptive_avg_pool2d(size));
        check_pool(&x, Pooling::Mean, of([1, 1]), |x| {
            x.global_avg_pool2d().reshape(&[n, c, 1, 1])
        });
    }
}

/// Pictures that are too large to be read at once, so that their results are computed by bands:
/// with and without zeros around them, with strides that leave rows which no tap reads.
#[test]
fn large_pictures_equal_loops() {
    let plain = Conv::default();
    for (kernel, how) in [
        ([3, 3], plain.padding(1)),
        ([3, 3], plain.padding(1).stride(2)),
        ([1, 1], plain),
        ([1, 1], plain.stride(2)),
        ([2, 3], Conv { stride: [4, 3], padding: [1, 0], ..plain }),
        ([5, 2], Conv { stride: [1, 2], padding: [2, 1], dilation: [2, 3], ..plain }),
    ] {
        let how = how.groups(2);
        let (length, [n, each, outputs]) = ([97, 131], [1, 12, 6]);
        let result = [0, 1].map(|axis| {
            let reach = how.dilation[axis] * (kernel[axis] - 1) + 1;
            places(length[axis], reach, how.stride[axis], how.padding[axis])
        });
        let x = random(3, "x", &[n, 2 * each, length[0], length[1]]);
        let weight = random(3, "weight", &[outputs, each, kernel[0], kernel[1]]);
        let inputs = [x, weight, random(3, "bias", &[outputs])];
        let g = random(3, "g", &[n, outputs, result[0], result[1]]);
        let ours = |x: &[Tensor]| x[0].conv2d(&x[1], Some(&x[2]), how);
        check_conv(Way::Down, &inputs, how, &g, 1e-4, ours);
    }
}
