//! The book in a real browser: every page in both themes and at phone width (axe,
//! console, requests, keyboard, sideways scrolling), and what a reader does. A broken page
//! shows first that each check bites.
//!
//! The checks themselves are in `tests/browser/`. They need Chromium and Node's
//! packages (`npm ci` in that folder); where these are missing the test says so and
//! passes. With `CI=true` it never skips.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

/// What is missing for the checks to run, if anything.
fn missing() -> Option<String> {
    let chromium = std::env::var("CHROMIUM").unwrap_or("/usr/bin/chromium".into());
    if !Path::new(&chromium).exists() {
        return Some(format!(
            "no browser at {chromium}; install Chromium or set CHROMIUM"
        ));
    }
    if !root().join("tests/browser/node_modules").is_dir() {
        return Some("no tests/browser/node_modules; run `npm ci` in tests/browser".into());
    }
    match Command::new("node").arg("--version").output() {
        Ok(output) if output.status.success() => None,
        _ => Some("no node".into()),
    }
}

/// The program that renders and serves. `cargo test --workspace` has built it beside this
/// test, and in CI that is trusted: asked for alone it might be built once more, with other
/// features. Elsewhere it is built, which is quick when nothing has changed.
fn program() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let beside = here.parent().and_then(Path::parent).unwrap();
    let beside = beside.join(format!("course{}", std::env::consts::EXE_SUFFIX));
    if std::env::var("CI").is_ok() && beside.is_file() {
        return beside;
    }
    let built = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--package",
            "course",
            "--message-format",
            "json",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    let messages = String::from_utf8_lossy(&built.stdout);
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    let artifact = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| {
            let ours = message["target"]["name"] == "course";
            ours.then(|| message["executable"].as_str().map(PathBuf::from))
                .flatten()
        });
    artifact.expect("cargo names the program it built")
}

#[test]
fn every_page_passes_in_a_browser() {
    if let Some(reason) = missing() {
        assert!(
            std::env::var("CI").is_err(),
            "in CI the browser checks must run: {reason}"
        );
        println!("skipped: {reason}");
        return;
    }
    let output = Command::new("node")
        .arg("suite.mjs")
        .current_dir(root().join("tests/browser"))
        .env("COURSE_BIN", program())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    print!("{said}");
    assert!(output.status.success(), "{said}\n{errors}");
}
