//! The lessons' programs and exercises, run as a reader runs them.
//!
//! Both tests build with cargo from inside; what `cargo test --workspace` built is found again.

use course_tests::exercises::{self, WRONG};
use course_tests::nested::{self, Built};
use course_tests::{expect_none, records, root};
use pages::{Complaint, Course, Lesson};
use std::path::Path;
use std::sync::Mutex;

/// One nested build at a time: cargo would make the second wait anyway.
static CARGO: Mutex<()> = Mutex::new(());

fn ready() -> Vec<Lesson> {
    let course = Course::load(root()).expect("course.toml can be read");
    course
        .lessons
        .into_iter()
        .filter(Lesson::is_ready)
        .collect()
}

fn build(solutions: bool) -> Built {
    let _one = CARGO.lock();
    nested::build(root(), solutions).unwrap_or_else(|printed| panic!("{printed}"))
}

/// The exercise tests of a lesson.
fn program<'b>(built: &'b Built, lesson: &Lesson) -> &'b Path {
    let program = built.exercises.get(&lesson.id);
    program.unwrap_or_else(|| panic!("{} has no test target `exercises`", lesson.id))
}

#[test]
fn quick_runs_reproduce_what_is_recorded() {
    let built = build(false);
    let mut complaints = Vec::new();
    for lesson in ready() {
        let program = built.programs.get(&lesson.id);
        let program = program.unwrap_or_else(|| panic!("{} has no program", lesson.id));
        complaints.extend(records::quick(root(), &lesson, program));
    }
    for line in records::stale(root()) {
        println!("stale: {line}");
    }
    expect_none("quick runs", &complaints);
}

#[test]
fn stubs_fail_until_somebody_solves_them() {
    let built = build(false);
    let on_build_machine = std::env::var_os("CI").is_some_and(|ci| ci == "true");
    let mut complaints = Vec::new();
    for lesson in ready() {
        let source = root()
            .join("chapters")
            .join(&lesson.id)
            .join("src/exercises.rs");
        let source = std::fs::read_to_string(source).expect("a lesson has exercises.rs");
        let outcome = exercises::run(program(&built, &lesson), "", None);
        let outcome = outcome.unwrap_or_else(|message| panic!("{}: {message}", lesson.id));
        let (wrong, yours) = exercises::judge_stubs(&lesson, &source, &outcome, on_build_machine);
        if !yours.is_empty() {
            println!("{}: yours, not judged: {}", lesson.id, yours.join(", "));
        }
        complaints.extend(wrong);
    }
    expect_none("stubs", &complaints);
}

#[test]
fn solutions_pass_and_wrong_ones_are_caught() {
    let built = build(true);
    let mut complaints = Vec::new();
    for lesson in ready() {
        let program = program(&built, &lesson);
        let outcome = exercises::run(program, "", None);
        let outcome = outcome.unwrap_or_else(|message| panic!("{}: {message}", lesson.id));
        complaints.extend(exercises::judge_solutions(&lesson, &outcome));
        complaints.extend(survivors(&lesson, program));
    }
    expect_none("solutions", &complaints);
}

/// The wrong solutions that no test catches.
fn survivors(lesson: &Lesson, program: &Path) -> Vec<Complaint> {
    let cases = lesson
        .exercises
        .iter()
        .flat_map(|e| WRONG.map(|variant| (e, variant)));
    let judge = |(exercise, variant): (&pages::Exercise, char)| {
        let name = format!("{}{variant}", exercise.id);
        let outcome = exercises::run(program, &exercise.test_prefix(), Some(&name));
        exercises::judge_wrong(lesson, exercise, variant, &outcome)
    };
    cases.filter_map(judge).collect()
}
