//! The exercises of lesson 2. Each function says what it should do and holds a `todo!`
//! where your code goes. Test them, all or one by one:
//!
//! ```text
//! cargo test -p ch02_mlp --test exercises
//! cargo test -p ch02_mlp --test exercises ex2_03
//! cargo run -- exercises hint 2.3
//! ```
//!
//! Dimension key: N examples, B batch, D inputs, H units of a layer, K classes.

#![allow(unused_variables, clippy::todo)]

use tensor::{Rng, Tensor};

use crate::dense::Dense;
use crate::mlp::Mlp;

/// 2.1, step 1 (easy): the shapes in a dense layer, of its weights W, its bias b, and
/// of the scores z = x W + b of a batch.
///
/// - `batch`: B rows in `x`; `inputs`: D numbers in each; `units`: H.
///
/// Example: 32 rows of 784 inputs and 10 units give `[784, 10]`, `[10]` and `[32, 10]`.
///
/// Read: *A layer is a matrix*.
pub fn layer_shapes(
    batch: usize,
    inputs: usize,
    units: usize,
) -> ([usize; 2], [usize; 1], [usize; 2]) {
    todo!(
        "ex2.1 step 1: three shapes from three sizes; read \"A layer is a matrix\"; \
         hint: cargo run -- exercises hint 2.1"
    )
}

/// 2.1, step 2 (easy): how many numbers a net learns, weights and biases.
///
/// - `sizes`: the number of inputs, then the number of units of each layer; at least
///   one size. A net without layers learns nothing.
///
/// Example: sizes 2, 3, 1 give 2·3 + 3 for the first layer, 3·1 + 1 for the second,
/// together 13.
///
/// Read: *A layer is a matrix*.
pub fn parameter_count(sizes: &[usize]) -> usize {
    todo!(
        "ex2.1 step 2: add up the layers; read \"A layer is a matrix\"; \
         hint: cargo run -- exercises hint 2.1"
    )
}

/// 2.2 (easy): the scores of a layer whose weights are stored the other way round, a
/// row for each unit. PyTorch stores them so.
///
/// - `x`: the batch, `[B, D]`; `weights`: `[H, D]`; `bias`: `[H]`.
///
/// Returns the scores, `[B, H]`: in row i and column h, the sum over d of
/// x\[i, d\] weights\[h, d\], plus bias\[h\].
///
/// Example: x = ((1, 2)), weights = ((1, 0), (3, 4)), bias = (0, 10) give ((1, 21)).
///
/// Read: *A layer is a matrix*.
pub fn scores_by_unit(x: &Tensor, weights: &Tensor, bias: &Tensor) -> Tensor {
    todo!(
        "ex2.2: one line, one transposition; read \"A layer is a matrix\"; \
         hint: cargo run -- exercises hint 2.2"
    )
}

/// 2.3 (easy): a net that says whether its two inputs, 0 or 1 each, are the same.
///
/// Return an [`Mlp`] of two layers: **two ReLU units**, then one output unit with
/// `Activation::Identity`. It must say 1 for (0, 0) and (1, 1), and 0 for (0, 1) and
/// (1, 0). Build the layers as `Dense { weights, bias, activation }` from
/// `Tensor::from([[…], […]])`: weights `[2, 2]` and bias `[2]`, then `[2, 1]` and
/// `[1]`.
///
/// Read: *A layer is a matrix*, which does it for "different".
pub fn same() -> Mlp {
    todo!(
        "ex2.3: nine weights and biases; read \"A layer is a matrix\"; \
         hint: cargo run -- exercises hint 2.3"
    )
}

/// 2.4, step 1 (medium): ELU, the exponential linear unit (Clevert and others, 2016),
/// number by number.
///
/// z for z > 0, and α (e^z − 1) for z ≤ 0. Any shape to the same shape.
///
/// Scores of 1,000 and −1,000 happen. In `f32` e^1000 is infinite: ELU must be 1,000
/// for the one and −α for the other.
///
/// Example: with α = 2 the scores 3, 0, −1000 become 3, 0, −2.
///
/// Read: *Why bend at all*.
pub fn elu(z: &Tensor, alpha: f32) -> Tensor {
    todo!(
        "ex2.4 step 1: two branches, and never 0 · ∞; read \"Why bend at all\"; \
         hint: cargo run -- exercises hint 2.4"
    )
}

