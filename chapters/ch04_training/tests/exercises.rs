//! The tests of lesson 4's exercises: `cargo test -p ch04_training --test exercises`.
//!
//! They fail on the stubs of `src/exercises.rs`, and pass on the solutions
//! (`--features solutions`). Exercise 4.3 is tested by `ex4_03_…`.

#[path = "exercises/cures.rs"]
mod cures;
#[path = "exercises/inside.rs"]
mod inside;
#[path = "exercises/measures.rs"]
mod measures;
#[path = "exercises/rates.rs"]
mod rates;
#[path = "exercises/resume.rs"]
mod resume;
#[path = "exercises/search.rs"]
mod search;
#[path = "exercises/steps.rs"]
mod steps;
#[path = "exercises/views.rs"]
mod views;

#[cfg(not(feature = "solutions"))]
use ch04_training::exercises as answer;
#[cfg(feature = "solutions")]
use ch04_training::wrong as answer;
