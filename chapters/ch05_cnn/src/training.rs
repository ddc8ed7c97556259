//! How the nets of this lesson learn to read: one cycle of Adam over pictures that are
//! changed a little each time they are shown, kept in a checkpoint (pages *LeNet-5 reads
//! digits* and *Deeper, smaller windows, one by one, side by side*).
//!
//! Dimension key: N examples, B batch, C channels, H, W rows and columns, K classes.

use std::fs;
use std::path::Path;

use anyhow::anyhow;
use nn::classify::logits;
use nn::data::Labelled;
use nn::metrics::accuracy;
use nn::optim::{Adam, Optimizer};
use nn::train::{Plan, Stop, Task, Trainer};
use nn::{Module, Net, Pass, Schedule};
use tensor::{Rng, Tensor};

/// What a checkpoint says it belongs to.
pub const LESSON: &str = "ch05_cnn";

// ANCHOR: settings
/// How a net is trained.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The highest learning rate of the one cycle.
    pub peak: f32,
    /// Pictures in a step.
    pub batch: usize,
    /// Passes over the training pictures.
    pub epochs: usize,
}

/// For digits, chosen on a thousand of the training digits that were held out.
pub const DIGITS: Settings = Settings {
    peak: 0.01,
    batch: 128,
    epochs: 40,
};
// ANCHOR_END: settings

// ANCHOR: task
/// Pictures that are changed before the net sees them; only while it learns.
pub struct Changed<'a, F> {
    /// What the net learns from, `[N, C, H, W]`.
    pub training: &'a Labelled,
    /// What it is measured on, if anything was held out.
    pub validation: Option<&'a Labelled>,
    /// What happens to a batch, drawn anew each time.
    pub change: F,
}

impl<M: Net, F: Fn(Labelled, &mut Rng) -> Labelled> Task<M> for Changed<'_, F> {
    fn len(&self) -> usize {
        self.training.len()
    }

    fn loss(&self, net: &M, rows: &[usize], pass: &mut Pass) -> Tensor {
        let mut batch = self.training.pick(rows); // [B, C, H, W]
        if let Pass::Train(rng) = pass {
            batch = (self.change)(batch, rng);
        }
        net.forward(&batch.x, pass).cross_entropy(&batch.classes)
    }

    /// The share read rightly; 0 where nothing was held out, and the last net is taken.
    fn score(&self, net: &M) -> f64 {
        self.validation.map_or(0.0, |held| right(net, held).into())
    }
}
// ANCHOR_END: task

/// The share of these pictures that a net in use sorts rightly.
pub fn right(net: &impl Net, pictures: &Labelled) -> f32 {
    accuracy(&logits(net, &pictures.x), &pictures.classes)
}

/// A training of this net that has not begun.
pub fn trainer<M: Module>(
    net: M,
    settings: &Settings,
    pictures: usize,
    rng: &Rng,
) -> Trainer<M> {
    let steps = settings.epochs * (pictures / settings.batch);
    let peak = settings.peak;
    let cycle = Schedule::OneCycle { peak, steps };
    let plan = Plan::new(settings.batch, settings.epochs, cycle);
    Trainer::new(net, Optimizer::new(Adam::default()), plan, rng)
}

/// Trains to the end. A checkpoint is written once an epoch is over, and when `step`,
/// which is called after each step, says to stop.
///
/// # Errors
/// What `step` returned; a loss that is not a number; a file that cannot be written.
pub fn train<M: Module>(
    trainer: &mut Trainer<M>,
    task: &impl Task<M>,
    checkpoint: &Path,
    mut step: impl FnMut(&Trainer<M>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut kept = trainer.history.len();
    let ended = trainer.fit(task, |trainer| {
        let go_on = step(trainer);
        if go_on.is_err() || trainer.history.len() > kept {
            trainer.save(checkpoint, LESSON)?;
            kept = trainer.history.len();
        }
        go_on
    });
    match ended {
        Ok(()) => Ok(trainer.save(checkpoint, LESSON)?),
        Err(Stop::Asked(error)) => Err(error),
        Err(Stop::Diverged(diverged)) => Err(anyhow!(diverged)),
    }
}

/// Takes up a training where its checkpoint stands, if it is to be resumed; a new one makes
/// room for its own. A training that `must` have a checkpoint to be resumed fails without.
///
/// # Errors
/// A checkpoint that is missing, damaged, or of another training.
pub fn begin<M: Module>(
    trainer: &mut Trainer<M>,
    file: &Path,
    resume: bool,
    must: bool,
) -> anyhow::Result<()> {
    match (resume, file.exists()) {
        (true, there) if there || must => trainer.resume(file, LESSON)?,
        (false, true) => fs::remove_file(file)?,
        _ => {}
    }
    Ok(())
}
