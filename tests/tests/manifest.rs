//! course.toml, SUMMARY.md, README.md, folders and manifests agree.

use course_tests::{expect_none, manifest, promises, root};

#[test]
fn summary_and_readme_list_the_lessons_of_the_manifest() {
    expect_none("derived lists", &manifest::derived_lists(root()));
}

#[test]
fn every_chapter_is_a_lesson() {
    expect_none("chapters", &manifest::lessons_and_folders(root()));
}

#[test]
fn every_package_takes_versions_and_lints_from_the_workspace() {
    expect_none("manifests", &manifest::packages(root()));
}

#[test]
fn recorded_values_reach_the_floors() {
    expect_none("floors", &promises::floors(root()));
}

#[test]
fn stated_seconds_are_those_of_the_recording() {
    expect_none("seconds", &promises::seconds(root()));
}
