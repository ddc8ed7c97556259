//! What flows through a deep net: signals on the way forward, gradients on the way back.
//!
//! Dimension key: B batch, D inputs, H units of a hidden layer, K classes; N examples.

use lesson::Interrupted;
use nn::classify::Classification;
use nn::data::Labelled;
use nn::layers::Linear;
use nn::optim::{Optimizer, Sgd};
use nn::train::{Plan, Stop, Trainer};
use nn::{Activation, Init, Mlp, Pass, Schedule};
use tensor::{Rng, Tensor};

use crate::clothes::Clothes;

/// Hidden layers of the deep net.
pub const DEPTH: usize = 10;

/// Units of each, chosen by us: small enough to train dozens of nets in seconds.
pub const WIDTH: usize = 64;

/// Examples in a step.
pub const BATCH: usize = 50;

/// The deep net: 784 pixels, ten hidden layers, ten classes.
pub fn deep(activation: Activation, init: Init, rng: &mut Rng) -> Mlp {
    let sizes = [&[784][..], &[WIDTH; DEPTH], &[10]].concat();
    Mlp::with_init(&sizes, activation, init, rng)
}

/// The first pictures of the clothes, this many of each set, on one scale.
///
/// # Errors
/// If the files are missing or damaged.
pub fn pictures(training: usize, validation: usize) -> anyhow::Result<[Labelled; 2]> {
    let clothes = Clothes::load()?;
    let first = |set: &Labelled, count: usize| {
        let rows: Vec<usize> = (0..count.min(set.len())).collect();
        set.pick(&rows)
    };
    let training = first(&clothes.training, training);
    Ok(on_one_scale(
        &training,
        &first(&clothes.validation, validation),
    ))
}

/// Pixels moved and stretched, all by the same two numbers, so that the training
/// pictures `[N, 784]` have mean 0 and spread 1; gives both sets on that scale.
pub fn on_one_scale(training: &Labelled, validation: &Labelled) -> [Labelled; 2] {
    let mean = training.x.mean().item();
    let spread = spread(&(&training.x - mean));
    [training, validation].map(|set| Labelled {
        x: (&set.x - mean) / spread, // [N, 784]
        classes: set.classes.clone(),
    })
}

// ANCHOR: flow
/// What a batch leaves behind each hidden layer.
pub struct Flow {
    /// The activations, `[B, H]`, layer by layer.
    pub signals: Vec<Tensor>,
    /// The gradients of the loss by each of them, `[B, H]`.
    pub gradients: Vec<Tensor>,
}

/// Sends a batch through a net and its loss back.
pub fn flow(net: &Mlp, batch: &Labelled, pass: &mut Pass) -> Flow {
    let (mut signals, mut probes) = (Vec::new(), Vec::new());
    let mut a = batch.x.clone(); // [B, D]
    let hidden = net.layers.len() - 1;
    for (l, layer) in net.layers[..hidden].iter().enumerate() {
        a = layer.forward(&a); // [B, in] -> [B, H]
        if let Some(norm) = net.norms.get(l) {
            a = norm.forward(&a, pass);
        }
        a = (net.activation)(&a);
        signals.push(a.detach());
        // Zeros that can learn: adding them changes nothing, and their gradient is
        // that of the signal.
        let probe = Tensor::zeros(a.shape()).require_grad();
        a = a + &probe;
        probes.push(probe);
    }
    let logits = net.layers[hidden].forward(&a); // [B, H] -> [B, K]
    let gradients = logits.cross_entropy(&batch.classes).backward();
    let gradients = probes.iter().map(|probe| gradients[probe].clone());
    Flow {
        signals,
        gradients: gradients.collect(),
    }
}
// ANCHOR_END: flow

/// How far numbers lie from zero: the root of the mean of their squares. Of numbers with
/// mean 0 it is the standard deviation.
pub fn spread(x: &Tensor) -> f32 {
    let squares = x.to_vec().into_iter().map(|x| f64::from(x).powi(2));
    (squares.sum::<f64>() / x.len() as f64).sqrt() as f32
}

/// A net with all weights at the same `value` and all biases 0.
pub fn all_equal(sizes: &[usize], activation: Activation, value: f32) -> Mlp {
    let mut net = Mlp::with_init(sizes, activation, Init::Zeros, &mut Rng::new(0));
    for layer in &mut net.layers {
        layer.weight = Tensor::full(layer.weight.shape(), value).require_grad();
    }
    net
}

/// How different the units of a layer are: the largest distance of a weight from the same
/// weight of the first unit, divided by the largest weight; 0 if all units are copies.
pub fn apart(layer: &Linear) -> f32 {
    let weight = layer.weight.detach(); // [in, out]
    let first = weight.slice(1, 0..1); // [in, 1]
    let largest = weight.abs().max().item();
    match largest {
        0.0 => 0.0,
        largest => (&weight - first).abs().max().item() / largest,
    }
}

/// What became of a net.
pub struct Learnt {
    /// The net at the end.
    pub net: Mlp,
    /// The mean loss of each epoch, in nats; shorter if the training came to nothing.
    pub losses: Vec<f32>,
    /// The share of validation pictures right after each of them, in 0..1.
    pub scores: Vec<f32>,
    /// The share of validation pictures right at the end, in 0..1.
    pub right: f32,
    /// Whether the loss stopped being a number.
    pub diverged: bool,
}

/// Trains a net by descent with momentum 0.9, from `BATCH` pictures at a time.
///
/// # Errors
/// What `watch`, called after each step, returned.
pub fn learn(
    net: Mlp,
    task: &Classification,
    (lr, epochs): (f32, usize),
    seed: u64,
    watch: impl Fn() -> Result<(), Interrupted>,
) -> Result<Learnt, Interrupted> {
    let plan = Plan::new(BATCH, epochs, Schedule::Constant { lr });
    let optimizer = Optimizer::new(Sgd::momentum(0.9));
    let mut trainer = Trainer::new(net, optimizer, plan, &Rng::new(seed));
    let diverged = match trainer.fit(task, |_| watch()) {
        Ok(()) => false,
        Err(Stop::Diverged(_)) => true,
        Err(Stop::Asked(stop)) => return Err(stop),
    };
    let right = nn::metrics::accuracy(
        &nn::classify::logits(&trainer.net, &task.validation.x),
        &task.validation.classes,
    );
    Ok(Learnt {
        losses: trainer.history.iter().map(|e| e.loss as f32).collect(),
        scores: trainer.history.iter().map(|e| e.score as f32).collect(),
        net: trainer.net,
        right,
        diverged,
    })
}
