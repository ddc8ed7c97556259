//! Tree crowns: large aerial photos cut into tiles (page *Your own pictures*).
//!
//! A photo from the air has thousands of pixels a side, and a crown has thirty. Scaled
//! to fit a net, the crowns would be gone; so the photo is cut up instead.

use datasets::store;
use ndarray::s;

use crate::boxes::{BBox, Detection, Object};
use crate::files::{Folder, Listing, read};
use crate::set::{Example, Set};
use crate::suppress::nms;

/// Pixels a side of the photos that come with the course.
pub const PHOTO: usize = 400;

/// Pixels a side of a tile, and from one tile to the next. Chosen by us.
pub const SIDE: usize = 160;
/// See [`SIDE`].
pub const STRIDE: usize = 120;

/// A part of a larger picture.
#[derive(Clone, Debug)]
pub struct Tile {
    /// Where its top left corner lies in the picture, x and y in pixels.
    pub at: [usize; 2],
    /// The part, and what is in it, in pixels of the tile.
    pub example: Example,
}

/// The two photos of `data/trees/` with their labels. Classes: `Alive`, `Dead` and, in
/// the photo whose labels do not say which, `Tree`.
///
/// # Errors
/// If a file is missing or damaged.
pub fn load() -> anyhow::Result<Folder> {
    let names = [
        "OSBS_029.png",
        "OSBS_029.xml",
        "SOAP_061.png",
        "SOAP_061.xml",
    ];
    let file =
        |name: &str| Ok((name.to_owned(), store::committed(&format!("trees/{name}"))?));
    let files = names
        .map(file)
        .into_iter()
        .collect::<datasets::Result<Vec<_>>>()?;
    read(&Listing::of_files("data/trees", files), [PHOTO; 2])
}

/// The same pictures with all classes made one, `crown`.
#[must_use]
pub fn crowns(mut set: Set) -> Set {
    let objects = set
        .examples
        .iter_mut()
        .flat_map(|example| &mut example.objects);
    objects.for_each(|object| object.class = 0);
    let classes = vec!["crown".to_owned()];
    Set { classes, ..set }
}

/// Where tiles begin along a side of `length` pixels: every `stride` pixels, and the
/// last one where it ends with the picture.
///
/// ```
/// use ch07_yolo::trees::starts;
///
/// assert_eq!(starts(400, 160, 120), [0, 120, 240]);
/// assert_eq!(starts(410, 160, 120), [0, 120, 240, 250]);
/// ```
///
/// # Panics
/// If a tile is larger than the picture, or tiles leave gaps or do not advance.
#[track_caller]
pub fn starts(length: usize, side: usize, stride: usize) -> Vec<usize> {
    assert!(
        (1..=length).contains(&side) && (1..=side).contains(&stride),
        "tiles: expected 1 <= stride <= side <= {length}, got stride {stride} and side {side}"
    );
    let last = length - side;
    (0..last).step_by(stride).chain([last]).collect()
}

/// A picture in square tiles of so many pixels a side, row by row; neighbours overlap
/// by `side - stride`. A box is cut at the edge of its tile, and kept if at least half
/// of it is left.
///
/// # Panics
/// As [`starts`].
#[track_caller]
pub fn tiles(example: &Example, side: usize, stride: usize) -> Vec<Tile> {
    let [width, height] = example.size();
    let rows = starts(height, side, stride).into_iter();
    let corners =
        rows.flat_map(|y| starts(width, side, stride).into_iter().map(move |x| [x, y]));
    corners.map(|at| tile(example, at, side)).collect()
}

// ANCHOR: tiles
/// One tile.
fn tile(example: &Example, [x, y]: [usize; 2], side: usize) -> Tile {
    let part = example.picture.slice(s![y..y + side, x..x + side, ..]); // [H, W, 3]
    let within = |object: &Object| {
        let moved = object.bbox.moved([-(x as f32), -(y as f32)]);
        let bbox = moved.clipped([side as f32; 2]);
        (bbox.area() >= 0.5 * moved.area()).then_some(Object { bbox, ..*object })
    };
    let example = Example {
        name: format!("{} at {x}, {y}", example.name),
        picture: part.to_owned(), // [side, side, 3]
        objects: example.objects.iter().filter_map(within).collect(),
    };
    Tile {
        at: [x, y],
        example,
    }
}
// ANCHOR_END: tiles

// ANCHOR: stitched
/// What was found on the tiles, in pixels of the whole picture. What two tiles found
/// twice goes by non-maximum suppression with an IoU of `limit`.
///
/// # Panics
/// If there are not as many answers as tiles.
#[track_caller]
pub fn stitched(
    tiles: &[Tile],
    found: &[Vec<Detection>],
    limit: f32,
) -> Vec<Detection> {
    assert_eq!(
        tiles.len(),
        found.len(),
        "stitched: expected an answer for each tile"
    );
    let back = |tile: &Tile, detection: &Detection| Detection {
        bbox: detection.bbox.moved(tile.at.map(|pixels| pixels as f32)),
        ..*detection
    };
    let each = tiles.iter().zip(found);
    let all =
        each.flat_map(|(tile, found)| found.iter().map(move |one| back(tile, one)));
    nms(&all.collect::<Vec<_>>(), limit)
}
// ANCHOR_END: stitched

/// What a detector without a fault would say of each tile: its boxes, each with the
/// share of the crown that the tile shows as its score.
pub fn faultless(
    whole: &Example,
    side: usize,
    stride: usize,
) -> (Vec<Tile>, Vec<Vec<Detection>>) {
    let tiles = tiles(whole, side, stride);
    let answer = |tile: &Tile| {
        let corner = tile.at.map(|pixels| pixels as f32);
        let sheet = BBox::new(0.0, 0.0, side as f32, side as f32).moved(corner);
        let shown = |object: &Object| {
            let bbox = object.bbox.intersection(sheet);
            let score = bbox.area() / object.bbox.area();
            let bbox = bbox.moved(corner.map(|pixels| -pixels));
            (score >= 0.5).then_some(Detection {
                bbox,
                class: object.class,
                score,
            })
        };
        whole.objects.iter().filter_map(shown).collect()
    };
    let answers = tiles.iter().map(answer).collect();
    (tiles, answers)
}
