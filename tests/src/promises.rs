//! What course.toml promises of a lesson's run, held against what is recorded.

use crate::nested;
use lesson::{Mode, Recorded, Results};
use pages::{Complaint, Course, Floor, Lesson, records};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// A lesson may state at most so many times the seconds that its recording took: readers'
/// machines differ, but a fairy tale is none.
const SLACK: f64 = 4.0;

/// Every floor of every ready lesson is kept by the value as recorded: reached, or not passed.
pub fn floors(root: &Path) -> Vec<Complaint> {
    judge(root, |lesson, results| {
        let floors = lesson.floors.iter();
        floors
            .filter_map(|floor| below(lesson, floor, results))
            .collect()
    })
}

/// What is wrong with one floor's value, if anything.
fn below(lesson: &Lesson, floor: &Floor, results: &Results) -> Option<Complaint> {
    let (name, mode) = (&floor.value, floor.mode);
    let recorded = results
        .get(mode)
        .and_then(|recorded| recorded.values.get(name));
    let Some(recorded) = recorded else {
        let remedy = records::record_command(lesson, mode);
        let message = format!(
            "floor of {}: no {name} under [{mode}]; `{remedy}`",
            lesson.id
        );
        return Some(Complaint::new(pages::course::COURSE_TOML, 0, message));
    };
    let got = recorded.value;
    // Asked this way round: a NaN is no result either.
    let (reached, within) = (|least| got >= least, |most| got <= most);
    let broken = match (floor.at_least, floor.at_most) {
        (None, None) => {
            let message = format!("floor of {name}: neither at_least nor at_most");
            return Some(Complaint::new(pages::course::COURSE_TOML, 0, message));
        }
        (Some(least), _) if !reached(least) => format!("below the {least}"),
        (_, Some(most)) if !within(most) => format!("above the {most}"),
        _ => return None,
    };
    let message = format!("[{mode}] {name} is {got}, {broken} that course.toml promises");
    Some(Complaint::new(records::results_file(lesson), 0, message))
}

/// The stated seconds of every ready lesson cover the recorded ones, and not by far.
pub fn seconds(root: &Path) -> Vec<Complaint> {
    judge(root, |lesson, results| {
        let Some(recorded) = results.get(Mode::Default) else {
            let remedy = records::record_command(lesson, Mode::Default);
            let message = format!("nothing under [default]; `{remedy}`");
            return vec![Complaint::new(records::results_file(lesson), 0, message)];
        };
        let (stated, took) = (lesson.seconds, recorded.seconds);
        // A lesson of a blink may still say one second.
        let most = (SLACK * took).max(1.0);
        if (took..=most).contains(&f64::from(stated)) {
            return Vec::new();
        }
        let id = &lesson.id;
        let message =
            format!("{id} states {stated} s, its recording took {took}: state {took} to {most:.1}");
        vec![Complaint::new(pages::course::COURSE_TOML, 0, message)]
    })
}

/// Judges each ready lesson by its results.toml.
fn judge(root: &Path, judge: impl Fn(&Lesson, &Results) -> Vec<Complaint>) -> Vec<Complaint> {
    let course = match Course::load(root) {
        Ok(course) => course,
        Err(error) => return vec![Complaint::new("course.toml", 0, error.to_string())],
    };
    let ready = course.lessons.iter().filter(|lesson| lesson.is_ready());
    let one = |lesson: &Lesson| {
        let file = records::results_file(lesson);
        match Results::load_or_empty(&root.join(&file)) {
            Ok(results) => judge(lesson, &results),
            Err(error) => vec![Complaint::new(&file, 0, error.to_string())],
        }
    };
    ready.flat_map(one).collect()
}

/// Runs a lesson's program with `--list` and compares the sections it names with the recorded.
pub fn sections(root: &Path, lesson: &Lesson, program: &Path) -> Option<Complaint> {
    let file = records::results_file(lesson);
    let mut list = Command::new(program);
    list.current_dir(root).arg("--list").env("NO_COLOR", "1");
    let ran = match nested::run(&mut list, Duration::from_secs(60)) {
        Ok(ran) => ran,
        Err(error) => return Some(Complaint::new(&file, 0, error.to_string())),
    };
    match Results::load_or_empty(&root.join(&file)) {
        Ok(results) => judge_sections(lesson, &ran.stdout, &results.default.unwrap_or_default()),
        Err(error) => Some(Complaint::new(&file, 0, error.to_string())),
    }
}

/// The sections that a program's `--list` names are those recorded under `[default]`, in order.
pub fn judge_sections(lesson: &Lesson, list: &str, recorded: &Recorded) -> Option<Complaint> {
    let names = list
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let listed: Vec<&str> = names.collect();
    let recorded: Vec<&str> = recorded.sections.keys().map(String::as_str).collect();
    let message = format!(
        "[default.sections] are {}; the program's --list names {}; `{}`",
        recorded.join(", "),
        listed.join(", "),
        records::record_command(lesson, Mode::Default)
    );
    (listed != recorded).then(|| Complaint::new(records::results_file(lesson), 0, message))
}
