//! Where to put files, where to take them from, how long to wait.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use datasets::{Manifest, cache_dir, mirror_dir};

use crate::error::{Error, Result};

/// What a download needs to know beside the set's name.
#[derive(Debug, Clone)]
pub struct Options {
    /// The list of sets.
    pub manifest: Manifest,
    /// Where the files go: `CACHE/SET/VARIANT/FILE`.
    pub cache: PathBuf,
    /// A folder that may hold the same files, as `MIRROR/SET/FILE`; looked at first.
    pub mirror: Option<PathBuf>,
    /// Set to true from outside (a Ctrl-C handler) to stop; looked at between pieces.
    pub stop: Arc<AtomicBool>,
    /// How long a server may be silent before it counts as gone.
    pub patience: Duration,
    /// The pause before a failed address is asked again.
    pub pause: Duration,
}

impl Options {
    /// The course's own manifest, with `COURSE_DATA` and `COURSE_DATA_MIRROR` honoured.
    ///
    /// # Errors
    /// [`Error::Manifest`] if `data/manifest.toml` is missing or damaged.
    pub fn from_env() -> Result<Options> {
        let manifest = Manifest::load().map_err(Error::Manifest)?;
        Ok(Options {
            mirror: mirror_dir(),
            ..Options::new(manifest, cache_dir())
        })
    }

    /// A manifest and a cache folder; no mirror, 30 seconds of patience.
    pub fn new(manifest: Manifest, cache: PathBuf) -> Options {
        Options {
            manifest,
            cache,
            mirror: None,
            stop: Arc::new(AtomicBool::new(false)),
            patience: Duration::from_secs(30),
            pause: Duration::from_secs(1),
        }
    }

    /// Whether somebody asked to stop.
    pub(crate) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
