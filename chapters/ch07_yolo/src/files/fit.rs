//! Pictures of all sizes on canvases of one size, since a batch has one.

use ndarray::{Array3, Axis, s};
use pictures::digit::fit::area_average;

use crate::boxes::Object;
use crate::set::Example;

/// What stands where the picture leaves the canvas free: a middle grey. Chosen by us.
const GREY: u8 = 128;

/// The example on a canvas of so many columns and rows: as large as fits, its ratio of
/// width to height kept, in the middle. Each new pixel is the mean of the old ones that
/// it covers.
///
/// # Panics
/// If the canvas or the picture has no pixels.
pub fn fitted(example: &Example, canvas: [usize; 2]) -> Example {
    let [w, h] = example.size();
    let scale = (canvas[0] as f64 / w as f64).min(canvas[1] as f64 / h as f64);
    let to = [w, h].map(|side| (side as f64 * scale).round().max(1.0) as usize);
    let at = [0, 1].map(|axis| (canvas[axis] - to[axis]) / 2);
    let factor = [to[0] as f32 / w as f32, to[1] as f32 / h as f32];
    let moved = |object: &Object| Object {
        bbox: object
            .bbox
            .scaled(factor)
            .moved(at.map(|pixels| pixels as f32)),
        ..*object
    };
    Example {
        name: example.name.clone(),
        picture: laid(&example.picture, canvas, to, at),
        objects: example.objects.iter().map(moved).collect(),
    }
}

/// The picture at the size `to`, laid on a canvas with its top left corner `at`.
fn laid(
    picture: &Array3<u8>,
    canvas: [usize; 2],
    [w, h]: [usize; 2],
    [x, y]: [usize; 2],
) -> Array3<u8> {
    let mut laid = Array3::from_elem((canvas[1], canvas[0], 3), GREY); // [H, W, 3]
    for colour in 0..3 {
        let plane = picture.index_axis(Axis(2), colour).to_owned(); // [H, W]
        let scaled = area_average(&plane, h, w); // [H, W] -> [h, w]
        laid.slice_mut(s![y..y + h, x..x + w, colour])
            .assign(&scaled);
    }
    laid
}
