//! Boxes and words painted on a picture, and a PNG of it.
//!
//! The book's figures show boxes as drawn lines; your own photo comes back as a
//! picture, so that any viewer shows it.

pub mod font;

use std::ops::Range;
use std::path::Path;

use anyhow::Context;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use ndarray::{Array3, s};
use plots::Class;

use crate::boxes::{BBox, Detection};

/// Red, green and blue, 0 to 255.
pub type Colour = [u8; 3];

const BLACK: Colour = [0; 3];
const WHITE: Colour = [255; 3];

/// A picture of this many pixels along its longer side gets lines and letters of one
/// more pixel. Chosen by us: a screen shows a picture about three such parts wide and
/// larger.
const UNIT: usize = 250;

/// A copy of the picture `[H, W, 3]` with a frame and a label for each detection, the
/// class's name and the score; the least sure first, so that the surest lies on top.
///
/// # Panics
/// If a detection's class has no name.
#[track_caller]
pub fn painted(
    picture: &Array3<u8>,
    found: &[Detection],
    classes: &[impl AsRef<str>],
) -> Array3<u8> {
    let mut copy = picture.clone();
    let mut rising: Vec<&Detection> = found.iter().collect();
    rising.sort_by(|a, b| a.score.total_cmp(&b.score));
    let unit = unit(picture);
    for each in &rising {
        frame(&mut copy, each.bbox, colour(each.class), unit);
    }
    for each in &rising {
        let name = classes[each.class].as_ref();
        let words = format!("{name} {:.0} %", 100.0 * each.score);
        label(&mut copy, each.bbox, &words, colour(each.class), unit);
    }
    copy
}

/// The thickness of a line, and the pixels of the screen that a letter's pixel takes.
pub fn unit(picture: &Array3<u8>) -> usize {
    let (h, w, _) = picture.dim();
    (h.max(w) + UNIT / 2).div_euclid(UNIT).max(1)
}

/// The colour of a class, the book's own in light mode.
pub fn colour(class: usize) -> Colour {
    let [_, red, green, blue] = Class(class).role().light().to_be_bytes();
    [red, green, blue]
}

/// Black or white, whichever has the larger contrast to the colour.
///
/// Source: WCAG 2.2, "relative luminance" and "contrast ratio".
pub fn readable_on(colour: Colour) -> Colour {
    let linear = |byte: u8| match f32::from(byte) / 255.0 {
        dark if dark <= 0.04045 => dark / 12.92,
        light => ((light + 0.055) / 1.055).powf(2.4),
    };
    let [red, green, blue] = colour.map(linear);
    let luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let [to_black, to_white] = [(luminance + 0.05) / 0.05, 1.05 / (luminance + 0.05)];
    if to_black > to_white { BLACK } else { WHITE }
}

/// A frame, `thick` pixels inside the box's edges. What lies outside the picture is
/// left out.
pub fn frame(picture: &mut Array3<u8>, bbox: BBox, colour: Colour, thick: usize) {
    let thick = thick as f32;
    let BBox { x0, y0, x1, y1 } = bbox;
    for side in [
        BBox::new(x0, y0, x1, y0 + thick),
        BBox::new(x0, y1 - thick, x1, y1),
        BBox::new(x0, y0, x0 + thick, y1),
        BBox::new(x1 - thick, y0, x1, y1),
    ] {
        // A box thinner than its lines is all line.
        fill(picture, side.intersection(bbox), colour);
    }
}

/// Words on a ground of the class's colour: on the box's top edge, or below it where
/// there is no room above; moved to the left where the words would leave the picture.
pub fn label(
    picture: &mut Array3<u8>,
    bbox: BBox,
    words: &str,
    ground: Colour,
    scale: usize,
) {
    let (_, width, _) = picture.dim();
    let [wide, high] = size(words, scale);
    let air = scale as f32; // between the words and the ground's edges
    let [w, h] = [wide as f32 + 2.0 * air, high as f32 + 2.0 * air];
    let x = bbox.x0.round().min(width as f32 - w).max(0.0);
    let above = bbox.y0.round() - h;
    let y = if above >= 0.0 {
        above
    } else {
        bbox.y0.round().max(0.0)
    };
    fill(picture, BBox::new(x, y, x + w, y + h), ground);
    let corner = [(x + air) as usize, (y + air) as usize];
    write(picture, words, corner, scale, readable_on(ground));
}

/// Columns and rows that words take, at `scale` pixels for each of a letter's.
pub fn size(words: &str, scale: usize) -> [usize; 2] {
    let letters = words.chars().count();
    let columns = (letters * (font::WIDTH + 1)).saturating_sub(1);
    [columns * scale, font::HEIGHT * scale]
}

/// Words with their upper left corner at column x and row y. What lies outside the
/// picture is left out.
pub fn write(
    picture: &mut Array3<u8>,
    words: &str,
    [x, y]: [usize; 2],
    scale: usize,
    ink: Colour,
) {
    for (n, letter) in words.chars().enumerate() {
        for row in 0..font::HEIGHT {
            let inked = |column: &usize| font::ink(letter, row, *column);
            for column in (0..font::WIDTH).filter(inked) {
                let left = x + (n * (font::WIDTH + 1) + column) * scale;
                let top = y + row * scale;
                block(picture, left..left + scale, top..top + scale, ink);
            }
        }
    }
}

/// Paints a box, its edges at the nearest pixels.
fn fill(picture: &mut Array3<u8>, bbox: BBox, colour: Colour) {
    // Casting a number below 0 gives 0: the picture's edge.
    let range = |from: f32, to: f32| from.round() as usize..to.round() as usize;
    let columns = range(bbox.x0, bbox.x1);
    block(picture, columns, range(bbox.y0, bbox.y1), colour);
}

/// Paints the pixels of these columns and rows that the picture has.
fn block(
    picture: &mut Array3<u8>,
    columns: Range<usize>,
    rows: Range<usize>,
    colour: Colour,
) {
    let (h, w, _) = picture.dim();
    let within = |range: Range<usize>, length: usize| {
        let end = range.end.min(length);
        range.start.min(end)..end
    };
    let (rows, columns) = (within(rows, h), within(columns, w));
    for (channel, value) in colour.into_iter().enumerate() {
        picture
            .slice_mut(s![rows.clone(), columns.clone(), channel])
            .fill(value);
    }
}

/// Writes the picture `[H, W, 3]` as a PNG, whole or not at all.
///
/// # Errors
/// What the system says, with the file's name.
pub fn write_png(file: &Path, picture: &Array3<u8>) -> anyhow::Result<()> {
    let writing = || format!("writing {}", file.display());
    let (h, w, _) = picture.dim();
    let pixels: Vec<u8> = picture.iter().copied().collect(); // row by row
    let mut bytes = Vec::new();
    // A photo of a phone has ten million pixels: fast matters more than small.
    PngEncoder::new_with_quality(
        &mut bytes,
        CompressionType::Fast,
        FilterType::Adaptive,
    )
    .write_image(&pixels, w as u32, h as u32, ExtendedColorType::Rgb8)
    .with_context(writing)?;
    lesson::write_whole(file, &bytes).with_context(writing)
}
