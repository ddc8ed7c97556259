//! t-SNE: points of a plane, placed so that neighbours stay neighbours.
//!
//! Dimension key: N examples, D inputs.
//!
//! Source: L. van der Maaten, G. Hinton, "Visualizing data using t-SNE", Journal of
//! Machine Learning Research 9 (2008); equations are numbered as there.
//!
//! ```
//! use ch04_training::tsne::{perplexity, probabilities_of_row};
//!
//! // Three neighbours at the same distance: each gets a third, however wide we look.
//! let p = probabilities_of_row(&[0.0, 4.0, 4.0, 4.0], 0, 2.5);
//! assert!((p[1] - 1.0 / 3.0).abs() < 1e-12);
//! assert!((perplexity(&p) - 3.0).abs() < 1e-9);
//! ```

use tensor::{Keep, Rng, Tensor};

/// A point of the picture.
pub type Place = [f32; 2];

// ANCHOR: row
/// How likely point i is to pick each other as its neighbour, N numbers that sum to 1
/// (equation 1): pⱼ|ᵢ ∝ exp(−β dᵢⱼ²), with the β at which the perplexity is the one asked
/// for, or as near to it as can be.
///
/// - `squared`: the squared distances of point i to all N points, its own among them.
///
/// # Panics
/// If there is no other point.
#[track_caller]
pub fn probabilities_of_row(squared: &[f32], i: usize, wanted: f64) -> Vec<f64> {
    assert!(squared.len() > 1, "t-SNE needs at least two points");
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut beta = 1.0;
    let mut p = softmax_of_row(squared, i, beta);
    for _ in 0..40 {
        // A larger β looks less far: fewer neighbours.
        if perplexity(&p) > wanted {
            low = beta;
        } else {
            high = beta;
        }
        beta = if high.is_finite() {
            (low + high) / 2.0
        } else {
            2.0 * beta
        };
        p = softmax_of_row(squared, i, beta);
    }
    p
}

/// e^H, with H the entropy of p in nats: how many equally likely neighbours p is worth.
pub fn perplexity(p: &[f64]) -> f64 {
    let entropy: f64 = p.iter().filter(|p| **p > 0.0).map(|p| -p * p.ln()).sum();
    entropy.exp()
}
// ANCHOR_END: row

/// exp(−β d²), normalised, 0 for i itself. Distances are counted from the nearest other
/// point, which changes nothing but keeps the largest exponential at 1.
fn softmax_of_row(squared: &[f32], i: usize, beta: f64) -> Vec<f64> {
    let others = squared.iter().enumerate().filter(|(j, _)| *j != i);
    let nearest = others.map(|(_, d)| *d).fold(f32::INFINITY, f32::min);
    let weight = |(j, d): (usize, &f32)| match j == i {
        true => 0.0,
        false => (-beta * f64::from(d - nearest)).exp(),
    };
    let weights: Vec<f64> = squared.iter().enumerate().map(weight).collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

/// The squared distances between all rows, `[N, D] -> N·N` numbers:
/// |a|² + |b|² − 2 a·b.
pub fn squared_distances(x: &Tensor) -> Vec<f32> {
    let lengths = x.square().sum_axis(1, Keep::Yes); // [N, 1]
    let squared = &lengths + lengths.t() - 2.0 * x.matmul(&x.t()); // [N, N]
    let mut squared = squared.relu().to_vec();
    let n = x.shape()[0];
    (0..n).for_each(|i| squared[i * n + i] = 0.0); // not only nearly
    squared
}

/// pᵢⱼ = (pⱼ|ᵢ + pᵢ|ⱼ) / 2N, N·N numbers that sum to 1 (section 3.1).
pub fn probabilities(x: &Tensor, perplexity: f64) -> Vec<f32> {
    let n = x.shape()[0];
    let squared = squared_distances(x);
    let rows = squared.chunks(n).enumerate();
    let rows: Vec<Vec<f64>> = rows
        .map(|(i, squared)| probabilities_of_row(squared, i, perplexity))
        .collect();
    let joint = |place: usize| {
        let (i, j) = (place / n, place % n);
        ((rows[i][j] + rows[j][i]) / (2 * n) as f64) as f32
    };
    (0..n * n).map(joint).collect()
}

// ANCHOR: gradient
/// The gradient of the divergence of q from p by each place (equation 5):
/// 4 Σⱼ (pᵢⱼ − qᵢⱼ) wᵢⱼ (yᵢ − yⱼ), where wᵢⱼ = 1/(1 + |yᵢ − yⱼ|²) and qᵢⱼ = wᵢⱼ / Σ w.
///
/// - `p`: N·N numbers, each multiplied by `exaggeration`; `y`: N places.
pub fn gradient(p: &[f32], y: &[Place], exaggeration: f32) -> Vec<Place> {
    let n = y.len();
    let (mut pull, mut push) = (vec![[0.0; 2]; n], vec![[0.0; 2]; n]);
    let mut sum = -(n as f32); // takes out the wᵢᵢ, which are all 1
    for (i, a) in y.iter().enumerate() {
        for (b, p) in y.iter().zip(&p[i * n..(i + 1) * n]) {
            let d = [a[0] - b[0], a[1] - b[1]];
            let w = 1.0 / (1.0 + d[0] * d[0] + d[1] * d[1]);
            sum += w;
            for axis in 0..2 {
                pull[i][axis] += p * w * d[axis];
                push[i][axis] += w * w * d[axis];
            }
        }
    }
    let forces = pull.iter().zip(&push);
    let force = |pull: f32, push: f32| 4.0 * (exaggeration * pull - push / sum);
    forces
        .map(|(pull, push)| [force(pull[0], push[0]), force(pull[1], push[1])])
        .collect()
}
// ANCHOR_END: gradient

/// KL(p‖q) = Σ pᵢⱼ ln(pᵢⱼ / qᵢⱼ), in nats (equation 4).
pub fn divergence(p: &[f32], y: &[Place]) -> f64 {
    let n = y.len();
    let weight = |place: usize| {
        let (a, b) = (y[place / n], y[place % n]);
        let [dx, dy] = [a[0] - b[0], a[1] - b[1]].map(f64::from);
        match place / n == place % n {
            true => 0.0,
            false => 1.0 / (1.0 + dx * dx + dy * dy),
        }
    };
    let weights: Vec<f64> = (0..n * n).map(weight).collect();
    let sum: f64 = weights.iter().sum();
    let pairs = p.iter().zip(&weights).filter(|(p, _)| **p > 0.0);
    pairs
        .map(|(p, w)| f64::from(*p) * (f64::from(*p) * sum / w).ln())
        .sum()
}

/// How t-SNE is run.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// About how many neighbours each point keeps close.
    pub perplexity: f64,
    /// Steps of descent.
    pub steps: usize,
}

