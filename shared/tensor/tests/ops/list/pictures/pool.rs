//! Pooling.

use burn::tensor::ops::{AvgPoolOptions, MaxPoolOptions};
use burn::tensor::{Tensor as Burn, module};
use tensor::pictures::{Conv, Pool, window::places};
use tensor::{Keep, Tensor};

use super::{padded, pictures, strided, two, within};
use crate::draw::Draw;
use crate::op::{Law, Op, case, hand, law, t};
use crate::twin::Twin;

pub(crate) fn ops() -> Vec<Op> {
    let adaptive = [adaptive_avg_pool2d(), adaptive_max_pool2d(), global_avg_pool2d()];
    [max_pool2d(), avg_pool2d()].into_iter().chain(adaptive).collect()
}

/// A window, and the shape of pictures that it fits into.
fn window(d: &mut Draw) -> (Pool, [usize; 4]) {
    let kernel = two(d, 1..4);
    let padding = kernel.map(|k| d.below(k / 2 + 1));
    let [h, w] = [0, 1].map(|i| (kernel[i] - 2 * padding[i]).max(1) + d.below(5));
    let how = Pool { kernel, stride: two(d, 1..4), padding };
    (how, [pictures(d), within(d, 1..4), h, w])
}

/// The shape of pictures, and how many regions of rows and columns.
fn regions(d: &mut Draw) -> ([usize; 4], [usize; 2]) {
    let [h, w] = two(d, 1..8);
    ([pictures(d), within(d, 1..4), h, w], two(d, 1..6))
}

fn max_pool2d() -> Op {
    Op {
        name: "max_pool2d",
        hand: || {
            let x = t([[1.0, 5.0, 2.0], [5.0, 0.0, 3.0]]).reshape(&[1, 1, 2, 3]);
            let gradient = t([[0.0, 3.0, 0.0], [0.0; 3]]).reshape(&[1, 1, 2, 3]);
            let value = t([5.0, 5.0]).reshape(&[1, 1, 1, 2]);
            hand([x], |x| x[0].max_pool2d(Pool::new(2).stride(1)), value, [gradient])
        },
        draw: |d| {
            let (how, shape) = window(d);
            let theirs = move |x: &[Twin]| {
                let options = MaxPoolOptions::new(how.kernel);
                let options = options.with_stride(how.stride).with_padding(how.padding);
                module::max_pool2d(x[0].clone(), options)
            };
            case([d.apart(&shape)], move |x| x[0].max_pool2d(how), theirs)
        },
        law: |d| match d.below(3) {
            0 => the_largest_is_no_less_than_the_mean(d),
            1 => rows_and_columns_one_after_the_other(d),
            _ => the_largest_of_what_each_place_of_the_window_sees(d),
        },
        onnx: &[
            "maxpool_2d_default",
            "maxpool_2d_precomputed_pads",
            "maxpool_2d_precomputed_same_upper",
            "maxpool_2d_precomputed_strides",
            "maxpool_2d_strides",
        ],
    }
}

fn the_largest_is_no_less_than_the_mean(d: &mut Draw) -> Law {
    let (n, c, [h, w]) = (pictures(d), within(d, 1..4), two(d, 3..7));
    let how = Pool { kernel: two(d, 2..4), stride: two(d, 1..4), padding: [0, 0] };
    let above = move |x: &[Tensor]| x[0].max_pool2d(how) - x[0].avg_pool2d(how);
    law([d.apart(&[n, c, h, w])], above, move |x| above(x).relu())
}

fn rows_and_columns_one_after_the_other(d: &mut Draw) -> Law {
    let (how, shape) = window(d);
    let only = |axis: usize| {
        let part = |setting: [usize; 2], none| {
            if axis == 0 { [setting[0], none] } else { [none, setting[1]] }
        };
        let (kernel, stride) = (part(how.kernel, 1), part(how.stride, 1));
        Pool { kernel, stride, padding: part(how.padding, 0) }
    };
    let (rows, columns) = (only(0), only(1));
    let in_turn = move |x: &[Tensor]| x[0].max_pool2d(rows).max_pool2d(columns);
    law([d.apart(&shape)], move |x| x[0].max_pool2d(how), in_turn)
}

