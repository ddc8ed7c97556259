//! Where the numbers of a convolution lie: sizes and places, for the loops of this lesson.
//!
//! Dimension key: N examples, C channels in, O channels out, H, W rows and columns with
//! the padding, KH, KW of the kernel, H', W' places.

use tensor::Tensor;
use tensor::pictures::Conv;
use tensor::pictures::window::places;

/// The sizes of a convolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Examples, N.
    pub n: usize,
    /// Channels in, C.
    pub c: usize,
    /// Rows and columns with the padding, H and W.
    pub padded: [usize; 2],
    /// Rows and columns of the kernel, KH and KW.
    pub kernel: [usize; 2],
    /// Places down and across, H' and W'.
    pub places: [usize; 2],
    /// How the window moves.
    pub how: Conv,
}

impl Sizes {
    /// For pictures `[N, C, H, W]` and a kernel.
    ///
    /// # Panics
    /// If the kernel fits nowhere, or there are several groups, which these loops leave out.
    #[track_caller]
    pub fn new(x: &Tensor, kernel: [usize; 2], how: Conv) -> Sizes {
        let [n, c, h, w] = x.dims();
        assert_eq!(how.groups, 1, "sizes: groups");
        let along = |axis: usize, length: usize| {
            let (stride, padding) = (how.stride[axis], how.padding[axis]);
            places(length, kernel[axis], stride, padding, how.dilation[axis])
        };
        let (Some(rows), Some(columns)) = (along(0, h), along(1, w)) else {
            panic!("sizes: {kernel:?} fits nowhere in [{h}, {w}], {how:?}");
        };
        Sizes {
            n,
            c,
            padded: [h + 2 * how.padding[0], w + 2 * how.padding[1]],
            kernel,
            places: [rows, columns],
            how,
        }
    }

    /// All places of all examples, N · H' · W'.
    pub fn rows(&self) -> usize {
        self.n * self.places[0] * self.places[1]
    }

    /// Numbers under the window, C · KH · KW.
    pub fn window(&self) -> usize {
        self.c * self.kernel[0] * self.kernel[1]
    }

    /// Multiply-adds for O channels out.
    pub fn multiply_adds(&self, o: usize) -> usize {
        self.rows() * self.window() * o
    }

    // ANCHOR: under
    /// Where in the padded pictures the number lies that is under place (ki, kj) of the
    /// window when the window stands at (i, j).
    pub fn under(
        &self,
        [n, c]: [usize; 2],
        [i, j]: [usize; 2],
        [ki, kj]: [usize; 2],
    ) -> usize {
        let Conv {
            stride, dilation, ..
        } = self.how;
        let row = i * stride[0] + ki * dilation[0];
        let column = j * stride[1] + kj * dilation[1];
        ((n * self.c + c) * self.padded[0] + row) * self.padded[1] + column
    }
    // ANCHOR_END: under
}

/// Zeros around each picture, `[N, C, H, W] -> [N, C, H + 2P, W + 2Q]`.
pub fn padded(x: &Tensor, [p, q]: [usize; 2]) -> Tensor {
    if p + q == 0 {
        return x.clone();
    }
    let [n, c, h, w] = x.dims();
    let beside = Tensor::zeros(&[n, c, h, q]);
    let rows = Tensor::concat(3, &[beside.clone(), x.clone(), beside]); // [N, C, H, W + 2Q]
    let above = Tensor::zeros(&[n, c, p, w + 2 * q]);
    Tensor::concat(2, &[above.clone(), rows, above])
}

/// The pictures without what [`padded`] added.
pub fn cropped(x: &Tensor, [p, q]: [usize; 2]) -> Tensor {
    let [_, _, h, w] = x.dims();
    x.slice(2, p..h - p).slice(3, q..w - q)
}
