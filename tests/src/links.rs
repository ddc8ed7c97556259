//! Links: to pages and their headings, to files beside them. Addresses elsewhere are not asked.

use crate::whole::{self, Read};
use pages::{Complaint, SRC, ids, links};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Every link of the book that stays inside it leads to a page, an id or a file that is there.
pub fn broken(root: &Path) -> Vec<Complaint> {
    let whole = match whole::read(root) {
        Ok(whole) => whole,
        Err(wrong) => return wrong,
    };
    let places: BTreeMap<&str, BTreeSet<String>> = whole
        .pages
        .iter()
        .map(|read| (read.page.path.as_str(), ids(&read.expanded.markdown)))
        .collect();
    let mut complaints = Vec::new();
    for read in &whole.pages {
        for link in links(&read.expanded.markdown) {
            if let Some(message) = wrong(root, read, &link.address, &places) {
                let line = read.expanded.lines.get(link.line - 1).copied().unwrap_or(0);
                complaints.push(Complaint::new(read.page.source(), line, message));
            }
        }
    }
    complaints
}

/// What is wrong with one address, if anything.
fn wrong(
    root: &Path,
    from: &Read,
    address: &str,
    places: &BTreeMap<&str, BTreeSet<String>>,
) -> Option<String> {
    if address.starts_with("https://") || address.starts_with("mailto:") {
        return None;
    }
    if address.contains("://") && !address.starts_with("http://127.0.0.1") {
        return Some(format!("{address}: a link outwards begins with https://"));
    }
    if address.contains("://") {
        return None;
    }
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let target = match path {
        "" => from.page.path.clone(),
        path => match resolve(&from.page.path, path) {
            Some(target) => target,
            None => return Some(format!("{address} leads out of the book")),
        },
    };
    let Some(ids) = places.get(target.as_str()) else {
        let there = !target.ends_with(".md") && root.join(SRC).join(&target).is_file();
        return (!there).then(|| format!("{address}: no page or file {target}"));
    };
    let known = fragment.is_empty() || ids.contains(fragment);
    (!known).then(|| format!("{address}: no heading or id \"{fragment}\" on {target}"))
}

/// A relative address seen from a page, as a path inside `book/src`.
fn resolve(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "." => {}
            "" => return None,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Every link of README.md and CONTRIBUTING.md that stays inside the repository leads to a file.
pub fn broken_at_the_root(root: &Path) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for name in ["README.md", "CONTRIBUTING.md"] {
        let Ok(text) = std::fs::read_to_string(root.join(name)) else {
            complaints.push(Complaint::new(name, 0, "is missing"));
            continue;
        };
        for link in links(&text) {
            let path = link.address.split('#').next().unwrap_or("");
            if !path.is_empty() && !path.contains("://") && !root.join(path).exists() {
                complaints.push(Complaint::new(
                    name,
                    link.line,
                    format!("{path} is not there"),
                ));
            }
        }
    }
    complaints
}
