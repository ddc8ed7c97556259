//! A labelled set of pictures, and how one is put together from many files.

use std::path::PathBuf;

use ndarray::{Array2, Array3, Array4};
use rayon::prelude::*;

use datasets::store::shown;
use datasets::{At, DataError, Images, Result};

/// The most memory for a set: 2 GiB. CIFAR-10 has 184 MB.
const MAX_SET: usize = 2 << 30;

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

/// A file of a set that is not decoded yet.
pub(crate) struct Source<B> {
    /// What errors call it.
    pub(crate) path: PathBuf,
    /// Its class, an index.
    pub(crate) label: usize,
    /// Its bytes, or what they are read from.
    pub(crate) from: B,
}

/// Decodes all files, on all threads, into one set. All pictures must have the first one's size.
///
/// The first picture alone is decoded before memory is taken: it tells how much the set needs.
///
/// # Errors
/// The first file's, in their order, that cannot be decoded or has another size; and if the
/// set would need more than 2 GiB.
pub(crate) fn decode_all<B: Sync>(
    name: String,
    classes: Vec<String>,
    sources: Vec<Source<B>>,
    decode: impl Fn(&Source<B>) -> Result<Array3<u8>> + Sync,
) -> Result<Pictures> {
    let first = decode(&sources[0])?;
    let (h, w, c) = first.dim();
    let size = h * w * c;
    if sources.len().saturating_mul(size) > MAX_SET {
        let got = format!("{} of {w}×{h} pixels", sources.len());
        return Err(entry_fault(
            &sources[0].path,
            "a set of at most 2 GiB of pixels",
            &got,
        ));
    }
    let one = |(slot, source): (&mut [u8], &Source<B>)| -> Result<()> {
        let pixels = decode(source)?; // [H, W, 3]
        if pixels.dim() != first.dim() {
            let expected = format!("{w}×{h} pixels like the first picture");
            let got = format!("{}×{}", pixels.dim().1, pixels.dim().0);
            return Err(entry_fault(&source.path, &expected, &got));
        }
        let bytes = pixels
            .as_slice()
            .expect("a decoded picture lies row by row");
        slot.copy_from_slice(bytes);
        Ok(())
    };
    let mut flat = vec![0; sources.len() * size]; // N·H·W·3
    let slots = flat.par_chunks_mut(size).zip(&sources);
    // All results first, in order, so that it is always the same error that is reported.
    let results: Vec<Result<()>> = slots.map(one).collect();
    results.into_iter().collect::<Result<()>>()?;
    let pixels = Array4::from_shape_vec((sources.len(), h, w, c), flat)
        .expect("every picture has the first one's size"); // [N, H, W, 3]
    Ok(Pictures {
        name,
        pixels,
        labels: sources.iter().map(|source| source.label).collect(),
        classes,
        files: sources.into_iter().map(|source| source.path).collect(),
    })
}

/// What is wrong with a folder, or with a file as part of a set.
pub(crate) fn entry_fault(path: &std::path::Path, expected: &str, got: &str) -> DataError {
    DataError::format(&shown(path), At::Entry("folder".to_owned()), expected, got)
}
