//! The claims of the page *Clothes*: what is stopped goes on, what cannot go on says why.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use ch04_training::project::{LESSON, QUICK, Settings, trainer};
use nn::classify::Classification;
use nn::data::{Labelled, two_moons};
use nn::train::Trainer;
use nn::{Mlp, Schedule};
use tempfile::TempDir;
use tensor::Rng;

/// Pictures that a quick run learns from.
const PICTURES: usize = 640;

/// A folder for a run's files, and the checkpoint in it.
fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clothes_1.safetensors");
    (folder, file)
}

/// The lesson's section, with files in this folder.
fn section(folder: &Path, flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ch04_training"));
    command.arg("project").arg("--out").arg(folder).args(flags);
    command.env_remove("RUST_BACKTRACE").stdin(Stdio::null());
    command
}

/// The one line with which a quick run refuses to go on from this file.
#[track_caller]
fn refused(folder: &Path) -> String {
    let flags = ["--quick", "--resume"];
    let Output { status, stderr, .. } = section(folder, &flags).output().unwrap();
    let line = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(1), "{line}");
    let words = line.strip_prefix("error: section project: ").unwrap();
    assert_eq!(words.matches('\n').count(), 1, "one line: {line}");
    words.trim_end().to_string()
}

/// A training of seed 1 that belongs to a quick run, except for these settings.
fn other(settings: &Settings) -> Trainer<Mlp> {
    trainer(settings, PICTURES, 1)
}

#[test]
fn without_a_checkpoint_there_is_nothing_to_go_on_from() {
    let (folder, file) = folder();
    let words =
        "there is no checkpoint to go on from: start the training without --resume";
    assert_eq!(
        refused(folder.path()),
        format!("{}: {words}", file.display())
    );
}

#[test]
fn another_lessons_checkpoint_is_told_apart() {
    let (folder, file) = folder();
    other(&QUICK).save(&file, "ch07_yolo blood").unwrap();
    let words = refused(folder.path());
    let expected =
        "another lesson: expected ch04_training clothes, found ch07_yolo blood";
    assert!(words.contains(expected), "{words}");
}

#[test]
fn a_checkpoint_of_other_sizes_names_the_tensor_and_both_shapes() {
    let (folder, file) = folder();
    let sizes = &[784, 100, 10];
    let narrow = Settings { sizes, ..QUICK };
    other(&narrow).save(&file, LESSON).unwrap();
    let words = refused(folder.path());
    let expected = "tensor net.layers.0.weight: expected [784, 256], found [784, 100]";
    assert!(words.contains(expected), "{words}");
}

#[test]
fn a_checkpoint_of_another_plan_shows_both() {
    let (folder, file) = folder();
    let longer = Settings { epochs: 9, ..QUICK };
    other(&longer).save(&file, LESSON).unwrap();
    let words = refused(folder.path());
    assert!(words.contains("another plan: expected Plan {"), "{words}");
    assert!(
        words.contains("epochs: 2,") && words.contains("epochs: 9,"),
        "{words}"
    );
}

#[test]
fn a_newer_or_damaged_checkpoint_says_what_to_do() {
    let (folder, file) = folder();
    let mut bytes = other(&QUICK).to_bytes(LESSON);
    let version = br#"\"format\":1"#;
    let found = bytes
        .windows(version.len())
        .position(|part| part == version);
    let at = found.unwrap() + version.len() - 1;
    bytes[at] = b'7';
    fs::write(&file, &bytes).unwrap();
    let words = refused(folder.path());
    let expected =
        "a checkpoint of format 7, and this program reads 1: update the course";
    assert!(words.contains(expected), "{words}");
    fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    let words = refused(folder.path());
    let expected =
        "damaged, or no safetensors file (it is shorter than its header says)";
    assert!(words.contains(expected), "{words}");
    assert!(
        words.contains("delete it and start without --resume"),
        "{words}"
    );
}

#[test]
fn ctrl_c_leaves_a_checkpoint_that_a_second_run_goes_on_from() {
    let (folder, file) = folder();
    let (child, out) = start(section(folder.path(), &[]), "parameters");
    interrupt(&child);
    let words = "interrupted in section project: no results were written; \
                 --resume goes on from the last checkpoint\n";
    assert_eq!(end(child, out), (Some(130), words.to_string()));
    assert!(file.exists());

    let (child, out) =
        start(section(folder.path(), &["--resume"]), "going on after step");
    interrupt(&child);
    assert_eq!(end(child, out), (Some(130), words.to_string()));
}

#[test]
fn a_finished_run_resumed_says_the_same_again() {
    let (folder, _) = folder();
    let say = |flags: &[&str]| {
        let Output { status, stdout, .. } =
            section(folder.path(), flags).output().unwrap();
        assert!(status.success());
        let text = String::from_utf8(stdout).unwrap();
        let kept =
            |line: &&str| line.contains(" right: ") || line.contains("bytes in all");
        text.lines().filter(kept).collect::<Vec<_>>().join("\n")
    };
    let first = say(&["--quick"]);
    assert_eq!(first.lines().count(), 2, "{first}");
    assert_eq!(say(&["--quick", "--resume"]), first);
}

#[test]
fn a_loss_that_explodes_keeps_the_last_good_epoch() {
    let (_folder, file) = folder();
    let (x, classes) = two_moons(64, 0.1, &mut Rng::new(1));
    let moons = Labelled::new(x, classes);
    let task = Classification {
        training: &moons,
        validation: &moons,
    };
    let sizes = &[2, 16, 2];
    let settings = Settings { sizes, ..QUICK };
    let mut training = trainer(&settings, moons.len(), 1);
    training.plan.epochs = 50;
    // Two steps are an epoch. The rate is right for five of them.
    training.plan.schedule = Schedule::Step {
        lr: 0.01,
        factor: 1e30,
        every: 10,
    };
    let ended = training.fit_kept(&task, &file, LESSON, |_| anyhow::Ok(()));
    let error = ended.unwrap_err();
    let line = error.to_string();
    assert!(line.starts_with("the loss became "), "{line}");
    for words in [" at step ", ", learning rate ", "gradient is that of "] {
        assert!(line.contains(words), "{words}: {line}");
    }
    let kept = format!("; the last good epoch is in {}", file.display());
    assert!(line.ends_with(&kept) && !line.contains('\n'), "{line}");

    let mut good = trainer(&settings, moons.len(), 1);
    good.plan = training.plan.clone();
    good.resume(&file, LESSON).unwrap();
    let numbers = good
        .net
        .layers
        .iter()
        .flat_map(|layer| layer.weight.to_vec());
    assert!(numbers.into_iter().all(f32::is_finite));
    assert!(!good.history.is_empty());
}

/// Starts a run and waits until it says these words.
fn start(mut command: Command, words: &str) -> (Child, BufReader<ChildStdout>) {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains(words) {
        line.clear();
        assert!(
            out.read_line(&mut line).unwrap() > 0,
            "it never said {words}"
        );
    }
    (child, out)
}

/// Sends Ctrl-C.
fn interrupt(child: &Child) {
    let mut kill = Command::new("kill");
    kill.args(["-INT", &child.id().to_string()]);
    assert!(kill.status().unwrap().success());
}

/// The exit code of a process, and what it said on stderr.
fn end(mut child: Child, mut out: impl Read) -> (Option<i32>, String) {
    let (mut said, mut err) = (String::new(), String::new());
    out.read_to_string(&mut said).unwrap();
    let mut stderr = child.stderr.take().unwrap();
    stderr.read_to_string(&mut err).unwrap();
    (child.wait().unwrap().code(), err)
}
