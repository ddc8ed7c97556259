//! What each directive turns into.
#![allow(clippy::unwrap_used)]

// One fixture for these tests and for the harness's, which uses more of it.
#[allow(dead_code, unreachable_pub)]
#[path = "../../../tests/src/fixture.rs"]
mod fixture;

use fixture::Fixture;
use pages::{BlockSource, Book, Expanded, Target, report};

const SITE: Target = Target::Site { yours: false };

/// Expands a text as the lesson's page.
fn expand(text: &str) -> Expanded {
    expand_in(&Fixture::sound(), text, SITE)
}

fn expand_in(fixture: &Fixture, text: &str, target: Target) -> Expanded {
    let book = Book::load(fixture.root()).unwrap();
    assert_eq!(report(book.complaints()), "");
    let page = book.page("ch01_neuron/index.md").unwrap();
    let expanded = book.expand(page, text, target);
    expanded.unwrap_or_else(|complaints| panic!("{}", report(&complaints)))
}

#[test]
fn a_number_is_printed_with_where_it_comes_from() {
    let text = "{{num ch01.accuracy}}, {{num ch01.accuracy quick %}}, {{num ch01.count}}, \
        {{num ch01.loss .2}}, $a = {{num ch01.accuracy}}$\n";
    let expected = "<span class=\"num\" title=\"recorded: ch01.accuracy, default run, seed 1; \
        spread 1.0\u{a0}% over 3 seeds\">97.3\u{a0}%</span>, \
        <span class=\"num\" title=\"recorded: ch01.accuracy, quick run, seed 1\">90\u{a0}%</span>, \
        <span class=\"num\" title=\"recorded: ch01.count, default run, seed 1\">65,812</span>, \
        <span class=\"num\" title=\"recorded: ch01.loss, default run, seed 1\">0.08</span>, \
        $a = 97.3\\,\\%$\n";
    let expanded = expand(text);
    assert_eq!(expanded.markdown, expected);
    assert_eq!(expanded.used.numbers.len(), 4);
}

#[test]
fn a_quoted_constant_gets_its_source_as_a_footnote() {
    let text = "{{given 0.92 | Rosenblatt 1958}} and {{given 3 % | the \"same\"}} and \
        {{given 0.9 | Rosenblatt 1958}}";
    let markdown = expand(text).markdown;
    let first = "<span class=\"given\" title=\"Rosenblatt 1958\">0.92</span>[^given-1]";
    assert!(markdown.starts_with(first), "{markdown}");
    assert!(markdown.contains("title=\"the &quot;same&quot;\">3 %</span>[^given-2]"));
    let end = "\n\n[^given-1]: Rosenblatt 1958\n\n[^given-2]: the \"same\"\n";
    assert!(markdown.ends_with(end), "{markdown}");
}

#[test]
fn an_include_shows_the_anchor_and_is_not_run_again() {
    let text = "a\n\n```rust\n{{#include chapters/ch01_neuron/src/lib.rs:test}}\n```\n\nb\n";
    let expanded = expand(text);
    let expected = "a\n\n<div class=\"listing\">\n\
        <p class=\"listing-file\"><code>chapters/ch01_neuron/src/lib.rs</code></p>\n\n\
        ```rust\nx > 0.0\n```\n\n</div>\n\n\nb\n";
    assert_eq!(expanded.markdown, expected);
    let block = &expanded.blocks[0];
    assert_eq!(block.line, 3);
    assert!(matches!(&block.source, BlockSource::Include { anchor: Some(a), .. } if a == "test"));
    assert_eq!(expanded.used.files.len(), 1);
}

#[test]
fn nested_markers_and_the_whole_file_lose_their_markers() {
    for anchor in [":unit", ""] {
        let text =
            format!("```rust\n{{{{#include chapters/ch01_neuron/src/lib.rs{anchor}}}}}\n```\n");
        let code = expand(&text).blocks[0].code.clone();
        assert!(
            code.contains("    x > 0.0\n}") && !code.contains("ANCHOR"),
            "{code}"
        );
    }
}

