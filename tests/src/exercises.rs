//! Exercises: stubs fail, solutions pass, wrong solutions are caught.
//!
//! A reader's progress never turns the workspace red: a stub without its `todo!("ex1.2 …")` is
//! the reader's own and is not judged, save on the build machine (`CI=true`).

use crate::nested;
use crate::rust_text::RustText;
use pages::{Complaint, Exercise, Lesson};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Longer than any exercise's test takes; an endless loop in one ends here.
const LIMIT: Duration = Duration::from_secs(120);

/// The wrong solutions that each exercise keeps.
pub const WRONG: [char; 3] = ['a', 'b', 'c'];

/// What became of the tests, by name.
pub type Outcome = BTreeMap<String, Test>;

/// What became of one test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// Whether it passed.
    pub passed: bool,
    /// What it printed, if it failed.
    pub printed: String,
}

/// Why a test program has no outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfinished {
    /// It was still running after the time limit.
    Stopped,
    /// It could not be run at all, and this is why.
    NotRun(String),
}

impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfinished::Stopped => write!(f, "stopped after {} s", LIMIT.as_secs()),
            Unfinished::NotRun(why) => write!(f, "could not be run: {why}"),
        }
    }
}

/// Runs an exercise test program: the tests whose names contain `filter`, with the wrong solution
/// `wrong` (`1.2b`) in place of the right one, if one is given.
///
/// # Errors
/// What happened, when it did not run to its end.
pub fn run(program: &Path, filter: &str, wrong: Option<&str>) -> Result<Outcome, Unfinished> {
    let mut command = Command::new(program);
    command
        .arg(filter)
        .env_remove("COURSE_WRONG")
        .env("RUST_BACKTRACE", "0");
    if let Some(wrong) = wrong {
        command.env("COURSE_WRONG", wrong);
    }
    let ran =
        nested::run(&mut command, LIMIT).map_err(|error| Unfinished::NotRun(error.to_string()))?;
    match ran.status {
        Some(_) => Ok(parse(&ran.stdout)),
        None => Err(Unfinished::Stopped),
    }
}

/// Reads what libtest prints: the lines `test name ... ok`, and what failed tests printed, each
/// under `---- name stdout ----`.
pub fn parse(printed: &str) -> Outcome {
    let tests = printed
        .lines()
        .filter_map(|line| line.strip_prefix("test "));
    let result = |line: &str| {
        let (name, result) = line.split_once(" ... ")?;
        let name = name.split(' ').next().unwrap_or(name);
        let passed = result == "ok";
        let printed = String::new();
        (result != "ignored").then(|| (name.to_string(), Test { passed, printed }))
    };
    let mut outcome: Outcome = tests.filter_map(result).collect();
    let mut failed: Option<&mut Test> = None;
    for line in printed.lines() {
        let head = line
            .strip_prefix("---- ")
            .and_then(|l| l.strip_suffix(" stdout ----"));
        if let Some(name) = head {
            failed = outcome.get_mut(name.split(' ').next().unwrap_or(name));
        } else if line == "failures:" {
            // The list of names, after all of them.
            failed = None;
        } else if let Some(test) = &mut failed {
            test.printed += line;
            test.printed.push('\n');
        }
    }
    outcome
}

/// The ids of exercises whose stub still stands: `todo!("ex1.2 …")` outside comments.
pub fn open_stubs(source: &str) -> Vec<String> {
    let code = RustText::new(source).code();
    let mut ids = Vec::new();
    for (at, call) in code.match_indices("todo!(") {
        let rest = source[at + call.len()..].trim_start();
        let id = rest.strip_prefix("\"ex").unwrap_or("");
        let end = id
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(0);
        ids.push(id[..end].trim_end_matches('.').to_string());
    }
    ids.sort();
    ids.dedup();
    ids
}

/// The tests that belong to an exercise.
fn tests_of<'o>(outcome: &'o Outcome, exercise: &Exercise) -> Vec<(&'o str, &'o Test)> {
    let prefix = exercise.test_prefix();
    let all = outcome.iter().map(|(name, test)| (name.as_str(), test));
    let own = |name: &str| {
        name.rsplit("::")
            .next()
            .is_some_and(|n| n.starts_with(&prefix))
    };
    all.filter(|(name, _)| own(name)).collect()
}

fn file(lesson: &Lesson, path: &str) -> PathBuf {
    Path::new("chapters").join(&lesson.id).join(path)
}

/// What the words of a failing stub lack: the exercise, the page to read, the command for a hint.
fn untaught(lesson: &Lesson, exercise: &Exercise, printed: &str) -> Vec<String> {
    let id = &exercise.id;
    let page = lesson.page(&exercise.page).map_or("", |page| &page.title);
    let wanted = [
        format!("ex{id}"),
        format!("\"{page}\""),
        format!("cargo run -- exercises hint {id}"),
    ];
    // `ex1.1` is not in `ex1.10`.
    let says = |words: &String| {
        let mut found = printed.match_indices(words.as_str());
        found.any(|(at, _)| !printed[at + words.len()..].starts_with(|c: char| c.is_ascii_digit()))
    };
    wanted.into_iter().filter(|words| !says(words)).collect()
}

