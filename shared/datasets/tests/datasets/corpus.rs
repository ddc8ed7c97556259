//! Replays the fuzzer's corpus (`tests/fuzz/corpus`) through the same readers, on the stable
//! compiler: what once was interesting to the fuzzer stays tested.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;

use datasets::{Manifest, Table, gzip, idx, store};

/// The inputs of one fuzz target, by name.
fn inputs(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = store::workspace_dir()
        .join("tests/fuzz/corpus")
        .join(target);
    let mut inputs: Vec<(PathBuf, Vec<u8>)> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    inputs.sort();
    assert!(inputs.len() >= 10, "{} has a corpus", folder.display());
    inputs
}

/// Reads every input; both ends must occur, and every error must be one line.
fn replay<T, F: Fn(&[u8]) -> datasets::Result<T>>(target: &str, read: F) {
    let (mut sound, mut broken) = (0, 0);
    for (path, bytes) in inputs(target) {
        match read(&bytes) {
            Ok(_) => sound += 1,
            Err(fault) => {
                let text = fault.to_string();
                assert!(!text.contains('\n'), "{}: {text}", path.display());
                broken += 1;
            }
        }
    }
    assert!(
        sound > 0 && broken > 0,
        "{target}: {sound} sound, {broken} broken"
    );
}

#[test]
fn idx_inputs_are_read_or_refused() {
    replay("idx", |bytes| idx::parse(bytes, "f"));
}

#[test]
fn gzipped_idx_inputs_are_read_or_refused() {
    replay("idx_gz", |bytes| {
        idx::parse(&gzip::unpack(bytes, "f", 1 << 20)?, "f")
    });
}

#[test]
fn tables_are_read_or_refused() {
    replay("table", |bytes| Table::parse("t", "f", bytes));
}

#[test]
fn manifests_are_read_or_refused() {
    replay("manifest", |bytes| {
        Manifest::parse(&String::from_utf8_lossy(bytes), "f")
    });
}
