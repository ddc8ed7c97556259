//! The flags of every lesson: what they print, what they refuse, with which
//! words and exit codes.

#![allow(clippy::unwrap_used)]

mod support;

use support::{World, read};

/// What is wrong, and the line that says so.
const WRONG_USE: [(&[&str], &str); 17] = [
    (
        &["--seed", "x"],
        "error: --seed takes a whole number, got 'x': try --seed 1",
    ),
    (&["--seed", "-1"], "error: unknown flag '-1' (see --help)"),
    (
        &["--seed=-1"],
        "error: --seed takes a whole number, got '-1': try --seed 1",
    ),
    (
        &["--seed", "18446744073709551615"],
        "error: --seed takes a whole number up to 9223372036854775807, got '18446744073709551615': try --seed 1",
    ),
    (
        &["--sed", "1"],
        "error: unknown flag '--sed': did you mean '--seed'? (see --help)",
    ),
    (&["--out"], "error: --out needs a value (see --help)"),
    (
        &["--quick=1"],
        "error: --quick takes no value, got '1' (see --help)",
    ),
    (
        &["lgic"],
        "error: SECTION cannot be 'lgic': did you mean 'logic'? (see --help)",
    ),
    (
        &["--full"],
        "error: ch99_fixture has no larger data set: leave --full out",
    ),
    (
        &["--resume"],
        "error: ch99_fixture keeps no checkpoint: leave --resume out",
    ),
    (
        &["--image", "mine.png"],
        "error: ch99_fixture reads no picture of yours: leave --image out",
    ),
    (
        &["--data", "mine"],
        "error: ch99_fixture reads no folder of yours: leave --data out",
    ),
    (
        &["--check"],
        "error: ch99_fixture reads no folder of yours: leave --check out",
    ),
    (
        &["--weights", "net.safetensors"],
        "error: ch99_fixture looks with no net of yours: leave --weights out",
    ),
    (
        &["--model", "face"],
        "error: ch99_fixture has one model only: leave --model out",
    ),
    (
        &["--record", "--seed", "7"],
        "error: --record takes the book's seed 1, got 7: leave --seed out",
    ),
    (
        &["--quick", "--full"],
        "error: --quick and --full exclude each other: leave one out (see --help)",
    ),
];

#[test]
fn wrong_use_is_one_line_and_exit_code_2() {
    let world = World::new();
    let before = world.files();
    for (arguments, line) in WRONG_USE {
        world.refuse(arguments, 2, line);
    }
    assert_eq!(world.files(), before);
}

#[test]
fn an_unknown_section_far_from_all_names_them() {
    let ended = World::new().run(&["zzzzzz"]);
    assert!(
        ended
            .err
            .starts_with("error: SECTION cannot be 'zzzzzz': one of logic, rule, "),
        "{}",
        ended.err
    );
    assert_eq!(ended.err.lines().count(), 1);
}

/// Flags that only some lessons take.
const OF_SOME: [&str; 7] = [
    "--full",
    "--resume",
    "--image",
    "--data",
    "--check",
    "--weights",
    "--model",
];

/// A run of the lesson that takes all flags.
fn with_all(world: &World, arguments: &[&str]) -> support::Ended {
    let mut command = world.command(arguments);
    support::ended(command.env("FIXTURE_ACCEPTS", "1").output().unwrap())
}

