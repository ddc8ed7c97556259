//! Pictures changed so that a net errs and you do not (page *Made to be fooled*).
//!
//! Dimension key: B batch, C channels, H, W rows and columns; pixels are in 0..1.
//!
//! Sources: I. Goodfellow, J. Shlens, C. Szegedy, "Explaining and harnessing adversarial
//! examples", ICLR (2015), section 4; A. Madry and others, "Towards deep learning models
//! resistant to adversarial attacks", ICLR (2018), section 2.1.

use nn::data::Labelled;
use nn::{Net, Pass};
use tensor::{Rng, Tensor};

use crate::practice::frozen;

// ANCHOR: slope
/// How the loss changes with each pixel, `[B, C, H, W]`: the gradient by the input.
pub fn slope(net: &impl Net, x: &Tensor, classes: &[usize]) -> Tensor {
    let x = x.require_grad();
    let logits = net.forward(&x, &mut Pass::Use); // [B, K]
    let mut gradients = logits.cross_entropy(classes).backward();
    gradients.take(&x).expect("the loss depends on its input")
}
// ANCHOR_END: slope

// ANCHOR: fgsm
/// The fast gradient sign method: each pixel by `epsilon` in the direction that raises the
/// loss. x + ε sign(∂L/∂x), cut to 0..1.
pub fn fgsm(net: &impl Net, x: &Tensor, classes: &[usize], epsilon: f32) -> Tensor {
    let up = slope(&frozen(net), x, classes).sign(); // [B, C, H, W]: −1, 0 or 1
    (x + epsilon * up).clamp(0.0, 1.0)
}
// ANCHOR_END: fgsm

/// How far an attack may go, and in how many steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attack {
    /// The most by which a pixel may change.
    pub epsilon: f32,
    /// Steps up the slope.
    pub steps: usize,
}

// ANCHOR: pgd
impl Attack {
    /// Projected gradient descent, up the loss: small steps by the sign of the slope, each
    /// followed by the way back into the box of `epsilon` around the picture and into 0..1.
    /// It starts at a random place of the box.
    pub fn pgd(
        self,
        net: &impl Net,
        x: &Tensor,
        classes: &[usize],
        rng: &mut Rng,
    ) -> Tensor {
        let Attack { epsilon, steps } = self;
        let net = frozen(net);
        let [low, high] = [x - epsilon, x + epsilon].map(|end| end.clamp(0.0, 1.0));
        // Together the steps reach farther than from one wall of the box to the other.
        let step = 2.5 * epsilon / steps as f32;
        let mut attacked = noisy(x, epsilon, rng);
        for _ in 0..steps {
            let up = slope(&net, &attacked, classes).sign();
            attacked = (attacked + step * up).maximum(&low).minimum(&high);
        }
        attacked
    }
}
// ANCHOR_END: pgd

/// Each pixel changed at random, by at most `epsilon`, cut to 0..1.
pub fn noisy(x: &Tensor, epsilon: f32, rng: &mut Rng) -> Tensor {
    (x + epsilon * rng.uniform_tensor(x.shape(), -1.0, 1.0)).clamp(0.0, 1.0)
}

/// Each pixel changed by exactly `epsilon`, up or down by the toss of a coin, cut to 0..1: a
/// change as large as FGSM's, without the knowledge.
pub fn tossed(x: &Tensor, epsilon: f32, rng: &mut Rng) -> Tensor {
    let signs = rng.uniform_tensor(x.shape(), -1.0, 1.0).sign();
    (x + epsilon * signs).clamp(0.0, 1.0)
}

// ANCHOR: harden
/// What adversarial training shows a net instead of a batch: the batch, attacked.
pub fn harden(
    net: &impl Net,
    batch: Labelled,
    attack: Attack,
    rng: &mut Rng,
) -> Labelled {
    let x = attack.pgd(net, &batch.x, &batch.classes, rng); // [B, C, H, W]
    Labelled::new(x, batch.classes)
}
// ANCHOR_END: harden
