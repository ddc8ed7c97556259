//! The lock on a variant's folder, which goes without a trace when nothing was fetched.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use datasets::store::shown;

use crate::error::{Error, Result};
use crate::options::Options;
use crate::progress::{Progress, size};

/// How often the folder may vanish while it is being made; after that it cannot be made.
const PATIENCE: u32 = 100;

/// The right to fetch into a folder, which one process has at a time.
pub(crate) struct Lock {
    folder: PathBuf,
    /// Its lock ends when it is closed.
    _file: File,
}

impl Lock {
    /// Makes the folder, waits until no other process fetches into it.
    pub(crate) fn new(
        folder: &Path,
        options: &Options,
        progress: &mut dyn Progress,
    ) -> Result<Lock> {
        let path = folder.join(".lock");
        let mut removed = 0;
        loop {
            let file = match fs::create_dir_all(folder).and_then(|()| File::create(&path)) {
                // Another process may have removed the folder meanwhile: see `drop`.
                Err(fault) if fault.kind() == io::ErrorKind::NotFound && removed < PATIENCE => {
                    removed += 1;
                    continue;
                }
                made => made.map_err(|fault| Error::io(folder, "write into it", &fault, 0))?,
            };
            wait(&file, folder, options, progress)?;
            if is_at(&file, &path) {
                return Ok(Lock {
                    folder: folder.to_path_buf(),
                    _file: file,
                });
            }
            // Whoever had the lock has removed the file: a lock on it keeps nobody out.
        }
    }
}

/// Waits until `file` is locked for us.
fn wait(file: &File, folder: &Path, options: &Options, progress: &mut dyn Progress) -> Result<()> {
    let mut told = false;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(fault)) => {
                return Err(Error::io(&folder.join(".lock"), "lock it", &fault, 0));
            }
            Err(TryLockError::WouldBlock) if options.stopped() => {
                let nothing = size(0);
                return Err(Error::Interrupted {
                    file: shown(folder),
                    have: nothing.clone(),
                    total: nothing,
                });
            }
            Err(TryLockError::WouldBlock) => {
                if !told {
                    progress.say("another process is fetching this set: waiting for it");
                    told = true;
                }
                sleep(Duration::from_millis(50));
            }
        }
    }
}

/// Whether `path` still leads to the open file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let name = |there: fs::Metadata| (there.dev(), there.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(there)) => name(open) == name(there),
        _ => false,
    }
}

/// Always: elsewhere the file is never removed.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

/// Removes the lock's file and the folders of the set if they hold nothing else.
///
/// The file is removed while it is locked, and a process that waits for the lock looks
/// afterwards whether it has the file that lies there now ([`is_at`]): so two processes
/// never both believe that the folder is theirs. Only Unix lets one tell two files apart;
/// elsewhere the empty file stays, which does no harm.
#[cfg(unix)]
impl Drop for Lock {
    fn drop(&mut self) {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        if entries.count() > 1 {
            return; // a file, or the beginning of one
        }
        // Only tidying, and a folder that is not empty is not removed.
        let _ = fs::remove_file(self.folder.join(".lock"));
        for folder in self.folder.ancestors().take(2) {
            let _ = fs::remove_dir(folder);
        }
    }
}
