//! A digit of your own: what the net makes of a picture that it has never seen the like of
//! (page *Your own digit*).
//!
//! Dimension key: H, W rows and columns, K = 10 classes.

use ndarray::Array3;
use nn::classify::logits;
use pictures::Steps;
use tensor::Tensor;

use crate::digits::{Digits, SIDE};
use crate::models::LeNet;
use crate::practice::squares;

// ANCHOR: ask
/// Ten probabilities for a digit that was made what MNIST's are, `[K]`.
pub fn ask(net: &LeNet, steps: &Steps) -> Vec<f32> {
    let ink = steps.centred.mapv(|byte| f32::from(byte) / 255.0); // [28, 28]: 0 paper, 1 ink
    let x = Tensor::from_array(ink).reshape(&[1, 1, SIDE, SIDE]); // [N, C, H, W]
    logits(net, &x).softmax(1).to_vec()
}
// ANCHOR_END: ask

/// The photo that the book reads, since yours is not at hand: a test digit, ten times as
/// large, in dark ink on paper that lies half in the shade. `[280, 330, 3]`.
///
/// # Errors
/// If the digits are missing or damaged.
pub fn stand_in() -> anyhow::Result<Array3<u8>> {
    let test = squares(&Digits::load()?.test);
    let four = test
        .classes
        .iter()
        .position(|&class| class == 4)
        .unwrap_or(0);
    let large = test
        .pick(&[four])
        .x
        .resize_bilinear([10 * SIDE; 2])
        .to_vec(); // [280, 280]
    let photo = Array3::from_shape_fn((10 * SIDE, 10 * SIDE + 50, 3), |(i, j, _)| {
        let ink = match j.checked_sub(40) {
            Some(j) if j < 10 * SIDE => large[i * 10 * SIDE + j],
            _ => 0.0,
        };
        // From bright paper at the left to the shade at the right.
        let paper = 235.0 - 0.25 * j as f32 - 0.1 * i as f32;
        (paper * (1.0 - 0.75 * ink)) as u8
    });
    Ok(photo)
}
