//! `sync`: writes what course.toml says into SUMMARY.md and README.md.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use pages::{Complaint, Course};

use crate::print;

/// How a list of lessons is put into a file's old text.
type Update = fn(&str, &Course) -> Result<String, String>;

/// The files with a list of lessons.
const LISTS: &[(&str, Update)] = &[
    ("book/src/SUMMARY.md", pages::sync::summary),
    ("README.md", pages::sync::readme),
];

/// Writes the lists of lessons; says what changed.
///
/// # Errors
/// A file that cannot be read or written, or that lacks the place for the list.
pub fn run(root: &Path) -> Result<()> {
    let course = Course::load(root)?;
    for (name, update) in LISTS {
        let (old, new) = texts(root, &course, name, *update)?;
        if new == old {
            print::lines(&format!("{name} agrees with course.toml"))?;
            continue;
        }
        lesson::write_whole(&root.join(name), new.as_bytes())
            .with_context(|| format!("cannot write {name}"))?;
        print::lines(&format!("{name} written"))?;
    }
    Ok(())
}

/// The files whose list is not what course.toml says.
///
/// # Errors
/// As [`run`].
pub fn differences(root: &Path, course: &Course) -> Result<Vec<Complaint>> {
    let mut complaints = Vec::new();
    for (name, update) in LISTS {
        let (old, new) = texts(root, course, name, *update)?;
        if new != old {
            let message = "the list of lessons is not course.toml's; run: cargo run -- sync";
            complaints.push(Complaint::new(name, 0, message));
        }
    }
    Ok(complaints)
}

/// What a file holds and what it should hold.
fn texts(root: &Path, course: &Course, name: &str, update: Update) -> Result<(String, String)> {
    let old = fs::read_to_string(root.join(name)).with_context(|| format!("cannot read {name}"))?;
    let new = update(&old, course).map_err(|message| anyhow!(message))?;
    Ok((old, new))
}