fn the_largest_of_what_each_place_of_the_window_sees(d: &mut Draw) -> Law {
    let (how, shape) = window(d);
    let counts = [0, 1]
        .map(|i| places(shape[2 + i], how.kernel[i], how.stride[i], how.padding[i], 1).unwrap());
    let in_steps = move |x: &[Tensor]| {
        let padded = padded(&x[0], how.padding, f32::NEG_INFINITY);
        let seen = |place: usize| {
            let start = [place / how.kernel[1], place % how.kernel[1]];
            strided(&padded, start, how.stride, counts)
        };
        let others = 1..how.kernel[0] * how.kernel[1];
        others.fold(seen(0), |best, place| best.maximum(seen(place)))
    };
    law([d.apart(&shape)], move |x| x[0].max_pool2d(how), in_steps)
}

fn avg_pool2d() -> Op {
    Op {
        name: "avg_pool2d",
        hand: || {
            let x = t([4.0, 8.0]).reshape(&[1, 1, 1, 2]);
            let how = Pool { kernel: [1, 2], stride: [1, 1], padding: [0, 1] };
            let value = t([2.0, 6.0, 4.0]).reshape(&[1, 1, 1, 3]);
            let gradient = t([1.5, 2.5]).reshape(&[1, 1, 1, 2]);
            hand([x], move |x| x[0].avg_pool2d(how), value, [gradient])
        },
        draw: |d| {
            let (how, shape) = window(d);
            let theirs = move |x: &[Twin]| {
                let options = AvgPoolOptions::new(how.kernel);
                let options = options.with_stride(how.stride).with_padding(how.padding);
                module::avg_pool2d(x[0].clone(), options)
            };
            case([d.normal(&shape)], move |x| x[0].avg_pool2d(how), theirs)
        },
        // A convolution of each channel whose weights are all one over their count.
        law: |d| {
            let (Pool { kernel, stride, padding }, shape) = window(d);
            let [rows, columns] = kernel;
            let share = 1.0 / (rows * columns) as f32;
            let weight = Tensor::full(&[shape[1], 1, rows, columns], share);
            let how = Conv { stride, padding, groups: shape[1], ..Conv::default() };
            let conv = move |x: &[Tensor]| x[0].conv2d(&weight, None, how);
            let how = Pool { kernel, stride, padding };
            law([d.normal(&shape)], move |x| x[0].avg_pool2d(how), conv)
        },
        onnx: &[
            "averagepool_2d_default",
            "averagepool_2d_precomputed_pads_count_include_pad",
            "averagepool_2d_precomputed_strides",
            "averagepool_2d_strides",
        ],
    }
}

/// Where region `i` of `count` begins and ends along `length` numbers.
fn region(i: usize, count: usize, length: usize) -> [usize; 2] {
    [i * length / count, ((i + 1) * length).div_ceil(count)]
}

/// `f` of each region, one after the other.
fn by_regions(x: &Tensor, size: [usize; 2], f: fn(&Tensor, usize, Keep) -> Tensor) -> Tensor {
    let [n, c, h, w] = x.dims();
    let of = |place: usize| {
        let [top, bottom] = region(place / size[1], size[0], h);
        let [left, right] = region(place % size[1], size[1], w);
        let inside = x.slice(2, top..bottom).slice(3, left..right);
        f(&f(&inside, 3, Keep::No), 2, Keep::No)
    };
    let regions: Vec<Tensor> = (0..size[0] * size[1]).map(of).collect();
    Tensor::stack(2, &regions).reshape(&[n, c, size[0], size[1]])
}

