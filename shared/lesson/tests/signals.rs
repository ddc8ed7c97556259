//! Ctrl-C, readers that go away, terminals: what only a real process shows.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod support;

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use support::{Ended, World};

/// Starts the fixture and waits until it says that it is ready.
fn start(world: &World, arguments: &[&str]) -> (Child, BufReader<std::process::ChildStdout>) {
    let mut command = world.command(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while line != "ready\n" {
        line.clear();
        assert!(
            out.read_line(&mut line).unwrap() > 0,
            "it ended before it was ready"
        );
    }
    (child, out)
}

/// Sends Ctrl-C.
fn interrupt(child: &Child) {
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
}

/// The end of a process that was started.
fn end(mut child: Child, mut out: impl Read) -> Ended {
    let (mut said, mut err) = (String::new(), String::new());
    out.read_to_string(&mut said).unwrap();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut err)
        .unwrap();
    let code = child.wait().unwrap().code();
    Ended {
        code,
        out: said,
        err,
    }
}

#[test]
fn ctrl_c_ends_with_130_and_writes_nothing() {
    let world = World::new();
    world.succeed(&["--record"]);
    let before = world.files();
    let (child, out) = start(&world, &["--record", "logic", "long"]);
    let pressed = Instant::now();
    interrupt(&child);
    let ended = end(child, out);
    assert_eq!(ended.code, Some(130));
    assert_eq!(
        ended.err,
        "interrupted in section long: no results were written\n"
    );
    let time = pressed.elapsed();
    assert!(time < Duration::from_secs(10), "it stops at the next step");
    let mut after = world.files();
    after.retain(|(file, _)| !file.ends_with("checkpoint"));
    assert_eq!(after, before);
    assert_eq!(
        support::read(world.out("checkpoint")),
        "step",
        "a lesson can save on its way out"
    );
}

#[test]
fn ctrl_c_in_a_lesson_that_resumes_says_so() {
    let world = World::new();
    let (child, out) = start(&world, &["long"]);
    interrupt(&child);
    assert_eq!(end(child, out).code, Some(130));
    let mut command = world.command(&["long", "--resume"]);
    command.env("FIXTURE_ACCEPTS", "1");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut lines = (&mut out).lines().map(Result::unwrap);
    assert!(lines.any(|line| line == "going on"));
    assert!(lines.any(|line| line == "ready"));
    interrupt(&child);
    let words = "interrupted in section long: no results were written; --resume goes on from the last checkpoint\n";
    assert_eq!(end(child, out).err, words);
}

#[test]
fn a_second_ctrl_c_ends_at_once() {
    let world = World::new();
    let (mut child, out) = start(&world, &["deaf"]);
    interrupt(&child);
    let mut line = String::new();
    let err = BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut line);
    assert!(err.unwrap() > 0);
    assert_eq!(
        line.trim(),
        "stopping at the next step; Ctrl-C again ends at once"
    );
    let pressed = Instant::now();
    interrupt(&child);
    let ended = end(child, out);
    assert!(pressed.elapsed() < Duration::from_secs(10));
    assert_eq!(ended.code, Some(130));
    assert!(!world.out("results.toml").exists());
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let world = World::new();
    let mut command = world.command(&["many"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut String::new()).unwrap();
    drop(out);
    let ended = end(child, std::io::empty());
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert!(
        world.out("results.toml").exists(),
        "the run goes on in silence"
    );
}

#[test]
fn an_output_that_takes_no_more_is_a_failure() {
    let Ok(full) = File::create("/dev/full") else {
        println!("skipped: there is no /dev/full here");
        return;
    };
    for arguments in [["rule"], ["--help"]] {
        let mut command = World::new().command(&arguments);
        command.current_dir("/").stdout(full.try_clone().unwrap());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(
            output.stderr,
            b"error: cannot print: No space left on device\n"
        );
    }
}

/// Runs the fixture for four seconds on a terminal of its own, then presses
/// Ctrl-C; gives all that the terminal got. None without `script`.
#[cfg(target_os = "linux")]
fn on_a_terminal(variables: &[(&str, &str)]) -> Option<String> {
    let world = World::new();
    let fixture = world.command(&[]).get_program().to_os_string();
    let mut command = Command::new("script");
    command.args([
        "-qec",
        &format!(
            "timeout --foreground -s INT 4 {} rule long",
            fixture.display()
        ),
        "/dev/null",
    ]);
    command
        .env("FIXTURE_ROOT", world.path(""))
        .env("TERM", "xterm");
    command
        .env_remove("NO_COLOR")
        .envs(variables.iter().copied());
    match command.stdin(Stdio::null()).output() {
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(error) => {
            println!("skipped: no `script` to make a terminal with: {error}");
            None
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_gets_a_bar_that_is_cleared_at_the_end() {
    let Some(text) = on_a_terminal(&[]) else {
        return;
    };
    assert!(
        text.contains("\x1b[1m== rule ==\x1b[0m"),
        "headings stand out: {text:?}"
    );
    assert!(
        text.contains("waiting [") && text.contains("/600") && text.contains(" left"),
        "{text:?}"
    );
    let (_, last) = text.rsplit_once("waiting [").unwrap();
    assert!(last.contains("\x1b[2K"), "the bar is cleared: {last:?}");
    assert!(last.contains("interrupted in section long"), "{last:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn no_color_is_honoured() {
    let Some(text) = on_a_terminal(&[("NO_COLOR", "1")]) else {
        return;
    };
    assert!(text.contains("== rule ==") && text.contains("waiting ["));
    assert!(
        !text.contains("\x1b[1m") && !text.contains("\x1b[3"),
        "{text:?}"
    );
}
