//! Convolutional layers.
//!
//! Dimension key: B batch, C input channels, O output channels.

use tensor::pictures::Conv;
use tensor::{Rng, Tensor};

use crate::{Init, Module, Visitor};

/// Each example in one row: `[B, ...] -> [B, D]`; from pictures to a dense layer.
///
/// # Panics
/// If there is no axis.
#[track_caller]
pub fn flatten(x: &Tensor) -> Tensor {
    let (examples, rest) = x
        .shape()
        .split_first()
        .expect("flatten: a batch has an axis");
    x.reshape(&[*examples, rest.iter().product()]) // [B, D]
}

/// A convolutional layer: see [`Tensor::conv2d`].
///
/// # Shapes
/// Pictures `[B, C, H, W]`, weight `[O, C / groups, K, K]`, bias `[O]`, result
/// `[B, O, H', W']`.
///
/// ```
/// use nn::Module;
/// use nn::layers::Conv2d;
/// use tensor::{Rng, Tensor};
///
/// let layer = Conv2d::new(1, 6, 5, &mut Rng::new(1)).padding(2);
/// assert_eq!(layer.forward(&Tensor::zeros(&[64, 1, 28, 28])).shape(), [64, 6, 28, 28]);
/// assert_eq!(layer.parameter_count(), 6 * 25 + 6);
/// ```
#[derive(Clone)]
pub struct Conv2d {
    /// The kernels, `[O, C / groups, K, K]`.
    pub weight: Tensor,
    /// A number for each output channel, `[O]`; none where a normalisation would take it away.
    pub bias: Option<Tensor>,
    /// How the window moves.
    pub how: Conv,
}

impl Conv2d {
    /// The outputs for a batch: `[B, C, H, W] -> [B, O, H', W']`.
    ///
    /// # Panics
    /// As [`Tensor::conv2d`].
    #[track_caller]
    pub fn forward(&self, x: &Tensor) -> Tensor {
        x.conv2d(&self.weight, self.bias.as_ref(), self.how)
    }
}

impl Module for Conv2d {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parameter("weight", &mut self.weight);
        if let Some(bias) = &mut self.bias {
            visitor.parameter("bias", bias);
        }
    }
}

impl Conv2d {
    /// A layer of square kernels of `size`, stride 1, no padding, with weights by
    /// [`Init::He`] and no bias at first.
    #[track_caller]
    pub fn new(inputs: usize, outputs: usize, size: usize, rng: &mut Rng) -> Conv2d {
        Conv2d::with_init(inputs, outputs, size, Conv::default(), Init::He, rng)
    }

    /// A layer that moves in another way, with weights by this rule.
    ///
    /// # Panics
    /// If a number is 0, or the groups do not divide both numbers of channels.
    #[track_caller]
    pub fn with_init(
        inputs: usize,
        outputs: usize,
        size: usize,
        how: Conv,
        init: Init,
        rng: &mut Rng,
    ) -> Conv2d {
        let groups = how.groups;
        assert!(
            inputs * outputs * size * groups > 0
                && inputs.is_multiple_of(groups)
                && outputs.is_multiple_of(groups),
            "conv: expected channels that {groups} group(s) divide and a kernel of at least 1, \
             got {inputs} to {outputs} channels and {size}"
        );
        let shape = [outputs, inputs / groups, size, size]; // [O, C / groups, K, K]
        let (fan_in, fan_out) = (
            inputs / groups * size * size,
            outputs / groups * size * size,
        );
        Conv2d {
            weight: init.draw_shape(&shape, fan_in, fan_out, rng).require_grad(),
            bias: Some(Tensor::zeros(&[outputs]).require_grad()), // [O]
            how,
        }
    }

    /// With this many zeros around the picture.
    #[must_use]
    pub fn padding(self, padding: usize) -> Conv2d {
        let how = self.how.padding(padding);
        Conv2d { how, ..self }
    }

    /// With this many pixels from one place of the window to the next.
    #[must_use]
    pub fn stride(self, stride: usize) -> Conv2d {
        let how = self.how.stride(stride);
        Conv2d { how, ..self }
    }

    /// Without a bias: for a layer that batch normalisation follows.
    #[must_use]
    pub fn without_bias(self) -> Conv2d {
        Conv2d { bias: None, ..self }
    }
}

/// A transposed convolutional layer, which makes pictures larger: see
/// [`Tensor::conv_transpose2d`].
///
/// # Shapes
/// Pictures `[B, C, H, W]`, weight `[C, O / groups, K, K]`, bias `[O]`, result
/// `[B, O, H', W']`.
///
/// ```
/// use nn::layers::ConvTranspose2d;
/// use tensor::pictures::Conv;
/// use tensor::{Rng, Tensor};
///
/// let how = Conv::default().stride(2).padding(1);
/// let layer = ConvTranspose2d::new(8, 1, 4, how, &mut Rng::new(1));
/// assert_eq!(layer.forward(&Tensor::zeros(&[2, 8, 7, 7])).shape(), [2, 1, 14, 14]);
/// ```
#[derive(Clone)]
pub struct ConvTranspose2d {
    /// The kernels, `[C, O / groups, K, K]`.
    pub weight: Tensor,
    /// A number for each output channel, `[O]`.
    pub bias: Option<Tensor>,
    /// How the window of the convolution moves whose adjoint this is.
    pub how: Conv,
    /// Rows and columns added to the result.
    pub extra: [usize; 2],
}

impl ConvTranspose2d {
    /// The outputs for a batch: `[B, C, H, W] -> [B, O, H', W']`.
    ///
    /// # Panics
    /// As [`Tensor::conv_transpose2d`].
    #[track_caller]
    pub fn forward(&self, x: &Tensor) -> Tensor {
        x.conv_transpose2d(&self.weight, self.bias.as_ref(), self.how, self.extra)
    }

    /// A layer of square kernels of `size`, with weights by [`Init::He`] and no bias at
    /// first.
    ///
    /// # Panics
    /// If a number is 0, or the groups do not divide both numbers of channels.
    #[track_caller]
    pub fn new(
        inputs: usize,
        outputs: usize,
        size: usize,
        how: Conv,
        rng: &mut Rng,
    ) -> ConvTranspose2d {
        let flipped = Conv2d::with_init(outputs, inputs, size, how, Init::Zeros, rng);
        // Each number of the result adds up the kernels that overlap there.
        let overlap = (size * size).div_ceil(how.stride[0] * how.stride[1]);
        let (fan_in, fan_out) = (
            inputs / how.groups * overlap,
            outputs / how.groups * size * size,
        );
        let weight = Init::He.draw_shape(flipped.weight.shape(), fan_in, fan_out, rng);
        ConvTranspose2d {
            weight: weight.require_grad(), // [C, O / groups, K, K]
            bias: Some(Tensor::zeros(&[outputs]).require_grad()), // [O]
            how,
            extra: [0, 0],
        }
    }
}

impl Module for ConvTranspose2d {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parameter("weight", &mut self.weight);
        if let Some(bias) = &mut self.bias {
            visitor.parameter("bias", bias);
        }
    }
}
