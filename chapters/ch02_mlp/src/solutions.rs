//! The solutions of lesson 2's exercises; what each is asked to do stands in
//! `exercises.rs`.
//!
//! They take the stubs' place with `--features solutions`.

use tensor::{Keep, Rng, Tensor};

use crate::activation::Activation;
use crate::dense::Dense;
use crate::mlp::Mlp;

/// 2.1, step 1: the inputs meet the rows of W, the units are its columns.
pub fn layer_shapes(
    batch: usize,
    inputs: usize,
    units: usize,
) -> ([usize; 2], [usize; 1], [usize; 2]) {
    ([inputs, units], [units], [batch, units])
}

/// 2.1, step 2: for each pair of neighbouring sizes a matrix and a bias.
pub fn parameter_count(sizes: &[usize]) -> usize {
    let layer = |pair: &[usize]| pair[0] * pair[1] + pair[1];
    sizes.windows(2).map(layer).sum()
}

/// 2.2: the transposed matrix has a column for each unit.
pub fn scores_by_unit(x: &Tensor, weights: &Tensor, bias: &Tensor) -> Tensor {
    x.matmul(&weights.t()) + bias // [B, D] x [D, H] + [H] -> [B, H]
}

/// 2.3: one unit for each way to differ; the output starts at 1 and takes them off.
pub fn same() -> Mlp {
    let hidden = Dense {
        weights: Tensor::from([[1.0, -1.0], [-1.0, 1.0]]), // x₁ − x₂ and x₂ − x₁
        bias: Tensor::from([0.0, 0.0]),
        activation: Activation::Relu,
    };
    let output = Dense {
        weights: Tensor::from([[-1.0], [-1.0]]),
        bias: Tensor::from([1.0]),
        activation: Activation::Identity,
    };
    Mlp {
        layers: vec![hidden, output],
    }
}

/// 2.4, step 1: a choice between the branches. Adding the two with factors 0 and 1
/// would meet 0 · ∞, which is not a number.
pub fn elu(z: &Tensor, alpha: f32) -> Tensor {
    Tensor::where_(&z.gt(0.0), z, alpha * (z.exp() - 1.0))
}

/// 2.4, step 2: 1, or α e^z.
pub fn elu_slope(z: &Tensor, alpha: f32) -> Tensor {
    Tensor::where_(&z.gt(0.0), 1.0, alpha * z.exp())
}

/// 2.5: the result is largest + ln sum at every moment. When a larger score arrives,
/// the sum is made smaller by as much as the largest grows.
pub fn log_sum_exp(scores: impl Iterator<Item = f32>) -> f32 {
    let (mut largest, mut sum) = (f32::NEG_INFINITY, 0.0_f32);
    for z in scores {
        if z == f32::NEG_INFINITY {
            continue; // adds nothing, and −∞ − (−∞) is not a number
        }
        if z > largest {
            sum = sum * (largest - z).exp() + 1.0;
            largest = z;
        } else {
            sum += (z - largest).exp();
        }
    }
    largest + sum.ln()
}

/// 2.6: along the row, the logarithm taken before anything can become 0, and the mean
/// over the rows that count.
pub fn cross_entropy(logits: &Tensor, classes: &[Option<usize>]) -> f32 {
    let k = logits.shape()[1];
    let log_p = logits.log_softmax(1).to_vec(); // [N, K]
    let known = classes.iter().enumerate();
    let known = known.filter_map(|(row, class)| class.map(|class| row * k + class));
    let losses: Vec<f32> = known.map(|place| -log_p[place]).collect();
    losses.iter().sum::<f32>() / losses.len().max(1) as f32
}

/// 2.7, step 1: the parabola near 0, the lines outside.
pub fn huber(predictions: &[f32], targets: &[f32], delta: f32) -> f32 {
    let cost = |(y, t): (&f32, &f32)| match (y - t).abs() {
        e if e <= delta => 0.5 * e * e,
        e => delta * (e - 0.5 * delta),
    };
    let costs = predictions.iter().zip(targets).map(cost);
    costs.sum::<f32>() / predictions.len() as f32
}

/// 2.7, step 2: e, but not above δ and not below −δ.
pub fn huber_slope(predictions: &[f32], targets: &[f32], delta: f32) -> Vec<f32> {
    let n = predictions.len() as f32;
    let slope = |(y, t): (&f32, &f32)| (y - t).clamp(-delta, delta) / n;
    predictions.iter().zip(targets).map(slope).collect()
}

/// 2.8: (x W₁ + b₁) W₂ + b₂ = x (W₁ W₂) + (b₁ W₂ + b₂).
pub fn collapse(first: &Dense, second: &Dense) -> Dense {
    Dense {
        weights: first.weights.matmul(&second.weights), // [D, H] x [H, K] -> [D, K]
        bias: first.bias.matmul(&second.weights) + &second.bias, // [H] x [H, K] -> [K]
        activation: Activation::Identity,
    }
}

