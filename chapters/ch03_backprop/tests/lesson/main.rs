//! What the lesson claims, a file for each part.

pub mod burn;
mod by_hand;
mod dual;
mod family;
mod scalar;
mod slopes;
mod symmetry;
