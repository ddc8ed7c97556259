//! What a run writes: results, figures and output, whole or not at all.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;

use lesson::{Mode, Output, Results, compare};
use support::{World, read};

#[test]
fn a_run_writes_its_own_folder_and_leaves_the_book() {
    let world = World::new();
    world.succeed(&[]);
    let results = Results::load(&world.out("results.toml")).unwrap();
    let recorded = results.get(Mode::Default).unwrap();
    assert_eq!(recorded.values["xor_accuracy"].value, 0.75);
    assert_eq!(recorded.sections["logic"].figures, ["boundary"]);
    assert!(read(world.out("figures/boundary.svg")).starts_with("<svg"));
    assert!(!world.book("").exists());
}

#[test]
fn record_writes_the_book() {
    let world = World::new();
    world.succeed(&["--record"]);
    let results = Results::load(&world.book("results.toml")).unwrap();
    let digest = lesson::digest(&world.path("chapters/ch99_fixture")).unwrap();
    let recorded = results.get(Mode::Default).unwrap();
    assert_eq!(recorded.digest.as_ref(), Some(&digest));
    assert_eq!(results.stale(&digest).count(), 0);
    assert_eq!(results.stale("other").count(), 2);
    let output = Output::parse(&read(world.book("output.txt")));
    assert_eq!(output.sections().collect::<Vec<_>>(), ["logic", "rule"]);
    let said = "A neuron says AND and OR.\n\ngate  right\n----  -----\nAND       4\nXOR       3\n";
    assert_eq!(output.section("logic"), Some(said));
    assert!(world.book("figures/boundary.svg").exists());
}

#[test]
fn quick_records_numbers_and_nothing_else() {
    let world = World::new();
    world.succeed(&["--record"]);
    let (output, figure) = (world.book("output.txt"), world.book("figures/boundary.svg"));
    let before = [read(&output), read(&figure)];
    world.succeed(&["--quick", "--record"]);
    assert_eq!([read(&output), read(&figure)], before);
    let results = Results::load(&world.book("results.toml")).unwrap();
    let quick = results.get(Mode::Quick).unwrap();
    assert_eq!(quick.values["loss"].value, 2.1);
    assert_eq!((&quick.digest, results.stale("other").count()), (&None, 2));
    assert_eq!(
        results.get(Mode::Default).unwrap().values["loss"].value,
        20.1
    );
    let files = fs::read_dir(world.book("figures")).unwrap().count();
    assert_eq!(files, 1, "no figure of a quick run in the book");
}

#[test]
fn full_figures_stand_beside_the_default_ones() {
    let world = World::new();
    for arguments in [["--record", "logic"], ["--record", "--full"]] {
        let run = world
            .command(&arguments)
            .env("FIXTURE_ACCEPTS", "1")
            .output();
        assert!(run.unwrap().status.success());
    }
    assert!(world.book("figures/boundary.full.svg").exists());
    assert!(world.book("figures/boundary.svg").exists());
    assert_eq!(
        Output::parse(&read(world.book("output.txt")))
            .sections()
            .count(),
        1,
        "output is the default run's"
    );
}

#[test]
fn recording_one_section_merges_it() {
    let world = World::new();
    world.succeed(&["--record"]);
    world.write("chapters/ch99_fixture/src/lib.rs", "//! changed\n");
    world.succeed(&["--record", "rule"]);
    let results = Results::load(&world.book("results.toml")).unwrap();
    let digest = lesson::digest(&world.path("chapters/ch99_fixture")).unwrap();
    assert_eq!(
        results.stale(&digest).collect::<Vec<_>>(),
        [(Mode::Default, "logic")]
    );
    assert_eq!(results.get(Mode::Default).unwrap().values.len(), 3);
    let output = Output::parse(&read(world.book("output.txt")));
    assert_eq!(output.sections().collect::<Vec<_>>(), ["logic", "rule"]);
}

