//! Schedules: how the learning rate changes while a net learns.
//!
//! In the formulas t is the number of steps made so far, from 0.
//!
//! ```
//! use nn::Schedule;
//!
//! let cosine = Schedule::Cosine { lr: 0.1, end: 0.0, steps: 100 };
//! assert_eq!(cosine.at(0), 0.1);
//! assert!((cosine.at(50) - 0.05).abs() < 1e-6);
//! assert_eq!(cosine.at(1000), 0.0);
//! ```

use std::f64::consts::PI;

/// A learning rate for each step.
#[derive(Clone, Debug, PartialEq)]
pub enum Schedule {
    /// The same rate throughout.
    Constant {
        /// The rate.
        lr: f32,
    },
    /// `lr / (1 + decay t)`: the rate of Robbins and Monro, whose sum is infinite and the sum
    /// of whose squares is not.
    ///
    /// Source: H. Robbins, S. Monro, "A stochastic approximation method", Annals of
    /// Mathematical Statistics 22 (1951), equation 28 and after.
    Inverse {
        /// The rate at first.
        lr: f32,
        /// How fast it falls, per step.
        decay: f32,
    },
    /// `lr factorᵗ`.
    Exponential {
        /// The rate at first.
        lr: f32,
        /// What each step multiplies it by.
        factor: f32,
    },
    /// `lr factor^⌊t / every⌋`: constant, then suddenly lower.
    Step {
        /// The rate at first.
        lr: f32,
        /// What each stage multiplies it by.
        factor: f32,
        /// Steps in a stage.
        every: usize,
    },
    /// Half a cosine wave from `lr` down to `end` in `steps` steps; `end` from there on.
    ///
    /// Source: I. Loshchilov, F. Hutter, "SGDR: stochastic gradient descent with warm
    /// restarts", ICLR (2017), equation 5, without the restarts.
    Cosine {
        /// The rate at first.
        lr: f32,
        /// The rate at the end.
        end: f32,
        /// Steps from one to the other.
        steps: usize,
    },
    /// From `low` up to `high` in `half` steps and down again in as many, again and again.
    ///
    /// Source: L. N. Smith, "Cyclical learning rates for training neural networks", WACV
    /// (2017), section 3.2.
    Cyclical {
        /// The lowest rate.
        low: f32,
        /// The highest.
        high: f32,
        /// Steps up, and steps down.
        half: usize,
    },
    /// One wave: from `peak/25` up to `peak` in the first 30 % of the steps, then down to
    /// `peak/250,000`, both along half a cosine.
    ///
    /// Source: L. N. Smith, N. Topin, "Super-convergence" (2018), section 3; the shares and
    /// divisors are PyTorch's defaults.
    OneCycle {
        /// The highest rate.
        peak: f32,
        /// Steps in all.
        steps: usize,
    },
    /// From near 0 up a straight line, `(t + 1)/steps` of the schedule that follows.
    ///
    /// Source: P. Goyal et al., "Accurate, large minibatch SGD" (2017), section 2.2.
    WarmUp {
        /// Steps to warm up.
        steps: usize,
        /// What it is a part of at first, and all of later; it counts t from the first step.
        then: Box<Schedule>,
    },
    /// From `low` to `high`, multiplied by the same factor at each of `steps` steps: what the
    /// range test walks along.
    Geometric {
        /// The rate at first.
        low: f32,
        /// The rate after all steps.
        high: f32,
        /// Steps from one to the other.
        steps: usize,
    },
}

// ANCHOR: at
impl Schedule {
    /// The rate of the step before which `t` were made. Calculated in `f64`.
    pub fn at(&self, t: usize) -> f32 {
        let wide = |lr: &f32| f64::from(*lr);
        let step = t as f64;
        let lr = match self {
            Schedule::Constant { lr } => wide(lr),
            Schedule::Inverse { lr, decay } => wide(lr) / (1.0 + wide(decay) * step),
            Schedule::Exponential { lr, factor } => wide(lr) * wide(factor).powf(step),
            Schedule::Step { lr, factor, every } => {
                wide(lr) * wide(factor).powf((t / every) as f64)
            }
            Schedule::Cosine { lr, end, steps } => {
                along_cosine(wide(lr), wide(end), share(t, *steps))
            }
            Schedule::Cyclical { low, high, half } => {
                let place = step / *half as f64 % 2.0; // 0 at low, 1 at high, 2 at low
                wide(low) + (wide(high) - wide(low)) * (1.0 - (place - 1.0).abs())
            }
            Schedule::OneCycle { peak, steps } => one_cycle(wide(peak), t, *steps),
            Schedule::WarmUp { steps, then } => wide(&then.at(t)) * share(t + 1, *steps),
            Schedule::Geometric { low, high, steps } => {
                wide(low) * (wide(high) / wide(low)).powf(share(t, *steps))
            }
        };
        lr as f32
    }
}

/// Which part of the way, in 0..=1, `t` of `steps` steps are.
fn share(t: usize, steps: usize) -> f64 {
    if steps == 0 {
        1.0
    } else {
        t.min(steps) as f64 / steps as f64
    }
}

/// The place after this `share` of half a cosine wave from `from` to `to`.
fn along_cosine(from: f64, to: f64, share: f64) -> f64 {
    to + (from - to) * (1.0 + (PI * share).cos()) / 2.0
}

/// Up to the peak in 30 % of the steps, then down to next to nothing.
fn one_cycle(peak: f64, t: usize, steps: usize) -> f64 {
    let (start, end) = (peak / 25.0, peak / 25.0 / 1e4);
    let top = 0.3 * steps as f64 - 1.0;
    let last = steps as f64 - 1.0;
    let t = (t as f64).min(last);
    if t <= top {
        along_cosine(start, peak, t / top)
    } else {
        along_cosine(peak, end, (t - top) / (last - top))
    }
}
// ANCHOR_END: at
