//! Any curve from rectifiers, its weights written down instead of learnt (page *Any curve,
//! from bumps*).
//!
//! Dimension key: B batch, H hidden units; one input, one output.

use tensor::Tensor;

use crate::activation::Activation;
use crate::dense::Dense;
use crate::mlp::Mlp;

// ANCHOR: folded
/// A net with a hidden unit for each fold. The curve starts level at `offset`; from
/// each place on, its slope changes by so much:
/// y = offset + Σ change · max(0, x − place).
pub fn folded(offset: f32, folds: &[(f32, f32)]) -> Mlp {
    let units = folds.len();
    let places = folds.iter().map(|(place, _)| -place).collect();
    let changes = folds.iter().map(|(_, change)| *change).collect();
    Mlp {
        layers: vec![
            Dense {
                weights: Tensor::ones(&[1, units]),
                bias: Tensor::from_vec(places, &[units]),
                activation: Activation::Relu,
            },
            Dense {
                weights: Tensor::from_vec(changes, &[units, 1]),
                bias: Tensor::from([offset]),
                activation: Activation::Identity,
            },
        ],
    }
}
// ANCHOR_END: folded

// ANCHOR: parts
/// 0 up to `from`, 1 from `to` on, and straight between: two units.
pub fn ramp(from: f32, to: f32) -> Mlp {
    let slope = 1.0 / (to - from);
    folded(0.0, &[(from, slope), (to, -slope)])
}

/// A triangle of height 1 over `left`..`right` with its tip at `tip`: three units.
pub fn hat(left: f32, tip: f32, right: f32) -> Mlp {
    let (up, down) = (1.0 / (tip - left), 1.0 / (right - tip));
    folded(0.0, &[(left, up), (tip, -up - down), (right, down)])
}

/// A ramp up and a ramp down, a table of height 1 between: four units.
pub fn bump([a, b, c, d]: [f32; 4]) -> Mlp {
    let (up, down) = (1.0 / (b - a), 1.0 / (d - c));
    folded(0.0, &[(a, up), (b, -up), (c, -down), (d, down)])
}
// ANCHOR_END: parts

// ANCHOR: through
/// The net that runs through points, from left to right, straight between them. It
/// takes a unit for each piece: the first gives a slope, the others change it.
///
/// # Panics
/// If there are no points, or one is not to the right of the one before.
#[track_caller]
pub fn through(points: &[[f32; 2]]) -> Mlp {
    let mut folds = Vec::with_capacity(points.len());
    let mut slope = 0.0;
    for pair in points.windows(2) {
        let ([x, y], [next_x, next_y]) = (pair[0], pair[1]);
        assert!(x < next_x, "through: {next_x} does not lie right of {x}");
        let next = (next_y - y) / (next_x - x);
        folds.push((x, next - slope));
        slope = next;
    }
    folded(points[0][1], &folds)
}

/// The net that follows a curve from `low` to `high` in straight pieces of one width.
pub fn follow(curve: impl Fn(f32) -> f32, [low, high]: [f32; 2], pieces: usize) -> Mlp {
    let place = |i: usize| low + (high - low) * i as f32 / pieces as f32;
    let points: Vec<[f32; 2]> =
        (0..=pieces).map(|i| [place(i), curve(place(i))]).collect();
    through(&points)
}
// ANCHOR_END: through

/// What a net says at each place.
pub fn values(net: &Mlp, places: &[f32]) -> Vec<f32> {
    let x = Tensor::from_vec(places.to_vec(), &[places.len(), 1]); // [B, 1]
    net.forward(&x).to_vec()
}

/// How far a net and a curve lie apart where they are furthest apart, and on average, over
/// `count` places spread evenly.
pub fn errors(
    net: &Mlp,
    curve: impl Fn(f32) -> f32,
    [low, high]: [f32; 2],
    count: usize,
) -> (f32, f32) {
    let place = |i: usize| low + (high - low) * (i as f32 + 0.5) / count as f32;
    let places: Vec<f32> = (0..count).map(place).collect();
    // A thousand at a time: H numbers are kept for each.
    let said = places.chunks(1000).flat_map(|chunk| values(net, chunk));
    let apart = said.zip(&places).map(|(y, &x)| (y - curve(x)).abs());
    let (largest, sum) = apart.fold((0.0_f32, 0.0), |(largest, sum), error| {
        (largest.max(error), sum + error)
    });
    (largest, sum / count as f32)
}
