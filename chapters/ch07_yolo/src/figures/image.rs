//! Figures of the section `image`.

use ndarray::Array3;
use plots::{Class, Error, Figure, Mark, Picture, Pictures, Role, Size};

use crate::boxes::{BBox, Detection};
use crate::face::CLASSES;
use crate::face::fit::{Shrink, shrunk};

/// Pixels of a photo's longer side where there are two in a row, and where there are
/// four.
const LARGE: usize = 220;
const SMALL: usize = 110;

/// A photo for a figure, and the factor by which it is smaller.
fn small(photo: &Array3<u8>, side: usize) -> (Picture, f32) {
    let (h, w, _) = photo.dim();
    let side = side.min(h.max(w));
    let small = shrunk(photo, side, Shrink::Means); // [h, w, 3]
    let values: Vec<f32> = small.iter().map(|byte| byte / 255.0).collect();
    (
        Picture::colour(small.dim().1, &values),
        side as f32 / h.max(w) as f32,
    )
}

/// A box on a photo that is smaller by this factor.
fn mark(bbox: BBox, factor: f32, role: Role) -> Mark {
    let BBox { x0, y0, x1, y1 } = bbox.scaled([factor; 2]);
    Mark::new([x0, y0, x1, y1], role)
}

/// The photo with its boxes, and the best score of each cell.
pub(crate) fn face(
    photo: &Array3<u8>,
    found: &[Detection],
    (s, best): &(usize, Vec<f32>),
) -> Result<Figure, Error> {
    let (picture, factor) = small(photo, LARGE);
    let boxes = found.iter().map(|each| {
        let words = format!("{} {:.0} %", CLASSES[each.class], 100.0 * each.score);
        mark(each.bbox, factor, Class(each.class).role()).words(words)
    });
    let (h, w, _) = photo.dim();
    // Cells over what the photo does not fill of the square are not shown.
    let cells = |length: usize| (length * s).div_ceil(h.max(w));
    let (rows, columns) = (cells(h), cells(w));
    let of_row = |i: usize| &best[i * s..i * s + columns];
    let shown: Vec<f32> = (0..rows).flat_map(of_row).copied().collect();
    Pictures::new([
        picture.marks(boxes).caption("what it finds"),
        Picture::heat(columns, &shown).caption("best score in each cell"),
    ])
    .columns(2)
    .size(Size::Wide)
    .draw()
}

/// The photo with the boxes of a net that the reader has trained.
pub(crate) fn found(
    photo: &Array3<u8>,
    found: &[Detection],
    classes: &[String],
) -> Result<Figure, Error> {
    let (picture, factor) = small(photo, LARGE);
    let boxes = found.iter().map(|each| {
        let words = format!("{} {:.0} %", classes[each.class], 100.0 * each.score);
        mark(each.bbox, factor, Class(each.class).role()).words(words)
    });
    let picture = picture.few_colours().marks(boxes);
    Pictures::new([picture]).columns(1).draw()
}

/// The photo in four directions, with the best box: solid if it is sure enough.
pub(crate) fn turned(
    seen: &[(Array3<u8>, Detection)],
    threshold: f32,
) -> Result<Figure, Error> {
    let each = seen.iter().map(|(photo, found)| {
        let (picture, factor) = small(photo, SMALL);
        let frame = mark(found.bbox, factor, Class(found.class).role());
        let sure = found.score > threshold;
        let frame = if sure { frame } else { frame.dashed() };
        let words = format!("best score {:.2}", found.score);
        picture.marks([frame]).caption(words)
    });
    Pictures::new(each).columns(4).size(Size::Wide).draw()
}
