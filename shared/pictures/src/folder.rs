//! A folder of pictures, one sub-folder a class: on disk, or in an archive.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use datasets::store::shown;
use datasets::{DataError, Result, archive};

use crate::decode::{decode, picture};
use crate::set::{Pictures, Source, decode_all, entry_fault};

/// Reads a folder of pictures, one sub-folder a class; all pictures must have one size.
/// Files whose name begins with a dot are left out.
///
/// # Errors
/// As [`picture`] for each file; and [`DataError::Format`] if there are no classes, a class
/// has no pictures, something else lies in between, or a picture has another size.
pub fn image_folder(dir: &Path) -> Result<Pictures> {
    let classes = entries(dir)?;
    let mut sources = Vec::new();
    for (label, class) in classes.iter().enumerate() {
        let paths = entries(class)?;
        if paths.is_empty() {
            return Err(entry_fault(
                class,
                "pictures of the class",
                "an empty folder",
            ));
        }
        let source = |path| Source {
            path,
            label,
            from: (),
        };
        sources.extend(paths.into_iter().map(source));
    }
    if sources.is_empty() {
        return Err(entry_fault(dir, "a sub-folder for each class", "none"));
    }
    let name = match dir.file_name() {
        Some(name) => name.to_string_lossy().into_owned(),
        None => shown(dir),
    };
    let names = classes.iter().map(|class| stem(class)).collect();
    decode_all(name, names, sources, |source| picture(&source.path))
}

/// Reads the pictures of one folder of an unpacked tar archive, `{folder}/CLASS/FILE`, as
/// [`image_folder`] reads one on disk; whatever lies outside of `folder` is passed over.
/// `file` is what errors call the archive.
///
/// # Errors
/// As [`archive::members`], and as [`image_folder`] for what lies in the folder.
pub fn archived_folder(tar: &[u8], file: &str, folder: &str) -> Result<Pictures> {
    let place = Path::new(file).join(folder);
    let mut classes: Vec<String> = Vec::new();
    let mut sources = Vec::new();
    for (within, from) in files_within(tar, file, folder)? {
        let class = within.parent().map(stem).unwrap_or_default();
        if classes.last() != Some(&class) {
            classes.push(class);
        }
        let (path, label) = (place.join(within), classes.len() - 1);
        sources.push(Source { path, label, from });
    }
    if sources.is_empty() {
        return Err(entry_fault(&place, "a sub-folder for each class", "none"));
    }
    decode_all(stem(Path::new(folder)), classes, sources, |source| {
        decode(&source.from, &source.path.display().to_string())
    })
}

/// The files `CLASS/FILE` in a folder of an archive, in alphabetical order.
fn files_within(tar: &[u8], file: &str, folder: &str) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    archive::members(tar, file, |member| {
        let path = Path::new(member.path);
        let Ok(within) = path.strip_prefix(folder) else {
            return Ok(());
        };
        if stem(path).starts_with('.') {
            return Ok(());
        }
        let place = Path::new(file).join(path);
        if within.components().count() != 2 {
            let got = within.display().to_string();
            return Err(entry_fault(&place, "CLASS/FILE in the folder", &got));
        }
        match files.insert(within.to_owned(), member.bytes.to_vec()) {
            None => Ok(()),
            Some(_) => Err(entry_fault(
                &place,
                "every file once",
                "a second one of this name",
            )),
        }
    })?;
    Ok(files)
}

/// What lies in a folder, in alphabetical order, without hidden files.
fn entries(dir: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |fault: std::io::Error| DataError::Unreadable {
        file: shown(dir),
        reason: fault.to_string(),
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if !stem(&path).starts_with('.') {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
