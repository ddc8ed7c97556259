//! Real pictures to feed the nets: handwritten digits (page *A layer is a matrix*).
//!
//! Dimension key: N pictures, D = 784 pixels.

use nn::data::Labelled;
use tensor::Tensor;

/// The first `n` of 10,000 digits of MNIST, pixels in 0..=1: `[N, D]`.
///
/// # Errors
/// If the file is missing or damaged.
pub fn digits(n: usize) -> anyhow::Result<Labelled> {
    let images = datasets::mnist10k()?;
    let rows: Vec<usize> = (0..n.min(images.len())).collect();
    let images = images.subset(&rows);
    Ok(Labelled::new(
        Tensor::from_array(images.to_f32()),
        images.targets(),
    ))
}
