//! The digit net of this lesson as it comes with the course: `data/models`.

use anyhow::Context;
use datasets::store::{committed, data_dir};
use nn::checkpoint::load_weights;
use tensor::Rng;

use crate::digits::SIDE;
use crate::models::LeNet;

/// The file, below `data/`.
const FILE: &str = "models/digits.safetensors";

// ANCHOR: stored
/// LeNet-5 that reads digits: pictures `[B, 1, 28, 28]` with 0 for paper and 1 for ink to
/// logits `[B, 10]`. `data/models/README.md` says how it was trained.
///
/// # Errors
/// If the file is missing, or is not the one whose sum is in `data/checksums.toml`.
pub fn digit_reader() -> anyhow::Result<LeNet> {
    committed(FILE)?; // read once for its sum, before anything in it is believed
    let mut net = LeNet::new(1, SIDE, 10, &mut Rng::new(0));
    let file = data_dir().join(FILE);
    load_weights(&mut net, &file).with_context(|| format!("reading {FILE}"))?;
    Ok(net)
}
// ANCHOR_END: stored
