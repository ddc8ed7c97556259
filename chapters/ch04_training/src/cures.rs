//! One net, one small data set, and what keeps the net from learning it by heart (page
//! *Overfitting, cured step by step*).

use nn::classify::{Classification, logits};
use nn::data::Labelled;
use nn::metrics::accuracy;
use nn::optim::{Adam, Optimizer};
use nn::train::{Plan, Stop, Trainer};
use nn::{Mlp, Schedule};
use tensor::Rng;

use crate::augment::Augment;
use crate::penalty::{Penalty, Regularised};

/// Pixels, hidden units, classes: far more weights than there are pictures.
pub const SIZES: [usize; 3] = [784, 100, 10];

/// Pictures in a step, chosen by us.
pub const BATCH: usize = 50;

/// Adam's learning rate at first, chosen by us.
pub const LR: f32 = 0.003;

// ANCHOR: spoil
/// The first `pictures` training pictures, and the row numbers of those whose class was
/// replaced by another one: a `share` of them, in 0..1.
pub fn spoiled(
    training: &Labelled,
    pictures: usize,
    share: f32,
    rng: &mut Rng,
) -> (Labelled, Vec<usize>) {
    let first: Vec<usize> = (0..pictures).collect();
    let mut few = training.pick(&first);
    let mut wrong = rng.permutation(pictures);
    wrong.truncate((share * pictures as f32).round() as usize);
    for &row in &wrong {
        few.classes[row] = (few.classes[row] + 1 + rng.below(9)) % 10;
    }
    (few, wrong)
}
// ANCHOR_END: spoil

/// A way to train the net: all of it plain, unless something is set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cure {
    /// The price of weights.
    pub penalty: Penalty,
    /// The share of hidden units dropped in a step.
    pub dropout: f32,
    /// The changes of pictures.
    pub augment: Augment,
    /// After how many epochs without a better score the training stops, and goes back
    /// to the best.
    pub patience: Option<usize>,
}

impl Cure {
    /// A training by this cure that has not begun. The rate falls to 0 in so many steps.
    pub fn trainer(&self, steps: usize, seed: u64) -> Trainer<Mlp> {
        let rng = Rng::new(seed).fork("cures");
        let net = Mlp::new(&SIZES, &mut rng.fork("net")).with_dropout(self.dropout);
        let plan = Plan {
            batch: BATCH,
            epochs: 0,
            schedule: Schedule::Cosine {
                lr: LR,
                end: 0.0,
                steps,
            },
            clip: None,
            patience: self.patience,
        };
        Trainer::new(net, Optimizer::new(Adam::default()), plan, &rng)
    }

    /// What this cure trains on.
    pub fn task<'a>(&self, data: Classification<'a>) -> Regularised<'a> {
        Regularised {
            data,
            penalty: self.penalty,
            augment: self.augment,
        }
    }
}

/// Accuracies after an epoch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The epoch, from 1.
    pub epoch: usize,
    /// Training pictures right, in 0..1; without dropout, as they are.
    pub training: f32,
    /// Validation pictures right, in 0..1.
    pub validation: f32,
}

/// A training that is over.
pub struct Outcome {
    /// The net that is kept: the last one, or the best where there was patience.
    pub net: Mlp,
    /// Accuracies on the way, of every few epochs.
    pub curve: Vec<Point>,
    /// How the kept net does.
    pub kept: Point,
    /// The epoch after which the training ended.
    pub ended: usize,
}

/// Trains by a cure for `epochs` at most, and measures every `every` epochs.
///
/// # Errors
/// If the loss is no number any more, or `watch` stops the training.
pub fn train<E>(
    cure: &Cure,
    data: Classification<'_>,
    [epochs, every]: [usize; 2],
    seed: u64,
    mut watch: impl FnMut() -> Result<(), E>,
) -> Result<Outcome, Stop<E>> {
    let task = cure.task(data);
    let mut trainer = cure.trainer(epochs * (data.training.len() / BATCH), seed);
    let mut curve = Vec::new();
    for epoch in 1..=epochs {
        trainer.plan.epochs = epoch;
        trainer.fit(&task, |_| watch())?;
        if trainer.history.len() < epoch {
            break; // patience is at its end
        }
        if epoch % every == 0 || epoch == 1 {
            let validation = trainer.history[epoch - 1].score as f32;
            curve.push(Point {
                epoch,
                training: right(&trainer.net, data.training),
                validation,
            });
        }
    }
    let ended = trainer.history.len();
    let (net, epoch) = match (cure.patience, trainer.best) {
        (Some(_), Some(best)) => (best.net, best.epoch),
        _ => (trainer.net, ended),
    };
    let kept = Point {
        epoch,
        training: right(&net, data.training),
        validation: right(&net, data.validation),
    };
    Ok(Outcome {
        net,
        curve,
        kept,
        ended,
    })
}

/// The share of pictures that a net gets right, in 0..1.
pub fn right(net: &Mlp, pictures: &Labelled) -> f32 {
    accuracy(&logits(net, &pictures.x), &pictures.classes)
}
