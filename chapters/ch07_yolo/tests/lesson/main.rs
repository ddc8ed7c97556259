//! What the lesson claims, a file for each part.

mod anchors;
mod augment;
mod blood;
mod boxes;
pub mod burn;
mod coco;
mod face;
mod files;
mod heads;
mod image;
mod mistakes;
mod net;
mod own;
mod paint;
mod precision;
mod program;
mod rcnn;
mod scenes;
mod selective;
mod ssd;
mod ssd_loss;
mod suppress;
mod trained;
mod trees;
mod v1;
mod v1_loss;
mod windows;
