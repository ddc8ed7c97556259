//! The training loop, and all that a training is.
//!
//! A [`Trainer`] holds everything that changes while a net learns: the net, the optimiser's
//! memory, the generator, the place in the data, the history and the best weights. So a
//! training can be stopped after any step, kept in a file ([`crate::checkpoint`]) and resumed
//! as if nothing had happened.

use tensor::{Gradients, Rng, Tensor, no_grad};
use thiserror::Error;

use crate::clip::{clip_norm, gradient_norm};
use crate::optim::Optimizer;
use crate::{Module, Pass, Schedule};

/// What a net is to learn, and how it is measured.
pub trait Task<M> {
    /// How many training examples there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The mean loss of the net on these training examples, a single number.
    fn loss(&self, net: &M, rows: &[usize], pass: &mut Pass) -> Tensor;

    /// How good the net is on the validation examples: higher is better.
    fn score(&self, net: &M) -> f64;
}

/// How a training goes about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Examples in a step. What is left at the end of an epoch and does not fill a batch is
    /// left out; it is another choice in each epoch.
    pub batch: usize,
    /// Passes over the training examples.
    pub epochs: usize,
    /// The learning rate of each step.
    pub schedule: Schedule,
    /// The largest norm of a gradient, if longer ones are clipped.
    pub clip: Option<f32>,
    /// After how many epochs without a better score the training stops early, if it does.
    pub patience: Option<usize>,
}

impl Plan {
    /// So many epochs with batches of this size; no gradient is clipped, and the training
    /// never stops early.
    pub fn new(batch: usize, epochs: usize, schedule: Schedule) -> Plan {
        Plan {
            batch,
            epochs,
            schedule,
            clip: None,
            patience: None,
        }
    }
}

/// What one pass over the data came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Epoch {
    /// The mean loss of its steps, each measured before its step.
    pub loss: f64,
    /// The score of the net after it.
    pub score: f64,
    /// The learning rate of its last step.
    pub lr: f32,
}

/// The best net so far.
#[derive(Clone, Debug)]
pub struct Best<M> {
    /// The epoch after which it was found, from 1.
    pub epoch: usize,
    /// Its score.
    pub score: f64,
    /// The net itself.
    pub net: M,
}

/// A training: see the [module](self).
pub struct Trainer<M> {
    /// The net, as far as it has learnt.
    pub net: M,
    /// The rule of its steps.
    pub optimizer: Optimizer,
    /// How the training goes about it.
    pub plan: Plan,
    /// The epochs that are over.
    pub history: Vec<Epoch>,
    /// The best net at the end of an epoch.
    pub best: Option<Best<M>>,
    /// The loss of the last step, measured before it; NaN if none was made since the training
    /// began or was resumed.
    pub loss: f32,
    pub(crate) rng: Rng,
    /// Steps made in the epoch that is not over.
    pub(crate) batches: usize,
    /// The sum of their losses.
    pub(crate) losses: f64,
}

/// Why a training stopped before its end.
#[derive(Debug, Error)]
pub enum Stop<E> {
    /// The loss is no longer a number.
    #[error(transparent)]
    Diverged(#[from] Diverged),
    /// Whoever watched asked for it.
    #[error("{0}")]
    Asked(E),
}

/// The loss became NaN or infinite.
#[derive(Clone, Debug, PartialEq, Error)]
#[error(
    "the loss became {loss} at step {step}, learning rate {lr}; the largest gradient is that of \
     {parameter} (norm {norm}): try a lower rate, or clip the gradients"
)]
pub struct Diverged {
    /// The loss.
    pub loss: f32,
    /// The number of the step, from 1.
    pub step: u64,
    /// The learning rate of that step.
    pub lr: f32,
    /// The parameter with the largest gradient.
    pub parameter: String,
    /// The norm of that gradient.
    pub norm: f32,
}

// ANCHOR: fit
impl<M: Module> Trainer<M> {
    /// Trains to the end of the plan, or until the score has not risen for `patience` epochs.
    /// `watch` is called after every step and can stop the training.
    ///
    /// # Errors
    /// [`Diverged`], with the parameters as they were before that step; what `watch`
    /// returned.
    pub fn fit<E>(
        &mut self,
        task: &impl Task<M>,
        mut watch: impl FnMut(&Self) -> Result<(), E>,
    ) -> Result<(), Stop<E>> {
        while !self.is_over() {
            let order = self.order(task.len());
            for rows in order.chunks_exact(self.plan.batch).skip(self.batches) {
                self.step(task, rows)?;
                watch(self).map_err(Stop::Asked)?;
            }
            let score = no_grad(|| task.score(&self.net));
            self.end_epoch(score);
        }
        Ok(())
    }

