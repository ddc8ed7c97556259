//! One unit, four models (page *One unit, four models*).
//!
//! Dimension key: N examples, D inputs, K outputs (classes for softmax, else 1).

use tensor::{Keep, Tensor};

use crate::softmax::{cross_entropy_rows, softmax_rows};

/// What the unit says and how its answers are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// sign z, and max(0, −y z): targets −1 and +1.
    Perceptron,
    /// z, and half the squared error: any targets.
    Linear,
    /// σ(z), and binary cross-entropy: targets 0 and 1.
    Logistic,
    /// Softmax of K scores, and cross-entropy: one-hot targets.
    Softmax,
}

impl Model {
    // ANCHOR: output
    /// What the unit says when its scores are `z`, `[N, K]`.
    pub fn output(self, z: &Tensor) -> Tensor {
        match self {
            Model::Perceptron => z.sign(),
            Model::Linear => z.clone(),
            Model::Logistic => z.sigmoid(),
            Model::Softmax => softmax_rows(z),
        }
    }

    /// The mean loss of scores `z` against targets, both `[N, K]`.
    pub fn loss(self, z: &Tensor, targets: &Tensor) -> f32 {
        match self {
            Model::Perceptron => mean_of_rows(&(-(z * targets)).relu()),
            Model::Linear => 0.5 * mean_of_rows(&(z - targets).square()),
            Model::Logistic => {
                // −t ln σ(z) − (1−t) ln(1−σ(z)) = max(0, z) − t z + ln(1 + e^−|z|)
                let overflow_free =
                    z.relu() - z * targets + (1.0 + (-z.abs()).exp()).ln();
                mean_of_rows(&overflow_free)
            }
            Model::Softmax => cross_entropy_rows(z, targets),
        }
    }
    // ANCHOR_END: output

    // ANCHOR: error
    /// The slope of the loss by the scores, ∂ℓ/∂z, `[N, K]`.
    pub fn error(self, z: &Tensor, targets: &Tensor) -> Tensor {
        match self {
            // −y for a mistake, 0 for a right answer.
            Model::Perceptron => -(targets * (z * targets).le(0.0)),
            // For the other three: prediction minus target.
            _ => self.output(z) - targets,
        }
    }
    // ANCHOR_END: error
}

/// The sum of each row, `[N, K]` -> `[N]`, and the mean of these.
fn mean_of_rows(losses: &Tensor) -> f32 {
    losses.sum_axis(1, Keep::No).mean().item()
}

/// A unit, or K of them side by side: z = x W + b.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Which of the four it is.
    pub model: Model,
    /// The weights W, `[D, K]`.
    pub weights: Tensor,
    /// The biases b, `[K]`.
    pub bias: Tensor,
}

impl Unit {
    /// A unit that has learnt nothing: all zero.
    pub fn new(model: Model, inputs: usize, outputs: usize) -> Unit {
        let weights = Tensor::zeros(&[inputs, outputs]); // [D, K]
        let bias = Tensor::zeros(&[outputs]); // [K]
        Unit {
            model,
            weights,
            bias,
        }
    }

    /// The scores z of a batch `[N, D]`.
    pub fn scores(&self, x: &Tensor) -> Tensor {
        x.matmul(&self.weights) + &self.bias // [N, D] x [D, K] -> [N, K]
    }

    /// What the unit says of a batch `[N, D]`.
    pub fn predict(&self, x: &Tensor) -> Tensor {
        self.model.output(&self.scores(x))
    }

    /// The mean loss over a batch.
    pub fn loss(&self, x: &Tensor, targets: &Tensor) -> f32 {
        self.model.loss(&self.scores(x), targets)
    }

    // ANCHOR: gradient
    /// The gradient of the mean loss: by the weights, `[D, K]`, and by the bias, `[K]`.
    pub fn gradient(&self, x: &Tensor, targets: &Tensor) -> (Tensor, Tensor) {
        let n = x.shape()[0] as f32;
        let error = self.model.error(&self.scores(x), targets) / n; // [N, K]
        let weights = x.t().matmul(&error); // [D, N] x [N, K] -> [D, K]
        let bias = error.sum_axis(0, Keep::No); // [K]
        (weights, bias)
    }
    // ANCHOR_END: gradient

    // ANCHOR: train
    /// One step of gradient descent.
    pub fn step(&mut self, x: &Tensor, targets: &Tensor, lr: f32) {
        let (weights, bias) = self.gradient(x, targets);
        self.weights = &self.weights - lr * weights;
        self.bias = &self.bias - lr * bias;
    }

    /// Passes over the data in batches of at least 1; returns the loss after each
    /// pass.
    pub fn train(&mut self, x: &Tensor, targets: &Tensor, how: Training) -> Vec<f32> {
        let n = x.shape()[0];
        let mut losses = Vec::with_capacity(how.passes);
        for _ in 0..how.passes {
            for start in (0..n).step_by(how.batch) {
                let rows = start..(start + how.batch).min(n);
                self.step(&x.slice(0, rows.clone()), &targets.slice(0, rows), how.lr);
            }
            losses.push(self.loss(x, targets));
        }
        losses
    }
    // ANCHOR_END: train
}

/// How long and how boldly to train.
#[derive(Clone, Copy, Debug)]
pub struct Training {
    /// Passes over the data.
    pub passes: usize,
    /// Examples in one step.
    pub batch: usize,
    /// The learning rate η.
    pub lr: f32,
}

/// The share of the variance that predictions explain,
/// R² = 1 − Σ(t − ŷ)² / Σ(t − t̄)²; at most 1, and 0 for the mean.
pub fn r2(predictions: &Tensor, targets: &Tensor) -> f32 {
    let residual = (targets - predictions).square().sum().item();
    let total = (targets - targets.mean()).square().sum().item();
    1.0 - residual / total
}
