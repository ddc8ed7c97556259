//! Our side of the cases on pictures: convolutions alone, LeNet-5, a small VGG.

use std::path::Path;

use ch05_cnn::models::{LeNet, Vgg};
use nn::data::Labelled;
use nn::optim::{Adam, Optimizer};
use nn::{Module, Net, Pass};
use tensor::pictures::Conv;
use tensor::{Rng, Tensor, no_grad};

use crate::cases::{BATCH, Case, Epoch, Named, write_numbers};

/// Convolutions in a run, and pictures.
const CONVOLUTIONS: usize = 100;
const PICTURES: usize = 500;
/// Steps of the VGG in a run.
const STEPS: usize = 3;

/// The cases on pictures.
pub(crate) const CASES: [Named; 7] = [
    convolution(
        "conv_1_32",
        "convolution 64×1×28×28 to 32, 3×3, forward",
        || Ok(Box::new(Forward(Layer::new(1, 28, 32)))),
    ),
    convolution(
        "conv_1_32_backward",
        "the same, forward and gradients of weight and bias",
        || Ok(Box::new(Backward::new(Layer::new(1, 28, 32), false))),
    ),
    convolution(
        "conv_32_64",
        "convolution 64×32×14×14 to 64, 3×3, forward",
        || Ok(Box::new(Forward(Layer::new(32, 14, 64)))),
    ),
    convolution(
        "conv_32_64_backward",
        "the same, forward and gradients of pictures, weight and bias",
        || Ok(Box::new(Backward::new(Layer::new(32, 14, 64), true))),
    ),
    Named {
        name: "lenet_epoch",
        about: "LeNet-5, one epoch of 10,000, batch 64, Adam",
        pieces: 1,
        piece: "epoch",
        make: || Ok(Box::new(lenet_epoch()?)),
    },
    Named {
        name: "vgg_step",
        about: "VGG 32-32-64-64-128-128 with batch norm on 64×3×32×32, a step with Adam",
        pieces: STEPS,
        piece: "step",
        make: || Ok(Box::new(VggSteps::new())),
    },
    Named {
        name: "lenet_latency",
        about: "LeNet-5 in use, one picture at a time",
        pieces: PICTURES,
        piece: "picture",
        make: || Ok(Box::new(LeNetLatency::new()?)),
    },
];

/// A case of one convolution, again and again.
const fn convolution(
    name: &'static str,
    about: &'static str,
    make: fn() -> anyhow::Result<Box<dyn Case>>,
) -> Named {
    Named {
        name,
        about,
        pieces: CONVOLUTIONS,
        piece: "batch",
        make,
    }
}

/// Writes what the other side starts from.
pub(crate) fn hand_over(folder: &Path) -> anyhow::Result<()> {
    for (name, layer) in [
        ("conv_1_32", Layer::new(1, 28, 32)),
        ("conv_32_64", Layer::new(32, 14, 64)),
    ] {
        let Layer { x, weight, bias, g } = layer;
        write_numbers(&folder.join(format!("{name}.f32")), [x, weight, bias, g])?;
    }
    write_numbers(&folder.join("lenet.f32"), weights(&lenet()))?;
    let vgg = VggSteps::new();
    let weights = weights(&vgg.net);
    write_numbers(
        &folder.join("vgg.f32"),
        std::iter::once(vgg.x).chain(weights),
    )
}

/// The parameters of a net in order.
fn weights(net: &impl Module) -> impl Iterator<Item = Tensor> {
    net.parameters().into_iter().map(|(_, parameter)| parameter)
}

/// A convolution of 3×3 with padding 1, a batch for it, and a gradient of its result.
struct Layer {
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    g: Tensor,
}

impl Layer {
    fn new(inputs: usize, side: usize, outputs: usize) -> Layer {
        let mut rng = Rng::new(1).fork("peers").fork("convolution");
        let mut draw = |shape: &[usize], deviation| rng.normal_tensor(shape, 0.0, deviation);
        Layer {
            x: draw(&[BATCH, inputs, side, side], 1.0),
            weight: draw(&[outputs, inputs, 3, 3], 0.1),
            bias: draw(&[outputs], 0.1),
            g: draw(&[BATCH, outputs, side, side], 0.01),
        }
    }

