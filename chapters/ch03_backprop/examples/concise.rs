//! The digit reader of lesson 3 in burn: the same names in the same order as `src/mlp.rs`
//! and `src/digits.rs`.
//!
//! `cargo run -p ch03_backprop --example concise -- --device cpu`
//!
//! Dimension key: B batch, D inputs, K classes.

use std::process::ExitCode;

use ::nn::data::Labelled;
use ::nn::metrics::accuracy;
use bridge::{back, data, whole};
use burn::module::Param;
use burn::nn::activation::{Activation, ActivationConfig};
use burn::nn::loss::CrossEntropyLossConfig;
use burn::nn::{Linear, LinearConfig};
use burn::optim::{GradientsParams, SgdConfig};
use burn::prelude::*;
use ch03_backprop::digits::{BATCH, Digits};
use ch03_backprop::mlp;
use clap::{Arg, value_parser};
use tensor::Rng;

// ANCHOR: model
/// Dense layers with an activation between them; the last gives logits.
#[derive(Module, Debug)]
pub struct Mlp {
    /// Each with its weights `[in, out]` and bias `[out]`.
    pub layers: Vec<Linear>,
    activation: Activation,
}

impl Mlp {
    /// The logits of a batch: `[B, D] -> [B, K]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let mut a = x; // [B, D]
        for (l, layer) in self.layers.iter().enumerate() {
            if l > 0 {
                a = self.activation.forward(a);
            }
            a = layer.forward(a); // [B, in] -> [B, out]
        }
        a // [B, K]
    }
}
// ANCHOR_END: model

impl Mlp {
    /// A net of these `sizes` with the weights of one from scratch.
    ///
    /// # Panics
    /// If the scratch net has other sizes.
    pub fn with_weights_of(
        scratch: &mlp::Mlp,
        activation: ActivationConfig,
        device: &Device,
    ) -> Mlp {
        let layer = |[weights, bias]: &[tensor::Tensor; 2]| {
            let [inputs, outputs] = weights.dims();
            let mut layer = LinearConfig::new(inputs, outputs).init(device);
            layer.weight = Param::from_data(data(weights), device);
            layer.bias = Some(Param::from_data(data(bias), device));
            layer
        };
        Mlp {
            layers: scratch.layers.iter().map(layer).collect(),
            activation: activation.init(device),
        }
    }
}

// ANCHOR: train
/// One pass over the digits in random order, `BATCH` at a time; the net after it.
pub fn pass(mut net: Mlp, digits: &Labelled, lr: f64, rng: &mut Rng) -> Mlp {
    let device = &net.layers[0].weight.device();
    let mut sgd = SgdConfig::new().init();
    let order = rng.permutation(digits.len());
    for rows in order.chunks_exact(BATCH) {
        let batch = digits.pick(rows);
        let x = Tensor::from_data(data(&batch.x), device); // [B, D]
        let classes = whole(&batch.classes, device); // [B]
        let cross_entropy = CrossEntropyLossConfig::new().init(device);
        let loss = cross_entropy.forward(net.forward(x), classes);
        let gradients = GradientsParams::from_grads(loss.backward(), &net);
        net = sgd.step(lr, net, gradients);
    }
    net
}
// ANCHOR_END: train

/// The share of the digits that the net reads rightly, in 0..1.
pub fn right(net: &Mlp, digits: &Labelled) -> f32 {
    let device = &net.layers[0].weight.device();
    let x = Tensor::from_data(data(&digits.x), device); // [N, D]
    accuracy(&back(net.forward(x)), &digits.classes)
}

/// Trains the lesson's net and says how it went.
fn train(device: &Device, passes: usize) -> anyhow::Result<String> {
    let digits = Digits::load()?;
    let mut rng = Rng::new(1).fork("digits");
    let scratch = mlp::Mlp::new(&[784, 100, 10], tensor::Tensor::relu, &mut rng);
    let device = device.clone().autodiff();
    let mut net = Mlp::with_weights_of(&scratch, ActivationConfig::Relu, &device);
    let mut lines = vec![format!("{net}\n")];
    for number in 1..=passes {
        net = pass(net, &digits.training, 0.2, &mut rng);
        let share = 100.0 * right(&net, &digits.test);
        lines.push(format!("pass {number}: {share:.1} % of the test digits"));
    }
    Ok(lines.join("\n"))
}

fn main() -> ExitCode {
    let about = "The digit reader of lesson 3 in burn, from the same weights, in the same order";
    let passes = Arg::new("passes")
        .long("passes")
        .value_parser(value_parser!(u8).range(1..))
        .default_value("15")
        .help("Passes over the training digits");
    bridge::main(about, [passes], |device, flags| {
        let passes = flags.get_one("passes").copied();
        train(device, usize::from(passes.unwrap_or(15_u8)))
    })
}
