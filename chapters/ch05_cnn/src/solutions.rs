//! The solutions of lesson 5's exercises; what each is asked to do stands in
//! `exercises.rs`.
//!
//! They take the stubs' place with `--features solutions`.

use tensor::pictures::window::places;
use tensor::pictures::{Conv, Pool};
use tensor::{Keep, Tensor};

/// 5.1, step 1: the formula, as long as the window fits.
pub fn sides_behind(side: usize, windows: &[[usize; 3]]) -> Vec<usize> {
    let mut sides = Vec::new();
    let mut now = side;
    for &[kernel, stride, padding] in windows {
        match places(now, kernel, stride, padding, 1) {
            Some(next) => now = next,
            None => break,
        }
        sides.push(now);
    }
    sides
}

/// 5.1, step 2: 2 P = D (K − 1), and the half must be whole.
pub fn padding_that_keeps(kernel: usize, dilation: usize) -> Option<usize> {
    let both = dilation * (kernel - 1);
    both.is_multiple_of(2).then_some(both / 2)
}

/// 5.2: the last weight meets the first pixel.
pub fn convolution(picture: &Tensor, kernel: &Tensor) -> Tensor {
    let ([h, w], [kh, kw]) = (picture.dims(), kernel.dims());
    let (pixels, weights) = (picture.to_vec(), kernel.to_vec());
    let mut sums = Vec::new();
    for i in 0..h - kh + 1 {
        for j in 0..w - kw + 1 {
            let mut sum: f32 = 0.0;
            for place in 0..kh * kw {
                let (ki, kj) = (place / kw, place % kw);
                sum += pixels[(i + ki) * w + j + kj] * weights[kh * kw - 1 - place];
            }
            sums.push(sum);
        }
    }
    Tensor::from_vec(sums, &[h - kh + 1, w - kw + 1])
}

/// 5.3: from minus infinity, over those places of the window that lie in the picture.
pub fn max_pool(x: &Tensor, kernel: usize, stride: usize, padding: usize) -> Tensor {
    let [n, c, h, w] = x.dims();
    let [rows, columns] =
        [h, w].map(|length| (length + 2 * padding - kernel) / stride + 1);
    let mut largest = Vec::with_capacity(n * c * rows * columns);
    for picture in x.to_vec().chunks(h * w) {
        for i in 0..rows {
            for j in 0..columns {
                // What the window covers, without what sticks out.
                let covers = |place: usize, length: usize| {
                    let start = place * stride;
                    start.saturating_sub(padding)
                        ..(start + kernel - padding).min(length)
                };
                let covered = covers(i, h).flat_map(|row| {
                    covers(j, w).map(move |column| picture[row * w + column])
                });
                largest.push(covered.fold(f32::NEG_INFINITY, f32::max));
            }
        }
    }
    Tensor::from_vec(largest, &[n, c, rows, columns])
}

/// 5.4: columns are counted along the width and move by the stride too; channels are the
/// outermost order of a patch.
pub fn patches(x: &Tensor, kernel: usize, stride: usize) -> Tensor {
    let [examples, channels, h, w] = x.dims();
    let rows = (h - kernel) / stride + 1;
    let columns = (w - kernel) / stride + 1;
    let pixels = x.to_vec();
    let mut patches = Vec::new();
    for n in 0..examples {
        for place in 0..rows * columns {
            let (i, j) = (place / columns, place % columns);
            for c in 0..channels {
                for ki in 0..kernel {
                    for kj in 0..kernel {
                        let (row, column) = (i * stride + ki, j * stride + kj);
                        let at = ((n * channels + c) * h + row) * w + column;
                        patches.push(pixels[at]);
                    }
                }
            }
        }
    }
    let window = channels * kernel * kernel;
    Tensor::from_vec(patches, &[examples * rows * columns, window])
}

/// 5.5, step 1: a kernel and a bias for each channel out; the kernel at every place.
pub fn cost_of_conv(
    channels: [usize; 2],
    kernel: usize,
    out: [usize; 2],
) -> [usize; 2] {
    let [c, o] = channels;
    let window = c * kernel * kernel;
    [o * (window + 1), o * window * out[0] * out[1]]
}

