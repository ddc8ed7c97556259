//! Random expressions, to check the engine with (page *An engine for scalars*).
//!
//! An expression is a list of operations on numbers that stand earlier: the inputs
//! first, then the results in order. It can be computed in plain `f64`, without the
//! engine, so that the two can disagree.

use tensor::Rng;

use crate::scalar::Scalar;

/// An operation on numbers by their places in the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// i + j
    Add(usize, usize),
    /// i − j
    Sub(usize, usize),
    /// i × j
    Mul(usize, usize),
    /// i ÷ (1 + j²), which is never divided by 0
    Div(usize, usize),
    /// tanh i
    Tanh(usize),
    /// e^(tanh i), which never overflows
    Exp(usize),
    /// ln(1 + i²), which is never of 0
    Ln(usize),
    /// max(0, i)
    Relu(usize),
    /// (tanh i)³
    Cube(usize),
}

/// Steps on a number of inputs; the last one's result is the expression's.
#[derive(Clone, Debug)]
pub struct Expression(pub Vec<Step>);

impl Expression {
    /// `length` steps on `inputs` numbers, each step on two of the last four numbers.
    pub fn random(length: usize, inputs: usize, rng: &mut Rng) -> Expression {
        let step = |k: usize| {
            let last = inputs + k;
            let near = last.saturating_sub(4);
            let (i, j) = (near + rng.below(last - near), near + rng.below(last - near));
            match rng.below(9) {
                0 => Step::Add(i, j),
                1 => Step::Sub(i, j),
                2 => Step::Mul(i, j),
                3 => Step::Div(i, j),
                4 => Step::Tanh(i),
                5 => Step::Exp(i),
                6 => Step::Ln(i),
                7 => Step::Relu(i),
                _ => Step::Cube(i),
            }
        };
        Expression((0..length).map(step).collect())
    }

    /// How many steps it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has no step.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its value in plain numbers, and the smallest distance of a relu from its corner.
    pub fn value(&self, x: &[f64]) -> (f64, f64) {
        let mut v = x.to_vec();
        let mut from_corner = f64::INFINITY;
        for step in &self.0 {
            v.push(match *step {
                Step::Add(i, j) => v[i] + v[j],
                Step::Sub(i, j) => v[i] - v[j],
                Step::Mul(i, j) => v[i] * v[j],
                Step::Div(i, j) => v[i] / (1.0 + v[j] * v[j]),
                Step::Tanh(i) => libm::tanh(v[i]),
                Step::Exp(i) => libm::exp(libm::tanh(v[i])),
                Step::Ln(i) => libm::log(1.0 + v[i] * v[i]),
                Step::Relu(i) => {
                    from_corner = from_corner.min(v[i].abs());
                    v[i].max(0.0)
                }
                Step::Cube(i) => libm::pow(libm::tanh(v[i]), 3.0),
            });
        }
        (v[v.len() - 1], from_corner)
    }

    /// The same by the engine.
    pub fn by_engine(&self, x: &[Scalar]) -> Scalar {
        let mut v = x.to_vec();
        for step in &self.0 {
            v.push(match *step {
                Step::Add(i, j) => &v[i] + &v[j],
                Step::Sub(i, j) => &v[i] - &v[j],
                Step::Mul(i, j) => &v[i] * &v[j],
                Step::Div(i, j) => &v[i] / (1.0 + v[j].pow(2.0)),
                Step::Tanh(i) => v[i].tanh(),
                Step::Exp(i) => v[i].tanh().exp(),
                Step::Ln(i) => (1.0 + &v[i] * &v[i]).ln(),
                Step::Relu(i) => v[i].relu(),
                Step::Cube(i) => v[i].tanh().pow(3.0),
            });
        }
        v[v.len() - 1].clone()
    }

    /// The errors of the engine's slopes by the inputs, against central differences with
    /// step `h`, relative to the larger of 1 and the slope. A slope across the corner of
    /// a relu is left out: there is none.
    pub fn gradient_errors(&self, x: &[f64], h: f64) -> Vec<f64> {
        let leaves: Vec<Scalar> = x.iter().map(|&x| Scalar::from(x)).collect();
        self.by_engine(&leaves).backward();
        let mut errors = Vec::new();
        for (i, leaf) in leaves.iter().enumerate() {
            let moved = |by: f64| {
                let mut x = x.to_vec();
                x[i] += by;
                self.value(&x)
            };
            let ((up, corner_up), (down, corner_down)) = (moved(h), moved(-h));
            let measured = (up - down) / (2.0 * h);
            if corner_up.min(corner_down) > 1e-2 {
                let error = (leaf.gradient() - measured).abs();
                errors.push(error / measured.abs().max(1.0));
            }
        }
        errors
    }
}

/// The largest of errors; NaN if one is NaN, which `f64::max` would hide.
pub fn largest(errors: &[f64]) -> f64 {
    let larger = |a: f64, b: f64| if a.is_nan() || a > b { a } else { b };
    errors.iter().copied().fold(0.0, larger)
}
