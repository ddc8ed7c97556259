//! Activations: what they are for, where they go flat, and what that does in depth.

use lesson::{Run, Value, percent, thousands};
use tensor::{Keep, Rng, Tensor};

use crate::activation::Activation;
use crate::dense::Dense;
use crate::digits::digits;
use crate::figures;
use crate::mlp::Mlp;

/// The five of the page, in its order and the order of their colours.
pub(crate) const SHOWN: [Activation; 5] = [
    Activation::Relu,
    Activation::LeakyRelu(0.01),
    Activation::Gelu,
    Activation::Tanh,
    Activation::Sigmoid,
];

/// A derivative below this lets less than a hundredth of a correction through.
const FLAT: f32 = 0.01;

/// Hidden layers of the deep net.
const DEPTH: usize = 10;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let pictures = digits(run.choose(100, 500, 500))?.x; // [N, 784]
    run.figure("activations", figures::activations::curves()?)?;
    collapse(run, &pictures)?;
    saturation(run, &pictures)?;
    depth(run, &pictures)
}

/// Two linear layers against the one that they are, and the same with ReLU between.
fn collapse(run: &mut Run, pictures: &Tensor) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("collapse");
    let mut net = Mlp::new(&[784, 256, 10], Activation::Identity, &mut rng);
    net.layers[0].bias = rng.normal_tensor(&[256], 0.0, 0.5);
    net.layers[1].bias = rng.normal_tensor(&[10], 0.0, 0.5);
    let one = collapsed(&net);
    let difference = |net: &Mlp| {
        let apart = net.forward(pictures) - one.forward(pictures);
        apart.abs().max().item()
    };
    let linear = difference(&net);
    net.layers[0].activation = Activation::Relu;
    let bent = difference(&net);
    let (two_layers, one_layer) = (net.parameter_count(), one.weights.len() + 10);
    run.say(format!(
        "Two linear layers ({} numbers) against the one ({}) that they \
         are,\non {} digits:",
        thousands(two_layers),
        thousands(one_layer),
        pictures.shape()[0]
    ));
    run.table(
        &["between them", "largest difference of a score"],
        [
            ["nothing".to_string(), format!("{linear:.1e}")],
            ["ReLU".to_string(), format!("{bent:.1}")],
        ],
    );
    let exact = Value::number(linear).tolerance(1e-5);
    run.record("collapse_difference", exact)?;
    run.record("relu_difference", Value::number(bent).tolerance(0.2))
}

/// The one layer that two linear ones amount to: (x W₁ + b₁) W₂ + b₂ is x (W₁ W₂) plus
/// (b₁ W₂ + b₂).
fn collapsed(net: &Mlp) -> Dense {
    let [first, second] = &net.layers[..] else {
        panic!("collapsed: expected two layers, got {}", net.layers.len());
    };
    Dense {
        weights: first.weights.matmul(&second.weights), // [784, 256] x [256, 10]
        bias: first.bias.matmul(&second.weights) + &second.bias, // [10]
        activation: Activation::Identity,
    }
}

/// The share of units that hardly pass a correction on, by the spread of their scores.
fn saturation(run: &mut Run, pictures: &Tensor) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("saturation");
    let layer = Dense::new(784, 256, Activation::Identity, &mut rng);
    let scores = layer.forward(pictures); // [N, 256]
    let scores = &scores / deviation(&scores);
    let flat = |activation: Activation, spread: f32| -> f32 {
        activation
            .derivative(&(&scores * spread))
            .abs()
            .lt(FLAT)
            .mean()
            .item()
    };
    let spreads: Vec<f32> = (-8..=20).map(|i| 2.0_f32.powf(0.25 * i as f32)).collect();
    let curves = SHOWN.map(|activation| {
        let at = |&spread: &f32| (spread, 100.0 * flat(activation, spread));
        spreads.iter().map(at).collect::<Vec<(f32, f32)>>()
    });
    run.say(format!(
        "\nOf 256 units on digits, the share whose derivative is below {FLAT}:"
    ));
    let shown = [1.0, 5.0, 10.0, 30.0];
    let row = |activation: Activation| {
        let shares = shown.map(|spread| percent(flat(activation, spread)));
        [vec![activation.name().to_string()], shares.to_vec()].concat()
    };
    run.table(
        &[
            "activation",
            "spread 1",
            "spread 5",
            "spread 10",
            "spread 30",
        ],
        SHOWN.map(row),
    );
    for (name, activation, spread) in [
        ("sigmoid_flat_1", Activation::Sigmoid, 1.0),
        ("sigmoid_flat_10", Activation::Sigmoid, 10.0),
        ("tanh_flat_10", Activation::Tanh, 10.0),
        ("relu_flat_1", Activation::Relu, 1.0),
        ("relu_flat_10", Activation::Relu, 10.0),
    ] {
        let share = Value::fraction(flat(activation, spread));
        run.record(name, share.tolerance(0.03))?;
    }
    run.figure("saturation", figures::activations::saturation(&curves)?)
}

