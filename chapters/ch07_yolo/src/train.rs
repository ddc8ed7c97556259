//! How the detector learns (page *Three minutes*).
//!
//! Dimension key: B batch, A anchors, K classes, S rows or columns of the grid.

use ndarray::Array3;
use nn::optim::{Adam, AdamW, Optimizer};
use nn::train::{Plan, Task, Trainer};
use nn::{Module, Net, Pass, Schedule};
use rayon::prelude::*;
use tensor::{Rng, Tensor, no_grad};

use crate::boxes::{Detection, Object};
use crate::decode::Keep;
use crate::loss::loss;
use crate::model::Detector;
use crate::precision::Evaluation;
use crate::set::{Example, Set, batch};
use crate::target::Cells;

/// How a detector is trained.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The highest learning rate.
    pub peak: f32,
    /// Pictures in a step.
    pub batch: usize,
    /// Passes over the training pictures.
    pub epochs: usize,
    /// λ of AdamW, for all but biases and gains.
    pub decay: f32,
    /// How many cells answer for an object.
    pub cells: Cells,
}

// ANCHOR: task
/// Finding what is in pictures that are changed a little each time they are shown.
pub struct Finding<'a, F> {
    /// What the net learns from.
    pub training: &'a Set,
    /// What it is measured on after each epoch, if anything is.
    pub validation: Option<&'a Set>,
    /// How a picture is changed, with its boxes.
    pub change: F,
    /// How many cells answer for an object.
    pub cells: Cells,
}

impl<F: Fn(&Example, &mut Rng) -> Example + Sync> Finding<'_, F> {
    /// The training pictures of these numbers, changed while the net learns: each by a
    /// generator of its own, so that threads can share the work.
    pub fn shown(&self, rows: &[usize], pass: &mut Pass) -> Vec<Example> {
        let examples = rows.iter().map(|&row| &self.training.examples[row]);
        let Pass::Train(rng) = pass else {
            return examples.cloned().collect();
        };
        let seeded = examples.map(|one| (one, rng.below(1 << 31) as u64));
        let seeded: Vec<_> = seeded.collect();
        let change = |(one, seed)| (self.change)(one, &mut Rng::new(seed));
        seeded.into_par_iter().map(change).collect()
    }
}

impl<F: Fn(&Example, &mut Rng) -> Example + Sync> Task<Detector> for Finding<'_, F> {
    fn len(&self) -> usize {
        self.training.examples.len()
    }

    fn loss(&self, net: &Detector, rows: &[usize], pass: &mut Pass) -> Tensor {
        let examples = self.shown(rows, pass);
        let x = batch(examples.iter().map(|one| &one.picture)); // [B, 3, H, W]
        let truth: Vec<&[Object]> = examples.iter().map(|one| &*one.objects).collect();
        let numbers = net.forward(&x, pass); // [B, A·(5+K), S, S]
        loss(&net.grid, &numbers, &truth, self.cells).total()
    }

    /// mAP at an IoU of 0.5; 0 where nothing was held out, and the last net is taken.
    fn score(&self, net: &Detector) -> f64 {
        self.validation.map_or(0.0, |set| measured(net, set))
    }
}
// ANCHOR_END: task

/// mAP at an IoU of 0.5 of this net on these pictures.
pub fn measured(net: &Detector, set: &Set) -> f64 {
    let pictures = set.examples.iter().map(|one| &one.picture);
    let found = net.detect(pictures, Keep::ALL);
    judged(set, &found).map50().unwrap_or(0.0)
}

/// What was found in these pictures, held against what is in them.
pub fn judged(set: &Set, found: &[Vec<Detection>]) -> Evaluation {
    let mut evaluation = Evaluation::new(set.classes.len());
    for (one, found) in set.examples.iter().zip(found) {
        evaluation.add(&one.objects, found);
    }
    evaluation
}

/// Pictures that go through the net at once while it is used.
pub(crate) const AT_ONCE: usize = 16;

impl Detector {
    /// What the net finds in each of these pictures, which have one size.
    pub fn detect<'a>(
        &self,
        pictures: impl IntoIterator<Item = &'a Array3<u8>>,
        keep: Keep,
    ) -> Vec<Vec<Detection>> {
        let pictures: Vec<_> = pictures.into_iter().collect();
        let found = pictures.chunks(AT_ONCE).flat_map(|pictures| {
            let x = batch(pictures.iter().copied()); // [B, 3, H, W]
            let numbers = no_grad(|| self.forward(&x, &mut Pass::Use));
            self.grid.detections(&numbers, keep)
        });
        found.collect()
    }
}

// ANCHOR: trainer
/// A training of this net that has not begun: AdamW whose rate rises for a twentieth of the
/// steps and falls along a cosine to a hundredth of its peak.
pub fn trainer<M: Module>(
    net: M,
    settings: &Settings,
    pictures: usize,
    rng: &Rng,
) -> Trainer<M> {
    let steps = settings.epochs * (pictures / settings.batch);
    let cosine = Schedule::Cosine {
        lr: settings.peak,
        end: settings.peak / 100.0,
        steps,
    };
    let schedule = Schedule::WarmUp {
        steps: steps / 20,
        then: Box::new(cosine),
    };
    let mut plan = Plan::new(settings.batch, settings.epochs, schedule);
    plan.clip = Some(10.0);
    let adam = Adam {
        beta2: 0.99,
        weight_decay: settings.decay,
        ..Adam::default()
    };
    let rule = AdamW {
        adam,
        only_matrices: true,
    };
    Trainer::new(net, Optimizer::new(rule), plan, rng)
}
// ANCHOR_END: trainer
