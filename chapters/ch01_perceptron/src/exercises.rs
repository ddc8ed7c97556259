//! The exercises of lesson 1. Each function says what it should do and holds a `todo!`
//! where your code goes. Test them, all or one by one:
//!
//! ```text
//! cargo test -p ch01_perceptron --test exercises
//! cargo test -p ch01_perceptron --test exercises ex1_03
//! cargo run -- exercises hint 1.3
//! ```
//!
//! Dimension key: N examples, D inputs, K classes. Labels `y` are −1 or +1.

#![allow(unused_variables, clippy::todo)]

use crate::logic::{ThresholdNet, ThresholdUnit};

/// 1.1, step 1 (easy): a unit that computes NAND of two inputs.
///
/// It is silent only when both inputs fire:
///
/// | x₁ | x₂ | NAND |
/// |:-:|:-:|:-:|
/// | 0 | 0 | 1 |
/// | 0 | 1 | 1 |
/// | 1 | 0 | 1 |
/// | 1 | 1 | 0 |
///
/// Return `ThresholdUnit::new(&[w1, w2], threshold)` with whole numbers of your choice.
/// The unit fires when Σ wᵢ xᵢ ≥ θ. More than one choice is right.
///
/// Read: *Logical neurons*.
pub fn nand() -> ThresholdUnit {
    todo!(
        "ex1.1 step 1: two weights and a threshold for NAND; read \"Logical neurons\"; \
         hint: cargo run -- exercises hint 1.1"
    )
}

/// 1.1, step 2 (easy): a unit that computes the majority of three inputs.
///
/// It fires when at least two of the three inputs do: not for (1, 0, 0), but for
/// (1, 0, 1).
///
/// Read: *Logical neurons*.
pub fn majority() -> ThresholdUnit {
    todo!(
        "ex1.1 step 2: three weights and a threshold for the majority of three; \
         read \"Logical neurons\"; \
         hint: cargo run -- exercises hint 1.1"
    )
}

/// 1.2 (easy): whether a unit with absolute inhibition fires.
///
/// - `excitatory`: which of its excitatory inputs fire; each counts 1.
/// - `inhibitory`: which of its inhibitory inputs fire. Any one of them silences the
///   unit.
/// - `threshold`: how many firing excitatory inputs are enough.
///
/// Either list may be empty. With threshold 0 and no inhibitory input firing, the unit
/// fires.
///
/// Example: three excitatory inputs fire and the threshold is 2. The unit fires, unless
/// an inhibitory input does too.
///
/// Read: *Logical neurons*, "Two ways to say no".
pub fn absolute_unit(
    excitatory: &[bool],
    inhibitory: &[bool],
    threshold: usize,
) -> bool {
    todo!(
        "ex1.2: a veto first, then a count; read \"Logical neurons\"; \
         hint: cargo run -- exercises hint 1.2"
    )
}

/// 1.3 (easy): the weights and the bias after the perceptron has seen one example.
///
/// - `w`: the weights before, `[D]`; `b`: the bias before.
/// - `x`: the example's inputs, `[D]`; `y`: its label, −1 or +1.
///
/// With f(x) = w·x + b: if y f(x) ≤ 0, the new weights are w + y·x and the new bias is
/// b + y. Otherwise nothing changes. A score of exactly zero counts as a mistake.
///
/// Example: w = (0, 0), b = 0, x = (2, 1), y = −1 gives w = (−2, −1), b = −1.
///
/// Read: *Learning from mistakes*, "The rule".
pub fn perceptron_update(w: &[f32], b: f32, x: &[f32], y: f32) -> (Vec<f32>, f32) {
    todo!(
        "ex1.3: the rule, on a mistake only; read \"Learning from mistakes\"; \
         hint: cargo run -- exercises hint 1.3"
    )
}

/// 1.4, step 1 (medium): the radius of a data set, R = max ‖x‖.
///
/// - `x`: N examples of D inputs, `[N][D]`; at least one. Whoever wants a bias has
///   appended a constant 1, which counts as one of the D.
///
/// The length of a vector is ‖x‖ = √(x·x). Example: (3, 4) and (1, 0) have the
/// radius 5.
///
/// Read: *Why it stops, and when it never does*, "Radius and gap".
pub fn radius(x: &[Vec<f32>]) -> f32 {
    todo!(
        "ex1.4 step 1: the length of the longest example; \
         read \"Why it stops, and when it never does\"; \
         hint: cargo run -- exercises hint 1.4"
    )
}

