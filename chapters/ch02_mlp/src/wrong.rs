//! Wrong solutions of the kind that people write, to prove that the exercises' tests
//! catch them.
//!
//! Each function is the right solution, unless the environment names one of its
//! exercise's wrong variants: `COURSE_WRONG=2.3b`. The comment beside a variant says
//! what is wrong with it.

use lesson::exercise::wrong_variant;
use tensor::{Keep, Rng, Tensor};

use crate::activation::Activation;
use crate::dense::Dense;
use crate::mlp::Mlp;
use crate::solutions;

/// 2.1, step 1, or a wrong variant.
pub fn layer_shapes(
    batch: usize,
    inputs: usize,
    units: usize,
) -> ([usize; 2], [usize; 1], [usize; 2]) {
    match wrong_variant("2.1") {
        // The weights the other way round: a row for each unit.
        Some('a') => ([units, inputs], [units], [batch, units]),
        // A bias for each input.
        Some('b') => ([inputs, units], [inputs], [batch, units]),
        _ => solutions::layer_shapes(batch, inputs, units),
    }
}

/// 2.1, step 2, or a wrong variant.
pub fn parameter_count(sizes: &[usize]) -> usize {
    match wrong_variant("2.1") {
        // The biases were forgotten.
        Some('c') => sizes.windows(2).map(|pair| pair[0] * pair[1]).sum(),
        _ => solutions::parameter_count(sizes),
    }
}

/// 2.2, or a wrong variant.
pub fn scores_by_unit(x: &Tensor, weights: &Tensor, bias: &Tensor) -> Tensor {
    let ([batch, inputs], units) = (x.dims(), bias.len());
    match wrong_variant("2.2") {
        // Not transposed: no error as long as the matrix is square.
        Some('a') if units == inputs => x.matmul(weights) + bias,
        // The bias was forgotten.
        Some('b') => x.matmul(&weights.t()),
        // A bias for each row: no error as long as there are as many rows as units.
        Some('c') if batch == units => x.matmul(&weights.t()) + bias.unsqueeze(1),
        _ => solutions::scores_by_unit(x, weights, bias),
    }
}

/// 2.3, or a wrong variant.
pub fn same() -> Mlp {
    let mut net = solutions::same();
    match wrong_variant("2.3") {
        // The page's answer: whether they differ.
        Some('a') => return crate::xor::xor_by_hand(),
        // No bend: what the two units say cancels out.
        Some('b') => net.layers[0].activation = Activation::Identity,
        // The second way to differ was forgotten.
        Some('c') => net.layers[1].weights = Tensor::from([[-1.0], [0.0]]),
        _ => {}
    }
    net
}

/// 2.4, step 1, or a wrong variant.
pub fn elu(z: &Tensor, alpha: f32) -> Tensor {
    match wrong_variant("2.4") {
        // Both branches with factors 0 and 1: 0 · ∞ for large scores.
        Some('a') => {
            let above = z.gt(0.0);
            z * &above + alpha * (z.exp() - 1.0) * (1.0 - &above)
        }
        // α was forgotten.
        Some('b') => solutions::elu(z, 1.0),
        _ => solutions::elu(z, alpha),
    }
}

/// 2.4, step 2, or a wrong variant.
pub fn elu_slope(z: &Tensor, alpha: f32) -> Tensor {
    match wrong_variant("2.4") {
        // The value of the branch, not its derivative.
        Some('c') => Tensor::where_(&z.gt(0.0), 1.0, alpha * (z.exp() - 1.0)),
        _ => solutions::elu_slope(z, alpha),
    }
}

/// 2.5, or a wrong variant.
pub fn log_sum_exp(scores: impl Iterator<Item = f32>) -> f32 {
    let variant = wrong_variant("2.5");
    let (mut largest, mut sum) = (f32::NEG_INFINITY, 0.0_f32);
    match variant {
        // The formula as it stands: large scores overflow.
        Some('a') => scores.map(f32::exp).sum::<f32>().ln(),
        // The sum so far is not made smaller when the largest grows.
        Some('b') => {
            for z in scores.filter(|&z| z > f32::NEG_INFINITY) {
                largest = largest.max(z);
                sum += (z - largest).exp();
            }
            largest + sum.ln()
        }
        // Right for finite scores, but −∞ − (−∞) is not a number.
        Some('c') => {
            for z in scores {
                let larger = largest.max(z);
                sum = sum * (largest - larger).exp() + (z - larger).exp();
                largest = larger;
            }
            largest + sum.ln()
        }
        _ => solutions::log_sum_exp(scores),
    }
}

