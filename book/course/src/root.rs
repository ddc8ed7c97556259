//! Where the course's folder is.

use std::path::{Path, PathBuf};

/// The folder that holds `Cargo.toml`, `course.toml` and `book/`: `COURSE_ROOT`
/// when set, else the nearest folder above the current one that has a
/// `book/book.toml`, else the one this program was built in.
pub fn find() -> PathBuf {
    if let Some(root) = std::env::var_os("COURSE_ROOT") {
        return PathBuf::from(root);
    }
    let here = std::env::current_dir().unwrap_or_default();
    here.ancestors()
        .find(|folder| folder.join("book/book.toml").is_file())
        .unwrap_or_else(|| {
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .ancestors()
                .nth(2)
                .expect("book/course lies two folders below the root")
        })
        .to_path_buf()
}
