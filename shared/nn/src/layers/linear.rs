//! The dense layer.

use tensor::{Rng, Tensor};

use crate::{Init, Module, Visitor};

/// A dense layer: `y = x W + b`.
///
/// # Shapes
/// `x` is `[..., in]`, the weight `[in, out]`, the bias `[out]`, the result `[..., out]`.
#[derive(Clone)]
pub struct Linear {
    /// W, `[in, out]`.
    pub weight: Tensor,
    /// b, `[out]`.
    pub bias: Tensor,
}

impl Linear {
    /// The outputs for a batch: `[..., in] -> [..., out]`.
    ///
    /// # Panics
    /// If the last axis of `x` has not `in` numbers.
    #[track_caller]
    pub fn forward(&self, x: &Tensor) -> Tensor {
        x.matmul(&self.weight) + &self.bias // [B, in] x [in, out] -> [B, out]
    }
}

impl Module for Linear {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parameter("weight", &mut self.weight);
        visitor.parameter("bias", &mut self.bias);
    }
}

impl Linear {
    /// A layer with weights by [`Init::He`] and no bias at first.
    pub fn new(inputs: usize, outputs: usize, rng: &mut Rng) -> Linear {
        Linear::with_init(inputs, outputs, Init::He, rng)
    }

    /// A layer with weights by this rule and no bias at first.
    ///
    /// # Panics
    /// If there are no inputs or no outputs.
    #[track_caller]
    pub fn with_init(inputs: usize, outputs: usize, init: Init, rng: &mut Rng) -> Linear {
        assert!(
            inputs > 0 && outputs > 0,
            "linear: expected at least one input and one output, got {inputs} and {outputs}"
        );
        Linear {
            weight: init.draw(inputs, outputs, rng).require_grad(), // [in, out]
            bias: Tensor::zeros(&[outputs]).require_grad(),         // [out]
        }
    }
}
