//! The net of lesson 2 in burn: the same names in the same order as `src/dense.rs` and
//! `src/mlp.rs`, and with the same weights the same answers.
//!
//! `cargo run -p ch02_mlp --example concise -- --device cpu`
//!
//! Dimension key: B batch, D inputs, H hidden units, K classes.

use std::process::ExitCode;

use bridge::{back, data, whole};
use burn::module::Param;
use burn::nn::activation::{Activation, ActivationConfig};
use burn::nn::loss::CrossEntropyLossConfig;
use burn::nn::{Linear, LinearConfig};
use burn::prelude::*;
use ch02_mlp::{activation, loss, mlp};
use tensor::Rng;

// ANCHOR: model
/// A layer of units: a = φ(x W + b).
#[derive(Module, Debug)]
pub struct Dense {
    /// Its weight is [D, H], its bias [H].
    pub linear: Linear,
    activation: Activation,
}

/// Dense layers, one behind the other. The last one says its scores as they are: logits.
#[derive(Module, Debug)]
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
    pub fn new(sizes: &[usize], activation: ActivationConfig, device: &Device) -> Mlp {
        let [hidden @ .., last] = &sizes.windows(2).collect::<Vec<_>>()[..] else {
            panic!("Mlp::new: expected at least two sizes, got {sizes:?}");
        };
        let layer = |pair: &[usize], activation: &ActivationConfig| Dense {
            linear: LinearConfig::new(pair[0], pair[1]).init(device),
            activation: activation.init(device),
        };
        let mut layers: Vec<Dense> =
            hidden.iter().map(|pair| layer(pair, &activation)).collect();
        layers.push(layer(last, &ActivationConfig::Identity));
        Mlp { layers }
    }
}
// ANCHOR_END: model

// ANCHOR: forward
impl Dense {
    /// What the units say: a = φ(z), `[B, D]` -> `[B, H]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        self.activation.forward(self.linear.forward(x))
    }
}

impl Mlp {
    /// The logits of a batch: `[B, D]` -> `[B, K]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let mut a = x; // [B, D]
        for layer in &self.layers {
            a = layer.forward(a); // [B, H of this layer]
        }
        a
    }
}
// ANCHOR_END: forward

impl Mlp {
    /// The same net with the weights and biases of one from scratch.
    ///
    /// # Panics
    /// If the two have not the same sizes.
    pub fn with_weights_of(mut self, scratch: &mlp::Mlp, device: &Device) -> Mlp {
        assert_eq!(self.layers.len(), scratch.layers.len(), "layers");
        for (layer, from) in self.layers.iter_mut().zip(&scratch.layers) {
            assert_eq!(layer.linear.weight.dims(), from.weights.dims());
            layer.linear.weight = Param::from_data(data(&from.weights), device);
            layer.linear.bias = Some(Param::from_data(data(&from.bias), device));
        }
        self
    }
}

/// How many digits both nets look at.
const DIGITS: usize = 100;

/// The net of the lesson's pages.
const SIZES: [usize; 4] = [784, 256, 128, 10];

/// Shows both nets the same digits, and says how far apart their answers are.
fn compare(device: &Device) -> anyhow::Result<String> {
    let digits = datasets::mnist10k()?.subset(&Vec::from_iter(0..DIGITS));
    let x = tensor::Tensor::from_array(digits.to_f32()); // [B, 784]
    let classes = digits.targets();

    let mut rng = Rng::new(1).fork("concise");
    let scratch = mlp::Mlp::new(&SIZES, activation::Activation::Relu, &mut rng);
    let net = Mlp::new(&SIZES, ActivationConfig::Relu, device)
        .with_weights_of(&scratch, device);

    let expected = scratch.forward(&x); // [B, 10]
    let logits = net.forward(Tensor::from_data(data(&x), device)); // [B, 10]
    let cross_entropy = CrossEntropyLossConfig::new().init(device);
    let burn_loss =
        back(cross_entropy.forward(logits.clone(), whole(&classes, device))).item();

    let apart = (&expected - back(logits)).abs().max().item();
    let scratch_loss = loss::cross_entropy(&expected, &classes);
    Ok(format!(
        "{net}\n\n\
         {DIGITS} digits through both nets, untrained, with the same weights:\n\
         the logits are at most {apart:.0e} apart;\n\
         cross-entropy {scratch_loss:.5} from scratch, {burn_loss:.5} in burn."
    ))
}

fn main() -> ExitCode {
    let about = "The net of lesson 2 in burn, beside the one from scratch with the same weights";
    bridge::main(about, [], |device, _| compare(device))
}
