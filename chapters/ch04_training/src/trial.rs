//! One training among several that are to be compared: which optimiser, which plan, and
//! what came of it.
//!
//! Dimension key: K = 10 classes.

use nn::Mlp;
use nn::classify::Classification;
use nn::optim::{AdaGrad, Adam, AdamW, Optimizer, RmsProp, Sgd};
use nn::train::{Diverged, Plan, Stop, Trainer};
use tensor::Rng;

/// What guessing gets right of ten classes; the score of a training that diverged.
pub const CHANCE: f64 = 0.1;

/// The optimisers that are compared, each with PyTorch's default settings; momentum is
/// 0.9.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Plain descent.
    Sgd,
    /// Descent with momentum.
    Momentum,
    /// Momentum that looks ahead.
    Nesterov,
    /// A step for each weight that only shrinks.
    AdaGrad,
    /// A step for each weight, of recent gradients.
    RmsProp,
    /// Momentum and a step for each weight.
    Adam,
    /// Adam with decoupled decay of the weights, λ = 0.01.
    AdamW,
}

impl Method {
    /// All of them, in the order of the pages.
    pub const ALL: [Method; 7] = [
        Method::Sgd,
        Method::Momentum,
        Method::Nesterov,
        Method::AdaGrad,
        Method::RmsProp,
        Method::Adam,
        Method::AdamW,
    ];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Method::Sgd => "SGD",
            Method::Momentum => "momentum",
            Method::Nesterov => "Nesterov",
            Method::AdaGrad => "AdaGrad",
            Method::RmsProp => "RMSProp",
            Method::Adam => "Adam",
            Method::AdamW => "AdamW",
        }
    }

    /// An optimiser of this kind that has made no step.
    pub fn optimizer(self) -> Optimizer {
        match self {
            Method::Sgd => Optimizer::new(Sgd::default()),
            Method::Momentum => Optimizer::new(Sgd::momentum(0.9)),
            Method::Nesterov => Optimizer::new(Sgd::nesterov(0.9)),
            Method::AdaGrad => Optimizer::new(AdaGrad::default()),
            Method::RmsProp => Optimizer::new(RmsProp::default()),
            Method::Adam => Optimizer::new(Adam::default()),
            Method::AdamW => Optimizer::new(AdamW::default()),
        }
    }
}

/// All that is chosen before a training begins.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Units of each layer, inputs first.
    pub sizes: Vec<usize>,
    /// The probability with which a hidden unit is dropped.
    pub dropout: f32,
    /// The optimiser.
    pub method: Method,
    /// Batch, epochs and schedule.
    pub plan: Plan,
}

impl Trial {
    /// The training of this seed, not yet begun.
    pub fn begin(&self, seed: u64) -> Trainer<Mlp> {
        let mut rng = Rng::new(seed).fork("trial");
        let net = Mlp::new(&self.sizes, &mut rng).with_dropout(self.dropout);
        Trainer::new(net, self.method.optimizer(), self.plan.clone(), &rng)
    }
}

/// What came of a training.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The loss of each step, before it.
    pub losses: Vec<f32>,
    /// Validation accuracy after each epoch, 0..1.
    pub scores: Vec<f64>,
    /// Where it diverged, if it did.
    pub diverged: Option<Diverged>,
}

impl Outcome {
    /// Validation accuracy at the end, 0..1; [`CHANCE`] if it diverged.
    pub fn score(&self) -> f64 {
        let last = self.scores.last().filter(|_| self.diverged.is_none());
        last.copied().unwrap_or(CHANCE)
    }
}

/// Trains to the end of the plan, or until the loss is no longer a number, which is a
/// result as good as any here. `watch` sees each step's loss and can stop the training.
///
/// # Errors
/// What `watch` returned.
pub fn finish<E>(
    trainer: &mut Trainer<Mlp>,
    task: &Classification,
    mut watch: impl FnMut(f32) -> Result<(), E>,
) -> Result<Outcome, E> {
    let mut losses = Vec::new();
    let result = trainer.fit(task, |trainer| {
        losses.push(trainer.loss);
        watch(trainer.loss)
    });
    let diverged = match result {
        Ok(()) => None,
        Err(Stop::Diverged(why)) => {
            losses.push(why.loss);
            Some(why)
        }
        Err(Stop::Asked(why)) => return Err(why),
    };
    Ok(Outcome {
        losses,
        scores: trainer.history.iter().map(|epoch| epoch.score).collect(),
        diverged,
    })
}
