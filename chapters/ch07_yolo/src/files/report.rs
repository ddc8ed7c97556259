//! What was found in a labelled folder, and what was wrong with it.

use std::collections::BTreeMap;
use std::fmt;

/// How many places are named of each problem; the others are counted.
const NAMED: usize = 3;

/// Letters that are shown of a name. A file's name may have 255 of them.
const LETTERS: usize = 60;

/// What can be wrong in a labelled folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// A label file without a picture.
    NoPicture,
    /// A picture without a label file. Nobody has said that nothing is in it.
    NoLabels,
    /// A file that is named like a picture and is none.
    BadPicture,
    /// A label file that is not in its format.
    BadLabels,
    /// A picture with an XML file and a text file.
    TwoLabels,
    /// A label file in the rarer of two formats.
    Mixed,
    /// Labels that were made for a picture of another size.
    OtherSize,
    /// A box without four numbers.
    NotNumbers,
    /// A box in pixels, where the text format has shares of the picture.
    NotShares,
    /// A box of no width or no height.
    NoSize,
    /// A box beside the picture.
    Outside,
    /// A box that reaches over the edge of the picture.
    OverTheEdge,
    /// A box that stands there a second time.
    Twice,
    /// A box of a class that is not in the list of classes.
    UnknownClass,
    /// A class in the list without a single box.
    EmptyClass,
}

impl Problem {
    /// The problem in words, and what is done about it.
    pub fn words(self) -> &'static str {
        match self {
            Problem::NoPicture => "label files without a picture",
            Problem::NoLabels => "pictures without a label file, left out",
            Problem::BadPicture => "pictures that cannot be read, left out",
            Problem::BadLabels => "label files that cannot be read, left out",
            Problem::TwoLabels => "pictures with .xml and .txt, .xml taken",
            Problem::Mixed => "label files in the rarer of two formats",
            Problem::OtherSize => "labels for a picture of another size, left out",
            Problem::NotNumbers => "boxes without four numbers, left out",
            Problem::NotShares => "boxes in pixels instead of shares, left out",
            Problem::NoSize => "boxes without width or height, left out",
            Problem::Outside => "boxes beside the picture, left out",
            Problem::OverTheEdge => "boxes over the edge, cut there",
            Problem::Twice => "boxes that stand there twice, left out",
            Problem::UnknownClass => "boxes of an unknown class, left out",
            Problem::EmptyClass => "classes without a box",
        }
    }
}

/// Where a problem was met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Places {
    count: usize,
    first: Vec<String>,
}

/// What was found in a labelled folder. `Display` gives a line for what can be used,
/// and one for each kind of problem: what it is, how often it was met, and where first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Pictures that can be used.
    pub pictures: usize,
    /// The classes, each with its number of boxes that can be used.
    pub classes: Vec<(String, usize)>,
    problems: BTreeMap<Problem, Places>,
}

impl Report {
    /// Notes a problem and where it was met: a file, a box of a file, a class.
    pub fn note(&mut self, problem: Problem, place: &str) {
        let places = self.problems.entry(problem).or_default();
        places.count += 1;
        if places.first.len() < NAMED {
            places.first.push(plain_place(place));
        }
    }

    /// How often a problem was met.
    pub fn count(&self, problem: Problem) -> usize {
        self.problems.get(&problem).map_or(0, |places| places.count)
    }

    /// Where a problem was met first: up to three places.
    pub fn places(&self, problem: Problem) -> &[String] {
        let places = self.problems.get(&problem);
        places.map_or(&[], |places| &places.first)
    }

    /// The problems that were met, in the order of [`Problem`].
    pub fn problems(&self) -> impl Iterator<Item = Problem> {
        self.problems.keys().copied()
    }

    /// Boxes that can be used, of all classes.
    pub fn boxes(&self) -> usize {
        self.classes.iter().map(|(_, count)| count).sum()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let class = |(name, count): &(String, usize)| format!("{name} {count}");
        let classes: Vec<String> = self.classes.iter().take(20).map(class).collect();
        let (pictures, boxes) = (self.pictures, self.boxes());
        let many = |count: usize, one: &str, more: &str| {
            let word = if count == 1 { one } else { more };
            format!("{count} {word}")
        };
        let pictures = many(pictures, "picture", "pictures");
        let boxes = many(boxes, "box", "boxes");
        write!(f, "can be used: {pictures}, {boxes}")?;
        if !classes.is_empty() {
            write!(f, " ({}", classes.join(", "))?;
            let more = if self.classes.len() > 20 { ", …" } else { "" };
            write!(f, "{more})")?;
        }
        for (problem, Places { count, first }) in &self.problems {
            let more = if *count > first.len() { ", …" } else { "" };
            let places = first.join(", ");
            write!(f, "\n{}: {count} ({places}{more})", problem.words())?;
        }
        Ok(())
    }
}

/// A name as it can be shown: on one line, without signs that steer a terminal, and
/// short.
pub(crate) fn plain(name: &str) -> String {
    let mut text: String = shown(name).take(LETTERS).collect();
    if name.chars().nth(LETTERS).is_some() {
        text.push('…');
    }
    text
}

/// As [`plain`], for a place, of which the end says most.
pub(crate) fn plain_place(place: &str) -> String {
    let count = place.chars().count();
    let cut = count.saturating_sub(LETTERS);
    let start = if cut > 0 { "…" } else { "" };
    format!("{start}{}", shown(place).skip(cut).collect::<String>())
}

/// The letters of a name, with a sign in place of those that have no shape.
fn shown(name: &str) -> impl Iterator<Item = char> {
    name.chars().map(|c| if c.is_control() { '?' } else { c })
}
