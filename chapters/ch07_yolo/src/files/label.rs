//! A box as a label file has it, and whether it can be used.

use super::report::Problem;
use crate::boxes::BBox;

/// A box as a label file has it, before anybody has looked at it: its right edge may
/// lie left of its left one, and all of it outside the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The name of the class, or its number as digits where only that is known.
    pub class: String,
    /// Where, in pixels of the picture.
    pub bbox: BBox,
}

/// How far a box may reach over the edge, in pixels, before that is told. Chosen by us:
/// some programs count pixels from 0 and some from 1, and shares are rounded.
const ROUNDING: f32 = 1.0;

/// The least width and height of a box that is used, in pixels. Chosen by us.
const LEAST: f32 = 1.0;

/// What of a box can be used on a picture of so many columns and rows, and whether some
/// of it was cut off.
///
/// ```
/// use ch07_yolo::boxes::BBox;
/// use ch07_yolo::files::{Problem, checked};
///
/// let photo = [640.0, 480.0];
/// let box_ = |x0, x1| checked(BBox::new(x0, 10.0, x1, 60.0), photo);
/// assert_eq!(box_(20.0, 90.0), Ok((BBox::new(20.0, 10.0, 90.0, 60.0), false)));
/// assert_eq!(box_(600.0, 700.0), Ok((BBox::new(600.0, 10.0, 640.0, 60.0), true)));
/// assert_eq!(box_(90.0, 20.0), Err(Problem::NoSize));
/// assert_eq!(box_(700.0, 800.0), Err(Problem::Outside));
/// ```
///
/// # Errors
/// What is wrong with it, if nothing can be used.
// ANCHOR: checked
pub fn checked(bbox: BBox, size: [f32; 2]) -> Result<(BBox, bool), Problem> {
    let edges = |b: BBox| [b.x0, b.y0, b.x1, b.y1];
    if !edges(bbox).iter().all(|edge| edge.is_finite()) {
        return Err(Problem::NotNumbers);
    }
    let small = |b: BBox| b.size().iter().any(|&side| side < LEAST);
    if small(bbox) {
        return Err(Problem::NoSize);
    }
    let inside = bbox.clipped(size);
    if small(inside) {
        return Err(Problem::Outside);
    }
    let moved = |(a, b): (f32, f32)| (a - b).abs() > ROUNDING;
    let cut = edges(bbox).into_iter().zip(edges(inside)).any(moved);
    Ok((inside, cut))
}
// ANCHOR_END: checked
