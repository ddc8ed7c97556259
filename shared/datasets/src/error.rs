//! What can be wrong with data, each in one line that ends with a remedy.

use std::fmt;

/// The result of everything in this crate.
pub type Result<T> = std::result::Result<T, DataError>;

/// The place in a file where it stops being what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// Bytes from the start of the file, the first being 0.
    Byte(u64),
    /// A line of text, the first being 1.
    Line(u64),
    /// A named entry of a structured file, as in `mnist, official`.
    Entry(String),
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Byte(offset) => write!(f, "byte {offset}"),
            At::Line(line) => write!(f, "line {line}"),
            At::Entry(name) => write!(f, "{name}"),
        }
    }
}

/// Why data cannot be used. `Display` gives one line: file, place, expected, found, remedy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// A file that should be there is not.
    #[error("{file}: expected a file, found none; {remedy}")]
    Missing {
        /// The file, from the workspace root.
        file: String,
        /// What to do.
        remedy: String,
    },

    /// A file's bytes are not the pinned ones: it is damaged, or was changed.
    #[error("{file}: expected sha256 {expected}, found {got}; {remedy}")]
    Digest {
        /// The file, from the workspace root.
        file: String,
        /// The pinned digest, 64 hexadecimal digits.
        expected: String,
        /// The digest of what is there.
        got: String,
        /// What to do.
        remedy: String,
    },

    /// The content breaks the rules of its format.
    #[error("{file}, {at}: expected {expected}, found {got}")]
    Format {
        /// The file.
        file: String,
        /// Where in the file.
        at: At,
        /// What the format asks for there.
        expected: String,
        /// What stands there.
        got: String,
    },

    /// A public data set that has not been fetched yet.
    #[error("{set}: {file} is not here yet; run `{command}`")]
    NotDownloaded {
        /// The set's name in the manifest.
        set: String,
        /// The file that is missing.
        file: String,
        /// The command that fetches it.
        command: String,
    },

    /// A name that the manifest does not have.
    #[error("data/manifest.toml: expected one of {known}, found no {kind} `{name}`")]
    Unknown {
        /// What was looked for: `set`, `variant of mnist`.
        kind: String,
        /// The name asked for.
        name: String,
        /// The names there are.
        known: String,
    },

    /// A question that a table cannot answer: no such column, text where numbers are needed.
    #[error("{table}, column {column}: expected {expected}, found {got}")]
    Column {
        /// The table's name.
        table: String,
        /// The column asked for.
        column: String,
        /// What the caller needs.
        expected: String,
        /// What the table has.
        got: String,
    },

    /// The operating system refused to read.
    #[error("{file}: expected to read it, found: {reason}")]
    Unreadable {
        /// The file.
        file: String,
        /// The system's own words.
        reason: String,
    },
}

impl DataError {
    /// Shorthand for [`DataError::Format`], which the readers return at many places.
    pub fn format(
        file: &str,
        at: At,
        expected: impl Into<String>,
        got: impl Into<String>,
    ) -> DataError {
        DataError::Format {
            file: file.to_owned(),
            at,
            expected: expected.into(),
            got: got.into(),
        }
    }
}