/// 2.6, or a wrong variant.
pub fn cross_entropy(logits: &Tensor, classes: &[Option<usize>]) -> f32 {
    let known = |row: usize| classes[row].is_some();
    let count = (0..classes.len()).filter(|&row| known(row)).count();
    let right = solutions::cross_entropy(logits, classes);
    match wrong_variant("2.6") {
        // Softmax down the column, over the examples.
        Some('a') => {
            let down = logits.log_softmax(0);
            let of = |(row, class): (usize, &Option<usize>)| {
                class.map_or(0.0, |class| down.slice(0, row..=row).to_vec()[class])
            };
            let sum: f32 = classes.iter().enumerate().map(of).sum();
            -sum / count.max(1) as f32
        }
        // The mean over all rows.
        Some('b') => right * count as f32 / classes.len() as f32,
        // The logarithm of a probability that has become 0.
        Some('c') => {
            let p = logits.softmax(1).to_vec();
            let k = logits.shape()[1];
            let of = |(row, class): (usize, &Option<usize>)| {
                class.map_or(0.0, |class| -p[row * k + class].ln())
            };
            let sum: f32 = classes.iter().enumerate().map(of).sum();
            sum / count.max(1) as f32
        }
        _ => right,
    }
}

/// 2.7, step 1, or a wrong variant.
pub fn huber(predictions: &[f32], targets: &[f32], delta: f32) -> f32 {
    let mean = |cost: &dyn Fn(f32) -> f32| {
        let pairs = predictions.iter().zip(targets);
        let costs = pairs.map(|(y, t)| cost((y - t).abs()));
        costs.sum::<f32>() / predictions.len() as f32
    };
    let parabola = |e: f32| 0.5 * e * e;
    match wrong_variant("2.7") {
        // The lines do not meet the parabola: the loss jumps at δ.
        Some('a') => mean(&|e| if e <= delta { parabola(e) } else { delta * e }),
        // Smooth L1 with its δ of 1, whatever the δ.
        Some('b') => mean(&|e| if e <= 1.0 { parabola(e) } else { e - 0.5 }),
        _ => solutions::huber(predictions, targets, delta),
    }
}

/// 2.7, step 2, or a wrong variant.
pub fn huber_slope(predictions: &[f32], targets: &[f32], delta: f32) -> Vec<f32> {
    let right = solutions::huber_slope(predictions, targets, delta);
    match wrong_variant("2.7") {
        // The slope of the sum, not of the mean.
        Some('c') => right.iter().map(|g| g * right.len() as f32).collect(),
        _ => right,
    }
}

/// 2.8, or a wrong variant.
pub fn collapse(first: &Dense, second: &Dense) -> Dense {
    let mut layer = solutions::collapse(first, second);
    let square = first.weights.shape() == second.weights.shape();
    match wrong_variant("2.8") {
        // The matrices in the other order: no error as long as they are square.
        Some('a') if square => layer.weights = second.weights.matmul(&first.weights),
        // The first bias was forgotten.
        Some('b') => layer.bias = second.bias.clone(),
        // The first bias does not go through the second layer.
        Some('c') if square => layer.bias = &first.bias + &second.bias,
        _ => {}
    }
    layer
}

/// 2.9, or a wrong variant.
pub fn climb(
    start: &[f32],
    tries: usize,
    step: f32,
    rng: &mut Rng,
    mut loss: impl FnMut(&[f32]) -> f32,
) -> (Vec<f32>, f32) {
    let variant = wrong_variant("2.9");
    let keep = |now: f32, best: f32| match variant {
        // Keeps what is no better.
        Some('a') => now <= best,
        // Keeps NaN: it is not above the best either.
        Some('c') => now < best || now.is_nan(),
        _ => now < best,
    };
    let mut best = (start.to_vec(), loss(start));
    let mut last = best.0.clone();
    for _ in 0..tries {
        // b: changes the last try, a random walk that remembers its best place.
        let from = if variant == Some('b') { &last } else { &best.0 };
        last = from.iter().map(|x| x + step * rng.normal()).collect();
        let now = loss(&last);
        if keep(now, best.1) {
            best = (last.clone(), now);
        }
    }
    best
}

