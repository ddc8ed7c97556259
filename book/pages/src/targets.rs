//! Which source files the workspace compiles: a page may only show those.

use regex::Regex;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// `mod name;` with or without visibility, the word after `path =` if an attribute gives one.
static MOD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?m)^[ \t]*(?:#\[path\s*=\s*"(?<path>[^"]+)"\]\s*)?(?:pub(?:\([^)]*\))?\s+)?mod\s+(?<name>\w+)\s*;"#,
    )
    .expect("the pattern is fixed and valid")
});

/// Folders that hold packages, and those that are packages themselves.
const GROUPS: [&str; 3] = ["book", "chapters", "shared"];
const SINGLE: [&str; 2] = ["tests", "tests/peers"];

/// The folders of the workspace's packages, from the root, sorted.
pub fn packages(root: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = SINGLE.iter().map(PathBuf::from).collect();
    for group in GROUPS {
        let Ok(entries) = std::fs::read_dir(root.join(group)) else {
            continue;
        };
        found.extend(
            entries
                .flatten()
                .map(|e| Path::new(group).join(e.file_name())),
        );
    }
    found.retain(|folder| root.join(folder).join("Cargo.toml").is_file());
    found.sort();
    found
}

/// Every file that a library, program, example, test or bench of the workspace consists of,
/// as paths from `root`.
///
/// Found as cargo and rustc find them: the targets by their places, then `mod name;` by
/// `mod name;`. Files that no `mod` reaches are missing, since nothing compiles them.
pub fn files(root: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for package in packages(root) {
        for target in target_roots(root, &package) {
            follow(root, &target, true, &mut found);
        }
    }
    found
}

fn target_roots(root: &Path, package: &Path) -> Vec<PathBuf> {
    let fixed = ["src/lib.rs", "src/main.rs", "build.rs"];
    let mut roots: Vec<PathBuf> = fixed.iter().map(|file| package.join(file)).collect();
    for folder in ["src/bin", "examples", "tests", "benches"] {
        let folder = package.join(folder);
        let Ok(entries) = std::fs::read_dir(root.join(&folder)) else {
            continue;
        };
        for entry in entries.flatten() {
            let path = folder.join(entry.file_name());
            roots.push(path.join("main.rs"));
            roots.push(path);
        }
    }
    roots.retain(|path| {
        path.extension().is_some_and(|extension| extension == "rs") && root.join(path).is_file()
    });
    roots
}

/// Adds a file and the modules that it declares. `is_root`: it is a crate's first file or a
/// `mod.rs`, so its modules stand beside it and not in a folder of its name.
fn follow(root: &Path, file: &Path, is_root: bool, found: &mut BTreeSet<PathBuf>) {
    let Ok(text) = std::fs::read_to_string(root.join(file)) else {
        return;
    };
    if !found.insert(file.to_path_buf()) {
        return;
    }
    let folder = file.parent().unwrap_or(Path::new(""));
    let inner = if is_root {
        folder.to_path_buf()
    } else {
        file.with_extension("")
    };
    for module in MOD.captures_iter(&text) {
        if let Some(path) = module.name("path") {
            follow(root, &normal(&folder.join(path.as_str())), true, found);
            continue;
        }
        follow(
            root,
            &inner.join(format!("{}.rs", &module["name"])),
            false,
            found,
        );
        follow(
            root,
            &inner.join(&module["name"]).join("mod.rs"),
            true,
            found,
        );
    }
}

/// Resolves `..` without asking the file system.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => drop(out.pop()),
            part => out.push(part),
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_followed_and_orphans_left_out() {
        let dir = tempfile::tempdir().unwrap();
        let files_and_texts = [
            ("shared/a/Cargo.toml", ""),
            (
                "shared/a/src/lib.rs",
                "pub mod b;\n#[path = \"odd.rs\"]\nmod c;\n// mod d;\n",
            ),
            ("shared/a/src/b.rs", "    pub(crate) mod e;\n"),
            ("shared/a/src/b/e.rs", ""),
            ("shared/a/src/odd.rs", ""),
            ("shared/a/src/d.rs", ""),
            ("shared/a/examples/x.rs", ""),
        ];
        for (path, text) in files_and_texts {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let found: Vec<String> = files(dir.path())
            .iter()
            .map(|path| path.to_string_lossy().replace('\\', "/"))
            .collect();
        let expected = [
            "examples/x.rs",
            "src/b/e.rs",
            "src/b.rs",
            "src/lib.rs",
            "src/odd.rs",
        ];
        assert_eq!(found, expected.map(|file| format!("shared/a/{file}")));
    }
}