#[test]
fn what_another_seed_recorded_goes() {
    let world = World::new();
    world.succeed(&["--record"]);
    let book = read(world.book("results.toml")).replace("seed = 1", "seed = 5");
    fs::write(world.book("results.toml"), book).unwrap();
    world.succeed(&["--record", "rule"]);
    let results = Results::load(&world.book("results.toml")).unwrap();
    let values = results.default.unwrap().values;
    assert_eq!(values.keys().collect::<Vec<_>>(), ["loss"]);
    let output = Output::parse(&read(world.book("output.txt")));
    assert_eq!(output.sections().collect::<Vec<_>>(), ["rule"]);
}

#[test]
fn the_same_run_twice_is_the_same() {
    let world = World::new();
    world.succeed(&["--record"]);
    let first = (
        read(world.book("output.txt")),
        Results::load(&world.book("results.toml")).unwrap(),
    );
    world.succeed(&["--record"]);
    let second = (
        read(world.book("output.txt")),
        Results::load(&world.book("results.toml")).unwrap(),
    );
    assert_eq!(first.0, second.0);
    let (first, second) = (first.1.default.unwrap(), second.1.default.unwrap());
    assert_eq!(first.values, second.values);
    assert_eq!(compare(&first, &second), []);
}

#[test]
fn the_end_shows_the_books_numbers_beside() {
    let world = World::new();
    world.succeed(&["--record"]);
    let out = world.succeed(&["rule"]).out;
    assert!(
        out.contains("loss  20.1 nats  ± 0.05 nats    20.1 nats\n"),
        "{out}"
    );
    let book = read(world.book("results.toml")).replace("value = 20.1", "value = 25.0");
    fs::write(world.book("results.toml"), book).unwrap();
    let out = world.succeed(&["rule"]).out;
    assert!(out.contains("25 nats  differs\n"), "{out}");
    let out = world.succeed(&["rule", "--seed", "2"]).out;
    assert!(
        !out.contains("differs"),
        "another seed is another run:\n{out}"
    );
}

#[test]
fn a_section_that_fails_leaves_everything_as_it_was() {
    let world = World::new();
    world.succeed(&["--record"]);
    let before = world.files();
    for section in ["fails", "panics", "nan"] {
        let ended = world.run(&["--record", "logic", section]);
        assert_eq!(ended.code, Some(1));
        assert_eq!(world.files(), before, "{section}");
    }
}

#[test]
fn failures_are_one_line_and_exit_code_1() {
    let world = World::new();
    let nan = "recording accuracy: the value is NaN: a recorded number is finite; look for 0/0, ln 0 or a diverged run";
    world.refuse(&["nan"], 1, &format!("error: section nan: {nan}"));
    let panics = world.run(&["panics"]).err;
    assert!(
        panics.starts_with(
            "error: section panics: panicked at shared/lesson/tests/support/fixture.rs:"
        ),
        "{panics}"
    );
    assert!(
        panics.ends_with(": matmul: expected [2, 3], got [3, 2]\n"),
        "{panics}"
    );
    assert_eq!(panics.lines().count(), 1);
    let worker = world.run(&["worker"]).err;
    assert!(worker.ends_with(": a worker's words\n"), "{worker}");
    let fails = world.run(&["fails"]).err;
    assert!(fails.starts_with("error: section fails: "), "{fails}");
}

#[test]
fn damaged_results_are_named_with_the_remedy() {
    let world = World::new();
    world.write("out/ch99_fixture/results.toml", "[default]\nseed = one\n");
    let ended = world.run(&[]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended
            .err
            .starts_with("error: mend or delete this file, then run again: "),
        "{}",
        ended.err
    );
    assert!(
        ended.err.contains("out/ch99_fixture/results.toml:2: "),
        "{}",
        ended.err
    );
    world.write("out/ch99_fixture/results.toml", "");
    world.write("book/src/ch99_fixture/results.toml", "[defualt]\n");
    assert_eq!(world.run(&["--record"]).code, Some(1));
    assert!(
        world.run(&[]).out.contains("Results"),
        "without --record it only stands beside"
    );
}
