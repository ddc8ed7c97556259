//! Faults on a page: of includes, code, numbers, figures, boxes.

use super::{COURSE, OUTPUT, PAGE, SUMMARY, expect, on_page};
use course_tests::fixture::Fixture;
use course_tests::{embedded, prose, references, whole};

/// The opening line of a fence is complained about, so it is what changes.
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
fn faults_of_what_pages_carry() {
    let file = "book/src/ch01_neuron/figures/boundary.svg";
    let heavy = |book: &Fixture| {
        let path = format!("<path d=\"{}\"/></svg>", "M0 0".repeat(50_000));
        book.replace(file, "</svg>", &path);
    };
    expect(
        embedded::figures,
        heavy,
        (PAGE, ""),
        "bytes, at most 200000",
    );
    // Its keys begin as those of ch01_neuron/index.md do.
    let twin = "book/src/ch01_neuron-index.md";
    let twice = |book: &Fixture| {
        let text = "# A\n\n{{#figure ch01/boundary\nalt: a line\ncaption: Again.}}\n";
        book.write(twin, text);
        book.append(SUMMARY, "- [A](ch01_neuron-index.md)\n");
    };
    expect(
        embedded::figures,
        twice,
        (twin, ""),
        "has the key ch01_neuron-index-",
    );
    let not_run = |book: &Fixture| {
        let new = "```rust,ignore,reason=\"slow\"\n# let hidden = 1;";
        book.replace(PAGE, FENCE, new);
    };
    expect(
        embedded::blocks_not_run,
        not_run,
        (PAGE, "rust,ignore"),
        "not run (slow)",
    );
}

#[test]
fn a_printed_line_wider_than_the_page() {
    let long = format!("mistakes {}", "3".repeat(90));
    expect(
        embedded::printed,
        |book| book.replace(OUTPUT, "mistakes 3", &long),
        (OUTPUT, "mistakes"),
        "99 letters in a line, at most 94",
    );
}
