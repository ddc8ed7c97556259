//! The exercises of lesson 3. Each function says what it should do and holds a `todo!`
//! where your code goes. Test them, all or one by one:
//!
//! ```text
//! cargo test -p ch03_backprop --test exercises
//! cargo test -p ch03_backprop --test exercises ex3_03
//! cargo run -- exercises hint 3.3
//! ```
//!
//! Dimension key: N examples, B batch, D inputs, H units of a layer.

#![allow(unused_variables, clippy::todo)]

use tensor::{Rng, Tensor};

use crate::chain::Arrow;
use crate::dual::Dual;
use crate::scalar::Scalar;

/// 3.1, step 1 (easy): the slope of f at x by central differences,
/// (f(x + h) − f(x − h)) / 2h.
///
/// - `f`: the function; `x`: the place; `h`: the step, above 0.
///
/// Example: f(x) = x³ at 1 with h = 0.5 gives (3.375 − 0.125) / 1 = 3.25; the slope
/// itself is 3.
///
/// Read: *Slopes, measured and derived*.
pub fn slope(f: impl Fn(f64) -> f64, x: f64, h: f64) -> f64 {
    todo!(
        "ex3.1 step 1: one line; read \"Slopes, measured and derived\"; \
         hint: cargo run -- exercises hint 3.1"
    )
}

/// 3.1, step 2 (easy): a better slope from two measured ones.
///
/// Let D(h) be what step 1 gives. Its error is c h² and terms in h⁴ and beyond, so the
/// error of D(h/2) is c h²/4 and such terms. Return a·D(h) + b·D(h/2), with the two
/// numbers a and b for which a + b = 1 and the terms in h² cancel.
///
/// Example: f(x) = x³ at 1 has D(0.5) = 3.25 and D(0.25) = 3.0625; with the right a and
/// b they give 3.
///
/// Read: *Slopes, measured and derived*.
pub fn better_slope(f: impl Fn(f64) -> f64, x: f64, h: f64) -> f64 {
    todo!(
        "ex3.1 step 2: a + b = 1 and a + b/4 = 0; \
         read \"Slopes, measured and derived\"; \
         hint: cargo run -- exercises hint 3.1"
    )
}

/// 3.2 (easy): the slopes of f by x, by u and by v, in this order, on a graph of four
/// numbers: u is computed from x; v from x and u; f from u and v.
///
/// The arguments are the slopes along its five arrows: `v_by_x`, say, is how fast v
/// grows with x while u is held. Three multiplications are enough.
///
/// Example: all five are 1. Then f has the slope 1 by v, 2 by u (directly, and through
/// v), and 3 by x.
///
/// Read: *The chain rule on a graph*.
pub fn slopes_on_graph(
    u_by_x: f64,
    v_by_x: f64,
    v_by_u: f64,
    f_by_u: f64,
    f_by_v: f64,
) -> [f64; 3] {
    todo!(
        "ex3.2: from f back to x, and paths add up; read \"The chain rule on a graph\"; \
         hint: cargo run -- exercises hint 3.2"
    )
}

/// 3.3 (easy): the way back through the logistic function y = 1 / (1 + e^−x).
///
/// - `y`: its **output**, from 0 to 1; the input is not there any more.
/// - `g`: the slope of the loss by y.
///
/// Returns the slope of the loss by x. Example: y = ½ and g = 8 give 2.
///
/// Read: *An engine for scalars*, on what each operation remembers.
pub fn logistic_back(y: f64, g: f64) -> f64 {
    todo!(
        "ex3.3: one line, without an exponential; read \"An engine for scalars\"; \
         hint: cargo run -- exercises hint 3.3"
    )
}

/// 3.4 (easy): whole numbers wᵢ, one for each bit, that find mirrored patterns.
///
/// - `bits`: how many bits a pattern has, 1 to 10.
///
/// The sum of the wᵢ over the bits that are 1 must be 0 for every pattern that reads
/// the same from both ends, and **not** 0 for any other. With an odd number of bits,
/// the one in the middle has no partner.
///
/// Example: two bits and the weights 1, −1: 00 and 11 give 0, 01 and 10 do not.
///
/// Read: *The same from both ends*.
pub fn mirror_weights(bits: usize) -> Vec<f32> {
    todo!(
        "ex3.4: what the 1986 net found; read \"The same from both ends\"; \
         hint: cargo run -- exercises hint 3.4"
    )
}

