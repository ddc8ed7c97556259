//! Why a download did not succeed, each in one line that ends with what to do.

use std::fmt;
use std::io;
use std::path::Path;

use datasets::DataError;
use datasets::store::shown;

/// The result of everything in this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// One address that was tried, and why it did not serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Try {
    /// The address, or the path of the mirror's copy.
    pub from: String,
    /// What went wrong, in a few words.
    pub reason: String,
}

/// Why a set could not be fetched. `Display` gives one line that ends with the remedy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A set, variant or part that the manifest does not have.
    #[error("{0}; `cargo run -- data list` shows them all")]
    Unknown(DataError),

    /// The manifest cannot be read.
    #[error(transparent)]
    Manifest(DataError),

    /// No address and no mirror served the file.
    #[error("{file}: expected it from {} source(s), got it from none: {}; {by_hand}", tried.len(), Tries(tried))]
    Unreachable {
        /// `set/file`.
        file: String,
        /// Each source with what went wrong.
        tried: Vec<Try>,
        /// How to fetch the file by hand: address and place.
        by_hand: String,
    },

    /// The disk has no room.
    #[error(
        "{path}: no room on the disk for {missing} more; free some, or name a folder on another \
         disk in COURSE_DATA; the same command then goes on"
    )]
    DiskFull {
        /// The file being written.
        path: String,
        /// How much was still to come, as in `9.9 MB`.
        missing: String,
    },

    /// A file or folder of the cache could not be read or written.
    #[error("{path}: expected to {action}, found: {reason}; COURSE_DATA names another folder")]
    Io {
        /// The file or folder.
        path: String,
        /// What was tried: `write to it`.
        action: String,
        /// The system's own words.
        reason: String,
    },

    /// A proxy variable that cannot be understood.
    #[error(
        "{variable}: expected an address like http://proxy:8080, found `{value}`; set it right or unset it"
    )]
    Proxy {
        /// The environment variable.
        variable: String,
        /// Its value.
        value: String,
    },

    /// Stopped from outside (Ctrl-C).
    #[error("{file}: stopped; {have} of {total} are kept, the same command goes on from there")]
    Interrupted {
        /// `set/file`.
        file: String,
        /// How much has arrived.
        have: String,
        /// How much there is.
        total: String,
    },
}

impl Error {
    /// The exit code of a command that ends with this error: 2 for wrong use, 130 when
    /// stopped by Ctrl-C, else 1.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Unknown(_) | Error::Proxy { .. } => 2,
            Error::Interrupted { .. } => 130,
            _ => 1,
        }
    }

    /// An error of the file system; a full disk is told apart.
    pub(crate) fn io(path: &Path, action: &str, fault: &io::Error, missing: u64) -> Error {
        let path = shown(path);
        match fault.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                let missing = crate::size(missing);
                Error::DiskFull { path, missing }
            }
            _ => Error::Io {
                path,
                action: action.to_owned(),
                reason: fault.to_string(),
            },
        }
    }
}

/// Several tries in one line.
struct Tries<'a>(&'a [Try]);

impl fmt::Display for Tries<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, Try { from, reason }) in self.0.iter().enumerate() {
            let separator = if i == 0 { "" } else { ", " };
            write!(f, "{separator}{} ({reason})", host(from))?;
        }
        Ok(())
    }
}

/// The host of an address; a path as it is.
fn host(from: &str) -> &str {
    match from.split_once("://") {
        Some((_, rest)) => rest.split('/').next().unwrap_or(rest),
        None => from,
    }
}
