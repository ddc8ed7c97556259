//! Every committed file is pinned, and a changed byte never goes unnoticed.
//!
//! One test function changes the environment of the whole process, so the file has only one
//! that does; the other tests of this file do not depend on it.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use datasets::store;

/// The workspace's own data folder, whatever the environment says.
fn data() -> PathBuf {
    store::workspace_dir().join("data")
}

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let cache = path == data().join("cache");
        if path.is_dir() && !cache {
            files(&path, found);
        } else if path.is_file() {
            found.push(path);
        }
    }
}

/// Files that people read, and the lists themselves.
fn is_prose(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    name == "README.md" || name.starts_with("LICENSE") || path.parent() == Some(&data())
}

#[test]
fn every_data_file_is_pinned_and_every_pin_has_its_file() {
    let mut found = Vec::new();
    files(&data(), &mut found);
    let here: BTreeSet<String> = found
        .iter()
        .filter(|path| !is_prose(path))
        .map(|path| {
            path.strip_prefix(data())
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/")
        })
        .collect();
    let pinned: BTreeSet<String> = store::checksums().unwrap().into_keys().collect();
    assert_eq!(
        here, pinned,
        "run `python3 data/convert.py` and look at the difference"
    );
    for name in pinned {
        store::committed(&name).unwrap();
    }
}

#[test]
fn every_folder_has_a_readme_and_a_licence() {
    for name in store::checksums().unwrap().into_keys() {
        let folder = data().join(name.split('/').next().unwrap());
        for needed in ["README.md", "LICENSE"] {
            assert!(
                folder.join(needed).is_file(),
                "{} has no {needed}",
                folder.display()
            );
        }
    }
}

#[test]
fn the_manifest_is_sound() {
    let manifest = datasets::Manifest::load().unwrap();
    assert!(manifest.sets.len() >= 10);
    let mnist = manifest.set("mnist").unwrap().variant(None).unwrap();
    assert_eq!(mnist.bytes(), 9_912_422 + 28_881 + 1_648_877 + 4_542);
    assert!(mnist.files.iter().all(|file| file.urls.len() >= 2));
}

/// What a process prints that loads iris from a data folder.
fn load_iris(data: &Path) -> String {
    let test = std::env::current_exe().unwrap();
    let output = Command::new(test)
        .args([
            "--exact",
            "--ignored",
            "--nocapture",
            "helper_prints_what_iris_says",
        ])
        .env("COURSE_BUNDLED_DATA", data)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
#[ignore = "run by the other tests, in a process of its own with another data folder"]
fn helper_prints_what_iris_says() {
    match datasets::iris() {
        Ok(iris) => println!("iris has {} rows", iris.rows()),
        Err(fault) => println!("fault: {fault}"),
    }
}

fn copy_of_iris() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("iris")).unwrap();
    for name in ["checksums.toml", "iris/iris.csv"] {
        fs::copy(data().join(name), dir.path().join(name)).unwrap();
    }
    dir
}

#[test]
fn a_flipped_byte_a_cut_and_a_lost_file_are_one_line_naming_file_and_remedy() {
    let dir = copy_of_iris();
    let csv = dir.path().join("iris/iris.csv");
    assert!(load_iris(dir.path()).contains("iris has 150 rows"));

    let whole = fs::read(&csv).unwrap();
    let mut flipped = whole.clone();
    flipped[200] ^= 1;
    fs::write(&csv, flipped).unwrap();
    let said = load_iris(dir.path());
    assert!(
        said.contains("iris/iris.csv: expected sha256 c9d1027b"),
        "{said}"
    );
    assert!(
        said.contains("bring it back with `git checkout -- data/iris/iris.csv`"),
        "{said}"
    );

    fs::write(&csv, &whole[..whole.len() - 1]).unwrap();
    assert!(load_iris(dir.path()).contains("iris/iris.csv: expected sha256"));

    fs::remove_file(&csv).unwrap();
    let said = load_iris(dir.path());
    assert!(
        said.contains("iris/iris.csv: expected a file, found none; bring it back"),
        "{said}"
    );

    fs::write(dir.path().join("checksums.toml"), "\"iris").unwrap();
    assert!(load_iris(dir.path()).contains("checksums.toml, line 1: expected TOML"));
}

#[test]
fn a_set_that_was_not_fetched_names_the_command() {
    let manifest = datasets::Manifest::load().unwrap();
    let set = manifest.set("mnist").unwrap();
    let variant = set.variant(None).unwrap();
    let file = variant.file("t10k-images-idx3-ubyte.gz").unwrap();
    assert_eq!(
        store::get_command(set, variant, file),
        "cargo run -- data get mnist --part test"
    );
}
