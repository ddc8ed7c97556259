//! The gradient of a few examples as an estimate of the gradient of all of them.
//!
//! Dimension key: N examples, B batch, P parameters.

use nn::data::Labelled;
use nn::optim::Optimizer;
use nn::{Mlp, Module, Net, Pass};
use tensor::{Rng, Tensor};

// ANCHOR: gradient
/// The gradient of the mean loss on these rows: all its numbers, `[P]`, parameter after
/// parameter.
pub fn gradient(net: &Mlp, data: &Labelled, rows: &[usize]) -> Vec<f32> {
    let batch = data.pick(rows);
    let logits = net.forward(&batch.x, &mut Pass::Use); // [B, 784] -> [B, 10]
    let gradients = logits.cross_entropy(&batch.classes).backward();
    let parameters = net.parameters();
    let found = parameters.iter().filter_map(|(_, p)| gradients.get(p));
    found.flat_map(Tensor::to_vec).collect()
}
// ANCHOR_END: gradient

/// How far the gradients of random batches are from the gradient of all examples.
#[derive(Clone, Copy, Debug)]
pub struct Noise {
    /// The root mean square of |g − G| / |G|.
    pub error: f32,
    /// The mean angle between g and G, in degrees.
    pub angle: f32,
}

/// The noise of batches of `batch` different examples, over `draws` of them. `whole` is
/// G, the gradient of all.
///
/// # Panics
/// If there are fewer than `batch` examples.
pub fn noise(
    net: &Mlp,
    data: &Labelled,
    whole: &[f32],
    batch: usize,
    draws: usize,
    rng: &mut Rng,
) -> Noise {
    let (mut squares, mut angles) = (0.0, 0.0);
    for _ in 0..draws {
        let order = rng.permutation(data.len());
        let part = gradient(net, data, &order[..batch]);
        let error: Vec<f32> = part.iter().zip(whole).map(|(g, w)| g - w).collect();
        squares += dot(&error, &error) / dot(whole, whole);
        angles += angle(&part, whole);
    }
    Noise {
        error: (squares / draws as f64).sqrt() as f32,
        angle: (angles / draws as f64) as f32,
    }
}

/// The sum of the products, in `f64`: there are tens of thousands.
fn dot(a: &[f32], b: &[f32]) -> f64 {
    let products = a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b));
    products.sum()
}

/// The length of a list of numbers, √(a·a).
pub fn length(a: &[f32]) -> f32 {
    dot(a, a).sqrt() as f32
}

/// The angle between two directions, 0 to 180 degrees.
///
/// ```
/// use ch04_training::batches::angle;
///
/// assert!((angle(&[2.0, 0.0], &[1.0, 1.0]) - 45.0).abs() < 1e-4);
/// ```
pub fn angle(a: &[f32], b: &[f32]) -> f64 {
    let cosine = dot(a, b) / (dot(a, a) * dot(b, b)).sqrt();
    cosine.clamp(-1.0, 1.0).acos().to_degrees()
}

// ANCHOR: pass
/// Steps over the examples in this order, `batch` at a time; the loss before each step.
/// What is left at the end and does not fill a batch is left out.
pub fn pass(
    net: &mut Mlp,
    data: &Labelled,
    order: &[usize],
    batch: usize,
    optimizer: &mut Optimizer,
    lr: f32,
) -> Vec<f32> {
    let mut losses = Vec::new();
    for rows in order.chunks_exact(batch) {
        let batch = data.pick(rows);
        let logits = net.forward(&batch.x, &mut Pass::Use); // [B, 784] -> [B, 10]
        let loss = logits.cross_entropy(&batch.classes);
        optimizer.step(net, &loss.backward(), lr);
        losses.push(loss.item());
    }
    losses
}
// ANCHOR_END: pass

/// The rows with all of class 0 first, then all of class 1, and so on.
pub fn sorted_by_class(classes: &[usize]) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..classes.len()).collect();
    rows.sort_by_key(|&row| classes[row]);
    rows
}
