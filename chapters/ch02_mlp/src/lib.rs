//! Lesson 2, layers.

mod figures;
mod sections;

pub use sections::LESSON;
