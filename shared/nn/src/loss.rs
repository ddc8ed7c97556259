//! Losses: how wrong a net is, in one number that has a slope.
//!
//! The commonest are the core's own: [`Tensor::cross_entropy`] for classes,
//! [`Tensor::binary_cross_entropy`] for yes or no, [`Tensor::mse_loss`] for numbers. Here are
//! those that treat large errors, rare classes or doubtful labels in another way. Each is a
//! single number of shape `[]`, a mean over its examples.
//!
//! Dimension key: N examples, K classes.

use tensor::{Keep, Tensor};

/// The mean absolute error, or L1 loss: the mean of `|prediction - target|`, in their unit.
/// Each example pulls equally hard, so a few wild targets do not decide, as they do in
/// [`Tensor::mse_loss`].
///
/// ```
/// use nn::loss::mae;
/// use tensor::Tensor;
///
/// let loss = mae(&Tensor::from([1.0, 5.0]), &Tensor::from([2.0, 2.0]));
/// assert_eq!(loss.item(), (1.0 + 3.0) / 2.0);
/// ```
///
/// # Panics
/// If the shapes differ, or there are no numbers.
#[track_caller]
pub fn mae(predictions: &Tensor, targets: &Tensor) -> Tensor {
    differences("mae", predictions, targets).abs().mean()
}

/// Huber's loss of the differences d: the mean of `d²/2` where `|d| <= δ`, and of `δ (|d| -
/// δ/2)` beyond. Near the target it is squared and smooth, far away straight, with the same
/// slope δ for a large error and a huge one. With δ = 1 it is PyTorch's smooth L1 loss.
///
/// ```
/// use nn::loss::huber;
/// use tensor::Tensor;
///
/// let loss = huber(&Tensor::from([0.5, 5.0]), &Tensor::from([0.0, 0.0]), 1.0);
/// assert_eq!(loss.item(), (0.125 + 4.5) / 2.0);
/// ```
///
/// # Panics
/// If the shapes differ, there are no numbers, or δ is not above 0.
///
/// Source: P. J. Huber, "Robust estimation of a location parameter", Annals of Mathematical
/// Statistics 35 (1964).
#[track_caller]
pub fn huber(predictions: &Tensor, targets: &Tensor, delta: f32) -> Tensor {
    assert!(delta > 0.0, "huber: expected a delta above 0, got {delta}");
    let size = differences("huber", predictions, targets).abs();
    let near = size.clamp(0.0, delta); // the part of the error that is squared
    (&near * (&size - &near * 0.5)).mean()
}

/// Cross-entropy in which an example of class k counts `weights[k]` times:
/// `Σ w_y (-ln p_y) / Σ w_y`, with p the softmax of an example's logits and y its class.
///
/// ```
/// use nn::loss::weighted_cross_entropy;
/// use tensor::{Tensor, assert_close};
///
/// // Right and sure of class 0, undecided on class 1, which counts three times.
/// let logits = Tensor::from([[100.0, 0.0], [0.0, 0.0]]);
/// let loss = weighted_cross_entropy(&logits, &[0, 1], &[1.0, 3.0]);
/// assert_close!(loss, 3.0 * 2_f32.ln() / 4.0, 1e-6);
/// ```
///
/// # Shapes
/// Logits `[N, K]`, N classes, K weights.
///
/// # Panics
/// If there is not one class for each row and one weight for each class, a class is not below
/// K, or the weights of the examples do not add up to more than 0.
// ANCHOR: weighted
#[track_caller]
pub fn weighted_cross_entropy(logits: &Tensor, classes: &[usize], weights: &[f32]) -> Tensor {
    let k = check("weighted_cross_entropy", logits, classes);
    assert!(
        weights.len() == k,
        "weighted_cross_entropy: expected a weight for each of K = {k} classes, got {}",
        weights.len()
    );
    let each: Vec<f32> = classes.iter().map(|&class| weights[class]).collect();
    let total: f32 = each.iter().sum();
    assert!(
        total > 0.0 && total.is_finite(),
        "weighted_cross_entropy: expected weights that add up to more than 0, got {total} \
         over these examples"
    );
    let log_p = logits.log_softmax(1).gather(1, classes); // [N, K] -> [N, 1]
    -(log_p * Tensor::from_vec(each, &[classes.len(), 1])).sum() / total
}
// ANCHOR_END: weighted

