//! The photos that come with the course.

use ndarray::Array3;

use datasets::{At, DataError, Result, store};

use crate::decode::decode;

/// The names for [`photo`].
pub const PHOTOS: [&str; 15] = [
    "astronaut",
    "brick",
    "camera",
    "cell",
    "chelsea",
    "china",
    "coffee",
    "coins",
    "flower",
    "grace_hopper",
    "gravel",
    "horse",
    "ihc",
    "retina",
    "rocket",
];

/// The names for [`photo_whole`].
pub const WHOLE_PHOTOS: [&str; 1] = ["astronaut"];

/// A photo of `data/photos/` by its name, cut to a square: `[256, 256, 3]`, red, green, blue
/// from 0 to 255. `brick`, `camera`, `cell`, `coins`, `gravel` and `horse` are grey: their
/// three colours are equal.
///
/// ```
/// let cat = pictures::photo("chelsea")?; // [256, 256, 3]
/// assert_eq!(cat.dim(), (256, 256, 3));
/// # Ok::<(), pictures::DataError>(())
/// ```
///
/// # Errors
/// [`DataError::Format`] listing the names if there is no such photo, [`DataError::Missing`]
/// or [`DataError::Digest`] if the file is not there or not the pinned one.
pub fn photo(name: &str) -> Result<Array3<u8>> {
    load(name, &PHOTOS, &format!("photos/{name}.png"))
}

/// A photo as it was published, neither cut nor made smaller: `[512, 512, 3]`, red, green,
/// blue from 0 to 255.
///
/// ```
/// let astronaut = pictures::photo_whole("astronaut")?; // [512, 512, 3]
/// assert_eq!(astronaut.dim(), (512, 512, 3));
/// # Ok::<(), pictures::DataError>(())
/// ```
///
/// # Errors
/// As [`photo`].
pub fn photo_whole(name: &str) -> Result<Array3<u8>> {
    load(name, &WHOLE_PHOTOS, &format!("photos/{name}_512.png"))
}

/// Reads a committed photo, if its name is one of `names`.
fn load(name: &str, names: &[&str], file: &str) -> Result<Array3<u8>> {
    if !names.contains(&name) {
        let at = At::Entry("name of a photo".to_owned());
        let expected = format!("one of {}", names.join(", "));
        return Err(DataError::format(
            "data/photos",
            at,
            expected,
            format!("`{name}`"),
        ));
    }
    decode(&store::committed(file)?, &format!("data/{file}"))
}
