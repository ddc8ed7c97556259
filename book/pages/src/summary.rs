//! `book/src/SUMMARY.md`: the pages in reading order.

use crate::complaint::{Complaint, Error, read};
use regex::Regex;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Where the pages are, from the workspace root.
pub const SRC: &str = "book/src";

/// The file's path from the workspace root.
pub const SUMMARY: &str = "book/src/SUMMARY.md";

/// One page of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The title in SUMMARY.md.
    pub title: String,
    /// Path inside `book/src`, with forward slashes: `ch01_perceptron/01_logic.md`.
    pub path: String,
    /// The line of SUMMARY.md that lists it.
    pub line: usize,
}

impl Page {
    /// Path from the workspace root, as complaints print it.
    pub fn source(&self) -> PathBuf {
        Path::new(SRC).join(&self.path)
    }

    /// The path as one word for HTML ids: `ch01_perceptron-01_logic`.
    pub fn slug(&self) -> String {
        self.path.trim_end_matches(".md").replace(['/', ' '], "-")
    }

    /// The folder, which is the lesson's id on a lesson's page; empty on front pages.
    pub fn folder(&self) -> &str {
        self.path.split_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file name inside its folder.
    pub fn file(&self) -> &str {
        self.path
            .split_once('/')
            .map_or(&self.path, |(_, file)| file)
    }

    /// The address of another page as seen from this one, both being paths inside `book/src`.
    pub fn link_to(&self, path: &str) -> String {
        format!("{}{path}", "../".repeat(self.path.matches('/').count()))
    }
}

/// One `[Title](path)` of SUMMARY.md; a draft has an empty path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) title: String,
    pub(crate) path: String,
    pub(crate) line: usize,
}

static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:[-*]\s+)?\[(?<title>[^\]]*)\]\((?<path>[^)]*)\)\s*$")
        .expect("the pattern is fixed and valid")
});

/// The entries of a SUMMARY.md, drafts included.
pub(crate) fn entries(text: &str) -> Vec<Entry> {
    let lines = text.lines().enumerate();
    let found = lines.filter_map(|(index, line)| Some((index, ENTRY.captures(line)?)));
    let entry = |(index, c): (usize, regex::Captures<'_>)| Entry {
        title: c["title"].to_string(),
        path: c["path"].trim_start_matches("./").to_string(),
        line: index + 1,
    };
    found.map(entry).collect()
}

/// Reads SUMMARY.md: its pages without the drafts.
///
/// # Errors
/// When it cannot be read, or a line is neither a heading, a rule, a comment nor an entry.
pub(crate) fn load(root: &Path) -> Result<Vec<Page>, Error> {
    let text = read(&root.join(SUMMARY))?;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        let known = line.is_empty()
            || line.starts_with('#')
            || line.starts_with("---")
            || line.starts_with("<!--")
            || ENTRY.is_match(line);
        if !known {
            let message = format!("expected `- [Title](path.md)`, got `{line}`");
            return Err(Error::Content(Complaint::new(SUMMARY, index + 1, message)));
        }
    }
    let pages = entries(&text).into_iter().filter(|e| !e.path.is_empty());
    let page = |Entry { title, path, line }| Page { title, path, line };
    Ok(pages.map(page).collect())
}

/// Every `.md` file under `book/src`, as paths inside it, SUMMARY.md left out, sorted.
pub fn markdown_files(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root.join(SRC), "", &mut found);
    found.sort();
    found
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{path}/"), found);
        } else if name.ends_with(".md") && path != "SUMMARY.md" {
            found.push(path);
        }
    }
}

/// SUMMARY.md against the files: each entry's file is there, each file is listed, none twice.
pub(crate) fn check(root: &Path, pages: &[Page]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        if !root.join(page.source()).is_file() {
            let message = format!("no page {}", page.source().display());
            complaints.push(Complaint::new(SUMMARY, page.line, message));
        }
        if pages[..index].iter().any(|other| other.path == page.path) {
            let message = format!("{} stands twice", page.path);
            complaints.push(Complaint::new(SUMMARY, page.line, message));
        }
    }
    for path in markdown_files(root) {
        if !pages.iter().any(|page| page.path == path) {
            let message = "not listed in SUMMARY.md, so no reader and no test would see it";
            complaints.push(Complaint::new(Path::new(SRC).join(&path), 0, message));
        }
    }
    complaints
}
