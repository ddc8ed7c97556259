//! A multilayer perceptron: dense layers, one behind the other (page *A layer is a matrix*).
//!
//! Dimension key: B batch; D inputs and H units of a layer.

use tensor::{Rng, Tensor};

use crate::activation::Activation;
use crate::dense::Dense;

// ANCHOR: mlp
/// Dense layers, one behind the other. The last one says its scores as they are: logits.
#[derive(Clone, Debug)]
pub struct Mlp {
    /// From the input to the output.
    pub layers: Vec<Dense>,
}

impl Mlp {
    /// A net with random weights. `sizes` holds the number of inputs, then the number of
    /// units of each layer: `[784, 256, 128, 10]` has three layers.
    ///
    /// # Panics
    /// If there are fewer than two sizes.
    #[track_caller]
    pub fn new(sizes: &[usize], activation: Activation, rng: &mut Rng) -> Mlp {
        let enough = sizes.len() >= 2;
        assert!(
            enough,
            "Mlp::new: expected at least two sizes, got {sizes:?}"
        );
        let last = sizes.len() - 2;
        let mut layers = Vec::new();
        for (l, pair) in sizes.windows(2).enumerate() {
            let activation = match l == last {
                true => Activation::Identity,
                false => activation,
            };
            layers.push(Dense::new(pair[0], pair[1], activation, rng));
        }
        Mlp { layers }
    }
    // ANCHOR_END: mlp

    // ANCHOR: forward
    /// The logits of a batch: `[B, D]` -> `[B, K]`.
    ///
    /// # Panics
    /// If a row of `x` is not as long as the first layer has inputs.
    #[track_caller]
    pub fn forward(&self, x: &Tensor) -> Tensor {
        let mut a = x.clone(); // [B, D]
        for layer in &self.layers {
            a = layer.forward(&a); // [B, H of this layer]
        }
        a
    }
    // ANCHOR_END: forward
}

impl Mlp {
    /// What every layer says, `x` itself first: one tensor more than there are layers.
    ///
    /// # Panics
    /// As [`Mlp::forward`].
    #[track_caller]
    pub fn activations(&self, x: &Tensor) -> Vec<Tensor> {
        let mut all = vec![x.clone()];
        for layer in &self.layers {
            all.push(layer.forward(&all[all.len() - 1]));
        }
        all
    }

    /// The shapes on the way of a batch of `batch` rows, those of the input first.
    pub fn shapes(&self, batch: usize) -> Vec<[usize; 2]> {
        let inputs = self.layers.iter().map(|layer| layer.weights.shape()[0]);
        let outputs = self.layers.last().map(|layer| layer.bias.len());
        inputs.chain(outputs).map(|size| [batch, size]).collect()
    }

    // ANCHOR: count
    /// How many numbers the net holds: weights and biases.
    pub fn parameter_count(&self) -> usize {
        let count = |layer: &Dense| layer.weights.len() + layer.bias.len();
        self.layers.iter().map(count).sum()
    }

    /// How many multiply-adds a forward pass of `batch` rows takes: one for each weight and
    /// row. Biases and activations are not counted; they are few.
    pub fn multiply_adds(&self, batch: usize) -> usize {
        let weights = self.layers.iter().map(|layer| layer.weights.len());
        batch * weights.sum::<usize>()
    }
    // ANCHOR_END: count

    /// All numbers in one row: for each layer its weights, row by row, then its bias.
    pub fn parameters(&self) -> Vec<f32> {
        let of = |layer: &Dense| [layer.weights.to_vec(), layer.bias.to_vec()].concat();
        self.layers.iter().flat_map(of).collect()
    }

    /// Puts numbers in the places that [`Mlp::parameters`] read them from.
    ///
    /// # Panics
    /// If there are not [`Mlp::parameter_count`] of them.
    #[track_caller]
    pub fn set_parameters(&mut self, parameters: &[f32]) {
        let (got, expected) = (parameters.len(), self.parameter_count());
        assert!(
            got == expected,
            "set_parameters: expected {expected} numbers, got {got}"
        );
        let mut rest = parameters;
        for layer in &mut self.layers {
            for place in [&mut layer.weights, &mut layer.bias] {
                let (numbers, after) = rest.split_at(place.len());
                *place = Tensor::from_vec(numbers.to_vec(), place.shape());
                rest = after;
            }
        }
    }
}