    /// One step on these examples.
    fn step(&mut self, task: &impl Task<M>, rows: &[usize]) -> Result<(), Diverged> {
        let lr = self.lr();
        let loss = task.loss(&self.net, rows, &mut Pass::Train(&mut self.rng));
        let mut gradients = loss.backward();
        self.loss = loss.item();
        self.check(&gradients)?;
        if let Some(most) = self.plan.clip {
            clip_norm(&mut self.net, &mut gradients, most);
        }
        self.optimizer.step(&mut self.net, &gradients, lr);
        self.losses += f64::from(self.loss);
        self.batches += 1;
        Ok(())
    }

    // ANCHOR: best
    /// Writes the epoch into the history, and keeps the net if it is the best so far.
    fn end_epoch(&mut self, score: f64) {
        let loss = self.losses / self.batches.max(1) as f64;
        self.history.push(Epoch {
            loss,
            score,
            lr: self.lr(),
        });
        (self.batches, self.losses) = (0, 0.0);
        // A score that is not a number is worse than any that is.
        let beaten = |best: &Best<M>| score > best.score || best.score.is_nan();
        if self.best.as_ref().is_none_or(beaten) {
            let epoch = self.history.len();
            self.best = Some(Best {
                epoch,
                score,
                net: self.net.clone(),
            });
        }
    }

    /// Whether the plan is done, or there was no better score for too long.
    pub fn is_over(&self) -> bool {
        let done = self.history.len();
        let since_best = done - self.best.as_ref().map_or(0, |best| best.epoch);
        done >= self.plan.epochs || self.plan.patience.is_some_and(|most| since_best >= most)
    }
    // ANCHOR_END: best
}
// ANCHOR_END: fit

impl<M: Module> Trainer<M> {
    /// A training that has not begun. All that is random in it comes from `rng`.
    ///
    /// # Panics
    /// If the batch is empty.
    #[track_caller]
    pub fn new(net: M, optimizer: Optimizer, plan: Plan, rng: &Rng) -> Trainer<M> {
        assert!(
            plan.batch > 0,
            "plan: expected at least one example in a batch"
        );
        Trainer {
            net,
            optimizer,
            plan,
            history: Vec::new(),
            best: None,
            loss: f32::NAN,
            rng: rng.fork("training"),
            batches: 0,
            losses: 0.0,
        }
    }

    /// The learning rate of the next step.
    pub fn lr(&self) -> f32 {
        self.plan.schedule.at(self.optimizer.steps() as usize)
    }

    /// The best net so far; the net as it is before the first epoch has ended.
    pub fn best_net(&self) -> &M {
        self.best.as_ref().map_or(&self.net, |best| &best.net)
    }

    /// The order of the examples in this epoch: fixed by the seed and the number of the
    /// epoch, so that a training resumed in its middle needs no memory of it.
    fn order(&self, examples: usize) -> Vec<usize> {
        self.rng
            .fork(&format!("order {}", self.history.len()))
            .permutation(examples)
    }

    /// That the loss is a number.
    fn check(&self, gradients: &Gradients) -> Result<(), Diverged> {
        if self.loss.is_finite() {
            return Ok(());
        }
        let norms = self
            .net
            .parameters()
            .into_iter()
            .filter_map(|(name, parameter)| {
                let norm = gradients.get(&parameter)?.square().sum().item().sqrt();
                Some((name, norm))
            });
        // A norm that is not a number counts as the largest.
        let size = |norm: f32| if norm.is_nan() { f32::INFINITY } else { norm };
        let largest = norms.max_by(|(_, a), (_, b)| size(*a).total_cmp(&size(*b)));
        let (parameter, norm) = largest.unwrap_or_default();
        let step = self.optimizer.steps() + 1;
        Err(Diverged {
            loss: self.loss,
            step,
            lr: self.lr(),
            parameter,
            norm,
        })
    }

    /// The norm of the whole gradient: see [`gradient_norm`].
    pub fn gradient_norm(&self, gradients: &Gradients) -> f32 {
        gradient_norm(&self.net, gradients)
    }
}
