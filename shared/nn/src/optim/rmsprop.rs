//! RMSProp: AdaGrad that forgets.

use tensor::Tensor;

use super::{At, Rule, slots};

// ANCHOR: rmsprop
/// RMSProp: a step is divided by the recent size of the gradient, a running mean that
/// forgets: `s ← α s + (1 - α) g²`, `w ← w - η g / (√s + ε)`.
///
/// Source: T. Tieleman, G. Hinton, "Neural networks for machine learning", lecture 6.5
/// (2012).
#[derive(Clone, Copy, Debug)]
pub struct RmsProp {
    /// α, how much of the mean stays at each step.
    pub alpha: f32,
    /// ε.
    pub epsilon: f32,
}

impl Rule for RmsProp {
    fn memory(&self) -> &'static [&'static str] {
        &["mean_square"]
    }

    fn update(&self, weight: &mut Tensor, gradient: &Tensor, memory: &mut [Tensor], at: At) {
        let RmsProp { alpha, epsilon } = *self;
        weight.update(gradient, slots(memory), move |w, g, [s]| {
            let s = alpha * s + (1.0 - alpha) * g * g;
            (w - at.lr * g / (s.sqrt() + epsilon), [s])
        });
    }
}
// ANCHOR_END: rmsprop

impl Default for RmsProp {
    fn default() -> RmsProp {
        RmsProp {
            alpha: 0.99,
            epsilon: 1e-8,
        }
    }
}
