//! Wrong solutions of the kind that people write, to prove that the exercises' tests
//! catch them.
//!
//! Each function is the right solution, unless the environment names one of its
//! exercise's wrong variants: `COURSE_WRONG=4.3b`. The comment beside a variant says
//! what is wrong with it.

use lesson::exercise::wrong_variant;
use std::f64::consts::PI;
use tensor::{Keep, Rng, RngState, Tensor};

use crate::norms::Running;
use crate::solutions;
use crate::walk::Walk;

/// 4.1, or a wrong variant.
pub fn epoch_batches(examples: usize, batch: usize, rng: &mut Rng) -> Vec<Vec<usize>> {
    match wrong_variant("4.1") {
        // The last batch may be shorter.
        Some('a') => {
            let order = rng.permutation(examples);
            order.chunks(batch).map(<[usize]>::to_vec).collect()
        }
        // Each row is drawn on its own: some come twice, others never.
        Some('b') => (0..examples / batch)
            .map(|_| (0..batch).map(|_| rng.permutation(examples)[0]).collect())
            .collect(),
        // The batches are shuffled, and neighbours stay together.
        Some('c') => {
            let count = examples / batch;
            let rows = |i: usize| (i * batch..(i + 1) * batch).collect();
            rng.permutation(count).into_iter().map(rows).collect()
        }
        _ => solutions::epoch_batches(examples, batch, rng),
    }
}

/// 4.2, or a wrong variant.
pub fn momentum_step(
    weights: &mut [f32],
    velocity: &mut [f32],
    gradient: &[f32],
    lr: f32,
    momentum: f32,
    nesterov: bool,
) {
    let variant = wrong_variant("4.2");
    for ((w, v), g) in weights.iter_mut().zip(velocity).zip(gradient) {
        let before = *v;
        *v = match variant {
            // A running mean, which is 1 − μ times as long.
            Some('a') => momentum * *v + (1.0 - momentum) * g,
            _ => momentum * *v + g,
        };
        let direction = match (variant, nesterov) {
            // Looks ahead along the velocity of the step before, which is momentum.
            (Some('b'), true) => g + momentum * before,
            // Moves along the velocity of the step before.
            (Some('c'), false) => before,
            (_, true) => g + momentum * *v,
            (_, false) => *v,
        };
        *w -= lr * direction;
    }
}

/// 4.3, or a wrong variant.
pub fn adam_steps(
    weight: f64,
    gradients: &[f64],
    lr: f64,
    (beta1, beta2): (f64, f64),
    epsilon: f64,
) -> Vec<f64> {
    let variant = wrong_variant("4.3");
    let (mut w, mut m, mut v) = (weight, 0.0, 0.0);
    let mut way = Vec::new();
    for (t, g) in (1..).zip(gradients) {
        m = beta1 * m + (1.0 - beta1) * g;
        v = beta2 * v + (1.0 - beta2) * g * g;
        let (m_hat, v_hat) = match variant {
            // Without the correction.
            Some('a') => (m, v),
            // Corrected as if every step were the first.
            Some('b') => (m / (1.0 - beta1), v / (1.0 - beta2)),
            _ => (m / (1.0 - beta1.powi(t)), v / (1.0 - beta2.powi(t))),
        };
        w -= match variant {
            // ε inside the root.
            Some('c') => lr * m_hat / (v_hat + epsilon).sqrt(),
            _ => lr * m_hat / (v_hat.sqrt() + epsilon),
        };
        way.push(w);
    }
    way
}

