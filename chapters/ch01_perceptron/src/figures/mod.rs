//! What the run draws, a file a page. Every function takes what it draws and
//! computes nothing.

pub(crate) mod bound;
pub(crate) mod cost;
pub(crate) mod data;
pub(crate) mod leak;
pub(crate) mod limits;
pub(crate) mod logic;
pub(crate) mod loss;
pub(crate) mod models;
pub(crate) mod rule;
pub(crate) mod softmax;

use crate::perceptron::Example;

/// The points of one class, for a scatter of two inputs.
fn points_of(examples: &[Example], y: f32) -> Vec<[f32; 2]> {
    let of_class = examples.iter().filter(|example| example.y == y);
    of_class
        .map(|example| [example.x[0], example.x[1]])
        .collect()
}
