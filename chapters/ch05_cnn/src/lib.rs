//! Lesson 5, seeing: windows that slide over pictures, from nine numbers set by hand to
//! nets that find such numbers for themselves.
//!
//! Dimension key: N examples, B batch, C channels in, O channels out, H, W rows and
//! columns of a picture, KH, KW of a kernel, H', W' places of the window, K classes.
//! Pictures are `[N, C, H, W]`, kernels `[O, C, KH, KW]`.
//!
//! Run it: `cargo run -p ch05_cnn`. It prints what the pages quote, then a table of results
//! and the paths of the figures.
//!
//! ```
//! use ch05_cnn::filter::UPRIGHT_EDGES;
//! use ch05_cnn::unfold::convolve;
//! use tensor::pictures::Conv;
//! use tensor::{Tensor, assert_close, assert_shape};
//!
//! let picture = Tensor::from([[0.0, 0.0, 1.0, 1.0]; 4]); // [H, W]: dark, then light
//! let edges = UPRIGHT_EDGES.apply(&picture); // [2, 2]
//! assert_eq!(edges.to_vec(), [4.0; 4]);
//!
//! let x = picture.reshape(&[1, 1, 4, 4]); // [N, C, H, W]
//! let kernels = Tensor::from(UPRIGHT_EDGES.kernel).reshape(&[1, 1, 3, 3]); // [O, C, 3, 3]
//! let y = convolve(&x, &kernels, &Tensor::zeros(&[1]), Conv::default());
//! assert_shape!(y, [1, 1, 2, 2]); // [N, O, H', W']
//! assert_close!(y.reshape(&[2, 2]), edges, 1e-6);
//! ```
//!
//! Sources: K. Fukushima (1980) for layers of sliding windows, Y. LeCun and others (1989)
//! for learning their weights by backpropagation; K. Chellapilla, S. Puri and P. Simard
//! (2006) for convolution as a matrix product, in [`unfold`].
//!
//! In reading order: [`digits`] and [`shift`]; [`photo`] and [`filter`]; [`shapes`];
//! [`sizes`], [`loops`], [`unfold`] and [`gradients`]; [`models`], [`shake`],
//! [`training`], [`stored`], [`clothes`] and [`photos`]. Of nets in use:
//! [`practice`], [`turned`], [`augment`], [`own`], [`inside`] with [`pasted`], and [`fool`].
//! What the run does with them is in
//! `sections/`, what it draws in `figures/`, under the same names.

pub mod digits;
pub mod shift;

pub mod filter;
pub mod photo;

pub mod shapes;

pub mod gradients;
pub mod loops;
pub mod sizes;
pub mod unfold;

pub mod clothes;
pub mod models;
pub mod photos;
pub mod shake;
pub mod stored;
pub mod training;

pub mod augment;
pub mod fool;
pub mod inside;
pub mod own;
pub mod pasted;
pub mod practice;
pub mod turned;

mod figures;
mod sections;

#[cfg(not(feature = "solutions"))]
pub mod exercises;
#[cfg(feature = "solutions")]
pub mod solutions;
#[cfg(feature = "solutions")]
pub mod wrong;

pub use sections::LESSON;