fn adaptive_avg_pool2d() -> Op {
    Op {
        name: "adaptive_avg_pool2d",
        hand: || {
            let x = t([1.0, 3.0, 7.0]).reshape(&[1, 1, 1, 3]);
            let value = t([2.0, 5.0]).reshape(&[1, 1, 1, 2]);
            let gradient = t([0.5, 1.5, 1.0]).reshape(&[1, 1, 1, 3]);
            hand([x], |x| x[0].adaptive_avg_pool2d([1, 2]), value, [gradient])
        },
        draw: |d| {
            let (shape, size) = regions(d);
            let theirs = move |x: &[Twin]| module::adaptive_avg_pool2d(x[0].clone(), size);
            case([d.normal(&shape)], move |x| x[0].adaptive_avg_pool2d(size), theirs)
        },
        law: |d| {
            let (shape, size) = regions(d);
            law(
                [d.normal(&shape)],
                move |x| x[0].adaptive_avg_pool2d(size),
                move |x| by_regions(&x[0], size, Tensor::mean_axis),
            )
        },
        onnx: &["globalaveragepool", "globalaveragepool_precomputed"],
    }
}

fn adaptive_max_pool2d() -> Op {
    /// In burn's own steps; it has no function for it.
    fn largest(x: &Twin, [rows, columns]: [usize; 2]) -> Twin {
        let [n, c, h, w] = x.dims();
        let row = |i: usize| {
            let [top, bottom] = region(i, rows, h);
            let of = |j: usize| {
                let [left, right] = region(j, columns, w);
                let inside = x.clone().slice([0..n, 0..c, top..bottom, left..right]);
                inside.max_dim(3).max_dim(2)
            };
            Burn::cat((0..columns).map(of).collect(), 3)
        };
        Burn::cat((0..rows).map(row).collect(), 2)
    }
    Op {
        name: "adaptive_max_pool2d",
        hand: || {
            let x = t([1.0, 7.0, 3.0]).reshape(&[1, 1, 1, 3]);
            let value = t([7.0, 7.0]).reshape(&[1, 1, 1, 2]);
            let gradient = t([0.0, 3.0, 0.0]).reshape(&[1, 1, 1, 3]);
            hand([x], |x| x[0].adaptive_max_pool2d([1, 2]), value, [gradient])
        },
        draw: |d| {
            let (shape, size) = regions(d);
            let theirs = move |x: &[Twin]| largest(&x[0], size);
            case([d.apart(&shape)], move |x| x[0].adaptive_max_pool2d(size), theirs)
        },
        law: |d| {
            let (shape, size) = regions(d);
            law(
                [d.apart(&shape)],
                move |x| x[0].adaptive_max_pool2d(size),
                move |x| by_regions(&x[0], size, Tensor::max_axis),
            )
        },
        onnx: &["globalmaxpool", "globalmaxpool_precomputed"],
    }
}

fn global_avg_pool2d() -> Op {
    Op {
        name: "global_avg_pool2d",
        hand: || {
            let x = t([[[1.0, 3.0], [5.0, 7.0]], [[0.0, 0.0], [0.0, 4.0]]]);
            let gradient = t([[[0.25; 2]; 2], [[0.5; 2]; 2]]).reshape(&[1, 2, 2, 2]);
            let pool = |x: &[Tensor]| x[0].global_avg_pool2d();
            hand([x.reshape(&[1, 2, 2, 2])], pool, [[4.0, 1.0]], [gradient])
        },
        draw: |d| {
            let (shape, _) = regions(d);
            let theirs = |x: &[Twin]| module::adaptive_avg_pool2d(x[0].clone(), [1, 1]);
            case([d.normal(&shape)], |x| x[0].global_avg_pool2d(), theirs)
        },
        law: |d| {
            let (shape, _) = regions(d);
            let one_region = |x: &[Tensor]| x[0].adaptive_avg_pool2d([1, 1]).squeeze(3).squeeze(2);
            law([d.normal(&shape)], |x| x[0].global_avg_pool2d(), one_region)
        },
        onnx: &["globalaveragepool", "globalaveragepool_precomputed"],
    }
}
