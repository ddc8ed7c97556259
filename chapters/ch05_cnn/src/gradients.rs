//! The gradients of a convolution are convolutions (page *From loops to a matrix
//! product*).
//!
//! Dimension key: N examples, C channels in, O channels out, H, W rows and columns,
//! K rows and columns of the kernel, H', W' places, P padding; stride 1.

use tensor::Tensor;
use tensor::pictures::Conv;

/// The kernels turned by half a circle: the last row first, the last column first.
/// `[O, C, KH, KW]`, the shape stays.
pub fn turned(weight: &Tensor) -> Tensor {
    let [_, _, kh, kw] = weight.dims();
    let back = |n: usize| (0..n).rev().collect::<Vec<_>>();
    weight.select(2, &back(kh)).select(3, &back(kw))
}

// ANCHOR: gradients
/// The gradient by the pictures, from the gradient by what came out: the turned kernels
/// slide over it. `[N, O, H', W']` with `[O, C, K, K]` -> `[N, C, H, W]`.
pub fn by_pictures(g: &Tensor, weight: &Tensor, padding: usize) -> Tensor {
    let [_, _, k, _] = weight.dims();
    let kernels = turned(weight).permute(&[1, 0, 2, 3]); // [C, O, K, K]
    g.conv2d(&kernels, None, Conv::default().padding(k - 1 - padding))
}

/// The gradient by the kernels: the gradient by what came out slides over the pictures, and
/// examples add up as channels do. `[N, C, H, W]` with `[N, O, H', W']` -> `[O, C, K, K]`.
pub fn by_kernels(x: &Tensor, g: &Tensor, padding: usize) -> Tensor {
    let x = x.permute(&[1, 0, 2, 3]); // [C, N, H, W]
    let g = g.permute(&[1, 0, 2, 3]); // [O, N, H', W']
    let by_kernels = x.conv2d(&g, None, Conv::default().padding(padding)); // [C, O, K, K]
    by_kernels.permute(&[1, 0, 2, 3]) // [O, C, K, K]
}
// ANCHOR_END: gradients
