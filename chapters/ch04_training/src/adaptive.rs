//! Small worlds that show what each adaptive rule is for (page *A step size for each
//! weight*).
//!
//! Dimension key: V words, B batch.

use nn::optim::{Adam, At, Optimizer, Rule};
use nn::{Module, Visitor};
use tensor::{Rng, Tensor};

/// A net whose only parameter is a list of weights.
#[derive(Clone)]
pub struct Weights {
    /// The weights, `[V]`.
    pub weights: Tensor,
}

impl Module for Weights {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parameter("weights", &mut self.weights);
    }
}

impl Weights {
    /// `count` weights, all of them `value`.
    pub fn new(value: f32, count: usize) -> Weights {
        Weights {
            weights: Tensor::full(&[count], value).require_grad(),
        }
    }
}

/// How often each of four words comes: the next is ten times as rare.
pub const FREQUENCIES: [f32; 4] = [0.9, 0.09, 0.009, 0.0009];

// ANCHOR: words
/// Each of four words has a weight that should become 1, and is at 0. A step sees 100
/// words, each drawn by its frequency, and what it hears of a word is 1 give or take
/// `noise`. The weights after each step.
pub fn learn_words(
    mut optimizer: Optimizer,
    lr: f32,
    steps: usize,
    noise: f32,
    rng: &mut Rng,
) -> Vec<Vec<f32>> {
    let mut net = Weights::new(0.0, FREQUENCIES.len());
    let mut way = Vec::new();
    for _ in 0..steps {
        let words: Vec<usize> = (0..100).map(|_| word(rng)).collect();
        let heard = (0..100).map(|_| 1.0 + noise * rng.normal()).collect();
        let heard = Tensor::from_vec(heard, &[100]);
        let loss = net.weights.select(0, &words).mse_loss(&heard); // [4] -> [100] -> []
        optimizer.step(&mut net, &loss.backward(), lr);
        way.push(net.weights.to_vec());
    }
    way
}
// ANCHOR_END: words

/// A word drawn by its frequency.
fn word(rng: &mut Rng) -> usize {
    let mut left = rng.uniform(0.0, 1.0);
    let last = FREQUENCIES.len() - 1;
    for (word, frequency) in FREQUENCIES[..last].iter().enumerate() {
        left -= frequency;
        if left < 0.0 {
            return word;
        }
    }
    last
}

/// 200 weights follow a target through noise, each through its own: the target is 1, and
/// from the middle on −1. Their mean and standard deviation after each step.
pub fn follow(
    mut optimizer: Optimizer,
    lr: f32,
    steps: usize,
    rng: &mut Rng,
) -> Vec<(f32, f32)> {
    let mut net = Weights::new(0.0, 200);
    let mut way = Vec::new();
    for step in 0..steps {
        let target = if step < steps / 2 { 1.0 } else { -1.0 };
        let heard = (0..200).map(|_| target + rng.normal()).collect();
        let heard = Tensor::from_vec(heard, &[200]);
        let loss = (&net.weights - heard).square().sum();
        optimizer.step(&mut net, &loss.backward(), lr);
        let mean = net.weights.mean();
        let spread = (&net.weights - &mean).square().mean().sqrt();
        way.push((mean.item(), spread.item()));
    }
    way
}

// ANCHOR: uncorrected
/// Adam without its bias correction: after endlessly many steps there is nothing left
/// to correct, so it is told that this is one of those.
#[derive(Clone, Copy, Debug, Default)]
pub struct Uncorrected(pub Adam);

impl Rule for Uncorrected {
    fn memory(&self) -> &'static [&'static str] {
        self.0.memory()
    }

    fn update(&self, w: &mut Tensor, g: &Tensor, memory: &mut [Tensor], at: At) {
        let step = u64::MAX;
        self.0.update(w, g, memory, At { step, ..at });
    }
}
// ANCHOR_END: uncorrected

/// How far each of the first steps goes, in learning rates, when the gradient is always
/// the same.
pub fn first_steps(mut optimizer: Optimizer, steps: usize) -> Vec<f32> {
    let lr = 0.001; // chosen by us; the lengths in learning rates do not depend on it
    let mut net = Weights::new(0.0, 1);
    let mut lengths = Vec::new();
    for _ in 0..steps {
        let before = net.weights.item();
        let gradients = (-&net.weights).sum().backward();
        optimizer.step(&mut net, &gradients, lr);
        lengths.push((net.weights.item() - before) / lr);
    }
    lengths
}

/// What decay leaves of weights that begin at 1 and whose gradient is nothing but noise
/// of this size: the mean over 400 of them after `steps` steps.
pub fn decay(
    mut optimizer: Optimizer,
    lr: f32,
    size: f32,
    steps: usize,
    rng: &mut Rng,
) -> f32 {
    let mut net = Weights::new(1.0, 400);
    for _ in 0..steps {
        let noise = (0..400).map(|_| size * rng.normal()).collect();
        let noise = Tensor::from_vec(noise, &[400]);
        let loss = (&net.weights * noise).sum(); // its gradient is the noise
        optimizer.step(&mut net, &loss.backward(), lr);
    }
    net.weights.mean().item()
}
