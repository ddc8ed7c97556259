//! What files there are: in a folder, in an archive, or made up in memory.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use datasets::{archive, store};

use super::report::plain_place;

/// The most files that are looked at, and how deep. Chosen by us, against a `--data /`.
const MAX_FILES: usize = 100_000;
const MAX_DEPTH: usize = 8;

/// Where the bytes of a file are.
#[derive(Clone, Debug)]
enum Source {
    Disk(PathBuf),
    Memory(Vec<u8>),
}

/// The files of a folder by their paths in it, `/` in between, in alphabetical order.
/// Nothing is read before it is asked for.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// What messages call the folder.
    pub name: String,
    files: BTreeMap<String, Source>,
}

impl Listing {
    /// What lies in a folder and in the folders below it. Hidden files are left out,
    /// and links to folders, which may lead in circles.
    ///
    /// # Errors
    /// If there is no such folder, it cannot be read, or it holds more than 100,000
    /// files.
    pub fn of_folder(dir: &Path) -> anyhow::Result<Listing> {
        let name = plain_place(&store::shown(dir));
        ensure!(
            dir.is_dir(),
            "{name}: expected a folder, found none; check the path"
        );
        let mut listing = Listing {
            name,
            files: BTreeMap::new(),
        };
        let mut folders = vec![(dir.to_owned(), String::new(), 0)];
        while let Some((folder, within, depth)) = folders.pop() {
            let entries =
                fs::read_dir(&folder).with_context(|| store::shown(&folder))?;
            for entry in entries {
                let path = entry.with_context(|| store::shown(&folder))?.path();
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                if name.starts_with('.') {
                    continue;
                }
                let within = format!("{within}{name}");
                if path.is_file() {
                    listing.files.insert(within, Source::Disk(path));
                } else if path.is_dir() && !path.is_symlink() && depth < MAX_DEPTH {
                    folders.push((path, format!("{within}/"), depth + 1));
                }
            }
            if listing.files.len() > MAX_FILES {
                let name = listing.name;
                bail!(
                    "{name}: more than {MAX_FILES} files; name the folder of the pictures"
                );
            }
        }
        Ok(listing)
    }

    /// The files of an unpacked tar archive below the folder `root`. `file` is what
    /// errors call the archive.
    ///
    /// # Errors
    /// As [`archive::members`].
    pub fn of_archive(tar: &[u8], file: &str, root: &str) -> datasets::Result<Listing> {
        let mut files = BTreeMap::new();
        archive::members(tar, file, |member| {
            let within = member.path.strip_prefix(root);
            if let Some(within) = within.and_then(|path| path.strip_prefix('/')) {
                files.insert(within.to_owned(), Source::Memory(member.bytes.to_vec()));
            }
            Ok(())
        })?;
        Ok(Listing {
            name: format!("{file}, {root}"),
            files,
        })
    }

    /// Files that are in memory, by their paths.
    pub fn of_files<P: Into<String>>(
        name: &str,
        files: impl IntoIterator<Item = (P, Vec<u8>)>,
    ) -> Listing {
        let files = files.into_iter();
        Listing {
            name: name.to_owned(),
            files: files
                .map(|(path, bytes)| (path.into(), Source::Memory(bytes)))
                .collect(),
        }
    }

    /// The paths, in alphabetical order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The paths of files that are named like pictures.
    pub fn pictures(&self) -> impl Iterator<Item = &str> {
        let picture = |path: &&str| {
            let ending = path.rsplit_once('.').map(|(_, ending)| ending);
            let is =
                |kind| ending.is_some_and(|ending| ending.eq_ignore_ascii_case(kind));
            ["png", "jpg", "jpeg"].into_iter().any(is)
        };
        self.paths().filter(picture)
    }

    /// Whether there is a file of this path.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The bytes of a file, if it is there and has at most `limit` of them.
    pub fn bytes(&self, path: &str, limit: u64) -> Option<Vec<u8>> {
        match self.files.get(path)? {
            Source::Memory(bytes) => {
                (bytes.len() as u64 <= limit).then(|| bytes.clone())
            }
            Source::Disk(path) => store::read_up_to(path, limit).ok().flatten(),
        }
    }

    /// A file as text, if it is there, is UTF-8, and has at most 1 MiB.
    pub fn text(&self, path: &str) -> Option<String> {
        /// Chosen by us: some four thousand boxes.
        const MAX_TEXT: u64 = 1 << 20;
        String::from_utf8(self.bytes(path, MAX_TEXT)?).ok()
    }
}
