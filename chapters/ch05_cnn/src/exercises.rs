//! The exercises of lesson 5. Each function says what it should do and holds a `todo!`
//! where your code goes. Test them, all or one by one:
//!
//! ```text
//! cargo test -p ch05_cnn --test exercises
//! cargo test -p ch05_cnn --test exercises ex5_03
//! cargo run -- exercises hint 5.3
//! ```
//!
//! Dimension key: N or B examples, C channels, H, W rows and columns of a picture, KH, KW
//! or K, K of a kernel, H', W' places of the window; O, P and Q channels behind a first,
//! second and third layer; A maps.

#![allow(unused_variables, unused_mut, clippy::todo)]

use tensor::Tensor;

/// 5.1, step 1 (easy): the sides of a square picture on its way through a net.
///
/// - `side`: pixels along a side at first; `windows`: kernel, stride and padding of each
///   layer, in this order; kernel and stride are at least 1.
///
/// Returns the side behind each layer. A layer whose window does not fit is left out, and
/// so are all behind it. `places` of the page would be one line; write the formula.
///
/// Example: 32 through `[5, 1, 0]` and `[2, 2, 0]` gives 28, 14. And 3 through
/// `[2, 2, 0]`, `[2, 2, 0]`, `[3, 1, 1]` gives 1 and nothing more.
///
/// Read: *Stride, padding, dilation, channels*.
pub fn sides_behind(side: usize, windows: &[[usize; 3]]) -> Vec<usize> {
    todo!(
        "ex5.1 step 1: the formula, layer by layer; \
         read \"Stride, padding, dilation, channels\"; \
         hint: cargo run -- exercises hint 5.1"
    )
}

/// 5.1, step 2 (easy): the padding with which a window of stride 1 leaves the side as it
/// was.
///
/// - `kernel`, `dilation`: at least 1.
///
/// `None` where no padding does, because it is the same at both ends.
///
/// Example: a kernel of 3 needs 1, or 2 if its dilation is 2. A kernel of 2 finds none.
///
/// Read: *Stride, padding, dilation, channels*.
pub fn padding_that_keeps(kernel: usize, dilation: usize) -> Option<usize> {
    todo!(
        "ex5.1 step 2: set the formula equal to the side; \
         read \"Stride, padding, dilation, channels\"; \
         hint: cargo run -- exercises hint 5.1"
    )
}

/// 5.2 (easy): convolution as mathematicians mean it: the kernel turned by half a circle
/// slides over the picture. The loops stand; one line is yours.
///
/// - `picture`: `[H, W]`; `kernel`: `[KH, KW]`, not larger than the picture.
///
/// Returns `[H − KH + 1, W − KW + 1]`. Example: the picture ((1, 2, 3)) with the kernel
/// ((10, 1)) gives ((21, 32)): 2·10 + 1·1, then 3·10 + 2·1. Without the turn it would be
/// ((12, 23)).
///
/// Read: *A filter by hand*.
pub fn convolution(picture: &Tensor, kernel: &Tensor) -> Tensor {
    let ([h, w], [kh, kw]) = (picture.dims(), kernel.dims());
    let (pixels, weights) = (picture.to_vec(), kernel.to_vec());
    let mut sums = Vec::new();
    for i in 0..h - kh + 1 {
        for j in 0..w - kw + 1 {
            let mut sum: f32 = 0.0;
            for place in 0..kh * kw {
                let (ki, kj) = (place / kw, place % kw);
                todo!(
                    "ex5.2: sum += one pixel times one weight; \
                     read \"A filter by hand\"; \
                     hint: cargo run -- exercises hint 5.2"
                )
            }
            sums.push(sum);
        }
    }
    Tensor::from_vec(sums, &[h - kh + 1, w - kw + 1])
}

/// 5.3 (medium): max pooling by loops.
///
/// - `x`: `[N, C, H, W]`, any numbers, all of them below zero too.
/// - `kernel`: the window has so many rows and columns; `stride`: it moves by so many;
///   `padding`: places around each picture, at most half the kernel. They are empty, not
///   zero: what is largest is decided among the numbers of the picture.
///
/// Returns `[N, C, H', W']`. The window always fits.
///
/// Example: of a picture one pixel high, −1, −2, −3, −4, kernel 1 and stride 2 keep −1 and
/// −3. No gradient is asked for.
///
/// Read: *Stride, padding, dilation, channels*.
pub fn max_pool(x: &Tensor, kernel: usize, stride: usize, padding: usize) -> Tensor {
    todo!(
        "ex5.3: where does the largest number so far start? \
         read \"Stride, padding, dilation, channels\"; \
         hint: cargo run -- exercises hint 5.3"
    )
}

