//! The judges of lessons bite: what they say of stubs, solutions and records that are at fault.
#![allow(clippy::unwrap_used)]

use course_tests::exercises::{
    Outcome, Test, Unfinished, judge_solutions, judge_stubs, judge_wrong,
};
use course_tests::fixture::Fixture;
use course_tests::nested;
use course_tests::promises::judge_sections;
use course_tests::records::{Files, judge_quick, judge_repeated};
use lesson::{Recorded, Value};
use pages::{Complaint, Course, Lesson};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// What the sound book's stub says.
const WORDS: &str = "not yet implemented: ex1.1: a gate; read \"The neuron\"; \
    hint: cargo run -- exercises hint 1.1\n";

const STUB: &str = "fn gate() { todo!(\"ex1.1 a gate\") }";

/// The lesson of the sound book: one exercise, 1.1.
fn the_lesson() -> Lesson {
    let course = Course::load(Fixture::sound().root()).unwrap();
    course.lessons.into_iter().next().unwrap()
}

/// Tests that passed, or failed on the stub.
fn outcome(tests: &[(&str, bool)]) -> Outcome {
    let test = |passed| Test {
        passed,
        printed: if passed { String::new() } else { WORDS.into() },
    };
    let tests = tests.iter();
    tests
        .map(|(name, passed)| (name.to_string(), test(*passed)))
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
fn a_stub_that_does_not_teach_is_found() {
    let judge = |printed: &str, ci| {
        let (passed, printed) = (false, printed.to_string());
        let failing = [("ex1_01_gate".to_string(), Test { passed, printed })].into();
        lines(&judge_stubs(&the_lesson(), STUB, &failing, ci).0)
    };
    assert_eq!(judge(WORDS, true), [""; 0]);
    let lacks = |words: &str| {
        [format!(
            "chapters/ch01_neuron/src/exercises.rs: the stub that ex1_01_gate fails on does not \
             say `{words}`"
        )]
    };
    let hint = "cargo run -- exercises hint 1.1";
    let other = WORDS.replace("hint 1.1", "hint 1.10");
    assert_eq!(judge(&other, false), lacks(hint));
    assert_eq!(
        judge(&WORDS.replace("The neuron", "Layers"), true),
        lacks("\"The neuron\"")
    );
    assert_eq!(
        judge(&WORDS.replace("ex1.1:", "ex1.2:"), true),
        lacks("ex1.1")
    );
    // Half a solution of the reader's own says what it likes.
    assert_eq!(judge("left: 1, right: 2", false), [""; 0]);
    assert_eq!(judge("left: 1, right: 2", true).len(), 1);
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
    assert_eq!(judge(Err(Unfinished::Stopped)), None);
    let not_run = judge(Err(Unfinished::NotRun("no such file".into())));
    let not_run = not_run.unwrap().to_string();
    assert!(
        not_run.contains("1.1b could not be run: no such file"),
        "{not_run}"
    );
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
        judge(1.0, 11),
        ["results.toml: --quick took 11.0 s, at most 10 s"]
    );
}

#[test]
fn a_run_that_cannot_be_repeated_is_found() {
    let run = |value: Value, svg: &str| {
        let recorded = Recorded {
            values: [("loss".to_string(), value)].into(),
            ..Recorded::default()
        };
        let files: Files = [("figures/a.svg".into(), svg.into())].into();
        (recorded, files)
    };
    let judge = |a, b| lines(&judge_repeated(Path::new("chapters/a"), a, b));
    let one = || Value::number(1.0).tolerance(0.1);
    assert_eq!(judge(run(one(), "<svg>"), run(one(), "<svg>")), [""; 0]);
    let time = |seconds| Value::time(Duration::from_secs(seconds));
    assert_eq!(judge(run(time(1), ""), run(time(2), "")), [""; 0]);
    let words = |what: &str| {
        [format!(
            "chapters/a: two --quick runs differ in {what}: something is not seeded"
        )]
    };
    // Within the tolerance is not equal.
    let near = Value::number(1.05).tolerance(0.1);
    assert_eq!(judge(run(one(), ""), run(near, "")), words("loss"));
    assert_eq!(
        judge(run(one(), "a"), run(one(), "b")),
        words("figures/a.svg")
    );
    let none = (run(one(), "").0, Files::new());
    assert_eq!(judge(run(one(), ""), none), words("figures/a.svg"));
}

#[test]
fn sections_that_are_not_recorded_are_found() {
    let recorded = Recorded {
        sections: [("logic".to_string(), Default::default())].into(),
        ..Recorded::default()
    };
    let judge = |list: &str| judge_sections(&the_lesson(), list, &recorded);
    assert_eq!(judge("logic  1 s  gates\n"), None);
    let more = judge("logic  1 s  gates\nrule  2 s  learning\n")
        .unwrap()
        .to_string();
    assert!(
        more.contains("are logic; the program's --list names logic, rule"),
        "{more}"
    );
    assert!(judge("gates  1 s  gates\n").is_some());
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
