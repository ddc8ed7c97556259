//! A real photo in grey (page *A filter by hand*).
//!
//! Dimension key: H, W rows and columns.

use std::ops::Range;

use ndarray::Array3;
use tensor::Tensor;

/// Rows and columns of the photo of which a part is shown.
const ROWS: Range<usize> = 20..160;
const COLUMNS: Range<usize> = 35..175;

/// The head and the camera of the photo `camera`, 0 black and 1 white, `[140, 140]`.
///
/// # Errors
/// If the file is missing or damaged.
pub fn photo() -> anyhow::Result<Tensor> {
    let grey = grey(&pictures::photo("camera")?); // [256, 256, 3] -> [256, 256]
    Ok(grey.slice(0, ROWS).slice(1, COLUMNS)) // [140, 140]
}

/// The brightness of each pixel, 0 to 1: luma = 0.299 R + 0.587 G + 0.114 B.
/// `[H, W, 3] -> [H, W]`.
///
/// Source: ITU-R BT.601, section 2.5.1.
pub fn grey(colours: &Array3<u8>) -> Tensor {
    let pixels = Tensor::from_array(colours.mapv(|byte| f32::from(byte) / 255.0));
    let (h, w, _) = colours.dim();
    let luma = Tensor::from([[0.299], [0.587], [0.114]]); // [3, 1]
    pixels.matmul(&luma).reshape(&[h, w]) // [H, W, 3] x [3, 1] -> [H, W, 1] -> [H, W]
}

/// The mean of each block of `by` × `by` pixels; what is left over at the right and at the
/// bottom is dropped. `[H, W] -> [H / by, W / by]`.
pub fn smaller(picture: &Tensor, by: usize) -> Tensor {
    let [h, w] = picture.dims();
    let whole = picture.slice(0, 0..h / by * by).slice(1, 0..w / by * by);
    whole
        .reshape(&[h / by, by, w / by, by])
        .mean_axis(3, tensor::Keep::No)
        .mean_axis(1, tensor::Keep::No) // [H / by, W / by]
}