/// 5.4 (medium): patches as rows, without the planted bugs.
///
/// A colleague wrote this. It passes a test on one 5×5 picture of one channel with stride
/// 1, and is wrong in three ways:
///
/// ```text
/// let [examples, channels, h, w] = x.dims();
/// let rows = (h - kernel) / stride + 1;
/// let columns = (h - kernel) / stride + 1;
/// let pixels = x.to_vec();
/// let mut patches = Vec::new();
/// for n in 0..examples {
///     for i in 0..rows {
///         for j in 0..columns {
///             for ki in 0..kernel {
///                 for kj in 0..kernel {
///                     for c in 0..channels {
///                         let (row, column) = (i * stride + ki, j + kj);
///                         let at = ((n * channels + c) * h + row) * w + column;
///                         patches.push(pixels[at]);
///                     }
///                 }
///             }
///         }
///     }
/// }
/// let window = channels * kernel * kernel;
/// Tensor::from_vec(patches, &[examples * rows * columns, window])
/// ```
///
/// - `x`: `[N, C, H, W]`; `kernel`: a square window of so many rows, which fits; `stride`:
///   at least 1; there is no padding.
///
/// Returns `[N·H'·W', C·K·K]`: places row by row; in a patch one channel after the other,
/// each row by row, which is the order of the weights in `[O, C, K, K]`. No gradient is
/// asked for.
///
/// Read: *From loops to a matrix product*.
pub fn patches(x: &Tensor, kernel: usize, stride: usize) -> Tensor {
    todo!(
        "ex5.4: which axis, which order, which step? \
         read \"From loops to a matrix product\"; \
         hint: cargo run -- exercises hint 5.4"
    )
}

/// 5.5, step 1 (easy): how many numbers a convolution learns, and how many multiply-adds it
/// makes for one picture.
///
/// - `channels`: in and out; `kernel`: the window is square; `out`: rows and columns of
///   what comes out. There is a bias for each channel out; adding it is no multiply-add.
///
/// Returns parameters and multiply-adds.
///
/// Example: 1 channel to 6 with a window of 5 and 28 × 28 places: 156 and 117,600.
///
/// Read: *What it costs*.
pub fn cost_of_conv(
    channels: [usize; 2],
    kernel: usize,
    out: [usize; 2],
) -> [usize; 2] {
    todo!(
        "ex5.5 step 1: what is learnt stands still, what is multiplied slides; \
         read \"What it costs\"; \
         hint: cargo run -- exercises hint 5.5"
    )
}

/// 5.5, step 2 (easy): the same for a window of `kernel` split in two, as in the paper on
/// VGG: how many stacked windows of 3 with stride 1 see as much as one of `kernel`, and what
/// share of its multiply-adds they make. Channels and sizes are the same throughout.
///
/// - `kernel`: odd, at least 3.
///
/// Example: one window of 5 is two of 3, with 18/25 of the multiply-adds.
///
/// Read: *What it costs*, and for the windows *Deeper, smaller windows, one by one, side by
/// side*.
pub fn as_threes(kernel: usize) -> (usize, f32) {
    todo!(
        "ex5.5 step 2: how much does each window of 3 add to what is seen? \
         read \"Deeper, smaller windows, one by one, side by side\"; \
         hint: cargo run -- exercises hint 5.5"
    )
}

/// 5.6 (easy): global average pooling, with its way back.
///
/// - `x`: `[N, C, H, W]`.
///
/// Returns the mean of each map, `[N, C]`, made of operations that know their gradient, so
/// that `backward` reaches `x`. `global_avg_pool2d` is not to be used.
///
/// Example: a map of 1, 2, 3, 6 gives 3, and each of its pixels a gradient of ¼.
///
/// Read: *Deeper, smaller windows, one by one, side by side*.
pub fn mean_of_maps(x: &Tensor) -> Tensor {
    todo!(
        "ex5.6: which two axes go? \
         read \"Deeper, smaller windows, one by one, side by side\"; \
         hint: cargo run -- exercises hint 5.6"
    )
}

/// 5.7 (medium): the block of Network in Network.
///
/// - `x`: `[N, C, H, W]`; `weights`: `[O, C, K, K]` with K odd, then `[P, O]` and `[Q, P]`.
///   The last two are windows of one pixel without their two axes of length 1, channels out
///   first, as in kernels. There are no biases.
///
/// Returns `[N, Q, H, W]`: the first window with the padding that keeps the size, and a
/// ReLU behind each of the three, the last one too.
///
/// Example: with a `[1, 1, 1, 1]` kernel of 2 and dense layers of −1 and 1 all comes out 0;
/// with 1 instead of −1 every positive pixel comes out doubled.
///
/// Read: *Deeper, smaller windows, one by one, side by side*.
pub fn mlpconv(x: &Tensor, weights: [&Tensor; 3]) -> Tensor {
    todo!(
        "ex5.7: a window of one pixel is a kernel of which shape? \
         read \"Deeper, smaller windows, one by one, side by side\"; \
         hint: cargo run -- exercises hint 5.7"
    )
}

