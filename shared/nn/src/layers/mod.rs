//! Layers: pieces of a net with parameters of their own.

mod conv;
mod dropout;
mod embedding;
mod linear;
mod norm;

pub use conv::{Conv2d, ConvTranspose2d, flatten};
pub use dropout::Dropout;
pub use embedding::Embedding;
pub use linear::Linear;
pub use norm::{BatchNorm, LayerNorm};
