//! Each check bites: a sound book passes, and each fault, alone, is complained about by name and
//! place.
#![allow(clippy::unwrap_used)]

use course_tests::fixture::Fixture;
use course_tests::{links, manifest, prose, references, sizes, whole};
use pages::{Complaint, report};
use std::path::Path;

/// A check of a workspace.
type Check = fn(&Path) -> Vec<Complaint>;

const PAGE: &str = "book/src/ch01_neuron/index.md";
const COURSE: &str = "course.toml";
const SUMMARY: &str = "book/src/SUMMARY.md";
const SOURCE: &str = "chapters/ch01_neuron/src/lib.rs";

/// Every check that needs nothing but files.
const ALL: [(&str, Check); 11] = [
    ("whole", whole::check),
    ("anchors", references::unused_anchors),
    ("figures", references::unused_figures),
    ("exercises", references::unposed_exercises),
    ("prose", prose::bare_numbers),
    ("links", links::broken),
    ("links at the root", links::broken_at_the_root),
    ("lists", manifest::derived_lists),
    ("folders", manifest::lessons_and_folders),
    ("packages", manifest::packages),
    ("sizes", sizes::check),
];

#[test]
fn a_sound_book_passes_every_check() {
    let book = Fixture::sound();
    for (name, check) in ALL {
        assert_eq!(report(&check(book.root())), "", "{name}");
    }
}

/// Breaks a sound book and expects a complaint about the line of `file` that holds `at` (about
/// the whole file when `at` is empty), with `words` in it.
#[track_caller]
fn expect(check: Check, breaking: impl Fn(&Fixture), (file, at): (&str, &str), words: &str) {
    let book = Fixture::sound();
    breaking(&book);
    let place = match at {
        "" => format!("{file}: "),
        at => {
            let text = std::fs::read_to_string(book.root().join(file)).unwrap();
            let line = text.lines().position(|line| line.contains(at));
            format!("{file}:{}: ", 1 + line.expect("the line is there"))
        }
    };
    let complaints = check(book.root());
    let lines: Vec<String> = complaints.iter().map(Complaint::to_string).collect();
    let found = lines
        .iter()
        .any(|line| line.starts_with(&place) && line.contains(words));
    assert!(
        found,
        "expected `{place}… {words} …`, got\n{}",
        lines.join("\n")
    );
}

/// A fault on the lesson's page, which is found when the page is expanded: `old` becomes `new`,
/// and the complaint is about the line that holds `at`.
#[track_caller]
fn on_page(old: &str, new: &str, at: &str, words: &str) {
    expect(
        whole::check,
        |book| book.replace(PAGE, old, new),
        (PAGE, at),
        words,
    );
}

/// A fault in course.toml, in the same way.
#[track_caller]
fn in_course(old: &str, new: &str, at: &str, words: &str) {
    expect(
        whole::check,
        |book| book.replace(COURSE, old, new),
        (COURSE, at),
        words,
    );
}

/// The opening line of a fence is complained about; a comment in it makes it findable.
const FENCE: &str = "```rust\n# let hidden = 1;";

#[test]
fn faults_of_includes() {
    let include = "```rust\n{{#include chapters/ch01_neuron/src/lib.rs:unit}}";
    let with = |path: &str, words: &str| {
        let new = format!("```rust,should_panic\n{{{{#include {path}}}}}");
        on_page(include, &new, "should_panic", words);
    };
    with(
        "chapters/ch01_neuron/src/lib.rs:gone",
        "no anchor \"gone\" in chapters/ch01_neuron",
    );
    with(
        "chapters/ch01_neuron/src/none.rs",
        "cannot include chapters/ch01_neuron/src/none.rs",
    );
    with("../outside.rs", "without `..`");
    with(
        "chapters/ch01_neuron/src/lib.rs:unit}}\nlet a = {{1",
        "alone in a code fence",
    );
    let orphan = |book: &Fixture| {
        book.write("chapters/ch01_neuron/src/orphan.rs", "fn a() {}\n");
        let new = "```rust,should_panic\n{{#include chapters/ch01_neuron/src/orphan.rs}}";
        book.replace(PAGE, include, new);
    };
    expect(
        whole::check,
        orphan,
        (PAGE, "should_panic"),
        "no target of the workspace",
    );
}

