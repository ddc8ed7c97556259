//! The command line: what is told, and the exit codes.

#![allow(clippy::unwrap_used)]

mod common;

use common::{SmallBook, errors, said};
use std::fs;
use std::io::pipe;
use std::net::TcpListener;
use std::path::Path;

#[test]
fn wrong_use_is_one_line_and_a_two() {
    let book = SmallBook::new();
    for (arguments, named) in [
        (&["--nope"][..], "--nope"),
        (&["--port", "x"], "--port"),
        (&["serve", "--port", "99999"], "99999"),
        (&["bild"], "bild"),
        (&["data", "get"], "SET"),
        (&["exercises", "hint", "9.9"], "9.9"),
        (&["data", "get", "nosuchset"], "nosuchset"),
    ] {
        let output = book.run(arguments);
        let text = errors(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {text}");
        assert_eq!(text.trim_end().lines().count(), 1, "{arguments:?}: {text}");
        assert!(text.contains(named), "{arguments:?}: {text}");
    }
}

#[test]
fn a_taken_port_is_one_line_that_says_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let output = SmallBook::new().run(&["--no-open", "--port", &port.to_string()]);
    assert_eq!(output.status.code(), Some(1));
    let text = errors(&output);
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(
        text.contains(&format!("port {port} is taken")) && text.contains("--port"),
        "{text}"
    );
}

#[test]
fn help_names_every_command() {
    let output = SmallBook::new().run(&["--help"]);
    assert!(output.status.success());
    for command in [
        "serve",
        "build",
        "data",
        "exercises",
        "check",
        "sync",
        "--port",
        "--no-open",
    ] {
        assert!(
            said(&output).contains(command),
            "{command} in {}",
            said(&output)
        );
    }
}

#[test]
fn exercises_are_listed_with_hints_and_commands() {
    let book = SmallBook::new();
    let list = said(&book.run(&["exercises", "list"]));
    assert!(
        list.contains("1.1") && list.contains("easy") && list.contains("Think"),
        "{list}"
    );
    let hint = said(&book.run(&["exercises", "hint", "1.1"]));
    assert!(
        hint.contains("Hint 1: Begin.") && hint.contains("Hint 2: Go on."),
        "{hint}"
    );
    assert!(
        hint.contains("cargo test -p ch01_small --test exercises ex1_"),
        "{hint}"
    );
}

#[test]
fn check_finds_a_wrong_list_and_sync_mends_it() {
    let book = SmallBook::new();
    let output = book.run(&["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("README.md"), "{}", errors(&output));
    let output = book.run(&["sync"]);
    assert!(output.status.success(), "{}", errors(&output));
    assert!(book.read("README.md").contains("Small"));
    let output = book.run(&["check"]);
    assert!(output.status.success(), "{}", errors(&output));
}

#[test]
fn check_finds_results_of_other_sources() {
    let book = SmallBook::new();
    book.run(&["sync"]);
    book.write(
        "book/src/ch01_small/results.toml",
        "[default]\nseed = 1\nseconds = 1.0\nprocessor = \"x\"\ndate = \"2026-01-01\"\n\n\
         [default.sections.first]\nseconds = 1.0\ndigest = \"0000\"\n",
    );
    let output = book.run(&["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        errors(&output).contains("section first of [default]"),
        "{}",
        errors(&output)
    );
    assert!(
        errors(&output).contains("cargo run -p ch01_small -- first --record"),
        "{}",
        errors(&output)
    );
}

#[test]
fn a_reader_who_has_gone_is_no_failure() {
    let book = SmallBook::new();
    book.run(&["sync"]);
    for arguments in [
        &["data", "list"][..],
        &["data", "verify"],
        &["exercises", "list"],
        &["exercises", "hint", "1.1"],
        &["check"],
        &["sync"],
        &["build"],
        &["--help"],
    ] {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let output = book.command(arguments).stdout(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(errors(&output), "", "{arguments:?}");
    }
}

#[test]
fn a_failure_keeps_its_code_when_nobody_reads_why() {
    let book = SmallBook::new();
    for (arguments, code) in [(&["check"][..], 1), (&["bild"], 2)] {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let status = book.command(arguments).stderr(writer).status().unwrap();
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_cannot_be_printed_for_another_reason_is_told() {
    let full = fs::File::create("/dev/full").unwrap();
    let book = SmallBook::new();
    let mut command = book.command(&["exercises", "list"]);
    let output = command.stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        errors(&output).starts_with("error: cannot print"),
        "{}",
        errors(&output)
    );
}

#[test]
fn each_set_is_listed_with_its_licence() {
    let list = said(&SmallBook::new().run(&["data", "list"]));
    let sets: Vec<&str> = list.lines().take_while(|line| !line.is_empty()).collect();
    assert!(!sets.is_empty());
    for set in sets {
        assert!(set.contains("; licence: "), "{set}");
    }
}

/// What lies in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_folder_that_cannot_take_the_site_is_named_with_the_remedy() {
    let book = SmallBook::new();
    book.write("foreign/letter.txt", "Dear reader");
    let before = names(book.root());
    let mut unfit = vec![
        "README.md",
        "./foreign",
        "foreign/letter.txt",
        "README.md/deep/site",
        "/",
    ];
    if cfg!(target_os = "linux") {
        unfit.extend(["/proc/x", "/proc/x/deep"]);
    }
    for out in unfit {
        let output = book.run(&["build", "--out", out]);
        let text = errors(&output);
        assert_eq!(output.status.code(), Some(1), "{out}: {text}");
        assert_eq!(text.lines().count(), 1, "{out}: {text}");
        assert!(text.starts_with(&format!("error: {out} ")), "{out}: {text}");
        assert!(
            text.ends_with("choose another folder with --out DIR\n"),
            "{out}: {text}"
        );
        assert_eq!(names(book.root()), before, "{out}");
    }
    assert_eq!(names(&book.root().join("foreign")), ["letter.txt"]);
}

#[test]
fn a_book_with_a_fault_leaves_no_folder() {
    let book = SmallBook::new();
    book.write(
        "book/src/introduction.md",
        "# Introduction\n\n{{num no.such}}\n",
    );
    let before = names(book.root());
    let output = book.run(&["build", "--out", "new/deep/site"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(names(book.root()), before);
}

#[test]
fn a_site_is_replaced_and_missing_folders_are_made() {
    let book = SmallBook::new();
    for _ in 0..2 {
        let output = book.run(&["build", "--out", "new/deep/site"]);
        assert!(output.status.success(), "{}", errors(&output));
    }
    assert_eq!(names(&book.root().join("new/deep")), ["site"]);
}