/// 5.8 (medium): four looks, put on top of each other.
///
/// A colleague has written the branches of an Inception block and is stuck at the end: each
/// comes out in another size. `branches` names the window of each branch (1, 3, 5, …) and its
/// kernels, `[O, C, K, K]`; a branch without kernels is the pool, the largest of the K × K
/// numbers around each pixel.
///
/// - `x`: `[N, C, H, W]`; every K is odd.
///
/// Returns `[N, all maps, H, W]`, the branches in their order, without a ReLU.
///
/// Example: x of 2 channels, a 1 × 1 branch to 3 maps and a 3 × 3 pool: 5 maps.
///
/// Read: *Deeper, smaller windows, one by one, side by side*.
pub fn side_by_side(x: &Tensor, branches: &[(usize, Option<&Tensor>)]) -> Tensor {
    todo!(
        "ex5.8: same size for all, then one axis grows; \
         read \"Deeper, smaller windows, one by one, side by side\"; \
         hint: cargo run -- exercises hint 5.8"
    )
}

/// 5.9 (medium): a loader without the planted transposition.
///
/// A colleague wrote this. The pictures of the first file come out right; those of the
/// second, which stores one column after the other, come out mirrored and on their side, or
/// torn into stripes where height and width differ:
///
/// ```text
/// let mut pixels = Vec::new();
/// for colour in 0..3 {
///     for i in 0..height {
///         for j in 0..width {
///             let at = 3 * (i * width + j) + colour;
///             pixels.push(f32::from(bytes[at]) / 255.0);
///         }
///     }
/// }
/// Tensor::from_vec(pixels, &[3, height, width])
/// ```
///
/// - `bytes`: one pixel after the other, each as red, green, blue;
/// - `height`, `width`: of the picture as a person sees it;
/// - `by_columns`: whether the pixels of the first *column* come first, from top to bottom,
///   then those of the second, and so on; otherwise those of the first row come first.
///
/// Returns the picture upright, `[3, H, W]`, in 0..1.
///
/// Example: height 1, width 2 has the same bytes either way. Height 2, width 2 by columns:
/// the second pixel of the file is the lower left one.
///
/// Read: *Trained on turned pictures*.
pub fn loaded(bytes: &[u8], height: usize, width: usize, by_columns: bool) -> Tensor {
    todo!(
        "ex5.9: where in the file is row i, column j? \
         read \"Trained on turned pictures\"; \
         hint: cargo run -- exercises hint 5.9"
    )
}

/// 5.10 (medium): pictures moved by whole pixels.
///
/// - `x`: `[N, C, H, W]`; `down`, `right`: by how many pixels, negative for up and left; any
///   number, also far larger than the picture.
///
/// Returns pictures of the same size. What leaves on one side is gone, and what comes in on
/// the other is 0.
///
/// Example: the row 1, 2, 3 moved right by 1 is 0, 1, 2; by −2 it is 3, 0, 0.
///
/// Read: *More digits out of few*.
pub fn moved(x: &Tensor, down: isize, right: isize) -> Tensor {
    todo!(
        "ex5.10: where does each new pixel come from, and is that in the picture? \
         read \"More digits out of few\"; \
         hint: cargo run -- exercises hint 5.10"
    )
}

/// 5.11, step 1 (medium): Grad-CAM's weights.
///
/// - `slopes`: the gradient of one score for each example by the maps, `[B, A, H, W]`.
///
/// Returns a weight for each map of each example, `[B, A]`: the mean over the places.
///
/// Example: the slopes 1, 3 of a map of two numbers have the weight 2.
///
/// Read: *Looking inside*.
pub fn map_weights(slopes: &Tensor) -> Tensor {
    todo!(
        "ex5.11: the mean along which axes? \
         read \"Looking inside\"; \
         hint: cargo run -- exercises hint 5.11"
    )
}

/// 5.11, step 2 (medium): Grad-CAM's map.
///
/// - `maps`: `[B, A, H, W]`; `weights`: `[B, A]`.
///
/// Returns `[B, H, W]`: the weighted sum of each example's maps, without what is negative.
///
/// Example: maps of one number, 3 and 2, with weights 2 and −1: 6 − 2 = 4.
///
/// Read: *Looking inside*.
pub fn heat(maps: &Tensor, weights: &Tensor) -> Tensor {
    todo!(
        "ex5.11: first the sum, then what is negative is dropped; \
         read \"Looking inside\"; \
         hint: cargo run -- exercises hint 5.11"
    )
}

/// 5.12 (medium): one step of an attack.
///
/// - `now`: the picture as attacked so far, `[B, C, H, W]`; `original`: as it was before the
///   attack, in 0..1, of the same shape; `slope`: the gradient of the loss by `now`;
/// - `step`: by how much each pixel moves; `epsilon`: how far it may get from the original.
///
/// Returns the picture after one step that raises the loss: each pixel moved by `step` in the
/// direction of its slope, then put back within `epsilon` of the original and within 0..1. A
/// pixel with slope 0 is not moved, but it may still have to be put back.
///
/// Example: pixel 0.5, original 0.5, slope −7, step 0.3, epsilon 0.2: 0.3.
///
/// Read: *Made to be fooled*.
pub fn attack_step(
    now: &Tensor,
    original: &Tensor,
    slope: &Tensor,
    step: f32,
    epsilon: f32,
) -> Tensor {
    todo!(
        "ex5.12: up the slope, back into the box, back into 0..1; \
         read \"Made to be fooled\"; \
         hint: cargo run -- exercises hint 5.12"
    )
}
