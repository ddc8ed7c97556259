//! Checkpoints: a training, or the weights of a finished net, in a file.
//!
//! The files are safetensors: eight bytes for the length of a header, a header in JSON that
//! names each tensor with its kind of number, shape and place, then the numbers. Other
//! programs read them too. A file is replaced whole or not at all, and nothing that it says
//! is trusted when it is read: a tensor that is missing, left over or of another shape is an
//! error that names it.
//!
//! A training ([`Trainer::save`](crate::train::Trainer::save)) is more than its weights:
//!
//! | tensors | what they hold |
//! | --- | --- |
//! | `net.…` | the net's parameters and buffers |
//! | `best.…` | those of the best net so far, if an epoch is over |
//! | `optimiser.…` | what the optimiser remembers of each parameter |
//! | `place` | steps made, steps of the epoch that is not over, the epoch of the best net |
//! | `losses` | the sum of the losses of that epoch |
//! | `rng` | seed, stream and place of the generator |
//! | `history` | loss, score and learning rate of each epoch |
//!
//! The header says under `training` which format, lesson, optimiser and plan they belong to.
//!
//! The weights of a finished net stand alone, under the names that the net gives them:
//!
//! ```
//! use nn::checkpoint::{load_weights, save_weights};
//! use nn::{Mlp, Net, Pass};
//! use tensor::{Rng, Tensor};
//!
//! let file = std::env::temp_dir().join("nn-doctest.safetensors");
//! let trained = Mlp::new(&[4, 3, 2], &mut Rng::new(1));
//! save_weights(&trained, &file)?;
//!
//! let mut other = Mlp::new(&[4, 3, 2], &mut Rng::new(2));
//! load_weights(&mut other, &file)?;
//! let x = Tensor::ones(&[1, 4]);
//! let logits = |net: &Mlp| net.forward(&x, &mut Pass::Use).to_vec();
//! assert_eq!(logits(&other), logits(&trained));
//!
//! let mut wider = Mlp::new(&[4, 5, 2], &mut Rng::new(2));
//! let error = load_weights(&mut wider, &file).unwrap_err().to_string();
//! assert!(error.contains("tensor layers.0.weight: expected [4, 5], found [4, 3]"));
//! # std::fs::remove_file(file)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A net whose shape is not known to whoever reads it can say in the header what it is
//! ([`save_described`], [`load_described`]).
//!
//! Source: the safetensors format, <https://github.com/huggingface/safetensors>.

mod file;
mod kept;
mod problem;
mod training;

use std::path::Path;

use crate::Module;

pub use kept::{Begin, Lost};
pub use problem::{CheckpointError, Problem};

/// Keeps the weights and buffers of a net, and nothing else, in a file.
///
/// # Errors
/// If the file cannot be written; the file that was there before is then kept.
pub fn save_weights(net: &impl Module, file: &Path) -> Result<(), CheckpointError> {
    let mut tensors = file::Writing::default();
    tensors.net("", net);
    file::write(file, &tensors.bytes(None)).map_err(|problem| problem.of(file))
}

/// Gives the net the weights and buffers of a file.
///
/// # Errors
/// If the file is missing or damaged, or does not hold exactly the tensors of this net; the
/// net is then as it was.
pub fn load_weights(net: &mut impl Module, file: &Path) -> Result<(), CheckpointError> {
    *net = weights(net, file).map_err(|problem| problem.of(file))?;
    Ok(())
}

/// A net like this one with the weights of a file.
fn weights<M: Module>(like: &M, file: &Path) -> Result<M, Problem> {
    let bytes = file::read(file)?;
    let mut tensors = file::Reading::new(&bytes)?;
    let net = tensors.net("", like)?;
    tensors.finish()?;
    Ok(net)
}

/// As [`save_weights`], with words in the header that say what the net is: whoever reads the
/// file has to build the net before it can take the weights.
///
/// # Errors
/// As [`save_weights`].
pub fn save_described(
    net: &impl Module,
    words: &str,
    file: &Path,
) -> Result<(), CheckpointError> {
    let mut tensors = file::Writing::default();
    tensors.net("", net);
    let words = (file::NET, words.to_string());
    file::write(file, &tensors.bytes(Some(words))).map_err(|problem| problem.of(file))
}

/// The net in a file of [`save_described`]: `build` makes one of that kind from the words, or
/// says what is wrong with them, and it gets the weights of the file.
///
/// # Errors
/// If the file is missing or damaged or has no such words, if `build` refuses them, or the
/// file does not hold exactly the tensors of the net that was built.
pub fn load_described<M: Module>(
    file: &Path,
    build: impl FnOnce(&str) -> Result<M, String>,
) -> Result<M, CheckpointError> {
    described(file, build).map_err(|problem| problem.of(file))
}

fn described<M: Module>(
    file: &Path,
    build: impl FnOnce(&str) -> Result<M, String>,
) -> Result<M, Problem> {
    let bytes = file::read(file)?;
    // Nobody resumes a net: what is wrong with the file is told in other words.
    let mut tensors = file::Reading::new(&bytes).map_err(|problem| match problem {
        Problem::Damaged(why) => Problem::Undescribed(why),
        other => other,
    })?;
    let words = tensors.words(file::NET);
    let nameless = || Problem::Undescribed("its header does not say which".into());
    let words = words.ok_or_else(nameless)?;
    let like = build(words).map_err(|why| Problem::Undescribed(problem::one_line(&why)))?;
    let net = tensors.net("", &like)?;
    tensors.finish()?;
    Ok(net)
}