/// 2.4, step 2 (medium): the derivative of ELU by z, number by number.
///
/// For z = 0, where the two branches meet, take the one for z ≤ 0. The scores are as in
/// step 1.
///
/// Example: with α = 2 the slopes at 3, 0, −1000 are 1, 2, 0.
///
/// Read: *Why bend at all*.
pub fn elu_slope(z: &Tensor, alpha: f32) -> Tensor {
    todo!(
        "ex2.4 step 2: the derivative of each branch; read \"Why bend at all\"; \
         hint: cargo run -- exercises hint 2.4"
    )
}

/// 2.5 (medium): ln Σ e^z in a single pass over the scores, without storing them.
///
/// - `scores`: any finite numbers, or −∞, which adds nothing to the sum; in any order.
///
/// The usual way looks for the largest score first and then comes back to add up. Here
/// you see each score once: keep the largest so far, and the sum relative to it. No
/// scores at all, or only −∞, give −∞.
///
/// Example: 1000, 1000 give 1000 + ln 2, and so do 1000, −∞, 1000.
///
/// Read: *Scores into probabilities*.
pub fn log_sum_exp(scores: impl Iterator<Item = f32>) -> f32 {
    todo!(
        "ex2.5: what becomes of the sum when a larger score arrives? \
         read \"Scores into probabilities\"; \
         hint: cargo run -- exercises hint 2.5"
    )
}

/// 2.6 (medium): cross-entropy where not every row has a class, without the planted
/// bugs.
///
/// A colleague wrote this. It runs, its numbers look like losses, and it is wrong in
/// three ways:
///
/// ```text
/// let k = logits.shape()[1];
/// let p = logits.softmax(0).to_vec();
/// let mut sum = 0.0;
/// for (row, class) in classes.iter().enumerate() {
///     if let Some(class) = class {
///         sum -= p[row * k + class].ln();
///     }
/// }
/// sum / classes.len() as f32
/// ```
///
/// - `logits`: `[N, K]`; `classes`: for each row its class in 0..K, or `None`, `[N]`.
///
/// Returns the mean of −ln ŷ_class over the rows **that have a class**, where ŷ is the
/// softmax of the row; 0 if no row has one. The loss is finite for logits of 1,000 and
/// −1,000 too, where ŷ itself is 0 in `f32`.
///
/// Example: the rows (0, 0), (5, 1), (0, 200) with the classes 0, none, 0 cost ln 2,
/// nothing and 200: (0.693 + 200) / 2.
///
/// Read: *What a mistake costs*.
pub fn cross_entropy(logits: &Tensor, classes: &[Option<usize>]) -> f32 {
    todo!(
        "ex2.6: which axis, which logarithm, how many rows? \
         read \"What a mistake costs\"; \
         hint: cargo run -- exercises hint 2.6"
    )
}

/// 2.7, step 1 (medium): Huber's loss, the mean over N predictions.
///
/// With the error e = ŷ − t, one prediction costs ½ e² where |e| ≤ δ, and
/// δ (|e| − ½ δ) elsewhere.
///
/// - `predictions`, `targets`: N numbers each, at least one; `delta`: δ > 0.
///
/// Example: δ = 1 and the errors 1 and −3 cost 0.5 and 2.5; the mean is 1.5.
///
/// Read: *What a mistake costs*.
pub fn huber(predictions: &[f32], targets: &[f32], delta: f32) -> f32 {
    todo!(
        "ex2.7 step 1: a parabola, and lines that continue it; \
         read \"What a mistake costs\"; \
         hint: cargo run -- exercises hint 2.7"
    )
}

