//! Folders that cannot be written: said before any work is done, and nothing is
//! left half-written. Runs as root, too, whom no permission bits stop.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::process::Command;

use support::{World, ended};

#[test]
fn an_out_that_cannot_be_written_is_refused_at_once() {
    let world = World::new();
    world.write("file", "");
    let remedy = "give another folder with --out DIR";
    let cases = [
        ("file", "file (not a directory)"),
        ("file/below", "file/below (Not a directory)"),
        ("/dev/full", "/dev/full (not a directory)"),
    ];
    for (out, words) in cases {
        let line = format!("error: cannot write in {words}: {remedy}");
        world.refuse(&["long", "--out", out], 1, &line);
    }
    if cfg!(target_os = "linux") {
        let ended = world.run(&["long", "--out", "/proc/course"]);
        assert_eq!(ended.code, Some(1));
        assert!(
            ended
                .err
                .starts_with("error: cannot write in /proc/course ("),
            "{}",
            ended.err
        );
    }
}

#[test]
fn a_book_that_cannot_be_written_is_refused_at_once() {
    let world = World::new();
    world.write("book/src/ch99_fixture", "a file where the folder should be");
    let remedy = "--record writes the book: make it writable or leave --record out";
    let line = format!("error: cannot write in book/src/ch99_fixture (not a directory): {remedy}");
    world.refuse(&["long", "--record"], 1, &line);
    assert!(
        !world.out("").exists(),
        "the book is tried before anything is made"
    );
}

#[test]
fn without_a_book_there_is_nothing_to_record_in() {
    let world = World::new();
    fs::remove_dir_all(world.path("book")).unwrap();
    let ended = world.run(&["--record"]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.err.starts_with("error: there is no book at "),
        "{}",
        ended.err
    );
}

#[test]
fn a_read_only_folder_is_refused_at_once() {
    let world = World::new();
    world.succeed(&["--record"]);
    let root = world.path("");
    fs::set_permissions(&root, PermissionsExt::from_mode(0o755)).unwrap();
    let read_only = |below: &str| {
        fs::set_permissions(world.path(below), PermissionsExt::from_mode(0o555)).unwrap();
    };
    let before = world.files();
    read_only("book/src/ch99_fixture");
    let Some(book) = as_nobody(world.command(&["long", "--record"])) else {
        return;
    };
    assert_eq!(book.code, Some(1));
    let remedy = "--record writes the book: make it writable or leave --record out";
    assert_eq!(
        book.err,
        format!("error: cannot write in book/src/ch99_fixture (Permission denied): {remedy}\n")
    );
    read_only("out/ch99_fixture");
    let out = as_nobody(world.command(&["long"])).unwrap();
    assert_eq!(out.code, Some(1));
    assert_eq!(
        out.err,
        "error: cannot write in out/ch99_fixture (Permission denied): give another folder with --out DIR\n"
    );
    assert_eq!(world.files(), before);
}

/// Runs the command as a user whom permissions stop: the owner of the files
/// if that is not root, else the user 65534. None, with the reason printed,
/// where that user cannot even start it.
fn as_nobody(mut command: Command) -> Option<support::Ended> {
    let root = tempfile::tempdir().unwrap();
    if chown(root.path(), Some(65_534), None).is_ok() {
        command.uid(65_534);
    }
    match command.output() {
        Ok(output) => Some(ended(output)),
        Err(error) => {
            println!("skipped: the user 65534 cannot start the fixture: {error}");
            None
        }
    }
}

#[test]
fn a_write_that_fails_at_the_end_leaves_all_as_it_was() {
    let world = World::new();
    world.succeed(&["--record"]);
    let before = world.files();
    // A limit on the size of files that the trial of a few bytes passes and a
    // figure of 100 KB does not: what a disk does when it runs full.
    let fixture = world.command(&["--record", "logic", "large"]);
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\""]);
    shell.arg(fixture.get_program()).args(fixture.get_args());
    shell
        .current_dir(world.path(""))
        .env("FIXTURE_ROOT", world.path(""));
    let ended = ended(shell.output().unwrap());
    assert_eq!(ended.code, Some(1), "{}", ended.err);
    assert_eq!(
        ended.err,
        "error: cannot write out/ch99_fixture/figures/large.svg: File too large; nothing was written\n"
    );
    assert_eq!(world.files(), before);
}

#[test]
fn a_place_taken_by_a_folder_leaves_all_as_it_was() {
    let world = World::new();
    world.succeed(&["--record"]);
    fs::remove_file(world.book("figures/boundary.svg")).unwrap();
    fs::create_dir(world.book("figures/boundary.svg")).unwrap();
    let before = world.files();
    let line = "error: cannot write book/src/ch99_fixture/figures/boundary.svg: Is a directory; nothing was written";
    world.refuse(&["--record"], 1, line);
    assert_eq!(world.files(), before);
}