/// 5.5, step 2: each window of 3 adds two pixels to what is seen.
pub fn as_threes(kernel: usize) -> (usize, f32) {
    let count = (kernel - 1) / 2;
    (count, (9 * count) as f32 / (kernel * kernel) as f32)
}

/// 5.6: the mean over rows and columns, as one axis.
pub fn mean_of_maps(x: &Tensor) -> Tensor {
    let [n, c, h, w] = x.dims();
    x.reshape(&[n, c, h * w]).mean_axis(2, Keep::No) // [N, C]
}

/// 5.7: the dense layers as kernels of one pixel.
pub fn mlpconv(x: &Tensor, weights: [&Tensor; 3]) -> Tensor {
    let [window, first, second] = weights;
    let [_, _, k, _] = window.dims();
    let x = x
        .conv2d(window, None, Conv::default().padding(k / 2))
        .relu();
    [first, second].into_iter().fold(x, |x, dense| {
        let [outputs, inputs] = dense.dims();
        let kernel = dense.reshape(&[outputs, inputs, 1, 1]);
        x.conv2d(&kernel, None, Conv::default()).relu() // [N, outputs, H, W]
    })
}

/// 5.8: every window with half of itself around the picture; channels are axis 1.
pub fn side_by_side(x: &Tensor, branches: &[(usize, Option<&Tensor>)]) -> Tensor {
    let branch = |&(k, kernels): &(usize, Option<&Tensor>)| match kernels {
        Some(kernels) => x.conv2d(kernels, None, Conv::default().padding(k / 2)),
        None => x.max_pool2d(Pool::new(k).stride(1).padding(k / 2)),
    };
    let maps: Vec<Tensor> = branches.iter().map(branch).collect();
    Tensor::concat(1, &maps)
}

/// 5.9: the same order of pixels comes out, from another place in the file.
pub fn loaded(bytes: &[u8], height: usize, width: usize, by_columns: bool) -> Tensor {
    let mut pixels = Vec::with_capacity(3 * height * width);
    for colour in 0..3 {
        for i in 0..height {
            for j in 0..width {
                let pixel = match by_columns {
                    true => j * height + i,
                    false => i * width + j,
                };
                pixels.push(f32::from(bytes[3 * pixel + colour]) / 255.0);
            }
        }
    }
    Tensor::from_vec(pixels, &[3, height, width])
}

/// 5.10: each new pixel asks where it comes from.
pub fn moved(x: &Tensor, down: isize, right: isize) -> Tensor {
    let [_, _, h, w] = x.dims();
    let mut moved = Vec::with_capacity(x.len());
    for picture in x.to_vec().chunks(h * w) {
        for place in 0..h * w {
            let row = (place / w).checked_add_signed(-down).filter(|&i| i < h);
            let column = (place % w).checked_add_signed(-right).filter(|&j| j < w);
            let from = row.zip(column).map(|(i, j)| picture[i * w + j]);
            moved.push(from.unwrap_or(0.0));
        }
    }
    Tensor::from_vec(moved, x.shape())
}

/// 5.11, step 1: the last two axes are the places.
pub fn map_weights(slopes: &Tensor) -> Tensor {
    slopes.mean_axis(3, Keep::No).mean_axis(2, Keep::No) // [B, A]
}

/// 5.11, step 2: a weight for each map, the same at all places.
pub fn heat(maps: &Tensor, weights: &Tensor) -> Tensor {
    let [b, a] = weights.dims();
    let weights = weights.reshape(&[b, a, 1, 1]);
    (maps * weights).sum_axis(1, Keep::No).relu() // [B, H, W]
}

/// 5.12: up, back into the box, back into the range of pixels.
pub fn attack_step(
    now: &Tensor,
    original: &Tensor,
    slope: &Tensor,
    step: f32,
    epsilon: f32,
) -> Tensor {
    let up = now + step * slope.sign();
    let boxed = up.maximum(original - epsilon).minimum(original + epsilon);
    boxed.clamp(0.0, 1.0)
}
