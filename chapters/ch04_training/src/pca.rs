//! Principal components: the directions in which rows differ most, found by multiplying
//! and straightening, again and again.
//!
//! Dimension key: N examples, D inputs, C components.
//!
//! ```
//! use ch04_training::pca::Pca;
//! use tensor::{Rng, Tensor};
//!
//! // Four points on the line through (1, 1) and (3, 5): all the variance is along it.
//! let x = Tensor::from([[0.0, -1.0], [1.0, 1.0], [2.0, 3.0], [3.0, 5.0]]);
//! let pca = Pca::fit(&x, 1, &mut Rng::new(1));
//! assert!((pca.variances[0] - 6.25).abs() < 1e-4);
//! assert!((pca.share(1) - 1.0).abs() < 1e-5);
//! ```

use tensor::{Keep, Rng, Tensor};

/// Rounds of the iteration at most. By then the first ten components of the clothes
/// stand still; later ones, of nearly the same variance, may still turn among each other.
const ROUNDS: usize = 100;

/// How far an entry of a component may move in the last round.
const STILL: f32 = 1e-5;

/// Rows seen along the directions in which they differ most.
#[derive(Clone, Debug)]
pub struct Pca {
    /// The mean row, `[D]`.
    pub mean: Tensor,
    /// The components, a row each, of length 1 and at right angles, `[C, D]`. The largest
    /// entry of each is positive.
    pub components: Tensor,
    /// The variance of the rows along each component, C numbers, largest first.
    pub variances: Vec<f32>,
    /// The variance of the D columns, added up.
    pub total: f32,
}

// ANCHOR: fit
impl Pca {
    /// The first `count` principal components of the rows of `x`, `[N, D]`. Where the rows
    /// have no variance left, a component is all zeros.
    ///
    /// # Panics
    /// If there is no row, or not 1 to D components are asked for.
    #[track_caller]
    pub fn fit(x: &Tensor, count: usize, rng: &mut Rng) -> Pca {
        let [n, d] = x.dims();
        assert!(
            n > 0 && (1..=d).contains(&count),
            "pca: expected rows and 1 to {d} components, got {n} rows and {count}"
        );
        let mean = x.mean_axis(0, Keep::No); // [D]
        let centred = x - &mean; // [N, D]
        let covariance = centred.t().matmul(&centred) / n as f32; // [D, N] x [N, D]
        let components = directions(&covariance, count, rng); // [C, D]
        let stretched = components.matmul(&covariance); // [C, D] x [D, D] -> [C, D]
        let along = (&stretched * &components).sum_axis(1, Keep::No); // [C]
        let total = (covariance * Tensor::eye(d)).sum().item();
        Pca {
            mean,
            components,
            variances: along.to_vec(),
            total,
        }
    }
}

/// The directions that `matrix`, `[D, D]` and symmetric, stretches most: multiply and
/// straighten until nothing moves.
fn directions(matrix: &Tensor, count: usize, rng: &mut Rng) -> Tensor {
    let start = rng.normal_tensor(&[count, matrix.shape()[0]], 0.0, 1.0);
    let mut q = straighten(&start); // [C, D]
    for _ in 0..ROUNDS {
        let next = straighten(&q.matmul(matrix)); // [C, D] x [D, D] -> [C, D]
        let moved = (&next - &q).abs().max().item();
        q = next;
        if moved < STILL {
            break;
        }
    }
    q
}
// ANCHOR_END: fit

// ANCHOR: straighten
/// Rows turned to right angles, each against those before it, and scaled to length 1
/// (Gram and Schmidt).
fn straighten(rows: &Tensor) -> Tensor {
    let [count, d] = rows.dims();
    let mut done: Vec<Vec<f32>> = Vec::with_capacity(count);
    for row in rows.to_vec().chunks(d) {
        let mut row = row.to_vec();
        for other in &done {
            let along = dot(&row, other);
            row.iter_mut().zip(other).for_each(|(r, o)| *r -= along * o);
        }
        let length = dot(&row, &row).sqrt().max(f32::MIN_POSITIVE);
        let sign = largest(&row).signum();
        row.iter_mut().for_each(|r| *r *= sign / length);
        done.push(row);
    }
    Tensor::from_vec(done.concat(), &[count, d])
}
// ANCHOR_END: straighten

fn dot(a: &[f32], b: &[f32]) -> f32 {
    let products = a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b));
    products.sum::<f64>() as f32
}

/// The entry of largest magnitude. It decides the sign, since v and −v are one direction.
fn largest(row: &[f32]) -> f32 {
    let larger = |a: f32, b: &f32| if b.abs() > a.abs() { *b } else { a };
    row.iter().fold(0.0, larger)
}

impl Pca {
    /// Each row as C numbers, its place along each component: `[N, D] -> [N, C]`.
    ///
    /// # Panics
    /// If `x` has not D columns.
    #[track_caller]
    pub fn project(&self, x: &Tensor) -> Tensor {
        (x - &self.mean).matmul(&self.components.t()) // [N, D] x [D, C] -> [N, C]
    }

    /// Rows rebuilt from their first k places: `[N, k] -> [N, D]`.
    ///
    /// # Panics
    /// If there are more than C places.
    #[track_caller]
    pub fn rebuild(&self, places: &Tensor) -> Tensor {
        let used = self.components.slice(0, 0..places.shape()[1]); // [k, D]
        places.matmul(&used) + &self.mean // [N, k] x [k, D] -> [N, D]
    }

    /// The share of the variance that the first k components keep, in 0..1.
    pub fn share(&self, k: usize) -> f32 {
        self.variances.iter().take(k).sum::<f32>() / self.total
    }
}
