//! A net of layers on the course's engine (page *From scalars to tensors*).
//!
//! Dimension key: B examples in a batch, D inputs, K classes.

use tensor::{Rng, Tensor, no_grad};

/// What bends between two layers.
pub type Activation = fn(&Tensor) -> Tensor;

// ANCHOR: mlp
/// Dense layers with an activation between them; the last gives logits.
#[derive(Clone)]
pub struct Mlp {
    /// Weights `[in, out]` and bias `[out]` of each layer.
    pub layers: Vec<[Tensor; 2]>,
    /// The activation between the layers.
    pub activation: Activation,
}

impl Mlp {
    /// The logits of a batch: `[B, D] -> [B, K]`.
    pub fn forward(&self, x: &Tensor) -> Tensor {
        let mut a = x.clone(); // [B, D]
        for (l, [weights, bias]) in self.layers.iter().enumerate() {
            if l > 0 {
                a = (self.activation)(&a);
            }
            a = a.matmul(weights) + bias; // [B, in] x [in, out] -> [B, out]
        }
        a // [B, K]
    }

    /// One step of gradient descent, of size `lr`.
    pub fn step(&mut self, loss: &Tensor, lr: f32) {
        let gradients = loss.backward();
        for parameter in self.layers.iter_mut().flatten() {
            let stepped = no_grad(|| &*parameter - lr * &gradients[parameter]);
            *parameter = stepped.require_grad();
        }
    }
}
// ANCHOR_END: mlp

impl Mlp {
    /// A net of these `sizes`, inputs first. Weights are normal with variance 2/in (lesson 4
    /// tells why), biases zero.
    ///
    /// # Panics
    /// If there are fewer than two sizes, or one of them is 0.
    pub fn new(sizes: &[usize], activation: Activation, rng: &mut Rng) -> Mlp {
        assert!(
            sizes.len() > 1 && !sizes.contains(&0),
            "sizes: expected at least two, none of them 0, got {sizes:?}"
        );
        let layer = |pair: &[usize]| {
            let deviation = (2.0 / pair[0] as f32).sqrt();
            let weights = rng.normal_tensor(&[pair[0], pair[1]], 0.0, deviation); // [in, out]
            [weights, Tensor::zeros(&[pair[1]])]
                .map(|parameter| parameter.require_grad())
        };
        Mlp {
            layers: sizes.windows(2).map(layer).collect(),
            activation,
        }
    }

    /// How many numbers it has learnt.
    pub fn parameter_count(&self) -> usize {
        self.layers.iter().flatten().map(Tensor::len).sum()
    }
}
