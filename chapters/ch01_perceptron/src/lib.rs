//! Lesson 1, the neuron: from a sum and a threshold to ten units that read
//! handwritten digits.
//!
//! Dimension key: N examples, D inputs, K classes; y is −1 or +1 for the
//! perceptron and the hinge, targets are 0 and 1 for logistic regression and
//! one-hot for softmax.
//!
//! Run it: `cargo run -p ch01_perceptron`. The last table to expect holds
//! `mnist_softmax_accuracy`, above 90 %, and the paths of the figures follow.
//!
//! ```
//! use ch01_perceptron::perceptron::{Example, Perceptron};
//!
//! // Learn OR from its truth table, one mistake at a time.
//! let table = [([0.0, 0.0], -1.0), ([0.0, 1.0], 1.0), ([1.0, 0.0], 1.0), ([1.0, 1.0], 1.0)];
//! let examples = table.map(|(x, y)| Example::new(&x, y));
//! let mut unit = Perceptron::new(2);
//! while unit.pass(&examples) > 0 {}
//! assert_eq!(unit.accuracy(&examples), 1.0);
//! assert_eq!(unit.predict(&[1.0, 0.0]), 1.0);
//! ```
//!
//! Sources: W. S. McCulloch and W. Pitts (1943) for [`logic`]; F. Rosenblatt
//! (1958) for [`perceptron`]; A. B. J. Novikoff (1962) for [`margin`]; the
//! book's last page of this lesson has them in full.
//!
//! The irises come from [`flowers`]. In reading order: [`logic`], [`perceptron`], [`margin`], [`loss`],
//! [`models`], [`softmax`], [`prepare`], [`leak`], [`limits`]. What the run
//! does with them is in `sections/`, what it draws in `figures/`, under the
//! same names.

pub mod flowers;

pub mod logic;

pub mod perceptron;

pub mod margin;

pub mod loss;

pub mod models;

pub mod softmax;

pub mod prepare;

pub mod leak;

pub mod limits;

mod figures;
mod sections;

#[cfg(not(feature = "solutions"))]
pub mod exercises;
#[cfg(feature = "solutions")]
pub mod solutions;
#[cfg(feature = "solutions")]
pub mod wrong;

pub use sections::LESSON;
