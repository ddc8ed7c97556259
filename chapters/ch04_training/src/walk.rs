//! A training in miniature, to be stopped and gone on with (exercise 4.13).

use tensor::Rng;

// ANCHOR: walk
/// A descent into a bowl of D directions by noisy slopes, with momentum and a rate that
/// decays.
#[derive(Clone, Debug)]
pub struct Walk {
    /// Where it is, D weights.
    pub weights: Vec<f32>,
    /// The velocity of each weight, D numbers.
    pub velocity: Vec<f32>,
    /// Steps made.
    pub steps: u64,
    /// Where the noise of the slopes comes from.
    pub rng: Rng,
}

impl Walk {
    /// A walk that starts at 1 in each of D directions.
    pub fn new(d: usize, seed: u64) -> Walk {
        Walk {
            weights: vec![1.0; d],
            velocity: vec![0.0; d],
            steps: 0,
            rng: Rng::new(seed).fork("noise"),
        }
    }

    /// One step of every weight.
    pub fn step(&mut self) {
        let lr = 0.1 / (1.0 + 0.05 * self.steps as f32);
        for (w, v) in self.weights.iter_mut().zip(&mut self.velocity) {
            let slope = *w + 0.5 * self.rng.normal();
            *v = 0.9 * *v + slope;
            *w -= lr * *v;
        }
        self.steps += 1;
    }
}
// ANCHOR_END: walk
