//! Losses: one number for how wrong a batch of answers is (page *What a mistake costs*).
//!
//! All of them are means, so that they do not depend on how large the batch is.
//! Dimension key: N examples, K classes. Cross-entropies are in nats.

use tensor::Tensor;

use crate::softmax::log_softmax;

// ANCHOR: cross_entropy
/// Categorical cross-entropy, the mean surprise −ln ŷₜ at the true classes t, from logits.
///
/// # Shapes
/// logits `[N, K]`, a class in 0..K for each row
///
/// # Panics
/// If there are not as many classes as rows, or one of them is K or above.
#[track_caller]
pub fn cross_entropy(logits: &Tensor, classes: &[usize]) -> f32 {
    one_for_each_row(logits, classes);
    let at_target = log_softmax(logits).gather(1, classes); // [N, K] -> [N, 1]
    -at_target.mean().item()
}
// ANCHOR_END: cross_entropy

// ANCHOR: binary_cross_entropy
/// Binary cross-entropy, mean of −t ln σ(z) − (1 − t) ln(1 − σ(z)), from logits, written so
/// that no exponential overflows: max(0, z) − t z + ln(1 + e^−|z|).
///
/// # Shapes
/// logits and targets of one shape; targets in 0..=1
///
/// # Panics
/// If the shapes differ.
#[track_caller]
pub fn binary_cross_entropy(logits: &Tensor, targets: &Tensor) -> f32 {
    same_shape("binary_cross_entropy", logits, targets);
    let z = logits;
    let losses = z.relu() - z * targets + (1.0 + (-z.abs()).exp()).ln();
    losses.mean().item()
}
// ANCHOR_END: binary_cross_entropy

// ANCHOR: squared_absolute
/// Mean squared error, mean of (ŷ − t)², in the unit of t squared.
///
/// # Panics
/// If the shapes differ.
#[track_caller]
pub fn mse(predictions: &Tensor, targets: &Tensor) -> f32 {
    same_shape("mse", predictions, targets);
    (predictions - targets).square().mean().item()
}

/// Mean absolute error, mean of |ŷ − t|, in the unit of t.
///
/// # Panics
/// If the shapes differ.
#[track_caller]
pub fn mae(predictions: &Tensor, targets: &Tensor) -> f32 {
    same_shape("mae", predictions, targets);
    (predictions - targets).abs().mean().item()
}
// ANCHOR_END: squared_absolute

// ANCHOR: huber
/// Huber's loss: ½ e² for errors e up to `delta`, and a line from there on, δ (|e| − ½ δ).
/// With δ = 1 it is called smooth L1. Source: Huber (1964), eq. 4.
///
/// # Panics
/// If the shapes differ, or `delta` is not above 0.
#[track_caller]
pub fn huber(predictions: &Tensor, targets: &Tensor, delta: f32) -> f32 {
    same_shape("huber", predictions, targets);
    assert!(delta > 0.0, "huber: expected delta > 0, got {delta}");
    let error = (predictions - targets).abs();
    let inside = error.minimum(delta); // the part of the error that is squared
    (&inside * (&error - 0.5 * &inside)).mean().item()
}
// ANCHOR_END: huber

/// Panics unless the shapes agree: broadcasting would compare every answer with every
/// target, and the loss would look like one.
#[track_caller]
fn same_shape(what: &str, a: &Tensor, b: &Tensor) {
    let remedy = match a.len() == b.len() {
        true => format!("; the counts agree: try targets.reshape(&{:?})", a.shape()),
        false => String::new(),
    };
    assert!(
        a.shape() == b.shape(),
        "{what}: expected answers and targets of one shape, got {:?} and {:?}{remedy}",
        a.shape(),
        b.shape()
    );
}

/// Panics unless there is a class for each row of logits `[N, K]`.
#[track_caller]
fn one_for_each_row(logits: &Tensor, classes: &[usize]) {
    let ([n, k], given) = (logits.dims(), classes.len());
    let remedy = match given == k {
        true => "; the logits may be stored as [K, N]: try logits.t()",
        false => "",
    };
    assert!(
        given == n,
        "cross_entropy: expected a class for each of {n} rows, got {given}{remedy}"
    );
}
