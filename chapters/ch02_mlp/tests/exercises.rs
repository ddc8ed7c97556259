//! The tests of lesson 2's exercises: `cargo test -p ch02_mlp --test exercises`.
//!
//! They fail on the stubs of `src/exercises.rs`, and pass on the solutions
//! (`--features solutions`). Exercise 2.3 is tested by `ex2_03_…`; the files in
//! `tests/exercises/` follow the pages of the book.

#[path = "exercises/bends.rs"]
mod bends;
#[path = "exercises/layers.rs"]
mod layers;
#[path = "exercises/losses.rs"]
mod losses;
#[path = "exercises/luck.rs"]
mod luck;

#[cfg(not(feature = "solutions"))]
use ch02_mlp::exercises as answer;
#[cfg(feature = "solutions")]
use ch02_mlp::wrong as answer;
use lesson::exercise::Exercise;
use tensor::Tensor;

/// Checks the shape of a tensor, then its numbers.
#[track_caller]
fn check_tensor(ex: &Exercise, what: &str, got: &Tensor, wanted: &Tensor) {
    let part = |name: &str| ex.step(format!("{what}: the {name}"));
    part("shape").equal(got.shape(), wanted.shape());
    part("numbers, row by row").close_each(&got.to_vec(), &wanted.to_vec(), 1e-5);
}

/// A tensor as the words of a test show it: `[[1.0, 2.0], [3.0, 4.0]]`.
fn shown(x: &Tensor) -> String {
    match x.rank() {
        2 => {
            let width = x.shape()[1].max(1);
            let numbers = x.to_vec();
            let rows: Vec<&[f32]> = numbers.chunks(width).collect();
            format!("{rows:?}")
        }
        _ => format!("{:?}", x.to_vec()),
    }
}
