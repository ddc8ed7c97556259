//! The tests of lesson 5's exercises: `cargo test -p ch05_cnn --test exercises`.
//!
//! They fail on the stubs of `src/exercises.rs`, and pass on the solutions
//! (`--features solutions`). Exercise 5.3 is tested by `ex5_03_…`; the files in
//! `tests/exercises/` follow the pages of the book.

#[path = "exercises/deployed.rs"]
mod deployed;
#[path = "exercises/nets.rs"]
mod nets;
#[path = "exercises/product.rs"]
mod product;
#[path = "exercises/windows.rs"]
mod windows;

#[cfg(not(feature = "solutions"))]
use ch05_cnn::exercises as answer;
#[cfg(feature = "solutions")]
use ch05_cnn::wrong as answer;
use lesson::exercise::Exercise;
use tensor::Tensor;

/// Checks the shape of a tensor, then its numbers.
#[track_caller]
fn check_tensor(ex: &Exercise, what: &str, got: &Tensor, wanted: &Tensor) {
    let part = |name: &str| ex.step(format!("{what}: the {name}"));
    part("shape").equal(got.shape(), wanted.shape());
    part("numbers, row by row").close_each(&got.to_vec(), &wanted.to_vec(), 1e-5);
}
