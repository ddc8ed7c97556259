//! Checkpoints of the small training, in files that go away with the test.

#![allow(dead_code, clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;

use nn::Mlp;
use nn::train::Trainer;
use tempfile::TempDir;

use crate::training::{Rule, Spirals, trainer};

pub(crate) const LESSON: &str = "spirals";

/// A place for a file that is not there yet.
pub(crate) fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("training.safetensors");
    (folder, file)
}

/// A training that was stopped after so many steps.
pub(crate) fn stopped(rule: Rule, steps: u64) -> Trainer<Mlp> {
    let mut training = trainer(rule);
    let stop = training.fit(&Spirals::new(), |training| {
        match training.optimizer.steps() == steps {
            true => Err("enough"),
            false => Ok(()),
        }
    });
    assert_eq!(stop.unwrap_err().to_string(), "enough");
    training
}

/// The line that a reader of these bytes gets, and that nothing else happens.
pub(crate) fn refused(bytes: &[u8]) -> String {
    let (_folder, file) = place();
    fs::write(&file, bytes).unwrap();
    let mut training = trainer(Rule::Adam);
    let before = training.to_bytes(LESSON);
    let line = training.resume(&file, LESSON).unwrap_err().to_string();
    assert!(training.to_bytes(LESSON) == before, "it is as it was");
    assert!(!line.contains('\n'), "one line: {line}");
    let (name, words) = line.split_once(".safetensors: ").unwrap();
    assert!(name.ends_with("training"), "the file is named: {line}");
    words.to_string()
}

/// The bytes with every `old` replaced by a `new` of the same length.
pub(crate) fn replaced(bytes: &[u8], old: &str, new: &str) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let mut bytes = bytes.to_vec();
    let mut count = 0;
    for start in 0..bytes.len() - old.len() {
        if bytes[start..].starts_with(old.as_bytes()) {
            bytes[start..start + old.len()].copy_from_slice(new.as_bytes());
            count += 1;
        }
    }
    assert!(count > 0, "there is no {old}");
    bytes
}

/// Where the numbers begin.
pub(crate) fn end_of_header(bytes: &[u8]) -> usize {
    8 + u64::from_le_bytes(*bytes.first_chunk().unwrap()) as usize
}
