//! A small training with everything in it that a checkpoint has to keep: batch normalisation,
//! dropout, an optimiser with memory, a schedule, clipping and patience.

#![allow(dead_code)]

use std::f32::consts::TAU;

use nn::classify::Classification;
use nn::data::Labelled;
use nn::optim::{Adam, Optimizer, Sgd};
use nn::train::{Plan, Task, Trainer};
use nn::{Mlp, Pass, Schedule};
use tensor::{Rng, Tensor};

/// By which rule the training learns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Rule {
    Adam,
    Momentum,
}

/// Three arms of a spiral, told apart.
pub(crate) struct Spirals {
    training: Labelled,
    validation: Labelled,
}

impl Spirals {
    pub(crate) fn new() -> Spirals {
        Spirals {
            training: spirals(43, 1), // 129 points: 8 batches of 16, and one point left out
            validation: spirals(20, 2),
        }
    }

    fn task(&self) -> Classification<'_> {
        Classification {
            training: &self.training,
            validation: &self.validation,
        }
    }
}

impl Task<Mlp> for Spirals {
    fn len(&self) -> usize {
        self.training.len()
    }

    fn loss(&self, net: &Mlp, rows: &[usize], pass: &mut Pass) -> Tensor {
        self.task().loss(net, rows, pass)
    }

    fn score(&self, net: &Mlp) -> f64 {
        self.task().score(net)
    }
}

/// `n` points on each of three arms.
fn spirals(n: usize, seed: u64) -> Labelled {
    let mut rng = Rng::new(seed);
    let (mut points, mut classes) = (Vec::new(), Vec::new());
    for i in 0..3 * n {
        let (arm, r) = (i % 3, rng.uniform(0.1, 1.0));
        let angle = TAU * (arm as f32 / 3.0 + 0.7 * r) + 0.1 * rng.normal();
        points.extend([r * angle.cos(), r * angle.sin()]);
        classes.push(arm);
    }
    Labelled::new(Tensor::from_vec(points, &[3 * n, 2]), classes)
}

/// A training of seed 1.
pub(crate) fn trainer(rule: Rule) -> Trainer<Mlp> {
    of_seed(rule, 1)
}

/// The same from another seed.
pub(crate) fn of_seed(rule: Rule, seed: u64) -> Trainer<Mlp> {
    let mut rng = Rng::new(seed);
    around(net(&[2, 16, 8, 3], &mut rng), rule, seed)
}

/// A net with batch normalisation and dropout.
pub(crate) fn net(sizes: &[usize], rng: &mut Rng) -> Mlp {
    Mlp::new(sizes, rng).with_batch_norm().with_dropout(0.2)
}

/// The training of a net.
pub(crate) fn around(net: Mlp, rule: Rule, seed: u64) -> Trainer<Mlp> {
    let steps = 6 * 8;
    let (rule, schedule) = match rule {
        Rule::Adam => (
            Optimizer::new(Adam::with_decay(1e-4)),
            Schedule::OneCycle { peak: 0.05, steps },
        ),
        Rule::Momentum => (
            Optimizer::new(Sgd::momentum(0.9)),
            Schedule::WarmUp {
                steps: 8,
                then: Box::new(Schedule::Cosine {
                    lr: 0.1,
                    end: 0.0,
                    steps,
                }),
            },
        ),
    };
    let plan = Plan {
        batch: 16,
        epochs: 6,
        schedule,
        clip: Some(1.0),
        patience: Some(3),
    };
    Trainer::new(net, rule, plan, &Rng::new(seed))
}
