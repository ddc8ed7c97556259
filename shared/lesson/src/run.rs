//! The running lesson: what a section's code is given.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use crate::interrupt::{self, Interrupted};
use crate::own::WrongUse;
use crate::screen::Screen;
use crate::{Bar, Mode, Value, table};

/// Bytes a figure may have: it is part of every page that shows it.
const FIGURE_LIMIT: usize = 200_000;

/// The running lesson, handed to each section: its seed and mode, and the
/// places where it says, records and draws.
///
/// Nothing is written before the last section has ended: a run that fails or is
/// interrupted leaves the files of the run before.
#[derive(Debug)]
pub struct Run {
    pub(crate) mode: Mode,
    pub(crate) seed: u64,
    pub(crate) resume: bool,
    pub(crate) image: Option<PathBuf>,
    pub(crate) data: Option<PathBuf>,
    pub(crate) check: bool,
    pub(crate) weights: Option<PathBuf>,
    pub(crate) model: Option<String>,
    pub(crate) out: PathBuf,
    pub(crate) screen: Screen,
    pub(crate) parts: Vec<Part>,
}

/// What one section left behind.
#[derive(Debug, Default)]
pub(crate) struct Part {
    pub(crate) section: &'static str,
    pub(crate) seconds: f64,
    /// The lines it said.
    pub(crate) said: String,
    pub(crate) values: Vec<(String, Value)>,
    /// Names and SVG texts.
    pub(crate) figures: Vec<(String, String)>,
}

impl Run {
    /// The seed of all that is random in this run. Every section starts from
    /// it afresh.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The run's seed and the ones after it: for results that tell their spread.
    /// The first is the one whose result the book prints.
    pub fn seeds<const N: usize>(&self) -> [u64; N] {
        std::array::from_fn(|n| self.seed + n as u64)
    }

    /// The seeds of a result that tells its spread: three of them, or, in a quick run,
    /// the first alone.
    pub fn few_seeds(&self) -> Vec<u64> {
        self.seeds::<3>()[..self.choose(1, 3, 3)].to_vec()
    }

    /// How large the run is.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// One of three settings, by the mode: `run.choose(2, 20, 60)` epochs.
    pub fn choose<T>(&self, quick: T, default: T, full: T) -> T {
        self.mode.choose(quick, default, full)
    }

    /// Whether to go on from the checkpoint in [`Run::out_dir`].
    pub fn resume(&self) -> bool {
        self.resume
    }

    /// The reader's own picture, if `--image FILE` was given. Only a lesson with a section
    /// called `image` takes the flag; it runs that section and no other.
    pub fn image(&self) -> Option<&Path> {
        self.image.as_deref()
    }

    /// The reader's own folder, if `--data DIR` was given. Only a lesson with a section
    /// called `folder` takes the flag; it runs that section and no other.
    pub fn data(&self) -> Option<&Path> {
        self.data.as_deref()
    }

    /// Whether to report on the folder of [`Run::data`] and go no further: `--check`.
    pub fn check(&self) -> bool {
        self.check
    }

    /// The file with a net that this lesson has trained, to look at the picture of
    /// [`Run::image`] with, if `--weights FILE` was given. Only a lesson with the sections
    /// `image` and `folder` takes the flag.
    pub fn weights(&self) -> Option<&Path> {
        self.weights.as_deref()
    }

