//! Your own handwritten digit, made what MNIST's digits are.
//!
//! A network that was trained on MNIST has only ever seen digits that went through MNIST's own
//! preparation. A photo of a digit has to go through it too:
//!
//! 1. **grey**: colour is dropped, what is transparent is laid on white, and a photo of more
//!    than 1,024 pixels a side is made smaller.
//! 2. **ink**: 0 is paper and 255 is ink, whichever of the two was darker. Shadow, texture of
//!    the paper and specks are removed (the rules are in [`ink`]).
//! 3. **cropped** to the ink.
//! 4. **scaled** by area averaging, so that the longer side has 20 pixels.
//! 5. **centred** on 28×28 pixels, with the centre of mass in pixel (14, 14), counted from 0.
//!
//! Steps 3 to 5 are MNIST's own, as its page describes them: its black-and-white digits were made
//! to fit in a box of 20×20 pixels without changing their ratio, which gave them grey edges, and
//! were then moved so that the centre of mass lies in the centre of 28×28. In the files that
//! centre is pixel (14, 14): the centres of mass of the course's ten thousand lie within half
//! a pixel of it, and the longer side of each is 20.
//!
//! Sources: LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document
//! recognition (1998), section III.A; "The MNIST database", <http://yann.lecun.com/exdb/mnist/>.
//!
//! ```
//! use ndarray::Array3;
//! // A sheet of 90×60 pixels, paper 230, with a stroke of 8×40 pixels, ink 40: a one.
//! let sheet = Array3::from_shape_fn((60, 90, 3), |(y, x, _)| {
//!     if (10..50).contains(&y) && (70..78).contains(&x) { 40 } else { 230 }
//! });
//! let steps = pictures::digit::from_pixels(&sheet, "a one")?;
//! assert_eq!(steps.cropped.dim(), (40, 8));
//! assert_eq!(steps.scaled.dim(), (20, 4));
//! assert_eq!(steps.centred.dim(), (28, 28));
//! assert_eq!((steps.centred[[14, 14]], steps.centred[[14, 22]]), (255, 0));
//! # Ok::<(), pictures::DataError>(())
//! ```
//!
//! Dimension key: `H` height, `W` width.

use std::fs;
use std::path::Path;

use ndarray::{Array2, Array3};

use datasets::store::{read_up_to, shown};
use datasets::{At, DataError, Result};

pub mod fit;
pub mod ink;

mod load;

/// The most pixels of a picture of one digit: 16 megapixels. A phone's photo has 12.
pub const MAX_PIXELS: u64 = 16_000_000;
/// The most bytes that they may take once decoded: 3 a pixel.
pub const MAX_DECODED: u64 = 3 * MAX_PIXELS;
/// The largest file: 16 MiB.
pub const MAX_FILE: u64 = 16 << 20;

/// The longest side of [`Steps::grey`]. Chosen by us: 50 times what the digit ends as.
const WORKING_SIDE: usize = 1024;
/// The least pixels of a digit's longer side. Chosen by us: fewer are no shape.
const SMALLEST: usize = 8;

/// A digit on its way from a picture to what MNIST's digits are, each step a picture of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// As photographed, without colour: 0 black to 255 white, `[H, W]`, at most 1,024 a side.
    pub grey: Array2<u8>,
    /// 0 paper to 255 ink, `[H, W]`, as large as `grey`.
    pub ink: Array2<u8>,
    /// The part of `ink` that is not empty.
    pub cropped: Array2<u8>,
    /// `cropped` with its longer side made 20 pixels long.
    pub scaled: Array2<u8>,
    /// `[28, 28]`, its centre of mass in pixel (14, 14): ready for a network.
    pub centred: Array2<u8>,
    /// Whether the picture was light on dark.
    pub light_on_dark: bool,
}

/// Reads a PNG or JPEG of one digit.
///
/// A file can be small and claim to be a huge picture, so the header is looked at before
/// anything is decoded; all of this needs less than 100 MB, whatever the file claims.
///
/// # Errors
/// [`DataError::Missing`]; [`DataError::Format`] if the file is no PNG or JPEG, is damaged or cut
/// off, has more than 16 MiB or 16 megapixels; and as [`from_pixels`].
pub fn read(path: &Path) -> Result<Steps> {
    let file = shown(path);
    let size = fs::metadata(path).map_or(0, |about| about.len());
    if size > MAX_FILE {
        let expected = "a file of at most 16 MiB; crop the picture to the digit and save it anew";
        let got = format!("{} MiB", size >> 20);
        return Err(fault(&file, expected, &got));
    }
    let missing = || DataError::Missing {
        file: file.clone(),
        remedy: "check the path".to_owned(),
    };
    let bytes = read_up_to(path, MAX_FILE)?.ok_or_else(missing)?;
    from_bytes(&bytes, &file)
}

/// Decodes a PNG or JPEG of one digit from memory. `file` is what errors call it. See [`read`].
///
/// # Errors
/// As [`read`], without `Missing`.
pub fn from_bytes(bytes: &[u8], file: &str) -> Result<Steps> {
    from_grey(load::grey(bytes, file)?, file)
}

/// Takes a picture that is decoded already, `[H, W, 3]`. `file` is what errors call it.
///
/// # Errors
/// [`DataError::Format`] if the picture is blank, or if it or the digit on it has less than
/// 8 pixels on the longer side.
pub fn from_pixels(picture: &Array3<u8>, file: &str) -> Result<Steps> {
    from_grey(load::without_colour(picture), file)
}

/// From grey, `[H, W]` of any size, to the end.
fn from_grey(grey: Array2<u8>, file: &str) -> Result<Steps> {
    let (h, w) = grey.dim();
    if h.min(w) < SMALLEST {
        let expected = format!("a picture of at least {SMALLEST}×{SMALLEST} pixels");
        return Err(fault(file, &expected, &format!("{w}×{h}")));
    }
    let grey = fit::within(grey, WORKING_SIDE);
    let light_on_dark = ink::is_light_on_dark(&grey);
    let Some(ink) = ink::ink(&grey, light_on_dark) else {
        let expected = "a digit that differs clearly from its paper; take the photo in more light";
        return Err(fault(file, expected, "a blank picture, without ink"));
    };
    let cropped = fit::crop(&ink);
    let (h, w) = cropped.dim();
    if h.max(w) < SMALLEST {
        let expected = format!("a digit at least {SMALLEST} pixels high; crop closer to it");
        return Err(fault(
            file,
            &expected,
            &format!("ink on {w}×{h} pixels of a larger picture"),
        ));
    }
    let scaled = fit::scale(&cropped);
    let centred = fit::centre(&scaled);
    Ok(Steps {
        grey,
        ink,
        cropped,
        scaled,
        centred,
        light_on_dark,
    })
}

/// What is wrong with a picture of a digit.
fn fault(file: &str, expected: &str, got: &str) -> DataError {
    DataError::format(
        file,
        At::Entry("picture of a digit".to_owned()),
        expected,
        got,
    )
}