/// 2.9: a try that does not help leaves no trace. NaN is below nothing.
pub fn climb(
    start: &[f32],
    tries: usize,
    step: f32,
    rng: &mut Rng,
    mut loss: impl FnMut(&[f32]) -> f32,
) -> (Vec<f32>, f32) {
    let mut best = (start.to_vec(), loss(start));
    for _ in 0..tries {
        let change = |number: &f32| number + step * rng.normal();
        let changed: Vec<f32> = best.0.iter().map(change).collect();
        let now = loss(&changed);
        if now < best.1 {
            best = (changed, now);
        }
    }
    best
}

/// 2.10: a dense layer of units with slopes of their own.
pub struct PReluLayer {
    weights: Tensor, // [D, H]
    bias: Tensor,    // [H]
    slopes: Tensor,  // [H]
}

impl PReluLayer {
    /// Step 1: the slopes' start value is in the deviation of the weights too.
    pub fn new(inputs: usize, units: usize, rng: &mut Rng) -> PReluLayer {
        let slope = 0.25_f32;
        let deviation = (2.0 / ((1.0 + slope * slope) * inputs as f32)).sqrt();
        PReluLayer {
            weights: rng.normal_tensor(&[inputs, units], 0.0, deviation),
            bias: Tensor::zeros(&[units]),
            slopes: Tensor::full(&[units], slope),
        }
    }

    /// Step 2: one part behind the other.
    pub fn parameters(&self) -> Vec<f32> {
        [&self.weights, &self.bias, &self.slopes]
            .map(Tensor::to_vec)
            .concat()
    }

    /// Step 3: the same order, a part at a time.
    pub fn set_parameters(&mut self, parameters: &[f32]) {
        let (got, expected) = (parameters.len(), self.parameters().len());
        assert!(
            got == expected,
            "set_parameters: expected {expected} numbers, got {got}"
        );
        let mut rest = parameters;
        for part in [&mut self.weights, &mut self.bias, &mut self.slopes] {
            let (numbers, after) = rest.split_at(part.len());
            *part = Tensor::from_vec(numbers.to_vec(), part.shape());
            rest = after;
        }
    }

    /// Step 4: the slopes lie along the columns and are repeated for every row.
    pub fn forward(&self, x: &Tensor) -> Tensor {
        let z = x.matmul(&self.weights) + &self.bias; // [B, H]
        Tensor::where_(&z.gt(0.0), &z, &z * &self.slopes)
    }
}

/// 2.11: eight units make the two bumps; the ninth counts only what goes beyond one.
pub fn tower(first: [f32; 4], second: [f32; 4]) -> Mlp {
    let mut weights = vec![0.0; 2 * 8]; // [2, 8]
    let (mut bias, mut changes) = (Vec::new(), Vec::new());
    for (input, [a, b, c, d]) in [first, second].into_iter().enumerate() {
        let (up, down) = (1.0 / (b - a), 1.0 / (d - c));
        for (place, change) in [(a, up), (b, -up), (c, -down), (d, down)] {
            // This unit is max(0, x − place) of its own input.
            weights[input * 8 + bias.len()] = 1.0;
            bias.push(-place);
            changes.push(change);
        }
    }
    let layer = |weights, bias, activation| Dense {
        weights,
        bias,
        activation,
    };
    let folds = (
        Tensor::from_vec(weights, &[2, 8]),
        Tensor::from_vec(bias, &[8]),
    );
    let sum = Tensor::from_vec(changes, &[8, 1]);
    Mlp {
        layers: vec![
            layer(folds.0, folds.1, Activation::Relu),
            layer(sum, Tensor::from([-1.0]), Activation::Relu),
            layer(
                Tensor::from([[1.0]]),
                Tensor::from([0.0]),
                Activation::Identity,
            ),
        ],
    }
}

/// 2.12, step 1: the pieces of a unit lie side by side, so they become the last axis.
pub fn maxout(x: &Tensor, weights: &Tensor, bias: &Tensor, pieces: usize) -> Tensor {
    let z = x.matmul(weights) + bias; // [B, H·k]
    let [batch, scores] = z.dims();
    let z = z.reshape(&[batch, scores / pieces, pieces]); // [B, H, k]
    z.max_axis(2, Keep::No) // [B, H]
}

/// 2.12, step 2: the second score of each unit is always 0.
pub fn maxout_from_relu(weights: &Tensor, bias: &Tensor) -> (Tensor, Tensor) {
    let [d, h] = weights.dims();
    let beside_zero = |part: &Tensor| {
        let last = part.rank(); // a new axis behind the last
        Tensor::stack(last, &[part.clone(), Tensor::zeros(part.shape())])
    };
    let weights = beside_zero(weights).reshape(&[d, 2 * h]); // from [D, H, 2]
    (weights, beside_zero(bias).reshape(&[2 * h])) // from [H, 2]
}
