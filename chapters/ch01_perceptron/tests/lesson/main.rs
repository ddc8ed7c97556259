//! What the lesson claims, a file for each part.

mod claims;
mod gradients;
mod margin;
mod preparation;
mod properties;
mod training;
