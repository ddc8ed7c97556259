//! Turns the book's code blocks into documentation tests, so that
//! `cargo test -p course_tests --doc` compiles and runs every one with the real crates.

// The library has it too, where its own tests run.
#[allow(unreachable_pub)]
#[path = "src/blocks.rs"]
mod blocks;

use pages::{Book, Complaint, Target};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How many complaints cargo prints; the tests print all of them.
const SHOWN: usize = 5;

fn main() {
    let here = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    let root = here.parent().expect("tests/ lies in the workspace root");
    let book = match Book::load(root) {
        Ok(book) => book,
        Err(error) => {
            println!("cargo::error={error}");
            return;
        }
    };
    let (mut found, mut complaints) = (Vec::new(), book.complaints().to_vec());
    let mut files = BTreeSet::from(["course.toml".into(), "book/src".into()]);
    for page in book.pages() {
        let Ok(text) = book.read(page) else {
            continue;
        };
        let (expanded, wrong) = book.expand_anyway(page, &text, Target::Tests);
        found.extend(expanded.blocks);
        files.extend(expanded.used.files);
        complaints.extend(wrong);
    }
    watch(root, &files, complaints.is_empty());
    warn(&complaints);
    let messages: Vec<String> = complaints.iter().map(Complaint::to_string).collect();
    let out = PathBuf::from(variable("OUT_DIR")).join("blocks.rs");
    std::fs::write(out, blocks::modules(&found, &messages)).expect("OUT_DIR can be written");
}

/// Runs this script again when one of these changes. While something is wrong, any source may
/// be what mends it.
fn watch(root: &Path, files: &BTreeSet<PathBuf>, whole: bool) {
    println!("cargo::rerun-if-changed=build.rs");
    for file in files {
        println!("cargo::rerun-if-changed={}", root.join(file).display());
    }
    if !whole {
        for folder in ["chapters", "shared"] {
            println!("cargo::rerun-if-changed={}", root.join(folder).display());
        }
    }
}

fn warn(complaints: &[Complaint]) {
    for complaint in complaints.iter().take(SHOWN) {
        println!("cargo::warning={complaint}");
    }
    if complaints.len() > SHOWN {
        let more = complaints.len() - SHOWN;
        println!("cargo::warning=and {more} more: cargo test -p course_tests --test pages");
    }
}

fn variable(name: &str) -> String {
    std::env::var(name).expect("cargo sets it for build scripts")
}
