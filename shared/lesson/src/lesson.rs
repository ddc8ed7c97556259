//! What a lesson says about itself: its name, its seed, its sections.

use anyhow::ensure;

use crate::Run;
use crate::run::check_name;

/// A lesson: what its `main` hands to [`main`](crate::main).
#[derive(Debug)]
pub struct Lesson {
    /// The crate's name, which is also its folder of pages: `ch01_perceptron`.
    pub name: &'static str,
    /// The lesson's title in the book.
    pub title: &'static str,
    /// What the run does, in one sentence for `--help`.
    pub about: &'static str,
    /// The seed of the numbers that the book prints.
    pub seed: u64,
    /// The parts of the run, in the order of the pages.
    pub sections: &'static [Section],
    /// Which flags beyond those of every lesson it understands.
    pub accepts: Accepts,
    /// Reads what `--full` needs and drops it again, so that a run without its
    /// data ends before the first section and not in the sixth.
    pub full_data: fn() -> anyhow::Result<()>,
}

/// A named part of a lesson's run: `cargo run -p ch01_perceptron -- logic`.
///
/// It starts from the run's seed alone, never from what an earlier section left,
/// so that running it by name gives the same numbers.
#[derive(Debug)]
pub struct Section {
    /// The word that runs it: small letters, digits and `_`.
    pub name: &'static str,
    /// What it shows, in one line.
    pub about: &'static str,
    /// What it takes on two cores, rounded up to whole seconds.
    pub seconds: u32,
    /// Whether it belongs to the run without flags; long comparisons do not,
    /// and are run by name.
    pub main: bool,
    /// The code.
    pub run: fn(&mut Run) -> anyhow::Result<()>,
}

/// Flags that only some lessons understand. The others refuse them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepts {
    /// `--full`: there is a larger public data set to run on.
    pub full: bool,
    /// `--resume`: an interrupted training leaves a checkpoint to go on from.
    pub resume: bool,
}

impl Accepts {
    /// Neither `--full` nor `--resume`.
    pub const NEITHER: Accepts = Accepts {
        full: false,
        resume: false,
    };
}

impl Section {
    /// A section of the main line.
    pub const fn main(
        name: &'static str,
        about: &'static str,
        seconds: u32,
        run: fn(&mut Run) -> anyhow::Result<()>,
    ) -> Section {
        let main = true;
        Section {
            name,
            about,
            seconds,
            main,
            run,
        }
    }
}

impl Lesson {
    /// The section of this name.
    pub fn section(&self, name: &str) -> Option<&'static Section> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// The sections of a run that names none.
    pub fn main_line(&self) -> impl Iterator<Item = &'static Section> {
        self.sections.iter().filter(|section| section.main)
    }

    /// The stated seconds of a run that names no section.
    pub fn seconds(&self) -> u32 {
        self.main_line().map(|section| section.seconds).sum()
    }

    /// Checks what the flags, `results.toml` and `output.txt` rely on.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        let name = self.name;
        ensure!(
            self.main_line().next().is_some(),
            "{name} has no section to run without flags"
        );
        for (index, section) in self.sections.iter().enumerate() {
            check_name("section", section.name)?;
            let first = self
                .sections
                .iter()
                .position(|other| other.name == section.name);
            ensure!(
                first == Some(index),
                "{name} has two sections '{}'",
                section.name
            );
        }
        Ok(())
    }
}

/// A stated time in words: `12 s`, `3 min`.
pub(crate) fn stated(seconds: u32) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        _ => format!("{} min", seconds.div_ceil(60)),
    }
}
