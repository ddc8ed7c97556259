//! The solutions of lesson 4's exercises; what each is asked to do stands in
//! `exercises.rs`.
//!
//! They take the stubs' place with `--features solutions`.

use std::cmp::Ordering;
use std::f64::consts::PI;
use tensor::{Keep, Rng, RngState, Tensor};

use crate::norms::Running;
use crate::walk::Walk;

/// 4.1: `chunks_exact` leaves out what does not fill a batch.
pub fn epoch_batches(examples: usize, batch: usize, rng: &mut Rng) -> Vec<Vec<usize>> {
    let order = rng.permutation(examples);
    order.chunks_exact(batch).map(<[usize]>::to_vec).collect()
}

/// 4.2: as `nn::optim::Sgd` does it.
pub fn momentum_step(
    weights: &mut [f32],
    velocity: &mut [f32],
    gradient: &[f32],
    lr: f32,
    momentum: f32,
    nesterov: bool,
) {
    for ((w, v), g) in weights.iter_mut().zip(velocity).zip(gradient) {
        *v = momentum * *v + g;
        let direction = if nesterov { g + momentum * *v } else { *v };
        *w -= lr * direction;
    }
}

/// 4.3: algorithm 1 of the paper.
pub fn adam_steps(
    weight: f64,
    gradients: &[f64],
    lr: f64,
    (beta1, beta2): (f64, f64),
    epsilon: f64,
) -> Vec<f64> {
    let (mut w, mut m, mut v) = (weight, 0.0, 0.0);
    let mut way = Vec::new();
    for (t, g) in (1..).zip(gradients) {
        m = beta1 * m + (1.0 - beta1) * g;
        v = beta2 * v + (1.0 - beta2) * g * g;
        let m_hat = m / (1.0 - beta1.powi(t));
        let v_hat = v / (1.0 - beta2.powi(t));
        w -= lr * m_hat / (v_hat.sqrt() + epsilon);
        way.push(w);
    }
    way
}

/// 4.4: the cosine's own clock starts when the warm-up ends, and stops at the end.
pub fn warm_up_then_cosine(
    t: usize,
    warm: usize,
    steps: usize,
    peak: f64,
    end: f64,
) -> f64 {
    if t < warm {
        return peak * (t + 1) as f64 / warm as f64;
    }
    let share = (t.min(steps) - warm) as f64 / (steps - warm) as f64;
    end + (peak - end) * (1.0 + (PI * share).cos()) / 2.0
}

/// 4.5: the signals are those of the mended layers, so one walk forward does it.
pub fn unit_deviation(
    x: &Tensor,
    weights: &[Tensor],
    activation: fn(&Tensor) -> Tensor,
) -> Vec<Tensor> {
    let mut a = x.clone(); // [B, D]
    let mend = |weight: &Tensor| {
        let z = a.matmul(weight); // [B, in] x [in, out] -> [B, out]
        let deviation = (&z - z.mean()).square().mean().sqrt(); // []
        a = activation(&(z / &deviation));
        weight / deviation
    };
    weights.iter().map(mend).collect()
}

/// 4.6: what is kept comes from the batch, but only while training.
pub fn batch_norm(x: &Tensor, running: &mut Running, training: bool) -> Tensor {
    let [mean, variance] = match training {
        true => measure(x, running),
        false => [running.mean.clone(), running.variance.clone()],
    };
    (x - mean) / (variance + 1e-5).sqrt()
}

/// Mean and variance of the batch, which enter the running averages.
fn measure(x: &Tensor, running: &mut Running) -> [Tensor; 2] {
    let mean = x.mean_axis(0, Keep::No); // [B, C] -> [C]
    let variance = (x - &mean).square().mean_axis(0, Keep::No); // [C]
    let count = x.shape()[0] as f32;
    let unbiased = &variance * (count / (count - 1.0));
    running.mean = &running.mean * 0.9 + &mean * 0.1;
    running.variance = &running.variance * 0.9 + unbiased * 0.1;
    [mean, variance]
}

/// 4.7, step 1: λ₁ = α ρ and λ₂ = α (1 − ρ).
pub fn elastic_net_gradient(weight: &Tensor, alpha: f32, ratio: f32) -> Tensor {
    alpha * ratio * weight.sign() + alpha * (1.0 - ratio) * weight
}

/// 4.7, step 2: the size shrinks by ηλ, to 0 at least, and the sign stays (soft
/// thresholding; Daubechies, Defrise and De Mol, 2004).
pub fn lasso_step(weight: &Tensor, gradient: &Tensor, lr: f32, l1: f32) -> Tensor {
    let v = weight - lr * gradient;
    v.sign() * (v.abs() - lr * l1).relu()
}

