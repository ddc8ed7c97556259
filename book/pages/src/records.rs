//! Where a lesson's recorded runs are kept: `results.toml` and `output.txt` beside its pages.

use crate::complaint::{Complaint, Error};
use crate::course::Lesson;
use lesson::{Mode, Results, ResultsError};
use std::path::{Path, PathBuf};

/// The comparison with PyTorch, from the workspace root: `{{num peers.name}}`.
pub const PEERS: &str = "tests/peers/results.toml";

/// A lesson's results.toml, from the workspace root.
pub fn results_file(lesson: &Lesson) -> PathBuf {
    Path::new("book/src").join(&lesson.id).join("results.toml")
}

/// A lesson's output.txt, from the workspace root: what its sections printed.
pub fn output_file(lesson: &Lesson) -> PathBuf {
    Path::new("book/src").join(&lesson.id).join("output.txt")
}

/// The command that records a mode of a lesson.
pub fn record_command(lesson: &Lesson, mode: Mode) -> String {
    let flags = match mode {
        Mode::Quick => "--quick --record",
        Mode::Default => "--record",
        Mode::Full => "--full --record",
    };
    format!("cargo run -p {} -- {flags}", lesson.id)
}

/// Reads a results.toml; one that is not there holds nothing yet.
///
/// # Errors
/// When it is there and cannot be read or understood: the complaint names the line.
pub(crate) fn load(root: &Path, file: &Path) -> Result<Results, Error> {
    let content = |line, what| Error::Content(Complaint::new(file, line, what));
    Results::load_or_empty(&root.join(file)).map_err(|error| match error {
        ResultsError::Read { file, source } => Error::Read { path: file, source },
        ResultsError::Format { line, what, .. } => content(line, what),
        ResultsError::Value {
            mode, name, source, ..
        } => content(0, format!("{mode}.{name}: {source}")),
    })
}
