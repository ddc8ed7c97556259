//! A block of a page that fails makes its documentation test fail, and the test names the place.
#![allow(clippy::unwrap_used)]

use course_tests::fixture::Fixture;
use course_tests::{blocks, nested, whole};
use std::process::Command;
use std::time::Duration;

/// The sound book's blocks as a package without dependencies, tested as ours are.
fn run(book: &Fixture) -> nested::Ran {
    let whole = whole::read(book.root()).unwrap();
    let found = whole.pages.iter().flat_map(|read| &read.expanded.blocks);
    let found: Vec<pages::Block> = found.cloned().collect();
    let modules = blocks::modules(&found, &[]);
    book.write("doc/src/lib.rs", &format!("pub mod book {{\n{modules}}}\n"));
    let manifest = "[package]\nname = \"doc\"\nedition = \"2024\"\n\n[workspace]\n";
    book.write("doc/Cargo.toml", manifest);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["test", "--doc", "--offline"])
        .current_dir(book.root().join("doc"))
        .env("CARGO_TARGET_DIR", book.root().join("target"));
    nested::run(&mut command, Duration::from_secs(120)).unwrap()
}

#[test]
fn a_failing_block_is_named_by_page_and_line() {
    let book = Fixture::sound();
    let page = "book/src/ch01_neuron/index.md";
    let ran = run(&book);
    assert!(
        ran.status.unwrap().success(),
        "{}{}",
        ran.stdout,
        ran.stderr
    );
    book.replace(
        page,
        "assert_eq!(hidden + 1, 2);",
        "assert_eq!(hidden + 1, 3);",
    );
    let text = std::fs::read_to_string(book.root().join(page)).unwrap();
    let fence = text.lines().position(|line| line.contains("let hidden"));
    // Lines are counted from 1, and the fence stands above its code.
    let name = format!("book::ch01_neuron::index::line_{}", fence.unwrap());
    let ran = run(&book);
    assert!(!ran.status.unwrap().success());
    let failed = ran
        .stdout
        .lines()
        .any(|l| l.contains(&name) && l.ends_with("FAILED"));
    assert!(failed, "no failing {name} in\n{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("right: 3"), "{}", ran.stdout);
}
