//! Softmax and its logarithm, over the last axis, without overflow (page *Scores into
//! probabilities*).
//!
//! Dimension key: K classes, along the last axis; "…" is whatever axes lie before.

use tensor::{Keep, Tensor};

// ANCHOR: naive
/// Softmax as the formula has it, e^zₖ / Σⱼ e^zⱼ. Right for small scores; NaN as soon as
/// one of them is above 88.7. For comparison only.
///
/// # Shapes
/// `[…, K]` -> `[…, K]`
pub fn softmax_naive(logits: &Tensor) -> Tensor {
    let exponentials = logits.exp(); // […, K]
    &exponentials / exponentials.sum_axis(logits.rank() - 1, Keep::Yes)
}
// ANCHOR_END: naive

// ANCHOR: log_sum_exp
/// ln Σⱼ e^zⱼ along the last axis, the largest score taken out first.
///
/// # Shapes
/// `[…, K]` -> `[…, 1]`, ready to be subtracted from the scores
///
/// # Panics
/// If `logits` has no axis, or none of its scores.
#[track_caller]
pub fn log_sum_exp(logits: &Tensor) -> Tensor {
    let axis = logits.rank() - 1;
    let largest = logits.max_axis(axis, Keep::Yes); // […, 1]
    let shifted = logits - &largest; // […, K], 0 at most
    largest + shifted.exp().sum_axis(axis, Keep::Yes).ln() // […, 1]
}
// ANCHOR_END: log_sum_exp

// ANCHOR: log_softmax
/// The logarithms of the probabilities: zₖ − ln Σⱼ e^zⱼ, in nats.
///
/// # Shapes
/// `[…, K]` -> `[…, K]`
///
/// # Panics
/// As [`log_sum_exp`].
#[track_caller]
pub fn log_softmax(logits: &Tensor) -> Tensor {
    logits - log_sum_exp(logits)
}

/// The probabilities: e^zₖ / Σⱼ e^zⱼ, with sum 1 along the last axis.
///
/// # Shapes
/// `[…, K]` -> `[…, K]`
///
/// # Panics
/// As [`log_sum_exp`].
#[track_caller]
pub fn softmax(logits: &Tensor) -> Tensor {
    log_softmax(logits).exp()
}
// ANCHOR_END: log_softmax
