//! A net of two layers, trained with a backward pass written by hand (page *Backward
//! through a layer*).
//!
//! Dimension key: B examples in a batch, D inputs, H hidden units, K classes.

use nn::data::{Labelled, stratified_split};
use nn::metrics::accuracy;
use tensor::{Rng, Tensor};

use crate::dense::{Dense, DenseGradient, relu, relu_backward};
use crate::softmax::{cross_entropy_from_logits, fused_backward, softmax};

// ANCHOR: net
/// Two dense layers with a ReLU between them.
#[derive(Clone, Debug)]
pub struct Net {
    /// From D inputs to H hidden units.
    pub hidden: Dense,
    /// From H hidden units to K logits.
    pub output: Dense,
}

impl Net {
    /// The mean loss of a batch, inputs `[B, D]` and one-hot targets `[B, K]`, and
    /// its gradients by both layers.
    pub fn gradients(&self, x: &Tensor, targets: &Tensor) -> (f32, [DenseGradient; 2]) {
        let (z, kept_x) = self.hidden.forward(x); // [B, H]
        let (a, mask) = relu(&z); // [B, H]
        let (logits, kept_a) = self.output.forward(&a); // [B, K]
        let loss = cross_entropy_from_logits(&logits, targets);

        let g = fused_backward(&softmax(&logits), targets); // [B, K]
        let output = self.output.backward(&kept_a, &g);
        let g = relu_backward(&mask, &output.x); // [B, H]
        let hidden = self.hidden.backward(&kept_x, &g);
        (loss.item(), [hidden, output])
    }
}
// ANCHOR_END: net

impl Net {
    /// A net of these sizes: D, H, K.
    pub fn new([d, h, k]: [usize; 3], rng: &mut Rng) -> Net {
        Net {
            hidden: Dense::new(d, h, rng),
            output: Dense::new(h, k, rng),
        }
    }

    /// The logits of a batch, `[B, D] -> [B, K]`.
    pub fn forward(&self, x: &Tensor) -> Tensor {
        let (z, _) = self.hidden.forward(x);
        let (a, _) = relu(&z);
        self.output.forward(&a).0
    }

    /// Both layers, in the order of the forward pass.
    pub fn layers(&mut self) -> [&mut Dense; 2] {
        [&mut self.hidden, &mut self.output]
    }

    /// The mean loss of a batch, `x` `[B, D]` and one-hot `targets` `[B, K]`.
    pub fn loss(&self, x: &Tensor, targets: &Tensor) -> f32 {
        cross_entropy_from_logits(&self.forward(x), targets).item()
    }

    /// One step of gradient descent, of size `lr`; the loss before it.
    pub fn step(&mut self, x: &Tensor, targets: &Tensor, lr: f32) -> f32 {
        let (loss, [hidden, output]) = self.gradients(x, targets);
        self.hidden.step(&hidden, lr);
        self.output.step(&output, lr);
        loss
    }

    /// One pass over `data` in random order, `batch` rows at a time; the mean loss.
    /// What is left over after the last full batch waits for another pass.
    ///
    /// # Panics
    /// If `data` has not even one full batch, or a class is not below `classes`.
    pub fn pass(&mut self, data: &Labelled, how: Descent, rng: &mut Rng) -> f32 {
        let classes = self.output.bias.len();
        let order = rng.permutation(data.len());
        let batches = order.chunks_exact(how.batch);
        let count = batches.len();
        assert!(count > 0, "expected at least {} rows", how.batch);
        let losses = batches.map(|rows| {
            let batch = data.pick(rows);
            let targets = Tensor::one_hot(&batch.classes, classes); // [B, K]
            self.step(&batch.x, &targets, how.lr)
        });
        losses.sum::<f32>() / count as f32
    }

    /// The share of `data` that it names rightly, in 0..1.
    pub fn right(&self, data: &Labelled) -> f32 {
        accuracy(&self.forward(&data.x), &data.classes)
    }

    /// How many numbers it has learnt.
    pub fn parameter_count(&self) -> usize {
        self.hidden.parameter_count() + self.output.parameter_count()
    }
}

/// How to go down.
#[derive(Clone, Copy, Debug)]
pub struct Descent {
    /// Rows in one step.
    pub batch: usize,
    /// The learning rate η.
    pub lr: f32,
}

/// The digits of 8 × 8 pixels: two thirds to learn from, the others held out, split as in
/// lesson 1.
///
/// # Errors
/// If the files are missing or damaged.
pub fn small_digits(seed: u64) -> anyhow::Result<(Labelled, Labelled)> {
    let images = datasets::digits8()?;
    let all = Labelled::new(Tensor::from_array(images.to_f32()), images.targets());
    let mut rng = Rng::new(seed).fork("digits8");
    let (training, held_out) = stratified_split(&all.classes, 1.0 / 3.0, &mut rng);
    Ok((all.pick(&training), all.pick(&held_out)))
}
