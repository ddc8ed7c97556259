//! Rosenblatt's perceptron: learning from mistakes (page *Learning from mistakes*).
//!
//! Dimension key: D inputs, N examples.

/// What a unit learns from: inputs and the class they belong to.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The inputs, `[D]`.
    pub x: Vec<f32>,
    /// The class, −1 or +1.
    pub y: f32,
}

impl Example {
    /// An example of class `y`, −1 or +1.
    pub fn new(x: &[f32], y: f32) -> Example {
        Example { x: x.to_vec(), y }
    }
}

/// The dot product Σ aᵢbᵢ.
///
/// # Panics
/// If the two vectors have different lengths.
#[track_caller]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (expected, got) = (a.len(), b.len());
    assert_eq!(expected, got, "dot: expected {expected} numbers, got {got}");
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The length of a vector, √(a·a).
pub fn norm(a: &[f32]) -> f32 {
    dot(a, a).sqrt()
}

/// A unit that says on which side of the line w·x + b = 0 a point lies.
///
/// Source: F. Rosenblatt, The perceptron, Psychological Review 65 (1958).
#[derive(Clone, Debug, PartialEq)]
pub struct Perceptron {
    /// The weights w, `[D]`, at right angles to the line.
    pub weights: Vec<f32>,
    /// The bias b.
    pub bias: f32,
}

impl Perceptron {
    /// A unit of `inputs` inputs that has learnt nothing: all zero.
    pub fn new(inputs: usize) -> Perceptron {
        let weights = vec![0.0; inputs]; // [D]
        Perceptron { weights, bias: 0.0 }
    }

    /// The score f(x) = w·x + b: positive on the side of class +1.
    pub fn score(&self, x: &[f32]) -> f32 {
        dot(&self.weights, x) + self.bias
    }

    /// The class the unit names: +1 for a positive score, −1 otherwise. A score of
    /// exactly 0 lies on the line; the rule and [`Perceptron::accuracy`] count it
    /// as a mistake for either class.
    pub fn predict(&self, x: &[f32]) -> f32 {
        if self.score(x) > 0.0 { 1.0 } else { -1.0 }
    }

    // ANCHOR: update
    /// Learns from one example; returns whether the answer was a mistake.
    pub fn learn(&mut self, x: &[f32], y: f32) -> bool {
        let mistake = y * self.score(x) <= 0.0;
        if mistake {
            for (w, x) in self.weights.iter_mut().zip(x) {
                *w += y * x;
            }
            self.bias += y;
        }
        mistake
    }
    // ANCHOR_END: update

    /// Learns from every example once, in order; returns the number of mistakes.
    pub fn pass(&mut self, examples: &[Example]) -> usize {
        let learn = |example: &&Example| self.learn(&example.x, example.y);
        examples.iter().filter(learn).count()
    }

    /// The share of examples with the right answer, y f(x) > 0, in 0..1; NaN if
    /// there are none.
    pub fn accuracy(&self, examples: &[Example]) -> f32 {
        let right = |example: &&Example| example.y * self.score(&example.x) > 0.0;
        examples.iter().filter(right).count() as f32 / examples.len() as f32
    }

    /// The distance from the line to the nearest example, min y f(x) / ‖w‖, in
    /// the unit of the inputs; negative if an example is on the wrong side, and
    /// meaningless (infinite or NaN) for a unit whose weights are zero.
    pub fn clearance(&self, examples: &[Example]) -> f32 {
        let distance = |e: &Example| e.y * self.score(&e.x) / norm(&self.weights);
        examples.iter().map(distance).fold(f32::INFINITY, f32::min)
    }
}

/// One mistake and what it changed: a step of the film of the training.
#[derive(Clone, Debug)]
pub struct Update {
    /// Which example was wrong.
    pub example: usize,
    /// The unit before.
    pub before: Perceptron,
    /// The unit after.
    pub after: Perceptron,
}

/// Trains until a pass makes no mistake, at most `passes` times, and keeps
/// every update.
///
/// # Panics
/// If there are no examples.
pub fn film(examples: &[Example], passes: usize) -> Vec<Update> {
    let mut unit = Perceptron::new(examples[0].x.len());
    let mut updates = Vec::new();
    for _ in 0..passes {
        let start = updates.len();
        for (example, Example { x, y }) in examples.iter().enumerate() {
            let before = unit.clone();
            if unit.learn(x, *y) {
                let after = unit.clone();
                updates.push(Update {
                    example,
                    before,
                    after,
                });
            }
        }
        if updates.len() == start {
            break;
        }
    }
    updates
}

/// Trains for exactly `passes` passes; returns the unit and the mistakes of each pass.
///
/// # Panics
/// If there are no examples.
pub fn train(examples: &[Example], passes: usize) -> (Perceptron, Vec<usize>) {
    let mut unit = Perceptron::new(examples[0].x.len());
    let mistakes = (0..passes).map(|_| unit.pass(examples)).collect();
    (unit, mistakes)
}
