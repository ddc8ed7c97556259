//! From a file's bytes to grey, in little memory: the decoded picture, then one byte a pixel.

use std::io::Cursor;

use image::{DynamicImage, GenericImageView, GrayImage, ImageDecoder, ImageReader, Limits};
use ndarray::{Array2, Array3};

use datasets::Result;

use super::{MAX_DECODED, MAX_PIXELS, fault};
use crate::decode::whole;

/// The most memory that a decoder may take besides the pixels: 16 MiB. A colour profile is
/// packed, and could unpack to much more.
const MAX_BESIDES: u64 = 16 << 20;
/// The most pixels of a progressive JPEG, which takes more memory while it is decoded.
const MAX_PROGRESSIVE: u64 = 6_000_000;
/// What to do about a picture that is too large.
const REMEDY: &str = "crop it to the digit or make it smaller, 1000×1000 pixels are plenty";

/// Decodes PNG or JPEG and drops the colour, `[H, W]`: 0 black to 255 white.
pub(super) fn grey(bytes: &[u8], file: &str) -> Result<Array2<u8>> {
    whole(bytes, file)?;
    let damaged = |wrong: image::ImageError| {
        fault(
            file,
            "a sound PNG or JPEG",
            &wrong.to_string().replace('\n', " "),
        )
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_BESIDES);
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|wrong| damaged(wrong.into()))?;
    reader.limits(limits);
    // Until here only the header has been read.
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    if let Some((expected, got)) = too_large(&decoder, in_one_pass(bytes)) {
        return Err(fault(file, &format!("{expected}; {REMEDY}"), &got));
    }
    let orientation = decoder.orientation().map_err(damaged)?;
    let decoded = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    let mut grey = DynamicImage::ImageLuma8(on_white(decoded));
    grey.apply_orientation(orientation);
    let grey = grey.into_luma8();
    let size = (grey.height() as usize, grey.width() as usize);
    Ok(Array2::from_shape_vec(size, grey.into_raw()).expect("one byte a pixel"))
}

/// What is allowed and what the header says instead, if that is too much.
fn too_large(decoder: &impl ImageDecoder, in_one_pass: bool) -> Option<(&'static str, String)> {
    let (w, h) = decoder.dimensions();
    let pixels = u64::from(w) * u64::from(h);
    if pixels > MAX_PIXELS {
        let got = format!("{w}×{h}, {} megapixels", pixels / 1_000_000);
        return Some(("at most 16 megapixels", got));
    }
    if !in_one_pass && pixels > MAX_PROGRESSIVE {
        let got = format!("{w}×{h}, {} megapixels", pixels / 1_000_000);
        return Some(("at most 6 megapixels of a progressive JPEG", got));
    }
    let bytes = decoder.total_bytes();
    if bytes > MAX_DECODED {
        let got = format!("{w}×{h} with {} bytes a pixel", bytes / pixels);
        return Some(("at most 48 MB of pixels", got));
    }
    None
}

/// Whether the decoder can finish one row of blocks after the other, as it does with PNG. For a
/// progressive JPEG, which tells everything roughly first, it has to keep two bytes more for each
/// value until the end. A JPEG whose segments do not say otherwise is taken for one.
///
/// Source: ITU-T T.81, table B.1: a file is a chain of `ff`, marker, length, content.
fn in_one_pass(bytes: &[u8]) -> bool {
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return true; // PNG
    }
    let (mut at, mut baseline) = (2, false);
    while let Some(&[0xff, marker, high, low]) = bytes.get(at..at + 4) {
        match marker {
            0xc0 | 0xc1 => baseline = true,
            0xc2..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcf if marker != 0xcc => return false,
            0xda => return baseline, // pixels follow
            _ => {}
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
    false
}

/// The picture's luma, laid over white where it is transparent.
fn on_white(decoded: DynamicImage) -> GrayImage {
    let (w, h) = decoded.dimensions();
    GrayImage::from_fn(w, h, |x, y| {
        let [red, green, blue, alpha] = decoded.get_pixel(x, y).0.map(u32::from);
        let white = 1000 * 255 * (255 - alpha);
        let shown = thousand_lumas(red, green, blue) * alpha + white;
        image::Luma([((shown + 127_500) / 255_000) as u8]) // at most 255
    })
}

/// The luma of each pixel, `[H, W, 3] -> [H, W]`.
pub(super) fn without_colour(picture: &Array3<u8>) -> Array2<u8> {
    let (h, w, _) = picture.dim();
    Array2::from_shape_fn((h, w), |(y, x)| {
        let [red, green, blue] = [0, 1, 2].map(|c| u32::from(picture[[y, x, c]]));
        ((thousand_lumas(red, green, blue) + 500) / 1000) as u8 // at most 255
    })
}

/// 1,000 times 0.299 R + 0.587 G + 0.114 B. Source: ITU-R BT.601, section 2.5.1.
fn thousand_lumas(red: u32, green: u32, blue: u32) -> u32 {
    299 * red + 587 * green + 114 * blue
}
