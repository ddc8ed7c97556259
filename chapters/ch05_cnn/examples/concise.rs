//! LeNet-5 and the small VGG of lesson 5 in burn: the same names in the same order as
//! `src/models/`.
//!
//! `cargo run -p ch05_cnn --example concise -- --device cpu`
//!
//! Dimension key: B batch, C channels, H, W rows and columns, K classes.

use std::process::ExitCode;
use std::time::Instant;

use ::nn::layers as scratch;
use ::nn::optim::{Adam, Optimizer};
use ::nn::{Net, Pass};
use bridge::{data, whole};
use burn::module::{Param, RunningState};
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::loss::CrossEntropyLossConfig;
use burn::nn::pool::{
    AdaptiveAvgPool2d, AdaptiveAvgPool2dConfig, MaxPool2d, MaxPool2dConfig,
};
use burn::nn::{
    BatchNorm, BatchNormConfig, Linear, LinearConfig, PaddingConfig2d, Relu,
};
use burn::optim::{AdamConfig, GradientsParams};
use burn::prelude::*;
use ch05_cnn::models;
use tensor::Rng;

// ANCHOR: lenet
/// Two windows of 5 with a pool behind each, and three dense layers.
#[derive(Module, Debug)]
pub struct LeNet {
    /// Five by five, to 6 maps.
    pub conv1: Conv2d,
    /// Five by five, to 16 maps.
    pub conv2: Conv2d,
    /// To 120.
    pub dense1: Linear,
    /// To 84.
    pub dense2: Linear,
    /// To the classes.
    pub dense3: Linear,
    pool: MaxPool2d,
    relu: Relu,
}

impl LeNet {
    /// The logits of a batch: `[B, C, H, W] -> [B, K]`.
    pub fn forward(&self, x: Tensor<4>) -> Tensor<2> {
        let x = self.pool.forward(self.relu.forward(self.conv1.forward(x)));
        let x = self.pool.forward(self.relu.forward(self.conv2.forward(x)));
        let x = self.relu.forward(self.dense1.forward(x.flatten(1, 3)));
        let x = self.relu.forward(self.dense2.forward(x));
        self.dense3.forward(x) // [B, K]
    }
}
// ANCHOR_END: lenet

// ANCHOR: vgg
/// Windows of 3, each with batch normalisation and ReLU; a pool between two blocks.
#[derive(Module, Debug)]
pub struct Vgg {
    /// All windows, in order.
    pub convs: Vec<Conv2d>,
    /// One behind each.
    pub norms: Vec<BatchNorm>,
    depth: usize,
    /// From the means of the maps to the classes.
    pub head: Linear,
    pool: MaxPool2d,
    mean: AdaptiveAvgPool2d,
    relu: Relu,
}

impl Vgg {
    /// The logits of a batch: `[B, C, H, W] -> [B, K]`.
    pub fn forward(&self, mut x: Tensor<4>) -> Tensor<2> {
        for (i, (conv, norm)) in self.convs.iter().zip(&self.norms).enumerate() {
            if i > 0 && i % self.depth == 0 {
                x = self.pool.forward(x);
            }
            x = self.relu.forward(norm.forward(conv.forward(x)));
        }
        self.head.forward(self.mean.forward(x).flatten(1, 3)) // [B, K]
    }
}
// ANCHOR_END: vgg

/// A window with the weights of one from scratch.
fn conv(from: &scratch::Conv2d, device: &Device) -> Conv2d {
    let [o, c, kh, kw] = from.weight.dims();
    let [p, q] = from.how.padding;
    let config = Conv2dConfig::new([c, o], [kh, kw])
        .with_padding(PaddingConfig2d::Explicit(p, q, p, q))
        .with_bias(from.bias.is_some());
    let mut conv = config.init(device);
    conv.weight = Param::from_data(data(&from.weight), device);
    conv.bias = from
        .bias
        .as_ref()
        .map(|bias| Param::from_data(data(bias), device));
    conv
}

/// A dense layer with the weights of one from scratch.
fn linear(from: &scratch::Linear, device: &Device) -> Linear {
    let [inputs, outputs] = from.weight.dims();
    let mut layer = LinearConfig::new(inputs, outputs).init(device);
    layer.weight = Param::from_data(data(&from.weight), device);
    layer.bias = Some(Param::from_data(data(&from.bias), device));
    layer
}