/// 3.5 (medium): gradient descent that knows when it has arrived.
///
/// - `gradient`: takes a place, D numbers, and gives the gradient there, D numbers.
/// - `start`: the first place; `rate`: the learning rate η; `most`: the most steps.
/// - `tolerance`: the length of the gradient, √(g·g), that counts as flat.
///
/// Step from x to x − η g until the gradient's length is **at most** `tolerance`;
/// return that place, and how many steps led there: 0 if the start is flat already. If
/// even after `most` steps the gradient is longer than that, return `None`. Also if
/// the steps grew until the numbers were infinite or NaN: never call that arrived.
///
/// Example: the gradient 2x from 8 with η = ¼ goes 8, 4, 2, 1; with the tolerance 2 it
/// stops at 1 after 3 steps.
///
/// Read: *Downhill*.
pub fn descend_until(
    gradient: impl Fn(&[f64]) -> Vec<f64>,
    start: &[f64],
    rate: f64,
    tolerance: f64,
    most: usize,
) -> Option<(Vec<f64>, usize)> {
    todo!(
        "ex3.5: look at the gradient, then step; read \"Downhill\"; \
         hint: cargo run -- exercises hint 3.5"
    )
}

/// 3.6 (medium): the way back through a dense layer whose weights are stored the other
/// way round, a row for each unit: z = X Wᵀ + b. PyTorch stores them so.
///
/// - `x`: the kept input X, `[B, D]`; `weights`: W, `[H, D]`.
/// - `g`: the gradient of the loss by z, `[B, H]`.
///
/// Returns the gradients by X, `[B, D]`, by W, `[H, D]`, and by b, `[H]`. If the loss is
/// a mean over the batch, `g` says so already: add up, do not average.
///
/// Example: x = ((1, 2)), weights = ((3, 4)), g = ((10)) give ((30, 40)), ((10, 20)) and
/// (10).
///
/// Read: *Backward through a layer*.
pub fn dense_back(
    x: &Tensor,
    weights: &Tensor,
    g: &Tensor,
) -> (Tensor, Tensor, Tensor) {
    todo!(
        "ex3.6: two products and a sum; read \"Backward through a layer\"; \
         hint: cargo run -- exercises hint 3.6"
    )
}

/// 3.7 (medium): the way back through a division by the length, y = x / ‖x‖, row by row.
///
/// - `x`: the input, `[B, D]`; no row is all zeros. `g`: the gradient by y, `[B, D]`.
///
/// Returns the gradient by x, `[B, D]`. The Jacobian of a row is (I − y yᵀ) / ‖x‖; use
/// its product with g, but do not build it: rows of 20,000 numbers happen, and their
/// Jacobian has 400 million.
///
/// Example: x = ((3, 4)) and g = ((1, 0)): y is (0.6, 0.8), g·y is 0.6, and the result
/// ((0.64, −0.48)) / 5 = ((0.128, −0.096)).
///
/// Read: *Softmax and its Jacobian*, which does it for softmax.
pub fn unit_length_back(x: &Tensor, g: &Tensor) -> Tensor {
    todo!(
        "ex3.7: first g·y, a number for each row; read \"Softmax and its Jacobian\"; \
         hint: cargo run -- exercises hint 3.7"
    )
}

/// 3.8 (medium): the gradients of a mean squared error, without the planted bugs.
///
/// Each of D columns has a scale s and a shift b. The loss is the mean over **all** N·D
/// numbers of (x s + b − t)². A colleague's gradients by s and by b run without
/// complaint on their example, with N = D = 2, and are wrong in three ways:
///
/// ```text
/// let error = x * scale + shift - targets;              // [N, D]
/// let g = 2.0 * &error / x.shape()[0] as f32;           // [N, D]
/// let by_scale = (&g * scale).sum_axis(0, Keep::No);
/// let by_shift = g.sum_axis(1, Keep::No);
/// ```
///
/// - `x`, `targets`: `[N, D]`; `scale`, `shift`: `[D]`; N and D are at least 1.
///
/// Returns the gradients by scale and by shift, `[D]` each. Example: x = ((1), (2)),
/// s = (3), b = (1), t = ((0), (5)): the errors are 4 and 2, g is 4 and 2, and the
/// gradients are (4·1 + 2·2) = (8) and (4 + 2) = (6).
///
/// Read: *Trust, and check*.
pub fn scale_and_shift_gradient(
    x: &Tensor,
    scale: &Tensor,
    shift: &Tensor,
    targets: &Tensor,
) -> (Tensor, Tensor) {
    todo!(
        "ex3.8: which count, which factor, which axis? read \"Trust, and check\"; \
         hint: cargo run -- exercises hint 3.8"
    )
}

