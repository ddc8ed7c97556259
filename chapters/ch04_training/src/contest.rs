//! Optimisers times schedules: for each pair a learning rate, looked for at the same
//! price, and then several trainings with it.

use nn::classify::Classification;
use nn::data::Labelled;
use nn::train::Plan;

use crate::schedules::Shape;
use crate::trial::{Method, Trial, finish};

/// Rates tried for each pair.
pub const RATES: usize = 6;

/// What a contest is fought on.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// Pictures to learn from.
    pub training: &'a Labelled,
    /// Pictures that choose the rates, and do nothing else.
    pub choosing: &'a Labelled,
    /// Pictures that the results are reported on.
    pub reporting: &'a Labelled,
    /// Units of each layer, inputs first.
    pub sizes: &'a [usize],
    /// Pictures in a step.
    pub batch: usize,
    /// Passes over the pictures in a training.
    pub epochs: usize,
}

/// One pair of the contest.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The optimiser.
    pub method: Method,
    /// The schedule.
    pub shape: Shape,
    /// Each rate tried, and its accuracy on the choosing pictures, 0..1.
    pub tried: Vec<(f32, f64)>,
    /// The rate with the best of these.
    pub rate: f32,
    /// Accuracy on the reporting pictures, a seed each, 0..1.
    pub scores: Vec<f32>,
}

// ANCHOR: rates
/// The rates tried for an optimiser: half a power of ten from one to the next. Where
/// they begin is all that differs, since a step of g and one of g/√s have other units.
pub fn rates(method: Method) -> [f32; RATES] {
    let highest: f32 = match method {
        Method::Sgd => 1.0,
        Method::Momentum | Method::Nesterov | Method::AdaGrad => 0.316,
        Method::RmsProp | Method::Adam | Method::AdamW => 0.0316,
    };
    std::array::from_fn(|i| highest * 10.0_f32.powf(-0.5 * i as f32))
}
// ANCHOR_END: rates

// ANCHOR: cell
impl Ground<'_> {
    /// Tries the rates with a seed of their own, takes the best, and trains with it
    /// from each of the `seeds`. `watch` is called after every training.
    ///
    /// # Errors
    /// What `watch` returned.
    pub fn cell<E>(
        &self,
        (method, shape): (Method, Shape),
        choosing_seed: u64,
        seeds: &[u64],
        mut watch: impl FnMut() -> Result<(), E>,
    ) -> Result<Cell, E> {
        let mut tried = Vec::new();
        for rate in rates(method) {
            let trial = self.trial(method, shape, rate);
            tried.push((rate, self.score(&trial, self.choosing, choosing_seed)));
            watch()?;
        }
        let best = tried.iter().max_by(|(_, a), (_, b)| a.total_cmp(b));
        let rate = best.expect("several rates were tried").0;
        let mut scores = Vec::new();
        for &seed in seeds {
            let trial = self.trial(method, shape, rate);
            scores.push(self.score(&trial, self.reporting, seed) as f32);
            watch()?;
        }
        Ok(Cell {
            method,
            shape,
            tried,
            rate,
            scores,
        })
    }

    /// Steps of one training.
    pub fn steps(&self) -> usize {
        self.epochs * (self.training.len() / self.batch)
    }

    /// The training of a pair at a rate.
    fn trial(&self, method: Method, shape: Shape, rate: f32) -> Trial {
        Trial {
            sizes: self.sizes.to_vec(),
            dropout: 0.0,
            method,
            plan: Plan::new(
                self.batch,
                self.epochs,
                shape.schedule(rate, self.steps()),
            ),
        }
    }

    /// Accuracy at the end of a training, on these pictures.
    fn score(&self, trial: &Trial, on: &Labelled, seed: u64) -> f64 {
        let task = Classification {
            training: self.training,
            validation: on,
        };
        let all = finish(&mut trial.begin(seed), &task, |_| Ok::<(), Never>(()));
        all.map_or_else(|never| match never {}, |outcome| outcome.score())
    }
}
// ANCHOR_END: cell

/// What cannot happen.
enum Never {}

impl Cell {
    /// The mean over seeds, 0..1.
    pub fn mean(&self) -> f32 {
        self.scores.iter().sum::<f32>() / self.scores.len() as f32
    }

    /// The lowest and the highest of the seeds, 0..1.
    pub fn range(&self) -> [f32; 2] {
        let each = || self.scores.iter().copied();
        [
            each().fold(f32::INFINITY, f32::min),
            each().fold(f32::NEG_INFINITY, f32::max),
        ]
    }

    /// The standard deviation over seeds (over n - 1).
    pub fn deviation(&self) -> f32 {
        let mean = self.mean();
        let squares = self.scores.iter().map(|score| (score - mean).powi(2));
        (squares.sum::<f32>() / (self.scores.len() as f32 - 1.0)).sqrt()
    }

    /// How much worse the neighbours of the best rate did, on the pictures that chose
    /// it: the mean of both, or the one there is.
    pub fn price_of_a_wrong_rate(&self) -> f32 {
        let best = self.tried.iter().position(|(rate, _)| *rate == self.rate);
        let best = best.expect("the rate is one of those tried");
        let beside = [best.checked_sub(1), Some(best + 1)].into_iter().flatten();
        let beside = beside.filter_map(|i| self.tried.get(i));
        let worse: Vec<f64> = beside
            .map(|(_, score)| self.tried[best].1 - score)
            .collect();
        (worse.iter().sum::<f64>() / worse.len() as f64) as f32
    }

    /// Whether the best rate is the lowest or the highest of those tried, so that a
    /// better one may lie beyond.
    pub fn is_at_the_edge(&self) -> bool {
        let edges = [self.tried.first(), self.tried.last()];
        let edges = edges.map(|edge| edge.map(|(rate, _)| *rate));
        edges.contains(&Some(self.rate))
    }
}