#[test]
fn faults_of_code_blocks() {
    let with = |info: &str, words: &str| {
        on_page(
            FENCE,
            &format!("```{info}\n# let hidden = 1;"),
            &format!("```{info}"),
            words,
        );
    };
    with("Rust", "names its language");
    with("rust,ignore", "needs a reason");
    with("rust,compile_fail", "names its error");
    with("rust,no_run", "every block runs");
    with("rust,ignroe", "unknown attribute `ignroe`");
    on_page(
        "It reads",
        "Code:\n\n    let a = 1;\n\nIt reads",
        "let a = 1;",
        "use a fence",
    );
    let open = "It separates them.}}\n\n~~~text\n";
    on_page("It separates them.}}\n", open, "~~~text", "never closed");
}

#[test]
fn faults_of_numbers() {
    let with = |num: &str, words: &str| on_page("{{num ch01.accuracy}}", num, num, words);
    with(
        "{{num ch01.acuracy}}",
        "no value \"acuracy\" under [default]",
    );
    with(
        "{{num ch01.accuracy full}}",
        "cargo run -p ch01_neuron -- --full --record",
    );
    with("{{num ch09.accuracy}}", "no lesson \"ch09\"");
    with("{{num ch01.accuracy %x}}", "\"%x\", expected");
    with("{{num ch01.accuracy", "never closed");
    with("{{given 0.92}}", "expected `number | source`");
    with("[{{given 1 | a letter}}](#the-neuron)", "in a link");
    with("$x = {{given 1 | a letter}}$", "in a formula");
}

#[test]
fn faults_of_prose() {
    let with = |old: &str, new: &str, words: &str| {
        let breaking = |book: &Fixture| book.replace(PAGE, old, new);
        expect(prose::bare_numbers, breaking, (PAGE, new), words);
    };
    with("It reads", "It reads 0.97 or", "`0.97` in prose");
    with("How many?", "Is it 97 %?", "`97 %` in prose");
    with("alt: one line", "alt: a line at 3.5", "`3.5` in prose");
}

#[test]
fn faults_of_figures() {
    let figure = "{{#figure boundary";
    on_page(
        "alt: one line",
        "alt:",
        figure,
        "needs `alt:` and `caption:`",
    );
    on_page(
        "caption: It separates them.",
        "caption:",
        figure,
        "needs `alt:` and `caption:`",
    );
    on_page(
        "alt: one line",
        "one line",
        figure,
        "expected `alt: …` or `caption: …`",
    );
    on_page(figure, "{{#figure bounds", "bounds", "not listed");
    on_page("them.}}", "them.", figure, "never closed");
    let file = "book/src/ch01_neuron/figures/boundary.svg";
    let remove = |book: &Fixture| std::fs::remove_file(book.root().join(file)).unwrap();
    expect(
        whole::check,
        remove,
        (PAGE, figure),
        "cargo run -p ch01_neuron -- --record",
    );
    let damage = |book: &Fixture| book.write(file, "<svg viewBox=\"0 0 1 1\">");
    expect(whole::check, damage, (PAGE, figure), "cut off");
    let old = "book/src/ch01_neuron/figures/old.svg";
    let unlisted = |book: &Fixture| book.write(old, "<svg></svg>");
    expect(
        references::unused_figures,
        unlisted,
        (old, ""),
        "not listed in course.toml",
    );
    let more = |book: &Fixture| book.replace(COURSE, "[\"boundary\"]", "[\"boundary\", \"b\"]");
    expect(
        references::unused_figures,
        more,
        (COURSE, ""),
        "no page shows the figure \"b\"",
    );
}

#[test]
fn faults_of_boxes_and_directives() {
    let predict = "{{#predict}}";
    on_page(
        "{{#endpredict}}",
        "",
        predict,
        "`{{#endpredict}}` is missing",
    );
    let was_due = "where `{{#endpredict}}` (of line ";
    on_page("{{#endpredict}}", "{{#endnote}}", "{{#endnote}}", was_due);
    on_page("{{#card}}", "{{#endnote}}", "{{#endnote}}", "ends nothing");
    on_page(predict, "{{#predic}}", "{{#predic}}", "unknown directive");
    on_page("{{#card}}", "a {{#card}}", "{{#card}}", "alone on its line");
    on_page(
        "{{#card}}",
        "{{#output bound}}",
        "bound",
        "no section \"bound\"",
    );
    on_page(predict, "{{#tab A}}", "{{#tab A}}", "inside `{{#tabs}}`");
    let twice = "{{#predict}}\n\n{{#predict}} ";
    on_page(predict, twice, "{{#predict}} ", "close the first one");
    let question = "{{#question}}\nWhy?\n{{#endquestion}}";
    on_page(
        "{{#card}}",
        question,
        "{{#question}}",
        "has no `{{#answer}}`",
    );
}

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
    let lines = "\n".repeat(81);
    expect(
        sizes::check,
        |book| book.write(main, &lines),
        (main, ""),
        "81 lines, at most 80",
    );
}
