//! Wrong solutions of the kind that people write, to prove that the exercises' tests
//! catch them.
//!
//! Each function is the right solution, unless the environment names one of its
//! exercise's wrong variants: `COURSE_WRONG=5.3b`. The comment beside a variant says
//! what is wrong with it.

use lesson::exercise::wrong_variant;
use tensor::pictures::{Conv, Pool};
use tensor::{Keep, Tensor};

use crate::solutions;

/// 5.1, step 1, or a wrong variant.
pub fn sides_behind(side: usize, windows: &[[usize; 3]]) -> Vec<usize> {
    let variant = wrong_variant("5.1");
    if !matches!(variant, Some('a' | 'b')) {
        return solutions::sides_behind(side, windows);
    }
    let mut sides = Vec::new();
    let mut now = side;
    for &[kernel, stride, padding] in windows {
        // The padding counted at one end only.
        let all = now
            + if variant == Some('b') {
                padding
            } else {
                2 * padding
            };
        let Some(free) = all.checked_sub(kernel) else {
            break;
        };
        // Rounded up: a window that sticks out at the end.
        now = match variant {
            Some('a') => free.div_ceil(stride) + 1,
            _ => free / stride + 1,
        };
        sides.push(now);
    }
    sides
}

/// 5.1, step 2, or a wrong variant.
pub fn padding_that_keeps(kernel: usize, dilation: usize) -> Option<usize> {
    match wrong_variant("5.1") {
        // Half of the kernel, whatever its dilation.
        Some('c') => Some(kernel / 2),
        _ => solutions::padding_that_keeps(kernel, dilation),
    }
}

/// 5.2, or a wrong variant.
pub fn convolution(picture: &Tensor, kernel: &Tensor) -> Tensor {
    let [kh, kw] = kernel.dims();
    let back =
        |axis: usize, n: usize| kernel.select(axis, &(0..n).rev().collect::<Vec<_>>());
    let kernel = match wrong_variant("5.2") {
        // Not turned at all: the sliding product of the page.
        Some('a') => back(0, kh).select(1, &(0..kw).rev().collect::<Vec<_>>()),
        // Left and right exchanged, above and below not.
        Some('b') => back(0, kh),
        // Above and below exchanged, left and right not.
        Some('c') => back(1, kw),
        _ => kernel.clone(),
    };
    solutions::convolution(picture, &kernel)
}

/// 5.3, or a wrong variant.
pub fn max_pool(x: &Tensor, kernel: usize, stride: usize, padding: usize) -> Tensor {
    match wrong_variant("5.3") {
        // The largest starts at 0: wrong where all numbers are negative.
        Some('a') => solutions::max_pool(x, kernel, stride, padding).relu(),
        // Windows that never overlap, whatever the stride.
        Some('b') => solutions::max_pool(x, kernel, kernel, padding),
        // The padding takes part as zeros.
        Some('c') => {
            let x = crate::sizes::padded(x, [padding; 2]);
            solutions::max_pool(&x, kernel, stride, 0)
        }
        _ => solutions::max_pool(x, kernel, stride, padding),
    }
}

/// 5.4, or a wrong variant.
pub fn patches(x: &Tensor, kernel: usize, stride: usize) -> Tensor {
    let [n, c, h, w] = x.dims();
    let right = solutions::patches(x, kernel, stride);
    let window = c * kernel * kernel;
    match wrong_variant("5.4") {
        // As many columns as rows: too few in a wide picture.
        Some('a') if w > h => solutions::patches(&x.slice(3, 0..h), kernel, stride),
        // The channels of each pixel beside each other.
        Some('b') => right
            .reshape(&[right.shape()[0], c, kernel * kernel])
            .permute(&[0, 2, 1])
            .reshape(&[right.shape()[0], window]),
        // The window moves by the stride down, and by one across.
        Some('c') => {
            let columns = (w - kernel) / stride + 1;
            let narrow = x.slice(3, 0..kernel + columns - 1);
            let all = solutions::patches(&narrow, kernel, 1);
            let rows = (0..n).flat_map(|n| {
                let rows = (h - kernel) / stride + 1;
                (0..rows).flat_map(move |i| {
                    let down = n * (h - kernel + 1) + i * stride;
                    (0..columns).map(move |j| down * columns + j)
                })
            });
            all.select(0, &rows.collect::<Vec<_>>())
        }
        _ => right,
    }
}

