//! New training pictures made of old ones (page *Overfitting, cured step by step*).
//!
//! A picture is a row of 28 × 28 pixels, row by row from the top. What a change leaves
//! empty becomes 0, as the ground of the clothes is.

use nn::data::Labelled;
use tensor::{Rng, Tensor};

/// Pixels along a side.
const SIDE: usize = 28;

/// How a picture may be changed. The label has to survive it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// As in a mirror, left for right.
    Mirrored,
    /// To the right and down by so many pixels; what leaves the frame is lost.
    Moved(isize, isize),
    /// Upside down.
    Overturned,
    /// To half the width, in the middle of the frame.
    Squeezed,
}

impl Change {
    /// The changed picture, `[784] -> [784]`: each of its pixels is fetched from where
    /// it was before the change.
    ///
    /// # Panics
    /// If the picture has not 784 pixels.
    #[track_caller]
    pub fn apply(self, picture: &[f32]) -> Vec<f32> {
        assert_eq!(picture.len(), SIDE * SIDE, "a picture has 28 x 28 pixels");
        let side = SIDE as isize;
        let pixel = |x: isize, y: isize| {
            let inside = (0..side).contains(&x) && (0..side).contains(&y);
            if inside {
                picture[(side * y + x) as usize]
            } else {
                0.0
            }
        };
        let new = |place: isize| {
            let (x, y) = (place % side, place / side);
            match self {
                Change::Mirrored => pixel(side - 1 - x, y),
                Change::Moved(right, down) => pixel(x - right, y - down),
                Change::Overturned => pixel(x, side - 1 - y),
                Change::Squeezed => {
                    let left = 2 * x - side / 2; // the left one of two old pixels
                    (pixel(left, y) + pixel(left + 1, y)) / 2.0
                }
            }
        };
        (0..side * side).map(new).collect()
    }
}

// ANCHOR: augment
/// What happens to each picture of a batch before the net sees it, drawn anew every time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Augment {
    /// Moved by up to so many pixels, across and down, all equally likely.
    pub shift: usize,
    /// Whether half of the pictures are mirrored.
    pub mirror: bool,
    /// Whether half of them are squeezed, which does not keep the label.
    pub squeeze: bool,
}

impl Augment {
    /// Changed copies of pictures, `[B, 784]`.
    ///
    /// # Panics
    /// If a row has not 784 pixels.
    #[track_caller]
    pub fn apply(&self, x: &Tensor, rng: &mut Rng) -> Tensor {
        let mut pixels = x.to_vec();
        for picture in pixels.chunks_exact_mut(SIDE * SIDE) {
            for change in self.draw(rng) {
                picture.copy_from_slice(&change.apply(picture));
            }
        }
        Tensor::from_vec(pixels, x.shape()) // [B, 784]
    }

    /// The changes for one picture.
    fn draw(&self, rng: &mut Rng) -> Vec<Change> {
        let mut changes = Vec::new();
        if self.mirror && rng.below(2) == 0 {
            changes.push(Change::Mirrored);
        }
        if self.squeeze && rng.below(2) == 0 {
            changes.push(Change::Squeezed);
        }
        if self.shift > 0 {
            let mut steps =
                || rng.below(2 * self.shift + 1) as isize - self.shift as isize;
            changes.push(Change::Moved(steps(), steps()));
        }
        changes
    }
}
// ANCHOR_END: augment

/// All pictures changed in the same way.
///
/// # Panics
/// If a row has not 784 pixels.
#[track_caller]
pub fn changed(pictures: &Labelled, change: Change) -> Labelled {
    let rows = pictures.x.to_vec();
    let new = rows
        .chunks_exact(SIDE * SIDE)
        .flat_map(|row| change.apply(row));
    let x = Tensor::from_vec(new.collect(), pictures.x.shape());
    Labelled::new(x, pictures.classes.clone())
}
