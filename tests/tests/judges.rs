//! The judges of lessons bite: what they say of stubs, solutions and records that are at fault.
#![allow(clippy::unwrap_used)]

use course_tests::exercises::{Outcome, judge_solutions, judge_stubs, judge_wrong};
use course_tests::fixture::Fixture;
use course_tests::nested;
use course_tests::records::judge_quick;
use lesson::{Recorded, Value};
use pages::{Complaint, Course, Lesson};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const STUB: &str = "fn gate() { todo!(\"ex1.1 a gate\") }";

/// The lesson of the sound book: one exercise, 1.1.
fn the_lesson() -> Lesson {
    let course = Course::load(Fixture::sound().root()).unwrap();
    course.lessons.into_iter().next().unwrap()
}

fn outcome(tests: &[(&str, bool)]) -> Outcome {
    tests
        .iter()
        .map(|(name, passed)| (name.to_string(), *passed))
        .collect()
}

fn lines(complaints: &[Complaint]) -> Vec<String> {
    complaints.iter().map(Complaint::to_string).collect()
}

/// What the judge of stubs says: complaints, and the exercises that are the reader's own.
fn stubs(source: &str, tests: &[(&str, bool)], ci: bool) -> (Vec<String>, Vec<String>) {
    let (complaints, yours) = judge_stubs(&the_lesson(), source, &outcome(tests), ci);
    (lines(&complaints), yours)
}

#[test]
fn a_stub_that_fails_is_as_it_should_be() {
    let failing = [("ex1_01_gate", false), ("ex1_01_inverse", false)];
    assert_eq!(stubs(STUB, &failing, true), (vec![], vec![]));
    // Half way through, the reader's exercise is open still, and only CI minds.
    let half = [("ex1_01_gate", true), ("ex1_01_inverse", false)];
    assert_eq!(stubs(STUB, &half, false), (vec![], vec![]));
    let passing = "chapters/ch01_neuron/tests/exercises.rs: exercise 1.1: ex1_01_gate passes on \
        the empty stub";
    assert_eq!(stubs(STUB, &half, true).0, [passing]);
    assert_eq!(stubs(STUB, &[("ex1_01_gate", true)], false).0, [passing]);
}

#[test]
fn a_solved_exercise_is_the_readers_own() {
    let solved = "fn gate() { /* todo!(\"ex1.1 a gate\") */ }";
    let tests = [("ex1_01_gate", false)];
    assert_eq!(
        stubs(solved, &tests, false),
        (vec![], vec!["1.1".to_string()])
    );
    let missing = "chapters/ch01_neuron/src/exercises.rs: exercise 1.1 has no stub \
        `todo!(\"ex1.1 …\")`";
    assert_eq!(stubs(solved, &tests, true).0, [missing]);
}

#[test]
fn an_exercise_without_a_test_is_found() {
    let none = "chapters/ch01_neuron/tests/exercises.rs: exercise 1.1 has no test `ex1_01…`";
    assert_eq!(stubs(STUB, &[("ex1_10_other", false)], false).0, [none]);
}

#[test]
fn a_solution_that_fails_and_a_test_of_nothing_are_found() {
    let tests = outcome(&[("ex1_01_gate", false), ("ex1_02_other", true)]);
    let complaints = lines(&judge_solutions(&the_lesson(), &tests));
    assert_eq!(complaints.len(), 2);
    assert!(
        complaints[0].ends_with("ex1_01_gate fails on the solution"),
        "{}",
        complaints[0]
    );
    assert!(
        complaints[1].contains("ex1_02_other belongs to no exercise"),
        "{}",
        complaints[1]
    );
}

#[test]
fn a_wrong_solution_that_survives_is_found() {
    let lesson = the_lesson();
    let exercise = &lesson.exercises[0];
    let judge = |outcome| judge_wrong(&lesson, exercise, 'b', &outcome);
    let survived = judge(Ok(outcome(&[("ex1_01_gate", true)])))
        .unwrap()
        .to_string();
    assert!(
        survived.contains("wrong solution 1.1b passes"),
        "{survived}"
    );
    assert!(judge(Ok(Outcome::new())).is_some());
    assert_eq!(judge(Ok(outcome(&[("ex1_01_gate", false)]))), None);
    assert_eq!(judge(Err("stopped after 120 s".into())), None);
}

#[test]
fn a_quick_run_that_differs_or_dawdles_is_found() {
    let record = |value: f64| Recorded {
        seed: 1,
        values: [("loss".to_string(), Value::number(value).tolerance(0.1))].into(),
        ..Recorded::default()
    };
    let judge = |got: f64, seconds: u64| {
        let took = Duration::from_secs(seconds);
        lines(&judge_quick(
            Path::new("results.toml"),
            &record(1.0),
            &record(got),
            took,
            "again",
        ))
    };
    assert_eq!(judge(1.05, 4), [""; 0]);
    let differs = judge(1.2, 4);
    assert!(
        differs[0].contains("[quick] loss: recorded 1, got 1.2"),
        "{differs:?}"
    );
    assert_eq!(
        judge(1.0, 6),
        ["results.toml: --quick took 6.0 s, at most 5 s"]
    );
}

#[test]
fn a_program_that_hangs_is_stopped() {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "hangs"]);
    let ran = nested::run(&mut command, Duration::from_millis(300)).unwrap();
    assert!(ran.status.is_none());
    assert!(ran.took < Duration::from_secs(20), "{:?}", ran.took);
}

/// For the test above: nobody waits for it.
#[test]
#[ignore = "it hangs, which is what another test needs"]
fn hangs() {
    std::thread::sleep(Duration::from_secs(60));
}