/// 5.5, step 1, or a wrong variant.
pub fn cost_of_conv(
    channels: [usize; 2],
    kernel: usize,
    out: [usize; 2],
) -> [usize; 2] {
    let [parameters, work] = solutions::cost_of_conv(channels, kernel, out);
    match wrong_variant("5.5") {
        // No biases.
        Some('a') => [parameters - channels[1], work],
        // One place only: the parameters once more.
        Some('b') => [parameters, work / (out[0] * out[1])],
        // Each kernel sees a single channel.
        Some('c') => {
            let [_, o] = channels;
            [o * (kernel * kernel + 1), work / channels[0]]
        }
        _ => [parameters, work],
    }
}

/// 5.5, step 2, or a wrong variant.
pub fn as_threes(kernel: usize) -> (usize, f32) {
    let (count, share) = solutions::as_threes(kernel);
    match wrong_variant("5.5") {
        // The first window of 3 counted as if it saw two pixels.
        Some('d') => (kernel.div_ceil(2), share),
        // The share of one window of 3.
        Some('e') => (count, 9.0 / (kernel * kernel) as f32),
        _ => (count, share),
    }
}

/// 5.6, or a wrong variant.
pub fn mean_of_maps(x: &Tensor) -> Tensor {
    let [n, c, h, w] = x.dims();
    match wrong_variant("5.6") {
        // The sum.
        Some('a') => solutions::mean_of_maps(x) * (h * w) as f32,
        // The mean of the first rows and columns: right where a map is square and even.
        Some('b') => {
            let least = h.min(w);
            solutions::mean_of_maps(&x.slice(2, 0..least).slice(3, 0..least))
        }
        // The right numbers, cut off from the tape.
        Some('c') => solutions::mean_of_maps(&x.detach()),
        // Maps and pixels exchanged.
        Some('d') => {
            let mixed = x.reshape(&[n, h * w, c]).permute(&[0, 2, 1]);
            mixed.mean_axis(2, Keep::No)
        }
        _ => solutions::mean_of_maps(x),
    }
}

/// 5.7, or a wrong variant.
pub fn mlpconv(x: &Tensor, weights: [&Tensor; 3]) -> Tensor {
    let [window, first, second] = weights;
    let dense = |x: &Tensor, dense: &Tensor| {
        let [outputs, inputs] = dense.dims();
        x.conv2d(
            &dense.reshape(&[outputs, inputs, 1, 1]),
            None,
            Conv::default(),
        )
    };
    let [_, _, k, _] = window.dims();
    let begin = x.conv2d(window, None, Conv::default().padding(k / 2));
    match wrong_variant("5.7") {
        // Without padding: smaller than it was.
        Some('a') => {
            let x = x.conv2d(window, None, Conv::default()).relu();
            dense(&dense(&x, first).relu(), second).relu()
        }
        // No ReLU between the dense layers, which are one layer then.
        Some('b') => dense(&dense(&begin.relu(), first), second).relu(),
        // No ReLU behind the window.
        Some('c') => dense(&dense(&begin, first).relu(), second).relu(),
        // No ReLU at the end.
        Some('d') => dense(&dense(&begin.relu(), first).relu(), second),
        _ => solutions::mlpconv(x, weights),
    }
}

/// 5.8, or a wrong variant.
pub fn side_by_side(x: &Tensor, branches: &[(usize, Option<&Tensor>)]) -> Tensor {
    let right = solutions::side_by_side(x, branches);
    match wrong_variant("5.8") {
        // All with a padding of 1, and cut to the same size.
        Some('a') => {
            let [_, _, h, w] = x.dims();
            let same = |y: Tensor| {
                let [_, _, rows, columns] = y.dims();
                let (i, j) = (rows.saturating_sub(h), columns.saturating_sub(w));
                y.slice(2, i..rows).slice(3, j..columns)
            };
            let each = branches.iter().map(|&(k, kernels)| match kernels {
                Some(kernels) => {
                    let padded = Conv::default().padding(k - 1);
                    same(x.conv2d(kernels, None, padded))
                }
                None => x.max_pool2d(Pool::new(k).stride(1).padding(k / 2)),
            });
            Tensor::concat(1, &each.collect::<Vec<_>>())
        }
        // The branches in the opposite order.
        Some('b') => {
            let back: Vec<_> = branches.iter().rev().copied().collect();
            solutions::side_by_side(x, &back)
        }
        // The mean where the largest was asked for.
        Some('c') => {
            let each = branches.iter().map(|&(k, kernels)| match kernels {
                Some(_) => solutions::side_by_side(x, &[(k, kernels)]),
                None => x.avg_pool2d(Pool::new(k).stride(1).padding(k / 2)),
            });
            Tensor::concat(1, &each.collect::<Vec<_>>())
        }
        // A ReLU too many.
        Some('d') => right.relu(),
        _ => right,
    }
}