    /// Which of these models is to look at the picture of [`Run::image`]: the one that
    /// `--model NAME` names, else the first. The flag goes with the same lessons as
    /// `--weights`.
    ///
    /// # Errors
    /// [`WrongUse`] if the lesson has none of that name: hand it up with `?`.
    ///
    /// # Panics
    /// If there is no model to choose from.
    #[track_caller]
    pub fn model<'a>(&self, models: &[&'a str]) -> Result<&'a str, WrongUse> {
        assert!(!models.is_empty(), "model: expected at least one name");
        let Some(wanted) = &self.model else {
            return Ok(models[0]);
        };
        let found = models
            .iter()
            .find(|name| **name == wanted.as_str())
            .copied();
        found.ok_or_else(|| {
            let shown: String = wanted
                .chars()
                .filter(|c| !c.is_control())
                .take(40)
                .collect();
            let models = models.join(", ");
            WrongUse(format!("--model cannot be '{shown}': one of {models}"))
        })
    }

    /// The folder of this run's files, `out/chNN_name/` unless `--out` names
    /// another; it is there and can be written.
    ///
    /// A lesson that trains for long keeps its checkpoint there, written by
    /// [`write_whole`](crate::write_whole) every so often and when it is told
    /// to stop:
    ///
    /// ```no_run
    /// # struct Net; impl Net { fn bytes(&self) -> Vec<u8> { vec![] } }
    /// # fn train(run: &mut lesson::Run, net: Net) -> anyhow::Result<()> {
    /// let checkpoint = run.out_dir().join("model.safetensors");
    /// let bar = run.progress("training", 500);
    /// for _ in 0..500 {
    ///     // … one step …
    ///     if let Err(stop) = bar.step() {
    ///         lesson::write_whole(&checkpoint, &net.bytes())?;
    ///         return Err(stop.into());
    ///     }
    /// }
    /// # Ok(()) }
    /// ```
    pub fn out_dir(&self) -> &Path {
        &self.out
    }

    /// Prints a line, or several, and keeps them for the page: `output.txt`
    /// holds what the recorded run said. So say nothing that differs from run
    /// to run, such as a time or a path; that is for [`Run::note`].
    pub fn say(&mut self, text: impl Display) {
        let text = text.to_string();
        for line in text.split('\n') {
            self.screen.line(line);
            let said = &mut self.part().said;
            said.push_str(line.trim_end());
            said.push('\n');
        }
    }

    /// Prints a line without keeping it: times, paths, what else belongs to
    /// this one run.
    pub fn note(&mut self, text: impl Display) {
        self.screen.line(&text.to_string());
    }

    /// Says a table: numbers to the right, words to the left.
    ///
    /// ```no_run
    /// # fn section(run: &mut lesson::Run) {
    /// run.table(&["model", "accuracy"], [["a line", "75.0 %"], ["two layers", "100.0 %"]]);
    /// # }
    /// ```
    ///
    /// # Panics
    /// If a row has not as many cells as the head.
    #[track_caller]
    pub fn table<Row>(&mut self, head: &[&str], rows: impl IntoIterator<Item = Row>)
    where
        Row: IntoIterator<Item: Display>,
    {
        let cells = |row: Row| row.into_iter().map(|cell| cell.to_string()).collect();
        let rows: Vec<Vec<String>> = rows.into_iter().map(cells).collect();
        let lines = table::table(head, &rows);
        self.say(lines.join("\n"));
    }

    /// A progress bar for `steps` steps of work.
    pub fn progress(&self, what: &str, steps: usize) -> Bar {
        Bar::new(&self.screen.bars, what, steps)
    }

    /// Whether to go on, for work that has no bar.
    ///
    /// # Errors
    /// [`Interrupted`] after Ctrl-C: hand it up with `?`.
    pub fn check_interrupt(&self) -> Result<(), Interrupted> {
        interrupt::check()
    }

    /// Records a number under a name that pages, tests and the README quote.
    ///
    /// # Errors
    /// If the number is not finite, its tolerance is below its spread, a count
    /// is not exact, or the name is taken or not in `small_letters`.
    pub fn record(&mut self, name: &str, value: Value) -> anyhow::Result<()> {
        check_name("value", name)?;
        value.check().with_context(|| format!("recording {name}"))?;
        let mut recorded = self.parts.iter().flat_map(|part| &part.values);
        let taken = recorded.any(|(other, _)| other == name);
        ensure!(!taken, "recording {name}: recorded twice in this run");
        self.part().values.push((name.to_string(), value.rounded()));
        Ok(())
    }

    /// Keeps a figure, to be written as `figures/NAME.svg`. `svg` is a
    /// `plots::Figure` or the text of an SVG.
    ///
    /// # Errors
    /// If it is not an SVG, is over 200 KB, or the name is taken or not in
    /// `small_letters`.
    pub fn figure(&mut self, name: &str, svg: impl AsRef<str>) -> anyhow::Result<()> {
        let svg = svg.as_ref();
        check_name("figure", name)?;
        ensure!(
            svg.trim_start().starts_with('<') && svg.contains("<svg"),
            "figure {name}: not an SVG"
        );
        let bytes = svg.len();
        ensure!(
            bytes <= FIGURE_LIMIT,
            "figure {name}: {bytes} bytes, expected at most {FIGURE_LIMIT}: draw fewer points"
        );
        let mut drawn = self.parts.iter().flat_map(|part| &part.figures);
        let taken = drawn.any(|(other, _)| other == name);
        ensure!(!taken, "figure {name}: drawn twice in this run");
        self.part()
            .figures
            .push((name.to_string(), svg.to_string()));
        Ok(())
    }

    /// The part of the section that is running.
    fn part(&mut self) -> &mut Part {
        if self.parts.is_empty() {
            self.parts.push(Part::default());
        }
        self.parts
            .last_mut()
            .expect("one was pushed if there was none")
    }
}

/// Checks that a name can stand in a file name, a table and a page alike.
pub(crate) fn check_name(what: &str, name: &str) -> anyhow::Result<()> {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let good = name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(letter);
    ensure!(
        good,
        "{what} '{name}': expected a name of small letters, digits and _, starting with a letter"
    );
    Ok(())
}
