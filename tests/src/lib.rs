//! The harness: every block, number, figure, link and exercise of the course, checked.
//!
//! A check is a function from a workspace's root to [`Complaint`](pages::Complaint)s. The tests
//! under `tests/tests/` call it on this workspace and expect none; `bites.rs` calls it on small
//! broken books and expects the one that names the fault.
//!
//! | Check | Asks |
//! |---|---|
//! | [`whole`] | does every page expand, is every page listed |
//! | [`references`] | is every anchor, figure and exercise used, does everything used exist |
//! | [`embedded`] | are figures light enough for a page, is every block run |
//! | [`links`] | does every link lead somewhere |
//! | [`prose`] | does every number in prose come from a run or a source |
//! | [`manifest`] | do course.toml, SUMMARY.md, README.md and the manifests agree |
//! | [`promises`] | do recorded numbers and seconds keep what course.toml says |
//! | [`sizes`] | are files and functions short enough to read |
//! | [`records`] | does each lesson's quick run reproduce what is recorded |
//! | [`exercises`] | do stubs fail, solutions pass, wrong solutions fail |

pub mod blocks;
pub mod embedded;
pub mod exercises;
pub mod fixture;
pub mod links;
pub mod manifest;
pub mod nested;
pub mod promises;
pub mod prose;
pub mod records;
pub mod references;
pub mod rust_text;
pub mod sizes;
pub mod whole;

/// The book's code blocks, one module for each; see `build.rs`.
#[cfg(doctest)]
pub mod book {
    include!(concat!(env!("OUT_DIR"), "/blocks.rs"));
}

use std::path::Path;

/// The root of this workspace.
pub fn root() -> &'static Path {
    lesson::workspace_root()
}

/// Fails with all complaints, one a line; the message begins with what was asked.
///
/// # Panics
/// When there are any.
#[track_caller]
pub fn expect_none(asked: &str, complaints: &[pages::Complaint]) {
    let count = complaints.len();
    assert!(
        count == 0,
        "{asked}: {count} complaints\n{}",
        pages::report(complaints)
    );
}
