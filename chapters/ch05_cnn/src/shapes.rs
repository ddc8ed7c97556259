//! What a window that slides does to shapes: counts, fields of view, shifts (page *Stride,
//! padding, dilation, channels*).
//!
//! Dimension key: N examples, C channels in, O channels out, H, W rows and columns,
//! KH, KW of the kernel.

use tensor::Tensor;
use tensor::pictures::window::places;

// ANCHOR: counts
/// Numbers that a convolution learns: a kernel over all channels and a bias for each
/// channel that comes out, O (C · KH · KW + 1).
pub fn conv_parameters([c, o]: [usize; 2], [kh, kw]: [usize; 2]) -> usize {
    o * (c * kh * kw + 1)
}

/// Numbers that a dense layer learns between the same two blocks of pixels, `[C, H, W]`
/// and `[O, H', W']`.
pub fn dense_parameters(before: [usize; 3], after: [usize; 3]) -> usize {
    let [inputs, outputs] = [before, after].map(|shape| shape.iter().product());
    let (inputs, outputs): (usize, usize) = (inputs, outputs);
    outputs * (inputs + 1)
}
// ANCHOR_END: counts

/// A window along one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Numbers under it.
    pub kernel: usize,
    /// Numbers from one place to the next.
    pub stride: usize,
    /// Numbers from one number under it to the next.
    pub dilation: usize,
}

impl Window {
    /// A window of so many numbers that moves by one.
    pub const fn new(kernel: usize) -> Window {
        Window {
            kernel,
            stride: 1,
            dilation: 1,
        }
    }

    /// The same with another stride.
    #[must_use]
    pub const fn stride(self, stride: usize) -> Window {
        Window { stride, ..self }
    }

    /// The same with another dilation.
    #[must_use]
    pub const fn dilation(self, dilation: usize) -> Window {
        Window { dilation, ..self }
    }
}

// ANCHOR: field
/// How many pixels of the picture, along one axis, a number behind each of these windows
/// depends on: its receptive field.
pub fn receptive_fields(windows: &[Window]) -> Vec<usize> {
    let (mut field, mut step) = (1, 1);
    let mut fields = Vec::new();
    for window in windows {
        // Neighbours in what this window sees lie `step` pixels apart in the picture.
        field += (window.kernel - 1) * window.dilation * step;
        step *= window.stride;
        fields.push(field);
    }
    fields
}
// ANCHOR_END: field

/// The sides of a picture before and after each of these windows, without padding, until
/// one no longer fits.
pub fn sides(side: usize, windows: &[Window]) -> Vec<usize> {
    let mut sides = vec![side];
    for window in windows {
        let before = sides[sides.len() - 1];
        match places(before, window.kernel, window.stride, 0, window.dilation) {
            Some(after) => sides.push(after),
            None => break,
        }
    }
    sides
}

// ANCHOR: shifted
/// The pictures moved down and to the right; zeros move in. `[N, C, H, W]`, the shape
/// stays.
///
/// # Panics
/// If they would leave their frame.
#[track_caller]
pub fn shifted(x: &Tensor, [down, right]: [usize; 2]) -> Tensor {
    let [n, c, h, w] = x.dims();
    let kept = x.slice(2, 0..h - down).slice(3, 0..w - right);
    let left = Tensor::zeros(&[n, c, h - down, right]);
    let rows = Tensor::concat(3, &[left, kept]); // [N, C, H − down, W]
    Tensor::concat(2, &[Tensor::zeros(&[n, c, down, w]), rows]) // [N, C, H, W]
}
// ANCHOR_END: shifted
