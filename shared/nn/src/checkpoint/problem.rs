//! What can be wrong with a file of weights.

use std::io;
use std::path::{Path, PathBuf};

use safetensors::Dtype;
use thiserror::Error;

/// A file of weights that could not be written or used: one line that says which file, what
/// is wrong with it and what to do.
#[derive(Debug, Error)]
#[error("{}: {problem}", .file.display())]
pub struct CheckpointError {
    /// The file.
    pub file: PathBuf,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a file of weights.
#[derive(Debug, Error)]
pub enum Problem {
    /// There is no file to load weights from.
    #[error("there is no such file")]
    Missing,
    /// There is no training to go on with.
    #[error("there is no checkpoint to go on from: start the training without --resume")]
    NoCheckpoint,
    /// The system refuses.
    #[error("cannot be {action}: {reason}")]
    System {
        /// "read", "written" or "removed".
        action: &'static str,
        /// What the system says.
        reason: io::Error,
    },
    /// The file is cut short, or its header does not fit its data.
    #[error("damaged, or no safetensors file ({0}): delete it and start without --resume")]
    Damaged(String),
    /// The file holds tensors, but no training.
    #[error("holds tensors, but no training: start without --resume, or take the right file")]
    Foreign,
    /// The file does not say which net it holds, in words that a net can be built from.
    #[error(
        "holds no net that can be built ({0}): give the file in which a finished training has \
         kept its net"
    )]
    Undescribed(String),
    /// The file was written by a later version of this crate.
    #[error(
        "a checkpoint of format {found}, and this program reads {known}: update the course, or \
         start without --resume"
    )]
    Newer {
        /// The format of the file.
        found: u64,
        /// The format that this crate writes and reads.
        known: u64,
    },
    /// The file belongs to another training.
    #[error(
        "the checkpoint has another {what}: expected {expected}, found {found}; start without \
         --resume, or go back to what it was"
    )]
    Differs {
        /// "lesson", "optimiser", "plan" or "seed".
        what: &'static str,
        /// That of this training.
        expected: String,
        /// That of the file.
        found: String,
    },
    /// A tensor is missing.
    #[error(
        "tensor {tensor}: expected {expected:?}, found none; is it the file of another net?"
    )]
    Absent {
        /// The name of the tensor.
        tensor: String,
        /// Its shape in this net.
        expected: Vec<usize>,
    },
    /// A tensor has another shape.
    #[error(
        "tensor {tensor}: expected {expected:?}, found {found:?}; is it the file of another net?"
    )]
    Shape {
        /// The name of the tensor.
        tensor: String,
        /// Its shape in this net.
        expected: Vec<usize>,
        /// Its shape in the file.
        found: Vec<usize>,
    },
    /// A tensor has numbers of another kind.
    #[error("tensor {tensor}: expected {expected:?} numbers, found {found:?}")]
    Kind {
        /// The name of the tensor.
        tensor: String,
        /// The kind of number that belongs there.
        expected: Dtype,
        /// The kind of the file.
        found: Dtype,
    },
    /// The file has a tensor that the net has not.
    #[error(
        "tensor {tensor}: expected none, found {found:?}; is it the file of another net?"
    )]
    Surplus {
        /// The name of the tensor.
        tensor: String,
        /// Its shape in the file.
        found: Vec<usize>,
    },
    /// A net that is no longer good would take the place of one that is.
    #[error("not written, since {tensor} holds NaN or infinity; the last good file is kept")]
    NotFinite {
        /// The name of the tensor.
        tensor: String,
    },
}

impl Problem {
    /// The problem with this file.
    pub(super) fn of(self, file: &Path) -> CheckpointError {
        CheckpointError {
            file: file.to_path_buf(),
            problem: self,
        }
    }

    /// Damage, in the words of whoever met it. Words may quote the file, so they are cut to
    /// one line of a length that a terminal bears.
    pub(super) fn damaged(words: impl ToString) -> Problem {
        Problem::Damaged(one_line(&words.to_string()))
    }
}

/// The first characters of a text on one line.
pub(super) fn one_line(text: &str) -> String {
    const LONGEST: usize = 200;
    let visible = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    visible.take(LONGEST).collect()
}
