//! How the nets of this lesson learn to read: one cycle of Adam over pictures that are
//! changed a little each time they are shown (pages *LeNet-5 reads digits* and *Deeper,
//! smaller windows, one by one, side by side*).
//!
//! Dimension key: N examples, B batch, C channels, H, W rows and columns, K classes.

use nn::classify::logits;
use nn::data::Labelled;
use nn::metrics::accuracy;
use nn::optim::{Adam, Optimizer};
use nn::train::{Plan, Task, Trainer};
use nn::{Module, Net, Pass, Schedule};
use tensor::{Rng, Tensor};

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
