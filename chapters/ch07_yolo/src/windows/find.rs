//! The window over a picture at several sizes: a pyramid, slid over and read.
//!
//! Dimension key: K classes, H, W rows and columns of a level, H', W' places of the
//! window.

use ndarray::Array3;
use nn::{Net, Pass};
use tensor::{Tensor, no_grad};

use super::crops::{crop, stacked};
use super::{STRIDE, WINDOW, WindowNet};
use crate::boxes::{BBox, Detection};
use crate::suppress::nms;

/// How much larger than the picture each level of the pyramid is: the window of 32
/// pixels covers about 20, 32 and 51 pixels of it. Chosen by us.
pub const PYRAMID: [f32; 3] = [1.625, 1.0, 0.625];

/// What is less sure than this is no detection. Chosen by us.
pub const LEAST: f32 = 0.05;

/// Two boxes of a class that agree better than this are one find. Chosen by us.
pub const SAME: f32 = 0.3;

/// The picture in another size, as a batch of one: `[1, 3, H, W]`.
pub fn level(picture: &Array3<u8>, factor: f32) -> Tensor {
    let (h, w, _) = picture.dim();
    let size = [h, w].map(|pixels| (pixels as f32 * factor).round() as usize);
    let whole = BBox::new(0.0, 0.0, w as f32, h as f32);
    stacked(&[crop(picture, whole, size)], size)
}

/// How many places a window has on a level of `length` pixels.
fn places(length: usize) -> usize {
    length
        .checked_sub(WINDOW)
        .map_or(0, |room| room / STRIDE + 1)
}

/// The windows of a level of so many pixels, in pixels of the picture, row by row.
pub fn windows([height, width]: [usize; 2], factor: f32) -> Vec<BBox> {
    let side = WINDOW as f32 / factor;
    let window = BBox::new(0.0, 0.0, side, side);
    let corner = |place: usize| (place * STRIDE) as f32 / factor;
    let row = |i| (0..places(width)).map(move |j| window.moved([corner(j), corner(i)]));
    (0..places(height)).flat_map(row).collect()
}

/// All windows of all levels over a picture of this size, in pixels of the picture.
pub fn all_windows([width, height]: [usize; 2]) -> Vec<BBox> {
    let of = |&factor: &f32| {
        let pixels = |length: usize| (length as f32 * factor).round() as usize;
        windows([pixels(height), pixels(width)], factor)
    };
    PYRAMID.iter().flat_map(of).collect()
}

// ANCHOR: one_by_one
/// The logits of every window of a level, cut out and read one at a time: `[H'·W', K]`.
pub fn one_by_one(net: &WindowNet, level: &Tensor) -> Tensor {
    let [_, _, h, w] = level.dims();
    let mut logits = Vec::new();
    for i in 0..places(h) {
        for j in 0..places(w) {
            let (top, left) = (i * STRIDE, j * STRIDE);
            let rows = level.slice(2, top..top + WINDOW);
            let window = rows.slice(3, left..left + WINDOW); // [1, 3, 32, 32]
            logits.push(net.forward(&window, &mut Pass::Use)); // [1, K]
        }
    }
    Tensor::concat(0, &logits) // [H'·W', K]
}
// ANCHOR_END: one_by_one

/// The same numbers in one pass: `[H'·W', K]`.
pub fn at_once(net: &WindowNet, level: &Tensor) -> Tensor {
    let logits = net.everywhere(level); // [1, K, H', W']
    let [_, k, h, w] = logits.dims();
    logits.reshape(&[k, h * w]).t() // [H'·W', K]
}

/// How sure the net is that each window of a level shows anything at all: `[H', W']`.
pub fn heat(net: &WindowNet, level: &Tensor) -> Tensor {
    let logits = no_grad(|| net.everywhere(level)); // [1, K, H', W']
    let [_, k, h, w] = logits.dims();
    let nothing = logits.softmax(1).slice(1, k - 1..); // [1, 1, H', W']
    1.0 - nothing.reshape(&[h, w])
}

// ANCHOR: find
/// What the net finds in a picture: at each level each window that it takes for
/// something, and of windows that agree the surest.
pub fn find(net: &WindowNet, picture: &Array3<u8>) -> Vec<Detection> {
    let mut found = Vec::new();
    for factor in PYRAMID {
        let level = level(picture, factor); // [1, 3, H, W]
        let [_, _, h, w] = level.dims();
        let chances = no_grad(|| at_once(net, &level)).softmax(1); // [H'·W', K]
        let [_, k] = chances.dims();
        let rows = chances.to_vec();
        for (bbox, chances) in windows([h, w], factor).into_iter().zip(rows.chunks(k)) {
            found.extend(taken(bbox, &chances[..k - 1])); // "nothing" is the last
        }
    }
    nms(&found, SAME)
}

/// A box for each class that it may show.
pub fn taken(bbox: BBox, chances: &[f32]) -> impl Iterator<Item = Detection> {
    let numbered = chances.iter().enumerate();
    let sure = numbered.filter(|(_, score)| **score >= LEAST);
    sure.map(move |(class, &score)| Detection { bbox, class, score })
}
// ANCHOR_END: find