#[test]
fn hidden_lines_run_but_do_not_show() {
    let text = "```rust,should_panic\n# use std::fmt;\nlet a = 1;\n    # let b = 2;\n#[cfg(test)]\nmod t {}\n```\n";
    let expanded = expand(text);
    let shown = "```rust,should_panic\nlet a = 1;\n#[cfg(test)]\nmod t {}\n```\n";
    assert_eq!(expanded.markdown, shown);
    assert!(expanded.blocks[0].code.starts_with("# use std::fmt;\n"));
    assert_eq!(expanded.blocks[0].attributes, ["should_panic"]);
}

#[test]
fn nothing_in_code_is_expanded_and_an_escape_shows_a_directive() {
    let text = "`{{num a.b}}` \\{{num c.d}}\n\n```text\n{{#card}}\n```\n\n\
        ```text\n\\{{#include a:b}}\n```\n\n<!-- {{num a.b}} -->\n";
    let expected = text.replace("\\{{#include", "{{#include");
    assert_eq!(expand(text).markdown, expected);
}

#[test]
fn a_figure_is_a_placeholder_with_alt_and_caption() {
    let text = "{{#figure boundary wide\nalt: right in {{num ch01.accuracy}} & \"more\"\n\
        caption: It *moves*,\n{{num ch01.count int}} times.}}\n";
    let expanded = expand(text);
    let id = "ch01_neuron-index-boundary";
    let expected = format!(
        "<figure class=\"plot wide\" id=\"fig-{id}\">\n<span data-svg=\"{id}\"></span>\n\
         <figcaption>\n\nIt *moves*, <span class=\"num\" title=\"recorded: ch01.count, default \
         run, seed 1\">65,812</span> times.\n\n</figcaption>\n</figure>\n\n"
    );
    assert_eq!(expanded.markdown, expected);
    let (key, svg) = &expanded.svgs[0];
    assert_eq!(key, id);
    let label = "<svg class=\"plot-svg\" role=\"img\" \
        aria-label=\"right in 97.3\u{a0}% &amp; &quot;more&quot;\" width=\"9\"";
    assert!(svg.starts_with(label), "{svg}");
    assert!(svg.contains(&format!("id=\"{id}-p\"")));
}

#[test]
fn the_readers_own_figure_stands_beside_the_recorded_one_when_served() {
    let fixture = Fixture::sound();
    fixture.write(
        "out/ch01_neuron/figures/boundary.svg",
        "<svg viewBox=\"0 0 1 1\"></svg>",
    );
    let text = "{{#figure boundary\nalt: a\ncaption: b}}\n";
    assert_eq!(expand_in(&fixture, text, SITE).svgs.len(), 1);
    let served = expand_in(&fixture, text, Target::Site { yours: true });
    let expected = "<details class=\"yours\">\n<summary>Your run</summary>\n<div class=\"plot\">\
        <span data-svg=\"ch01_neuron-index-boundary-yours\"></span></div>\n</details>";
    assert!(served.markdown.contains(expected), "{}", served.markdown);
    assert_eq!(served.svgs.len(), 2);
}

#[test]
fn the_card_comes_from_the_manifest() {
    let expected = "<div class=\"card\" role=\"group\" aria-label=\"About this page\">\n<dl>\n\
        <div class=\"card-builds\"><dt>You build</dt><dd>a <code>unit</code> &amp; more</dd></div>\n\
        <div class=\"card-time\"><dt>Time</dt><dd>5 minutes; the run takes about 2 s on 2 cores</dd></div>\n\
        <div class=\"card-run\"><dt>Run</dt><dd><code>cargo run -p ch01_neuron</code></dd></div>\n\
        <div class=\"card-data\"><dt>Data</dt><dd>iris</dd></div>\n\
        <div class=\"card-needs\"><dt>Before</dt><dd><a href=\"../welcome.md\">Welcome</a></dd></div>\n\
        </dl>\n</div>\n\n";
    assert_eq!(expand("{{#card}}\n").markdown, expected);
}

