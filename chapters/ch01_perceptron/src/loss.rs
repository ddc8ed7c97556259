//! From a rule to a loss (page *From a rule to a loss*).
//!
//! Every loss here is a function of the margin m = y f(x) of an example, and so
//! is its slope dℓ/dm. Dimension key: N examples, D inputs.

use crate::perceptron::{Example, Perceptron};

/// One for a mistake, nothing for a right answer.
pub fn zero_one(margin: f32) -> f32 {
    if margin > 0.0 { 0.0 } else { 1.0 }
}

// ANCHOR: perceptron_loss
/// The perceptron loss max(0, −m).
pub fn perceptron_loss(margin: f32) -> f32 {
    (-margin).max(0.0)
}

/// Its slope: −1 while the answer is wrong, 0 after. The corner counts as wrong.
pub fn perceptron_slope(margin: f32) -> f32 {
    if margin <= 0.0 { -1.0 } else { 0.0 }
}
// ANCHOR_END: perceptron_loss

// ANCHOR: hinge_loss
/// The hinge loss max(0, 1 − m).
pub fn hinge(margin: f32) -> f32 {
    (1.0 - margin).max(0.0)
}

/// Its slope: −1 while the margin is below 1, 0 after.
pub fn hinge_slope(margin: f32) -> f32 {
    if margin < 1.0 { -1.0 } else { 0.0 }
}
// ANCHOR_END: hinge_loss

/// The logistic loss ln(1 + e^−m), the cross-entropy of a sigmoid written with
/// the margin. In nats.
pub fn logistic_loss(margin: f32) -> f32 {
    // ln(1 + e^-m) = max(0, -m) + ln(1 + e^-|m|), which never overflows.
    (-margin).max(0.0) + (-margin.abs()).exp().ln_1p()
}

/// The squared loss ½(1 − m)², the squared error of a score whose target is y.
pub fn squared_loss(margin: f32) -> f32 {
    0.5 * (1.0 - margin).powi(2)
}

/// A loss of the margin, and its slope.
#[derive(Clone, Copy, Debug)]
pub struct MarginLoss {
    /// ℓ(m).
    pub value: fn(f32) -> f32,
    /// dℓ/dm.
    pub slope: fn(f32) -> f32,
}

/// max(0, −m).
pub const PERCEPTRON: MarginLoss = MarginLoss {
    value: perceptron_loss,
    slope: perceptron_slope,
};

/// max(0, 1 − m).
pub const HINGE: MarginLoss = MarginLoss {
    value: hinge,
    slope: hinge_slope,
};

/// The mean loss over the examples.
pub fn mean_loss(unit: &Perceptron, examples: &[Example], loss: MarginLoss) -> f32 {
    let losses = examples
        .iter()
        .map(|e| (loss.value)(e.y * unit.score(&e.x)));
    losses.sum::<f32>() / examples.len() as f32
}

// ANCHOR: descend
/// One step of gradient descent on the mean loss. By the chain rule the slope of
/// an example's loss is dℓ/dm · y·x for the weights and dℓ/dm · y for the bias.
pub fn descend(unit: &mut Perceptron, examples: &[Example], loss: MarginLoss, lr: f32) {
    let mut weights = vec![0.0; unit.weights.len()]; // the gradient, [D]
    let mut bias = 0.0;
    for Example { x, y } in examples {
        let slope = (loss.slope)(y * unit.score(x)) * y / examples.len() as f32;
        for (g, x) in weights.iter_mut().zip(x) {
            *g += slope * x;
        }
        bias += slope;
    }
    for (w, g) in unit.weights.iter_mut().zip(&weights) {
        *w -= lr * g;
    }
    unit.bias -= lr * bias;
}
// ANCHOR_END: descend

/// Descends until the loss is zero, at most `steps` times; returns the unit and
/// the loss before each step.
pub fn train(
    examples: &[Example],
    loss: MarginLoss,
    lr: f32,
    steps: usize,
) -> (Perceptron, Vec<f32>) {
    let mut unit = Perceptron::new(examples[0].x.len());
    let mut losses = Vec::new();
    for step in 0..steps {
        losses.push(mean_loss(&unit, examples, loss));
        // At zero weights the perceptron loss is zero too, and says nothing.
        if step > 0 && losses[step] == 0.0 {
            break;
        }
        descend(&mut unit, examples, loss, lr);
    }
    (unit, losses)
}