/// 2.7, step 2 (medium): the derivative of that mean loss by each prediction, `[N]`.
///
/// Arguments as in step 1. Example: δ = 1 and the errors 0.5 and −3 give 0.25 and −0.5:
/// half of 0.5, half of −1.
///
/// Read: *What a mistake costs*.
pub fn huber_slope(predictions: &[f32], targets: &[f32], delta: f32) -> Vec<f32> {
    todo!(
        "ex2.7 step 2: the slope of the parabola, held at the corner; \
         read \"What a mistake costs\"; \
         hint: cargo run -- exercises hint 2.7"
    )
}

/// 2.8 (medium): the one layer that says what two linear layers say together.
///
/// - `first`: weights W₁ `[D, H]`, bias b₁ `[H]`; `second`: W₂ `[H, K]`, b₂ `[K]`; the
///   activation of both is `Identity`.
///
/// Returns a layer with weights `[D, K]`, bias `[K]` and the activation `Identity` that
/// gives, for every x, what `second.forward(&first.forward(x))` gives:
/// (x W₁ + b₁) W₂ + b₂. Multiply it out.
///
/// Example: W₁ = (2), b₁ = (1), W₂ = (3), b₂ = (4) give W = (6), b = (7).
///
/// Read: *Why bend at all*.
pub fn collapse(first: &Dense, second: &Dense) -> Dense {
    todo!(
        "ex2.8: multiply the brackets out; read \"Why bend at all\"; \
         hint: cargo run -- exercises hint 2.8"
    )
}

/// 2.9 (medium): hill climbing with steps of one size. Returns the best numbers and
/// their loss.
///
/// - `start`: P numbers, with a finite loss; `tries`: how often to try a change; 0 too.
/// - `step`: the size of the changes; `rng`: where they come from.
/// - `loss`: what to make small. Call it once for the start and once for each try, in
///   this order: evaluations are what costs.
///
/// A try is the **best numbers so far**, each plus `step * rng.normal()`, drawn in
/// order. It becomes the best if its loss is **strictly below** the best loss. A loss
/// may be NaN; that is never an improvement.
///
/// Example: the loss x², start 3, step 1. If the draws are 1, 1, −2, the tries are 4
/// (dropped), 4 (dropped) and 1 (kept): the result is 1, with the loss 1.
///
/// Read: *Learning by luck*.
pub fn climb(
    start: &[f32],
    tries: usize,
    step: f32,
    rng: &mut Rng,
    loss: impl FnMut(&[f32]) -> f32,
) -> (Vec<f32>, f32) {
    todo!(
        "ex2.9: change a copy, compare, keep or drop; read \"Learning by luck\"; \
         hint: cargo run -- exercises hint 2.9"
    )
}

/// 2.10 (hard): write the layer. A dense layer of H units with PReLU (He and others,
/// 2015), a leaky ReLU in which every unit has its own slope and learns it:
/// a_h = z_h where z_h > 0, and s_h z_h elsewhere, with z = x W + b.
///
/// The fields are yours to choose.
///
/// Read: *Why bend at all*, and *A layer is a matrix*.
pub struct PReluLayer {}

impl PReluLayer {
    /// Step 1: a new layer of `units` that look at `inputs` numbers. The weights are
    /// normal, with mean 0 and the paper's deviation √(2 / ((1 + s²) D)) for s = 0.25;
    /// the biases are 0, the slopes 0.25.
    pub fn new(inputs: usize, units: usize, rng: &mut Rng) -> PReluLayer {
        todo!(
            "ex2.10 step 1: W, b and the slopes; read \"Why bend at all\"; \
             hint: cargo run -- exercises hint 2.10"
        )
    }

    /// Step 2: all its numbers in one row: the weights unit by unit within each input
    /// (row by row of the `[D, H]` matrix), then the H biases, then the H slopes.
    pub fn parameters(&self) -> Vec<f32> {
        todo!(
            "ex2.10 step 2: three parts in a row; read \"Why bend at all\"; \
             hint: cargo run -- exercises hint 2.10"
        )
    }

