//! Grey pictures of one size, with a label each: MNIST and its like.

use ndarray::{Array2, Array3, Axis};

use crate::error::{At, DataError, Result};
use crate::idx::Idx;

/// A labelled set of grey pictures, kept as the bytes of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Images {
    /// What the set is called in figures and results.
    pub name: String,
    /// The pixels, 0 (background) to `max` (ink), `[N, H, W]`.
    pub pixels: Array3<u8>,
    /// The value of full ink: 255, or 16 for the 8×8 digits.
    pub max: u8,
    /// The class of each picture, an index into `classes`; `[N]`.
    pub labels: Vec<u8>,
    /// The classes' names.
    pub classes: Vec<String>,
}

impl Images {
    /// Puts the pictures' file and the labels' file of an MNIST-like set together.
    ///
    /// `files` names the two in errors, pictures first.
    ///
    /// # Errors
    /// [`DataError::Format`] if the pictures have not three dimensions or the labels not one,
    /// if their counts differ, if a pixel is above `max` or a label has no class.
    pub fn from_idx(
        name: &str,
        [pictures, labels]: [Idx; 2],
        files: [&str; 2],
        max: u8,
        classes: &[&str],
    ) -> Result<Images> {
        let [n, h, w] = dims(&pictures, files[0], "3 dimensions (count, height, width)")?;
        let [count] = dims(&labels, files[1], "1 dimension (count)")?;
        if count != n {
            let expected = format!("{n} labels, one a picture");
            let got = count.to_string();
            return Err(DataError::format(files[1], At::Byte(4), expected, got));
        }
        bounded(&pictures, files[0], max, "a pixel")?;
        let last = u8::try_from(classes.len() - 1).expect("a set has at most 256 classes");
        bounded(&labels, files[1], last, "a label")?;

        let pixels = Array3::from_shape_vec((n, h, w), pictures.values)
            .expect("the reader checked that sizes and values agree"); // [N, H, W]
        Ok(Images {
            name: name.to_owned(),
            pixels,
            max,
            labels: labels.values,
            classes: classes.iter().map(|&class| class.to_owned()).collect(),
        })
    }

    /// The number of pictures, N.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are no pictures.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Pixels from top to bottom, H.
    pub fn height(&self) -> usize {
        self.pixels.dim().1
    }

    /// Pixels from left to right, W.
    pub fn width(&self) -> usize {
        self.pixels.dim().2
    }

    /// Each picture as one row of numbers between 0 and 1: `pixel / max`, `[N, H·W]`.
    pub fn to_f32(&self) -> Array2<f32> {
        let (n, h, w) = self.pixels.dim();
        let scaled = self
            .pixels
            .mapv(|pixel| f32::from(pixel) / f32::from(self.max));
        scaled
            .into_shape_with_order((n, h * w)) // [N, H, W] -> [N, H·W]
            .expect("the shapes have the same number of values")
    }

    /// The labels as indices: `[N]`.
    pub fn targets(&self) -> Vec<usize> {
        self.labels.iter().map(|&label| label.into()).collect()
    }

    /// The pictures at `indices`, in that order.
    ///
    /// # Panics
    /// If an index is not below [`Images::len`].
    #[track_caller]
    pub fn subset(&self, indices: &[usize]) -> Images {
        if let Some(index) = indices.iter().find(|&&index| index >= self.len()) {
            panic!(
                "subset of {}: expected indices below {}, got {index}",
                self.name,
                self.len()
            );
        }
        Images {
            name: self.name.clone(),
            pixels: self.pixels.select(Axis(0), indices),
            max: self.max,
            labels: indices.iter().map(|&index| self.labels[index]).collect(),
            classes: self.classes.clone(),
        }
    }
}

/// The sizes as an array of the length that the caller needs.
fn dims<const D: usize>(idx: &Idx, file: &str, expected: &str) -> Result<[usize; D]> {
    let wrong = |got: &Vec<usize>| {
        DataError::format(
            file,
            At::Byte(3),
            expected,
            format!("{} dimensions", got.len()),
        )
    };
    idx.dims.clone().try_into().map_err(|got| wrong(&got))
}

/// Checks that no value is above `max`.
fn bounded(idx: &Idx, file: &str, max: u8, what: &str) -> Result<()> {
    match idx.values.iter().position(|&value| value > max) {
        None => Ok(()),
        Some(place) => {
            let at = At::Byte((idx.header_len() + place) as u64);
            let got = idx.values[place].to_string();
            Err(DataError::format(
                file,
                at,
                format!("{what} of at most {max}"),
                got,
            ))
        }
    }
}