/// Judges the words of an open exercise's stubs. On a reader's machine a test may also fail on
/// the reader's own half of a solution, which need not teach.
fn judge_words(
    lesson: &Lesson,
    exercise: &Exercise,
    tests: &[(&str, &Test)],
    on_build_machine: bool,
) -> Vec<Complaint> {
    let stub = |test: &Test| on_build_machine || test.printed.contains("not yet implemented");
    let failing = tests.iter().filter(|(_, test)| !test.passed && stub(test));
    let complaint = |(name, test): &(&str, &Test)| {
        let missing = untaught(lesson, exercise, &test.printed).join("`, `");
        let message = format!("the stub that {name} fails on does not say `{missing}`");
        (!missing.is_empty()).then(|| Complaint::new(file(lesson, "src/exercises.rs"), 0, message))
    };
    failing.filter_map(complaint).collect()
}

/// Judges the run on stubs: each exercise that is open fails, with words that teach; on the build
/// machine all are open and each test fails. Also says which exercises are the reader's own by now.
pub fn judge_stubs(
    lesson: &Lesson,
    source: &str,
    outcome: &Outcome,
    on_build_machine: bool,
) -> (Vec<Complaint>, Vec<String>) {
    let open = open_stubs(source);
    let (stubs, tests) = (
        file(lesson, "src/exercises.rs"),
        file(lesson, "tests/exercises.rs"),
    );
    let (mut complaints, mut yours) = (Vec::new(), Vec::new());
    for exercise in &lesson.exercises {
        let id = &exercise.id;
        let own = tests_of(outcome, exercise);
        let passing: Vec<&str> = own
            .iter()
            .filter(|(_, test)| test.passed)
            .map(|(name, _)| *name)
            .collect();
        if own.is_empty() {
            let message = format!("exercise {id} has no test `{}…`", exercise.test_prefix());
            complaints.push(Complaint::new(&tests, 0, message));
        } else if !open.contains(id) {
            yours.push(id.clone());
            if on_build_machine {
                let message = format!("exercise {id} has no stub `todo!(\"ex{id} …\")`");
                complaints.push(Complaint::new(&stubs, 0, message));
            }
        } else if passing.len() == own.len() || (on_build_machine && !passing.is_empty()) {
            let names = passing.join(", ");
            let message = format!("exercise {id}: {names} passes on the empty stub");
            complaints.push(Complaint::new(&tests, 0, message));
        } else {
            complaints.extend(judge_words(lesson, exercise, &own, on_build_machine));
        }
    }
    (complaints, yours)
}

/// Judges the run on solutions: every test passes, and belongs to an exercise.
pub fn judge_solutions(lesson: &Lesson, outcome: &Outcome) -> Vec<Complaint> {
    let known: Vec<&str> = lesson
        .exercises
        .iter()
        .flat_map(|exercise| tests_of(outcome, exercise))
        .map(|(name, _)| name)
        .collect();
    let mut complaints = Vec::new();
    for (name, test) in outcome {
        if !test.passed {
            let message = format!("{name} fails on the solution");
            complaints.push(Complaint::new(file(lesson, "src/solutions.rs"), 0, message));
        }
        if !known.contains(&name.as_str()) {
            let message = format!("{name} belongs to no exercise: `ex1_02_…` tests exercise 1.2");
            complaints.push(Complaint::new(
                file(lesson, "tests/exercises.rs"),
                0,
                message,
            ));
        }
    }
    complaints
}

/// Judges the run on one wrong solution: a test of the exercise fails, or never ends.
pub fn judge_wrong(
    lesson: &Lesson,
    exercise: &Exercise,
    variant: char,
    outcome: &Result<Outcome, Unfinished>,
) -> Option<Complaint> {
    let name = format!("wrong solution {}{variant}", exercise.id);
    let message = match outcome {
        Ok(outcome) if tests_of(outcome, exercise).iter().any(|(_, t)| !t.passed) => return None,
        Ok(_) => format!("{name} passes the tests, or src/wrong.rs does not have it"),
        // It loops for ever: whoever runs the tests will notice, too.
        Err(Unfinished::Stopped) => return None,
        Err(not_run) => format!("{name} {not_run}"),
    };
    Some(Complaint::new(file(lesson, "src/wrong.rs"), 0, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_stubs_are_told_from_solved_and_commented_ones() {
        let source = "\
            fn a() { todo!(\"ex1.2 fill in\") }\n\
            fn b() { todo!(\n    \"ex1.10: step 2\"\n) }\n\
            // todo!(\"ex1.3 done\")\n\
            fn c() { todo!() }\n";
        assert_eq!(open_stubs(source), ["", "1.10", "1.2"]);
    }

    #[test]
    fn libtests_lines_are_read() {
        let printed = "running 3 tests\ntest ex1_01_a ... ok\ntest m::ex1_02_b - should panic ... ok\n\
            test ex1_03_c ... FAILED\ntest slow ... ignored\n\nfailures:\n\n\
            ---- ex1_03_c stdout ----\nnot yet implemented: ex1.3\n\nfailures:\n    ex1_03_c\n\n\
            test result: FAILED. 2 passed\n";
        let outcome = parse(printed);
        let shown: Vec<String> = outcome
            .iter()
            .map(|(n, t)| format!("{n} {}", t.passed))
            .collect();
        assert_eq!(
            outcome["ex1_03_c"].printed,
            "not yet implemented: ex1.3\n\n"
        );
        assert_eq!(
            shown,
            ["ex1_01_a true", "ex1_03_c false", "m::ex1_02_b true"]
        );
    }
}
