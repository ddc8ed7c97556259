//! The loops over numbers, below the operations: everything that has to be fast, and nothing
//! that knows of gradients.

pub(crate) mod batch;
pub(crate) mod elementwise;
pub(crate) mod fold;
pub(crate) mod in_place;
pub(crate) mod places;
pub(crate) mod product;
pub mod sum;
pub(crate) mod threads;
