//! Faults of what must agree: exercises, manifest, lists, packages, anchors, links, sizes.

use super::{COURSE, PAGE, RESULTS, SOURCE, SUMMARY, expect, in_course, on_page};
use course_tests::fixture::Fixture;
use course_tests::{links, manifest, promises, references, sizes, whole};

#[test]
fn faults_of_exercises() {
    on_page(
        "{{#exercise 1.1}}",
        "{{#exercise 1.7}}",
        "{{#exercise 1.7}}",
        "no exercise 1.7",
    );
    let again = "\n{{#exercise 1.1}} \nAgain.\n{{#endexercise}}\n";
    let twice = |book: &Fixture| book.append(PAGE, again);
    expect(
        references::unposed_exercises,
        twice,
        (PAGE, "1.1}} "),
        "a second time",
    );
    let none = |book: &Fixture| book.write(PAGE, "# The neuron\n");
    expect(
        references::unposed_exercises,
        none,
        (PAGE, ""),
        "exercise 1.1 is not posed",
    );
    let id = "id = \"1.1\"";
    let hints = "hints = [\"Think of {{num ch01.count}}.\", \"Then of NOT.\"]";
    in_course(hints, "hints = []", id, "has no hint");
    in_course("\"Then of NOT.\"", "\" \"", id, "or an empty one");
    in_course(
        "page = \"index.md\"",
        "page = \"other.md\"",
        id,
        "which ch01_neuron lacks",
    );
    let second = "\n[[lesson.exercise]]\nid = \"1.1\" \ntitle = \"B\"\nlevel = \"hard\"\n\
        page = \"index.md\"\nhints = [\"C\"]\n\n[[lesson]]\nid = \"ch02";
    in_course(
        "\n[[lesson]]\nid = \"ch02",
        second,
        "id = \"1.1\" ",
        "\"1.1\" stands twice",
    );
}

#[test]
fn faults_of_the_manifest() {
    in_course(
        "title = \"A book\"",
        "titel = \"A book\"",
        "titel",
        "unknown field",
    );
    in_course(
        "number = 2",
        "number = 3",
        "id = \"ch02_layers\"",
        "number 3, expected 2",
    );
    let file = "file = \"index.md\"";
    in_course(
        "needs = [\"Welcome\"]",
        "needs = [\"Hello\"]",
        file,
        "no such page or lesson",
    );
    in_course(
        file,
        "file = \"a.md\"",
        "file = \"a.md\"",
        "no page book/src/ch01_neuron/a.md",
    );
}

#[test]
fn faults_of_summary_and_readme() {
    let secret = "book/src/secret.md";
    let unlisted = |book: &Fixture| book.write(secret, "# A\n");
    expect(
        whole::check,
        unlisted,
        (secret, ""),
        "not listed in SUMMARY.md",
    );
    let gone = |book: &Fixture| book.replace(SUMMARY, "(welcome.md)", "(hello.md)");
    expect(
        whole::check,
        gone,
        (SUMMARY, "hello.md"),
        "no page book/src/hello.md",
    );
    let prose = |book: &Fixture| book.append(SUMMARY, "Read this.\n");
    expect(
        whole::check,
        prose,
        (SUMMARY, "Read this."),
        "expected `- [Title](path.md)`",
    );
    let renamed = |book: &Fixture| book.replace(SUMMARY, "- [The neuron]", "- [A neuron]");
    expect(
        manifest::derived_lists,
        renamed,
        (SUMMARY, "A neuron"),
        "cargo run -- sync",
    );
    let readme = |book: &Fixture| book.replace("README.md", "| more |", "| less |");
    expect(
        manifest::derived_lists,
        readme,
        ("README.md", "| less |"),
        "cargo run -- sync",
    );
}

#[test]
fn faults_of_packages() {
    let folder = "chapters/ch07_b";
    let chapter = |book: &Fixture| book.write("chapters/ch07_b/Cargo.toml", "[package]\n");
    expect(
        manifest::lessons_and_folders,
        chapter,
        (folder, ""),
        "no ready lesson",
    );
    expect(
        manifest::packages,
        chapter,
        ("Cargo.toml", ""),
        "ch07_b is missing",
    );
    expect(
        manifest::packages,
        chapter,
        ("tests/Cargo.toml", ""),
        "ch07_b is missing",
    );
    let own = "chapters/ch01_neuron/Cargo.toml";
    let lints = |book: &Fixture| book.replace(own, "[lints]\nworkspace = true", "");
    expect(
        manifest::packages,
        lints,
        (own, ""),
        "`lints.workspace = true`",
    );
    let version = |book: &Fixture| book.append(own, "serde = \"1\"\n");
    expect(
        manifest::packages,
        version,
        (own, ""),
        "serde: expected `workspace = true`",
    );
}

