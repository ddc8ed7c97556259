//! Lesson 3, gradients: an engine that differentiates, first for single numbers, then
//! the course's own for tensors, and nets that learn by it.
//!
//! Dimension key: N examples, B batch, D inputs, H hidden units, K classes; `l` is a
//! layer; weights are `[in, out]`.
//!
//! Run it: `cargo run -p ch03_backprop`. The table at the end holds `moons_accuracy`,
//! above 98 %, and `digits_accuracy`, above 94 %; the paths of the figures follow.
//!
//! ```
//! use ch03_backprop::scalar::Scalar;
//!
//! // One step of descent on the loss of a neuron.
//! let (w, b) = (Scalar::from(0.5), Scalar::from(0.0));
//! let loss = || ((&w * 2.0 + &b).tanh() - 1.0).pow(2.0);
//! let before = loss();
//! before.backward();
//! for weight in [&w, &b] {
//!     weight.set(weight.value() - 0.1 * weight.gradient());
//! }
//! assert!(loss().value() < before.value());
//! ```
//!
//! Sources: S. Linnainmaa (1970) for the walk back, [`scalar`]; D. E. Rumelhart,
//! G. E. Hinton and R. J. Williams (1986) for [`symmetry`] and [`family`]; D. Hendrycks
//! and K. Gimpel (2016) for [`gelu`]; the lesson's last page has them in full.
//!
//! In reading order: [`slope`], [`surface`], [`chain`], [`scalar`] (checked on
//! [`expression`], drawn by [`graph`]), [`net`]; [`dense`], [`softmax`] and [`by_hand`],
//! measured by [`central`]; [`mlp`], [`digits`], [`bug`], [`checks`], [`gelu`];
//! [`symmetry`], [`family`] and [`family_net`], trained by [`sweeps`]; [`dual`] and
//! [`forward_or_reverse`]; [`lines`]. What the run does with them is in `sections/`, what
//! it draws in `figures/`, under the same names.

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

#[cfg(not(feature = "solutions"))]
pub mod exercises;
#[cfg(feature = "solutions")]
pub mod solutions;
#[cfg(feature = "solutions")]
pub mod wrong;

pub use sections::LESSON;
