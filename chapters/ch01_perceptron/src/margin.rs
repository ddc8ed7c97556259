//! Why the perceptron stops, and when it never does (page *Why it stops, and
//! when it never does*).
//!
//! Here the bias is folded into the weights: whoever wants one appends a
//! constant input of 1.

use std::collections::HashMap;

use tensor::Rng;

use crate::perceptron::{Example, Perceptron, dot, norm};

/// The radius R = max ‖x‖ of a data set.
pub fn radius(examples: &[Example]) -> f32 {
    examples.iter().map(|e| norm(&e.x)).fold(0.0, f32::max)
}

/// The gap γ = min y w*·x that a unit vector w* leaves between two classes;
/// negative when it does not separate them.
pub fn gap(examples: &[Example], direction: &[f32]) -> f32 {
    let margins = examples.iter().map(|e| e.y * dot(direction, &e.x));
    margins.fold(f32::INFINITY, f32::min)
}

/// Novikoff's bound on the number of mistakes, (R/γ)².
///
/// Source: A. B. J. Novikoff, On convergence proofs on perceptrons (1962).
pub fn novikoff_bound(radius: f32, gap: f32) -> f32 {
    (radius / gap).powi(2)
}

// ANCHOR: separable
/// `n` points in the unit disc, at least `gap` away from a line through the
/// centre whose direction is drawn at random; and that direction.
///
/// # Panics
/// If `gap` is not in 0..1: the disc has no such points.
#[track_caller]
pub fn separable(n: usize, gap: f32, rng: &mut Rng) -> (Vec<Example>, [f32; 2]) {
    assert!(
        (0.0..1.0).contains(&gap),
        "separable: expected a gap in 0..1, got {gap}"
    );
    let angle = rng.uniform(0.0, std::f32::consts::TAU);
    let direction = [angle.cos(), angle.sin()];
    let mut examples = Vec::with_capacity(n);
    while examples.len() < n {
        let x = [rng.uniform(-1.0, 1.0), rng.uniform(-1.0, 1.0)];
        let side = dot(&direction, &x);
        if norm(&x) <= 1.0 && side.abs() >= gap {
            examples.push(Example::new(&x, side.signum()));
        }
    }
    (examples, direction)
}
// ANCHOR_END: separable

/// The hardest data for their gap: `n` examples of class +1, each with a single
/// input that is 1. The direction of the sum of all separates them by γ = 1/√n,
/// R is 1, and the perceptron has to make all n mistakes that the bound allows.
pub fn one_input_each(n: usize) -> (Vec<Example>, Vec<f32>) {
    let one = |at: usize| (0..n).map(|i| f32::from(i == at)).collect();
    let examples = (0..n).map(|at| Example { x: one(at), y: 1.0 });
    (examples.collect(), vec![1.0 / (n as f32).sqrt(); n])
}

/// The two quantities of the proof after each mistake.
#[derive(Clone, Debug, Default)]
pub struct Growth {
    /// w·w*, how far the weights reach in the right direction.
    pub reach: Vec<f32>,
    /// ‖w‖, their length.
    pub length: Vec<f32>,
}

impl Growth {
    /// How many mistakes there were.
    pub fn mistakes(&self) -> usize {
        self.reach.len()
    }
}

/// Trains a perceptron without bias until a pass makes no mistake, and measures
/// it after each.
///
/// # Panics
/// If `direction` does not separate the examples.
pub fn growth(examples: &[Example], direction: &[f32]) -> Growth {
    assert!(
        gap(examples, direction) > 0.0,
        "growth: expected examples that the direction separates"
    );
    let mut weights = vec![0.0; direction.len()]; // [D]
    let mut growth = Growth::default();
    loop {
        let before = growth.mistakes();
        for Example { x, y } in examples {
            if y * dot(&weights, x) <= 0.0 {
                for (w, x) in weights.iter_mut().zip(x) {
                    *w += y * x;
                }
                growth.reach.push(dot(&weights, direction));
                growth.length.push(norm(&weights));
            }
        }
        if growth.mistakes() == before {
            return growth;
        }
    }
}

/// A round that a perceptron runs for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// Updates before the round is entered.
    pub before: usize,
    /// Updates in one round; 0 when the perceptron has come to rest instead.
    pub updates: usize,
}

// ANCHOR: cycle
/// Runs the perceptron over the examples, in order, until it starts a pass with
/// weights with which it has started one before.
pub fn cycle(examples: &[Example]) -> Cycle {
    let mut unit = Perceptron::new(examples[0].x.len());
    let mut seen = HashMap::new(); // bits of weights and bias -> updates made so far
    let mut updates = 0;
    loop {
        let numbers = unit.weights.iter().chain([&unit.bias]);
        let state: Vec<u32> = numbers.map(|w| w.to_bits()).collect();
        if let Some(before) = seen.insert(state, updates) {
            let updates = updates - before;
            return Cycle { before, updates };
        }
        updates += unit.pass(examples);
    }
}
// ANCHOR_END: cycle
