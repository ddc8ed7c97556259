//! `results.toml`: what a lesson's runs recorded, one table a mode.
//!
//! ```toml
//! [default]
//! seed = 1
//! seconds = 11.8
//! processor = "…, 2 threads"
//! date = "2026-05-01"
//! digest = "0f3a…"
//!
//! [default.sections.logic]
//! seconds = 0.4
//! digest = "0f3a…"
//! values = ["xor_accuracy"]
//! figures = ["boundary"]
//!
//! [default.values]
//! xor_accuracy = { value = 0.75, tolerance = 0.0, unit = "fraction" }
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde::Deserialize;
use thiserror::Error;

use crate::{Mode, Value, ValueError};

/// Everything recorded for one lesson: a table for each mode that was run.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Results {
    /// What `--quick` recorded; the tests run it again and compare.
    pub quick: Option<Recorded>,
    /// What a run without flags recorded: the numbers the pages print.
    pub default: Option<Recorded>,
    /// What `--full` recorded, on the full public data sets.
    pub full: Option<Recorded>,
}

/// What the runs of one mode recorded.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// The seed that every value came from.
    pub seed: u64,
    /// Seconds that the sections of a run without a SECTION took together.
    pub seconds: f64,
    /// The processor's name and its number of threads.
    pub processor: String,
    /// The day of the last recording, `2026-05-01`.
    pub date: String,
    /// [`digest`](crate::digest()) of the lesson's sources at the last recording;
    /// none for `--quick`, which the tests run afresh.
    pub digest: Option<String>,
    /// What each section contributed, in the lesson's order.
    #[serde(default)]
    pub sections: IndexMap<String, SectionRecord>,
    /// The numbers, by section and then in the order they were recorded.
    #[serde(default)]
    pub values: IndexMap<String, Value>,
}

/// What one section's last recording left.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionRecord {
    /// Seconds the section took.
    pub seconds: f64,
    /// Digest of the lesson's sources at that recording; none for `--quick`.
    pub digest: Option<String>,
    /// Names of the values it recorded.
    #[serde(default)]
    pub values: Vec<String>,
    /// Names of the figures it drew.
    #[serde(default)]
    pub figures: Vec<String>,
}

/// Why a results file cannot be read.
#[derive(Debug, Error)]
pub enum ResultsError {
    /// The file is not there or cannot be read.
    #[error("{}: cannot be read: {source}", .file.display())]
    Read {
        /// The file asked for.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The text is not TOML of this form.
    #[error("{}:{line}: {what}", .file.display())]
    Format {
        /// The file read.
        file: PathBuf,
        /// The line of the fault, from 1.
        line: usize,
        /// What is wrong there.
        what: String,
    },
    /// A value breaks what every recorded value promises.
    #[error("{}: {mode}.{name}: {source}", .file.display())]
    Value {
        /// The file read.
        file: PathBuf,
        /// The table the value stands in.
        mode: Mode,
        /// The value's name.
        name: String,
        /// What is wrong with it.
        source: ValueError,
    },
}

impl Results {
    /// Reads a results file.
    ///
    /// # Errors
    /// [`ResultsError`] names the file, and the line or the value at fault.
    pub fn load(file: &Path) -> Result<Results, ResultsError> {
        let text = fs::read_to_string(file).map_err(|source| ResultsError::Read {
            file: file.to_path_buf(),
            source,
        })?;
        Results::parse(&text, file)
    }

    /// Reads a results file that may not be there yet: then nothing is recorded.
    ///
    /// # Errors
    /// As [`Results::load`], but a missing file is no error.
    pub fn load_or_empty(file: &Path) -> Result<Results, ResultsError> {
        match Results::load(file) {
            Err(ResultsError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                Ok(Results::default())
            }
            other => other,
        }
    }

    /// Reads the text of a results file; `file` only names it in errors.
    ///
    /// # Errors
    /// As [`Results::load`].
    pub fn parse(text: &str, file: &Path) -> Result<Results, ResultsError> {
        let results: Results = toml::from_str(text).map_err(|error| ResultsError::Format {
            file: file.to_path_buf(),
            line: error.span().map_or(1, |span| line_of(text, span.start)),
            what: error.message().to_string(),
        })?;
        for (mode, recorded) in results.tables() {
            for (name, value) in &recorded.values {
                value.check().map_err(|source| ResultsError::Value {
                    file: file.to_path_buf(),
                    mode,
                    name: name.clone(),
                    source,
                })?;
            }
        }
        Ok(results)
    }

    /// The table of one mode, if it was recorded.
    pub fn get(&self, mode: Mode) -> Option<&Recorded> {
        match mode {
            Mode::Quick => self.quick.as_ref(),
            Mode::Default => self.default.as_ref(),
            Mode::Full => self.full.as_ref(),
        }
    }

    /// Puts a table in the place of what was recorded for `mode`.
    pub fn set(&mut self, mode: Mode, recorded: Recorded) {
        let place = match mode {
            Mode::Quick => &mut self.quick,
            Mode::Default => &mut self.default,
            Mode::Full => &mut self.full,
        };
        *place = Some(recorded);
    }

    /// The tables there are: quick, default, full.
    pub fn tables(&self) -> impl Iterator<Item = (Mode, &Recorded)> {
        [Mode::Quick, Mode::Default, Mode::Full]
            .into_iter()
            .filter_map(|mode| Some((mode, self.get(mode)?)))
    }

    /// The sections recorded from other sources than those with this
    /// [`digest`](crate::digest()): their numbers may no longer be what the code
    /// prints. Those of `--quick` are never stale, for the tests run them.
    pub fn stale<'a>(&'a self, digest: &'a str) -> impl Iterator<Item = (Mode, &'a str)> {
        let kept = self.tables().filter(|(mode, _)| *mode != Mode::Quick);
        kept.flat_map(move |(mode, recorded)| {
            let sections = recorded.sections.iter();
            sections
                .filter(move |(_, section)| section.digest.as_deref() != Some(digest))
                .map(move |(name, _)| (mode, name.as_str()))
        })
    }
}

/// The number of the line, from 1, that the byte at `offset` stands in.
fn line_of(text: &str, offset: usize) -> usize {
    let before = &text.as_bytes()[..offset.min(text.len())];
    1 + before.iter().filter(|&&byte| byte == b'\n').count()
}
