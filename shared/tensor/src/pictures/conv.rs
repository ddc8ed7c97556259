//! Convolution and its adjoint.

use crate::kernels::conv::{self, Geometry};
use crate::pictures::checks;
use crate::{Keep, Tensor};

/// How the window of a convolution moves: `[rows, columns]` each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conv {
    /// Numbers from one place of the window to the next, at least 1.
    pub stride: [usize; 2],
    /// Zeros around the picture, on each side.
    pub padding: [usize; 2],
    /// Numbers from one number under the window to the next, at least 1.
    pub dilation: [usize; 2],
    /// Into how many groups the channels fall that do not see each other, at least 1.
    pub groups: usize,
}

impl Default for Conv {
    /// Stride 1, no padding, dilation 1, one group.
    fn default() -> Conv {
        Conv { stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1 }
    }
}

/// The same setting for rows and columns.
impl Conv {
    /// With this stride.
    pub fn stride(self, stride: usize) -> Conv {
        Conv { stride: [stride; 2], ..self }
    }

    /// With this padding.
    pub fn padding(self, padding: usize) -> Conv {
        Conv { padding: [padding; 2], ..self }
    }

    /// With this dilation.
    pub fn dilation(self, dilation: usize) -> Conv {
        Conv { dilation: [dilation; 2], ..self }
    }

    /// With this many groups.
    pub fn groups(self, groups: usize) -> Conv {
        Conv { groups, ..self }
    }
}

// ANCHOR: conv2d
impl Tensor {
    /// The convolution: at each place of the window, for each output channel, the sum of what
    /// the window covers times the weights, plus the bias.
    ///
    /// `y[n, o, i, j] = b[o] + sum over c, u, v of
    /// w[o, c, u, v] x[n, c, i stride + u dilation - padding, j stride + v dilation - padding]`,
    /// where x is 0 outside the picture. (A mathematician calls this a cross-correlation: the
    /// kernel is not flipped.)
    ///
    /// # Shapes
    /// The pictures are `[N, C, H, W]`, `weight` is `[O, C / groups, KH, KW]`, `bias` `[O]`, the
    /// result `[N, O, H', W']` with [`places`](super::window::places) along each axis. With
    /// groups, the first O / groups output channels see the first C / groups channels, and so
    /// on.
    ///
    /// ```
    /// use tensor::{Tensor, pictures::Conv};
    ///
    /// let x = Tensor::arange(9).reshape(&[1, 1, 3, 3]);
    /// let right_minus_left = Tensor::from([-1.0, 1.0]).reshape(&[1, 1, 1, 2]);
    /// let y = x.conv2d(&right_minus_left, None, Conv::default());
    /// assert_eq!(y.shape(), [1, 1, 3, 2]);
    /// assert_eq!(y.to_vec(), [1.0; 6]);
    /// ```
    ///
    /// # Panics
    /// If the ranks or the channels do not fit, if groups do not divide both numbers of channels,
    /// if a stride or dilation is 0, or if the window is larger than the padded picture.
    #[track_caller]
    pub fn conv2d(&self, weight: &Tensor, bias: Option<&Tensor>, how: Conv) -> Tensor {
        let geometry = checks::conv2d(self.shape(), weight.shape(), how);
        checks::bias("conv2d", bias, weight.shape()[0]);
        let (x, w, b) = (self.detach(), weight.detach(), bias.map(Tensor::detach));
        let value = forward(&x, &w, b.as_ref(), &geometry); // [N, O, H', W']
        let edges = [
            self.edge(move |g| adjoint(g, &w, None, &geometry)), // [N, C, H, W]
            weight.edge(move |g| weights(&x, g, &geometry)),     // [O, C / groups, KH, KW]
            bias.and_then(|bias| bias.edge(sum_of_channels)),    // [O]
        ];
        Tensor::record("conv2d", value, edges)
    }
}
// ANCHOR_END: conv2d

