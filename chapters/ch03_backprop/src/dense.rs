//! A dense layer and ReLU, forward and backward, by hand (page *Backward through a
//! layer*).
//!
//! Each forward pass returns its output and what its backward pass will need. Each
//! backward pass takes that, and the gradient of the loss by the output. Nothing here
//! is recorded by the engine.
//!
//! Dimension key: B examples in a batch, in and out: numbers that enter and leave.

use tensor::{Keep, Rng, Tensor};

// ANCHOR: dense
/// A dense layer, X W + b.
#[derive(Clone, Debug)]
pub struct Dense {
    /// The weights W, `[in, out]`.
    pub weights: Tensor,
    /// The biases b, `[out]`.
    pub bias: Tensor,
}

/// The gradient of the loss by all that a dense layer was calculated from, each of the
/// shape of what it belongs to.
#[derive(Clone, Debug)]
pub struct DenseGradient {
    /// By the input X, `[B, in]`.
    pub x: Tensor,
    /// By the weights W, `[in, out]`.
    pub weights: Tensor,
    /// By the biases b, `[out]`.
    pub bias: Tensor,
}

impl Dense {
    /// The output `[B, out]` of a batch `[B, in]`, and what to keep: the input.
    pub fn forward(&self, x: &Tensor) -> (Tensor, Tensor) {
        let z = x.matmul(&self.weights) + &self.bias; // [B, in] x [in, out] -> [B, out]
        (z, x.clone())
    }

    /// The way back, from the kept input and the gradient by the output, `[B, out]`.
    pub fn backward(&self, x: &Tensor, g: &Tensor) -> DenseGradient {
        DenseGradient {
            x: g.matmul(&self.weights.t()), // [B, out] x [out, in] -> [B, in]
            weights: x.t().matmul(g),       // [in, B] x [B, out] -> [in, out]
            bias: g.sum_axis(0, Keep::No),  // [B, out] -> [out]
        }
    }
}
// ANCHOR_END: dense

impl Dense {
    /// A layer with normal weights of variance 2/in (lesson 4 tells why) and zero biases.
    pub fn new(inputs: usize, outputs: usize, rng: &mut Rng) -> Dense {
        let deviation = (2.0 / inputs as f32).sqrt();
        Dense {
            weights: rng.normal_tensor(&[inputs, outputs], 0.0, deviation),
            bias: Tensor::zeros(&[outputs]),
        }
    }

    /// One step of gradient descent, of size `lr`.
    pub fn step(&mut self, gradient: &DenseGradient, lr: f32) {
        self.weights = &self.weights - lr * &gradient.weights;
        self.bias = &self.bias - lr * &gradient.bias;
    }

    /// How many numbers it has learnt.
    pub fn parameter_count(&self) -> usize {
        self.weights.len() + self.bias.len()
    }
}

// ANCHOR: relu
/// max(0, z), and what to keep: a mask, 1 where z > 0 and 0 elsewhere.
pub fn relu(z: &Tensor) -> (Tensor, Tensor) {
    let mask = z.gt(0.0);
    (z * &mask, mask)
}

/// The way back: where nothing went through, nothing comes back.
pub fn relu_backward(mask: &Tensor, g: &Tensor) -> Tensor {
    g * mask
}
// ANCHOR_END: relu
