//! The book's pages hold together. Each message names page and line.

use course_tests::{embedded, expect_none, links, prose, references, root, whole};

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

#[test]
fn the_blocks_that_are_not_run_are_counted() {
    expect_none("blocks", &embedded::blocks_not_run(root()));
}

#[test]
fn what_runs_printed_fits_on_the_page() {
    expect_none("output", &embedded::printed(root()));
}

#[test]
fn figures_can_stand_inside_pages() {
    expect_none("figures", &embedded::figures(root()));
}
