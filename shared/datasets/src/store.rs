//! Where the files lie, and how each is checked before use.

use std::collections::BTreeMap;
use std::env;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::{At, DataError, Result};
use crate::manifest::{Manifest, RemoteFile, Set, Variant};

/// No file of the course is larger; a larger one is not read into memory. 1 GiB.
const MAX_FILE: u64 = 1 << 30;

/// The root of the workspace: the folder with `data/`, `chapters/`, `shared/`.
pub fn workspace_dir() -> PathBuf {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR")); // …/shared/datasets
    let root = crate_dir.parent().and_then(Path::parent);
    root.expect("this crate lies two folders below the root")
        .to_owned()
}

/// The committed data, `data/`. `COURSE_BUNDLED_DATA` names another folder: tests point it
/// at a damaged copy.
pub fn data_dir() -> PathBuf {
    from_env("COURSE_BUNDLED_DATA").unwrap_or_else(|| workspace_dir().join("data"))
}

/// The downloads, `data/cache/` unless `COURSE_DATA` names another folder.
pub fn cache_dir() -> PathBuf {
    from_env("COURSE_DATA").unwrap_or_else(|| workspace_dir().join("data/cache"))
}

/// The folder that downloads are taken from before the network is asked: `COURSE_DATA_MIRROR`.
pub fn mirror_dir() -> Option<PathBuf> {
    from_env("COURSE_DATA_MIRROR")
}

/// A folder from the environment; a relative one counts from the workspace root, so that
/// it means the same for `cargo run` at the root and for tests, which run in their crate.
fn from_env(variable: &str) -> Option<PathBuf> {
    let value = env::var_os(variable).filter(|value| !value.is_empty())?;
    Some(workspace_dir().join(value))
}

/// A path as messages show it: from the workspace root where it lies within.
pub fn shown(path: &Path) -> String {
    let inside = path.strip_prefix(workspace_dir());
    inside.unwrap_or(path).display().to_string()
}

/// Reads a committed file, `iris/iris.csv`, and checks it against `data/checksums.toml`.
///
/// # Errors
/// [`DataError::Missing`], [`DataError::Digest`], or [`DataError::Format`] if the list of
/// checksums is damaged itself.
pub fn committed(name: &str) -> Result<Vec<u8>> {
    let path = data_dir().join(name);
    let remedy = format!("bring it back with `git checkout -- data/{name}`");
    let pinned = checksums()?.remove(name);
    let expected = pinned.ok_or_else(|| DataError::Missing {
        file: format!("data/checksums.toml, {name}"),
        remedy: "run `python3 data/convert.py` after adding a file".to_owned(),
    })?;
    let bytes = read(&path)?.ok_or_else(|| DataError::Missing {
        file: shown(&path),
        remedy: remedy.clone(),
    })?;
    check(&path, bytes, &expected, &remedy)
}

/// The pinned digests of the committed files: name below `data/` to sha256.
///
/// # Errors
/// [`DataError::Missing`] or [`DataError::Format`], naming `data/checksums.toml`.
pub fn checksums() -> Result<BTreeMap<String, String>> {
    let path = data_dir().join("checksums.toml");
    let text = text(&path)?;
    toml::from_str(&text).map_err(|fault| toml_fault(&path, &text, &fault))
}

/// Reads a downloaded file and checks it against the manifest.
///
/// # Errors
/// [`DataError::NotDownloaded`] with the command that fetches it, [`DataError::Digest`].
pub fn downloaded(set: &Set, variant: &Variant, file: &RemoteFile) -> Result<Vec<u8>> {
    let path = cache_dir()
        .join(&set.name)
        .join(&variant.name)
        .join(&file.name);
    let command = get_command(set, variant, file);
    let bytes = read(&path)?.ok_or_else(|| DataError::NotDownloaded {
        set: set.name.clone(),
        file: shown(&path),
        command: command.clone(),
    })?;
    check(
        &path,
        bytes,
        &file.sha256,
        &format!("fetch it again with `{command}`"),
    )
}

/// The command that fetches a file of the manifest.
pub fn get_command(set: &Set, variant: &Variant, file: &RemoteFile) -> String {
    let mut command = format!("cargo run -- data get {}", set.name);
    if set.variants.first() != Some(variant) {
        command += &format!(" --variant {}", variant.name);
    }
    if let Some(part) = &file.part {
        command += &format!(" --part {part}");
    }
    command
}

/// The manifest of the public sets, `data/manifest.toml`.
pub(crate) fn manifest() -> Result<Manifest> {
    let path = data_dir().join("manifest.toml");
    Manifest::parse(&text(&path)?, &shown(&path))
}

/// sha256 as 64 hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as hexadecimal digits, two each.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Hands the bytes on if their digest is the expected one.
fn check(path: &Path, bytes: Vec<u8>, expected: &str, remedy: &str) -> Result<Vec<u8>> {
    let got = sha256(&bytes);
    if got == expected {
        return Ok(bytes);
    }
    Err(DataError::Digest {
        file: shown(path),
        expected: expected.to_owned(),
        got,
        remedy: remedy.to_owned(),
    })
}

/// The whole file, or `None` if there is none. A file of more than 1 GiB is an error.
///
/// # Errors
/// [`DataError::Unreadable`] with the system's words.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    read_up_to(path, MAX_FILE)
}

/// The whole file if it has at most `limit` bytes, or `None` if there is none.
///
/// # Errors
/// [`DataError::Unreadable`] with the system's words, or if the file is larger.
pub fn read_up_to(path: &Path, limit: u64) -> Result<Option<Vec<u8>>> {
    let unreadable = |reason: String| DataError::Unreadable {
        file: shown(path),
        reason,
    };
    let file = match File::open(path) {
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(|fault| unreadable(fault.to_string()))?,
    };
    let mut bytes = Vec::new();
    let mut bounded = file.take(limit + 1);
    bounded
        .read_to_end(&mut bytes)
        .map_err(|fault| unreadable(fault.to_string()))?;
    if bytes.len() as u64 > limit {
        return Err(unreadable(format!("more than {limit} bytes")));
    }
    Ok(Some(bytes))
}

/// One of our own text files.
fn text(path: &Path) -> Result<String> {
    let file = shown(path);
    let remedy = format!("bring it back with `git checkout -- {file}`");
    let bytes = read(path)?.ok_or(DataError::Missing {
        file: file.clone(),
        remedy,
    })?;
    String::from_utf8(bytes).map_err(|fault| {
        let at = At::Byte(fault.utf8_error().valid_up_to() as u64);
        DataError::format(&file, at, "UTF-8 text", "other bytes")
    })
}

/// A TOML error as one line, at the line of the file.
pub(crate) fn toml_fault(path: &Path, text: &str, fault: &toml::de::Error) -> DataError {
    let start = fault.span().map_or(0, |span| span.start.min(text.len()));
    let line = 1 + text.as_bytes()[..start]
        .iter()
        .filter(|&&byte| byte == b'\n')
        .count();
    let got = fault.message().replace('\n', " ");
    DataError::format(
        &shown(path),
        At::Line(line as u64),
        "TOML as in the comments there",
        got,
    )
}