/// 1.4, step 2 (medium): the gap that a direction leaves between the classes,
/// γ = min y (w*·x), or `None` if it does not separate them.
///
/// - `x`: as in step 1; `y`: the labels, −1 or +1, `[N]`.
/// - `direction`: w*, a vector of length 1, `[D]`.
///
/// w* separates the classes when y (w*·x) > 0 for every example. An example exactly on
/// the plane, with w*·x = 0, is not separated.
///
/// Example: (3, 4) of class +1, (−1, 2) of class −1, direction (1, 0): the gap is 1.
///
/// Read: *Why it stops, and when it never does*, "Radius and gap".
pub fn gap(x: &[Vec<f32>], y: &[f32], direction: &[f32]) -> Option<f32> {
    todo!(
        "ex1.4 step 2: the smallest margin, if it is positive; \
         read \"Why it stops, and when it never does\"; \
         hint: cargo run -- exercises hint 1.4"
    )
}

/// 1.4, step 3 (medium): Novikoff's bound (R/γ)² on the number of mistakes, or `None`
/// if the direction does not separate the classes.
///
/// Arguments as in step 2. Example: the two points of step 2 have R = 5 and γ = 1, so
/// the bound is 25.
///
/// Read: *Why it stops, and when it never does*.
pub fn novikoff_bound(x: &[Vec<f32>], y: &[f32], direction: &[f32]) -> Option<f32> {
    todo!(
        "ex1.4 step 3: from radius and gap to the bound; \
         read \"Why it stops, and when it never does\"; \
         hint: cargo run -- exercises hint 1.4"
    )
}

/// 1.5, step 1 (medium): the mean hinge loss of a batch, L = (1/N) Σ max(0, 1 − m) with
/// the margin m = y (w·x + b).
///
/// - `x`: the examples' inputs, `[N][D]`; `y`: their labels, −1 or +1, `[N]`; at least
///   one.
/// - `w`: the weights, `[D]`; `b`: the bias.
///
/// Example: one example with margin 3 and one with margin −1: L = (0 + 2) / 2 = 1.
///
/// Read: *From a rule to a loss*.
pub fn hinge_loss(x: &[Vec<f32>], y: &[f32], w: &[f32], b: f32) -> f32 {
    todo!(
        "ex1.5 step 1: the mean of max(0, 1 − m); read \"From a rule to a loss\"; \
         hint: cargo run -- exercises hint 1.5"
    )
}

/// 1.5, step 2 (medium): the gradient of that mean loss, by the weights, `[D]`, and by
/// the bias.
///
/// An example with m < 1 contributes −y·x/N to the weights' gradient and −y/N to the
/// bias's. An example with m ≥ 1 costs nothing and contributes nothing, the corner
/// m = 1 included.
///
/// Arguments as in step 1. Example: with w = (0, 0) and b = 0 every margin is 0, so
/// every example contributes; for the single example x = (2, 1), y = 1 the gradient is
/// ((−2, −1), −1).
///
/// Read: *From a rule to a loss*, "Descending with the whole batch".
pub fn hinge_gradient(x: &[Vec<f32>], y: &[f32], w: &[f32], b: f32) -> (Vec<f32>, f32) {
    todo!(
        "ex1.5 step 2: the mean over the examples that still pay; \
         read \"From a rule to a loss\"; \
         hint: cargo run -- exercises hint 1.5"
    )
}

/// 1.6, step 1 (medium): the softmax of K logits, e^zₖ / Σⱼ e^zⱼ.
///
/// - `logits`: K scores, any finite numbers, 1,000 and −1,000 included; at least one.
///
/// Returns K probabilities, each finite and in 0..1, with sum 1. In `f32` e^89 is
/// infinite and e^−104 is zero: neither may spoil the result.
///
/// Example: the logits 2, 1, 0 give 0.665, 0.245, 0.090, and so do 1002, 1001, 1000.
///
/// Read: *Ten neurons read digits*, "From scores to probabilities".
pub fn softmax(logits: &[f32]) -> Vec<f32> {
    todo!(
        "ex1.6 step 1: softmax that never overflows; read \"Ten neurons read digits\"; \
         hint: cargo run -- exercises hint 1.6"
    )
}

