//! What every lesson's main shares: flags, seed, progress, results, figures.
//!
//! A lesson describes itself ([`Lesson`], [`Section`]) and calls [`main`]. The
//! code of a section gets a [`Run`]: it says what it finds, records numbers
//! ([`Value`]) and keeps figures. The frame does the rest: it reads the flags,
//! times the sections, prints the results beside the book's, and writes all
//! files at the end, whole or not at all.
//!
//! What was recorded is read back with [`Results`] and [`Output`] and held
//! against a new run with [`compare()`]. [`exercise`] gives the tests of exercises
//! their words.
//!
//! Reading order: [`Lesson`], then `start.rs` (a run from the command line to
//! the exit code), `run.rs` (what a section's code can call), `places.rs` (what
//! is written where), `record.rs` (how sections merge).

mod compare;
mod digest;
pub mod exercise;
mod files;
mod flags;
mod interrupt;
mod lesson;
mod machine;
mod mode;
mod output;
mod own;
mod panics;
mod paths;
mod places;
mod progress;
mod record;
mod report;
mod results;
mod results_text;
mod run;
mod screen;
mod shown;
mod start;
mod table;
mod timing;
mod usage;
mod value;

pub use compare::{Difference, compare};
pub use digest::digest;
pub use files::write_whole;
pub use interrupt::Interrupted;
pub use lesson::{Accepts, Lesson, Section};
pub use machine::{processor, today};
pub use mode::Mode;
pub use output::Output;
pub use own::WrongUse;
pub use paths::workspace_root;
pub use progress::Bar;
pub use results::{Recorded, Results, ResultsError, SectionRecord};
pub use run::Run;
pub use shown::{percent, thousands};
pub use start::{main, main_in};
pub use timing::fastest;
pub use usage::one_line;
pub use value::{Kind, Value, ValueError};
