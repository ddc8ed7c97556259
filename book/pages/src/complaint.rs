//! What is wrong with the book, and where.

use std::fmt;
use std::path::{Path, PathBuf};

/// One thing that is wrong, at a line of a file that an author edits.
///
/// Printed as `book/src/ch01_perceptron/01_logic.md:12: no anchor "hinge" in …`, which editors
/// and terminals turn into a link.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    /// The file, relative to the workspace root.
    pub path: PathBuf,
    /// The line, counted from 1; 0 when the whole file is meant.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl Complaint {
    /// A complaint about one line of a file.
    pub fn new(path: impl AsRef<Path>, line: usize, message: impl Into<String>) -> Self {
        Complaint {
            path: path.as_ref().to_path_buf(),
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Forward slashes on every system, so that messages can be compared.
        let path = self.path.to_string_lossy().replace('\\', "/");
        match self.line {
            0 => write!(f, "{path}: {}", self.message),
            line => write!(f, "{path}:{line}: {}", self.message),
        }
    }
}

/// Complaints one a line, sorted by place: what a failing check prints.
pub fn report(complaints: &[Complaint]) -> String {
    let mut sorted: Vec<&Complaint> = complaints.iter().collect();
    sorted.sort();
    sorted.dedup();
    let lines: Vec<String> = sorted.iter().map(|c| c.to_string()).collect();
    lines.join("\n")
}

/// The book cannot be read at all, so no page can be judged.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file that the book cannot do without is missing or unreadable.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file was read, and its content is not what it must be.
    #[error("{0}")]
    Content(Complaint),
}

/// Reads a text file, or says which one could not be read.
pub(crate) fn read(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path)
        // A checkout on Windows may end its lines with \r\n; offsets and tests count on \n.
        .map(|text| text.replace("\r\n", "\n"))
        .map_err(|source| Error::Read {
            path: path.to_path_buf(),
            source,
        })
}
