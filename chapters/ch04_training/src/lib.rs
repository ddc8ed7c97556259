//! Lesson 4, making it learn well: optimisers, schedules, first weights, regularisation,
//! honest measurement, and a classifier of clothes.
//!
//! Dimension key: N examples, B batch, D inputs, H hidden units, K classes; `l` is a
//! layer; weights are `[in, out]`.
//!
//! Run it: `cargo run -p ch04_training`.

pub mod clothes;
pub mod norms;
pub mod signals;
pub mod tumours;
pub mod project;
pub mod walk;
pub mod trial;
pub mod range_test;
pub mod schedules;
pub mod contest;
pub mod search;
pub mod student;

mod figures;
mod sections;

#[cfg(not(feature = "solutions"))]
pub mod exercises;
#[cfg(feature = "solutions")]
pub mod solutions;
#[cfg(feature = "solutions")]
pub mod wrong;

pub use sections::LESSON;
