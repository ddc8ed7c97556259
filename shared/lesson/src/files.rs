//! Files that are written whole or not at all.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::interrupt::WRITING;

/// Writes a file whole or not at all: beside its place first, then renamed.
///
/// # Errors
/// What the system says; the file is then as it was before.
pub fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    put_in_place(stage(file, bytes)?, file)
}

/// Writes all these files, or none of them.
///
/// # Errors
/// The file that could not be written, and what the system said; every file is
/// then as it was before.
pub(crate) fn write_all(files: &[(PathBuf, Vec<u8>)]) -> Result<(), (PathBuf, io::Error)> {
    let _writing = WRITING.lock();
    let mut staged = Vec::new();
    for (file, bytes) in files {
        let before = read_before(file).map_err(|error| (file.clone(), error))?;
        let new = stage(file, bytes).map_err(|error| (file.clone(), error))?;
        staged.push((file, before, new));
    }
    let mut done = Vec::new();
    for (file, before, new) in staged {
        if let Err(error) = put_in_place(new, file) {
            done.into_iter()
                .rev()
                .for_each(|(file, before)| take_back(file, before));
            return Err((file.clone(), error));
        }
        done.push((file, before));
    }
    Ok(())
}

/// Checks that files can be written in a folder, making it if need be. Trying
/// is the only check that counts: permission bits do not know of read-only
/// mounts, full disks or the rights of root.
///
/// # Errors
/// What the system says.
pub(crate) fn try_folder(folder: &Path) -> io::Result<()> {
    if folder.exists() && !folder.is_dir() {
        return Err(ErrorKind::NotADirectory.into());
    }
    fs::create_dir_all(folder)?;
    stage(&folder.join("try"), b"x").map(drop)
}

/// What the system said, without its number: "Permission denied".
pub(crate) fn reason(error: &io::Error) -> String {
    let words = error.to_string();
    let end = words.find(" (os error").unwrap_or(words.len());
    words[..end].to_string()
}

/// The bytes of a file before it is replaced; none if it is not there.
fn read_before(file: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(file) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes the bytes to a file beside `file`; it goes away if it is dropped.
fn stage(file: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = Builder::new();
    builder.prefix(".new-");
    // A temporary file is private by default; this one becomes a page's.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut staged = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    staged.write_all(bytes)?;
    staged.as_file().sync_all()?;
    Ok(staged)
}

/// Renames a staged file to its place.
fn put_in_place(staged: NamedTempFile, file: &Path) -> io::Result<()> {
    staged.persist(file).map(drop).map_err(|error| error.error)
}

/// Puts back what stood in a file's place. This is the way out after an error,
/// so an error here has nowhere left to go.
fn take_back(file: &Path, before: Option<Vec<u8>>) {
    let _ = match before {
        Some(bytes) => write_whole(file, &bytes),
        None => fs::remove_file(file),
    };
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn one_file_that_fails_leaves_all_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("old"), "before").unwrap();
        fs::create_dir(path("folder")).unwrap();
        for bad in [path("folder"), path("old/below")] {
            let new = |file| (file, b"after".to_vec());
            let files = [new(path("old")), new(path("fresh")), new(bad.clone())];
            let (failed, _) = write_all(&files).unwrap_err();
            assert_eq!(failed, bad);
            assert_eq!(fs::read_to_string(path("old")).unwrap(), "before");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        }
    }

    #[test]
    fn a_rename_that_fails_is_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let old = folder.path().join("old");
        fs::write(&old, "after").unwrap();
        take_back(&old, Some(b"before".to_vec()));
        assert_eq!(fs::read_to_string(&old).unwrap(), "before");
        take_back(&old, None);
        assert!(!old.exists());
    }

    #[test]
    fn a_folder_below_a_file_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        assert!(try_folder(&folder.path().join("file/out")).is_err());
        assert!(try_folder(&folder.path().join("new/out")).is_ok());
        assert_eq!(
            fs::read_dir(folder.path().join("new/out")).unwrap().count(),
            0
        );
    }
}
