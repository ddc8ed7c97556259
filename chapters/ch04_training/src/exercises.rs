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

#![allow(unused_variables, unused_imports, clippy::todo)]

use tensor::{Keep, Rng, RngState, Tensor};

use crate::norms::Running;
use crate::walk::Walk;

/// 4.1 (easy): the batches of one epoch.
///
/// - `examples`: how many there are; their row numbers are 0 to `examples` − 1.
/// - `batch`: how many make a batch, at least 1.
/// - `rng`: `rng.permutation(n)` gives the numbers 0 to n − 1 in random order.
///
/// Returns lists of row numbers. Every list has exactly `batch` of them; no row comes
/// twice; as many batches as can be filled are, and the rows that are left over after
/// that are left out. Which rows share a batch, and which are left out, is random and
/// differs from one call to the next with the same `rng`.
///
/// Example: 7 examples in batches of 3 may give [[4, 0, 6], [1, 5, 2]]; this time row 3
/// is left out.
///
/// Read: *A sample of the gradient*.
pub fn epoch_batches(examples: usize, batch: usize, rng: &mut Rng) -> Vec<Vec<usize>> {
    todo!(
        "ex4.1: shuffle the rows, then cut; read \"A sample of the gradient\"; \
         hint: cargo run -- exercises hint 4.1"
    )
}

/// 4.2 (easy): one step with momentum, or with Nesterov's look ahead, in place.
///
/// - `weights`, `velocity`, `gradient`: lists of the same length, a number a parameter.
/// - `lr`: the learning rate η; `momentum`: μ, from 0 to below 1.
/// - `nesterov`: which of the two it is.
///
/// First every velocity becomes v ← μ v + g. Then every weight moves against a
/// direction d, w ← w − η d. With momentum d = v; for Nesterov d = g + μ v, with the
/// velocity that was just computed.
///
/// Example: w = 1, v = 2, g = 4, η = 0.1, μ = 0.5 gives v = 5 and, with momentum,
/// w = 0.5; for Nesterov d = 6.5 and w = 0.35.
///
/// Read: *Out of the ravine*.
pub fn momentum_step(
    weights: &mut [f32],
    velocity: &mut [f32],
    gradient: &[f32],
    lr: f32,
    momentum: f32,
    nesterov: bool,
) {
    todo!(
        "ex4.2: the velocity first, then the weight; read \"Out of the ravine\"; \
         hint: cargo run -- exercises hint 4.2"
    )
}

/// 4.3 (medium): Adam with bias correction, for a single weight.
///
/// - `weight`: where it begins; `gradients`: its gradient g at each step, first step
///   first.
/// - `lr`: the learning rate η.
/// - `betas`: β₁ and β₂, both from 0 to below 1; `epsilon`: ε, above 0.
///
/// Returns the weight after each step, as many numbers as there are gradients. Both
/// running means begin at 0. In step t, counted from 1:
///
/// - m ← β₁ m + (1 − β₁) g and v ← β₂ v + (1 − β₂) g²;
/// - m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ);
/// - w ← w − η m̂ / (√v̂ + ε). ε is added outside the root.
///
/// Example: from 1 with the gradients 5 and 5, η = 0.1, β₁ = 0.9, β₂ = 0.999 and a tiny
/// ε: 0.9, then 0.8. Under an even gradient every step is η long.
///
/// Read: *A step size for each weight*.
pub fn adam_steps(
    weight: f64,
    gradients: &[f64],
    lr: f64,
    betas: (f64, f64),
    epsilon: f64,
) -> Vec<f64> {
    todo!(
        "ex4.3: m and v live outside the loop; read \"A step size for each weight\"; \
         hint: cargo run -- exercises hint 4.3"
    )
}

/// 4.4 (easy): the learning rate of a step, by a warm-up and then a cosine.
///
/// - `t`: how many steps were made before this one, from 0.
/// - `warm`: steps of warm-up; `steps`: steps in all, more than `warm`.
/// - `peak`: the highest rate; `end`: the rate after all steps.
///
/// While t < `warm` the rate rises on a straight line, `peak`·(t + 1)/`warm`: step 0
/// already moves, and the last step of the warm-up has the rate `peak`. From t = `warm`
/// on it falls along half a cosine wave: `peak` at t = `warm`, halfway between `peak`
/// and `end` in the middle of the way, `end` at t = `steps`, and `end` ever after. With
/// `warm` = 0 there is no warm-up.
///
/// Example: `warm` = 2, `steps` = 6, `peak` = 1, `end` = 0 gives ½, 1, 1, 0.854, ½,
/// 0.146, 0, 0, …
///
/// Read: *How far to step*.
pub fn warm_up_then_cosine(
    t: usize,
    warm: usize,
    steps: usize,
    peak: f64,
    end: f64,
) -> f64 {
    todo!(
        "ex4.4: two cases, and a clamp at the end; read \"How far to step\"; \
         hint: cargo run -- exercises hint 4.4"
    )
}

/// 4.5 (medium): first weights brought to the right scale by measuring, layer by layer.
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
        "ex4.5: one layer, measured, mended, passed on; read \"Where to begin\"; \
         hint: cargo run -- exercises hint 4.5"
    )
}

/// 4.6 (medium): batch normalisation on the way forward, while training and in use.
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
        "ex4.6: two ways to a mean and a variance, one formula; \
         read \"Normalised on the way\"; hint: cargo run -- exercises hint 4.6"
    )
}

