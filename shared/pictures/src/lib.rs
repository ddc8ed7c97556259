//! Pictures from files: your own photo, or a folder with one sub-folder a class.
//!
//! ```text
//! pets/cat/0001.jpg   pets/cat/0002.jpg   pets/dog/0001.jpg
//! ```
//!
//! is two classes, `cat` and `dog`, of three pictures together. Classes and files are taken
//! in alphabetical order, so the same folder always gives the same set.
//!
//! This is a crate of its own because the decoders of PNG and JPEG take longer to build than
//! all other loaders together, and the first lessons do not need them.
//!
//! Dimension key: `N` pictures, `H` height, `W` width; 3 is red, green, blue.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageDecoder, ImageReader, ImageResult, Limits};
use ndarray::{Array2, Array3, Array4};

use datasets::store::{read, shown};
use datasets::{At, DataError, Images, Result};

/// The longest side that is decoded. Chosen by us: a phone's photo has 4,000 to 9,000.
const MAX_SIDE: u32 = 16_384;
/// The most memory for one picture: 512 MiB. A tiny file can claim to be a huge picture.
const MAX_PICTURE: u64 = 512 << 20;
/// The most memory for a set: 2 GiB. CIFAR-10 has 184 MB.
const MAX_SET: usize = 2 << 30;

/// The last bytes of a PNG file: an empty chunk `IEND` and its check sum.
const PNG_END: [u8; 12] = *b"\0\0\0\0IEND\xae\x42\x60\x82";
/// The last bytes of a JPEG file.
const JPEG_END: [u8; 2] = [0xff, 0xd9];

/// A labelled set of colour pictures of one size.
#[derive(Debug, Clone, PartialEq)]
pub struct Pictures {
    /// What the set is called: the folder's name.
    pub name: String,
    /// Red, green, blue from 0 to 255, `[N, H, W, 3]`.
    pub pixels: Array4<u8>,
    /// The class of each picture, an index into `classes`; `[N]`.
    pub labels: Vec<usize>,
    /// The sub-folders' names.
    pub classes: Vec<String>,
    /// Where each picture came from; `[N]`.
    pub files: Vec<PathBuf>,
}

impl Pictures {
    /// The number of pictures, N.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are no pictures.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The pictures without their colour: luma = 0.299 R + 0.587 G + 0.114 B, rounded.
    ///
    /// Source: ITU-R BT.601, section 2.5.1.
    ///
    /// # Panics
    /// If there are more than 256 classes, more than [`Images`] can hold.
    #[track_caller]
    pub fn to_grey(&self) -> Images {
        let classes = self.classes.len();
        assert!(
            classes <= 256,
            "to_grey: expected at most 256 classes, got {classes}"
        );
        let (n, h, w, _) = self.pixels.dim();
        let pixels = Array3::from_shape_fn((n, h, w), |(i, y, x)| {
            let channel = |c| f32::from(self.pixels[[i, y, x, c]]);
            // At most 255 exactly: the weights add up to 1.
            (0.299 * channel(0) + 0.587 * channel(1) + 0.114 * channel(2)).round() as u8
        }); // [N, H, W, 3] -> [N, H, W]
        Images {
            name: self.name.clone(),
            pixels,
            max: 255,
            labels: self.labels.iter().map(|&label| label as u8).collect(),
            classes: self.classes.clone(),
        }
    }

    /// Each picture as one row of numbers between 0 and 1, `[N, H·W·3]`.
    pub fn to_f32(&self) -> Array2<f32> {
        let (n, h, w, c) = self.pixels.dim();
        let scaled = self.pixels.mapv(|pixel| f32::from(pixel) / 255.0);
        scaled
            .into_shape_with_order((n, h * w * c)) // [N, H, W, 3] -> [N, H·W·3]
            .expect("the shapes have the same number of values")
    }
}

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
        Ok(Some(decoded)) => Ok(on_white(&decoded)),
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
fn whole(bytes: &[u8], file: &str) -> Result<()> {
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
fn on_white(decoded: &DynamicImage) -> Array3<u8> {
    let rgba = decoded.to_rgba8();
    let (w, h) = (rgba.width() as usize, rgba.height() as usize);
    let raw = rgba.as_raw(); // H·W·4
    Array3::from_shape_fn((h, w, 3), |(y, x, c)| {
        let at = 4 * (y * w + x);
        let (colour, alpha) = (u32::from(raw[at + c]), u32::from(raw[at + 3]));
        // A weighted mean of colour and white, rounded to the nearest: at most 255.
        ((colour * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    })
}

/// Reads a folder of pictures, one sub-folder a class; all pictures must have one size.
/// Files whose name begins with a dot are left out.
///
/// # Errors
/// As [`picture`] for each file; and [`DataError::Format`] if there are no classes, a class
/// has no pictures, something else lies in between, or a picture has another size.
pub fn image_folder(dir: &Path) -> Result<Pictures> {
    let file = shown(dir);
    let classes = entries(dir)?;
    let mut loaded: Vec<(Array3<u8>, usize, PathBuf)> = Vec::new();
    let mut bytes = 0;
    for (label, class) in classes.iter().enumerate() {
        let paths = entries(class)?;
        if paths.is_empty() {
            return Err(entry_fault(
                class,
                "pictures of the class",
                "an empty folder",
            ));
        }
        for path in paths {
            let pixels = picture(&path)?; // [H, W, 3]
            let size = |pixels: &Array3<u8>| format!("{}×{}", pixels.dim().1, pixels.dim().0);
            if let Some((first, _, _)) = loaded.first().filter(|(f, _, _)| f.dim() != pixels.dim())
            {
                let expected = format!("{} pixels like the first picture", size(first));
                return Err(entry_fault(&path, &expected, &size(&pixels)));
            }
            bytes += pixels.len();
            if bytes > MAX_SET {
                return Err(entry_fault(dir, "at most 2 GiB of pixels", "more"));
            }
            loaded.push((pixels, label, path));
        }
    }
    let Some((first, _, _)) = loaded.first() else {
        return Err(entry_fault(dir, "a sub-folder for each class", "none"));
    };
    let (h, w, c) = first.dim();
    let flat: Vec<u8> = loaded
        .iter()
        .flat_map(|(pixels, _, _)| pixels.iter().copied())
        .collect();
    let pixels = Array4::from_shape_vec((loaded.len(), h, w, c), flat)
        .expect("every picture has the first one's size"); // [N, H, W, 3]
    Ok(Pictures {
        name: dir
            .file_name()
            .map_or(file, |name| name.to_string_lossy().into_owned()),
        pixels,
        labels: loaded.iter().map(|(_, label, _)| *label).collect(),
        classes: classes.iter().map(|class| stem(class)).collect(),
        files: loaded.into_iter().map(|(_, _, path)| path).collect(),
    })
}

/// What lies in a folder, in alphabetical order, without hidden files.
fn entries(dir: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |fault: std::io::Error| DataError::Unreadable {
        file: shown(dir),
        reason: fault.to_string(),
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if !stem(&path).starts_with('.') {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn entry_fault(path: &Path, expected: &str, got: &str) -> DataError {
    DataError::format(&shown(path), At::Entry("folder".to_owned()), expected, got)
}