    /// Step 3: puts numbers in the places that step 2 reads them from. Panics unless
    /// there are exactly as many as step 2 gives.
    pub fn set_parameters(&mut self, parameters: &[f32]) {
        todo!(
            "ex2.10 step 3: the way back; read \"Why bend at all\"; \
             hint: cargo run -- exercises hint 2.10"
        )
    }

    /// Step 4: what the units say: `[B, D]` -> `[B, H]`.
    ///
    /// Example: D = 1, H = 2, W = ((1, 2)), b = (0, 1), s = (0.5, 0.1): x = −2 gives
    /// the scores −2, −3 and the answers −1, −0.3.
    pub fn forward(&self, x: &Tensor) -> Tensor {
        todo!(
            "ex2.10 step 4: scores, then one slope for each column; \
             read \"Why bend at all\"; \
             hint: cargo run -- exercises hint 2.10"
        )
    }
}

/// 2.11 (hard): a tower over a rectangle of the plane, from bumps along each axis.
///
/// A bump `[a, b, c, d]` with a < b < c < d is 0 up to a, rises to 1 at b, stays 1 up
/// to c, and falls to 0 at d; its pieces are straight.
///
/// - `first`: the bump along input 1; `second`: the bump along input 2.
///
/// Return an [`Mlp`] from 2 inputs to 1 output, whose layers have the activations
/// `Relu`, `Relu`, `Identity`. It must say 1 where **both** bumps are 1, and 0 where at
/// least **one** of them is 0; in between, anything from 0 to 1. A sum of the bumps
/// does not do: it is 1 as well where one bump is 1 and the other 0.
///
/// Example: with both bumps \[0, 1, 2, 3\], 1 at (1.5, 1.5), 0 at (1.5, 9) and (9, 9).
///
/// Read: *Any curve, from bumps*.
pub fn tower(first: [f32; 4], second: [f32; 4]) -> Mlp {
    todo!(
        "ex2.11: two bumps in the first layer, an AND in the second; \
         read \"Any curve, from bumps\"; \
         hint: cargo run -- exercises hint 2.11"
    )
}

/// 2.12, step 1 (hard): a layer of maxout units (Goodfellow and others, 2013). A unit
/// has k scores and says the largest: a_h = maxⱼ z_hj.
///
/// - `x`: `[B, D]`; `pieces`: k ≥ 1; `weights`: `[D, H·k]`; `bias`: `[H·k]`. The scores
///   of unit h are the columns h·k to h·k + k − 1 of z = x W + b.
///
/// Returns the answers, `[B, H]`. Example: D = 1, k = 2, W = ((1, −1)), b = (0, 0) is
/// the absolute value: x = −3 gives 3.
///
/// Read: *How hidden units bend a boundary*.
pub fn maxout(x: &Tensor, weights: &Tensor, bias: &Tensor, pieces: usize) -> Tensor {
    todo!(
        "ex2.12 step 1: scores, then the largest of each k; \
         read \"How hidden units bend a boundary\"; \
         hint: cargo run -- exercises hint 2.12"
    )
}

/// 2.12, step 2 (hard): the maxout layer of 2 pieces that says what a ReLU layer says.
///
/// - `weights`: `[D, H]`; `bias`: `[H]`, of the ReLU layer.
///
/// Returns weights `[D, 2·H]` and bias `[2·H]` with which step 1, for k = 2 and every
/// x, gives max(0, x W + b). Example: W = ((5)), b = (1) give ((5, 0)) and (1, 0), or
/// the two columns the other way round.
///
/// Read: *How hidden units bend a boundary*.
pub fn maxout_from_relu(weights: &Tensor, bias: &Tensor) -> (Tensor, Tensor) {
    todo!(
        "ex2.12 step 2: max(0, z) is the larger of two scores; \
         read \"How hidden units bend a boundary\"; \
         hint: cargo run -- exercises hint 2.12"
    )
}