/// 5.9, or a wrong variant.
pub fn loaded(bytes: &[u8], height: usize, width: usize, by_columns: bool) -> Tensor {
    match wrong_variant("5.9") {
        // The planted transposition.
        Some('a') => solutions::loaded(bytes, height, width, false),
        // Height and width exchanged, and what comes out left on its side.
        Some('b') if by_columns => solutions::loaded(bytes, width, height, false),
        // Red, green and blue beside each other taken for three pictures.
        Some('c') => {
            let all = bytes.iter().map(|&byte| f32::from(byte) / 255.0).collect();
            Tensor::from_vec(all, &[3, height, width])
        }
        // Bytes as they are, up to 255.
        Some('d') => solutions::loaded(bytes, height, width, by_columns) * 255.0,
        _ => solutions::loaded(bytes, height, width, by_columns),
    }
}

/// 5.10, or a wrong variant.
pub fn moved(x: &Tensor, down: isize, right: isize) -> Tensor {
    let [_, _, h, w] = x.dims();
    match wrong_variant("5.10") {
        // What leaves on one side comes back on the other.
        Some('a') => {
            let from = |n: usize, by: isize| -> Vec<usize> {
                let all = n as isize;
                (0..all)
                    .map(|i| (i - by).rem_euclid(all) as usize)
                    .collect()
            };
            x.select(2, &from(h, down)).select(3, &from(w, right))
        }
        // Pixels as one long row: what leaves at the right comes in one row below.
        Some('b') => {
            let [n, c, _, _] = x.dims();
            let long = x.reshape(&[n, c, 1, h * w]);
            let by = down * w as isize + right;
            solutions::moved(&long, 0, by).reshape(x.shape())
        }
        // Up for down and left for right.
        Some('c') => solutions::moved(x, -down, -right),
        _ => solutions::moved(x, down, right),
    }
}

/// 5.11, step 1, or a wrong variant.
pub fn map_weights(slopes: &Tensor) -> Tensor {
    match wrong_variant("5.11") {
        // The sum over the places.
        Some('a') => slopes.sum_axis(3, Keep::No).sum_axis(2, Keep::No),
        // Only what speaks for the class.
        Some('b') => solutions::map_weights(&slopes.relu()),
        _ => solutions::map_weights(slopes),
    }
}

/// 5.11, step 2, or a wrong variant.
pub fn heat(maps: &Tensor, weights: &Tensor) -> Tensor {
    let weighted = |weights: &Tensor| {
        let [b, a] = weights.dims();
        maps * weights.reshape(&[b, a, 1, 1])
    };
    match wrong_variant("5.11") {
        // What is negative is kept.
        Some('c') => weighted(weights).sum_axis(1, Keep::No),
        // What is negative is dropped before the sum.
        Some('d') => weighted(weights).relu().sum_axis(1, Keep::No),
        _ => solutions::heat(maps, weights),
    }
}

/// 5.12, or a wrong variant.
pub fn attack_step(
    now: &Tensor,
    original: &Tensor,
    slope: &Tensor,
    step: f32,
    epsilon: f32,
) -> Tensor {
    match wrong_variant("5.12") {
        // Down the slope, as in training.
        Some('a') => solutions::attack_step(now, original, &-slope, step, epsilon),
        // The slope itself in place of its sign.
        Some('b') => {
            let up = now + step * slope;
            let boxed = up.maximum(original - epsilon).minimum(original + epsilon);
            boxed.clamp(0.0, 1.0)
        }
        // Back into the box around where it is, not around the original.
        Some('c') => solutions::attack_step(now, now, slope, step, epsilon),
        // Out of the range of pixels.
        Some('d') => {
            let up = now + step * slope.sign();
            up.maximum(original - epsilon).minimum(original + epsilon)
        }
        _ => solutions::attack_step(now, original, slope, step, epsilon),
    }
}
