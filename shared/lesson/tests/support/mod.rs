//! A folder that looks like the course, and the fixture run in it.

#![allow(dead_code, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// An empty book and the sources of the lesson `ch99_fixture`.
pub(crate) struct World {
    folder: TempDir,
}

/// How a run of the fixture ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl World {
    pub(crate) fn new() -> World {
        let world = World {
            folder: tempfile::tempdir().unwrap(),
        };
        fs::create_dir_all(world.path("book/src")).unwrap();
        fs::create_dir_all(world.path("chapters/ch99_fixture/src")).unwrap();
        world.write("chapters/ch99_fixture/src/lib.rs", "//! sources\n");
        world
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    /// A file of the lesson's pages.
    pub(crate) fn book(&self, below: &str) -> PathBuf {
        self.path("book/src/ch99_fixture").join(below)
    }

    /// A file of the lesson's own run.
    pub(crate) fn out(&self, below: &str) -> PathBuf {
        self.path("out/ch99_fixture").join(below)
    }

    pub(crate) fn write(&self, below: &str, text: &str) {
        let file = self.path(below);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// The fixture with these arguments, ready to be started.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lesson_fixture"));
        command.args(arguments).current_dir(self.folder.path());
        command.env("FIXTURE_ROOT", self.folder.path());
        command.env_remove("RUST_BACKTRACE").env_remove("NO_COLOR");
        command.stdin(Stdio::null());
        command
    }

    /// Runs the fixture to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        ended(self.command(arguments).output().unwrap())
    }

    /// Runs the fixture and expects it to succeed.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> Ended {
        let ended = self.run(arguments);
        assert_eq!(
            (ended.code, ended.err.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
        ended
    }

    /// Runs the fixture and expects this exit code and one line on stderr.
    #[track_caller]
    pub(crate) fn refuse(&self, arguments: &[&str], code: i32, line: &str) {
        let ended = self.run(arguments);
        let expected = (Some(code), format!("{line}\n"));
        assert_eq!((ended.code, ended.err), expected, "{arguments:?}");
    }

    /// Every file there is, with its text, by name; to see that none changed.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        collect(self.folder.path(), &mut files);
        files.sort();
        files
    }
}

/// A finished process in text.
pub(crate) fn ended(output: Output) -> Ended {
    Ended {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Adds the files below a folder.
fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => collect(&path, files),
            false => files.push((path.clone(), fs::read(&path).unwrap())),
        }
    }
}

/// The text of a file.
pub(crate) fn read(file: impl AsRef<Path>) -> String {
    fs::read_to_string(file).unwrap()
}
