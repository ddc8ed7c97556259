//! Building the lessons from inside a test, and running what was built.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

/// Programs that a nested build made.
#[derive(Debug, Default)]
pub struct Built {
    /// The exercise tests of each lesson, by its id.
    pub exercises: BTreeMap<String, PathBuf>,
    /// The lessons' own programs, by id.
    pub programs: BTreeMap<String, PathBuf>,
}

/// Builds the exercise tests of all lessons, and with them the lessons' programs:
/// `cargo test --workspace --test exercises --no-run`, with `--features solutions` or without.
///
/// The whole workspace is named, as in `cargo test --workspace`, so that cargo chooses the same
/// features and finds the libraries already built.
///
/// # Errors
/// What cargo printed, when it fails.
pub fn build(root: &Path, solutions: bool) -> Result<Built, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    let fixed = ["test", "--workspace", "--test", "exercises", "--no-run"];
    command.current_dir(root).args(fixed);
    command.arg("--message-format=json-render-diagnostics");
    if solutions {
        command.args(["--features", "solutions"]);
    }
    let output = command
        .output()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let mut built = Built::default();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        built.note(&message);
    }
    Ok(built)
}

impl Built {
    /// Keeps the program that one of cargo's messages tells of.
    fn note(&mut self, message: &Value) {
        let Some(program) = message["executable"].as_str() else {
            return;
        };
        let manifest = Path::new(message["manifest_path"].as_str().unwrap_or(""));
        let package = manifest
            .parent()
            .and_then(Path::file_name)
            .unwrap_or_default();
        let package = package.to_string_lossy().into_owned();
        let target = &message["target"];
        match (target["kind"][0].as_str(), target["name"].as_str()) {
            (Some("test"), Some("exercises")) => self.exercises.insert(package, program.into()),
            (Some("bin"), _) => self.programs.insert(package, program.into()),
            _ => None,
        };
    }
}

/// What a program did.
#[derive(Debug)]
pub struct Ran {
    /// Its exit status; none when it was stopped because it took too long.
    pub status: Option<ExitStatus>,
    /// What it printed to standard output.
    pub stdout: String,
    /// What it printed to standard error.
    pub stderr: String,
    /// How long it took.
    pub took: Duration,
}

/// Runs a program and stops it after `limit`. The output goes through files: a pipe that nobody
/// reads while waiting would fill up.
///
/// # Errors
/// When it cannot be started or its output not be read.
pub fn run(command: &mut Command, limit: Duration) -> io::Result<Ran> {
    let folder = tempfile::tempdir()?;
    let (out, err) = (folder.path().join("out"), folder.path().join("err"));
    let start = Instant::now();
    let mut child = command
        .stdin(std::process::Stdio::null())
        .stdout(File::create(&out)?)
        .stderr(File::create(&err)?)
        .spawn()?;
    let mut status = child.try_wait()?;
    while status.is_none() && start.elapsed() < limit {
        std::thread::sleep(Duration::from_millis(5));
        status = child.try_wait()?;
    }
    if status.is_none() {
        child.kill()?;
        child.wait()?;
    }
    let read = |path| std::fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Ok(Ran {
        status,
        stdout: read(&out)?,
        stderr: read(&err)?,
        took: start.elapsed(),
    })
}
