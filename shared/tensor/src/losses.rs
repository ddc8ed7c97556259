//! Losses that are calculated in one piece with the function before them.
//!
//! A loss of probabilities takes a logarithm of what softmax or the logistic function has just
//! exponentiated. Done in two steps, a sure and wrong answer gives ln 0; done in one, the two
//! cancel, and so do their slopes: what is left is prediction minus target.

use crate::Tensor;

/// Losses from logits, the scores before softmax or the logistic function.
impl Tensor {
    /// The mean cross-entropy of logits `[..., K]` against the right classes, one for each
    /// row: `-ln p[class]`, with p the [`softmax`](Tensor::softmax) of the row. Shape `[]`, in
    /// nats.
    ///
    /// The gradient of a logit: `(p - 1 if it is the right class) / rows`.
    ///
    /// ```
    /// use tensor::{Tensor, assert_close};
    ///
    /// let logits = Tensor::zeros(&[2, 10]); // [B, K]: every digit is equally likely
    /// assert_close!(logits.cross_entropy(&[3, 7]), 10_f32.ln(), 1e-6);
    /// ```
    ///
    /// # Panics
    /// If there is not one class for each row, a class is not below K, or there is no row.
    // ANCHOR: cross_entropy
    #[track_caller]
    pub fn cross_entropy(&self, classes: &[usize]) -> Tensor {
        let (rows, k) = check_classes(self, classes);
        let log_p = self.detach().reshape(&[rows, k]).log_softmax(1); // [N, K]
        let loss = -log_p.gather(1, classes).mean(); // []
        let (classes, whole) = (classes.to_vec(), self.shape().to_vec());
        let pullback = move |g: &Tensor| {
            let error = log_p.exp() - Tensor::one_hot(&classes, k); // [N, K]
            (error * (g / rows as f32)).reshape(&whole)
        };
        Tensor::record("cross_entropy", loss, [self.edge(pullback)])
    }
    // ANCHOR_END: cross_entropy

    /// The mean binary cross-entropy of logits z against `targets` t from 0 to 1, of any one
    /// shape: `max(0, z) - t z + ln(1 + e^-|z|)`, which is
    /// `-t ln s(z) - (1 - t) ln(1 - s(z))` with s the logistic function. Shape `[]`, in nats.
    ///
    /// The gradient of a logit: `(s(z) - t) / count`. The targets are constants.
    ///
    /// ```
    /// use tensor::{Tensor, assert_close};
    ///
    /// let loss = Tensor::from([0.0, 200.0]).binary_cross_entropy(&Tensor::from([1.0, 0.0]));
    /// assert_close!(loss, (2_f32.ln() + 200.0) / 2.0, 1e-6);
    /// ```
    ///
    /// # Panics
    /// If the shapes differ, or there are no numbers.
    #[track_caller]
    pub fn binary_cross_entropy(&self, targets: &Tensor) -> Tensor {
        check_targets("binary_cross_entropy", self, targets);
        let (z, t) = (self.detach(), targets.detach());
        let losses = z.relu() - &z * &t + ((-z.abs()).exp() + 1.0).ln();
        let count = self.len() as f32;
        let pullback = move |g: &Tensor| (z.sigmoid() - t) * (g / count);
        Tensor::record("binary_cross_entropy", losses.mean(), [self.edge(pullback)])
    }

    /// The mean of the squared differences to `targets` of the same shape, shape `[]`.
    ///
    /// The gradient of a prediction: `2 (prediction - target) / count`.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let loss = Tensor::from([1.0, 5.0]).mse_loss(&Tensor::from([2.0, 2.0]));
    /// assert_eq!(loss.item(), (1.0 + 9.0) / 2.0);
    /// ```
    ///
    /// # Panics
    /// If the shapes differ, or there are no numbers.
    #[track_caller]
    pub fn mse_loss(&self, targets: &Tensor) -> Tensor {
        check_targets("mse_loss", self, targets);
        (self - targets).square().mean()
    }
}

/// Losses of numbers against numbers take equal shapes: broadcasting `[B]` against `[B, 1]`
/// would compare each prediction with every target, and nobody would notice.
#[track_caller]
fn check_targets(operation: &str, predictions: &Tensor, targets: &Tensor) {
    let (p, t) = (predictions.shape(), targets.shape());
    must!(
        !predictions.is_empty(),
        "{operation}: expected at least one prediction, got none in the shape {p:?}"
    );
    if p == t {
        return;
    }
    let remedy = match predictions.len() == targets.len() {
        true => format!("; the counts agree: try targets.reshape(&{p:?})"),
        false => String::new(),
    };
    panic!("{operation}: expected targets of the predictions' shape {p:?}, got {t:?}{remedy}");
}

/// Rows and classes K of logits, after checking that each row has a class below K.
#[track_caller]
fn check_classes(logits: &Tensor, classes: &[usize]) -> (usize, usize) {
    let shape = logits.shape();
    let Some((&k, rows)) = shape.split_last() else {
        panic!("cross_entropy: expected logits [..., K], got a single number, shape []");
    };
    let rows: usize = rows.iter().product();
    if rows != classes.len() || rows == 0 {
        let remedy = match *shape {
            [_, b] if b == classes.len() => "; the logits may be stored as [K, B]: try logits.t()",
            [b] if b == classes.len() => "; binary_cross_entropy takes a logit an example",
            _ => "",
        };
        panic!(
            "cross_entropy: expected one class for each row of logits {shape:?}, {rows} in all \
             and at least 1, got {}{remedy}",
            classes.len()
        );
    }
    if let Some(row) = classes.iter().position(|&class| class >= k) {
        panic!(
            "cross_entropy: expected classes below K = {k}, the last axis of the logits \
             {shape:?}, got {} in row {row}",
            classes[row]
        );
    }
    (rows, k)
}
