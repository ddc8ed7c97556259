//! Each check bites: a sound book passes, and each fault, alone, is complained about by name and
//! place.
#![allow(clippy::unwrap_used)]

mod directives;
mod lists;

use course_tests::fixture::Fixture;
use course_tests::{embedded, links, manifest, promises, prose, references, sizes, whole};
use pages::{Complaint, report};
use std::path::Path;

/// A check of a workspace.
type Check = fn(&Path) -> Vec<Complaint>;

const PAGE: &str = "book/src/ch01_neuron/index.md";
const COURSE: &str = "course.toml";
const SUMMARY: &str = "book/src/SUMMARY.md";
const RESULTS: &str = "book/src/ch01_neuron/results.toml";
const OUTPUT: &str = "book/src/ch01_neuron/output.txt";
const SOURCE: &str = "chapters/ch01_neuron/src/lib.rs";

/// Every check that needs nothing but files.
const ALL: [(&str, Check); 16] = [
    ("whole", whole::check),
    ("anchors", references::unused_anchors),
    ("figures", references::unused_figures),
    ("exercises", references::unposed_exercises),
    ("prose", prose::bare_numbers),
    ("embedded figures", embedded::figures),
    ("blocks not run", embedded::blocks_not_run),
    ("printed", embedded::printed),
    ("links", links::broken),
    ("links at the root", links::broken_at_the_root),
    ("lists", manifest::derived_lists),
    ("folders", manifest::lessons_and_folders),
    ("packages", manifest::packages),
    ("floors", promises::floors),
    ("seconds", promises::seconds),
    ("sizes", sizes::check),
];

#[test]
fn a_sound_book_passes_every_check() {
    let book = Fixture::sound();
    for (name, check) in ALL {
        assert_eq!(report(&check(book.root())), "", "{name}");
    }
}

/// Breaks a sound book and expects a complaint about the line of `file` that holds `at` (about
/// the whole file when `at` is empty), with `words` in it.
#[track_caller]
fn expect(check: Check, breaking: impl Fn(&Fixture), (file, at): (&str, &str), words: &str) {
    let book = Fixture::sound();
    breaking(&book);
    let place = match at {
        "" => format!("{file}: "),
        at => {
            let text = std::fs::read_to_string(book.root().join(file)).unwrap();
            let line = text.lines().position(|line| line.contains(at));
            format!("{file}:{}: ", 1 + line.expect("the line is there"))
        }
    };
    let complaints = check(book.root());
    let lines: Vec<String> = complaints.iter().map(Complaint::to_string).collect();
    let found = lines
        .iter()
        .any(|line| line.starts_with(&place) && line.contains(words));
    assert!(
        found,
        "expected `{place}… {words} …`, got\n{}",
        lines.join("\n")
    );
}

/// A fault on the lesson's page, which is found when the page is expanded: `old` becomes `new`,
/// and the complaint is about the line that holds `at`.
#[track_caller]
fn on_page(old: &str, new: &str, at: &str, words: &str) {
    expect(
        whole::check,
        |book| book.replace(PAGE, old, new),
        (PAGE, at),
        words,
    );
}

/// A fault in course.toml, in the same way.
#[track_caller]
fn in_course(old: &str, new: &str, at: &str, words: &str) {
    expect(
        whole::check,
        |book| book.replace(COURSE, old, new),
        (COURSE, at),
        words,
    );
}
