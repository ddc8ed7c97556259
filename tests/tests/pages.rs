//! The book's pages hold together. Each message names page and line.

use course_tests::{expect_none, links, prose, references, root, whole};
use pages::Target;

#[test]
fn every_page_is_listed_and_expands() {
    expect_none("pages and manifest", &whole::check(root()));
}

#[test]
fn every_anchor_in_the_sources_is_shown() {
    expect_none("anchors", &references::unused_anchors(root()));
}

#[test]
fn every_figure_is_listed_and_shown() {
    expect_none("figures", &references::unused_figures(root()));
}

#[test]
fn every_exercise_is_posed_once() {
    expect_none("exercises", &references::unposed_exercises(root()));
}

#[test]
fn every_number_in_prose_has_a_run_or_a_source() {
    expect_none("numbers in prose", &prose::bare_numbers(root()));
}

#[test]
fn every_link_leads_somewhere() {
    expect_none("links of the book", &links::broken(root()));
    expect_none(
        "links of README and CONTRIBUTING",
        &links::broken_at_the_root(root()),
    );
}

/// How many blocks are not run. It may only fall; each says why.
const IGNORED: usize = 0;

#[test]
fn the_blocks_that_are_not_run_are_counted() {
    let whole = whole::read(root()).expect("the book can be read");
    let blocks: Vec<_> = whole
        .pages
        .iter()
        .flat_map(|read| &read.expanded.blocks)
        .collect();
    let ignored = blocks.iter().filter(|block| block.reason.is_some());
    let listed: Vec<String> = ignored
        .map(|b| format!("{}:{}: {:?}", b.page.display(), b.line, b.reason))
        .collect();
    println!(
        "{} Rust blocks, {} of them not run",
        blocks.len(),
        listed.len()
    );
    assert_eq!(listed.len(), IGNORED, "{}", listed.join("\n"));
}

#[test]
fn figures_can_stand_inside_pages() {
    let whole = whole::read(root()).expect("the book can be read");
    let mut keys: Vec<String> = Vec::new();
    for read in &whole.pages {
        let site = Target::Site { yours: false };
        let (expanded, _) = whole.book.expand_anyway(&read.page, &read.text, site);
        for (key, svg) in expanded.svgs {
            // What is embedded in a page is loaded with it, however it is reached.
            assert!(
                svg.len() <= 200_000,
                "{key}: {} bytes, at most 200,000",
                svg.len()
            );
            keys.push(key);
        }
    }
    let all = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), all, "two figures of the book share a key");
}
