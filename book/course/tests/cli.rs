//! The command line: what is told, and the exit codes.

#![allow(clippy::unwrap_used)]

mod common;

use common::{SmallBook, errors, said};
use std::net::TcpListener;

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
