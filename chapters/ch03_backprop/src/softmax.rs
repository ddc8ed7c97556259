//! Softmax and cross-entropy, forward and backward, in two steps and in one (page
//! *Softmax and its Jacobian*).
//!
//! Dimension key: B examples in a batch, K classes. Targets t are one-hot, `[B, K]`;
//! losses are means over the batch.

use tensor::{Keep, Tensor};

/// The softmax of each row, p, `[B, K] -> [B, K]`: e^z / Σ e^z, the row's largest logit
/// taken out first. It is also what its backward pass has to keep.
pub fn softmax(logits: &Tensor) -> Tensor {
    let shifted = logits - logits.max_axis(1, Keep::Yes); // [B, K] - [B, 1]
    let exponentials = shifted.exp();
    &exponentials / exponentials.sum_axis(1, Keep::Yes)
}

// ANCHOR: jacobian
/// The Jacobian of softmax at the probabilities `p` of one row, `[K] -> [K, K]`:
/// diag(p) − p pᵀ. Row i, column j: the slope of probability i by logit j.
pub fn jacobian(p: &Tensor) -> Tensor {
    let k = p.len();
    let outer = p.reshape(&[k, 1]) * p.reshape(&[1, k]); // [K, 1] x [1, K] -> [K, K]
    Tensor::eye(k) * p - outer
}
// ANCHOR_END: jacobian

// ANCHOR: backward
/// The way back through softmax, `[B, K] -> [B, K]`: p ⊙ (g − Σ g p), row by row. The
/// Jacobian's product with `g`, without the Jacobian.
pub fn softmax_backward(p: &Tensor, g: &Tensor) -> Tensor {
    let mean = (g * p).sum_axis(1, Keep::Yes); // [B, 1], the mean of g by p's weights
    p * (g - mean)
}

/// The mean of −ln of the true class's probability.
pub fn cross_entropy(p: &Tensor, targets: &Tensor) -> Tensor {
    let true_class = (p * targets).sum_axis(1, Keep::No); // [B, K] -> [B]
    -true_class.ln().mean()
}

/// Its gradient by the probabilities: −t / p, over B.
pub fn cross_entropy_backward(p: &Tensor, targets: &Tensor) -> Tensor {
    let b = p.shape()[0] as f32;
    // Not −t / p: where p is 0 and t is 0, that would be NaN.
    Tensor::where_(targets, -1.0 / p, 0.0) / b
}
// ANCHOR_END: backward

// ANCHOR: fused
/// Cross-entropy from logits: the mean of ln Σ e^z − z of the true class.
pub fn cross_entropy_from_logits(logits: &Tensor, targets: &Tensor) -> Tensor {
    let shifted = logits - logits.max_axis(1, Keep::Yes); // [B, K]
    let log_sums = shifted.exp().sum_axis(1, Keep::No).ln(); // [B]
    (log_sums - (shifted * targets).sum_axis(1, Keep::No)).mean()
}

/// Its gradient by the logits: (p − t) / B. No division, and nothing of size K².
pub fn fused_backward(p: &Tensor, targets: &Tensor) -> Tensor {
    (p - targets) / p.shape()[0] as f32
}
// ANCHOR_END: fused
