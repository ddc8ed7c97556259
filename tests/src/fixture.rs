//! A small workspace with a small book, in a temporary folder: sound, until a test breaks it.

use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A workspace with one ready lesson of one page, one figure, one exercise, some records.
pub struct Fixture {
    dir: TempDir,
}

const COURSE: &str = r#"
title = "A book"

[[lesson]]
id = "ch01_neuron"
number = 1
title = "The neuron"
about = "one neuron"
status = "ready"
seconds = 2
command = "cargo run -p ch01_neuron"
figures = ["boundary"]
floors = [{ value = "accuracy", at_least = 0.97 }]

[[lesson.page]]
file = "index.md"
title = "The neuron"
builds = "a `unit` & more"
minutes = 5
data = ["iris"]
needs = ["Welcome"]

[[lesson.exercise]]
id = "1.1"
title = "A gate"
level = "easy"
page = "index.md"
hints = ["Think of {{num ch01.count}}.", "Then of NOT."]

[[lesson]]
id = "ch02_layers"
number = 2
title = "Layers"
about = "more"
status = "coming"
"#;

const RESULTS: &str = r#"
[default]
seed = 1
seconds = 2.0
processor = "a chip"
date = "2026-05-01"

[default.values]
accuracy = { value = 0.9733, tolerance = 0.02, unit = "fraction", spread = 0.01, seeds = 3 }
count = { value = 65812.0, unit = "count" }
loss = { value = 0.08123, tolerance = 0.01 }

[quick]
seed = 1
seconds = 0.5
processor = "a chip"
date = "2026-05-01"

[quick.values]
accuracy = { value = 0.9, tolerance = 0.02, unit = "fraction" }
"#;

const PAGE: &str = r#"# The neuron

{{#card}}

It reads {{num ch01.accuracy}} of them, see [below](#exercise-1-1), and Frank had {{given 0.92 | a letter}}.

```rust
{{#include chapters/ch01_neuron/src/lib.rs:unit}}
```

```rust
{{#include chapters/ch01_neuron/src/lib.rs:test}}
```

```rust
# let hidden = 1;
assert_eq!(hidden + 1, 2);
```

{{#figure boundary
alt: one line
caption: It separates them.}}

{{#predict}}
How many?
{{#endpredict}}

## Exercises

{{#exercise 1.1}}
Build it, then go on to [the front page](../welcome.md).
{{#endexercise}}
"#;

const WORKSPACE: &str = r#"
[workspace]
members = ["chapters/*", "tests"]

[workspace.dependencies]
ch01_neuron = { path = "chapters/ch01_neuron" }
"#;

const PACKAGE: &str = r#"
[package]
name = "x"
version.workspace = true
edition.workspace = true
rust-version.workspace = true
license.workspace = true
publish.workspace = true

[lints]
workspace = true

[dependencies]
ch01_neuron.workspace = true
"#;

const README: &str = "\
# A book

<!-- lessons: begin -->

| No. | Lesson | What you build | Run |
|---:|---|---|---|
| 1 | [The neuron](book/src/ch01_neuron/index.md) | one neuron | `cargo run -p ch01_neuron`, 2 s |
| 2 | Layers | more | coming |

<!-- lessons: end -->
";

/// `@` stands for the marker, or the harness would take it for a real one.
const SOURCE: &str = "\
//! A neuron.
// @: unit
pub fn unit(x: f32) -> bool {
    // @: test
    x > 0.0
    // @_END: test
}
// @_END: unit
";

const SVG: &str = "<svg width=\"9\" height=\"9\" viewBox=\"0 0 9 9\" \
    xmlns=\"http://www.w3.org/2000/svg\"><path id=\"p\" d=\"M0 0\"/></svg>\n";

impl Fixture {
    /// A workspace that no check complains about.
    pub fn sound() -> Fixture {
        let fixture = Fixture {
            dir: TempDir::new().expect("a temporary folder can be made"),
        };
        let summary = "# Summary\n\n[Welcome](welcome.md)\n\n\
            - [The neuron](ch01_neuron/index.md)\n- [Layers]()\n";
        let source = SOURCE.replace('@', "ANCHOR");
        let output = "== logic ==\nAND 1\n\n== rule ==\nmistakes 3\n";
        for (path, text) in [
            ("course.toml", COURSE),
            ("book/src/SUMMARY.md", summary),
            ("book/src/welcome.md", "# Welcome\n"),
            ("book/src/ch01_neuron/index.md", PAGE),
            ("book/src/ch01_neuron/results.toml", RESULTS),
            ("book/src/ch01_neuron/output.txt", output),
            ("book/src/ch01_neuron/figures/boundary.svg", SVG),
            ("Cargo.toml", WORKSPACE),
            ("README.md", README),
            ("CONTRIBUTING.md", "See [README](README.md).\n"),
            ("tests/Cargo.toml", PACKAGE),
            ("chapters/ch01_neuron/Cargo.toml", PACKAGE),
            ("chapters/ch01_neuron/src/lib.rs", &source),
        ] {
            fixture.write(path, text);
        }
        fixture
    }

    /// Its root folder.
    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a file of the book, folders included.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        let folder = path.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    /// Appends to a file.
    pub fn append(&self, path: &str, text: &str) {
        let old = fs::read_to_string(self.root().join(path)).expect("the file can be read");
        self.write(path, &(old + text));
    }

    /// Writes `old` as `new` in a file that must hold it.
    pub fn replace(&self, path: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.root().join(path)).expect("the file can be read");
        assert!(text.contains(old), "{path} does not hold {old}");
        self.write(path, &text.replace(old, new));
    }
}
