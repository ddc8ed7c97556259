//! The exercises of lesson 7. Each function says what it should do and holds a `todo!`
//! where your code goes. Test them, all or one by one:
//!
//! ```text
//! cargo test -p ch07_yolo --test exercises
//! cargo test -p ch07_yolo --test exercises ex7_03
//! cargo run -- exercises hint 7.3
//! ```
//!
//! Dimension key: N boxes, R boxes of a whole grid, A boxes of one cell, K classes; of a
//! convolution C channels in, O channels out, KH, KW rows and columns of a kernel.

#![allow(unused_variables, unused_mut, clippy::todo)]

use tensor::Tensor;

use crate::boxes::{BBox, Detection, Object};
use crate::decode::Place;

/// 7.1 (easy): IoU of two boxes that are given as grids and label files give them: centre
/// x, centre y, width, height. Calculate with the numbers; `BBox` is not to be used.
///
/// - `a`, `b`: in one unit; widths and heights are 0 or more.
///
/// Returns the intersection over the union; 0 for two boxes that both have no area.
/// Example: the boxes of the page, 2, 1.5, 4, 3 and 4, 2.5, 4, 3, have an IoU of 4/20.
pub fn iou(a: [f32; 4], b: [f32; 4]) -> f32 {
    todo!(
        "ex7.1: what do both have in common across, and what down? \
         read \"When is a box right?\"; hint: cargo run -- exercises hint 7.1"
    )
}

/// 7.2 (medium): non-maximum suppression, without the planted bugs.
///
/// A colleague wrote this. It passes a test with two boxes of one class, the better one
/// first, and is wrong in three ways:
///
/// ```text
/// let mut gone = vec![false; found.len()];
/// for n in 0..found.len() {
///     let mut earlier = found[..n].iter();
///     gone[n] = earlier.any(|other| other.bbox.iou(found[n].bbox) > limit);
/// }
/// (0..found.len()).filter(|&n| !gone[n]).collect()
/// ```
///
/// - `found`: of all classes, in no order; no two scores are equal;
/// - `limit`: a box goes if its IoU with a better one that was kept is *above* it.
///
/// Returns the places in `found` of the boxes that stay, the highest score first. The
/// lesson's own `nms` is not to be used.
/// Example: the three boxes of the page with a limit of one half: places 0 and 1.
pub fn nms(found: &[Detection], limit: f32) -> Vec<usize> {
    todo!(
        "ex7.2: in which order, against which class, and by whom is a box covered? \
         read \"Once is enough\"; hint: cargo run -- exercises hint 7.2"
    )
}

/// 7.3 (medium): which detections are right.
///
/// - `things`: the true boxes of one class in one picture;
/// - `found`: detections of this class there, in no order; no two scores are equal;
/// - `limit`: the IoU that is asked for, at least so much.
///
/// Returns for each detection, in the order of `found`, whether it is right: going from the
/// best score down, each takes that of the free things which it fits best, if it fits any. No
/// two things fit one equally well.
/// Example: things at 0 and 40, detections at 1, 2 and 43, the example of the page: with a
/// limit of one half the first and the third are right.
pub fn right(things: &[BBox], found: &[Detection], limit: f32) -> Vec<bool> {
    todo!(
        "ex7.3: who chooses first, and among which things? \
         read \"How good is it?\"; hint: cargo run -- exercises hint 7.3"
    )
}

/// 7.4, step 1 (medium): average precision as PASCAL VOC had it until 2009.
///
/// - `hits`: whether each detection is right, the highest score first;
/// - `things`: how many there are to be found, at least 1 and no fewer than are found.
///
/// Returns the mean of the envelope at the eleven recalls 0/10, 1/10, …, 10/10, and 0 for
/// each that is never reached. A recall of exactly n/10 reaches its level; with whole
/// numbers there is no rounding: k of T is at least n tenths if 10 k ≥ n T.
/// Example: the ten boxes and five things of the page: (5 + 2 · 3/4 + 2 · 4/7) / 11.
pub fn eleven_points(hits: &[bool], things: usize) -> f32 {
    todo!(
        "ex7.4 step 1: the best precision at each level or beyond; \
         read \"How good is it?\"; hint: cargo run -- exercises hint 7.4"
    )
}

/// 7.4, step 2 (medium): the same from 2010 on: the exact area below the envelope, whose
/// steps are as wide as recall grows with each right detection.
/// Example: the ten boxes of the page: 2/5 + 1/5 · 3/4 + 1/5 · 4/7.
pub fn area_below(hits: &[bool], things: usize) -> f32 {
    todo!(
        "ex7.4 step 2: at each right one, how wide is the step and how high? \
         read \"How good is it?\"; hint: cargo run -- exercises hint 7.4"
    )
}