/// 4.7, step 1 (medium): the gradient of a penalty, in the words of scikit-learn.
///
/// Its elastic net has a strength α and a ratio ρ: α (ρ Σ|w| + ½ (1 − ρ) Σ w²).
///
/// - `weight`: w, any shape; `alpha`: α ≥ 0; `ratio`: ρ, 0 (L2 alone) to 1 (L1 alone).
///
/// Returns the slope by each weight, in the shape of `weight`. At w = 0 there is no
/// slope of |w|; take 0 there. [`Tensor::sign`] does, `f32::signum` does not.
///
/// Example: α = 2 and ρ = ½ at the weights (3, 0, −1) give (1 + 3, 0, −1 − 1) =
/// (4, 0, −2).
///
/// Read: *Overfitting, cured step by step*.
pub fn elastic_net_gradient(weight: &Tensor, alpha: f32, ratio: f32) -> Tensor {
    todo!(
        "ex4.7 step 1: two terms; read \"Overfitting, cured step by step\"; \
         hint: cargo run -- exercises hint 4.7"
    )
}

/// 4.7, step 2 (medium): a step of descent after which weights **are** 0.
///
/// First a step by the loss alone: v = w − η g. Then the price of L1, which pulls each v
/// towards 0 by η λ, and no further than to 0: what would cross zero stays there.
///
/// - `weight`: w, any shape; `gradient`: g, of the loss without the penalty, in its
///   shape; `lr`: η > 0; `l1`: λ ≥ 0.
///
/// Example: η = ½ and λ = 1 pull by ½. The weights (2, 0.4, −1) with the gradients
/// (0, 0, −4) become v = (2, 0.4, 1), and then (1.5, 0, 0.5).
///
/// Read: *Overfitting, cured step by step*.
pub fn lasso_step(weight: &Tensor, gradient: &Tensor, lr: f32, l1: f32) -> Tensor {
    todo!(
        "ex4.7 step 2: sign and size of v, apart; \
         read \"Overfitting, cured step by step\"; \
         hint: cargo run -- exercises hint 4.7"
    )
}

/// 4.8 (easy): when early stopping stops, and which epoch it goes back to.
///
/// - `scores`: how good the net would be after each epoch, if it trained through to the
///   end of the list; higher is better; at least one.
/// - `patience`: after how many epochs in a row without a score **above** the best so
///   far the training stops; at least 1.
///
/// Returns the epoch after which the training stops and the epoch of its best score,
/// both counted from 1. Of equal scores the first is the best. Epochs after the stop
/// never happened. If patience lasts to the end of the list, that is where it stops.
///
/// Example: scores 0.70, 0.80, 0.79, 0.80, 0.90 and a patience of 2 stop after epoch 4:
/// neither 3 nor 4 was above the 0.80 of epoch 2. So the answer is (4, 2), and nobody
/// will know of the 0.90.
///
/// Read: *Overfitting, cured step by step*.
pub fn early_stop(scores: &[f64], patience: usize) -> (usize, usize) {
    todo!(
        "ex4.8: the best so far, and how long ago it was; \
         read \"Overfitting, cured step by step\"; \
         hint: cargo run -- exercises hint 4.8"
    )
}

/// 4.9, step 1 (medium): which candidates survive a round of successive halving.
///
/// - `scores`: the validation score of each candidate, higher is better. The score of
///   one that diverged is NaN.
/// - `keep`: how many go on, at most as many as there are.
///
/// Returns the places of the `keep` best in `scores`, in rising order. Of equal scores
/// the earlier place is better. NaN is worse than any number: such a candidate goes on
/// only if the numbers do not fill the places, the earliest first.
///
/// Example: the scores 0.7, NaN, 0.9, 0.8 with `keep` = 2 give 2 and 3.
///
/// Read: *Turning the knobs*.
pub fn survivors(scores: &[f64], keep: usize) -> Vec<usize> {
    todo!(
        "ex4.9 step 1: sort places, not scores; read \"Turning the knobs\"; \
         hint: cargo run -- exercises hint 4.9"
    )
}

/// 4.9, step 2 (medium): the epochs that successive halving trains in all.
///
/// - `candidates`: how many begin, at least 1; `rounds`: how many rounds, at least 1.
///
/// In the first round every candidate trains for 1 epoch. After each round but the last
/// half of them go on, rounded down, but at least one; in the next round these train
/// until they have had twice as many epochs in all. They go on where they stopped:
/// epochs that they had are not trained again.
///
/// Example: 5 candidates and 3 rounds. Five train for 1 epoch; two go on to 2 epochs,
/// one more each; one goes on to 4, two more: 5 + 2 + 2 = 9.
///
/// Read: *Turning the knobs*.
pub fn halving_cost(candidates: usize, rounds: u32) -> usize {
    todo!(
        "ex4.9 step 2: count what each round adds; read \"Turning the knobs\"; \
         hint: cargo run -- exercises hint 4.9"
    )
}

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
    )
}

/// 4.12 (medium): the first principal component, without a covariance matrix.
///
/// - `x`: rows as they come, `[N, D]`, whose columns need not have mean 0.
/// - `start`: D numbers, the direction to begin with.
/// - `rounds`: how often to go round, at least 1.
///
/// Let X be the rows less their mean. In each round put Xᵀ(X v) in the place of v, and
/// scale it to length 1. Return v, `[D]`, after the last round, and the share of the
/// variance of all columns together that lies along it, in 0..1.
///
/// Never make the matrix XᵀX, `[D, D]`: for a picture of a million pixels it would not
/// fit into any memory.
///
/// Example: the rows (0, 1), (2, 1), (4, 1) differ in the first column only. From the start
/// (0.6, 0.8), one round gives v = (1, 0) and the share 1.
///
/// Read: *A picture of ten thousand points*.
pub fn first_component(x: &Tensor, start: &Tensor, rounds: usize) -> (Tensor, f32) {
    todo!(
        "ex4.12: two products a round; read \"A picture of ten thousand points\"; \
         hint: cargo run -- exercises hint 4.12"
    )
}

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