/// 2.10, or a wrong variant.
pub struct PReluLayer(solutions::PReluLayer, [usize; 2]);

impl PReluLayer {
    /// Step 1, or a wrong variant.
    pub fn new(inputs: usize, units: usize, rng: &mut Rng) -> PReluLayer {
        let mut layer = solutions::PReluLayer::new(inputs, units, rng);
        if wrong_variant("2.10") == Some('a') {
            // The deviation for as many inputs as there are units.
            let mut numbers = layer.parameters();
            let factor = (inputs as f32 / units as f32).sqrt();
            numbers[..inputs * units]
                .iter_mut()
                .for_each(|w| *w *= factor);
            layer.set_parameters(&numbers);
        }
        PReluLayer(layer, [inputs, units])
    }

    /// Step 2.
    pub fn parameters(&self) -> Vec<f32> {
        self.0.parameters()
    }

    /// Step 3, or a wrong variant.
    pub fn set_parameters(&mut self, parameters: &[f32]) {
        let mut numbers = parameters.to_vec();
        let [inputs, units] = self.1;
        let count = inputs * units;
        if wrong_variant("2.10") == Some('b') && numbers.len() > count {
            // Reads the weights column by column.
            let weights = Tensor::from_vec(numbers[..count].to_vec(), &[units, inputs]);
            numbers[..count].copy_from_slice(&weights.t().to_vec());
        }
        self.0.set_parameters(&numbers);
    }

    /// Step 4, or a wrong variant.
    pub fn forward(&self, x: &Tensor) -> Tensor {
        if wrong_variant("2.10") != Some('c') {
            return self.0.forward(x);
        }
        // One slope for all units, as in a leaky ReLU.
        let [_, units] = self.1;
        let mut numbers = self.0.parameters();
        let slopes = numbers.len() - units;
        let first = numbers[slopes];
        numbers[slopes..].fill(first);
        let mut shared = solutions::PReluLayer::new(self.1[0], units, &mut Rng::new(0));
        shared.set_parameters(&numbers);
        shared.forward(x)
    }
}

/// 2.11, or a wrong variant.
pub fn tower(first: [f32; 4], second: [f32; 4]) -> Mlp {
    let mut net = solutions::tower(first, second);
    match wrong_variant("2.11") {
        // The sum of the bumps: two walls instead of a tower.
        Some('a') => net.layers[1].bias = Tensor::from([0.0]),
        // A threshold of 2, as for a unit that fires or not: nothing is left above it.
        Some('b') => net.layers[1].bias = Tensor::from([-2.0]),
        // Both bumps look at the first input.
        Some('c') => {
            net.layers[0].weights =
                Tensor::concat(0, &[Tensor::ones(&[1, 8]), Tensor::zeros(&[1, 8])]);
        }
        _ => {}
    }
    net
}

/// 2.12, step 1, or a wrong variant.
pub fn maxout(x: &Tensor, weights: &Tensor, bias: &Tensor, pieces: usize) -> Tensor {
    let z = x.matmul(weights) + bias; // [B, H·k]
    let [batch, scores] = z.dims();
    match wrong_variant("2.12") {
        // The columns of a unit taken H apart, not side by side.
        Some('a') => {
            let z = z.reshape(&[batch, pieces, scores / pieces]);
            z.max_axis(1, Keep::No)
        }
        _ => solutions::maxout(x, weights, bias, pieces),
    }
}

/// 2.12, step 2, or a wrong variant.
pub fn maxout_from_relu(weights: &Tensor, bias: &Tensor) -> (Tensor, Tensor) {
    let zeros = |part: &Tensor| Tensor::zeros(part.shape());
    let (right_weights, right_bias) = solutions::maxout_from_relu(weights, bias);
    match wrong_variant("2.12") {
        // The zeros behind all the weights, not beside each unit's.
        Some('b') => (
            Tensor::concat(1, &[weights.clone(), zeros(weights)]),
            Tensor::concat(0, &[bias.clone(), zeros(bias)]),
        ),
        // The bias on both pieces: max(b, z).
        Some('c') => {
            let twice = Tensor::stack(1, &[bias.clone(), bias.clone()]);
            (right_weights, twice.reshape(right_bias.shape()))
        }
        _ => (right_weights, right_bias),
    }
}
