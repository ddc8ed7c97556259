//! The flags that name something of the reader's own: a picture, a folder, a net.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, value_parser};
use thiserror::Error;

use crate::{Lesson, Section};

/// Wrong use that only a section can find: it ends the run with the exit code of wrong
/// use, and not as a failure of the section.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct WrongUse(pub(crate) String);

/// A flag that names something of the reader's, and the section that reads it. A lesson
/// without a section of this name refuses the flag.
pub(crate) struct Own {
    flag: &'static str,
    /// The section that runs alone.
    pub(crate) section: &'static str,
    /// What the flag names, and what the book has in its place.
    what: [&'static str; 2],
}

/// `--image FILE`.
pub(crate) const PICTURE: Own = Own {
    flag: "--image",
    section: "image",
    what: ["picture", "picture"],
};

/// `--data DIR`, and `--check` with it.
pub(crate) const FOLDER: Own = Own {
    flag: "--data",
    section: "folder",
    what: ["folder", "pictures"],
};

/// The section that reads what the flag names; it runs alone, and not for the book.
///
/// # Errors
/// Wrong use, in one line.
pub(crate) fn reader(
    lesson: &Lesson,
    flags: &ArgMatches,
    own: &Own,
) -> Result<&'static Section, String> {
    let Own {
        flag,
        section: alone,
        what: [what, books],
    } = own;
    let Some(section) = lesson.section(alone) else {
        let name = lesson.name;
        return Err(format!(
            "error: {name} reads no {what} of yours: leave {flag} out"
        ));
    };
    if flags.get_flag("record") {
        return Err(format!(
            "error: --record takes the book's {books}: leave {flag} out"
        ));
    }
    let named = flags.get_many::<String>("section").into_iter().flatten();
    match named.into_iter().find(|name| name != alone) {
        Some(other) => Err(format!(
            "error: {flag} runs the section {alone} alone: leave {other} out"
        )),
        None => Ok(section),
    }
}

/// What is wrong with `--check` alone.
pub(crate) fn no_folder(lesson: &Lesson) -> String {
    let name = lesson.name;
    match lesson.section(FOLDER.section) {
        Some(_) => "error: --check looks at a folder of yours: give it with --data DIR".into(),
        None => format!("error: {name} reads no folder of yours: leave --check out"),
    }
}

/// Whether a lesson looks at pictures with other nets: it does if it trains on folders, whose
/// nets have to be of use, and looks at pictures.
pub(crate) fn knows_nets(lesson: &Lesson) -> bool {
    [PICTURE, FOLDER]
        .iter()
        .all(|own| lesson.section(own.section).is_some())
}

/// The flags that say which net looks at the picture.
pub(crate) fn nets(lesson: &Lesson) -> [Arg; 2] {
    let hide = !knows_nets(lesson);
    [
        Arg::new("weights")
            .long("weights")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .hide(hide)
            .help("With --image: look with a net that this lesson has trained"),
        Arg::new("model")
            .long("model")
            .value_name("NAME")
            .conflicts_with("weights")
            .hide(hide)
            .help("With --image: look with a published net; a wrong name lists them"),
    ]
}

/// That a net was named only where it has something to look at.
///
/// # Errors
/// Wrong use, in one line.
pub(crate) fn check_nets(lesson: &Lesson, flags: &ArgMatches) -> Result<(), String> {
    let [weights, model] = ["weights", "model"].map(|flag| flags.contains_id(flag));
    let (flag, what) = match (weights, model) {
        (true, _) => ("--weights", "looks with no net of yours"),
        (_, true) => ("--model", "has one model only"),
        _ => return Ok(()),
    };
    if !knows_nets(lesson) {
        let name = lesson.name;
        return Err(format!("error: {name} {what}: leave {flag} out"));
    }
    if !flags.contains_id("image") {
        return Err(format!(
            "error: {flag} says what looks at a picture of yours: give one with --image FILE"
        ));
    }
    Ok(())
}
