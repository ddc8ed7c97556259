//! Adam and AdamW: momentum and a step size for each weight, both corrected for their start.

use tensor::Tensor;

use super::{At, Rule, slots};

// ANCHOR: adam
/// Adam: the running mean of the gradient, divided by the root of the running mean of its
/// square.
///
/// `m ← β₁ m + (1 - β₁) g`, `v ← β₂ v + (1 - β₂) g²`. Both start at 0 and are too small at
/// first; a mean of t numbers that began at 0 has only `1 - βᵗ` of its weight on numbers that
/// were seen. Dividing by that is the bias correction: `m̂ = m / (1 - β₁ᵗ)`,
/// `v̂ = v / (1 - β₂ᵗ)`, `w ← w - η m̂ / (√v̂ + ε)`.
///
/// Source: D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR (2015),
/// algorithm 1.
#[derive(Clone, Copy, Debug)]
pub struct Adam {
    /// β₁, how much of the mean stays at each step.
    pub beta1: f32,
    /// β₂, the same for the mean square.
    pub beta2: f32,
    /// ε.
    pub epsilon: f32,
    /// λ: λw is added to each gradient first (L2 regularisation).
    pub weight_decay: f32,
}

impl Rule for Adam {
    fn memory(&self) -> &'static [&'static str] {
        &["m", "v"]
    }

    fn update(&self, weight: &mut Tensor, gradient: &Tensor, memory: &mut [Tensor], at: At) {
        let Adam {
            beta1,
            beta2,
            epsilon,
            weight_decay,
        } = *self;
        let [correct1, correct2] = [beta1, beta2].map(|beta| 1.0 / seen(beta, at.step));
        let root2 = correct2.sqrt(); // √v̂ = √v √(1/(1 - β₂ᵗ))
        weight.update(gradient, slots(memory), move |w, g, [m, v]| {
            let g = g + weight_decay * w;
            let m = beta1 * m + (1.0 - beta1) * g;
            let v = beta2 * v + (1.0 - beta2) * g * g;
            let step = m * correct1 / (v.sqrt() * root2 + epsilon);
            (w - at.lr * step, [m, v])
        });
    }
}
// ANCHOR_END: adam

// ANCHOR: adamw
/// Adam with decoupled weight decay: `w ← w - η λ w` before Adam's step, so that the decay is
/// not divided by the size of the gradient.
///
/// Source: I. Loshchilov, F. Hutter, "Decoupled weight decay regularization", ICLR (2019),
/// algorithm 2.
#[derive(Clone, Copy, Debug)]
pub struct AdamW {
    /// Adam's own settings; its `weight_decay` is λ, taken from the weight and not from the
    /// gradient.
    pub adam: Adam,
    /// Whether biases and gains, which have one axis, keep out of the decay.
    pub only_matrices: bool,
}

impl Rule for AdamW {
    fn memory(&self) -> &'static [&'static str] {
        self.adam.memory()
    }

    fn update(&self, weight: &mut Tensor, gradient: &Tensor, memory: &mut [Tensor], at: At) {
        if !self.only_matrices || weight.rank() > 1 {
            let kept = 1.0 - at.lr * self.adam.weight_decay;
            weight.update(gradient, [], move |w, _, []| (w * kept, []));
        }
        let adam = Adam {
            weight_decay: 0.0,
            ..self.adam
        };
        adam.update(weight, gradient, memory, at);
    }
}
// ANCHOR_END: adamw

/// The weight of numbers that were seen in a running mean after `steps` steps: `1 - βᵗ`, in
/// `f64`, since βᵗ is close to 1 at first.
fn seen(beta: f32, steps: u64) -> f32 {
    (1.0 - f64::from(beta).powf(steps as f64)) as f32
}

impl Default for Adam {
    fn default() -> Adam {
        Adam {
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-8,
            weight_decay: 0.0,
        }
    }
}

impl Adam {
    /// Adam with L2 regularisation λ.
    pub fn with_decay(weight_decay: f32) -> Adam {
        Adam {
            weight_decay,
            ..Adam::default()
        }
    }
}

impl Default for AdamW {
    fn default() -> AdamW {
        AdamW {
            adam: Adam::with_decay(0.01),
            only_matrices: false,
        }
    }
}

impl AdamW {
    /// AdamW with decay λ of all parameters, as PyTorch has it.
    pub fn with_decay(weight_decay: f32) -> AdamW {
        AdamW {
            adam: Adam::with_decay(weight_decay),
            only_matrices: false,
        }
    }
}
