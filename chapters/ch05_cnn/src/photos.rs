//! CIFAR-10: sixty thousand colour photos of ten things, as tensors on one scale.
//!
//! Dimension key: N examples.

use nn::data::Labelled;
use pictures::Pictures;
use pictures::cifar10::{Part, cifar10};
use tensor::Tensor;

/// Photos held out of the training part, to choose settings on.
const HELD: usize = 2000;

/// Photos, `[N, 3, 32, 32]`; each colour with mean 0 and deviation 1 over the photos that
/// are learnt from.
pub struct Photos {
    /// 48,000 to learn from.
    pub training: Labelled,
    /// 2,000 to choose settings on.
    pub validation: Labelled,
    /// 10,000 to be judged on.
    pub test: Labelled,
    /// What the set is called, with its variant.
    pub name: String,
}

impl Photos {
    /// All of CIFAR-10, or the first `most` to learn from.
    ///
    /// # Errors
    /// If it was not downloaded, or is damaged.
    pub fn load(most: usize) -> anyhow::Result<Photos> {
        let (all, test) = (cifar10(Part::Train)?, cifar10(Part::Test)?);
        let learnt = HELD..all.len().min(HELD.saturating_add(most));
        let scale = scale(&all);
        let part = |of: &Pictures, rows: std::ops::Range<usize>| {
            Labelled::new(tensor(of, rows.clone(), scale), of.labels[rows].to_vec())
        };
        Ok(Photos {
            training: part(&all, learnt),
            validation: part(&all, 0..HELD),
            test: part(&test, 0..test.len()),
            name: all.name.replace(" train", ""),
        })
    }
}

/// Mean and deviation of each colour of the photos behind the held-out ones.
fn scale(of: &Pictures) -> [[f32; 2]; 3] {
    let pixels = of.pixels.as_standard_layout();
    let pixels = pixels.as_slice().unwrap_or_default();
    let learnt = &pixels[HELD * pixels.len() / of.len()..];
    std::array::from_fn(|colour| {
        let of = || learnt.iter().skip(colour).step_by(3);
        let of = || of().map(|&value| f64::from(value));
        let count = (learnt.len() / 3) as f64;
        let mean = of().sum::<f64>() / count;
        let variance = of().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
        [mean as f32, variance.sqrt() as f32]
    })
}

/// From bytes `[N, H, W, 3]` to numbers `[N, 3, H, W]`.
fn tensor(of: &Pictures, rows: std::ops::Range<usize>, scale: [[f32; 2]; 3]) -> Tensor {
    let (_, h, w, _) = of.pixels.dim();
    let n = rows.len();
    let mut numbers = Vec::with_capacity(n * 3 * h * w);
    for photo in of.pixels.outer_iter().skip(rows.start).take(n) {
        for (colour, [mean, deviation]) in scale.iter().enumerate() {
            let plane = photo.index_axis(ndarray::Axis(2), colour); // [H, W]
            numbers.extend(plane.iter().map(|&v| (f32::from(v) - mean) / deviation));
        }
    }
    Tensor::from_vec(numbers, &[n, 3, h, w])
}