/// The standard deviation of all numbers of a tensor, about 0.
fn deviation(of: &Tensor) -> f32 {
    of.square().mean().item().sqrt()
}

/// How differently the units of each layer answer to different digits.
fn depth(run: &mut Run, pictures: &Tensor) -> anyhow::Result<()> {
    let shown = [Activation::Relu, Activation::Tanh, Activation::Sigmoid];
    let seeds = run.seeds::<3>();
    let curves = shown.map(|activation| {
        seeds.map(|seed| {
            let mut rng = Rng::new(seed).fork("depth");
            let sizes = [&[784][..], &[128; DEPTH], &[10]].concat();
            let net = Mlp::new(&sizes, activation, &mut rng);
            let steps = net.activations(pictures);
            steps[1..=DEPTH].iter().map(spread).collect::<Vec<f32>>()
        })
    });
    run.say("\nThe spread of a unit's answers over digits, by layer:");
    let layers = [0, 1, 2, 4, 9];
    let row = |(activation, curves): (Activation, &[Vec<f32>; 3])| {
        let spreads = layers.map(|l| format!("{:.1e}", curves[0][l]));
        [vec![activation.name().to_string()], spreads.to_vec()].concat()
    };
    run.table(
        &[
            "activation",
            "layer 1",
            "layer 2",
            "layer 3",
            "layer 5",
            "layer 10",
        ],
        shown.into_iter().zip(&curves).map(row),
    );
    for (name, curves) in ["relu", "tanh", "sigmoid"].iter().zip(&curves) {
        for layer in [1, DEPTH] {
            let of = curves.each_ref().map(|curve| curve[layer - 1]);
            let value = Value::number(of[0]).tolerance(0.3 * of[0]).over_seeds(&of);
            run.record(&format!("{name}_spread_{layer}"), value)?;
        }
        let factor = curves.each_ref().map(|of| of[1] / of[2]);
        let value = Value::number(factor[0]).tolerance(0.5).over_seeds(&factor);
        run.record(&format!("{name}_spread_factor"), value)?;
    }
    let wide = wide_sigmoids(run.seed(), pictures);
    run.say(format!(
        "Sigmoids with weights four times as large: {:.1e} at layer {DEPTH}.",
        wide
    ));
    run.record("sigmoid_wide_spread", Value::number(wide).tolerance(0.003))?;
    run.figure(
        "depth_spread",
        figures::activations::depth(&shown, &curves)?,
    )
}

/// The spread at the last hidden layer when sigmoids are given weights four times as large,
/// which makes up for their slope.
fn wide_sigmoids(seed: u64, pictures: &Tensor) -> f32 {
    let mut rng = Rng::new(seed).fork("depth");
    let sizes = [&[784][..], &[128; DEPTH], &[10]].concat();
    let mut net = Mlp::new(&sizes, Activation::Sigmoid, &mut rng);
    for layer in &mut net.layers {
        layer.weights = 4.0 * &layer.weights;
    }
    spread(&net.activations(pictures)[DEPTH])
}

/// The standard deviation of each unit's answers over the batch, and the mean of these
/// over the units, as squares: `[N, H]` -> one number.
fn spread(says: &Tensor) -> f32 {
    let mean = says.mean_axis(0, Keep::Yes); // [1, H]
    deviation(&(says - mean))
}
