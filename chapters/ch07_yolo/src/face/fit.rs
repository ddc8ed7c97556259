//! A photo of any size made what the net takes: a square of 416 pixels.
//!
//! Dimension key: H, W rows and columns of the photo, h, w of the small picture, S side
//! of the square.

use ndarray::Array3;
use tensor::Tensor;

/// The mean colour of the pictures that the net learnt from: red, green, blue of 255.
/// Source: `@vladmandic/face-api` 1.7.15, `src/tinyFaceDetector/const.ts`.
const MEAN: [f32; 3] = [117.001, 114.697, 97.404];

/// How pixels become fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shrink {
    /// Each new pixel is a weighted mean of all old ones near it: none is left out.
    Means,
    /// Each new pixel lies between its four old neighbours, counted from the corner;
    /// others are skipped. So the package does it, by TensorFlow's `resizeBilinear`.
    Skips,
}

/// The photo in the upper left of a square of `side` pixels, its longer side as long as
/// the square's; the rest is black. Then the mean colour is taken off, and all divided
/// by 255: `[H, W, 3] -> [1, 3, S, S]`.
///
/// # Panics
/// If the photo has no pixels.
#[track_caller]
pub fn fit(photo: &Array3<u8>, side: usize, shrink: Shrink) -> Tensor {
    let small = shrunk(photo, side, shrink); // [h, w, 3]
    let (h, w, _) = small.dim();
    let square = Array3::from_shape_fn((3, side, side), |(c, i, j)| {
        let inside = i < h && j < w;
        let value = if inside { small[[i, j, c]] } else { 0.0 };
        (value - MEAN[c]) / 255.0
    });
    Tensor::from_array(square).unsqueeze(0) // [1, 3, S, S]
}

/// The photo with a longer side of `side` pixels, values 0 to 255:
/// `[H, W, 3] -> [h, w, 3]`. The factor is the same for rows and columns, so a circle
/// stays one; what is left of a last half pixel is dropped.
///
/// # Panics
/// If the photo has no pixels.
#[track_caller]
pub fn shrunk(photo: &Array3<u8>, side: usize, shrink: Shrink) -> Array3<f32> {
    let (rows, columns, _) = photo.dim();
    assert!(rows * columns > 0, "fit: expected a photo, got no pixels");
    let step = rows.max(columns) as f64 / side as f64;
    let [down, across] = [rows, columns].map(|length| shares(length, step, shrink));
    let (h, w) = (down.len(), across.len());
    // Columns first: what is kept in between is narrow.
    let narrow = Array3::from_shape_fn((rows, w, 3), |(i, j, c)| {
        let (first, shares) = &across[j];
        let part = shares.iter().zip(*first..);
        part.map(|(share, at)| share * f32::from(photo[[i, at, c]]))
            .sum::<f32>()
    }); // [H, w, 3]
    Array3::from_shape_fn((h, w, 3), |(i, j, c)| {
        let (first, shares) = &down[i];
        let part = shares.iter().zip(*first..);
        part.map(|(share, at)| share * narrow[[at, j, c]]).sum()
    })
}

/// For each new pixel along a line of `length` old ones, `step` old ones apart: the
/// first old pixel that it sees, and the shares of that one and those after it,
/// together 1.
fn shares(length: usize, step: f64, shrink: Shrink) -> Vec<(usize, Vec<f32>)> {
    let (reach, start) = match shrink {
        Shrink::Means => (step.max(1.0), step / 2.0),
        Shrink::Skips => (1.0, 0.5),
    };
    let count = (length as f64 / step).round().max(1.0) as usize;
    let pixel = |n: usize| {
        let centre = (start + n as f64 * step).min(length as f64 - 0.5);
        let first = (centre - reach).max(0.0) as usize;
        let end = length.min((centre + reach).ceil() as usize);
        // A tent: 1 in the middle, 0 at the end of the reach.
        let height = |at: usize| 1.0 - (at as f64 + 0.5 - centre).abs() / reach;
        let tent: Vec<f64> = (first..end).map(|at| height(at).max(0.0)).collect();
        let sum: f64 = tent.iter().sum();
        (
            first,
            tent.iter().map(|share| (share / sum) as f32).collect(),
        )
    };
    (0..count).map(pixel).collect()
}