/// 3.9 (medium): an operation for the engine: softplus, a ReLU without the corner,
/// ln(1 + e^βx) / β number by number.
///
/// - `x`: any shape; `beta`: β > 0, how sharp the bend is, a constant.
///
/// Its slope is σ(βx), the logistic function. Make it **one** operation by
/// [`Tensor::record`]. Value and gradient must be right for any finite x: for β = 1 the
/// value at 1000 is 1000, though e^1000 is infinite in `f32`, at −1000 it is 0, and the
/// slopes there are 1 and 0. If `x` has no history, the result has none.
///
/// Example: β = 2 at x = 0 gives ln 2 / 2 = 0.3466 and the slope ½.
///
/// Read: *Add your own operation*.
pub fn softplus(x: &Tensor, beta: f32) -> Tensor {
    todo!(
        "ex3.9: a value that never overflows, and an edge; \
         read \"Add your own operation\"; \
         hint: cargo run -- exercises hint 3.9"
    )
}

/// 3.10, step 1 (medium): the numbers of a graph in an order in which each comes after
/// all that it is computed from, or `None` if there is no such order.
///
/// - `nodes`: they are called 0 to `nodes` − 1.
/// - `arrows`: from an input to a result, in any order; arrows may lead to smaller
///   numbers, and two may be alike.
///
/// Each node stands in the result once. An arrow from a node to itself, or a ring of
/// arrows, leaves no order; no nodes at all have the empty one.
///
/// Example: arrows from 2 to 0, 0 to 1 and 2 to 1 have the order 2, 0, 1 and no other.
///
/// Read: *An engine for scalars*.
pub fn order(nodes: usize, arrows: &[Arrow]) -> Option<Vec<usize>> {
    todo!(
        "ex3.10 step 1: whose inputs are all there already? \
         read \"An engine for scalars\"; \
         hint: cargo run -- exercises hint 3.10"
    )
}

/// 3.10, step 2 (medium): the slope of the number `result` by every node.
///
/// - `nodes`, `arrows`: as in step 1, without rings. An arrow's `slope` is that of `to`
///   by `from`.
///
/// The slope of the result by itself is 1; by a node from which no path leads to it, 0.
///
/// Example: two arrows from 1 to 0, each of slope 3, as in x·x at x = 3: the slopes of
/// node 0 are 1 (by itself) and 6.
///
/// Read: *An engine for scalars*.
pub fn gradients(nodes: usize, arrows: &[Arrow], result: usize) -> Vec<f64> {
    todo!(
        "ex3.10 step 2: the order of step 1, from its end; \
         read \"An engine for scalars\"; \
         hint: cargo run -- exercises hint 3.10"
    )
}

/// 3.11, step 1 (medium): the product of two numbers that carry two slopes along.
///
/// A number is \[value, slope, bend\]: a function's value at a place, and there its
/// first and second derivative. The input x itself is \[x, 1, 0\].
///
/// Example: \[3, 1, 0\] times itself is \[9, 6, 2\], as x² at 3 should be.
///
/// Read: *The other way round*.
pub fn times(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    todo!(
        "ex3.11 step 1: the product rule, twice; read \"The other way round\"; \
         hint: cargo run -- exercises hint 3.11"
    )
}

