//! A training that is killed with SIGKILL, again and again, and resumed each time ends with the
//! same bytes as one that nobody touched.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

#[path = "support/training.rs"]
mod training;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use nn::checkpoint::CheckpointError;
use nn::train::{Stop, Trainer};
use nn::{Mlp, Schedule};
use tensor::Rng;
use training::{Rule, Spirals, trainer};

const LESSON: &str = "killed";
const KILLS: usize = 20;

/// The training that is killed: long enough for twenty kills on a fast machine.
fn long(rule: Rule) -> Trainer<Mlp> {
    let mut training = trainer(rule);
    training.plan.epochs = 60;
    training.plan.patience = Some(40);
    if let Schedule::OneCycle { steps, .. } = &mut training.plan.schedule {
        *steps = 60 * 8;
    }
    training
}

/// Trains to the end, keeping a checkpoint after every step; goes on from the one that is there.
fn train(rule: Rule, file: &Path, pause: Duration) -> Result<(), Stop<CheckpointError>> {
    let mut training = long(rule);
    if file.exists() {
        training.resume(file, LESSON).map_err(Stop::Asked)?;
    }
    training.fit(&Spirals::new(), |training| {
        sleep(pause);
        training.save(file, LESSON)
    })?;
    training.save(file, LESSON).map_err(Stop::Asked)
}

/// The process that is killed: this program again, told by its environment what to train.
#[test]
#[ignore = "the other tests start it"]
fn victim() {
    let Some(file) = env::var_os("KILLED_FILE") else {
        return;
    };
    let rule = match env::var("KILLED_RULE").as_deref() {
        Ok("momentum") => Rule::Momentum,
        _ => Rule::Adam,
    };
    // A pause, so that a fast machine is not done before twenty kills.
    train(rule, &PathBuf::from(file), Duration::from_millis(1)).unwrap();
}

fn start(rule: Rule, file: &Path) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "victim", "--ignored"]);
    command.env("KILLED_FILE", file);
    if rule == Rule::Momentum {
        command.env("KILLED_RULE", "momentum");
    }
    command.stdout(Stdio::null()).spawn().unwrap()
}

/// Waits until the file is another one than before: the victim is at work.
fn wait_for_work(file: &Path, before: &Option<Vec<u8>>) {
    let start = Instant::now();
    while fs::read(file).ok() == *before {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "nothing is saved"
        );
        sleep(Duration::from_millis(1));
    }
}

/// Kills the training at twenty moments, then lets it end; the bytes of its last checkpoint.
fn killed(rule: Rule, file: &Path) -> Vec<u8> {
    let mut rng = Rng::new(20).fork("moments");
    for kill in 0..KILLS {
        let before = fs::read(file).ok();
        let mut child = start(rule, file);
        wait_for_work(file, &before);
        sleep(Duration::from_micros(rng.below(12_000) as u64));
        let over = child.try_wait().unwrap().is_some();
        assert!(!over, "it was over before kill {kill}");
        child.kill().unwrap(); // SIGKILL: no destructor, no handler, nothing is flushed
        assert!(!child.wait().unwrap().success());
    }
    let mut at = long(rule);
    at.resume(file, LESSON).unwrap();
    println!(
        "{rule:?}: killed {KILLS} times, the last time near step {}",
        at.optimizer.steps()
    );
    assert!(start(rule, file).wait().unwrap().success());
    fs::read(file).unwrap()
}

/// The bytes of a training that nobody touched.
fn untouched(rule: Rule) -> Vec<u8> {
    let mut training = long(rule);
    training
        .fit(&Spirals::new(), |_| Ok::<(), String>(()))
        .unwrap();
    training.to_bytes(LESSON)
}

fn check(rule: Rule) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("training.safetensors");
    let end = killed(rule, &file);
    assert!(end == untouched(rule), "{rule:?}: other bytes");
}

#[test]
fn adam_killed_twenty_times_ends_with_the_same_bytes() {
    check(Rule::Adam);
}

#[test]
fn momentum_killed_twenty_times_ends_with_the_same_bytes() {
    check(Rule::Momentum);
}
