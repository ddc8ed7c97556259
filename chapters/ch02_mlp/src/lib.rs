//! Lesson 2, layers: from one matrix product to nets that bend boundaries, and what it costs
//! to train them by luck.
//!
//! Dimension key: N examples, B of them in a batch, D inputs, H hidden units, K classes,
//! P parameters; l counts layers. Weights are `[in, out]`, examples are rows.
//!
//! Run it: `cargo run -p ch02_mlp`. The last table to expect begins with `mlp_parameters`,
//! 235,146, and the paths of the figures follow.
//!
//! ```
//! use ch02_mlp::{activation::Activation, loss::cross_entropy, mlp::Mlp, softmax::softmax};
//! use tensor::{Rng, assert_shape};
//!
//! let mut rng = Rng::new(1).fork("net");
//! let net = Mlp::new(&[784, 256, 128, 10], Activation::Relu, &mut rng);
//! let x = rng.uniform_tensor(&[64, 784], 0.0, 1.0); // [B, D]
//! let logits = net.forward(&x); // [B, K]
//! assert_shape!(logits, [64, 10]);
//! assert_shape!(softmax(&logits), [64, 10]);
//! assert!(cross_entropy(&logits, &[7; 64]) > 0.0);
//! ```
//!
//! Sources: V. Nair and G. Hinton (2010) for rectifiers and D. Hendrycks and K. Gimpel (2016)
//! for GELU in [`activation`]; K. He and others (2015) for the first weights in [`dense`];
//! P. Huber (1964) in [`loss`] and [`line`]; the book's last page of this lesson has them
//! in full.
//!
//! The digits come from [`digits`], two tables from [`tables`]. In reading order:
//! [`activation`], [`dense`], [`mlp`], [`xor`], [`softmax`], [`loss`], [`line`], [`luck`],
//! [`folds`], [`bumps`], [`directions`]. What the run does with them is in `sections/`, what
//! it draws in `figures/`, under the same names.

pub mod activation;

pub mod dense;

pub mod mlp;

pub mod xor;

pub mod digits;

pub mod softmax;

pub mod loss;

pub mod line;

pub mod tables;

pub mod luck;

pub mod folds;

pub mod bumps;

pub mod directions;

mod figures;
mod sections;
mod threads;

#[cfg(not(feature = "solutions"))]
pub mod exercises;
#[cfg(feature = "solutions")]
pub mod solutions;
#[cfg(feature = "solutions")]
pub mod wrong;

pub use sections::LESSON;
