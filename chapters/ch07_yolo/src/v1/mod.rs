//! YOLOv1: a grid, a responsible box, a loss of five terms (page *You only look once*).
//!
//! A grid of S × S cells lies over the picture. The cell in which an object's centre
//! lies has to find it; it has A boxes to do so, and of these the one that fits best
//! answers for it. In reading order: [`target`], [`responsible`], [`loss`], [`net`].
//!
//! The paper writes B for the boxes of a cell and C for the classes; here B is the
//! batch and C are channels, so they are A and K, as in the rest of the lesson.
//!
//! Dimension key: B batch, S cells along a side, A boxes of a cell, K classes.
//!
//! Source: J. Redmon, S. Divvala, R. Girshick, A. Farhadi, "You only look once:
//! unified, real-time object detection", CVPR (2016), section 2.

pub mod loss;
pub mod net;
pub mod responsible;
pub mod target;

pub use loss::{Terms, terms};
pub use net::{Small, activate, decode};
pub use responsible::{Responsible, responsible};
pub use target::{left_out, target};

use crate::boxes::BBox;

/// Numbers that a cell says of each of its boxes: x, y, width, height, confidence.
pub const OF_BOX: usize = 5;

// ANCHOR: grid
/// How a picture is divided, and what each cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// S, cells along a side.
    pub cells: usize,
    /// A, boxes of a cell.
    pub boxes: usize,
    /// K, classes.
    pub classes: usize,
}

impl Grid {
    /// Numbers that a cell says, `A·5 + K`.
    pub fn depth(self) -> usize {
        self.boxes * OF_BOX + self.classes
    }

    /// Row and column of the cell in which the centre of a box lies, on a picture of
    /// this width and height.
    pub fn cell_of(self, bbox: BBox, size: [f32; 2]) -> [usize; 2] {
        let [x, y] = bbox.centre();
        let cell = |place: f32, length: f32| {
            let cell = (place / length * self.cells as f32) as usize; // rounded down
            cell.min(self.cells - 1) // the far edge belongs to the last cell
        };
        [cell(y, size[1]), cell(x, size[0])]
    }
}
// ANCHOR_END: grid