/// 4.8: the rule of `nn::train::Trainer`.
pub fn early_stop(scores: &[f64], patience: usize) -> (usize, usize) {
    let mut best = 0;
    for (i, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = i;
        }
        if i - best >= patience {
            return (i + 1, best + 1);
        }
    }
    (scores.len(), best + 1)
}

/// 4.9, step 1: a stable sort keeps equals in their order.
pub fn survivors(scores: &[f64], keep: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..scores.len()).collect();
    places.sort_by(|&a, &b| better_first(scores[a], scores[b]));
    places.truncate(keep);
    places.sort_unstable();
    places
}

/// The higher score first, and NaN last.
fn better_first(a: f64, b: f64) -> Ordering {
    let numbers = b.partial_cmp(&a);
    numbers.unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
}

/// 4.9, step 2: round r brings each to 2ʳ epochs; it had half of them, or none at first.
pub fn halving_cost(candidates: usize, rounds: u32) -> usize {
    let (mut alive, mut cost, mut had) = (candidates, 0, 0);
    for round in 0..rounds {
        let wanted = 2_usize.pow(round);
        cost += alive * (wanted - had);
        had = wanted;
        alive = (alive / 2).max(1);
    }
    cost
}

/// 4.10: the class's row holds its truths, its column its answers.
pub fn precision_recall_f1(counts: &[usize], classes: usize, class: usize) -> [f64; 3] {
    let count = |t: usize, a: usize| counts[classes * t + a];
    let right = count(class, class);
    let truths: usize = (0..classes).map(|a| count(class, a)).sum();
    let answers: usize = (0..classes).map(|t| count(t, class)).sum();
    let share = |part: usize, whole: usize| match whole {
        0 => 0.0,
        _ => part as f64 / whole as f64,
    };
    [
        share(right, answers),
        share(right, truths),
        share(2 * right, answers + truths),
    ]
}

/// 4.11: all pairs.
pub fn roc_area(scores: &[f32], positive: &[bool]) -> Option<f64> {
    let of = |class: bool| {
        let all = scores.iter().zip(positive);
        all.filter(move |(_, is)| **is == class)
            .map(|(score, _)| score)
    };
    let won = |(a, b): (&f32, &f32)| match a.total_cmp(b) {
        _ if a == b => 0.5,
        std::cmp::Ordering::Greater => 1.0,
        _ => 0.0,
    };
    let pairs = || of(true).flat_map(|a| of(false).map(move |b| (a, b)));
    let count = pairs().count();
    (count > 0).then(|| pairs().map(won).sum::<f64>() / count as f64)
}

/// 4.12: the rounds of power iteration, each in two products of N·D multiplications.
pub fn first_component(x: &Tensor, start: &Tensor, rounds: usize) -> (Tensor, f32) {
    let centred = x - x.mean_axis(0, Keep::No); // [N, D]
    let mut v = start.clone(); // [D]
    for _ in 0..rounds {
        let along = centred.matmul(&v); // [N, D] x [D] -> [N]
        v = centred.t().matmul(&along); // [D, N] x [N] -> [D]
        v = &v / v.square().sum().sqrt();
    }
    let share = centred.matmul(&v).square().sum() / centred.square().sum();
    (v, share.item())
}

/// 4.13, step 1: steps, generator, then a weight and its velocity in turns.
pub fn keep(walk: &Walk) -> Vec<u64> {
    let RngState {
        seed,
        stream,
        words,
    } = walk.rng.state();
    let pairs = walk.weights.iter().zip(&walk.velocity);
    let bits =
        pairs.flat_map(|(w, v)| [w, v].map(|number| u64::from(number.to_bits())));
    [walk.steps, seed, stream, words]
        .into_iter()
        .chain(bits)
        .collect()
}

/// 4.13, step 2: the way back.
pub fn go_on(numbers: &[u64]) -> Walk {
    let (&[steps, seed, stream, words], bits) = numbers
        .split_first_chunk()
        .expect("four numbers come before the weights");
    let number = |bits: &u64| f32::from_bits(*bits as u32);
    Walk {
        weights: bits.iter().step_by(2).map(number).collect(),
        velocity: bits.iter().skip(1).step_by(2).map(number).collect(),
        steps,
        rng: Rng::from_state(RngState {
            seed,
            stream,
            words,
        }),
    }
}
