//! Filters: nine numbers that slide over a picture (page *A filter by hand*).
//!
//! Dimension key: H, W rows and columns of the picture; KH, KW of the kernel; H', W'
//! places where the kernel fits: H' = H − KH + 1, W' = W − KW + 1.

use tensor::Tensor;

// ANCHOR: slide
/// The kernel at each place where it fits: multiply, add up.
/// `[H, W]` with `[KH, KW]` -> `[H', W']`.
///
/// # Panics
/// If the kernel is larger than the picture.
#[track_caller]
pub fn slide(picture: &Tensor, kernel: &Tensor) -> Tensor {
    let ([h, w], [kh, kw]) = (picture.dims(), kernel.dims());
    assert!(
        kh <= h && kw <= w,
        "slide: {kh}×{kw} is larger than {h}×{w}"
    );
    let (pixels, weights) = (picture.to_vec(), kernel.to_vec());
    let mut sums = Vec::new();
    for i in 0..h - kh + 1 {
        for j in 0..w - kw + 1 {
            let mut sum = 0.0;
            for ki in 0..kh {
                for kj in 0..kw {
                    sum += pixels[(i + ki) * w + j + kj] * weights[ki * kw + kj];
                }
            }
            sums.push(sum);
        }
    }
    Tensor::from_vec(sums, &[h - kh + 1, w - kw + 1])
}
// ANCHOR_END: slide

// ANCHOR: filter
/// A kernel of nine numbers, and one that is added to each sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Filter {
    /// The weights, `[3, 3]`.
    pub kernel: [[f32; 3]; 3],
    /// What is added everywhere.
    pub bias: f32,
}

impl Filter {
    /// The filtered picture, `[H, W] -> [H − 2, W − 2]`.
    pub fn apply(&self, picture: &Tensor) -> Tensor {
        slide(picture, &Tensor::from(self.kernel)) + self.bias
    }
}
// ANCHOR_END: filter

// ANCHOR: filters
/// The mean of nine pixels.
pub const BLUR: Filter = Filter {
    kernel: [[1.0 / 9.0; 3]; 3],
    bias: 0.0,
};

/// The pixel, and once more what sets it off from its four neighbours.
pub const SHARPEN: Filter = Filter {
    kernel: [[0.0, -1.0, 0.0], [-1.0, 5.0, -1.0], [0.0, -1.0, 0.0]],
    bias: 0.0,
};

/// 1 minus the pixel.
pub const NEGATIVE: Filter = Filter {
    kernel: [[0.0, 0.0, 0.0], [0.0, -1.0, 0.0], [0.0, 0.0, 0.0]],
    bias: 1.0,
};

/// Right minus left: positive where it gets lighter from left to right.
pub const UPRIGHT_EDGES: Filter = Filter {
    kernel: [[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]],
    bias: 0.0,
};

/// Below minus above: positive where it gets lighter from top to bottom.
pub const LEVEL_EDGES: Filter = Filter {
    kernel: [[-1.0, -2.0, -1.0], [0.0, 0.0, 0.0], [1.0, 2.0, 1.0]],
    bias: 0.0,
};
// ANCHOR_END: filters
