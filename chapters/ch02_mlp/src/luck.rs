//! Learning without gradients: draw at random, or climb (pages *Learning by luck* and *How
//! badly luck scales*).
//!
//! A search sees nothing of a net but a row of P numbers and the loss they lead to.
//! Dimension key: P parameters.

use tensor::Rng;

/// The best parameters that a search came across, and how it got there.
#[derive(Clone, Debug)]
pub struct Found {
    /// The parameters, `[P]`.
    pub parameters: Vec<f32>,
    /// The loss they lead to.
    pub loss: f32,
    /// How many parameters were tried.
    pub tries: usize,
    /// Each try that beat all before it: its number, from 1, and its loss.
    pub improvements: Vec<(usize, f32)>,
}

impl Found {
    /// Before the first try: any loss is better.
    fn nothing() -> Found {
        Found {
            parameters: Vec::new(),
            loss: f32::INFINITY,
            tries: 0,
            improvements: Vec::new(),
        }
    }

    /// Counts a try, and keeps it if its loss is the lowest so far.
    fn offer(&mut self, parameters: Vec<f32>, loss: f32) -> bool {
        self.tries += 1;
        let better = loss < self.loss;
        if better {
            (self.parameters, self.loss) = (parameters, loss);
            self.improvements.push((self.tries, loss));
        }
        better
    }

    /// The lowest loss among the first so many tries; infinite before the first.
    pub fn loss_after(&self, tries: usize) -> f32 {
        let reached = self.improvements.iter().rev().find(|(at, _)| *at <= tries);
        reached.map_or(f32::INFINITY, |(_, loss)| *loss)
    }

    /// The number of the first try at or below a loss, if there was one.
    pub fn tries_to(&self, target: f32) -> Option<usize> {
        let reached = self.improvements.iter().find(|(_, loss)| *loss <= target);
        reached.map(|(at, _)| *at)
    }
}

// ANCHOR: random_search
/// Draws parameters again and again, each time from nothing, and keeps the best.
pub fn random_search(
    tries: usize,
    mut draw: impl FnMut() -> Vec<f32>,
    mut loss: impl FnMut(&[f32]) -> f32,
) -> Found {
    let mut found = Found::nothing();
    for _ in 0..tries {
        let parameters = draw();
        let loss = loss(&parameters);
        found.offer(parameters, loss);
    }
    found
}
// ANCHOR_END: random_search

/// How far to climb, and by what steps.
#[derive(Clone, Copy, Debug)]
pub struct Climb {
    /// Tries at most, the start among them.
    pub tries: usize,
    /// Stop as soon as the loss is as low as this.
    pub target: f32,
    /// The deviation of the first random change; later ones adapt.
    pub step: f32,
    /// How likely each parameter is to be changed in a try, in 0..=1.
    pub share: f32,
}

impl Climb {
    /// So many tries of changes to all parameters, the first ones of deviation 0.1.
    pub fn tries(tries: usize) -> Climb {
        Climb {
            tries,
            target: f32::NEG_INFINITY,
            step: 0.1,
            share: 1.0,
        }
    }
}

/// After a try that helped, dare more; after four that did not, the same factor less.
const BOLDER: f32 = 1.5;

/// Changes the best parameters so far a little at random, and keeps the change if the loss
/// falls. The size of the changes settles where one try in five helps.
///
/// Source of the one-fifth rule: I. Rechenberg (1973); in this form S. Kern and others
/// (2004).
// ANCHOR: hill_climb
pub fn hill_climb(
    start: Vec<f32>,
    how: Climb,
    rng: &mut Rng,
    mut loss: impl FnMut(&[f32]) -> f32,
) -> Found {
    let mut found = Found::nothing();
    let first = loss(&start);
    found.offer(start, first);
    let (mut step, meeker) = (how.step, BOLDER.powf(-0.25));
    while found.tries < how.tries && found.loss > how.target {
        let parameters = changed(&found.parameters, step, how.share, rng);
        let loss = loss(&parameters);
        let better = found.offer(parameters, loss);
        step *= if better { BOLDER } else { meeker };
    }
    found
}
// ANCHOR_END: hill_climb

/// A copy in which each number is moved with probability `share`, by a normal step.
fn changed(parameters: &[f32], step: f32, share: f32, rng: &mut Rng) -> Vec<f32> {
    let mut moved = |number: f32| match rng.uniform(0.0, 1.0) < share {
        true => number + step * rng.normal(),
        false => number,
    };
    parameters.iter().map(|&number| moved(number)).collect()
}
