//! Short trainings on clothes that differ in one thing, to compare optimisers.
//!
//! Dimension key: N examples.

use std::convert::Infallible;

use nn::classify::Classification;
use nn::optim::Optimizer;
use nn::train::{Epoch, Plan, Stop, Trainer};
use nn::{Mlp, Schedule};
use tensor::Rng;

use crate::clothes::Clothes;

/// Pixels, hidden units, classes: small, so that many can be trained.
pub const SIZES: [usize; 3] = [784, 64, 10];

/// Pictures in a step, chosen by us.
pub const BATCH: usize = 50;

/// Trains a fresh net with this optimiser at a constant rate. Nets of the same seed
/// begin with the same weights and see the pictures in the same order. `None` if the
/// loss stopped being a number.
pub fn train(
    clothes: &Clothes,
    optimizer: Optimizer,
    lr: f32,
    epochs: usize,
    seed: u64,
) -> Option<Vec<Epoch>> {
    let rng = Rng::new(seed).fork("race");
    let net = Mlp::new(&SIZES, &mut rng.fork("weights"));
    let plan = Plan::new(BATCH, epochs, Schedule::Constant { lr });
    let task = Classification {
        training: &clothes.training,
        validation: &clothes.validation,
    };
    let mut trainer = Trainer::new(net, optimizer, plan, &rng);
    match trainer.fit(&task, |_| Ok::<(), Infallible>(())) {
        Ok(()) => Some(trainer.history),
        Err(Stop::Diverged(_)) => None,
    }
}

/// The best validation accuracy of a training at the end of an epoch; of one whose loss
/// stopped being a number, chance.
pub fn accuracy(history: Option<Vec<Epoch>>) -> f32 {
    let scores = history
        .unwrap_or_default()
        .into_iter()
        .map(|e| e.score as f32);
    scores.fold(0.1, f32::max)
}

/// The first `pictures` training pictures, and all of the validation ones. They are in
/// random order, so it is a fair sample.
pub fn fewer(clothes: &Clothes, pictures: usize) -> Clothes {
    let rows: Vec<usize> = (0..pictures.min(clothes.training.len())).collect();
    Clothes {
        training: clothes.training.pick(&rows),
        validation: clothes.validation.clone(),
        names: clothes.names.clone(),
    }
}
