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

/// The part of an output.txt under `== section ==`, without blank lines around it.
pub fn output_section(text: &str, section: &str) -> Option<String> {
    let heading = format!("== {section} ==");
    let mut lines = text.lines().skip_while(|line| line.trim() != heading);
    lines.next()?;
    let is_heading = |line: &&str| line.starts_with("== ") && line.trim_end().ends_with(" ==");
    let body: Vec<&str> = lines.take_while(|line| !is_heading(line)).collect();
    Some(body.join("\n").trim_matches('\n').to_string())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_section_of_the_output_ends_at_the_next_heading() {
        let text = "== logic ==\n\nAND 1\n  OR 2\n\n== rule ==\nmistakes 3\n";
        assert_eq!(
            output_section(text, "logic").as_deref(),
            Some("AND 1\n  OR 2")
        );
        assert_eq!(output_section(text, "rule").as_deref(), Some("mistakes 3"));
        assert_eq!(output_section(text, "bound"), None);
    }
}
