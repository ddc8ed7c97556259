//! Pictures with boxes: what a detector learns from and is judged by.

use ndarray::Array3;
use tensor::Tensor;

use crate::boxes::Object;

/// A picture and what is in it.
#[derive(Clone, Debug)]
pub struct Example {
    /// Where it comes from: a file's name, or the number of a scene.
    pub name: String,
    /// `[H, W, 3]`, red, green, blue, 0 to 255.
    pub picture: Array3<u8>,
    /// What is in it.
    pub objects: Vec<Object>,
}

/// Pictures with the names of their classes.
#[derive(Clone, Debug)]
pub struct Set {
    /// What it is called.
    pub name: String,
    /// The classes, in the order of their numbers.
    pub classes: Vec<String>,
    /// The pictures.
    pub examples: Vec<Example>,
}

impl Example {
    /// Columns and rows of the picture.
    pub fn size(&self) -> [usize; 2] {
        let (h, w, _) = self.picture.dim();
        [w, h]
    }
}

/// Pictures of one size as one batch: `[B, 3, H, W]`, values 0 to 1.
///
/// # Panics
/// If there is no picture, or two differ in size.
#[track_caller]
pub fn batch<'a>(pictures: impl IntoIterator<Item = &'a Array3<u8>>) -> Tensor {
    let mut pixels = Vec::new();
    let (mut count, mut size) = (0, None);
    for picture in pictures {
        let (h, w, _) = picture.dim();
        assert!(
            size.is_none_or(|size| size == [h, w]),
            "batch: expected pictures of one size, got {h} x {w} and {size:?}"
        );
        size = Some([h, w]);
        count += 1;
        let planes = picture.view().permuted_axes([2, 0, 1]); // [3, H, W]
        pixels.extend(planes.iter().map(|&byte| f32::from(byte) / 255.0));
    }
    let [h, w] = size.expect("batch: expected at least one picture, got none");
    Tensor::from_vec(pixels, &[count, 3, h, w]) // [B, 3, H, W]
}
