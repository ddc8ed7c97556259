//! The loops over numbers, below the operations: everything that has to be fast, and nothing
//! that knows of gradients.

pub(crate) mod batch;
pub(crate) mod conv;
pub(crate) mod elementwise;
pub(crate) mod fold;
pub(crate) mod fresh;
pub(crate) mod in_place;
pub(crate) mod norm;
pub(crate) mod places;
pub(crate) mod pool;
pub(crate) mod product;
pub(crate) mod resize;
pub mod sum;
pub(crate) mod threads;
