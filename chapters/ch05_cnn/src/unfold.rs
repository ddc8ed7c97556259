//! Convolution as one matrix product: all patches as rows, all kernels as columns (page
//! *From loops to a matrix product*). Elsewhere [`unfold`] is called im2col, and [`fold`]
//! col2im.
//!
//! Dimension key: N examples, C channels in, O channels out, H, W rows and columns,
//! KH, KW of the kernel, H', W' places.

use tensor::Tensor;
use tensor::pictures::Conv;

use crate::sizes::{Sizes, cropped, padded};

// ANCHOR: each_window
/// Calls `at` with the place of each number under each window, in the order of the patches.
fn each_window(s: &Sizes, mut at: impl FnMut(usize)) {
    let ([rows, columns], [kh, kw]) = (s.places, s.kernel);
    for n in 0..s.n {
        for i in 0..rows {
            for j in 0..columns {
                for c in 0..s.c {
                    for ki in 0..kh {
                        for kj in 0..kw {
                            at(s.under([n, c], [i, j], [ki, kj]));
                        }
                    }
                }
            }
        }
    }
}
// ANCHOR_END: each_window

// ANCHOR: unfold
/// What lies under the window at each place, a row a place:
/// `[N, C, H, W] -> [N·H'·W', C·KH·KW]`.
///
/// # Panics
/// If the kernel fits nowhere, or there are several groups.
pub fn unfold(x: &Tensor, kernel: [usize; 2], how: Conv) -> Tensor {
    let s = Sizes::new(x, kernel, how);
    let numbers = padded(&x.detach(), how.padding).to_vec();
    let mut patches = Vec::with_capacity(s.rows() * s.window());
    each_window(&s, |place| patches.push(numbers[place]));
    let patches = Tensor::from_vec(patches, &[s.rows(), s.window()]);
    let shape = x.dims();
    let edge = x.edge(move |g| fold(g, shape, kernel, how));
    Tensor::record("unfold", patches, [edge])
}
// ANCHOR_END: unfold

// ANCHOR: fold
/// The way back: each number of a patch is added where [`unfold`] found it.
/// `[N·H'·W', C·KH·KW] -> [N, C, H, W]`.
///
/// # Panics
/// If the kernel fits nowhere, or there are several groups.
pub fn fold(
    patches: &Tensor,
    shape: [usize; 4],
    kernel: [usize; 2],
    how: Conv,
) -> Tensor {
    let s = Sizes::new(&Tensor::zeros(&shape), kernel, how);
    let mut numbers = patches.to_vec().into_iter();
    let [h, w] = s.padded;
    let mut sums = vec![0.0; s.n * s.c * h * w];
    each_window(&s, |place| {
        sums[place] += numbers
            .next()
            .expect("a number for each place of each patch");
    });
    let sums = cropped(&Tensor::from_vec(sums, &[s.n, s.c, h, w]), how.padding);
    let edge = patches.edge(move |g| unfold(g, kernel, how));
    Tensor::record("fold", sums, [edge])
}
// ANCHOR_END: fold

// ANCHOR: convolve
/// A dense layer for patches: `[N, C, H, W]` with the kernels `[O, C, KH, KW]` and biases
/// `[O]` -> `[N, O, H', W']`.
///
/// # Panics
/// If the kernel fits nowhere, or there are several groups.
pub fn convolve(x: &Tensor, weight: &Tensor, bias: &Tensor, how: Conv) -> Tensor {
    let [o, c, kh, kw] = weight.dims();
    let s = Sizes::new(x, [kh, kw], how);
    let patches = unfold(x, [kh, kw], how); // [N·H'·W', C·KH·KW]
    let kernels = weight.reshape(&[o, c * kh * kw]).t(); // [C·KH·KW, O]
    let y = patches.matmul(&kernels) + bias; // [N·H'·W', O]
    let [rows, columns] = s.places;
    y.reshape(&[s.n, rows, columns, o]).permute(&[0, 3, 1, 2]) // [N, O, H', W']
}
// ANCHOR_END: convolve
