//! What is here, and is it sound: `data list` and `data verify`.

use std::fmt;
use std::fs;
use std::path::Path;

use datasets::manifest::{RemoteFile, Set, Variant};
use datasets::store::{self, shown};
use datasets::{DataError, Result as DataResult};

use crate::options::Options;
use crate::part::sha256;
use crate::progress::size;

/// How much of a variant is in the cache, going by the files' sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing.
    Missing,
    /// Some files, or the beginning of one.
    Partial {
        /// How many bytes are there.
        have: u64,
        /// How many there will be.
        total: u64,
    },
    /// All of it. [`verify`] tells whether it is sound.
    Present,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            State::Missing => f.pad("missing"),
            State::Partial { have, total } => {
                f.pad(&format!("partial: {} of {}", size(*have), size(*total)))
            }
            State::Present => f.pad("present"),
        }
    }
}

/// One variant of a public set, as `data list` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The set's name: `data get SET`.
    pub set: String,
    /// The variant's name: `--variant VARIANT`.
    pub variant: String,
    /// Whether it is the one that is fetched when no variant is named.
    pub default: bool,
    /// The parts that can be fetched alone: `--part PART`.
    pub parts: Vec<String>,
    /// The size of all files in bytes; see [`size`].
    pub bytes: u64,
    /// What is here.
    pub state: State,
    /// Whether it comes from a mirror folder only.
    pub mirror_only: bool,
    /// The set in one line.
    pub about: String,
    /// Its licence.
    pub licence: String,
    /// What is special about this variant.
    pub note: Option<String>,
}

/// Every variant of every set, in the manifest's order.
pub fn list(options: &Options) -> Vec<Row> {
    let sets = options.manifest.sets.iter();
    sets.flat_map(|set| {
        set.variants
            .iter()
            .map(|variant| row(set, variant, options))
    })
    .collect()
}

fn row(set: &Set, variant: &Variant, options: &Options) -> Row {
    let mut parts: Vec<String> = variant
        .files
        .iter()
        .filter_map(|f| f.part.clone())
        .collect();
    parts.dedup();
    Row {
        set: set.name.clone(),
        variant: variant.name.clone(),
        default: set.variants.first() == Some(variant),
        parts,
        bytes: variant.bytes(),
        state: state(&options.cache.join(&set.name).join(&variant.name), variant),
        mirror_only: variant.mirror_only,
        about: set.about.clone(),
        licence: set.licence.clone(),
        note: variant.note.clone(),
    }
}

fn state(folder: &Path, variant: &Variant) -> State {
    let len = |name: &str| fs::metadata(folder.join(name)).map(|there| there.len());
    let have_of = |file: &RemoteFile| {
        let whole = len(&file.name).ok();
        let begun = || len(&format!("{}.part", file.name)).ok();
        whole.or_else(begun).unwrap_or(0).min(file.bytes)
    };
    let whole = |file: &RemoteFile| len(&file.name).is_ok_and(|len| len == file.bytes);
    let (have, total) = (variant.files.iter().map(have_of).sum(), variant.bytes());
    match have {
        _ if variant.files.iter().all(whole) => State::Present,
        0 => State::Missing,
        have => State::Partial { have, total },
    }
}

/// One file that [`verify`] looked at.
#[derive(Debug)]
pub struct Check {
    /// The file, from the workspace root.
    pub file: String,
    /// Sound, or what is wrong and what to do.
    pub result: DataResult<()>,
}

/// Compares every committed file with `checksums.toml`, and every downloaded one with the
/// manifest. Sets that are not here are no fault.
///
/// # Errors
/// [`DataError`] if the list of checksums itself cannot be read.
pub fn verify(options: &Options) -> DataResult<Vec<Check>> {
    let mut checks = Vec::new();
    for name in store::checksums()?.into_keys() {
        let result = store::committed(&name).map(|_| ());
        checks.push(Check {
            file: shown(&datasets::data_dir().join(&name)),
            result,
        });
    }
    for set in &options.manifest.sets {
        for variant in &set.variants {
            for file in &variant.files {
                checks.extend(verify_download(set, variant, file, options));
            }
        }
    }
    Ok(checks)
}

/// The check of one downloaded file, if it is here.
fn verify_download(
    set: &Set,
    variant: &Variant,
    file: &RemoteFile,
    options: &Options,
) -> Option<Check> {
    let path = options
        .cache
        .join(&set.name)
        .join(&variant.name)
        .join(&file.name);
    let shown = shown(&path);
    let result = match sha256(&path) {
        _ if !path.exists() => return None,
        Ok(digest) if digest == file.sha256 => Ok(()),
        Ok(got) => Err(DataError::Digest {
            file: shown.clone(),
            expected: file.sha256.clone(),
            got,
            remedy: format!(
                "fetch it again with `{}`",
                store::get_command(set, variant, file)
            ),
        }),
        Err(fault) => Err(DataError::Unreadable {
            file: shown.clone(),
            reason: fault.to_string(),
        }),
    };
    Some(Check {
        file: shown,
        result,
    })
}
