//! The tests of lesson 3's exercises: `cargo test -p ch03_backprop --test exercises`.
//!
//! They fail on the stubs of `src/exercises.rs`, and pass on the solutions
//! (`--features solutions`). Exercise 3.3 is tested by `ex3_03_…`.

#[path = "exercises/engine.rs"]
mod engine;
#[path = "exercises/graphs.rs"]
mod graphs;
#[path = "exercises/layers.rs"]
mod layers;
#[path = "exercises/slopes.rs"]
mod slopes;

#[cfg(not(feature = "solutions"))]
use ch03_backprop::exercises as answer;
#[cfg(feature = "solutions")]
use ch03_backprop::wrong as answer;
use lesson::exercise::Exercise;
use tensor::Tensor;

/// Checks each number of a list of `f64`, with the words for a list of `f32`.
#[track_caller]
fn close_each(ex: &Exercise, got: &[f64], wanted: &[f64]) {
    let short = |list: &[f64]| -> Vec<f32> { list.iter().map(|&x| x as f32).collect() };
    ex.close_each(&short(got), &short(wanted), 1e-5);
}

/// Checks the shape of a tensor, then each of its numbers.
#[track_caller]
fn close_tensor(
    ex: &Exercise,
    what: &str,
    got: &Tensor,
    wanted: &Tensor,
    tolerance: f64,
) {
    let shape = ex.step(format!("{what}: the shape"));
    shape.equal(got.shape(), wanted.shape());
    ex.step(what)
        .close_each(&got.to_vec(), &wanted.to_vec(), tolerance);
}