/// 7.5, step 1 (easy): a box on a picture, `height` pixels high, that is mirrored top for
/// bottom. Edges lie between pixels.
/// Example: on a picture of 100 rows a box from row 10 to row 30 comes to 70 to 90.
pub fn upside_down(bbox: BBox, height: f32) -> BBox {
    todo!(
        "ex7.5 step 1: where does each edge go, and which is then the top? \
         read \"Scenes\"; hint: cargo run -- exercises hint 7.5"
    )
}

/// 7.5, step 2 (easy): objects after the picture has moved, cut to it or dropped.
///
/// - `size`: width and height of the picture; `least`: the share of a box's area, 0 to 1,
///   that must lie on the picture, at least so much.
///
/// Returns the objects that stay, in their order, each box cut at the picture's edges. A
/// box with no area on the picture is dropped, even if `least` is 0.
/// Example: width 100, `least` ¼: a box from column −20 to 20 stays, from 0 to 20; one from
/// −60 to 10 is dropped.
pub fn kept(objects: &[Object], size: [f32; 2], least: f32) -> Vec<Object> {
    todo!(
        "ex7.5 step 2: which area divided by which? \
         read \"Scenes\"; hint: cargo run -- exercises hint 7.5"
    )
}

/// 7.6, step 1 (medium): YOLOv1's responsible box.
///
/// - `said`: the boxes of one cell, each x, y, width, height, confidence: x and y from the
///   cell's corner in *cells*, width and height in parts of the *picture*;
/// - `truth`: its object, x, y, width, height, in the same units;
/// - `cells`: how many there are along a side of the picture.
///
/// Returns the place of the box with the highest IoU, the first of equal ones, and that IoU.
/// You may use your 7.1.
/// Example: the two boxes of the page: place 1, and 16/64.
pub fn responsible(said: &[[f32; 5]], truth: [f32; 4], cells: usize) -> (usize, f32) {
    todo!(
        "ex7.6 step 1: one unit for all four numbers first; \
         read \"You only look once\"; hint: cargo run -- exercises hint 7.6"
    )
}

/// 7.6, step 2 (medium): the five terms of YOLOv1's loss for one cell, before λ.
///
/// - `said`: `[A, 5]`, as in step 1; widths and heights are above 0; `chances`: `[K]`;
/// - `wanted`: `[5 + K]`, the cell's target: x, y, width, height, 1 if an object is here,
///   and the classes; all 0 in an empty cell;
/// - `mask`: `[A]`, 1 for the responsible box, none in an empty cell;
/// - `iou`: `[A]`, the IoU of that box with the object, 0 elsewhere.
///
/// Returns place, size, confidence of the responsible box, confidence of all others, class,
/// each of shape `[]`, made of operations that know their gradient.
/// Example: in the first cell of the page, 0.04, 0.16, 0.0625, 0.04 and 0.18.
pub fn cell_terms(
    said: &Tensor,
    chances: &Tensor,
    wanted: &Tensor,
    mask: &Tensor,
    iou: &Tensor,
) -> [Tensor; 5] {
    todo!(
        "ex7.6 step 2: who takes part in which sum? \
         read \"You only look once\"; hint: cargo run -- exercises hint 7.6"
    )
}

/// 7.7 (medium): one round of k-means under 1 − IoU, with plain means.
///
/// - `shapes`: widths and heights, all above 0; `anchors`: as they are before the round.
///
/// Returns the anchors after it, in their order: each moves to the *mean* width and height
/// of the shapes to which it was the nearest, the first of equally near ones. An anchor
/// that is nearest to none stays.
/// Example: shapes 4 × 4, 16 × 16, 20 × 20 and anchors 4 × 4, 16 × 16: 4 × 4, 18 × 18.
pub fn round(shapes: &[[f32; 2]], anchors: &[[f32; 2]]) -> Vec<[f32; 2]> {
    todo!(
        "ex7.7: all shapes choose first, then all anchors move; \
         read \"Boxes to start from\"; hint: cargo run -- exercises hint 7.7"
    )
}

/// 7.8, step 1 (medium): SSD's offsets of a box from a default box, four numbers: how far
/// its centre lies to the right and below, divided by a *tenth* of the default's width and
/// height; and the logarithms of how many times as wide and high it is, divided by a
/// *fifth*.
/// Example: from a default box of centre 50, 50, 20 wide and 40 high, to one of centre 54,
/// 50, 20 wide and 80 high: 2, 0, 0, 5 ln 2. The lesson's `encode` is not to be used.
pub fn offsets(bbox: BBox, default: BBox) -> [f32; 4] {
    todo!(
        "ex7.8 step 1: measured in whose size? \
         read \"Boxes to start from\"; hint: cargo run -- exercises hint 7.8"
    )
}

