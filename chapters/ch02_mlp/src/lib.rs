//! Lesson 2, layers.

pub mod activation;

pub mod dense;

pub mod mlp;

pub mod xor;

pub mod digits;

pub mod softmax;

pub mod loss;

pub mod tables;

pub mod luck;

pub mod folds;

pub mod bumps;

pub mod directions;

mod figures;
mod sections;

#[cfg(not(feature = "solutions"))]
pub mod exercises;
#[cfg(feature = "solutions")]
pub mod solutions;
#[cfg(feature = "solutions")]
pub mod wrong;

pub use sections::LESSON;
