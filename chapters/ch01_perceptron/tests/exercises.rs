//! The tests of lesson 1's exercises: `cargo test -p ch01_perceptron --test exercises`.
//!
//! They fail on the stubs of `src/exercises.rs`, and pass on the solutions
//! (`--features solutions`). Exercise 1.3 is tested by `ex1_03_…`; the files in
//! `tests/exercises/` follow the pages of the book.

#[path = "exercises/data.rs"]
mod data;
#[path = "exercises/learning.rs"]
mod learning;
#[path = "exercises/logic.rs"]
mod logic;
#[path = "exercises/models.rs"]
mod models;

#[cfg(not(feature = "solutions"))]
use ch01_perceptron::exercises as answer;
#[cfg(feature = "solutions")]
use ch01_perceptron::wrong as answer;
use lesson::exercise::Exercise;

/// The rows of numbers as the functions take them.
fn rows<const D: usize>(rows: &[[f32; D]]) -> Vec<Vec<f32>> {
    rows.iter().map(|row| row.to_vec()).collect()
}

/// Checks numbers that belong to the weights and to the bias.
#[track_caller]
fn check_pair(ex: &Exercise, what: &str, got: (Vec<f32>, f32), wanted: (&[f32], f32)) {
    let part = |name: &str| ex.step(format!("{what}: the {name}"));
    part("weights").close_each(&got.0, wanted.0, 1e-6);
    part("bias").close(got.1, wanted.1, 1e-6);
}
