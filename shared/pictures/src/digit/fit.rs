//! Cropping, scaling and centring, as MNIST's digits were.

use ndarray::{Array2, ArrayView2, Axis, s};

/// The longer side of a digit in MNIST.
const BOX: usize = 20;
/// The side of MNIST's pictures.
const FIELD: usize = 28;
/// The row and column that the centre of mass is moved to, counted from 0.
const CENTRE: f64 = 14.0;

/// The smallest part with all pixels that are not 0.
///
/// # Panics
/// If there are none.
pub fn crop(ink: &Array2<u8>) -> Array2<u8> {
    let inked = |lane: ArrayView2<'_, u8>| lane.iter().any(|&value| value > 0);
    let range = |axis: usize| {
        let full = |&i: &usize| inked(ink.slice_axis(Axis(axis), (i..i + 1).into()));
        let all = 0..ink.len_of(Axis(axis));
        let first = all
            .clone()
            .find(full)
            .expect("crop: expected ink, got an empty picture");
        let last = all.rev().find(full).unwrap_or(first);
        first..last + 1
    };
    ink.slice(s![range(0), range(1)]).to_owned()
}

/// Makes the longer side 20 pixels long and keeps the ratio, as nearly as whole pixels allow.
pub fn scale(cropped: &Array2<u8>) -> Array2<u8> {
    to_longer_side(cropped, BOX)
}

/// The picture itself, or a smaller one whose longer side has `side` pixels.
pub fn within(picture: Array2<u8>, side: usize) -> Array2<u8> {
    let (h, w) = picture.dim();
    if h.max(w) <= side {
        return picture;
    }
    to_longer_side(&picture, side)
}

fn to_longer_side(picture: &Array2<u8>, side: usize) -> Array2<u8> {
    let (h, w) = picture.dim();
    let longer = h.max(w);
    let scaled = |length: usize| ((length * side + longer / 2) / longer).max(1);
    area_average(picture, scaled(h), scaled(w))
}

/// Resizes to `[h, w]`: each new pixel is the mean of the old ones it covers, each with the
/// part of it that is covered as its weight.
pub fn area_average(picture: &Array2<u8>, h: usize, w: usize) -> Array2<u8> {
    let (old_h, old_w) = picture.dim();
    let across = shares(old_w, w);
    let down = shares(old_h, h);
    let mut narrow = Array2::<f32>::zeros((old_h, w)); // [H, w]
    for (to, from) in narrow.rows_mut().into_iter().zip(picture.rows()) {
        for (mean, part) in to.into_iter().zip(&across) {
            *mean = part
                .iter()
                .map(|&(i, share)| share * f32::from(from[i]))
                .sum();
        }
    }
    Array2::from_shape_fn((h, w), |(y, x)| {
        let mean: f32 = down[y]
            .iter()
            .map(|&(i, share)| share * narrow[[i, x]])
            .sum();
        mean.round() as u8 // the shares add up to 1: at most 255
    }) // [H, w] -> [h, w]
}

/// For each of `new` equal parts of a line of `old` pixels: the pixels in it and which share of
/// the part each of them fills.
fn shares(old: usize, new: usize) -> Vec<Vec<(usize, f32)>> {
    // Everything is counted in pieces of 1/new of an old pixel: whole numbers.
    let part = |place: usize| {
        let (low, high) = (place * old, (place + 1) * old);
        let share = |i: usize| {
            let covered = high.min((i + 1) * new) - low.max(i * new);
            (i, covered as f32 / old as f32)
        };
        (low / new..high.div_ceil(new)).map(share).collect()
    };
    (0..new).map(part).collect()
}

/// Lays the digit on an empty field of 28×28 so that its centre of mass comes nearest to pixel
/// (14, 14), but nowhere beyond the edge.
///
/// # Panics
/// If the digit is larger than the field, or empty.
pub fn centre(scaled: &Array2<u8>) -> Array2<u8> {
    let (h, w) = scaled.dim();
    let mass: f64 = scaled.iter().map(|&value| f64::from(value)).sum();
    assert!(
        h.max(w) <= FIELD && mass > 0.0,
        "centre: expected ink on at most 28×28, got {w}×{h}"
    );
    let mean = |place: fn((usize, usize)) -> usize| {
        let moments = scaled.indexed_iter();
        let moment: f64 = moments
            .map(|(at, &value)| place(at) as f64 * f64::from(value))
            .sum();
        moment / mass
    };
    let start =
        |mean: f64, size: usize| (CENTRE - mean).round().clamp(0.0, (FIELD - size) as f64) as usize;
    let (top, left) = (start(mean(|at| at.0), h), start(mean(|at| at.1), w));
    let mut field = Array2::zeros((FIELD, FIELD));
    field
        .slice_mut(s![top..top + h, left..left + w])
        .assign(scaled);
    field
}
