//! A labelled folder, whichever of the usual forms it has.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::ensure;
use tensor::Rng;

use super::listing::Listing;
use super::pairs::orphans;
use super::reader::Reader;
use super::report::{Problem, Report};
use crate::set::Set;

/// What was read from a folder.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The pictures that can be used, all of one size. An example's name is the path of
    /// its picture in the folder.
    pub set: Set,
    /// What was found, and what was wrong.
    pub report: Report,
    /// The parts that the folder itself names, and which examples belong to each.
    pub(super) parts: BTreeMap<String, BTreeSet<usize>>,
}

/// Reads a labelled folder; each picture is scaled to fit so many columns and rows.
///
/// The label file of `x.png` is `x.xml` or `x.txt` beside it, or in the folder that
/// goes with its own: `Annotations` with `JPEGImages`, as VOC has it, `labels` with
/// `images`, as YOLO has it. A list of classes, if there is one, says which classes
/// count and in which order; without one they are put in alphabetical order.
///
/// # Errors
/// If no box can be used, or the pictures need more than 2 GiB.
pub fn read(listing: &Listing, size: [usize; 2]) -> anyhow::Result<Folder> {
    read_with(listing, size, || Ok(()))
}

/// As [`read`], and calls `step` once for each of [`Listing::pictures`].
///
/// # Errors
/// As [`read`], and the first one of `step`.
pub fn read_with(
    listing: &Listing,
    size: [usize; 2],
    mut step: impl FnMut() -> anyhow::Result<()>,
) -> anyhow::Result<Folder> {
    let mut reader = Reader::new(listing, size);
    for path in listing.pictures() {
        step()?;
        reader.picture(path)?;
    }
    for path in orphans(listing, &reader.used) {
        reader.report.note(Problem::NoPicture, path);
    }
    reader.folder()
}

impl Folder {
    /// Two parts, to learn from and to be judged on: `train` and `val` if the folder
    /// names them, else all but every fifth picture, drawn by chance, and every fifth.
    ///
    /// # Errors
    /// If there is one picture only.
    pub fn halves(self, rng: &mut Rng) -> anyhow::Result<[Set; 2]> {
        let count = self.set.examples.len();
        let name = &self.set.name;
        ensure!(
            count >= 2,
            "{name}: expected at least 2 pictures, to learn from and to be judged on, found {count}"
        );
        let named = ["train", "val"].map(|part| self.parts.get(part));
        if named
            .iter()
            .all(|part| part.is_some_and(|part| !part.is_empty()))
        {
            return Ok(self.split(["train", "val"]));
        }
        let order = rng.permutation(count);
        let held = order[..(count / 5).max(1)].iter().copied().collect();
        let parts = BTreeMap::from([("val".to_owned(), held)]);
        let [val, train] = Folder { parts, ..self }.split(["val", ""]);
        Ok([train, val])
    }

    /// The examples of these parts, each in the first that it belongs to. What belongs
    /// to none is in the part without a name, `""`, or dropped.
    pub fn split<const N: usize>(self, names: [&str; N]) -> [Set; N] {
        let Folder { set, parts, .. } = self;
        let mut sets = names.map(|part| Set {
            name: format!("{} {part}", set.name).trim_end().to_owned(),
            classes: set.classes.clone(),
            examples: Vec::new(),
        });
        for (n, example) in set.examples.into_iter().enumerate() {
            let within = |part: &str| {
                part.is_empty() || parts.get(part).is_some_and(|part| part.contains(&n))
            };
            if let Some(part) = names.iter().position(|part| within(part)) {
                sets[part].examples.push(example);
            }
        }
        sets
    }
}
