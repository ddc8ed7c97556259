//! The classifier of clothes of lesson 4 in burn: the same names in the same order as
//! `nn::Mlp` and `src/project.rs`.
//!
//! `cargo run -p ch04_training --example concise -- --device cpu`
//!
//! Dimension key: B batch, D inputs, K classes.

use std::process::ExitCode;

use ::nn::data::Labelled;
use ::nn::metrics::accuracy;
use ::nn::{Mlp as Scratch, Schedule};
use bridge::{back, data, whole};
use burn::module::{Param, RunningState};
use burn::nn::loss::CrossEntropyLossConfig;
use burn::nn::{
    BatchNorm, BatchNormConfig, Dropout, DropoutConfig, Linear, LinearConfig, Relu,
};
use burn::optim::{AdamWConfig, GradientsParams};
use burn::prelude::*;
use ch04_training::clothes::Clothes;
use ch04_training::project::{DEFAULT, Settings, trainer};
use clap::{Arg, value_parser};
use tensor::Rng;

// ANCHOR: model
/// Dense layers; between two of them batch normalisation, ReLU and dropout.
#[derive(Module, Debug)]
pub struct Mlp {
    /// Each with its weights `[in, out]` and bias `[out]`.
    pub layers: Vec<Linear>,
    /// One after each layer but the last.
    pub norms: Vec<BatchNorm>,
    relu: Relu,
    dropout: Dropout,
}

impl Mlp {
    /// The logits of a batch: `[B, D] -> [B, K]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let mut a = self.layers[0].forward(x); // [B, D] -> [B, hidden]
        for (layer, norm) in self.layers[1..].iter().zip(&self.norms) {
            a = self.relu.forward(norm.forward(a));
            a = layer.forward(self.dropout.forward(a)); // [B, in] -> [B, out]
        }
        a // [B, K]
    }
}
// ANCHOR_END: model

impl Mlp {
    /// A net with the sizes, the weights and the running averages of one from scratch.
    pub fn with_weights_of(scratch: &Scratch, device: &Device) -> Mlp {
        let layer = |from: &::nn::layers::Linear| {
            let [inputs, outputs] = from.weight.dims();
            let mut layer = LinearConfig::new(inputs, outputs).init(device);
            layer.weight = Param::from_data(data(&from.weight), device);
            layer.bias = Some(Param::from_data(data(&from.bias), device));
            layer
        };
        let norm = |from: &::nn::layers::BatchNorm| {
            let mut norm = BatchNormConfig::new(from.scale.len()).init(device);
            norm.gamma = Param::from_data(data(&from.scale), device);
            norm.beta = Param::from_data(data(&from.shift), device);
            let [mean, variance] = from
                .running()
                .map(|of| RunningState::new(Tensor::from_data(data(&of), device)));
            (norm.running_mean, norm.running_var) = (mean, variance);
            norm
        };
        Mlp {
            layers: scratch.layers.iter().map(layer).collect(),
            norms: scratch.norms.iter().map(norm).collect(),
            relu: Relu::new(),
            dropout: DropoutConfig::new(scratch.dropout.p.into()).init(),
        }
    }
}

// ANCHOR: train
/// Trains by AdamW along one cycle; the net after it.
pub fn train(
    mut net: Mlp,
    clothes: &Labelled,
    settings: &Settings,
    rng: &mut Rng,
) -> Mlp {
    let device = &net.layers[0].weight.device();
    let adamw = AdamWConfig::new().with_epsilon(1e-8);
    let mut adamw = adamw.with_weight_decay(settings.decay).init();
    let schedule = Schedule::OneCycle {
        peak: settings.peak,
        steps: settings.epochs * (clothes.len() / settings.batch),
    };
    let mut steps = 0;
    for _ in 0..settings.epochs {
        let order = rng.permutation(clothes.len());
        for rows in order.chunks_exact(settings.batch) {
            let batch = clothes.pick(rows);
            let x = Tensor::from_data(data(&batch.x), device); // [B, D]
            let classes = whole(&batch.classes, device); // [B]
            let cross_entropy = CrossEntropyLossConfig::new().init(device);
            let loss = cross_entropy.forward(net.forward(x), classes);
            let gradients = GradientsParams::from_grads(loss.backward(), &net);
            net = adamw.step(f64::from(schedule.at(steps)), net, gradients);
            steps += 1;
        }
    }
    net
}
// ANCHOR_END: train

/// The share of the pictures that the net sorts rightly, in 0..1.
pub fn right(net: &Mlp, clothes: &Labelled) -> f32 {
    let net = net.valid(); // batch norm by running averages, no dropout
    let device = &net.layers[0].weight.device();
    let x = Tensor::from_data(data(&clothes.x), device); // [N, D]
    accuracy(&back(net.forward(x)), &clothes.classes)
}

/// Trains the lesson's net and says how it went.
fn report(device: &Device, epochs: usize) -> anyhow::Result<String> {
    let clothes = Clothes::load()?;
    let settings = Settings { epochs, ..DEFAULT };
    let scratch = trainer(&settings, clothes.training.len(), 1).net;
    let device = device.clone().autodiff();
    let net = Mlp::with_weights_of(&scratch, &device);
    let shown = net.to_string();
    let mut rng = Rng::new(1).fork("clothes");
    let net = train(net, &clothes.training, &settings, &mut rng);
    let share = 100.0 * right(&net, &clothes.validation);
    Ok(format!(
        "{shown}\n\nafter {epochs} epochs: {share:.1} % of the validation pictures"
    ))
}

fn main() -> ExitCode {
    let about = "The classifier of clothes of lesson 4 in burn, from the same weights";
    let epochs = Arg::new("epochs")
        .long("epochs")
        .value_parser(value_parser!(u8).range(1..))
        .default_value("20")
        .help("Passes over the training pictures");
    bridge::main(about, [epochs], |device, flags| {
        let epochs = flags.get_one("epochs").copied();
        report(device, usize::from(epochs.unwrap_or(20_u8)))
    })
}