/// Weights that make every class count alike: `N / (K n_k)` for a class with n_k of the N
/// examples. With equally many of each they are all 1; a class without examples gets 0.
///
/// ```
/// use nn::loss::balanced_weights;
///
/// // Three examples of class 0 and one of class 1: 3 · 2/3 = 1 · 2.
/// assert_eq!(balanced_weights(&[0, 0, 1, 0], 2), [4.0 / 6.0, 2.0]);
/// ```
///
/// # Panics
/// If a class is not below K.
#[track_caller]
pub fn balanced_weights(classes: &[usize], k: usize) -> Vec<f32> {
    let mut counts = vec![0_usize; k];
    for &class in classes {
        assert!(
            class < k,
            "balanced_weights: expected classes below K = {k}, got {class}"
        );
        counts[class] += 1;
    }
    let weight = |&count: &usize| match count {
        0 => 0.0,
        _ => classes.len() as f32 / (k * count) as f32,
    };
    counts.iter().map(weight).collect()
}

/// Cross-entropy with label smoothing ε: the target is no longer 1 for the right class and 0
/// for the others, but ε of it is dealt out evenly: `-(1 - ε) ln p_y - (ε/K) Σ ln p_k`, the
/// mean over the examples. A net can then be too sure: the loss is lowest at finite logits.
///
/// ```
/// use nn::loss::smoothed_cross_entropy;
/// use tensor::{Tensor, assert_close};
///
/// let loss = |margin: f32| {
///     smoothed_cross_entropy(&Tensor::from([[margin, 0.0]]), &[0], 0.1).item()
/// };
/// assert_close!(loss(0.0), 2_f32.ln(), 1e-6);
/// // The target is 0.95 to 0.05, so the best margin is ln 19, just under 3.
/// assert!(loss(3.0) < loss(2.0) && loss(3.0) < loss(10.0));
/// ```
///
/// # Shapes
/// Logits `[N, K]`, N classes.
///
/// # Panics
/// If there is not one class for each row, a class is not below K, or ε is not in 0..=1.
///
/// Source: C. Szegedy et al., "Rethinking the Inception architecture for computer vision",
/// CVPR (2016), section 7.
// ANCHOR: smoothed
#[track_caller]
pub fn smoothed_cross_entropy(logits: &Tensor, classes: &[usize], smoothing: f32) -> Tensor {
    check("smoothed_cross_entropy", logits, classes);
    assert!(
        (0.0..=1.0).contains(&smoothing),
        "smoothed_cross_entropy: expected a smoothing in 0..=1, got {smoothing}"
    );
    let log_p = logits.log_softmax(1); // [N, K]
    let right = log_p.gather(1, classes); // [N, 1]
    let even = log_p.mean_axis(1, Keep::Yes); // [N, 1]
    -(right * (1.0 - smoothing) + even * smoothing).mean()
}
// ANCHOR_END: smoothed

/// Predictions less targets, of one shape: broadcasting would compare each with every other.
#[track_caller]
fn differences(loss: &str, predictions: &Tensor, targets: &Tensor) -> Tensor {
    let (p, t) = (predictions.shape(), targets.shape());
    assert!(
        p == t && !predictions.is_empty(),
        "{loss}: expected predictions and targets of one shape, and at least one number, got \
         {p:?} and {t:?}"
    );
    predictions - targets
}

/// K, after checking that each row of the logits has a class below K.
#[track_caller]
fn check(loss: &str, logits: &Tensor, classes: &[usize]) -> usize {
    let [rows, k] = logits.dims();
    assert!(
        rows == classes.len() && rows > 0,
        "{loss}: expected one class for each row of logits [N={rows}, K={k}] and at least one \
         row, got {} classes",
        classes.len()
    );
    if let Some(row) = classes.iter().position(|&class| class >= k) {
        panic!(
            "{loss}: expected classes below K = {k}, got {} in row {row}",
            classes[row]
        );
    }
    k
}