    fn forward(&self) -> Tensor {
        let how = Conv::default().padding(1);
        self.x.conv2d(&self.weight, Some(&self.bias), how)
    }
}

/// Some numbers of a result.
fn some(of: &Tensor) -> impl Iterator<Item = f64> {
    let numbers = of.array();
    let some: Vec<f64> = numbers
        .iter()
        .step_by(of.len().div_ceil(7))
        .map(|&x| f64::from(x))
        .collect();
    some.into_iter()
}

struct Forward(Layer);

impl Case for Forward {
    fn run(&mut self) -> Vec<f64> {
        // A result is dropped before the next one is computed, on the other side too.
        let y = no_grad(|| {
            (1..CONVOLUTIONS).for_each(|_| drop(self.0.forward()));
            self.0.forward()
        });
        some(&y).collect()
    }
}

struct Backward {
    layer: Layer,
}

impl Backward {
    fn new(layer: Layer, pictures: bool) -> Backward {
        let Layer { x, weight, bias, g } = layer;
        let x = if pictures { x.require_grad() } else { x };
        let (weight, bias) = (weight.require_grad(), bias.require_grad());
        Backward {
            layer: Layer { x, weight, bias, g },
        }
    }
}

impl Case for Backward {
    fn run(&mut self) -> Vec<f64> {
        let Layer { x, weight, bias, g } = &self.layer;
        let step = || self.layer.forward().backward_from(g);
        (1..CONVOLUTIONS).for_each(|_| drop(step()));
        let gradients = step();
        [weight, bias, x]
            .into_iter()
            .filter_map(|parameter| gradients.get(parameter))
            .flat_map(some)
            .collect()
    }
}

/// The first LeNet of every case.
fn lenet() -> LeNet {
    LeNet::new(1, 28, 10, &mut Rng::new(1).fork("peers").fork("lenet"))
}

/// Digits as pictures, `[10,000, 1, 28, 28]`.
fn digits() -> anyhow::Result<Labelled> {
    let images = datasets::mnist10k()?;
    let x = Tensor::from_array(images.to_f32());
    let shape = [x.shape()[0], 1, 28, 28];
    Ok(Labelled::new(x.reshape(&shape), images.targets()))
}

/// LeNet and its digits.
pub(crate) fn lenet_epoch() -> anyhow::Result<Epoch<LeNet>> {
    Ok(Epoch::new(lenet(), digits()?))
}

/// Some steps on one batch.
struct VggSteps {
    net: Vgg,
    adam: Optimizer,
    x: Tensor,
    rng: Rng,
}

impl VggSteps {
    fn new() -> VggSteps {
        let mut rng = Rng::new(1).fork("peers").fork("vgg");
        VggSteps {
            net: Vgg::new(3, &[32, 64, 128], 2, 10, &mut rng),
            adam: Optimizer::new(Adam::default()),
            x: rng.normal_tensor(&[BATCH, 3, 32, 32], 0.0, 1.0),
            rng,
        }
    }
}

impl Case for VggSteps {
    fn run(&mut self) -> Vec<f64> {
        let classes: Vec<usize> = (0..BATCH).map(|i| i % 10).collect();
        let mut step = || {
            let pass = &mut Pass::Train(&mut self.rng);
            let loss = self.net.forward(&self.x, pass).cross_entropy(&classes);
            self.adam.step(&mut self.net, &loss.backward(), 1e-3);
            f64::from(loss.item())
        };
        (0..STEPS).map(|_| step()).collect()
    }
}

/// Inference, one picture at a time.
struct LeNetLatency {
    net: LeNet,
    pictures: Tensor,
}

impl LeNetLatency {
    fn new() -> anyhow::Result<LeNetLatency> {
        Ok(LeNetLatency {
            net: lenet(),
            pictures: digits()?.x,
        })
    }
}

impl Case for LeNetLatency {
    fn run(&mut self) -> Vec<f64> {
        let forward = |i: usize| {
            let x = self.pictures.slice(0, i..i + 1); // [1, 1, 28, 28]
            self.net.forward(&x, &mut Pass::Use)
        };
        let logits = no_grad(|| (1..PICTURES).fold(forward(0), |_, i| forward(i))); // [1, 10]
        logits.to_vec().into_iter().map(f64::from).collect()
    }
}
