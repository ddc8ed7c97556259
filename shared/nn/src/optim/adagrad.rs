//! AdaGrad: smaller steps where gradients were large.

use tensor::Tensor;

use super::{At, Rule, slots};

// ANCHOR: adagrad
/// AdaGrad: each weight has a step size of its own, which shrinks with all the squared
/// gradients it has seen: `s ← s + g²`, `w ← w - η g / (√s + ε)`.
///
/// Source: J. Duchi, E. Hazan, Y. Singer, "Adaptive subgradient methods for online learning
/// and stochastic optimization", Journal of Machine Learning Research 12 (2011), section 1.
#[derive(Clone, Copy, Debug)]
pub struct AdaGrad {
    /// ε.
    pub epsilon: f32,
}

impl Rule for AdaGrad {
    fn memory(&self) -> &'static [&'static str] {
        &["sum"]
    }

    fn update(&self, weight: &mut Tensor, gradient: &Tensor, memory: &mut [Tensor], at: At) {
        let epsilon = self.epsilon;
        weight.update(gradient, slots(memory), move |w, g, [s]| {
            let s = s + g * g;
            (w - at.lr * g / (s.sqrt() + epsilon), [s])
        });
    }
}
// ANCHOR_END: adagrad

impl Default for AdaGrad {
    fn default() -> AdaGrad {
        AdaGrad { epsilon: 1e-10 }
    }
}
