//! Handwritten digits, read by a net with a hidden layer (page *From scalars to
//! tensors*).

use nn::data::{Labelled, stratified_split};
use nn::metrics::accuracy;
use tensor::{Rng, no_grad};

use crate::mlp::Mlp;

/// Digits in one step, chosen by us.
pub const BATCH: usize = 50;

/// MNIST in two parts, the split of lesson 1: its 1,000 validation digits are left
/// out here, as there is nothing to choose.
pub struct Digits {
    /// About 7,000 digits.
    pub training: Labelled,
    /// About 2,000 others.
    pub test: Labelled,
}

impl Digits {
    /// Reads the ten thousand digits of `data/mnist10k`.
    ///
    /// # Errors
    /// If the files are missing or damaged.
    pub fn load() -> anyhow::Result<Digits> {
        let images = datasets::mnist10k()?;
        let x = tensor::Tensor::from_array(images.to_f32()); // [N, D]
        let all = Labelled::new(x, images.targets());
        let mut rng = Rng::new(1).fork("mnist split");
        let (rest, test) = stratified_split(&all.classes, 0.2, &mut rng);
        let rest = all.pick(&rest);
        let share = 1000.0 / rest.len() as f32;
        let (training, _) = stratified_split(&rest.classes, share, &mut rng);
        Ok(Digits {
            training: rest.pick(&training),
            test: all.pick(&test),
        })
    }
}

// ANCHOR: train
/// One pass over the digits in random order, `BATCH` at a time; the mean loss.
pub fn pass(net: &mut Mlp, digits: &Labelled, lr: f32, rng: &mut Rng) -> f32 {
    let order = rng.permutation(digits.len());
    let mut losses = Vec::new();
    for rows in order.chunks_exact(BATCH) {
        let batch = digits.pick(rows);
        let loss = net.forward(&batch.x).cross_entropy(&batch.classes);
        net.step(&loss, lr);
        losses.push(loss.item());
    }
    losses.iter().sum::<f32>() / losses.len() as f32
}
// ANCHOR_END: train

/// The share of the digits that the net reads rightly, in 0..1.
pub fn right(net: &Mlp, digits: &Labelled) -> f32 {
    no_grad(|| accuracy(&net.forward(&digits.x), &digits.classes))
}