/// By how much all p are multiplied during the first third of the steps. The paper has 4 as
/// well, for 50 steps. With a large perplexity, a larger factor pulls all points into one.
const EXAGGERATION: f32 = 4.0;

/// The rows of `x`, `[N, D]`, as N places of a plane: descent with momentum, and a gain for
/// each coordinate that grows while the slope keeps its sign.
pub fn embed(x: &Tensor, settings: Settings, rng: &mut Rng) -> Vec<Place> {
    let n = x.shape()[0];
    let p = probabilities(x, settings.perplexity);
    let mut y: Vec<Place> = (0..n)
        .map(|_| [(); 2].map(|()| 1e-4 * rng.normal()))
        .collect();
    let (mut velocity, mut gain) = (vec![[0.0_f32; 2]; n], vec![[1.0_f32; 2]; n]);
    // Belkina and others (2019): as many times larger as there are more points.
    let lr = (n as f32 / EXAGGERATION / 4.0).max(50.0);
    for step in 0..settings.steps {
        let early = step < settings.steps / 3;
        let (exaggeration, momentum) = if early {
            (EXAGGERATION, 0.5)
        } else {
            (1.0, 0.8)
        };
        let slopes = gradient(&p, &y, exaggeration);
        for i in 0..n {
            for axis in 0..2 {
                let (v, slope) = (&mut velocity[i][axis], slopes[i][axis]);
                let gain = &mut gain[i][axis];
                let onwards = *v * slope < 0.0; // the last step went downhill
                *gain = (if onwards { *gain + 0.2 } else { *gain * 0.8 }).max(0.01);
                *v = momentum * *v - lr * *gain * slope;
                y[i][axis] += *v;
            }
        }
    }
    y
}

/// The share of points whose nearest other point is of the same class, in 0..1.
///
/// - `squared`: N·N squared distances; `classes`: N.
pub fn same_class_neighbours(squared: &[f32], classes: &[usize]) -> f32 {
    let n = classes.len();
    let nearest = |i: usize| {
        let others = (0..n).filter(|j| *j != i);
        others.min_by(|a, b| squared[i * n + a].total_cmp(&squared[i * n + b]))
    };
    let same = |i: &usize| nearest(*i).is_some_and(|j| classes[j] == classes[*i]);
    (0..n).filter(same).count() as f32 / n as f32
}

/// Places as a table, `[N, 2]`.
pub fn table(y: &[Place]) -> Tensor {
    Tensor::from_vec(y.concat(), &[y.len(), 2])
}
