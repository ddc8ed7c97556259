//! A lesson's run from the command line to the exit code.

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::anyhow;

use crate::flags::{self, Asked, Plan};
use crate::interrupt::{self, Interrupted};
use crate::panics;
use crate::places::Places;
use crate::run::Part;
use crate::screen::{self, Screen};
use crate::{Lesson, Mode, Run, Section, report, workspace_root};

/// Exit code of a run that failed.
const FAILED: u8 = 1;
/// Exit code of wrong use.
const WRONG_USE: u8 = 2;

/// Runs a lesson as its command line asks; the whole of a lesson's `main`.
///
/// The exit code is 0 for success, 1 for a failure, 2 for wrong use and 130
/// after Ctrl-C; whatever went wrong is one line on stderr.
///
/// ```no_run
/// use lesson::{Accepts, Lesson, Run, Section};
/// use std::process::ExitCode;
///
/// static LESSON: Lesson = Lesson {
///     name: "ch01_perceptron",
///     title: "The neuron",
///     about: "one neuron, from Boolean logic to handwritten digits",
///     seed: 1,
///     sections: &[Section {
///         name: "logic",
///         about: "what one neuron can say",
///         seconds: 1,
///         main: true,
///         run: logic,
///     }],
///     accepts: Accepts::NEITHER,
/// };
///
/// fn logic(run: &mut Run) -> anyhow::Result<()> {
///     run.say("AND OR NOT");
///     Ok(())
/// }
///
/// fn main() -> ExitCode {
///     lesson::main(&LESSON)
/// }
/// ```
pub fn main(lesson: &Lesson) -> ExitCode {
    main_in(workspace_root(), lesson)
}

/// As [`main`], with the book, the lesson's sources and `out/` under another
/// root: what the frame's own tests run.
pub fn main_in(root: &Path, lesson: &Lesson) -> ExitCode {
    let done = match flags::parse(lesson, std::env::args_os()) {
        Ok(Asked::Text(text)) => screen::print(&text).map_err(Into::into),
        Ok(Asked::Run(plan)) => run(root, lesson, &plan),
        Err(line) => {
            screen::complain(&line);
            return ExitCode::from(WRONG_USE);
        }
    };
    let Err(error) = done else {
        return ExitCode::SUCCESS;
    };
    if error.chain().any(|cause| cause.is::<Interrupted>()) {
        screen::complain(&format!("{error:#}"));
        return ExitCode::from(interrupt::EXIT_CODE);
    }
    screen::complain(&format!("error: {error:#}"));
    ExitCode::from(FAILED)
}

/// Runs the sections, writes the files, reports.
fn run(root: &Path, lesson: &Lesson, plan: &Plan) -> anyhow::Result<()> {
    let places = Places::prepare(root, lesson, plan)?;
    interrupt::watch();
    panics::keep_quiet();
    let mut run = Run {
        mode: plan.mode,
        seed: plan.seed,
        resume: plan.resume,
        out: places.out().to_path_buf(),
        screen: Screen::new(),
        parts: Vec::new(),
    };
    let start = Instant::now();
    run.screen.heading(&title(lesson, plan), "");
    for section in &plan.sections {
        run_section(&mut run, section).map_err(|error| explained(error, lesson, section))?;
    }
    let written = places.write(lesson, plan, &run.parts)?;
    report::report(&mut run, &places, &written, start.elapsed());
    match run.screen.fault() {
        Some(fault) => Err(anyhow!("cannot print: {fault}")),
        None => Ok(()),
    }
}

/// The first line of a run.
fn title(lesson: &Lesson, plan: &Plan) -> String {
    let mode = match plan.mode {
        Mode::Default => String::new(),
        mode => format!("{mode}, "),
    };
    format!(
        "{}: {} ({mode}seed {})",
        lesson.name, lesson.title, plan.seed
    )
}

/// Runs one section and notes its time.
fn run_section(run: &mut Run, section: &Section) -> anyhow::Result<()> {
    run.screen.line("");
    run.screen.heading(
        &format!("== {} ==", section.name),
        &format!("  {}", section.about),
    );
    run.parts.push(Part {
        section: section.name,
        ..Part::default()
    });
    let start = Instant::now();
    panics::caught(|| (section.run)(run))?;
    let time: Duration = start.elapsed();
    run.parts.last_mut().expect("pushed above").seconds = time.as_secs_f64();
    Ok(interrupt::check()?)
}

/// The error with the section it came from, and what became of the run.
fn explained(error: anyhow::Error, lesson: &Lesson, section: &Section) -> anyhow::Error {
    let name = section.name;
    if !error.chain().any(|cause| cause.is::<Interrupted>()) {
        return error.context(format!("section {name}"));
    }
    let next = match lesson.accepts.resume {
        true => "; --resume goes on from the last checkpoint",
        false => "",
    };
    let words = format!("in section {name}: no results were written{next}");
    // The bare error again: whatever the lesson wrapped around it is no news.
    anyhow::Error::new(Interrupted).context(words)
}
