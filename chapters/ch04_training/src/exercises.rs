//! The exercises of lesson 4. Each function says what it should do and holds a `todo!`
//! where your code goes. Test them, all or one by one:
//!
//! ```text
//! cargo test -p ch04_training --test exercises
//! cargo test -p ch04_training --test exercises ex4_03
//! cargo run -- exercises hint 4.3
//! ```
//!
//! Dimension key: N examples, B batch, D inputs, K classes.

#![allow(unused_variables, clippy::todo)]

use tensor::Tensor;

use crate::norms::Running;

/// 4.6 (medium): first weights brought to the right scale by measuring, layer by layer.
///
/// - `x`: a batch, `[B, D]`.
/// - `weights`: the first weights of the layers, inputs first, `[in, out]` each, of any
///   scale; there are no biases.
/// - `activation`: what bends the sums of each layer on their way to the next.
///
/// Returns the same weights, each tensor divided by one number of its own: so that the
/// sums z = a W of **every** layer have the standard deviation 1 over all B · out numbers
/// (mean taken away first, divided by the count). Here a is the batch for the first
/// layer; after that, it is the activation of the sums of the layer before, **with its
/// new weights**.
///
/// No layer's sums are all equal. Example: x = \[\[1\], \[−1\]\] and a single W = \[\[4\]\]:
/// the sums are 4 and −4, their deviation is 4, and the result is \[\[1\]\].
///
/// Read: *Where to begin*.
pub fn unit_deviation(
    x: &Tensor,
    weights: &[Tensor],
    activation: fn(&Tensor) -> Tensor,
) -> Vec<Tensor> {
    todo!(
        "ex4.6: one layer, measured, mended, passed on; read \"Where to begin\"; \
         hint: cargo run -- exercises hint 4.6"
    )
}

/// 4.7 (medium): batch normalisation on the way forward, while training and in use.
///
/// - `x`: a batch, `[B, C]`; B is at least 2 while training.
/// - `running`: mean and variance of each channel, `[C]`, as averaged so far.
/// - `training`: whether this pass is for training.
///
/// Returns (x − mean) / √(variance + 1e-5), `[B, C]`, without scale and shift.
///
/// - While training, mean and variance are those of the batch, by channel; the variance
///   is divided by B. Then both enter the running averages: the new average is 0.9 times
///   the old one plus 0.1 times what was measured. The variance that enters there is the
///   unbiased one, divided by B − 1.
/// - In use, mean and variance are the running ones, and these stay as they are.
///
/// Example: x = \[\[1\], \[3\]\], running mean 0 and variance 1. While training the result is
/// \[\[−1\], \[1\]\] (nearly), and the running mean becomes 0.2, the variance
/// 0.9 + 0.1 · 2 = 1.1.
///
/// Read: *Normalised on the way*.
pub fn batch_norm(x: &Tensor, running: &mut Running, training: bool) -> Tensor {
    todo!(
        "ex4.7: two ways to a mean and a variance, one formula; \
         read \"Normalised on the way\"; hint: cargo run -- exercises hint 4.7"
/// 4.10 (easy): precision, recall and F1 of one class, from a table of counts.
///
/// - `counts`: K × K, row by row; the true class t was answered as a
///   `counts[classes * t + a]` times.
/// - `classes`: K, at least 1; `class`: the one asked about, below K. All others together
///   are "not this class".
///
/// Returns \[precision, recall, F1\]. A share of nothing is 0: precision where the class
/// was never the answer, recall where it was never true, F1 where neither.
///
/// Example: in the table ((5, 1), (3, 2)) class 1 has the precision 2/3, the recall 2/5
/// and F1 1/2.
///
/// Read: *How good is good?*
pub fn precision_recall_f1(counts: &[usize], classes: usize, class: usize) -> [f64; 3] {
    todo!(
        "ex4.10: what stands in the class's row, and what in its column? \
         read \"How good is good?\"; \
         hint: cargo run -- exercises hint 4.10"
    )
}

/// 4.11 (medium): the area under the ROC curve, which is the share of the pairs of a
/// positive and a negative in which the positive has the higher score. A pair of equal
/// scores counts one half.
///
/// - `scores`: none is NaN; `positive`: as many; in no particular order.
///
/// `None` if there is no positive, or no negative. Going through all pairs is fast
/// enough here.
///
/// Example: the scores 0.9, 0.5, 0.5, 0.1, of which the first two are positive, have
/// the area 3.5/4.
///
/// Read: *How good is good?*
pub fn roc_area(scores: &[f32], positive: &[bool]) -> Option<f64> {
    todo!(
        "ex4.11: which pairs are in the right order? \
         read \"How good is good?\"; \
         hint: cargo run -- exercises hint 4.11"
use crate::walk::Walk;

/// 4.13, step 1 (medium): a checkpoint of a [`Walk`]: all that decides how it goes on, as
/// whole numbers, exact to the last bit.
///
/// The order of the numbers is yours, since your step 2 reads them; their count may depend
/// on D. `f32::to_bits` gives the bits of a number. [`tensor::Rng::state`] says where a
/// generator stands, by three numbers.
///
/// Read: *Clothes*.
pub fn keep(walk: &Walk) -> Vec<u64> {
    todo!(
        "ex4.13 step 1: what does the next step read? read \"Clothes\"; \
         hint: cargo run -- exercises hint 4.13"
    )
}

/// 4.13, step 2 (medium): the walk that step 1 made these numbers from. All its further
/// steps must be those of the walk that was kept, bit for bit.
///
/// `f32::from_bits` is the way back of `f32::to_bits`, [`tensor::Rng::from_state`] that of
/// `state`.
///
/// Read: *Clothes*.
pub fn go_on(numbers: &[u64]) -> Walk {
    todo!(
        "ex4.13 step 2: the way back of step 1; read \"Clothes\"; \
         hint: cargo run -- exercises hint 4.13"
    )
}
