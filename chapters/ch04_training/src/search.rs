//! Three ways to look for settings, at the same price: a grid, random places, and
//! successive halving.
//!
//! The price is counted in epochs of training, whatever is trained.

use lesson::Interrupted;
use tensor::Rng;

// ANCHOR: space
/// Settings that are looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The learning rate.
    pub lr: f32,
    /// Hidden units.
    pub width: usize,
    /// The probability with which a hidden unit is dropped.
    pub dropout: f32,
}

/// Where to look: the lowest and the highest of each setting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Space {
    /// Learning rates.
    pub lr: [f32; 2],
    /// Hidden units.
    pub width: [usize; 2],
    /// Dropout probabilities.
    pub dropout: [f32; 2],
}

impl Space {
    /// The candidate at a place of the unit cube. Along rate and width, equal steps are
    /// equal factors: from 0.001 to 0.01 is as far as from 0.01 to 0.1.
    pub fn at(&self, [rate, width, dropout]: [f32; 3]) -> Candidate {
        let by_factors = |[low, high]: [f32; 2], u: f32| low * (high / low).powf(u);
        let [low, high] = self.dropout;
        Candidate {
            lr: by_factors(self.lr, rate),
            width: by_factors(self.width.map(|w| w as f32), width).round() as usize,
            dropout: low + (high - low) * dropout,
        }
    }

    /// n³ candidates: n values of each setting, each in the middle of its nth part of
    /// the range, in every combination.
    pub fn grid(&self, n: usize) -> Vec<Candidate> {
        let middle = |i: usize| (i as f32 + 0.5) / n as f32;
        let place = |i: usize| [i / (n * n), i / n % n, i % n].map(middle);
        (0..n.pow(3)).map(|i| self.at(place(i))).collect()
    }

    /// Candidates at random places, each setting on its own.
    pub fn random(&self, count: usize, rng: &mut Rng) -> Vec<Candidate> {
        let mut place = || std::array::from_fn(|_| rng.uniform(0.0, 1.0));
        (0..count).map(|_| self.at(place())).collect()
    }
}
// ANCHOR_END: space

/// A training that can be continued.
pub trait Learner {
    /// Trains for so many epochs more; the validation score after them, higher is
    /// better.
    ///
    /// # Errors
    /// If it was told to stop.
    fn learn(&mut self, epochs: usize) -> Result<f64, Interrupted>;
}

/// The score of a candidate, as a search came to see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Epochs that the whole search had trained by then.
    pub cost: usize,
    /// Epochs that this candidate had.
    pub epochs: usize,
    /// Its place in the list of candidates.
    pub candidate: usize,
    /// Its validation score.
    pub score: f64,
}

/// Trains every candidate to the end: what a grid and a random search do.
///
/// # Errors
/// What [`Learner::learn`] returned.
pub fn whole<L: Learner>(
    candidates: &[Candidate],
    epochs: usize,
    begin: impl Fn(&Candidate) -> L,
) -> Result<Vec<Look>, Interrupted> {
    let look = |(i, candidate): (usize, &Candidate)| {
        let score = begin(candidate).learn(epochs)?;
        let cost = (i + 1) * epochs;
        Ok(Look {
            cost,
            epochs,
            candidate: i,
            score,
        })
    };
    candidates.iter().enumerate().map(look).collect()
}

// ANCHOR: halving
/// Successive halving: all candidates train for one epoch; the better half goes on to 2
/// epochs, the better half of those to 4, and so on for `rounds` rounds.
///
/// Source: K. Jamieson, A. Talwalkar, "Non-stochastic best arm identification and
/// hyperparameter optimization", AISTATS (2016), figure 2.
///
/// # Errors
/// What [`Learner::learn`] returned.
pub fn halving<L: Learner>(
    candidates: &[Candidate],
    rounds: u32,
    begin: impl Fn(&Candidate) -> L,
) -> Result<Vec<Look>, Interrupted> {
    let mut running: Vec<(usize, L)> =
        candidates.iter().map(begin).enumerate().collect();
    let (mut looks, mut cost, mut epochs) = (Vec::new(), 0, 0);
    for round in 0..rounds {
        let more = 2_usize.pow(round) - epochs;
        epochs += more;
        let mut scores = Vec::new();
        for (candidate, learner) in &mut running {
            let score = learner.learn(more)?;
            cost += more;
            scores.push(score);
            looks.push(Look {
                cost,
                epochs,
                candidate: *candidate,
                score,
            });
        }
        running = best_half(running, &scores);
    }
    Ok(looks)
}
// ANCHOR_END: halving

/// The better half by score, rounded down, but at least one; best first.
fn best_half<T>(running: Vec<T>, scores: &[f64]) -> Vec<T> {
    let keep = (running.len() / 2).max(1);
    let mut ranked: Vec<(T, f64)> =
        running.into_iter().zip(scores.iter().copied()).collect();
    ranked.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    ranked.into_iter().map(|(one, _)| one).take(keep).collect()
}

/// The winner: the best score among the candidates that trained longest.
///
/// # Panics
/// If there is no look.
#[track_caller]
pub fn winner(looks: &[Look]) -> Look {
    let longest = looks.iter().map(|look| look.epochs).max();
    let finished = looks.iter().filter(|look| Some(look.epochs) == longest);
    let best = finished.max_by(|a, b| a.score.total_cmp(&b.score));
    *best.expect("a search looks at something")
}

/// The most candidates that successive halving can begin with for this many epochs.
pub fn affordable(budget: usize, rounds: u32) -> usize {
    let cost = |candidates: usize| {
        let trained = |round: u32| {
            let alive = (candidates >> round).max(1);
            let more = if round == 0 {
                1
            } else {
                2_usize.pow(round - 1)
            };
            alive * more
        };
        (0..rounds).map(trained).sum::<usize>()
    };
    let fits = (1..=budget).take_while(|&candidates| cost(candidates) <= budget);
    fits.last().unwrap_or(1)
}

// ANCHOR: curse
/// What the best of several candidates scores where it was chosen, and elsewhere: the
/// share of right answers on `size` pictures drawn at random, on which it was best, and
/// on all others. Means over `draws` draws.
///
/// - `seen`: for each candidate, whether each picture was read rightly.
pub fn winners_curse(
    seen: &[&[bool]],
    size: usize,
    draws: usize,
    rng: &mut Rng,
) -> [f64; 2] {
    let share = |right: &[bool], pictures: &[usize]| {
        let hits = pictures.iter().filter(|&&picture| right[picture]).count();
        hits as f64 / pictures.len() as f64
    };
    let mut sums = [0.0; 2];
    for _ in 0..draws {
        let order = rng.permutation(seen[0].len());
        let (choosing, fresh) = order.split_at(size);
        let scored = seen.iter().map(|right| (share(right, choosing), right));
        let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b));
        let (score, right) = best.expect("there are candidates");
        sums[0] += score;
        sums[1] += share(right, fresh);
    }
    sums.map(|sum| sum / draws as f64)
}
// ANCHOR_END: curse