#[test]
fn boxes_hold_markdown() {
    let text = "## A\n\n{{#predict}}\nUp *or* down?\n{{#endpredict}}\n{{#question}}\nWhy?\n\
        {{#answer}}\nSo.\n{{#endquestion}}\n{{#note Rust & C}}\nx\n{{#endnote}}\n";
    let id = "ch01_neuron-index-1";
    let expected = format!(
        "## A\n\n<div class=\"box predict\" role=\"group\" aria-labelledby=\"predict-{id}\">\n\
         <p class=\"box-title\" id=\"predict-{id}\">Predict</p>\n\nUp *or* down?\n\n</div>\n\n\
         <div class=\"box question\" role=\"group\" aria-labelledby=\"question-{id}\">\n\
         <p class=\"box-title\" id=\"question-{id}\">Checkpoint 1</p>\n\nWhy?\n\n\
         <details class=\"answer\">\n<summary>Answer</summary>\n\nSo.\n\n</details>\n</div>\n\n\
         <div class=\"box note note-rust-c\" role=\"note\" aria-labelledby=\"note-{id}\">\n\
         <p class=\"box-title\" id=\"note-{id}\">Rust &amp; C</p>\n\nx\n\n</div>\n\n"
    );
    assert_eq!(expand(text).markdown, expected);
}

#[test]
fn an_exercise_shows_level_command_and_folded_hints() {
    let expanded = expand("## Exercises\n\n{{#exercise 1.1}}\nDo it.\n{{#endexercise}}\n");
    let expected = "## Exercises\n\n\
        <div class=\"box exercise\" role=\"group\" aria-labelledby=\"exercise-1-1\">\n\n\
        ### Exercise 1.1: A gate {#exercise-1-1}\n\n\
        <p class=\"exercise-meta\"><span class=\"level level-easy\">easy</span> \
        <code>cargo test -p ch01_neuron --test exercises ex1_01</code></p>\n\nDo it.\n\n\
        <details class=\"hint\">\n<summary>Hint 1</summary>\n\nThink of <span class=\"num\"";
    assert!(
        expanded.markdown.starts_with(expected),
        "{}",
        expanded.markdown
    );
    let end = "<summary>Hint 2</summary>\n\nThen of NOT.\n\n</details>\n\n</div>\n\n";
    assert!(expanded.markdown.ends_with(end), "{}", expanded.markdown);
    assert_eq!(expanded.used.exercises, [("1.1".to_string(), 3)]);
}

#[test]
fn tabs_are_sections_with_titles() {
    let text =
        "{{#tabs}}\n{{#tab Loops}}\n```rust\nlet a = 1;\n```\n{{#tab Arrays}}\nb\n{{#endtabs}}\n";
    let id = "tabs-ch01_neuron-index-1";
    let expected = format!(
        "<div class=\"tabs\" id=\"{id}\">\n\n\
         <div class=\"tab\" data-title=\"Loops\" id=\"{id}-loops\">\n<p class=\"tab-title\">Loops</p>\n\n\
         ```rust\nlet a = 1;\n```\n\n</div>\n\n\
         <div class=\"tab\" data-title=\"Arrays\" id=\"{id}-arrays\">\n<p class=\"tab-title\">Arrays</p>\n\n\
         b\n\n</div>\n\n</div>\n\n"
    );
    assert_eq!(expand(text).markdown, expected);
}

#[test]
fn recorded_output_and_values_are_shown() {
    let markdown = expand("{{#output rule}}\n").markdown;
    let fence = "prints</figcaption>\n\n````text\nmistakes 3\n````\n\n</figure>\n";
    assert!(markdown.contains(fence), "{markdown}");
    let markdown = expand("{{#values}}\n").markdown;
    let row = "| `accuracy` | 97.3 % | ± 2.0 % |\n| `count` | 65,812 | exact |\n";
    assert!(markdown.contains(row), "{markdown}");
}

#[test]
fn lines_of_the_result_are_traced_to_the_page() {
    let expanded = expand("a\n{{#card}}\nb\n\n{{#predict}}\nc\n{{#endpredict}}\n");
    let line_of = |text: &str| {
        let lines = expanded.markdown.lines().zip(&expanded.lines);
        lines
            .filter(|(l, _)| l.contains(text))
            .map(|(_, n)| *n)
            .collect::<Vec<_>>()
    };
    assert_eq!(expanded.markdown.lines().count(), expanded.lines.len());
    assert_eq!(line_of("<dt>Time"), [2]);
    assert_eq!(line_of("Predict<"), [5]);
    assert_eq!((line_of("b")[1], line_of("c").last()), (2, Some(&6)));
}
