//! `course.toml`: the one list of lessons, pages, exercises and figures.

use crate::complaint::{Complaint, Error, read};
use lesson::Mode;
use serde::{Deserialize, Deserializer, de};
use std::fmt;
use std::path::Path;

/// The file's name at the workspace root.
pub const COURSE_TOML: &str = "course.toml";

/// The whole of `course.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// The book's title.
    pub title: String,
    /// The lessons in teaching order.
    #[serde(default, rename = "lesson")]
    pub lessons: Vec<Lesson>,
    /// The file's text, to find the line that a complaint is about.
    #[serde(skip)]
    raw: String,
}

/// One lesson: a crate under `chapters/` and a folder of pages under `book/src/`, both called
/// by its id.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// Crate and folder, `ch01_perceptron`.
    pub id: String,
    /// Its number in the course, from 1.
    pub number: u32,
    /// The title, as SUMMARY.md and README show it.
    pub title: String,
    /// One line: what the reader builds.
    pub about: String,
    /// Whether it can be read and run.
    pub status: Status,
    /// What the run without flags takes on 2 cores, in seconds.
    #[serde(default)]
    pub seconds: u32,
    /// The command that runs it.
    #[serde(default)]
    pub command: String,
    /// Names of the data sets that it reads.
    #[serde(default)]
    pub data: Vec<String>,
    /// Lessons (ids) that a reader should know before.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Figures of the lesson, by file stem: `boundary` is `figures/boundary.svg`.
    #[serde(default)]
    pub figures: Vec<String>,
    /// What its recorded runs must reach.
    #[serde(default)]
    pub floors: Vec<Floor>,
    /// The pages in reading order; the first is `index.md`.
    #[serde(default, rename = "page")]
    pub pages: Vec<PageEntry>,
    /// The exercises in rising order.
    #[serde(default, rename = "exercise")]
    pub exercises: Vec<Exercise>,
}

/// A recorded value that may not fall below a bound, or rise above one: what the lesson promises
/// its reader.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floor {
    /// The value's name in results.toml.
    pub value: String,
    /// The recording it stands in: `"default"` (if none is named), `"full"` or `"quick"`.
    #[serde(default = "default_mode", deserialize_with = "mode")]
    pub mode: Mode,
    /// The least that is recorded, in the value's unit (0.9 is 90 % of a fraction).
    pub at_least: Option<f64>,
    /// The most that is recorded, in the value's unit.
    pub at_most: Option<f64>,
}

fn default_mode() -> Mode {
    Mode::Default
}

fn mode<'de, D: Deserializer<'de>>(from: D) -> Result<Mode, D::Error> {
    let name = String::deserialize(from)?;
    let mut all = [Mode::Quick, Mode::Default, Mode::Full].into_iter();
    all.find(|mode| mode.name() == name)
        .ok_or_else(|| de::Error::custom(format!("mode \"{name}\": quick, default or full")))
}

/// Whether a lesson can be read yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Written: its pages, crate and exercises exist.
    Ready,
    /// Planned: a draft entry in SUMMARY.md, a "coming" row in README.md.
    Coming,
}

/// One page of a lesson.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageEntry {
    /// File name inside the lesson's folder, `01_logic.md`.
    pub file: String,
    /// The title, as SUMMARY.md shows it.
    pub title: String,
    /// What the reader builds on this page (`code` in backticks allowed).
    pub builds: String,
    /// Minutes to read and run.
    pub minutes: u32,
    /// The command of this page; empty means the lesson's.
    #[serde(default)]
    pub command: String,
    /// Data sets that this page reads.
    #[serde(default)]
    pub data: Vec<String>,
    /// Titles of pages, or lesson ids, to know before.
    #[serde(default)]
    pub needs: Vec<String>,
}

/// One exercise of a lesson.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exercise {
    /// `1.2`: lesson number, dot, place. Never reused for another exercise.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// How hard it is.
    pub level: Level,
    /// The page that poses it, a file of the lesson.
    pub page: String,
    /// Hints, from a nudge to nearly the answer.
    pub hints: Vec<String>,
}

/// How hard an exercise is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Read a number off or fill in one line.
    Easy,
    /// Write one function.
    Medium,
    /// Build a variant from a paper.
    Hard,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Level::Easy => "easy",
            Level::Medium => "medium",
            Level::Hard => "hard",
        })
    }
}

impl Exercise {
    /// What its test functions' names begin with: `ex1_02` for exercise 1.2, in two digits, so
    /// that names sort and 1.1 is not taken for 1.10.
    pub fn test_prefix(&self) -> String {
        let (lesson, place) = self.id.split_once('.').unwrap_or((&self.id, ""));
        format!("ex{lesson}_{place:0>2}")
    }

    /// The command that checks it.
    pub fn command(&self, lesson: &Lesson) -> String {
        let (id, prefix) = (&lesson.id, self.test_prefix());
        format!("cargo test -p {id} --test exercises {prefix}")
    }

    /// The id of its heading on the page, `exercise-1-2`.
    pub fn anchor(&self) -> String {
        format!("exercise-{}", self.id.replace('.', "-"))
    }
}

impl Lesson {
    /// `ch01`, the short name that `{{num ch01.x}}` uses.
    pub fn prefix(&self) -> &str {
        self.id.split('_').next().unwrap_or(&self.id)
    }

    /// True when it can be read and run.
    pub fn is_ready(&self) -> bool {
        self.status == Status::Ready
    }

    /// The page with this file name.
    pub fn page(&self, file: &str) -> Option<&PageEntry> {
        self.pages.iter().find(|page| page.file == file)
    }
}

impl Course {
    /// Reads `course.toml` under `root`.
    ///
    /// # Errors
    /// When the file cannot be read, or is not what this module describes: the message names
    /// the line.
    pub fn load(root: &Path) -> Result<Course, Error> {
        let raw = read(&root.join(COURSE_TOML))?;
        let mut course: Course = toml::from_str(&raw).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let line = 1 + raw[..start].matches('\n').count();
            Error::Content(Complaint::new(COURSE_TOML, line, error.message()))
        })?;
        course.raw = raw;
        Ok(course)
    }

    /// The lesson with this id (`ch01_perceptron`).
    pub fn lesson(&self, id: &str) -> Option<&Lesson> {
        self.lessons.iter().find(|lesson| lesson.id == id)
    }

    /// The lesson with this short name (`ch01`).
    pub fn lesson_by_prefix(&self, prefix: &str) -> Option<&Lesson> {
        self.lessons.iter().find(|lesson| lesson.prefix() == prefix)
    }

    /// The exercise with this id, and its lesson.
    pub fn exercise(&self, id: &str) -> Option<(&Lesson, &Exercise)> {
        let all = self.lessons.iter();
        let mut all = all.flat_map(|lesson| lesson.exercises.iter().map(move |e| (lesson, e)));
        all.find(|(_, exercise)| exercise.id == id)
    }

    /// The line of `course.toml` where the `nth` (from 0) `key = "value"` stands; 0 if nowhere.
    pub(crate) fn line_of(&self, key: &str, value: &str, nth: usize) -> usize {
        let mut lines = self.raw.lines().enumerate().filter(|(_, line)| {
            line.split_once('=').is_some_and(|(left, right)| {
                left.trim() == key && right.trim().trim_matches('"') == value
            })
        });
        lines.nth(nth).map_or(0, |(index, _)| index + 1)
    }
}
