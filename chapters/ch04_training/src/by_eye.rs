//! What a person saw in the pictures that a net got most wrong.
//!
//! `by_eye.csv` holds a line a picture: its row among the validation pictures, and one
//! word. The rows are the same in every run, as the split has a seed of its own. One person
//! looked once, at 28 by 28 pixels, knowing the label and the net's answer; another may
//! see it otherwise.

use std::collections::BTreeMap;

use anyhow::Context;

/// What one sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The label does not fit what one sees.
    Label,
    /// Both would do: at this size nobody can tell.
    Either,
    /// An unusual thing, or an unusual view of one.
    Unusual,
    /// The label fits, and one sees it at once.
    Clear,
}

impl Seen {
    /// All of them.
    pub const ALL: [Seen; 4] = [Seen::Label, Seen::Either, Seen::Unusual, Seen::Clear];

    /// The word in the file.
    pub fn name(self) -> &'static str {
        match self {
            Seen::Label => "label",
            Seen::Either => "either",
            Seen::Unusual => "unusual",
            Seen::Clear => "clear",
        }
    }

    /// For a table.
    pub fn words(self) -> &'static str {
        match self {
            Seen::Label => "the label does not fit",
            Seen::Either => "label or answer, either would do",
            Seen::Unusual => "an unusual thing or view",
            Seen::Clear => "clearly what the label says",
        }
    }
}

/// What was seen, by the row among the validation pictures.
///
/// # Errors
/// If a line of the file does not read `row,word`.
pub fn load() -> anyhow::Result<BTreeMap<usize, Seen>> {
    let lines = include_str!("by_eye.csv").lines().skip(1);
    lines
        .map(|line| {
            let (row, word) = line.split_once(',').context("a comma")?;
            let seen = Seen::ALL.into_iter().find(|seen| seen.name() == word);
            anyhow::Ok((row.parse()?, seen.context("one of the four words")?))
        })
        .map(|read| read.context("by_eye.csv"))
        .collect()
}
