//! The unfinished file: `FILE.part`.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use datasets::store::hex;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// An unfinished file, open for writing at its end.
pub(crate) struct Part {
    file: File,
    path: PathBuf,
    len: u64,
    total: u64,
}

impl Part {
    /// Opens `FILE.part` beside `target`, with what an earlier run left in it.
    pub(crate) fn open(target: &Path, total: u64) -> Result<Part> {
        let mut name = target.as_os_str().to_owned();
        name.push(".part");
        let path = PathBuf::from(name);
        let open = || -> std::io::Result<(File, u64)> {
            let mut options = OpenOptions::new();
            let mut file = options
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)?;
            let len = file.seek(SeekFrom::End(0))?;
            Ok((file, len))
        };
        let (file, len) = open().map_err(|fault| Error::io(&path, "open it", &fault, total))?;
        let mut part = Part {
            file,
            path,
            len,
            total,
        };
        if len > total {
            part.restart()?; // it cannot be the beginning of this file
        }
        Ok(part)
    }

    /// How many bytes have arrived.
    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    /// How many bytes are still to come.
    pub(crate) fn missing(&self) -> u64 {
        self.total - self.len
    }

    /// Forgets what has arrived.
    pub(crate) fn restart(&mut self) -> Result<()> {
        let cut = self
            .file
            .set_len(0)
            .and_then(|()| self.file.seek(SeekFrom::Start(0)));
        cut.map_err(|fault| Error::io(&self.path, "write to it", &fault, self.total))?;
        self.len = 0;
        Ok(())
    }

    /// Adds a piece, which must not lead beyond the expected length.
    pub(crate) fn append(&mut self, piece: &[u8]) -> Result<()> {
        // Byte counts must stay true even if only a part of the piece fits on the disk.
        let mut rest = piece;
        while !rest.is_empty() {
            match self.file.write(rest) {
                Ok(written) => {
                    self.len += written as u64;
                    rest = &rest[written..];
                }
                Err(fault) if fault.kind() == std::io::ErrorKind::Interrupted => {}
                Err(fault) => {
                    return Err(Error::io(&self.path, "write to it", &fault, self.missing()));
                }
            }
        }
        Ok(())
    }

    /// The digest of what lies on the disk now, whichever runs wrote it.
    pub(crate) fn sha256(&mut self) -> Result<String> {
        sha256(&self.path)
    }

    /// Leaves no trace of a download that brought nothing.
    pub(crate) fn remove_if_empty(self) {
        let Part {
            file, path, len, ..
        } = self;
        drop(file);
        if len == 0 {
            let _ = fs::remove_file(path); // only tidying: an empty file does no harm
        }
    }

    /// Gives the file its own name: from now on it counts as whole.
    pub(crate) fn finish(self, target: &Path) -> Result<()> {
        let Part { file, path, .. } = self;
        let synced = file.sync_all();
        drop(file); // Windows renames no open file
        synced
            .and_then(|()| fs::rename(&path, target))
            .map_err(|fault| Error::io(target, "write to it", &fault, 0))
    }
}

/// The sha256 of a file, read piece by piece.
pub(crate) fn sha256(path: &Path) -> Result<String> {
    let digest = || -> std::io::Result<String> {
        let mut file = File::open(path)?;
        let mut hasher = Sha256::new();
        let mut piece = vec![0; 1 << 16];
        loop {
            match file.read(&mut piece)? {
                0 => return Ok(hex(&hasher.finalize())),
                count => hasher.update(&piece[..count]),
            }
        }
    };
    digest().map_err(|fault| Error::io(path, "read it", &fault, 0))
}
