//! One picture from one file.

use std::io::Cursor;
use std::path::Path;

use image::{DynamicImage, ImageDecoder, ImageReader, ImageResult, Limits};
use ndarray::Array3;

use datasets::store::{read, shown};
use datasets::{At, DataError, Result};

/// The longest side that is decoded. Chosen by us: a phone's photo has 4,000 to 9,000.
const MAX_SIDE: u32 = 16_384;
/// The most memory for one picture: 512 MiB. A tiny file can claim to be a huge picture.
const MAX_PICTURE: u64 = 512 << 20;

/// The last bytes of a PNG file: an empty chunk `IEND` and its check sum.
const PNG_END: [u8; 12] = *b"\0\0\0\0IEND\xae\x42\x60\x82";
/// The last bytes of a JPEG file.
const JPEG_END: [u8; 2] = [0xff, 0xd9];

/// Reads one PNG or JPEG file: `[H, W, 3]`, red, green, blue from 0 to 255. What is
/// transparent is shown on white; a photo taken sideways is turned the right way up.
///
/// # Errors
/// [`DataError::Missing`], or [`DataError::Format`] if the file is neither, is damaged, cut
/// off, followed by other bytes, or larger than 16,384 pixels a side.
pub fn picture(path: &Path) -> Result<Array3<u8>> {
    let file = shown(path);
    let remedy = "check the path".to_owned();
    let bytes = read(path)?.ok_or(DataError::Missing {
        file: file.clone(),
        remedy,
    })?;
    decode(&bytes, &file)
}

/// Decodes PNG or JPEG from memory; `file` is what errors call it. See [`picture`].
///
/// # Errors
/// As [`picture`], without `Missing`.
pub fn decode(bytes: &[u8], file: &str) -> Result<Array3<u8>> {
    whole(bytes, file)?;
    let wrong = |fault: &dyn std::fmt::Display| {
        let expected = "a sound picture of at most 16384×16384 pixels";
        let got = fault.to_string().replace('\n', " ");
        DataError::format(file, At::Entry("picture".to_owned()), expected, got)
    };
    match decode_turned(bytes) {
        Ok(Some(decoded)) => Ok(on_white(decoded)),
        Ok(None) => Err(wrong(&"a larger one")),
        Err(fault) => Err(wrong(&fault)),
    }
}

/// Decodes within the limits and turns the picture the way up that a camera noted in it.
fn decode_turned(bytes: &[u8]) -> ImageResult<Option<DynamicImage>> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_PICTURE);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    if decoder.total_bytes() > MAX_PICTURE {
        return Ok(None);
    }
    let orientation = decoder.orientation()?;
    let mut decoded = DynamicImage::from_decoder(decoder)?;
    decoded.apply_orientation(orientation);
    Ok(Some(decoded))
}

/// Checks that the file ends where its format ends: decoders fill in what was cut off.
pub(crate) fn whole(bytes: &[u8], file: &str) -> Result<()> {
    let start = bytes.get(..8).unwrap_or(bytes);
    let ends_well = match start {
        [0x89, b'P', b'N', b'G', ..] => bytes.ends_with(&PNG_END),
        [0xff, 0xd8, ..] => bytes.ends_with(&JPEG_END),
        _ => {
            let expected = "a PNG or JPEG picture";
            return Err(DataError::format(
                file,
                At::Byte(0),
                expected,
                "another format",
            ));
        }
    };
    if ends_well {
        return Ok(());
    }
    let at = At::Byte(bytes.len() as u64);
    let expected = "the picture's end mark as last bytes";
    let got = "none: it was cut off, or something follows it; save it anew";
    Err(DataError::format(file, at, expected, got))
}

/// Lays the picture over white where it is transparent: `[H, W, 3]`.
fn on_white(decoded: DynamicImage) -> Array3<u8> {
    if !decoded.color().has_alpha() {
        let rgb = decoded.into_rgb8();
        let size = (rgb.height() as usize, rgb.width() as usize, 3);
        return Array3::from_shape_vec(size, rgb.into_raw()).expect("three bytes a pixel");
    }
    let rgba = decoded.into_rgba8();
    let (w, h) = (rgba.width() as usize, rgba.height() as usize);
    let raw = rgba.as_raw(); // H·W·4
    Array3::from_shape_fn((h, w, 3), |(y, x, c)| {
        let at = 4 * (y * w + x);
        let (colour, alpha) = (u32::from(raw[at + c]), u32::from(raw[at + 3]));
        // A weighted mean of colour and white, rounded to the nearest: at most 255.
        ((colour * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    })
}
