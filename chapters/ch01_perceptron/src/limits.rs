//! What a line cannot do (page *What a line cannot do*).

use std::f32::consts::{PI, TAU};

use tensor::Rng;

use crate::perceptron::{Example, Perceptron, norm};

/// The four points of XOR, with inputs 0 and 1.
pub fn xor() -> Vec<Example> {
    let corners = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
    let different = |x: &[f32; 2]| if x[0] != x[1] { 1.0 } else { -1.0 };
    let example = |x: &[f32; 2]| Example::new(x, different(x));
    corners.iter().map(example).collect()
}

/// Two half-moons that reach into each other, `n` points each with normal noise
/// of deviation `noise`: class +1 the upper moon, −1 the lower.
pub fn two_moons(n: usize, noise: f32, rng: &mut Rng) -> Vec<Example> {
    let mut examples = Vec::with_capacity(2 * n);
    for i in 0..2 * n {
        let upper = i % 2 == 0;
        let angle = rng.uniform(0.0, PI);
        let (x, y) = (angle.cos(), angle.sin());
        let point = if upper { [x, y] } else { [1.0 - x, 0.5 - y] };
        let moved = point.map(|c| c + noise * rng.normal());
        examples.push(Example::new(&moved, if upper { 1.0 } else { -1.0 }));
    }
    examples
}

/// The best line for examples in two dimensions among `steps` directions and
/// `steps` positions for each, and its accuracy. Of equally good ones it is the
/// one that keeps furthest away from every example.
pub fn best_line(examples: &[Example], steps: usize) -> (Perceptron, f32) {
    let reach = examples.iter().map(|e| norm(&e.x)).fold(0.0, f32::max);
    let mut best = (Perceptron::new(2), (0.0, 0.0));
    for direction in 0..steps {
        let angle = TAU * direction as f32 / steps as f32;
        for position in 0..steps {
            let bias = reach * (2.0 * (position as f32 + 0.5) / steps as f32 - 1.0);
            let weights = vec![angle.cos(), angle.sin()];
            let unit = Perceptron { weights, bias };
            let distances = examples.iter().map(|e| unit.score(&e.x).abs());
            let rank = (
                unit.accuracy(examples),
                distances.fold(f32::INFINITY, f32::min),
            );
            if rank > best.1 {
                best = (unit, rank);
            }
        }
    }
    (best.0, best.1.0)
}

// ANCHOR: feature
/// The same example with one more input: the product of the two it has.
pub fn with_product(example: &Example) -> Example {
    let [x1, x2] = [example.x[0], example.x[1]];
    Example::new(&[x1, x2, x1 * x2], example.y)
}
// ANCHOR_END: feature