/// 3.11, step 2 (medium): f(a) for such a number a.
///
/// - `f`: the value, slope and bend of f by its own input, **at** the value of a. For
///   the exponential they are three times e^value.
///
/// Example: f = sin at a = \[0, 2, 5\] has \[0, 1, 0\] there and gives \[0, 2, 5\].
///
/// Read: *The other way round*.
pub fn through(f: [f64; 3], a: [f64; 3]) -> [f64; 3] {
    todo!(
        "ex3.11 step 2: derive f(a(x)) by x, twice; read \"The other way round\"; \
         hint: cargo run -- exercises hint 3.11"
    )
}

/// The weights W₁ `[2, H]`, biases b₁ `[H]`, W₂ `[H, 1]` and b₂ `[1]` of a net of two
/// layers, each with `require_grad`: logits = tanh(x W₁ + b₁) W₂ + b₂, `[N, 2]` to
/// `[N, 1]`.
pub type Net = [Tensor; 4];

/// 3.12, step 1 (hard): one step of gradient descent by the engine.
///
/// - `net`: before the step; `x`: `[N, 2]`; `targets`: 0 or 1, `[N, 1]`; `rate`: η.
///
/// The loss is [`Tensor::binary_cross_entropy`] of the logits. Returns the net after
/// the step w − η ∂L/∂w, its tensors new parameters without a history, and the loss
/// **before** the step.
///
/// Read: *The engine reads digits*.
pub fn train_step(net: &Net, x: &Tensor, targets: &Tensor, rate: f32) -> (Net, f32) {
    todo!(
        "ex3.12 step 1: loss, backward, no_grad; read \"The engine reads digits\"; \
         hint: cargo run -- exercises hint 3.12"
    )
}

/// 3.12, step 2 (hard): a net of 2 to 8 hidden units that has learnt XOR: 0 for (0, 0)
/// and (1, 1), 1 for the others.
///
/// How it starts (by `rng`), the rate and the number of steps are yours. The loss of
/// the four examples must be below 0.05, whichever the seed of `rng`.
///
/// Read: *The engine reads digits*.
pub fn learn_xor(rng: &mut Rng) -> Net {
    todo!(
        "ex3.12 step 2: a start, and many steps; read \"The engine reads digits\"; \
         hint: cargo run -- exercises hint 3.12"
    )
}

/// 3.13 (hard): write the layer. Layer norm (Ba, Kiros and Hinton, 2016), row by row:
/// y = (x − μ) / s with the row's mean μ and s = √((1/D) Σ (x − μ)² + `epsilon`).
///
/// - `x`: `[N, D]`, D at least 1; `epsilon`: above 0, so that constant rows become 0.
///
/// Make it **one** operation by [`Tensor::record`], and derive its way back by hand: μ
/// and s depend on each number of the row too. No Jacobian is needed, only means over
/// rows of g and of g y. If `x` has no history, the result has none.
///
/// Example: the row (1, 3) with epsilon 0.0001 becomes almost (−1, 1). Since nearly
/// every row of two does, its gradient is almost 0 for any g.
///
/// Read: *Add your own operation*, and *Softmax and its Jacobian*.
pub fn layer_norm(x: &Tensor, epsilon: f32) -> Tensor {
    todo!(
        "ex3.13: three ways lead from x to y; read \"Add your own operation\"; \
         hint: cargo run -- exercises hint 3.13"
    )
}

/// 3.14 (hard): the product of the second derivatives with a vector, without their
/// matrix (Pearlmutter, 1994): Σⱼ ∂²f/∂xᵢ∂xⱼ vⱼ for each i.
///
/// - `f`: made of the operations that [`Dual`] has; `x`: the place, D numbers; `v`: D
///   numbers. One call of f is enough, however large D is.
///
/// Forward mode along v gives the slope g·v. If its numbers are [`Scalar`]s, reverse
/// mode can go back from that slope.
///
/// Example: f = x₀² x₁ at (1, 2) has the second derivatives ((4, 2), (2, 0)); times
/// v = (1, 10) that is (24, 2).
///
/// Read: *The other way round*.
pub fn second_slopes_along(
    f: impl Fn(&[Dual<Scalar>]) -> Dual<Scalar>,
    x: &[f64],
    v: &[f64],
) -> Vec<f64> {
    todo!(
        "ex3.14: forward, then reverse; read \"The other way round\"; \
         hint: cargo run -- exercises hint 3.14"
    )
}
