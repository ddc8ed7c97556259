//! Batch normalisation looked at closely: its gradient, and what a picture's company in
//! the batch does to it.
//!
//! Dimension key: B batch, C channels (units), N examples, K classes.

use nn::data::Labelled;
use nn::{Mlp, Net, Pass};
use tensor::{Keep, Rng, Tensor, no_grad};

/// What stands beside the variance under the root, as in `nn`.
const EPSILON: f32 = 1e-5;

/// The gradient through batch normalisation, derived by hand: by the batch `x`, where
/// `g` is that by the normalised batch y. Both are `[B, C]`.
///
/// dL/dx = (g - mean g - y mean(g y)) / deviation, means over the batch.
///
/// Source: S. Ioffe, C. Szegedy, "Batch normalization", ICML (2015), section 3.
pub fn back(x: &Tensor, g: &Tensor) -> Tensor {
    let centred = x - x.mean_axis(0, Keep::No); // [B, C]
    let deviation = (centred.square().mean_axis(0, Keep::No) + EPSILON).sqrt(); // [C]
    let y = centred / &deviation; // [B, C]
    let mean = g.mean_axis(0, Keep::No); // [C]: moving all of x changes nothing
    let along = (g * &y).mean_axis(0, Keep::No); // [C]: nor does stretching it
    (g - mean - y * along) / deviation // [B, C]
}

// ANCHOR: frozen
/// Batch normalisation with a mistake in it: mean and variance are taken for constants,
/// so that the gradient does not go through them. The result is right.
pub fn frozen(x: &Tensor) -> Tensor {
    let seen = x.detach(); // no way back from here
    let mean = seen.mean_axis(0, Keep::No); // [C]
    let variance = (&seen - &mean).square().mean_axis(0, Keep::No); // [C]
    (x - mean) / (variance + EPSILON).sqrt() // [B, C]
}
// ANCHOR_END: frozen

/// The share of examples sorted rightly by a net that was not switched to use: it goes
/// by mean and variance of each batch, `size` examples in this `order`.
///
/// A batch of one is shown as two copies of its example, since the layer refuses it
/// alone: mean and variance are the same.
pub fn right_in_company(
    net: &Mlp,
    data: &Labelled,
    order: &[usize],
    size: usize,
) -> f32 {
    let net = net.clone(); // a pass for training changes the running averages
    let mut rng = Rng::new(0); // for dropout, of which there is none
    let mut right = 0;
    for rows in order.chunks(size) {
        let twins = [rows[0]; 2];
        let batch = data.pick(if rows.len() == 1 { &twins } else { rows });
        let logits = no_grad(|| net.forward(&batch.x, &mut Pass::Train(&mut rng))); // [B, K]
        let answers = logits.argmax(1).into_iter().zip(&batch.classes);
        right += answers.take(rows.len()).filter(|(a, c)| a == *c).count();
    }
    right as f32 / order.len() as f32
}

/// What the first layer of a net makes of one example, the first of `data`, in the company
/// of `size` - 1 others, `times` over: the normalised sums of all units, `[times, C]`.
pub fn in_company(
    net: &Mlp,
    data: &Labelled,
    size: usize,
    times: usize,
    rng: &mut Rng,
) -> Tensor {
    let norm = net.norms[0].clone();
    let mut seen = Vec::new();
    for _ in 0..times {
        let others = (1..size).map(|_| 1 + rng.below(data.len() - 1));
        let rows: Vec<usize> = [0].into_iter().chain(others).collect();
        let batch = data.pick(&rows).x; // [B, D]
        let mut unused = Rng::new(0);
        let pass = Pass::Train(&mut unused);
        let y = no_grad(|| norm.forward(&net.layers[0].forward(&batch), &pass)); // [B, C]
        seen.push(y.slice(0, 0..1)); // [1, C]
    }
    Tensor::concat(0, &seen)
}

/// Averages over the batches of a training: what batch normalisation goes by in use.
#[derive(Clone, Debug)]
pub struct Running {
    /// The mean of each channel, `[C]`.
    pub mean: Tensor,
    /// The unbiased variance of each channel, `[C]`.
    pub variance: Tensor,
}
