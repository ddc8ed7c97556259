//! A net whose settings are looked for: a training that a search can continue.
//!
//! Dimension key: K = 10 classes.

use std::cell::RefCell;

use lesson::Interrupted;
use nn::classify::{Classification, logits};
use nn::data::Labelled;
use nn::train::{Plan, Trainer};
use nn::{Mlp, Schedule};

use crate::search::{Candidate, Learner};
use crate::trial::{Method, Trial, finish};

/// Whether each validation picture was read rightly: first those that choose, then the
/// fresh ones.
pub type Seen = Vec<bool>;

/// The pictures that all candidates learn from and are judged by.
pub struct Classroom {
    /// What they learn from.
    pub training: Labelled,
    /// What a search chooses by.
    pub choosing: Labelled,
    /// What no search sees.
    pub fresh: Labelled,
}

/// A candidate in training.
pub struct Student<'a> {
    room: &'a Classroom,
    trainer: Trainer<Mlp>,
    notes: &'a RefCell<Vec<Seen>>,
    check: &'a dyn Fn() -> Result<(), Interrupted>,
}

impl Classroom {
    /// A candidate at the beginning. What it scores is written into `notes`, also what
    /// a search must not see; `check` says whether to go on.
    pub fn student<'a>(
        &'a self,
        candidate: &Candidate,
        seed: u64,
        notes: &'a RefCell<Vec<Seen>>,
        check: &'a dyn Fn() -> Result<(), Interrupted>,
    ) -> Student<'a> {
        let trial = Trial {
            sizes: vec![784, candidate.width, 10],
            dropout: candidate.dropout,
            method: Method::Momentum,
            plan: Plan::new(
                // A constant rate, so that a training can go on without knowing how long.
                50,
                0,
                Schedule::Constant { lr: candidate.lr },
            ),
        };
        let trainer = trial.begin(seed);
        Student {
            room: self,
            trainer,
            notes,
            check,
        }
    }
}

impl Learner for Student<'_> {
    fn learn(&mut self, epochs: usize) -> Result<f64, Interrupted> {
        let Classroom {
            training,
            choosing,
            fresh,
        } = self.room;
        let task = Classification {
            training,
            validation: choosing,
        };
        self.trainer.plan.epochs += epochs;
        let outcome = finish(&mut self.trainer, &task, |_| (self.check)())?;
        let seen = [choosing, fresh].map(|rows| right(&self.trainer.net, rows));
        self.notes.borrow_mut().push(seen.concat());
        Ok(outcome.score())
    }
}

/// Whether each row is read rightly.
fn right(net: &Mlp, rows: &Labelled) -> Vec<bool> {
    let answers = logits(net, &rows.x).argmax(1);
    let pairs = answers.iter().zip(&rows.classes);
    pairs.map(|(answer, class)| answer == class).collect()
}
