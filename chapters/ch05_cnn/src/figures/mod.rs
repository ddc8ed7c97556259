//! What the run draws, a file a section, and the [`cells`] that several of them draw with.

pub(crate) mod augment;
pub(crate) mod cells;
pub(crate) mod digits;
pub(crate) mod filter;
pub(crate) mod fool;
pub(crate) mod image;
pub(crate) mod inside;
pub(crate) mod nets;
pub(crate) mod product;
pub(crate) mod shapes;
pub(crate) mod shift;
pub(crate) mod turned;