/// 4.4, or a wrong variant.
pub fn warm_up_then_cosine(
    t: usize,
    warm: usize,
    steps: usize,
    peak: f64,
    end: f64,
) -> f64 {
    let right = solutions::warm_up_then_cosine(t, warm, steps, peak, end);
    match wrong_variant("4.4") {
        // The first step does not move, and the peak comes a step late.
        Some('a') if t < warm => peak * t as f64 / warm as f64,
        // The cosine's clock runs from the first step: a jump where the warm-up ends.
        Some('b') if t >= warm => {
            solutions::warm_up_then_cosine(t, 0, steps, peak, end)
        }
        // No clamp: after the end the wave goes up again.
        Some('c') if t > steps => {
            let share = (t - warm) as f64 / (steps - warm) as f64;
            end + (peak - end) * (1.0 + (PI * share).cos()) / 2.0
        }
        _ => right,
    }
}

/// 4.5, or a wrong variant.
pub fn unit_deviation(
    x: &Tensor,
    weights: &[Tensor],
    activation: fn(&Tensor) -> Tensor,
) -> Vec<Tensor> {
    let variant = wrong_variant("4.5");
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

/// 4.6, or a wrong variant.
pub fn batch_norm(x: &Tensor, running: &mut Running, training: bool) -> Tensor {
    let before = running.clone();
    match wrong_variant("4.6") {
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

/// 4.7, step 1, or a wrong variant.
pub fn elastic_net_gradient(weight: &Tensor, alpha: f32, ratio: f32) -> Tensor {
    match wrong_variant("4.7") {
        // The ½ is forgotten: w² has the slope 2w.
        Some('a') => {
            alpha * ratio * weight.sign() + 2.0 * alpha * (1.0 - ratio) * weight
        }
        // `f32::signum` takes 0 for +0, and gives 1.
        Some('b') => {
            let signs = weight.to_vec().into_iter().map(f32::signum).collect();
            let sign = Tensor::from_vec(signs, weight.shape());
            alpha * ratio * sign + alpha * (1.0 - ratio) * weight
        }
        _ => solutions::elastic_net_gradient(weight, alpha, ratio),
    }
}

/// 4.7, step 2, or a wrong variant.
pub fn lasso_step(weight: &Tensor, gradient: &Tensor, lr: f32, l1: f32) -> Tensor {
    match wrong_variant("4.7") {
        // A plain step along the slope of |w|: small weights jump across zero.
        Some('c') => {
            let v = weight - lr * gradient;
            &v - lr * l1 * v.sign()
        }
        _ => solutions::lasso_step(weight, gradient, lr, l1),
    }
}

/// 4.8, or a wrong variant.
pub fn early_stop(scores: &[f64], patience: usize) -> (usize, usize) {
    let mut best = 0;
    let mut waited = 0;
    let variant = wrong_variant("4.8");
    for i in 1..scores.len() {
        let better = match variant {
            // An equal score counts as a better one.
            Some('a') => scores[i] >= scores[best],
            // Compared with the epoch before, not with the best.
            Some('b') => scores[i] > scores[i - 1],
            _ => scores[i] > scores[best],
        };
        waited = if better { 0 } else { waited + 1 };
        if scores[i] > scores[best] || (better && variant == Some('a')) {
            best = i;
        }
        // With 'c', one epoch of patience too many.
        if waited >= patience + usize::from(variant == Some('c')) {
            return (i + 1, best + 1);
        }
    }
    (scores.len(), best + 1)
}

/// 4.9, step 1, or a wrong variant.
pub fn survivors(scores: &[f64], keep: usize) -> Vec<usize> {
    match wrong_variant("4.9") {
        // `total_cmp` alone puts NaN above every number.
        Some('a') => {
            let mut places: Vec<usize> = (0..scores.len()).collect();
            places.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
            places.truncate(keep);
            places.sort_unstable();
            places
        }
        // The best first, and not in rising order of their places.
        Some('b') => {
            let mut places = solutions::survivors(scores, keep);
            places.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
            places
        }
        _ => solutions::survivors(scores, keep),
    }
}

/// 4.9, step 2, or a wrong variant.
pub fn halving_cost(candidates: usize, rounds: u32) -> usize {
    match wrong_variant("4.9") {
        // Every round trains from the start again.
        Some('c') => (0..rounds)
            .map(|round| (candidates >> round).max(1) << round)
            .sum(),
        _ => solutions::halving_cost(candidates, rounds),
    }
}

/// 4.10, or a wrong variant.
pub fn precision_recall_f1(counts: &[usize], classes: usize, class: usize) -> [f64; 3] {
    let [precision, recall, f1] =
        solutions::precision_recall_f1(counts, classes, class);
    match wrong_variant("4.10") {
        // Rows and columns are mixed up.
        Some('a') => [recall, precision, f1],
        // The arithmetic mean.
        Some('b') => [precision, recall, (precision + recall) / 2.0],
        // A share of nothing is not a number.
        Some('c') => {
            let f1 = 2.0 * precision * recall / (precision + recall);
            [precision, recall, f1]
        }
        _ => [precision, recall, f1],
    }
}

/// 4.11, or a wrong variant.
pub fn roc_area(scores: &[f32], positive: &[bool]) -> Option<f64> {
    let right = solutions::roc_area(scores, positive);
    match wrong_variant("4.11") {
        // A tie counts as lost.
        Some('a') => {
            let (mut won, mut pairs) = (0, 0);
            for (a, _) in scores.iter().zip(positive).filter(|(_, p)| **p) {
                for (b, _) in scores.iter().zip(positive).filter(|(_, p)| !**p) {
                    won += usize::from(a > b);
                    pairs += 1;
                }
            }
            (pairs > 0).then(|| won as f64 / pairs as f64)
        }
        // Steps along the sorted examples: within a tie the order decides.
        Some('b') => right.map(|_| {
            let mut order: Vec<usize> = (0..scores.len()).collect();
            order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
            let (mut found, mut area, mut negatives) = (0, 0, 0);
            for i in order {
                found += usize::from(positive[i]);
                negatives += usize::from(!positive[i]);
                area += if positive[i] { 0 } else { found };
            }
            area as f64 / (found * negatives) as f64
        }),
        // One class alone counts as a coin's toss.
        Some('c') => right.or(Some(0.5)),
        _ => right,
    }
}

/// 4.12, or a wrong variant.
pub fn first_component(x: &Tensor, start: &Tensor, rounds: usize) -> (Tensor, f32) {
    let (v, share) = solutions::first_component(x, start, rounds);
    match wrong_variant("4.12") {
        // The mean stays in: v points at it.
        Some('a') => {
            let mut v = start.clone();
            for _ in 0..rounds {
                v = x.t().matmul(&x.matmul(&v));
                v = &v / v.square().sum().sqrt();
            }
            let share = x.matmul(&v).square().sum() / x.square().sum();
            (v, share.item())
        }
        // Scaled once, after the last round: by then the numbers are infinite.
        Some('b') => {
            let centred = x - x.mean_axis(0, Keep::No);
            let mut v = start.clone();
            for _ in 0..rounds {
                v = centred.t().matmul(&centred.matmul(&v));
            }
            (&v / v.square().sum().sqrt(), share)
        }
        // A share of the deviation, not of the variance.
        Some('c') => (v, share.sqrt()),
        _ => (v, share),
    }
}

/// 4.13, step 1.
pub fn keep(walk: &Walk) -> Vec<u64> {
    solutions::keep(walk)
}

/// 4.13, step 2, or a wrong variant.
pub fn go_on(numbers: &[u64]) -> Walk {
    let mut walk = solutions::go_on(numbers);
    match wrong_variant("4.13") {
        // The weights alone: the momentum starts from rest.
        Some('a') => walk.velocity.fill(0.0),
        // The generator is made anew from its seed.
        Some('b') => {
            let state = walk.rng.state();
            walk.rng = Rng::from_state(RngState { words: 0, ..state });
        }
        // The schedule starts over.
        Some('c') => walk.steps = 0,
        _ => {}
    }
    walk
}
