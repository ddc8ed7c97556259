//! IDX, the format of MNIST: a few header bytes, then the values.
//!
//! | bytes | what |
//! |---|---|
//! | 0, 1 | zero |
//! | 2 | type of a value; `08` is an unsigned byte, the only one read here |
//! | 3 | number of dimensions, D |
//! | 4 .. 4 + 4·D | size of each dimension, big-endian `u32` |
//! | the rest | the values, last dimension fastest |
//!
//! ```
//! let bytes = [0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1]; // three labels: 7, 2, 1
//! let labels = datasets::idx::parse(&bytes, "labels")?;
//! assert_eq!((labels.dims, labels.values), (vec![3], vec![7, 2, 1]));
//! # Ok::<(), datasets::DataError>(())
//! ```
//!
//! Source: "The IDX file format", <http://yann.lecun.com/exdb/mnist/>.

use crate::error::{At, DataError, Result};

/// The type byte for unsigned bytes.
const UNSIGNED_BYTE: u8 = 0x08;
/// Batches of colour pictures have four dimensions; nothing in the course has more.
const MAX_DIMENSIONS: usize = 4;

/// The content of an IDX file of unsigned bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idx {
    /// The size of each dimension, all at least 1; their product is `values.len()`.
    pub dims: Vec<usize>,
    /// The values, last dimension fastest.
    pub values: Vec<u8>,
}

impl Idx {
    /// How many bytes stand before the first value: 4 + 4·D.
    pub fn header_len(&self) -> usize {
        4 + 4 * self.dims.len()
    }
}

/// Reads IDX, unpacked. `file` is what errors call it.
///
/// # Errors
/// [`DataError::Format`] with the offset of the first byte that is not as it must be: a
/// wrong magic number, another value type, a size of zero, values cut off or left over.
pub fn parse(bytes: &[u8], file: &str) -> Result<Idx> {
    let rank = rank(bytes, file)?;
    let mut dims = Vec::with_capacity(rank);
    for axis in 0..rank {
        dims.push(size(bytes, axis, file)?);
    }
    let start = 4 + 4 * rank;
    // Sizes may multiply to more than any memory holds: compare before taking anything.
    let count = dims
        .iter()
        .try_fold(1_usize, |product, &size| product.checked_mul(size));
    let found = bytes.len() - start;
    if count != Some(found) {
        let sizes: Vec<String> = dims.iter().map(usize::to_string).collect();
        let expected = format!("{} values and then the end of the file", sizes.join("×"));
        // Cut off: where the file ends. Left over: where it should have ended.
        let at = count.unwrap_or(usize::MAX).min(found) + start;
        let got = format!("{found} values");
        return Err(DataError::format(file, At::Byte(at as u64), expected, got));
    }
    let values = bytes[start..].to_vec();
    Ok(Idx { dims, values })
}

/// Checks the magic number; returns the number of dimensions.
fn rank(bytes: &[u8], file: &str) -> Result<usize> {
    let byte = |offset: usize| take::<1>(bytes, offset, file).map(|[byte]| byte);
    let wrong = |offset: u64, expected: &str, got: u8| {
        DataError::format(file, At::Byte(offset), expected, format!("{got:02x}"))
    };
    for offset in 0..2 {
        let zero = byte(offset)?;
        if zero != 0 {
            return Err(wrong(offset as u64, "00 (the start of IDX)", zero));
        }
    }
    let value_type = byte(2)?;
    if value_type != UNSIGNED_BYTE {
        return Err(wrong(2, "value type 08 (unsigned byte)", value_type));
    }
    let rank = byte(3)?;
    if !(1..=MAX_DIMENSIONS).contains(&rank.into()) {
        return Err(wrong(3, "1 to 4 dimensions", rank));
    }
    Ok(rank.into())
}

/// Reads the size of one dimension, which must be at least 1.
fn size(bytes: &[u8], axis: usize, file: &str) -> Result<usize> {
    let offset = 4 + 4 * axis;
    match u32::from_be_bytes(take(bytes, offset, file)?) {
        0 => {
            let at = At::Byte(offset as u64);
            Err(DataError::format(file, at, "a size of at least 1", "0"))
        }
        size => Ok(size as usize),
    }
}

/// The `N` bytes at `offset`, or an error where the file ends.
fn take<const N: usize>(bytes: &[u8], offset: usize, file: &str) -> Result<[u8; N]> {
    let piece = bytes.get(offset..).and_then(|rest| rest.first_chunk::<N>());
    piece.copied().ok_or_else(|| {
        let at = At::Byte(bytes.len() as u64);
        DataError::format(file, at, "more of the IDX header", "the end of the file")
    })
}
