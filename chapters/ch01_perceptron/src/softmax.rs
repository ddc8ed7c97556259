//! Softmax regression: from scores to probabilities, the loss, and its gradient, by loops and
//! by arrays (page *Ten neurons read digits*).
//!
//! Dimension key: N examples, D inputs, K classes. Losses are in nats.

use tensor::{Keep, Tensor};

/// The probabilities of K classes from their scores (logits): e^zₖ / Σⱼ e^zⱼ, with the
/// largest logit taken out first, so that no exponential overflows.
pub fn softmax(logits: &[f32]) -> Vec<f32> {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exponentials: Vec<f32> = logits.iter().map(|z| (z - largest).exp()).collect();
    let sum: f32 = exponentials.iter().sum();
    exponentials.iter().map(|e| e / sum).collect()
}

// ANCHOR: cross_entropy
/// The surprise −ln ŷₜ at the true class, in nats: ln Σⱼ e^zⱼ − zₜ.
pub fn cross_entropy(logits: &[f32], class: usize) -> f32 {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = logits.iter().map(|z| (z - largest).exp()).sum();
    largest + sum.ln() - logits[class]
}
// ANCHOR_END: cross_entropy

/// The gradient of [`cross_entropy`] by the logits: prediction minus target.
pub fn cross_entropy_gradient(logits: &[f32], class: usize) -> Vec<f32> {
    let mut gradient = softmax(logits);
    gradient[class] -= 1.0;
    gradient
}

/// The gradient of a softmax regression's mean loss.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradient {
    /// By each weight: `[D][K]`.
    pub weights: Vec<Vec<f32>>,
    /// By each bias: `[K]`.
    pub bias: Vec<f32>,
}

// ANCHOR: loops
/// The gradient number by number: for every example and class, prediction minus target,
/// carried back to each weight.
pub fn gradient_by_loops(
    x: &[Vec<f32>],       // [N][D]
    classes: &[usize],    // [N]
    weights: &[Vec<f32>], // [D][K]
    bias: &[f32],         // [K]
) -> Gradient {
    let mut gradient = Gradient {
        weights: vec![vec![0.0; bias.len()]; weights.len()],
        bias: vec![0.0; bias.len()],
    };
    for (x, &class) in x.iter().zip(classes) {
        let probabilities = softmax(&scores(x, weights, bias));
        for (k, probability) in probabilities.iter().enumerate() {
            let target = if k == class { 1.0 } else { 0.0 };
            let error = (probability - target) / classes.len() as f32;
            for (d, x) in x.iter().enumerate() {
                gradient.weights[d][k] += x * error;
            }
            gradient.bias[k] += error;
        }
    }
    gradient
}
// ANCHOR_END: loops

/// One example's scores, zₖ = Σ_d x_d w_dk + bₖ: `[K]`.
pub fn scores(x: &[f32], weights: &[Vec<f32>], bias: &[f32]) -> Vec<f32> {
    let mut scores = bias.to_vec();
    for (x, row) in x.iter().zip(weights) {
        for (z, w) in scores.iter_mut().zip(row) {
            *z += x * w;
        }
    }
    scores
}

// ANCHOR: arrays
/// The same with arrays: `x` is `[N, D]`, `targets` is 1 for the true class and 0 elsewhere.
#[track_caller]
pub fn gradient_by_arrays(
    x: &Tensor,       // [N, D]
    targets: &Tensor, // [N, K]
    weights: &Tensor, // [D, K]
    bias: &Tensor,    // [K]
) -> (Tensor, Tensor) {
    let [n, _] = x.dims();
    let probabilities = softmax_rows(&(x.matmul(weights) + bias)); // [N, K]
    let error = (probabilities - targets) / n as f32; // [N, K]
    (x.t().matmul(&error), error.sum_axis(0, Keep::No)) // [D, K], [K]
}

/// Softmax of every row: `[N, K]` -> `[N, K]`.
#[track_caller]
pub fn softmax_rows(logits: &Tensor) -> Tensor {
    let exponentials = (logits - logits.max_axis(1, Keep::Yes)).exp(); // [N, K]
    &exponentials / exponentials.sum_axis(1, Keep::Yes)
}
// ANCHOR_END: arrays

/// ln Σⱼ e^zⱼ of every row, the largest logit taken out first: `[N, K]` -> `[N, 1]`.
#[track_caller]
pub fn log_sum_exp(logits: &Tensor) -> Tensor {
    let largest = logits.max_axis(1, Keep::Yes); // [N, 1]
    let sum = (logits - &largest).exp().sum_axis(1, Keep::Yes); // [N, 1]
    sum.ln() + largest
}

/// Mean cross-entropy of rows of logits `[N, K]` against one-hot targets `[N, K]`.
#[track_caller]
pub fn cross_entropy_rows(logits: &Tensor, targets: &Tensor) -> f32 {
    let at_target = (logits * targets).sum_axis(1, Keep::Yes); // [N, 1]
    (log_sum_exp(logits) - at_target).mean().item()
}

// ANCHOR: central_difference
/// The slope of `loss` by each of the numbers `x`, measured: move one of them a little
/// (`h`) up and a little down, and see how the loss changes.
pub fn central_difference(loss: impl Fn(&[f32]) -> f32, x: &[f32], h: f32) -> Vec<f32> {
    let moved = |index: usize, by: f32| {
        let mut x = x.to_vec();
        x[index] += by;
        loss(&x)
    };
    let slope = |index| (moved(index, h) - moved(index, -h)) / (2.0 * h);
    (0..x.len()).map(slope).collect()
}
// ANCHOR_END: central_difference

/// How far the gradient by formula is from central differences, over every logit of every
/// row: the largest |a − b| / max(1, max |b|).
pub fn gradient_error(rows: &[Vec<f32>], classes: &[usize], h: f32) -> f32 {
    let (mut worst, mut largest) = (0.0_f32, 1.0_f32);
    for (logits, &class) in rows.iter().zip(classes) {
        let measured = central_difference(|z| cross_entropy(z, class), logits, h);
        let by_formula = cross_entropy_gradient(logits, class);
        for (a, b) in by_formula.iter().zip(&measured) {
            // Not `worst.max(..)`: that would pass over NaN.
            let apart = (a - b).abs();
            if apart.is_nan() || apart > worst {
                worst = apart;
            }
            largest = largest.max(b.abs());
        }
    }
    worst / largest
}
