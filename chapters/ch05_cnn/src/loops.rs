//! Convolution by plain loops, forward and backward (page *From loops to a matrix
//! product*).
//!
//! Dimension key: N examples, C channels in, O channels out, H, W rows and columns,
//! KH, KW of the kernel, H', W' places.

#![expect(
    clippy::needless_range_loop,
    reason = "seven indices beside each other are what these loops are to show"
)]

use tensor::Tensor;
use tensor::pictures::Conv;

use crate::sizes::{Sizes, cropped, padded};

// ANCHOR: forward
/// `[N, C, H, W]` with the kernels `[O, C, KH, KW]` and biases `[O]` -> `[N, O, H', W']`.
///
/// # Panics
/// If the kernel fits nowhere, or there are several groups.
pub fn forward(x: &Tensor, weight: &Tensor, bias: &Tensor, how: Conv) -> Tensor {
    let [o_all, c_all, kh, kw] = weight.dims();
    let s = Sizes::new(x, [kh, kw], how);
    let (x, weight, bias) = (
        padded(x, how.padding).to_vec(),
        weight.to_vec(),
        bias.to_vec(),
    );
    let [rows, columns] = s.places;
    let mut y = Vec::with_capacity(s.rows() * o_all);
    for n in 0..s.n {
        for o in 0..o_all {
            for i in 0..rows {
                for j in 0..columns {
                    let mut sum = bias[o];
                    for c in 0..c_all {
                        for ki in 0..kh {
                            for kj in 0..kw {
                                let w = weight[((o * c_all + c) * kh + ki) * kw + kj];
                                sum += w * x[s.under([n, c], [i, j], [ki, kj])];
                            }
                        }
                    }
                    y.push(sum);
                }
            }
        }
    }
    Tensor::from_vec(y, &[s.n, o_all, rows, columns]) // [N, O, H', W']
}
// ANCHOR_END: forward

/// The gradients of a loss by what went into a convolution.
pub struct Gradients {
    /// By the pictures, `[N, C, H, W]`.
    pub x: Tensor,
    /// By the kernels, `[O, C, KH, KW]`.
    pub weight: Tensor,
    /// By the biases, `[O]`.
    pub bias: Tensor,
}

// ANCHOR: backward
/// From the gradient by what came out, `[N, O, H', W']`: each product of the forward loops
/// hands it on to both its factors.
///
/// # Panics
/// If the kernel fits nowhere, or there are several groups.
pub fn backward(x: &Tensor, weight: &Tensor, how: Conv, g: &Tensor) -> Gradients {
    let [o_all, c_all, kh, kw] = weight.dims();
    let s = Sizes::new(x, [kh, kw], how);
    let x = padded(x, how.padding); // [N, C, H + 2P, W + 2Q]
    let (shape, x) = (x.shape().to_vec(), x.to_vec());
    let (w, mut by_y) = (weight.to_vec(), g.to_vec().into_iter());
    let mut by_x = vec![0.0; x.len()];
    let (mut by_w, mut by_b) = (vec![0.0; w.len()], vec![0.0; o_all]);
    for n in 0..s.n {
        for o in 0..o_all {
            for i in 0..s.places[0] {
                for j in 0..s.places[1] {
                    let g = by_y.next().expect("as many numbers as came out");
                    by_b[o] += g;
                    for c in 0..c_all {
                        for ki in 0..kh {
                            for kj in 0..kw {
                                let at_w = ((o * c_all + c) * kh + ki) * kw + kj;
                                let at_x = s.under([n, c], [i, j], [ki, kj]);
                                by_w[at_w] += g * x[at_x];
                                by_x[at_x] += g * w[at_w];
                            }
                        }
                    }
                }
            }
        }
    }
    Gradients {
        x: cropped(&Tensor::from_vec(by_x, &shape), how.padding),
        weight: Tensor::from_vec(by_w, weight.shape()),
        bias: Tensor::from_vec(by_b, &[o_all]),
    }
}
// ANCHOR_END: backward

// ANCHOR: along_rows
/// The same sums in another order, for stride 1: one weight at a time, along whole rows of
/// the picture, which lie in memory number after number.
///
/// # Panics
/// If the kernel fits nowhere, or the window does not move by 1.
pub fn along_rows(x: &Tensor, weight: &Tensor, bias: &Tensor, how: Conv) -> Tensor {
    let [o_all, c_all, kh, kw] = weight.dims();
    assert_eq!(
        (how.stride, how.dilation),
        ([1, 1], [1, 1]),
        "stride, dilation"
    );
    let s = Sizes::new(x, [kh, kw], how);
    let (x, weight, bias) = (
        padded(x, how.padding).to_vec(),
        weight.to_vec(),
        bias.to_vec(),
    );
    let [rows, columns] = s.places;
    let mut y = vec![0.0; s.rows() * o_all];
    for (plane, y) in y.chunks_mut(rows * columns).enumerate() {
        let (n, o) = (plane / o_all, plane % o_all);
        y.fill(bias[o]);
        for c in 0..c_all {
            for ki in 0..kh {
                for kj in 0..kw {
                    let w = weight[((o * c_all + c) * kh + ki) * kw + kj];
                    for (i, y) in y.chunks_mut(columns).enumerate() {
                        let start = s.under([n, c], [i, 0], [ki, kj]);
                        let row = &x[start..start + columns];
                        for (y, x) in y.iter_mut().zip(row) {
                            *y += w * x;
                        }
                    }
                }
            }
        }
    }
    Tensor::from_vec(y, &[s.n, o_all, rows, columns]) // [N, O, H', W']
}
// ANCHOR_END: along_rows
