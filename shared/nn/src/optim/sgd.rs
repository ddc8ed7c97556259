//! Stochastic gradient descent, with momentum and Nesterov's look ahead.

use tensor::Tensor;

use super::{At, Rule, slots};

// ANCHOR: sgd
/// Gradient descent: `w ← w - η d`, where the direction d is
/// - the gradient g, without momentum;
/// - the velocity `v ← μ v + g`, with momentum μ;
/// - `g + μ v`, with the velocity after this step, for Nesterov's variant.
///
/// With `weight_decay` λ, λw is added to each gradient first (L2 regularisation).
///
/// Sources: B. T. Polyak, "Some methods of speeding up the convergence of iteration methods"
/// (1964); I. Sutskever et al., "On the importance of initialization and momentum in deep
/// learning", ICML (2013), equations 3 and 4, for Nesterov's method in this form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sgd {
    /// μ, 0 (none) to below 1; 0.9 is usual.
    pub momentum: f32,
    /// Whether to look ahead.
    pub nesterov: bool,
    /// λ.
    pub weight_decay: f32,
}

impl Rule for Sgd {
    fn memory(&self) -> &'static [&'static str] {
        if self.momentum == 0.0 {
            &[]
        } else {
            &["velocity"]
        }
    }

    fn update(&self, weight: &mut Tensor, gradient: &Tensor, memory: &mut [Tensor], at: At) {
        let Sgd {
            momentum,
            nesterov,
            weight_decay,
        } = *self;
        if momentum == 0.0 {
            weight.update(gradient, [], move |w, g, []| {
                (w - at.lr * (g + weight_decay * w), [])
            });
            return;
        }
        weight.update(gradient, slots(memory), move |w, g, [v]| {
            let g = g + weight_decay * w;
            let v = momentum * v + g;
            let direction = if nesterov { g + momentum * v } else { v };
            (w - at.lr * direction, [v])
        });
    }
}
// ANCHOR_END: sgd

impl Sgd {
    /// Descent with momentum μ.
    pub fn momentum(momentum: f32) -> Sgd {
        Sgd {
            momentum,
            ..Sgd::default()
        }
    }

    /// Nesterov's variant with momentum μ.
    pub fn nesterov(momentum: f32) -> Sgd {
        Sgd {
            nesterov: true,
            ..Sgd::momentum(momentum)
        }
    }
}
