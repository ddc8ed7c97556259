//! What the tests share: a manifest of one file, a cache of its own, a progress that listens.
#![allow(dead_code)] // each test file uses its own share

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use datasets::{Manifest, store};
use download::{Got, Options, Progress, Result, Silent, get};
use tempfile::TempDir;

/// 100,000 bytes that are not all alike.
pub(crate) fn content() -> Vec<u8> {
    (0..100_000_u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect()
}

/// A manifest with the set `digits`, whose file `f.bin` is [`content`], served at `urls`.
pub(crate) fn manifest(urls: &[&str]) -> String {
    let source = match urls {
        [] => "mirror-only = true".to_owned(),
        _ => String::new(),
    };
    let urls = match urls {
        [] => String::new(),
        urls => format!("urls = {urls:?}"),
    };
    format!(
        r#"
[[set]]
name = "digits"
about = "bytes for tests"
homepage = "http://127.0.0.1/"
licence = "none"
citation = "none"

[[set.variant]]
name = "official"
loader = "text"
{source}

[[set.variant.file]]
name = "f.bin"
part = "test"
bytes = {}
sha256 = "{}"
{urls}
"#,
        content().len(),
        store::sha256(&content())
    )
}

/// A cache folder of its own and the options to fetch into it.
pub(crate) struct Bench {
    pub(crate) dir: TempDir,
    pub(crate) options: Options,
}

impl Bench {
    pub(crate) fn new(urls: &[&str]) -> Bench {
        let dir = tempfile::tempdir().unwrap();
        let manifest = Manifest::parse(&manifest(urls), "manifest.toml").unwrap();
        let mut options = Options::new(manifest, dir.path().join("cache"));
        options.pause = Duration::from_millis(1);
        Bench { dir, options }
    }

    pub(crate) fn get(&self) -> Result<Got> {
        get("digits", None, None, &self.options, &mut Silent)
    }

    pub(crate) fn get_with(&self, progress: &mut dyn Progress) -> Result<Got> {
        get("digits", None, None, &self.options, progress)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.options.cache.join("digits/official/f.bin")
    }

    pub(crate) fn part(&self) -> PathBuf {
        self.options.cache.join("digits/official/f.bin.part")
    }

    /// What a run leaves behind that was stopped.
    pub(crate) fn leave_part(&self, bytes: &[u8]) {
        fs::create_dir_all(self.part().parent().unwrap()).unwrap();
        fs::write(self.part(), bytes).unwrap();
    }
}

/// Remembers what it was told.
#[derive(Default)]
pub(crate) struct Lines {
    pub(crate) said: Vec<String>,
    pub(crate) positions: Vec<u64>,
}

impl Progress for Lines {
    fn start(&mut self, _file: &str, _total: u64) {}
    fn at(&mut self, have: u64) {
        self.positions.push(have);
    }
    fn finish(&mut self) {}
    fn say(&mut self, line: &str) {
        self.said.push(line.to_owned());
    }
}
