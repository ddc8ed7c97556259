//! Lesson 3, gradients.

pub mod slope;

pub mod surface;

pub mod chain;

pub mod scalar;

pub mod expression;

pub mod graph;

pub mod net;

pub mod by_hand;
pub mod central;
pub mod dense;
pub mod softmax;

pub mod lines;

pub mod mlp;

pub mod digits;

pub mod checks;

pub mod bug;

pub mod gelu;

pub mod dual;
pub mod forward_or_reverse;

pub mod sweeps;

pub mod symmetry;

pub mod family;

pub mod family_net;

mod figures;
mod sections;

pub use sections::LESSON;
