//! Layers: pieces of a net with parameters of their own.

mod dropout;
mod embedding;
mod linear;
mod norm;

pub use dropout::Dropout;
pub use embedding::Embedding;
pub use linear::Linear;
pub use norm::{BatchNorm, LayerNorm};
