//! What a line cannot do (page *What a line cannot do*).

use std::f32::consts::TAU;

use tensor::Rng;

use crate::perceptron::{Example, Perceptron, norm};

/// The four points of XOR, with inputs 0 and 1.
pub fn xor() -> Vec<Example> {
    let corners = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
    let different = |x: &[f32; 2]| if x[0] != x[1] { 1.0 } else { -1.0 };
    let example = |x: &[f32; 2]| Example::new(x, different(x));
    corners.iter().map(example).collect()
}

/// The points of [`nn::data::two_moons`] as examples: class +1 the upper moon, −1 the
/// lower.
pub fn two_moons(n: usize, noise: f32, rng: &mut Rng) -> Vec<Example> {
    let (x, classes) = nn::data::two_moons(n, noise, rng);
    let points = x.to_vec();
    let examples = points.chunks_exact(2).zip(classes);
    examples
        .map(|(point, class)| Example::new(point, if class == 1 { 1.0 } else { -1.0 }))
        .collect()
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
