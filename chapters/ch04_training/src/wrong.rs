//! Wrong solutions of the kind that people write, to prove that the exercises' tests
//! catch them.
//!
//! Each function is the right solution, unless the environment names one of its
//! exercise's wrong variants: `COURSE_WRONG=4.3b`. The comment beside a variant says
//! what is wrong with it.

use lesson::exercise::wrong_variant;
use tensor::{Keep, Tensor};

use crate::norms::Running;
use crate::solutions;

/// 4.6, or a wrong variant.
pub fn unit_deviation(
    x: &Tensor,
    weights: &[Tensor],
    activation: fn(&Tensor) -> Tensor,
) -> Vec<Tensor> {
    let variant = wrong_variant("4.6");
    let deviation = |z: &Tensor| {
        let variance = (z - z.mean()).square().mean();
        match variant {
            // Divides by the variance.
            Some('b') => variance,
            _ => variance.sqrt(),
        }
    };
    let mut a = x.clone(); // [B, D]
    let mend = |weight: &Tensor| {
        let z = a.matmul(weight); // [B, out]
        let by = deviation(&z);
        a = match variant {
            // Hands on what the old weights make of the batch.
            Some('a') => activation(&z),
            // Forgets the activation between two layers.
            Some('c') => z / &by,
            _ => activation(&(z / &by)),
        };
        weight / by
    };
    match variant {
        Some('a'..='c') => weights.iter().map(mend).collect(),
        _ => solutions::unit_deviation(x, weights, activation),
    }
}

/// 4.7, or a wrong variant.
pub fn batch_norm(x: &Tensor, running: &mut Running, training: bool) -> Tensor {
    let before = running.clone();
    match wrong_variant("4.7") {
        // Keeps the variance that it divides by.
        Some('a') if training => {
            let y = solutions::batch_norm(x, running, training);
            let variance = (x - x.mean_axis(0, Keep::No))
                .square()
                .mean_axis(0, Keep::No);
            running.variance = before.variance * 0.9 + variance * 0.1;
            y
        }
        // Goes on averaging in use.
        Some('b') if !training => {
            let y = solutions::batch_norm(x, running, false);
            solutions::batch_norm(x, running, true);
            y
        }
        // Averages first, and normalises by the average while training too.
        Some('c') if training => {
            solutions::batch_norm(x, running, true);
            solutions::batch_norm(x, running, false)
        }
        _ => solutions::batch_norm(x, running, training),
    }
}
