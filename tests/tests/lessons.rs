//! The lessons' programs and exercises, run as a reader runs them.
//!
//! The tests build with cargo from inside; what `cargo test --workspace` built is found again.

use course_tests::exercises::{self, WRONG};
use course_tests::nested::{self, Built};
use course_tests::{expect_none, promises, records, root};
use pages::{Complaint, Course, Lesson};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One of these tests at a time: a build may replace the program that another still runs.
static CARGO: Mutex<()> = Mutex::new(());

fn ready() -> Vec<Lesson> {
    let course = Course::load(root()).expect("course.toml can be read");
    course
        .lessons
        .into_iter()
        .filter(Lesson::is_ready)
        .collect()
}

/// What a nested build made; it stays as it is until the guard is dropped.
fn build(solutions: bool) -> (MutexGuard<'static, ()>, Built) {
    // A test that failed while it held the lock left nothing half done.
    let guard = CARGO.lock().unwrap_or_else(PoisonError::into_inner);
    let built = nested::build(root(), solutions);
    (guard, built.unwrap_or_else(|printed| panic!("{printed}")))
}

/// The program of a lesson.
fn lessons_own<'b>(built: &'b Built, lesson: &Lesson) -> &'b Path {
    let program = built.programs.get(&lesson.id);
    program.unwrap_or_else(|| panic!("{} has no program", lesson.id))
}

/// The exercise tests of a lesson.
fn program<'b>(built: &'b Built, lesson: &Lesson) -> &'b Path {
    let program = built.exercises.get(&lesson.id);
    program.unwrap_or_else(|| panic!("{} has no test target `exercises`", lesson.id))
}

#[test]
fn quick_runs_reproduce_what_is_recorded() {
    let (_guard, built) = build(false);
    let mut complaints = Vec::new();
    for lesson in ready() {
        let program = lessons_own(&built, &lesson);
        complaints.extend(records::quick(root(), &lesson, program));
    }
    for line in records::stale(root()) {
        println!("stale: {line}");
    }
    expect_none("quick runs", &complaints);
}

#[test]
fn a_run_can_be_repeated() {
    let (_guard, built) = build(false);
    let mut complaints = Vec::new();
    for lesson in ready() {
        let program = lessons_own(&built, &lesson);
        complaints.extend(records::repeated(root(), &lesson, program));
    }
    expect_none("repeated runs", &complaints);
}

#[test]
fn the_sections_of_the_program_are_those_recorded() {
    let (_guard, built) = build(false);
    let mut complaints = Vec::new();
    for lesson in ready() {
        let program = lessons_own(&built, &lesson);
        complaints.extend(promises::sections(root(), &lesson, program));
    }
    expect_none("sections", &complaints);
}

#[test]
fn stubs_fail_until_somebody_solves_them() {
    let (_guard, built) = build(false);
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
    let (_guard, built) = build(true);
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