/// 7.8, step 2 (medium): the way back, for N boxes at once: `offsets` are `[N, 4]`, as in
/// step 1, `defaults` `[N, 4]`, left, top, right, bottom. Returns `[N, 4]`, edges as well,
/// made of operations that know their gradient.
pub fn boxes_at(offsets: &Tensor, defaults: &Tensor) -> Tensor {
    todo!(
        "ex7.8 step 2: centre and size of the default box first; \
         read \"Boxes to start from\"; hint: cargo run -- exercises hint 7.8"
    )
}

/// 7.9 (medium): which anchor of which cell answers for each object of a picture.
///
/// - `objects`: in pixels, on the picture; `anchors`: widths and heights in pixels;
/// - `stride`: pixels a cell; `cells`: columns and rows of the grid.
///
/// Returns for each object, in their order, a place of picture 0:
///
/// - its cell, as column and row, is that of the object's centre; a centre on the
///   picture's right or bottom edge belongs to the last cell;
/// - its anchor is the most similar one, by the IoU of shapes, of those which no earlier
///   object has taken in this cell (no two are equally similar);
/// - `None` if all are taken.
///
/// Example: stride 8, anchors 8 × 8 and 32 × 32, two objects of 10 × 10 with the centre 12,
/// 20: cell 1, 2 for both, the first with anchor 0 and the second with anchor 1.
pub fn answering(
    objects: &[BBox],
    anchors: &[[f32; 2]],
    stride: f32,
    cells: [usize; 2],
) -> Vec<Option<Place>> {
    todo!(
        "ex7.9: which cell, which anchors are free, and which of those is alike? \
         read \"The net\"; hint: cargo run -- exercises hint 7.9"
    )
}

/// 7.10 (medium): the detector's loss for whether something is there.
///
/// - `logits`: `[R]`, of all boxes, as large as ±100: value and slope are to be finite (the
///   core's `binary_cross_entropy` takes logits and returns the mean, and may be used);
/// - `answering`: the rows that answer for an object;
/// - `overlaps`: for each row, the IoU of its box with the object that it overlaps most.
///
/// Returns the sum of the binary cross-entropies, divided by the number of rows that answer,
/// or by 1 if none do; shape `[]`, from operations that know their gradient. Rows that
/// answer should say 1, all others 0. Left out are those that do *not* answer and overlap
/// an object by more than 0.6. Some row is always left.
/// Example: four logits of 0, of which row 1 answers, overlaps 0.7, 0.9, 0.1, 0: 3 ln 2.
pub fn objectness(logits: &Tensor, answering: &[usize], overlaps: &[f32]) -> Tensor {
    todo!(
        "ex7.10: who is heeded, what should they say, divided by what? \
         read \"The net\"; hint: cargo run -- exercises hint 7.10"
    )
}

/// 7.11, step 1 (easy): a line of a YOLO label file: class, centre x, centre y, width,
/// height as shares of the picture, whose width and height in pixels are `size`; six digits
/// after the point, one space between.
/// Example: the cup of the page is `0 0.531250 0.406250 0.625000 0.750000`.
pub fn line_of(object: Object, size: [usize; 2]) -> String {
    todo!(
        "ex7.11 step 1: which of the five are divided by which side? \
         read \"Your own pictures\"; hint: cargo run -- exercises hint 7.11"
    )
}

/// 7.11, step 2 (medium): such a line, read with suspicion. `None` unless it has exactly
/// five words, the first a whole number of 0 or more, the others numbers from 0 to 1. A
/// width of 0, or a box that reaches over an edge, is found out later. The box is in pixels.
/// Example: the last line of the page's file, `2 84 99 64 54`, is `None`.
pub fn object_of(line: &str, size: [usize; 2]) -> Option<Object> {
    todo!(
        "ex7.11 step 2: each word can be wrong; \
         read \"Your own pictures\"; hint: cargo run -- exercises hint 7.11"
    )
}

/// 7.12, step 1 (easy): the weights of a convolution and those of a separable one in its
/// place, without biases; `channels` in and out, a square window of `kernel` rows.
/// Example: from 256 channels to 512 with a window of 3: 1,179,648 and 133,376.
pub fn weights(channels: [usize; 2], kernel: usize) -> [usize; 2] {
    todo!(
        "ex7.12 step 1: a window a channel, then one pixel of all channels; \
         read \"A published detector\"; hint: cargo run -- exercises hint 7.12"
    )
}

/// 7.12, step 2 (medium): the kernels `[O, C, KH, KW]` with which one convolution does what
/// the two parts of a separable one do.
///
/// - `depthwise`: `[C, 1, KH, KW]`; `pointwise`: `[O, C, 1, 1]`.
///
/// Example: one channel, windows (1, 2), mixed with the weights 3 and −1: kernels (3, 6)
/// and (−1, −2).
pub fn as_one(depthwise: &Tensor, pointwise: &Tensor) -> Tensor {
    todo!(
        "ex7.12 step 2: with which number is each channel's window mixed in? \
         read \"A published detector\"; hint: cargo run -- exercises hint 7.12"
    )
}
