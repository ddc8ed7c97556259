//! A small book to render: one front page and one lesson with one page.

#![allow(clippy::unwrap_used, dead_code)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The workspace that this test stands in.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_path_buf()
}

const COURSE: &str = r#"
title = "A small book"

[[lesson]]
id = "ch01_small"
number = 1
title = "Small & simple"
about = "nothing much"
status = "ready"
seconds = 1
command = "cargo run -p ch01_small"

[[lesson.page]]
file = "index.md"
title = "Small & simple"
builds = "a page"
minutes = 5

[[lesson.exercise]]
id = "1.1"
title = "Think"
level = "easy"
page = "index.md"
hints = ["Begin.", "Go on."]
"#;

const SUMMARY: &str = "# Summary\n\n[Introduction](introduction.md)\n\n# Lessons\n\n\
    - [Small & simple](ch01_small/index.md)\n";

const INTRODUCTION: &str = "# Introduction\n\nA word for the search: zanzibar.\n";

const LESSON: &str = "# Small & simple\n\n{{#card}}\n\n## First\n\nThe sum $a_1 + b_1$ and\n\n\
    $$\n\\frac{a}{b}\n$$\n\n## Second\n\n```rust\nlet n: f32 = 1.5; // half more\n```\n\n\
    {{#exercise 1.1}}\nThink about $c$.\n{{#endexercise}}\n\n[Back](../introduction.md)\n";

const MANIFEST: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"chapters/*\"]\n";

const CRATE: &str = "[package]\nname = \"ch01_small\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";

/// The book's root, removed with the value.
pub(crate) struct SmallBook(tempfile::TempDir);

impl SmallBook {
    pub(crate) fn new() -> Self {
        let book = SmallBook(tempfile::tempdir().unwrap());
        for (name, text) in [
            ("course.toml", COURSE),
            ("Cargo.toml", MANIFEST),
            ("chapters/ch01_small/Cargo.toml", CRATE),
            ("chapters/ch01_small/src/lib.rs", "//! Nothing.\n"),
            ("book/src/SUMMARY.md", SUMMARY),
            ("book/src/introduction.md", INTRODUCTION),
            ("book/src/ch01_small/index.md", LESSON),
        ] {
            book.write(name, text);
        }
        let (open, close) = pages::sync::README_MARKS;
        book.write("README.md", &format!("# Small\n\n{open}\n{close}\n"));
        let from = workspace();
        for name in ["book/book.toml", "shared/plots/figures.css"] {
            book.write(name, &fs::read_to_string(from.join(name)).unwrap());
        }
        copy(&from.join("book/theme"), &book.root().join("book/theme"));
        book
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.root().join(name)).unwrap()
    }

    /// The program, told to work on this book.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
        command
            .args(arguments)
            .env("COURSE_ROOT", self.root())
            .current_dir(self.root());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

/// What went to stderr.
pub(crate) fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What went to stdout.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}
