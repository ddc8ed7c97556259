//! Small digits pasted on photos: pictures of which one knows where to look (page *Looking
//! inside*). They are made, not taken: no camera saw them.
//!
//! Dimension key: B batch; a digit has 28 × 28 pixels and is pasted with 14 × 14.

use nn::data::Labelled;
use tensor::pictures::Pool;
use tensor::{Rng, Tensor};

use crate::digits::SIDE;
use crate::photo::{grey, smaller};

/// Pixels along a side of a pasted digit.
pub const SMALL: usize = SIDE / 2;

/// How bright the photo is, so that ink stays the brightest. Chosen by us.
const DIMMED: f32 = 0.5;

/// A photo of the course, grey, two pixels in one: `[128, 128]`.
///
/// # Errors
/// If the file is missing or damaged.
pub fn background(name: &str) -> anyhow::Result<Tensor> {
    Ok(smaller(&grey(&pictures::photo(name)?), 2))
}

/// Each digit, `[B, 1, 28, 28]`, at half its size on a crop of a photo of its own, and the
/// corner at which it stands.
pub fn pasted(
    digits: &Labelled,
    photos: &[Tensor],
    rng: &mut Rng,
) -> (Labelled, Vec<[usize; 2]>) {
    let small = digits.x.avg_pool2d(Pool::new(2)).to_vec(); // [B, 1, 14, 14]
    let mut pixels = Vec::with_capacity(digits.len() * SIDE * SIDE);
    let mut corners = Vec::with_capacity(digits.len());
    for digit in small.chunks(SMALL * SMALL) {
        let photo = &photos[rng.below(photos.len())];
        let [h, w] = photo.dims();
        let [row, column] = [h, w].map(|n| rng.below(n - SIDE + 1));
        let crop = photo
            .slice(0, row..row + SIDE)
            .slice(1, column..column + SIDE);
        let mut picture = (DIMMED * crop).to_vec();
        let [top, left] = [(); 2].map(|()| rng.below(SIDE - SMALL + 1));
        for (i, row) in digit.chunks(SMALL).enumerate() {
            for (j, ink) in row.iter().enumerate() {
                let pixel = &mut picture[(top + i) * SIDE + left + j];
                *pixel = pixel.max(*ink);
            }
        }
        pixels.extend(picture);
        corners.push([top, left]);
    }
    let x = Tensor::from_vec(pixels, &[digits.len(), 1, SIDE, SIDE]);
    (Labelled::new(x, digits.classes.clone()), corners)
}
