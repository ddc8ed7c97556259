//! A digest of a lesson's sources: whether what is recorded came from the code
//! as it stands.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Files that no recorded number comes from.
const LEFT_OUT: [&str; 3] = ["exercises.rs", "solutions.rs", "wrong.rs"];

/// The first 16 hexadecimal digits of the SHA-256 of the Rust files under
/// `src/` of a lesson's folder, by name and content; `exercises.rs`,
/// `solutions.rs` and `wrong.rs` are left out. Line ends count as `\n`.
///
/// # Errors
/// If the folder or a file cannot be read; the error names it.
pub fn digest(lesson_dir: &Path) -> io::Result<String> {
    let src = lesson_dir.join("src");
    let mut files = Vec::new();
    collect(&src, "", &mut files)?;
    files.sort();
    let mut hash = Sha256::new();
    for (name, path) in files {
        let text = fs::read(&path).map_err(|error| named(&path, error))?;
        let text: Vec<u8> = text.into_iter().filter(|&byte| byte != b'\r').collect();
        hash.update(format!("{name}\n{}\n", text.len()));
        hash.update(&text);
    }
    let bytes = hash.finalize();
    Ok(bytes
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

/// Adds the Rust files of `folder` and the folders in it, each with its name
/// below `src/`.
fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder).map_err(|error| named(folder, error))? {
        let path = entry?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let name = format!("{prefix}{}", name.unwrap_or_default());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else if name.ends_with(".rs") && !LEFT_OUT.contains(&name.as_str()) {
            files.push((name, path));
        }
    }
    Ok(())
}

/// The error with the path it is about.
fn named(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn it_changes_with_names_and_contents_of_the_lesson_alone() {
        let folder = tempfile::tempdir().unwrap();
        let src = folder.path().join("src");
        fs::create_dir_all(src.join("part")).unwrap();
        let write = |name: &str, text: &str| fs::write(src.join(name), text).unwrap();
        let now = || digest(folder.path()).unwrap();
        write("lib.rs", "a\n");
        write("part/one.rs", "b\n");
        let first = now();
        assert_eq!(first.len(), 16);
        for name in LEFT_OUT {
            write(name, "a learner's own");
        }
        write("notes.txt", "no code");
        write("lib.rs", "a\r\n");
        assert_eq!(now(), first);
        write("lib.rs", "c\n");
        let second = now();
        assert_ne!(second, first);
        fs::rename(src.join("part/one.rs"), src.join("part/two.rs")).unwrap();
        assert_ne!(now(), second);
    }

    #[test]
    fn a_missing_folder_is_named() {
        let error = digest(Path::new("no/such/lesson")).unwrap_err();
        assert!(
            error.to_string().starts_with("no/such/lesson/src: "),
            "{error}"
        );
    }
}
