//! Lesson 7, finding: boxes around things in pictures, from a window that slides to a net
//! that looks once.
//!
//! Dimension key: B batch, C channels, H, W rows and columns of a picture, S rows or columns
//! of a grid, A anchors, N boxes, K classes.
//!
//! Run it: `cargo run -p ch07_yolo`.
//!
//! In reading order: [`boxes`] and [`set`]; [`windows`]; [`suppress`] and [`precision`];
//! [`selective`] and [`rcnn`]; [`scenes`] and [`augment`]; [`v1`]; [`anchors`] and [`ssd`];
//! the detector itself in [`target`], [`loss`], [`model`], [`decode`] and [`train`]; its
//! [`mistakes`]; [`heads`], other ways to answer; other pictures,
//! [`files`], [`trees`] and [`blood`], and what was learnt from them, [`trained`]; a published detector,
//! [`face`], and [`paint`]. What the run does with them is in `sections/`, what it draws in
//! `figures/`, under the same names.

pub mod boxes;
pub mod set;

pub mod windows;

pub mod precision;
pub mod suppress;

pub mod rcnn;
pub mod selective;

pub mod augment;
pub mod scenes;

pub mod v1;

pub mod anchors;
pub mod ssd;

pub mod cost;
pub mod decode;
pub mod loss;
pub mod model;
pub mod target;
pub mod train;

pub mod mistakes;

pub mod heads;

pub mod blood;
pub mod files;
pub mod trained;
pub mod trees;

pub mod face;
pub mod paint;

mod figures;
mod sections;

#[cfg(not(feature = "solutions"))]
pub mod exercises;
#[cfg(feature = "solutions")]
pub mod solutions;
#[cfg(feature = "solutions")]
pub mod wrong;

pub use sections::LESSON;
