//! A lesson's run from the command line to the exit code.

use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::anyhow;

use crate::files::reason;
use crate::flags::{self, Asked, Plan};
use crate::interrupt::{self, Interrupted};
use crate::own::WrongUse;
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
///     full_data: || Ok(()),
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
    let ended = match flags::parse(lesson, std::env::args_os()) {
        Ok(Asked::Text(text)) => screen::print(&text).map_err(|fault| failed(cannot_print(&fault))),
        Ok(Asked::Run(plan)) => run(root, lesson, &plan),
        Err(line) => Err(End {
            code: WRONG_USE,
            line,
        }),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(End { code, line }) => {
            screen::complain(&line);
            ExitCode::from(code)
        }
    }
}

/// How a run ended that did not succeed: its exit code, and the line that says
/// why.
struct End {
    code: u8,
    line: String,
}

/// The end by a failure.
fn failed(error: anyhow::Error) -> End {
    let line = format!("error: {error:#}");
    End { code: FAILED, line }
}

/// Runs the sections, writes the files, reports.
fn run(root: &Path, lesson: &Lesson, plan: &Plan) -> Result<(), End> {
    lesson.check().map_err(failed)?;
    if plan.mode == Mode::Full {
        (lesson.full_data)().map_err(failed)?;
    }
    let places = Places::prepare(root, lesson, plan).map_err(failed)?;
    interrupt::watch();
    panics::keep_quiet();
    let mut run = Run {
        mode: plan.mode,
        seed: plan.seed,
        resume: plan.resume,
        image: plan.image.clone(),
        data: plan.data.clone(),
        check: plan.check,
        weights: plan.weights.clone(),
        model: plan.model.clone(),
        out: places.out().to_path_buf(),
        screen: Screen::new(),
        parts: Vec::new(),
    };
    let start = Instant::now();
    run.screen.heading(&title(lesson, plan), "");
    for section in &plan.sections {
        run_section(&mut run, section).map_err(|error| broken_off(&error, lesson, section))?;
    }
    let written = places.write(lesson, plan, &run.parts).map_err(failed)?;
    report::report(&mut run, &places, &written, start.elapsed());
    match run.screen.fault() {
        Some(fault) => Err(failed(cannot_print(&fault))),
        None => Ok(()),
    }
}

/// That standard output takes no more: a full disk behind it.
fn cannot_print(fault: &io::Error) -> anyhow::Error {
    anyhow!("cannot print: {}", reason(fault))
}

/// The first line of a run.
fn title(lesson: &Lesson, plan: &Plan) -> String {
    let mode = match plan.mode {
        Mode::Default => String::new(),
        mode => format!("{mode}, "),
    };
    // Sections speak of the run that the book prints.
    let caution = match plan.mode {
        Mode::Quick => "\nless data, fewer epochs and seeds than the lines below speak of",
        _ => "",
    };
    format!(
        "{}: {} ({mode}seed {}){caution}",
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

/// The end in the middle of a section, by a failure, wrong use or Ctrl-C.
fn broken_off(error: &anyhow::Error, lesson: &Lesson, section: &Section) -> End {
    let name = section.name;
    if let Some(wrong) = error.downcast_ref::<WrongUse>() {
        let line = format!("error: {wrong}");
        return End {
            code: WRONG_USE,
            line,
        };
    }
    if !error.chain().any(|cause| cause.is::<Interrupted>()) {
        let line = format!("error: section {name}: {error:#}");
        return End { code: FAILED, line };
    }
    let next = match lesson.accepts.resume {
        true => "; --resume goes on from the last checkpoint",
        false => "",
    };
    let line = format!("interrupted in section {name}: no results were written{next}");
    End {
        code: interrupt::EXIT_CODE,
        line,
    }
}
