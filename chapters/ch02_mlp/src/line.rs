//! The best constant and the best line under a loss, without a gradient: by weighing the
//! examples again and again (page *What a mistake costs*).
//!
//! Dimension key: N examples.

/// What an error e = ŷ − t costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cost {
    /// e²: the mean of it is the MSE.
    Squared,
    /// |e|: the mean of it is the MAE.
    Absolute,
    /// ½ e² up to δ, δ (|e| − ½ δ) beyond. Source: Huber (1964).
    Huber(f32),
}

impl Cost {
    /// The loss of an error.
    pub fn value(self, e: f32) -> f32 {
        match self {
            Cost::Squared => e * e,
            Cost::Absolute => e.abs(),
            Cost::Huber(delta) if e.abs() <= delta => 0.5 * e * e,
            Cost::Huber(delta) => delta * (e.abs() - 0.5 * delta),
        }
    }

    // ANCHOR: slope
    /// The slope of the loss: how hard an error pulls.
    pub fn slope(self, e: f32) -> f32 {
        match self {
            Cost::Squared => 2.0 * e,
            Cost::Absolute if e == 0.0 => 0.0,
            Cost::Absolute => e.signum(),
            Cost::Huber(delta) => e.clamp(-delta, delta),
        }
    }
    // ANCHOR_END: slope

    // ANCHOR: weight
    /// Pull over error: what the example would have to weigh under the squared error to
    /// pull as hard as it does.
    fn weight(self, e: f32) -> f32 {
        // Absolute errors near 0 would weigh without limit.
        let e = if e.abs() < 1e-3 { 1e-3 } else { e };
        self.slope(e) / e
    }
    // ANCHOR_END: weight
}

/// t ≈ slope · x + intercept.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Line {
    /// How much t grows with x.
    pub slope: f32,
    /// t at x = 0.
    pub intercept: f32,
}

impl Line {
    /// ŷ at x.
    pub fn at(self, x: f32) -> f32 {
        self.slope * x + self.intercept
    }
}

// ANCHOR: best_line
/// How often the examples are weighed; chosen by us, the last rounds change nothing.
const ROUNDS: usize = 200;

/// The line with the lowest mean loss: fit with weights, weigh each example by its error,
/// fit again. Source: Weiszfeld (1937) for the absolute error; Huber and Ronchetti (2009),
/// chapter 7.
///
/// # Panics
/// If there are not as many `t` as `x`.
#[track_caller]
pub fn best_line(x: &[f32], t: &[f32], cost: Cost) -> Line {
    assert_eq!(x.len(), t.len(), "best_line: expected a t for each x");
    let mut weights = vec![1.0; x.len()];
    let mut line = Line::default();
    for _ in 0..ROUNDS {
        line = weighted_line(x, t, &weights);
        for (weight, (x, t)) in weights.iter_mut().zip(x.iter().zip(t)) {
            *weight = cost.weight(line.at(*x) - t);
        }
    }
    line
}
// ANCHOR_END: best_line

/// The constant with the lowest mean loss, in the same way.
pub fn best_constant(t: &[f32], cost: Cost) -> f32 {
    best_line(&vec![0.0; t.len()], t, cost).intercept
}

/// The line of the least weighted squared error, Σ w (t − ŷ)², in closed form: through the
/// weighted means, with the slope Σ w (x − x̄)(t − t̄) / Σ w (x − x̄)². Level if all x agree.
fn weighted_line(x: &[f32], t: &[f32], weights: &[f32]) -> Line {
    let wide = |of: &[f32]| of.iter().copied().map(f64::from).collect::<Vec<f64>>();
    let (x, t, weights) = (wide(x), wide(t), wide(weights));
    let total: f64 = weights.iter().sum();
    let mean = |of: &[f64]| -> f64 {
        of.iter().zip(&weights).map(|(v, w)| v * w).sum::<f64>() / total
    };
    let (x_mean, t_mean) = (mean(&x), mean(&t));
    let (mut along, mut across) = (0.0, 0.0);
    for ((x, t), w) in x.iter().zip(&t).zip(&weights) {
        along += w * (x - x_mean) * (t - t_mean);
        across += w * (x - x_mean).powi(2);
    }
    let slope = if across > 0.0 { along / across } else { 0.0 };
    Line {
        slope: slope as f32,
        intercept: (t_mean - slope * x_mean) as f32,
    }
}
