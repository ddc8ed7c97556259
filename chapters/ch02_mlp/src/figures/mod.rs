//! What the run draws, a file a page. Every function takes what it draws and
//! computes nothing.

pub(crate) mod activations;
pub(crate) mod bend;
pub(crate) mod bumps;
pub(crate) mod cost;
pub(crate) mod layers;
pub(crate) mod losses;
pub(crate) mod luck;
pub(crate) mod scale;
pub(crate) mod softmax;
