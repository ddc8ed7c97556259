//! From a set's name to whole, checked files in the cache.

use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::job::Job;
use crate::lock::Lock;
use crate::options::Options;
use crate::progress::Progress;
use crate::web;
use datasets::DataError;
use datasets::manifest::{RemoteFile, Set, Variant};

/// Where a file came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// It was there already, and sound.
    Cache,
    /// A copy of this file in the mirror folder.
    Mirror(PathBuf),
    /// This address.
    Web(String),
}

/// One file that is now in the cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GotFile {
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Where it came from.
    pub source: Source,
}

/// What [`get`] brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Got {
    /// The set's name.
    pub set: String,
    /// The variant's name: results measured on it must say which.
    pub variant: String,
    /// Its files, checked, in the manifest's order.
    pub files: Vec<GotFile>,
}

/// Brings a set into the cache: `variant` (the first if `None`), one `part` of it or all.
///
/// A file that no source has does not keep the others from being fetched; the first such
/// error is returned in the end.
///
/// # Errors
/// [`Error::Unknown`] for a name that the manifest does not have, [`Error::Unreachable`]
/// with the way to do it by hand, [`Error::DiskFull`], [`Error::Interrupted`], and the rest
/// of [`Error`].
pub fn get(
    set: &str,
    variant: Option<&str>,
    part: Option<&str>,
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<Got> {
    let set = options.manifest.set(set).map_err(Error::Unknown)?;
    let variant = set.variant(variant).map_err(Error::Unknown)?;
    let files = choose(set, variant, part)?;

    let folder = options.cache.join(&set.name).join(&variant.name);
    let _lock = Lock::new(&folder, options, progress)?; // released when it goes out of scope
    let agent = web::agent(options)?;

    let mut got = Got {
        set: set.name.clone(),
        variant: variant.name.clone(),
        files: Vec::new(),
    };
    let mut first_fault = None;
    for file in files {
        let target = folder.join(&file.name);
        let job = Job {
            set,
            variant,
            file,
            target,
            options,
            agent: &agent,
        };
        match job.fetch(progress) {
            Ok(source) => got.files.push(job.done(source)),
            Err(fault @ Error::Unreachable { .. }) => first_fault = first_fault.or(Some(fault)),
            Err(fault) => return Err(fault), // a full disk, Ctrl-C: the rest would fail too
        }
    }
    first_fault.map_or(Ok(got), Err)
}

/// The files of a variant that belong to `part`, or all of them.
fn choose<'a>(set: &Set, variant: &'a Variant, part: Option<&str>) -> Result<Vec<&'a RemoteFile>> {
    let Some(part) = part else {
        return Ok(variant.files.iter().collect());
    };
    let of_part = |file: &&RemoteFile| file.part.as_deref() == Some(part);
    let chosen: Vec<&RemoteFile> = variant.files.iter().filter(of_part).collect();
    if chosen.is_empty() {
        let mut parts: Vec<&str> = variant
            .files
            .iter()
            .filter_map(|f| f.part.as_deref())
            .collect();
        parts.dedup();
        let known = match parts.as_slice() {
            [] => "no part (the set is not divided)".to_owned(),
            parts => parts.join(", "),
        };
        let (kind, name) = (format!("part of {}", set.name), part.to_owned());
        return Err(Error::Unknown(DataError::Unknown { kind, name, known }));
    }
    Ok(chosen)
}
