//! A net of dense layers, with what lessons put between them.
//!
//! Dimension key: B batch, D inputs, K outputs.

use tensor::{Rng, Tensor};

use crate::layers::{BatchNorm, Dropout, Linear};
use crate::{Init, Module, Net, Pass, Visitor};

/// What bends between two layers.
pub type Activation = fn(&Tensor) -> Tensor;

// ANCHOR: mlp
/// Dense layers; between two of them batch normalisation where there is one, the activation
/// and dropout. The last layer gives logits.
#[derive(Clone)]
pub struct Mlp {
    /// The dense layers, inputs first.
    pub layers: Vec<Linear>,
    /// Batch normalisation after each layer but the last; none at all if the net has none.
    pub norms: Vec<BatchNorm>,
    /// The activation of the hidden layers.
    pub activation: Activation,
    /// What drops hidden units while training.
    pub dropout: Dropout,
}

impl Net for Mlp {
    /// The logits of a batch: `[B, D] -> [B, K]`.
    ///
    /// # Panics
    /// If `x` has not D columns.
    #[track_caller]
    fn forward(&self, x: &Tensor, pass: &mut Pass) -> Tensor {
        let mut a = self.layers[0].forward(x); // [B, D] -> [B, hidden]
        for (l, layer) in self.layers.iter().enumerate().skip(1) {
            if let Some(norm) = self.norms.get(l - 1) {
                a = norm.forward(&a, pass);
            }
            a = (self.activation)(&a);
            a = self.dropout.forward(&a, pass);
            a = layer.forward(&a); // [B, in] -> [B, out]
        }
        a // [B, K]
    }
}

impl Module for Mlp {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parts("layers", &mut self.layers);
        visitor.parts("norms", &mut self.norms);
    }
}
// ANCHOR_END: mlp

impl Mlp {
    /// A ReLU net of these `sizes`, inputs first, with weights by [`Init::He`].
    ///
    /// ```
    /// use nn::{Mlp, Module, Net, Pass};
    /// use tensor::{Rng, Tensor};
    ///
    /// let net = Mlp::new(&[784, 256, 128, 10], &mut Rng::new(1));
    /// assert_eq!(net.parameter_count(), 784 * 256 + 256 + 256 * 128 + 128 + 128 * 10 + 10);
    /// assert_eq!(net.forward(&Tensor::zeros(&[2, 784]), &mut Pass::Use).shape(), [2, 10]);
    /// ```
    ///
    /// # Panics
    /// If there are fewer than two sizes, or one of them is 0.
    #[track_caller]
    pub fn new(sizes: &[usize], rng: &mut Rng) -> Mlp {
        Mlp::with_init(sizes, Tensor::relu, Init::He, rng)
    }

    /// A net of these `sizes` with another activation and rule for its first weights.
    ///
    /// # Panics
    /// If there are fewer than two sizes, or one of them is 0.
    #[track_caller]
    pub fn with_init(
        sizes: &[usize],
        activation: Activation,
        init: Init,
        rng: &mut Rng,
    ) -> Mlp {
        assert!(
            sizes.len() > 1 && !sizes.contains(&0),
            "sizes: expected at least two, none of them 0, got {sizes:?}"
        );
        let layer = |pair: &[usize]| Linear::with_init(pair[0], pair[1], init, rng);
        let layers = sizes.windows(2).map(layer).collect();
        Mlp {
            layers,
            norms: Vec::new(),
            activation,
            dropout: Dropout { p: 0.0 },
        }
    }

    /// The same net, which drops hidden units with probability `p` while training.
    #[must_use]
    pub fn with_dropout(self, p: f32) -> Mlp {
        Mlp {
            dropout: Dropout { p },
            ..self
        }
    }

    /// The same net with batch normalisation after each layer but the last.
    #[must_use]
    pub fn with_batch_norm(self) -> Mlp {
        let hidden = &self.layers[..self.layers.len() - 1];
        let norms = hidden
            .iter()
            .map(|layer| BatchNorm::new(layer.bias.len()))
            .collect();
        Mlp { norms, ..self }
    }
}
