//! The range test: one short training in which the learning rate grows at every step,
//! to see where learning begins and where it ends.
//!
//! Source: L. N. Smith, "Cyclical learning rates for training neural networks", WACV
//! (2017), section 3.3.

use nn::Schedule;
use nn::classify::Classification;

use crate::trial::{Trial, finish};

/// What a range test saw, step by step.
#[derive(Clone, Debug)]
pub struct RangeTest {
    /// The learning rate of each step.
    pub rates: Vec<f32>,
    /// The loss before each step.
    pub losses: Vec<f32>,
    /// The same as a running mean.
    pub smooth: Vec<f32>,
}

/// Ends a range test.
struct Enough;

// ANCHOR: range_test
/// Trains `trial` from its seed while the rate grows from `low` to `high` by the same
/// factor at each of `steps` steps. Stops when the running mean of the loss is four
/// times the lowest so far.
pub fn range_test(
    trial: &Trial,
    task: &Classification,
    [low, high]: [f32; 2],
    steps: usize,
    seed: u64,
) -> RangeTest {
    let schedule = Schedule::Geometric { low, high, steps };
    let mut trial = trial.clone();
    trial.plan.schedule = schedule.clone();
    let mut smooth: Vec<f32> = Vec::new();
    let (mut mean, mut lowest) = (0.0, f32::INFINITY);
    let mut losses = Vec::new();
    let watch = |loss: f32| {
        losses.push(loss);
        mean = KEPT * mean + (1.0 - KEPT) * loss;
        let now = mean / (1.0 - KEPT.powi(losses.len() as i32)); // Adam's correction
        smooth.push(now);
        lowest = now.min(lowest);
        match now > 4.0 * lowest || losses.len() == steps {
            true => Err(Enough),
            false => Ok(()),
        }
    };
    // Whether it stopped by itself or diverged, what was seen until then is the result.
    let _ = finish(&mut trial.begin(seed), task, watch);
    RangeTest {
        rates: (0..losses.len()).map(|t| schedule.at(t)).collect(),
        losses,
        smooth,
    }
}

impl RangeTest {
    /// The rate at which the running mean of the loss was lowest.
    ///
    /// # Panics
    /// If not one step was made.
    #[track_caller]
    pub fn lowest(&self) -> f32 {
        let pairs = self.rates.iter().zip(&self.smooth);
        let lowest = pairs.min_by(|(_, a), (_, b)| a.total_cmp(b));
        *lowest.expect("a range test makes a step").0
    }

    /// The rate to train with: a third of [`RangeTest::lowest`].
    pub fn rate(&self) -> f32 {
        self.lowest() / 3.0
    }
}
// ANCHOR_END: range_test

/// How much of the running mean stays at each step.
const KEPT: f32 = 0.95;