impl Tensor {
    /// The transposed convolution: every number of the picture puts the kernel, times itself,
    /// down on the result, a stride further for each pixel; where kernels overlap, they add up.
    /// It is the adjoint of the convolution with the same weight: what that does to gradients.
    ///
    /// # Shapes
    /// The pictures are `[N, C, H, W]`, `weight` is `[C, O / groups, KH, KW]`, `bias` `[O]`, the
    /// result `[N, O, H', W']` with
    /// `H' = (H - 1) stride - 2 padding + dilation (KH - 1) + 1 + extra`. The `extra` rows and
    /// columns choose among the sizes that a convolution with this stride makes equal.
    ///
    /// ```
    /// use tensor::{Tensor, pictures::Conv};
    ///
    /// let x = Tensor::from([1.0, 10.0]).reshape(&[1, 1, 1, 2]);
    /// let kernel = Tensor::from([1.0, 2.0, 3.0]).reshape(&[1, 1, 1, 3]);
    /// let y = x.conv_transpose2d(&kernel, None, Conv::default().stride(2), [0, 0]);
    /// assert_eq!(y.to_vec(), [1.0, 2.0, 3.0 + 10.0, 20.0, 30.0]);
    /// ```
    ///
    /// # Panics
    /// If the ranks or the channels do not fit, if groups do not divide both numbers of channels,
    /// if a stride or dilation is 0, if nothing is left, or unless `extra` is below the stride or
    /// the dilation.
    #[track_caller]
    pub fn conv_transpose2d(
        &self,
        weight: &Tensor,
        bias: Option<&Tensor>,
        how: Conv,
        extra: [usize; 2],
    ) -> Tensor {
        let geometry = checks::conv_transpose2d(self.shape(), weight.shape(), how, extra);
        checks::bias("conv_transpose2d", bias, weight.shape()[1] * how.groups);
        let (x, w, b) = (self.detach(), weight.detach(), bias.map(Tensor::detach));
        let value = adjoint(&x, &w, b.as_ref(), &geometry); // [N, O, H', W']
        let edges = [
            self.edge(move |g| forward(g, &w, None, &geometry)), // [N, C, H, W]
            weight.edge(move |g| weights(g, &x, &geometry)),     // [C, O / groups, KH, KW]
            bias.and_then(|bias| bias.edge(sum_of_channels)),    // [O]
        ];
        Tensor::record("conv_transpose2d", value, edges)
    }
}

/// The kernel's walk forward, on tensors.
fn forward(x: &Tensor, w: &Tensor, bias: Option<&Tensor>, g: &Geometry) -> Tensor {
    let bias = bias.map(Tensor::row_major);
    let y = conv::forward(&x.row_major(), &w.row_major(), bias.as_deref(), g);
    Tensor::from_vec(y, &[g.examples, g.outputs * g.how.groups, g.result[0], g.result[1]])
}

/// The kernel's walk back, on tensors.
fn adjoint(y: &Tensor, w: &Tensor, bias: Option<&Tensor>, g: &Geometry) -> Tensor {
    let bias = bias.map(Tensor::row_major);
    let x = conv::adjoint(&y.row_major(), &w.row_major(), bias.as_deref(), g);
    Tensor::from_vec(x, &[g.examples, g.inputs * g.how.groups, g.picture[0], g.picture[1]])
}

/// The kernel's walk over the weights, on tensors.
fn weights(x: &Tensor, y: &Tensor, g: &Geometry) -> Tensor {
    let w = conv::weights(&x.row_major(), &y.row_major(), g);
    Tensor::from_vec(w, &[g.outputs * g.how.groups, g.inputs, g.kernel[0], g.kernel[1]])
}

/// What is added everywhere in a channel gets the sum of its gradients: `[N, O, H, W] -> [O]`.
fn sum_of_channels(g: &Tensor) -> Tensor {
    let [n, o, h, w] = g.dims();
    let each = g.reshape(&[n, o, h * w]).sum_axis(2, Keep::No); // [N, O]
    each.sum_axis(0, Keep::No) // [O]
}
