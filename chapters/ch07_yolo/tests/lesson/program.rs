//! The lesson's program, run as a reader runs it.

use std::path::Path;
use std::process::{Command, Output};

/// Runs the lesson in this folder, results below it.
pub(crate) fn lesson(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ch07_yolo"))
        .args(arguments)
        .args(["--out", "results"])
        .current_dir(folder)
        .output()
        .expect("the lesson starts")
}

/// What a run said that ended well.
#[track_caller]
pub(crate) fn said(output: &Output) -> String {
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{wrong}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The one line of a run that ended with this code.
#[track_caller]
pub(crate) fn refused(output: &Output, code: i32) -> String {
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{words}");
    assert_eq!(words.lines().count(), 1, "{words}");
    words
}
