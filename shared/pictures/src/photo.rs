//! The photos that come with the course.

use ndarray::Array3;

use datasets::{At, DataError, Result, store};

use crate::decode::decode;

/// The names for [`photo`].
pub const PHOTOS: [&str; 4] = ["astronaut", "camera", "chelsea", "coffee"];

/// A photo of `data/photos/` by its name: `[256, 256, 3]`, red, green, blue from 0 to 255.
/// `camera` is grey: its three colours are equal.
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
    if !PHOTOS.contains(&name) {
        let at = At::Entry("name of a photo".to_owned());
        let expected = format!("one of {}", PHOTOS.join(", "));
        return Err(DataError::format(
            "data/photos",
            at,
            expected,
            format!("`{name}`"),
        ));
    }
    let file = format!("photos/{name}.png");
    decode(&store::committed(&file)?, &format!("data/{file}"))
}
