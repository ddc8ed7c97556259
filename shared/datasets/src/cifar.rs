//! The binary format of CIFAR-10: picture after picture, without a header.
//!
//! | bytes of a record | what |
//! |---|---|
//! | 0 | the class, 0 to 9 |
//! | 1 .. 1,025 | red, 32 rows of 32 pixels |
//! | 1,025 .. 2,049 | green |
//! | 2,049 .. 3,073 | blue |
//!
//! Since there is no header, nothing in a file tells how many pictures it should hold: a cut
//! between two records is seen by the caller, who knows the count.
//!
//! Source: "The CIFAR-10 dataset", "Binary version", <https://www.cs.toronto.edu/~kriz/cifar.html>.

use ndarray::Array4;

use crate::error::{At, DataError, Result};

/// The classes by label. They are in alphabetical order, as sub-folders would be.
pub const CLASSES: [&str; 10] = [
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
];
/// Pixels from left to right and from top to bottom.
pub const SIDE: usize = 32;
/// Bytes of one record: the label and three planes of pixels.
pub const RECORD: usize = 1 + 3 * PLANE;
/// Pixels of one colour.
const PLANE: usize = SIDE * SIDE;

/// The content of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Red, green, blue from 0 to 255, `[N, 32, 32, 3]`.
    pub pixels: Array4<u8>,
    /// The class of each picture, an index into [`CLASSES`]; `[N]`.
    pub labels: Vec<u8>,
}

/// Reads a file of records. `file` is what errors call it.
///
/// # Errors
/// [`DataError::Format`] with the offset: no bytes at all, bytes after the last whole record,
/// or a label above 9.
pub fn parse(bytes: &[u8], file: &str) -> Result<Batch> {
    let (records, left) = bytes.as_chunks::<RECORD>();
    if records.is_empty() || !left.is_empty() {
        let at = At::Byte((bytes.len() - left.len()) as u64);
        let expected = "3073 bytes a picture (its class, 1024 bytes each of red, green, blue)";
        return Err(DataError::format(
            file,
            at,
            expected,
            format!("{} bytes", left.len()),
        ));
    }
    let labels: Vec<u8> = records.iter().map(|record| record[0]).collect();
    if let Some(place) = labels.iter().position(|&label| label > 9) {
        let at = At::Byte((place * RECORD) as u64);
        let got = labels[place].to_string();
        return Err(DataError::format(file, at, "a label of at most 9", got));
    }
    let pixels = Array4::from_shape_fn((records.len(), SIDE, SIDE, 3), |(n, y, x, c)| {
        records[n][1 + c * PLANE + y * SIDE + x]
    }); // [N] of 1 + 3·32·32 -> [N, 32, 32, 3]
    Ok(Batch { pixels, labels })
}