/// 1.6, step 2 (medium): the gradient of the cross-entropy −ln ŷ_class by the logits of
/// one example, `[K]`.
///
/// - `logits`: K scores, as in step 1; `class`: the true class, 0..K.
///
/// Example: the logits 0, 0 give each class the probability ½; for class 0 the gradient
/// is (−½, ½).
///
/// Read: *Ten neurons read digits*, "The gradient".
pub fn softmax_gradient(logits: &[f32], class: usize) -> Vec<f32> {
    todo!(
        "ex1.6 step 2: prediction minus target; read \"Ten neurons read digits\"; \
         hint: cargo run -- exercises hint 1.6"
    )
}

/// 1.7 (medium): training and test rows on one scale, without the planted bug.
///
/// A colleague wrote this. It runs, the numbers look good, and it is wrong:
///
/// ```text
/// let all = [train, test].concat();
/// for d in 0..columns {
///     let mean = mean_of(&all, d);
///     let deviation = deviation_of(&all, d);
///     // … (x − mean) / deviation for every row of train and of test …
/// }
/// ```
///
/// - `train`, `test`: rows of D columns, `[N][D]`; `train` has at least one row.
///
/// Returns the scaled training rows, then the scaled test rows: x' = (x − μ) / s, with
/// each column's mean μ and standard deviation s = √((1/N) Σ (x − μ)²) over the
/// **training** rows. A column that is constant in training (its largest value is its
/// smallest) becomes 0 in all rows, of train and of test. Do not test for s = 0:
/// rounding leaves a constant column of 0.1 with a tiny deviation, and dividing by that
/// blows the rounding up.
///
/// Example: one column, train 1 and 3, test 4: μ = 2 and s = 1, so train is −1 and 1,
/// test is 2.
///
/// Read: *Look before you fit*, "One scale".
pub fn standardise(
    train: &[Vec<f32>],
    test: &[Vec<f32>],
) -> (Vec<Vec<f32>>, Vec<Vec<f32>>) {
    todo!(
        "ex1.7: statistics from the training rows alone; read \"Look before you fit\"; \
         hint: cargo run -- exercises hint 1.7"
    )
}

/// 1.8 (medium): a column with its holes filled, and a column that remembers them.
///
/// - `train`: the column's training values, from which the filling is computed.
/// - `column`: the values to fill: training values, test values, or values that arrive
///   later.
///
/// Returns two lists as long as `column`: first the values, `None` replaced by the mean
/// of the values that are there in `train`; then 1 where the value was missing and 0
/// elsewhere. If `train` has no values at all, fill with 0.
///
/// Example: train (1, None, 3), column (None, 7): the filled column is (2, 7), the
/// second (1, 0).
///
/// Read: *Look before you fit*, "Holes".
pub fn impute(train: &[Option<f32>], column: &[Option<f32>]) -> (Vec<f32>, Vec<f32>) {
    todo!(
        "ex1.8: fill with the training mean, and remember where; \
         read \"Look before you fit\"; \
         hint: cargo run -- exercises hint 1.8"
    )
}

/// 1.9 (hard): the pocket algorithm (Gallant, 1990).
///
/// - `x`: the training examples' inputs, `[N][D]`; `y`: their labels, −1 or +1, `[N]`.
/// - `passes`: how many times to go through all examples, in the order given.
///
/// Run the perceptron from zero weights and zero bias, as in exercise 1.3. The pocket
/// holds the zero weights at first. After **every update** count the training examples
/// that the new weights get right, y f(x) > 0. If that is **strictly more** than the
/// pocket's weights get right, put the new weights in the pocket. Return the pocket's
/// weights and bias.
///
/// Read: *Why it stops, and when it never does*, "When there is no gap".
pub fn pocket(x: &[Vec<f32>], y: &[f32], passes: usize) -> (Vec<f32>, f32) {
    todo!(
        "ex1.9: run the perceptron, keep the best weights seen; \
         read \"Why it stops, and when it never does\"; \
         hint: cargo run -- exercises hint 1.9"
    )
}

