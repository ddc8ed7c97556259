//! Layers of logistic units and the steps they took in 1986 (page *The same from both
//! ends*).
//!
//! Dimension key: N cases, D inputs, H units of a layer.

use tensor::{Gradients, Rng, Tensor, no_grad};

/// Logistic units side by side: σ(x W + b).
#[derive(Clone, Debug)]
pub struct Layer {
    /// The weights W, `[D, H]`.
    pub weights: Tensor,
    /// The biases b, `[H]`.
    pub bias: Tensor,
}

impl Layer {
    /// A layer whose weights and biases are uniform between `-width` and `width`.
    pub fn new(inputs: usize, units: usize, width: f32, rng: &mut Rng) -> Layer {
        let mut draw = |shape: &[usize]| {
            let drawn = rng.uniform_tensor(shape, -width, width);
            drawn.require_grad()
        };
        Layer {
            weights: draw(&[inputs, units]), // [D, H]
            bias: draw(&[units]),            // [H]
        }
    }

    /// What the units say of a batch: `[N, D] -> [N, H]`.
    pub fn forward(&self, x: &Tensor) -> Tensor {
        (x.matmul(&self.weights) + &self.bias).sigmoid()
    }
}

/// The sizes of a step.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The learning rate η; the paper writes ε.
    pub lr: f32,
    /// α, the part of the last change that is made again.
    pub momentum: f32,
    /// The part of itself that each weight loses after each change.
    pub decay: f32,
}

// ANCHOR: momentum
/// The last change of each weight and bias of a net, `v`.
#[derive(Clone, Debug, Default)]
pub struct Momentum {
    changes: Vec<Tensor>,
}

impl Momentum {
    /// One change of all layers: v ← α v − η ∂E/∂w, then w ← (1 − decay)(w + v).
    ///
    /// Source: Rumelhart, Hinton and Williams, "Learning representations by
    /// back-propagating errors", Nature 323 (1986), equation 9.
    ///
    /// # Panics
    /// If the error does not depend on one of the layers.
    pub fn step(&mut self, layers: &mut [&mut Layer], gradients: &Gradients, by: Step) {
        let parameters = layers.iter_mut();
        let parameters = parameters.flat_map(|l| [&mut l.weights, &mut l.bias]);
        let mut changes = Vec::new();
        no_grad(|| {
            for (i, w) in parameters.enumerate() {
                let mut change = -by.lr * &gradients[&*w];
                if let Some(last) = self.changes.get(i) {
                    change = change + by.momentum * last;
                }
                *w = ((&*w + &change) * (1.0 - by.decay)).require_grad();
                changes.push(change);
            }
        });
        self.changes = changes;
    }
}
// ANCHOR_END: momentum