/// A normalisation with the numbers of one from scratch.
fn norm(from: &scratch::BatchNorm, device: &Device) -> BatchNorm {
    let mut norm = BatchNormConfig::new(from.scale.len()).init(device);
    norm.gamma = Param::from_data(data(&from.scale), device);
    norm.beta = Param::from_data(data(&from.shift), device);
    let [mean, variance] = from
        .running()
        .map(|of| RunningState::new(Tensor::from_data(data(&of), device)));
    (norm.running_mean, norm.running_var) = (mean, variance);
    norm
}

/// A pool that halves.
fn halves() -> MaxPool2d {
    MaxPool2dConfig::new([2, 2]).init()
}

impl LeNet {
    /// A net with the weights of one from scratch.
    pub fn with_weights_of(from: &models::LeNet, device: &Device) -> LeNet {
        LeNet {
            conv1: conv(&from.conv1, device),
            conv2: conv(&from.conv2, device),
            dense1: linear(&from.dense1, device),
            dense2: linear(&from.dense2, device),
            dense3: linear(&from.dense3, device),
            pool: halves(),
            relu: Relu::new(),
        }
    }
}

impl Vgg {
    /// A net with the weights and running averages of one from scratch.
    pub fn with_weights_of(from: &models::Vgg, device: &Device) -> Vgg {
        Vgg {
            convs: from.convs.iter().map(|from| conv(from, device)).collect(),
            norms: from.norms.iter().map(|from| norm(from, device)).collect(),
            depth: from.depth,
            head: linear(&from.head, device),
            pool: halves(),
            mean: AdaptiveAvgPool2dConfig::new([1, 1]).init(),
            relu: Relu::new(),
        }
    }
}

/// The median milliseconds of some calls, after a first that nobody times.
fn median(mut call: impl FnMut()) -> f64 {
    call();
    let mut times: Vec<f64> = (0..15)
        .map(|_| {
            let start = Instant::now();
            call();
            1e3 * start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Milliseconds of a training step of ours on this batch.
fn ours(net: &mut impl Net, x: &tensor::Tensor, classes: &[usize]) -> f64 {
    let mut adam = Optimizer::new(Adam::default());
    let mut rng = Rng::new(1);
    median(|| {
        let logits = net.forward(x, &mut Pass::Train(&mut rng));
        let gradients = logits.cross_entropy(classes).backward();
        adam.step(net, &gradients, 1e-3);
    })
}

/// Milliseconds of a training step of burn's; a macro, since burn's nets share no trait with
/// a `forward`.
macro_rules! burns {
    ($net:expr, $x:expr, $classes:expr, $device:expr) => {{
        let mut net = $net;
        let mut adam = AdamConfig::new().init();
        let cross_entropy = CrossEntropyLossConfig::new().init($device);
        median(|| {
            let x = Tensor::from_data(data($x), $device); // [B, C, H, W]
            let logits = net.forward(x);
            let loss = cross_entropy.forward(logits, whole($classes, $device));
            let gradients = GradientsParams::from_grads(loss.backward(), &net);
            net = adam.step(1e-3, net.clone(), gradients);
        })
    }};
}

/// Times both nets, here and in burn.
fn report(device: &Device) -> String {
    let device = &device.clone().autodiff();
    let mut rng = Rng::new(1).fork("concise");
    let classes: Vec<usize> = (0..64).map(|i| i % 10).collect();
    let digits = rng.uniform_tensor(&[64, 1, 28, 28], 0.0, 1.0);
    let mut lenet = models::LeNet::new(1, 28, 10, &mut rng);
    let copy = LeNet::with_weights_of(&lenet, device);
    let lenets = [
        ours(&mut lenet, &digits, &classes),
        burns!(copy, &digits, &classes, device),
    ];
    let photos = rng.normal_tensor(&[64, 3, 32, 32], 0.0, 1.0);
    let mut vgg = models::Vgg::new(3, &[16, 32, 64], 2, 10, &mut rng);
    let copy = Vgg::with_weights_of(&vgg, device);
    let vggs = [
        ours(&mut vgg, &photos, &classes),
        burns!(copy, &photos, &classes, device),
    ];
    let line = |name: &str, [ours, burns]: [f64; 2]| {
        format!("{name}: {ours:.1} ms here, {burns:.1} ms in burn")
    };
    format!(
        "a step of 64 pictures with Adam, the median of 15\n{}\n{}",
        line("LeNet-5, digits", lenets),
        line("VGG 16-32-64, 32 × 32 in colour", vggs)
    )
}

fn main() -> ExitCode {
    let about = "LeNet-5 and VGG of lesson 5 in burn, from the same weights";
    bridge::main(about, [], |device, _| Ok(report(device)))
}
