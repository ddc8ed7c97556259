//! `check`: whether what is recorded and listed still agrees with the sources.

use std::path::Path;

use anyhow::{Context, Result, bail};
use lesson::{Mode, Results};
use pages::{Complaint, Lesson};

use crate::print;

/// Prints every disagreement.
///
/// # Errors
/// When there is one, or a file cannot be read.
pub fn run(root: &Path) -> Result<()> {
    let book = pages::Book::load(root)?;
    let mut complaints = book.complaints().to_vec();
    for lesson in book
        .course
        .lessons
        .iter()
        .filter(|lesson| lesson.is_ready())
    {
        complaints.extend(stale(root, lesson)?);
    }
    complaints.extend(crate::sync::differences(root, &book.course)?);
    if complaints.is_empty() {
        return print::lines(
            "Recorded results, SUMMARY.md, README.md and course.toml agree with the sources",
        );
    }
    bail!("{}", pages::report(&complaints))
}

/// The sections of a lesson that were recorded from other sources than today's.
fn stale(root: &Path, lesson: &Lesson) -> Result<Vec<Complaint>> {
    let id = &lesson.id;
    let name = format!("book/src/{id}/results.toml");
    let results = Results::load_or_empty(&root.join(&name))?;
    let digest = lesson::digest(&root.join("chapters").join(id))
        .with_context(|| format!("cannot read the sources of {id}"))?;
    let complaint = |(mode, section): (Mode, &str)| {
        let full = if mode == Mode::Full { "--full " } else { "" };
        let message = format!(
            "section {section} of [{}] was recorded from other sources than today's; \
             record it again: cargo run -p {id} -- {section} {full}--record",
            mode.name()
        );
        Complaint::new(&name, 0, message)
    };
    Ok(results.stale(&digest).map(complaint).collect())
}
