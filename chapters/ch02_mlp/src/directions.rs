//! Random directions, and how rarely they point the right way (page *How badly luck
//! scales*).
//!
//! Dimension key: P parameters, the number of dimensions.

use tensor::Rng;

/// The cosine of the angle between two vectors, in −1..=1: a·b / (‖a‖ ‖b‖).
///
/// # Panics
/// If they are not of one length.
#[track_caller]
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    assert!(
        a.len() == b.len(),
        "cosine: expected two vectors of one length, got {} and {}",
        a.len(),
        b.len()
    );
    let dot =
        |a: &[f32], b: &[f32]| -> f32 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

// ANCHOR: random_direction
/// A vector of P dimensions, every direction equally likely: P independent normal
/// numbers, whose joint density depends on the length alone.
pub fn random_direction(dimensions: usize, rng: &mut Rng) -> Vec<f32> {
    (0..dimensions).map(|_| rng.normal()).collect()
}
// ANCHOR_END: random_direction

/// The chance that a random direction makes a cosine above `least` with a given one.
///
/// On the unit sphere in P dimensions the cosine t has the density (1 − t²)^((P − 3) / 2),
/// up to a factor. With t = sin φ this is cos φ to the power P − 2, which stays finite for
/// P = 2; both integrals are sums over a fine grid.
///
/// # Panics
/// If there are fewer than 2 dimensions, or `least` is not in −1..=1.
#[track_caller]
pub fn chance_of_cosine_above(least: f32, dimensions: usize) -> f64 {
    assert!(
        dimensions >= 2 && (-1.0..=1.0).contains(&least),
        "chance_of_cosine_above: expected 2 dimensions or more and a cosine, \
         got {dimensions} and {least}"
    );
    const CELLS: usize = 20_000;
    let from = f64::from(least).asin();
    let (quarter, power) = (std::f64::consts::FRAC_PI_2, dimensions as i32 - 2);
    let integral = |from: f64| -> f64 {
        let width = (quarter - from) / CELLS as f64;
        let middle = |cell: usize| from + (cell as f64 + 0.5) * width;
        (0..CELLS)
            .map(|cell| middle(cell).cos().powi(power) * width)
            .sum()
    };
    integral(from) / integral(-quarter)
}