/// That each of these flags is refused as wrong use, with these words.
fn refuses_with_all(world: &World, cases: &[(&[&str], &str)]) {
    for (arguments, line) in cases {
        let ended = with_all(world, arguments);
        assert_eq!(
            (ended.code, ended.err.as_str()),
            (Some(2), *line),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_folder_of_the_readers_runs_the_section_folder_alone() {
    let world = World::new();
    let ended = with_all(&world, &["--data", "mine", "--check"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    let said = "picture None, folder Some(\"mine\"), check true\n";
    assert!(ended.out.contains(said), "{}", ended.out);
    assert_eq!(ended.out.matches("\n== ").count(), 1, "{}", ended.out);
    let ended = with_all(&world, &["--image", "a.png", "image"]);
    assert!(
        ended
            .out
            .contains("picture Some(\"a.png\"), folder None, check false\n")
    );
    // By name and without a folder of the reader's, it has the book's.
    let ended = with_all(&world, &["folder"]);
    assert!(
        ended
            .out
            .contains("picture None, folder None, check false\n")
    );
}

#[test]
fn a_folder_of_the_readers_goes_with_nothing_else() {
    let world = World::new();
    let cases: [(&[&str], &str); 6] = [
        (
            &["--data", "mine", "--record"],
            "error: --record takes the book's pictures: leave --data out\n",
        ),
        (
            &["--data", "mine", "rule"],
            "error: --data runs the section folder alone: leave rule out\n",
        ),
        (
            &["--data", "mine", "--image", "a.png"],
            "error: --data and --image exclude each other: leave one out (see --help)\n",
        ),
        (
            &["--check"],
            "error: --check looks at a folder of yours: give it with --data DIR\n",
        ),
        (
            &["--check", "--image", "a.png"],
            "error: --check looks at a folder of yours: give it with --data DIR\n",
        ),
        (&["--data"], "error: --data needs a value (see --help)\n"),
    ];
    refuses_with_all(&world, &cases);
    assert!(!world.out("").exists());
}

#[test]
fn a_picture_of_the_readers_is_looked_at_with_the_net_that_they_name() {
    let world = World::new();
    let said = |flags: &[&str]| {
        let ended = with_all(&world, &[&["image", "--image", "a.png"], flags].concat());
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
        ended.out
    };
    assert!(said(&[]).contains("weights None, model face\n"));
    assert!(said(&["--model", "cup"]).contains("weights None, model cup\n"));
    let own = said(&["--weights", "net.safetensors"]);
    assert!(own.contains("weights Some(\"net.safetensors\"), model face\n"));

    let cases: [(&[&str], &str); 6] = [
        (
            &["--weights", "net.safetensors"],
            "error: --weights says what looks at a picture of yours: give one with --image FILE\n",
        ),
        (
            &["--model", "face", "image"],
            "error: --model says what looks at a picture of yours: give one with --image FILE\n",
        ),
        (
            &["--weights", "n", "--model", "face", "--image", "a.png"],
            "error: --weights and --model exclude each other: leave one out (see --help)\n",
        ),
        (
            &["--weights", "n", "--data", "mine"],
            "error: --weights says what looks at a picture of yours: give one with --image FILE\n",
        ),
        (
            &["--model", "dog", "--image", "a.png"],
            "error: --model cannot be 'dog': one of face, cup\n",
        ),
        (
            &["--weights"],
            "error: --weights needs a value (see --help)\n",
        ),
    ];
    refuses_with_all(&world, &cases);
}

#[test]
fn a_lesson_with_all_flags_takes_them() {
    let world = World::new();
    let run = |arguments: &[&str]| with_all(&world, arguments);
    assert!(run(&["--full", "rule"]).out.contains("(full, seed 1)"));
    let both = run(&["--record", "--resume"]);
    assert_eq!(
        both.err,
        "error: --record times a whole run: leave --resume out\n"
    );
    let help = run(&["--help"]).out;
    assert!(OF_SOME.iter().all(|flag| help.contains(flag)), "{help}");
    let help = world.succeed(&["--help"]).out;
    assert!(OF_SOME.iter().all(|flag| !help.contains(flag)), "{help}");
}

#[test]
fn a_full_run_without_its_data_ends_before_anything_is_written() {
    let world = World::new();
    let mut command = world.command(&["--full"]);
    command
        .env("FIXTURE_ACCEPTS", "1")
        .env("FIXTURE_NO_DATA", "1");
    let ended = support::ended(command.output().unwrap());
    assert_eq!(ended.code, Some(1));
    assert_eq!(
        ended.err,
        "error: mnist is not here yet; run `cargo run -- data get mnist`\n"
    );
    assert_eq!(ended.out, "");
    assert!(!world.out("").exists());
}

#[test]
fn the_help_says_what_the_lesson_does_with_examples() {
    let help = World::new().succeed(&["--help"]).out;
    for words in [
        "The frame: what every lesson's main shares",
        "Usage: cargo run -p ch99_fixture -- ",
        "[the book's: 1]",
        "[out/ch99_fixture]",
        "  logic      1 s  two numbers, a table and a figure\n",
        "  cargo run -p ch99_fixture -- logic\n",
    ] {
        assert!(help.contains(words), "no `{words}` in:\n{help}");
    }
}

#[test]
fn the_list_names_the_sections_with_their_times() {
    let world = World::new();
    let list = world.succeed(&["--list"]).out;
    assert_eq!(
        list.lines().next(),
        Some("logic      1 s  two numbers, a table and a figure")
    );
    assert!(list.contains("long       1 s  work that waits to be interrupted (by name only)\n"));
    assert!(!world.out("").exists(), "a list runs nothing");
}

#[test]
fn a_run_without_flags_is_the_main_line() {
    let world = World::new();
    let out = world.succeed(&[]).out;
    let parts = [
        "ch99_fixture: The frame (seed 1)\n",
        "\n== logic ==  two numbers",
        "\n== rule ==  a number",
        "\nResults\n",
        "boundary.svg\n",
    ];
    let places: Vec<_> = parts
        .iter()
        .map(|part| out.find(part).expect(part))
        .collect();
    assert!(places.is_sorted(), "{out}");
    assert!(!out.contains("== long =="), "{out}");
    assert!(
        out.contains("loss          20.1 nats  ± 0.05 nats\n"),
        "{out}"
    );
    assert!(out.ends_with(" s in all\n"), "{out}");
}

#[test]
fn named_sections_run_once_each_in_the_lessons_order() {
    let out = World::new().succeed(&["rule", "logic", "rule"]).out;
    let headings: Vec<&str> = out.lines().filter(|line| line.starts_with("== ")).collect();
    assert!(headings[0].starts_with("== logic ==") && headings[1].starts_with("== rule =="));
    assert_eq!(headings.len(), 2);
}

#[test]
fn the_seed_and_the_mode_reach_the_sections() {
    let world = World::new();
    let out = world
        .succeed(&["--quick", "--seed", "2", "--out", "mine", "rule"])
        .out;
    assert!(
        out.contains("(quick, seed 2)\nless data,") && out.contains("loss 2.2\n"),
        "{out}"
    );
    let results = read(world.path("mine/results.toml"));
    assert!(results.contains("[quick]\nseed = 2\n"), "{results}");
}

#[test]
fn pipes_get_plain_text_and_no_bars() {
    let world = World::new();
    let ended = world.run(&["logic", "rule"]);
    assert!(!ended.out.contains('\x1b') && !ended.out.contains('\r'));
    assert_eq!(ended.err, "");
    assert!(!world.run(&["--help"]).out.contains('\x1b'));
}
