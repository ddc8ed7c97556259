//! Convolution: three walks over pictures, two innermost loops.
//!
//! A convolution is a matrix product in disguise. Written as one, each number of a picture is
//! copied once for every place of the window that covers it. Here nothing is copied but the
//! zeros of the padding: the innermost loop, [`tile`], reads a picture at a *base*, where the
//! window stands, plus an *offset*, where under the window a number lies. Both are looked up,
//! so stride, dilation and the way back need no loop of their own; and where neighbouring
//! results read neighbouring numbers, [`strips`] are often sooner done. Results are computed by
//! [`bands`], so that what they read stays near:
//!
//! | walk | result | it adds up over |
//! |---|---|---|
//! | [`forward`] | a number for each place and output channel | what the window covers |
//! | [`adjoint`] | a number for each pixel and input channel | the places whose window covers it |
//! | [`weights`] | a number for each weight | all places of all pictures |
//!
//! Windows of 3 by 3 over many channels go [Winograd's way](winograd), there and back, with fewer
//! than half of the multiplications.
//!
//! The gradient of a convolution's input is the [`adjoint`] of its result's gradient, and a
//! transposed convolution is that adjoint itself.

mod bands;
mod correlate;
mod geometry;
mod panels;
mod parcels;
mod plan;
mod planes;
mod route;
mod strips;
mod tile;
mod turn;
mod weights;
mod wide;
mod winograd;

pub(crate) use correlate::{adjoint, forward};
pub(crate) use geometry::Geometry;
pub(crate) use weights::weights;
