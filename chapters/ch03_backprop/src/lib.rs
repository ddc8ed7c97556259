//! Lesson 3, gradients.

mod figures;
mod sections;

pub use sections::LESSON;
