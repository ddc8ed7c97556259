//! Parts of pictures as pictures of their own, and which of them show something.
//!
//! Dimension key: N crops, H, W rows and columns, K classes.

use nn::data::Labelled;
use tensor::{Rng, Tensor};

use ndarray::Array3;

use super::WINDOW;
use crate::boxes::{BBox, Object};
use crate::set::Set;

/// A window that agrees with an object at least so well shows it.
pub const SHOWS: f32 = 0.5;

/// A window that agrees with every object less than this shows nothing. What lies
/// between is not learnt from.
pub const EMPTY: f32 = 0.4;

/// Windows drawn around each object, beside it and anywhere in its picture.
const EACH: usize = 2;

/// Sides of windows that show nothing, in pixels.
const SIDES: [f32; 2] = [18.0, 64.0];

/// What lies in a box, stretched to `size`, rows and columns: `[3, H, W]` numbers, 0 to
/// 1.
///
/// Each number lies on straight lines between the four pixels around its place; outside
/// the picture its edge goes on.
///
/// # Panics
/// If the picture has no pixel.
pub fn crop(picture: &Array3<u8>, bbox: BBox, size: [usize; 2]) -> Vec<f32> {
    let (h, w, _) = picture.dim();
    let down = places(bbox.y0, bbox.y1, size[0], h);
    let across = places(bbox.x0, bbox.x1, size[1], w);
    let mut pixels = Vec::with_capacity(3 * size[0] * size[1]);
    for channel in 0..3 {
        let at = |i: usize, j: usize| f32::from(picture[[i, j, channel]]);
        for &(i, below, v) in &down {
            for &(j, right, u) in &across {
                let upper = (1.0 - u) * at(i, j) + u * at(i, right);
                let lower = (1.0 - u) * at(below, j) + u * at(below, right);
                pixels.push(((1.0 - v) * upper + v * lower) / 255.0);
            }
        }
    }
    pixels
}

/// Where the middles of `count` equal parts of an interval lie among `length` pixels:
/// the pixels before and after, and how far each place is from the one to the other.
fn places(from: f32, to: f32, count: usize, length: usize) -> Vec<(usize, usize, f32)> {
    let last = length - 1;
    let step = (to - from) / count as f32;
    let place = |i: usize| {
        // Pixel 0 has its middle at 0.5.
        let middle = from + (i as f32 + 0.5) * step - 0.5;
        let middle = middle.clamp(0.0, last as f32);
        let before = middle.floor() as usize;
        (before, (before + 1).min(last), middle - before as f32)
    };
    (0..count).map(place).collect()
}

/// Several crops of one size as a batch, `[N, 3, H, W]`.
pub fn stacked(crops: &[Vec<f32>], size: [usize; 2]) -> Tensor {
    Tensor::from_vec(crops.concat(), &[crops.len(), 3, size[0], size[1]])
}

/// The largest IoU of a box with any of these objects, and which object it is.
pub fn best(bbox: BBox, objects: &[Object]) -> Option<(f32, usize)> {
    let each = objects.iter().map(|object| object.bbox.iou(bbox));
    let numbered = each.enumerate().map(|(i, iou)| (iou, i));
    numbered.max_by(|a, b| a.0.total_cmp(&b.0))
}

// ANCHOR: around
/// A square window near an object: moved by up to so many of its sides, and at most so
/// many times as large or as small.
fn near(object: &Object, moved: f32, times: f32, rng: &mut Rng) -> BBox {
    let side = object.bbox.area().sqrt();
    let middle = object.bbox.centre();
    let centre = middle.map(|x| x + side * rng.uniform(-moved, moved));
    let side = side * rng.uniform(-times.ln(), times.ln()).exp();
    BBox::centred(centre, [side, side])
}

/// Not quite at the object's place nor quite of its size.
pub fn around(object: &Object, rng: &mut Rng) -> BBox {
    near(object, 0.2, 4.0 / 3.0, rng)
}

/// Mostly a part of the object, or the object and much besides.
pub fn beside(object: &Object, rng: &mut Rng) -> BBox {
    near(object, 1.0, 2.5, rng)
}
// ANCHOR_END: around

/// A square window anywhere in a picture of this size.
fn anywhere([width, height]: [f32; 2], rng: &mut Rng) -> BBox {
    let side = rng.uniform(SIDES[0].ln(), SIDES[1].ln()).exp();
    let side = side.min(width).min(height);
    let corner =
        [width - side, height - side].map(|room| rng.uniform(0.0, room.max(1e-3)));
    BBox::new(0.0, 0.0, side, side).moved(corner)
}

/// Windows to learn from: around each object of each picture, beside it and anywhere, cut
/// out and stretched to 32 × 32. `[N, 3, 32, 32]` with classes below K; "nothing" is the
/// last.
pub fn crops(set: &Set, rng: &mut Rng) -> Labelled {
    let nothing = set.classes.len();
    let (mut pixels, mut classes) = (Vec::new(), Vec::new());
    for example in &set.examples {
        let size = example.size().map(|pixels| pixels as f32);
        let draw = |object: &Object| {
            [
                around(object, rng),
                beside(object, rng),
                anywhere(size, rng),
            ]
        };
        let each = example.objects.iter().flat_map(|object| [object; EACH]);
        for window in each.flat_map(draw) {
            let class = match best(window, &example.objects) {
                Some((iou, i)) if iou >= SHOWS => example.objects[i].class,
                Some((iou, _)) if iou >= EMPTY => continue, // neither
                _ => nothing,
            };
            pixels.push(crop(&example.picture, window, [WINDOW, WINDOW]));
            classes.push(class);
        }
    }
    Labelled::new(stacked(&pixels, [WINDOW, WINDOW]), classes)
}
