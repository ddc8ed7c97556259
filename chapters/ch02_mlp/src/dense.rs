//! A dense layer: H units that all look at the same inputs, as one matrix product (page
//! *A layer is a matrix*).
//!
//! Dimension key: B batch, D inputs, H units.

use tensor::{Rng, Tensor};

use crate::activation::Activation;

// ANCHOR: dense
/// A layer of units: a = φ(x W + b).
#[derive(Clone, Debug)]
pub struct Dense {
    /// W, a column for each unit: `[D, H]`.
    pub weights: Tensor,
    /// b, a number for each unit: `[H]`.
    pub bias: Tensor,
    /// φ, the same for every unit.
    pub activation: Activation,
}

impl Dense {
    /// A layer that has learnt nothing: random weights, no bias.
    pub fn new(
        inputs: usize,
        outputs: usize,
        activation: Activation,
        rng: &mut Rng,
    ) -> Dense {
        let deviation = (gain(activation) / inputs as f32).sqrt();
        Dense {
            weights: rng.normal_tensor(&[inputs, outputs], 0.0, deviation),
            bias: Tensor::zeros(&[outputs]),
            activation,
        }
    }
    // ANCHOR_END: dense

    // ANCHOR: forward
    /// The scores z = x W + b, before the activation.
    ///
    /// # Shapes
    /// `[B, D]` -> `[B, H]`
    ///
    /// # Panics
    /// If a row of `x` is not D long.
    #[track_caller]
    pub fn scores(&self, x: &Tensor) -> Tensor {
        x.matmul(&self.weights) + &self.bias // [B, D] x [D, H] + [H] -> [B, H]
    }

    /// What the units say: a = φ(z). Shapes and panics as [`Dense::scores`].
    #[track_caller]
    pub fn forward(&self, x: &Tensor) -> Tensor {
        self.activation.apply(&self.scores(x)) // [B, H]
    }
    // ANCHOR_END: forward
}

impl Dense {
    /// The scores of [`Dense::scores`] by loops, unit by unit, to compare with: row-major
    /// numbers `[B · D]` -> `[B · H]`.
    ///
    /// # Panics
    /// If `x` is not made of rows of D numbers.
    pub fn scores_by_loops(&self, x: &[f32]) -> Vec<f32> {
        let [inputs, units] = self.weights.dims();
        assert!(
            x.len().is_multiple_of(inputs),
            "scores_by_loops: expected rows of {inputs} numbers, got {} numbers",
            x.len()
        );
        let (weights, bias) = (self.weights.to_vec(), self.bias.to_vec());
        let mut scores = Vec::with_capacity(x.len() / inputs * units);
        for row in x.chunks(inputs) {
            for (unit, bias) in bias.iter().enumerate() {
                let mut sum = *bias;
                for (d, x) in row.iter().enumerate() {
                    sum += x * weights[d * units + unit];
                }
                scores.push(sum);
            }
        }
        scores
    }
}

/// What the variance of the weights is times D, so that a layer's scores are spread about
/// as wide as what came in: 1 for units that let everything through, 2 for rectifiers,
/// which drop one half. Source: He and others (2015), eq. 10; lesson 4 measures it.
fn gain(activation: Activation) -> f32 {
    match activation {
        Activation::Relu | Activation::LeakyRelu(_) | Activation::Gelu => 2.0,
        Activation::Identity | Activation::Sigmoid | Activation::Tanh => 1.0,
    }
}
