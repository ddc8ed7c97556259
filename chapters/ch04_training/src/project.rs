//! The project of the lesson: a classifier of clothes that learns, is kept, and goes on
//! learning where it was stopped (page *Clothes*).
//!
//! Dimension key: N examples, D = 784 pixels, K = 10 classes.

use std::path::Path;

use anyhow::ensure;
use nn::optim::{AdamW, Optimizer};
use nn::train::{Plan, Task, Trainer};
use nn::{Mlp, Schedule};
use tensor::Rng;

/// What the checkpoint says it belongs to.
pub const LESSON: &str = "ch04_training clothes";

// ANCHOR: settings
/// What was chosen on the validation pictures.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Pixels, hidden units, classes.
    pub sizes: &'static [usize],
    /// The share of hidden units that a training step drops.
    pub dropout: f32,
    /// The decay of the weights, λ.
    pub decay: f32,
    /// The highest learning rate of the one cycle.
    pub peak: f32,
    /// Pictures in a step.
    pub batch: usize,
    /// Passes over the training pictures.
    pub epochs: usize,
}

/// For 8,000 pictures.
pub const DEFAULT: Settings = Settings {
    sizes: &[784, 256, 128, 10],
    dropout: 0.3,
    decay: 0.05,
    peak: 0.004,
    batch: 64,
    epochs: 20,
};

/// A training of these settings that has not begun.
pub fn trainer(settings: &Settings, pictures: usize, seed: u64) -> Trainer<Mlp> {
    let mut rng = Rng::new(seed).fork("clothes");
    let net = Mlp::new(settings.sizes, &mut rng)
        .with_batch_norm()
        .with_dropout(settings.dropout);
    let plan = Plan::new(
        settings.batch,
        settings.epochs,
        Schedule::OneCycle {
            peak: settings.peak,
            steps: settings.epochs * (pictures / settings.batch),
        },
    );
    let rule = AdamW::with_decay(settings.decay);
    Trainer::new(net, Optimizer::new(rule), plan, &rng)
}
// ANCHOR_END: settings

/// For 54,000: there is more to learn, so the net is wider.
pub const FULL: Settings = Settings {
    sizes: &[784, 512, 256, 10],
    batch: 128,
    ..DEFAULT
};

/// For a look at whether all works.
pub const QUICK: Settings = Settings {
    epochs: 2,
    ..DEFAULT
};

// ANCHOR: identical
/// Whether a training that is stopped after each of these steps, kept in `file`, and gone
/// on with by a new one ends with the same bytes as one that is not stopped.
///
/// # Errors
/// A loss that is not a number; a file that cannot be written or read.
pub fn resumes_identically(
    fresh: impl Fn() -> Trainer<Mlp>,
    task: &impl Task<Mlp>,
    stops: &[u64],
    file: &Path,
) -> anyhow::Result<bool> {
    let mut whole = fresh();
    whole.fit(task, |_| Ok::<(), &str>(()))?;
    fresh().save(file, LESSON)?;
    for &stop in stops {
        let mut part = fresh();
        part.resume(file, LESSON)?;
        let ended = part.fit(task, |part| match part.optimizer.steps() == stop {
            true => Err("stopped"),
            false => Ok(()),
        });
        ensure!(ended.is_err(), "step {stop} is beyond the end");
        part.save(file, LESSON)?;
    }
    let mut last = fresh();
    last.resume(file, LESSON)?;
    last.fit(task, |_| Ok::<(), &str>(()))?;
    Ok(last.to_bytes(LESSON) == whole.to_bytes(LESSON))
}
// ANCHOR_END: identical