/// 1.10 (hard): a two-layer net of threshold units for any truth table, with few units.
///
/// - `table`: the outputs of the 2ⁿ rows, n from 1 to 4. Row r has the binary digits of
///   r as inputs, the first input first: for n = 2 the rows are 00, 01, 10, 11.
///
/// Return a [`ThresholdNet`] whose `hidden` units look at the n inputs and whose
/// `output` unit looks at the hidden ones, in their order, so that the net gives the
/// table's output for every row. Use **at most half as many hidden units as the table
/// has rows**: 2 for two inputs, 8 for four. The tables that are always false and
/// always true count too; for them `hidden` may be empty.
///
/// Example: for XOR, the table false, true, true, false, two hidden units are enough.
///
/// Read: *Logical neurons*, "Any truth table", and its second checkpoint question.
pub fn threshold_net(table: &[bool]) -> ThresholdNet {
    todo!(
        "ex1.10: one unit for each row that is true, or for each that is false; \
         read \"What a line cannot do\"; \
         hint: cargo run -- exercises hint 1.10"
    )
}

/// 1.11 (medium): the weights and the bias after one step of logistic regression.
///
/// - `x`: the batch's inputs, `[N][D]`; `targets`: 0 or 1 for each, `[N]`; at least
///   one.
/// - `w`: the weights before, `[D]`; `b`: the bias before.
/// - `rate`: the learning rate η.
///
/// The prediction for one example is ŷ = σ(z) with z = w·x + b, its loss the binary
/// cross-entropy. The step descends the **mean** loss of the batch: the new weights are
/// w − η (1/N) Σ (ŷ − t) x, the new bias is b − η (1/N) Σ (ŷ − t). All predictions are
/// made with the weights and the bias from before the step.
///
/// Scores of 1,000 and −1,000 happen. In `f32` e^1000 is infinite, and ∞/∞ is not a
/// number: σ must be 1 for the one and 0 for the other.
///
/// Example: x = 2, t = 1, w = 0, b = 0, η = 1 gives w = 1, b = 0.5.
///
/// Read: *One unit, four models*, "Three gradients, one formula".
pub fn logistic_step(
    x: &[Vec<f32>],
    targets: &[f32],
    w: &[f32],
    b: f32,
    rate: f32,
) -> (Vec<f32>, f32) {
    todo!(
        "ex1.11: predict, then step against the mean gradient; \
         read \"One unit, four models\"; \
         hint: cargo run -- exercises hint 1.11"
    )
}

/// 1.12 (hard): the column *mean of similar patients*, without the leak.
///
/// - `groups`: the group of each patient, `[N]`; patients of one group are similar.
/// - `targets`: what is to be predicted, `[N]`.
/// - `training`: the numbers of the training rows, each 0..N, in any order, none twice.
///
/// Returns the column's value for all N rows, in their order. Only targets of training
/// rows are used, and no row's own target enters its value:
///
/// - a training row gets the mean target of the **other** training rows of its group;
/// - any other row gets the mean target of the training rows of its group;
/// - a training row with no other training row in its group gets the mean target of all
///   other training rows;
/// - any other row with no training row in its group gets the mean target of all
///   training rows;
/// - where there is no such training row either, the value is 0: for every row if
///   `training` is empty, and for the training row itself if it is the only one.
///
/// Example: groups 1, 1, 1, 2 with targets 2, 4, 90, 6, of which rows 0, 1 and 3 are
/// training: the column is 4, 2, 3, 3. Row 2 is held out, and its 90 is nowhere; row 3
/// is alone, and gets the mean of 2 and 4.
///
/// Read: *Too good to be true*, "How you would have found it".
pub fn mean_of_others(groups: &[u32], targets: &[f32], training: &[usize]) -> Vec<f32> {
    todo!(
        "ex1.12: the mean over similar training rows, never over the row itself; \
         read \"Too good to be true\"; \
         hint: cargo run -- exercises hint 1.12"
    )
}
