//! The sizes of a convolution.

use crate::pictures::Conv;

/// The sizes of a convolution from pictures `[N, G * C, H, W]` with weights `[G * O, C, KH, KW]`
/// to `[N, G * O, H', W']`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Geometry {
    /// N.
    pub(crate) examples: usize,
    /// C, the input channels of a group.
    pub(crate) inputs: usize,
    /// O, the output channels of a group.
    pub(crate) outputs: usize,
    /// H and W.
    pub(crate) picture: [usize; 2],
    /// KH and KW.
    pub(crate) kernel: [usize; 2],
    /// H' and W'.
    pub(crate) result: [usize; 2],
    /// Stride, padding, dilation, and G.
    pub(crate) how: Conv,
}

impl Geometry {
    /// Numbers in a channel of a picture.
    pub(crate) fn pixels(&self) -> usize {
        self.picture[0] * self.picture[1]
    }

    /// Places of the window: numbers in a channel of the result.
    pub(crate) fn places(&self) -> usize {
        self.result[0] * self.result[1]
    }

    /// Numbers under the window in one channel.
    pub(crate) fn taps(&self) -> usize {
        self.kernel[0] * self.kernel[1]
    }
}
