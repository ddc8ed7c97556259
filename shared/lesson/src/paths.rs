//! Where things are.

use std::path::{Path, PathBuf};

/// The root of the workspace that this crate was built in: the folder of the
/// first `Cargo.toml`.
pub fn workspace_root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// A path as a reader would type it: below the current folder, relative to it.
pub(crate) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let short = path.strip_prefix(here).unwrap_or(path);
    short.display().to_string()
}

/// The folder of a lesson's pages.
pub(crate) fn pages(root: &Path, lesson: &str) -> PathBuf {
    root.join("book/src").join(lesson)
}
