//! What the lesson claims, a file for each part.

pub mod burn;
mod convolution;
mod deployed;
mod fool;
mod image;
mod nets;
mod windows;