#[test]
fn faults_of_anchors_and_links() {
    let unused = |book: &Fixture| {
        book.append(SOURCE, &"// @: b\n// @_END: b\n".replace('@', "ANCHOR"));
    };
    let at = (SOURCE, "ANCHOR: b");
    expect(
        references::unused_anchors,
        unused,
        at,
        "no page shows the anchor \"b\"",
    );
    let open = |book: &Fixture| book.append(SOURCE, &"// @: b\n".replace('@', "ANCHOR"));
    expect(references::unused_anchors, open, at, "has no ANCHOR_END");
    let link = |old: &str, new: &str, words: &str| {
        expect(
            links::broken,
            |book| book.replace(PAGE, old, new),
            (PAGE, new),
            words,
        );
    };
    link(
        "(#exercise-1-1)",
        "(#exercise-1-2)",
        "no heading or id \"exercise-1-2\"",
    );
    link(
        "(../welcome.md)",
        "(welcome.md)",
        "no page or file ch01_neuron/welcome.md",
    );
    link(
        "(../welcome.md)",
        "(../welcome.md#end)",
        "no heading or id \"end\" on welcome.md",
    );
    link("(../welcome.md)", "(../../x.md)", "leads out of the book");
    link("(../welcome.md)", "(http://x.org)", "begins with https://");
    let readme = |book: &Fixture| book.append("README.md", "[a](none.md)\n");
    expect(
        links::broken_at_the_root,
        readme,
        ("README.md", "none.md"),
        "none.md is not there",
    );
}

#[test]
fn faults_of_size() {
    let file = "chapters/ch01_neuron/src/long.rs";
    let long = |book: &Fixture| book.write(file, &"// a\n".repeat(401));
    expect(sizes::check, long, (file, ""), "401 lines, at most 400");
    let body = format!("\nfn long() {{\n{}}}\n", "    let a = 1;\n".repeat(59));
    let function = |book: &Fixture| book.write(file, &body);
    expect(
        sizes::check,
        function,
        (file, "fn long"),
        "`long` has 61 lines",
    );
    let main = "chapters/ch01_neuron/src/main.rs";
    let lines = "\n".repeat(41);
    expect(
        sizes::check,
        |book| book.write(main, &lines),
        (main, ""),
        "41 lines, at most 40",
    );
}

#[test]
fn faults_of_promises() {
    let fallen = |book: &Fixture| book.replace(RESULTS, "value = 0.9733", "value = 0.96");
    let words = "[default] accuracy is 0.96, below the 0.97";
    expect(promises::floors, fallen, (RESULTS, ""), words);
    let floor =
        |new: &'static str| move |book: &Fixture| book.replace(COURSE, "at_least = 0.97", new);
    let full = floor("mode = \"full\", at_least = 0.97");
    let words = "no accuracy under [full]; `cargo run -p ch01_neuron -- --full --record`";
    expect(promises::floors, full, (COURSE, ""), words);
    let most = floor("at_most = 0.97");
    let words = "[default] accuracy is 0.9733, above the 0.97";
    expect(promises::floors, most, (RESULTS, ""), words);
    let both = floor("at_least = 0.5, at_most = 0.97");
    expect(promises::floors, both, (RESULTS, ""), words);
    let none = floor("mode = \"default\"");
    let words = "floor of accuracy: neither at_least nor at_most";
    expect(promises::floors, none, (COURSE, ""), words);
    let odd = floor("mode = \"fast\", at_least = 0.97");
    let words = "mode \"fast\": quick, default or full";
    expect(promises::floors, odd, (COURSE, ""), words);
    let seconds =
        |new: &'static str| move |book: &Fixture| book.replace(COURSE, "seconds = 2", new);
    let words = "states 1 s, its recording took 2";
    expect(
        promises::seconds,
        seconds("seconds = 1"),
        (COURSE, ""),
        words,
    );
    let words = "states 9 s, its recording took 2";
    expect(
        promises::seconds,
        seconds("seconds = 9"),
        (COURSE, ""),
        words,
    );
}
