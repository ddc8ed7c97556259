//! What `build` writes.

#![allow(clippy::unwrap_used)]

mod common;

use common::{SmallBook, errors};
use std::time::Instant;

#[test]
fn a_page_has_its_formulas_code_contents_and_card() {
    let book = SmallBook::new();
    let output = book.run(&["build", "--out", "site"]);
    assert!(output.status.success(), "{}", errors(&output));
    let page = book.read("site/ch01_small/index.html");
    for part in [
        "<span class=\"katex\">",
        "<span class=\"formula\"><span class=\"katex-display\">",
        "<span class=\"hl-keyword\">let</span>",
        "aria-current=\"page\"",
        "<li><a href=\"#second\">Second</a></li>",
        "<div class=\"card\"",
        "href=\"../theme/book.css?v=",
        "href=\"../introduction.html\"",
    ] {
        assert!(page.contains(part), "{part} is missing in\n{page}");
    }
    for left in [
        "data-formula",
        "data-svg",
        "{{",
        "@VERSION@",
        "<!--",
        "http://",
        "live.js",
    ] {
        assert!(
            !page.replace("http://www.w3.org", "").contains(left),
            "{left} is left in\n{page}"
        );
    }
    let all = book.read("site/print.html");
    assert!(all.contains("katex-display") && all.contains("zanzibar"));
}

#[test]
fn the_search_finds_words_of_formulas_and_no_placeholders() {
    let book = SmallBook::new();
    book.run(&["build", "--out", "site"]);
    let index = book.read("site/searchindex.js");
    assert!(
        index.contains("zanzibar") && index.contains("The sum a 1 + b 1"),
        "{index}"
    );
    assert!(
        !index.contains("data-formula") && !index.contains("katex"),
        "{index}"
    );
}

#[test]
fn every_fault_is_told_with_page_and_line() {
    let book = SmallBook::new();
    book.write(
        "book/src/introduction.md",
        "# A\n\n{{num ch01.nothing}}\n\n$\\wrong$\n",
    );
    let output = book.run(&["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        errors(&output).contains("book/src/introduction.md:3: "),
        "{}",
        errors(&output)
    );
    book.write("book/src/introduction.md", "# A\n\ntext\n\n$\\wrong$\n");
    let output = book.run(&["build", "--out", "site"]);
    assert!(
        errors(&output).contains("book/src/introduction.md:5: formula `\\wrong`: "),
        "{}",
        errors(&output)
    );
    assert!(
        !book.root().join("site").exists(),
        "something half-written is left"
    );
}

#[test]
fn an_earlier_site_is_replaced_and_anything_else_is_left_alone() {
    let book = SmallBook::new();
    assert!(book.run(&["build", "--out", "site"]).status.success());
    book.write("site/old.html", "old");
    assert!(book.run(&["build", "--out", "site"]).status.success());
    assert!(!book.root().join("site/old.html").exists());

    book.write("mine/letter.txt", "dear");
    let output = book.run(&["build", "--out", "mine"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        errors(&output).contains("is not empty"),
        "{}",
        errors(&output)
    );
    assert_eq!(book.read("mine/letter.txt"), "dear");
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let book = SmallBook::new();
    book.run(&["build", "--out", "a"]);
    book.run(&["build", "--out", "b"]);
    for name in [
        "index.html",
        "print.html",
        "searchindex.js",
        "theme/book.css",
    ] {
        // Not assert_eq!: nobody wants to read two pages side by side.
        let same = book.read(&format!("a/{name}")) == book.read(&format!("b/{name}"));
        assert!(same, "{name} differs");
    }
}

#[test]
fn the_whole_book_is_rendered_within_two_seconds() {
    let out = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let rendered = course::site::render(
        &common::workspace(),
        out.path(),
        course::site::Kind::Published,
    );
    let seconds = began.elapsed().as_secs_f64();
    // That the pages are right is the harness's business.
    if rendered.is_ok() {
        assert!(seconds < 2.0, "{seconds:.2} s");
    }
}
