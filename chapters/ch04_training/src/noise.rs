//! Labels that are wrong on purpose, and a remedy.
//!
//! Dimension key: N examples, B batch, K classes.

use nn::classify::logits;
use nn::data::Labelled;
use nn::loss::smoothed_cross_entropy;
use nn::metrics::accuracy;
use nn::train::Task;
use nn::{Net, Pass};
use tensor::{Rng, Tensor};

// ANCHOR: flip
/// The same classes, of which a `share` is wrong: so many rows, picked at random, get one of
/// the other K − 1 classes, each equally likely.
///
/// # Panics
/// If the share is not in 0..=1, or there is no second class.
#[track_caller]
pub fn flip(classes: &[usize], count: usize, share: f32, rng: &mut Rng) -> Vec<usize> {
    assert!(
        (0.0..=1.0).contains(&share) && count > 1,
        "flip: expected a share in 0..=1 and two classes, got {share} and {count}"
    );
    let wrong = (share * classes.len() as f32).round() as usize;
    let mut noisy = classes.to_vec();
    for &row in &rng.permutation(classes.len())[..wrong] {
        noisy[row] = (classes[row] + 1 + rng.below(count - 1)) % count;
    }
    noisy
}
// ANCHOR_END: flip

/// Classification with smoothed targets.
#[derive(Clone, Copy, Debug)]
pub struct Smoothed<'a> {
    /// What the net learns from.
    pub training: &'a Labelled,
    /// What it is measured on.
    pub validation: &'a Labelled,
    /// ε, 0 for plain cross-entropy.
    pub epsilon: f32,
}

impl<M: Net> Task<M> for Smoothed<'_> {
    fn len(&self) -> usize {
        self.training.len()
    }

    fn loss(&self, net: &M, rows: &[usize], pass: &mut Pass) -> Tensor {
        let batch = self.training.pick(rows);
        let logits = net.forward(&batch.x, pass); // [B, K]
        smoothed_cross_entropy(&logits, &batch.classes, self.epsilon)
    }

    fn score(&self, net: &M) -> f64 {
        let logits = logits(net, &self.validation.x);
        accuracy(&logits, &self.validation.classes).into()
    }
}
