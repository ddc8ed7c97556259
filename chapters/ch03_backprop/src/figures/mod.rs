//! What the run draws, a file a page. Every function takes what it draws and
//! computes nothing.

pub(crate) mod chain;
pub(crate) mod check;
pub(crate) mod cost;
pub(crate) mod descent;
pub(crate) mod dual;
pub(crate) mod engine;
pub(crate) mod family;
pub(crate) mod jacobian;
pub(crate) mod layer;
pub(crate) mod moons;
pub(crate) mod own;
pub(crate) mod scalar;
pub(crate) mod slopes;
pub(crate) mod symmetry;
