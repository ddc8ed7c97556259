//! What the book refers to and what there is to refer to: nothing missing, nothing forgotten.
//!
//! That what a page names exists is found when the page is expanded; here is the other way
//! round: an anchor, a figure or an exercise that no page shows.

use crate::whole;
use pages::{Complaint, SRC, anchors, targets};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Every anchor in the workspace's sources is shown by a page, and its markers pair.
pub fn unused_anchors(root: &Path) -> Vec<Complaint> {
    let whole = match whole::read(root) {
        Ok(whole) => whole,
        Err(wrong) => return wrong,
    };
    let used: BTreeSet<(PathBuf, Option<String>)> = whole
        .pages
        .iter()
        .flat_map(|read| read.expanded.used.anchors.iter().cloned())
        .collect();
    let mut files = targets::files(root);
    files.extend(used.iter().map(|(file, _)| file.clone()));
    let mut complaints = Vec::new();
    for file in files {
        let Ok(text) = std::fs::read_to_string(root.join(&file)) else {
            continue;
        };
        let (found, wrong) = anchors::anchors(&text);
        complaints.extend(
            wrong
                .into_iter()
                .map(|(line, m)| Complaint::new(&file, line, m)),
        );
        for anchor in found {
            if !used.contains(&(file.clone(), Some(anchor.name.clone()))) {
                let message = format!("no page shows the anchor \"{}\"", anchor.name);
                complaints.push(Complaint::new(&file, anchor.line, message));
            }
        }
    }
    complaints
}

/// Every figure that is listed is shown, and every figure file is listed.
pub fn unused_figures(root: &Path) -> Vec<Complaint> {
    let whole = match whole::read(root) {
        Ok(whole) => whole,
        Err(wrong) => return wrong,
    };
    let shown: BTreeSet<(String, String)> = whole
        .pages
        .iter()
        .flat_map(|read| read.expanded.used.figures.iter().cloned())
        .collect();
    let mut complaints = Vec::new();
    for lesson in whole.book.course.lessons.iter().filter(|l| l.is_ready()) {
        let folder = Path::new(SRC).join(&lesson.id).join("figures");
        for name in &lesson.figures {
            if !shown.contains(&(lesson.id.clone(), name.clone())) {
                let message = format!("no page shows the figure \"{name}\" of {}", lesson.id);
                complaints.push(Complaint::new("course.toml", 0, message));
            }
        }
        for name in file_stems(&root.join(&folder)) {
            // `x.full.svg` is figure x as `--full` draws it.
            let plain = name.strip_suffix(".full").unwrap_or(&name);
            if !lesson
                .figures
                .iter()
                .any(|figure| *figure == name || figure == plain)
            {
                let file = folder.join(format!("{name}.svg"));
                let message = "not listed in course.toml, so no page can show it";
                complaints.push(Complaint::new(file, 0, message));
            }
        }
    }
    complaints
}

fn file_stems(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let stem = |name: String| name.strip_suffix(".svg").unwrap_or(&name).to_string();
    names.map(stem).collect()
}

/// Every exercise of a ready lesson stands on exactly one place.
pub fn unposed_exercises(root: &Path) -> Vec<Complaint> {
    let whole = match whole::read(root) {
        Ok(whole) => whole,
        Err(wrong) => return wrong,
    };
    let mut places: BTreeMap<&str, Vec<(PathBuf, usize)>> = BTreeMap::new();
    for read in &whole.pages {
        for (id, line) in &read.expanded.used.exercises {
            places
                .entry(id)
                .or_default()
                .push((read.page.source(), *line));
        }
    }
    let mut complaints = Vec::new();
    for lesson in whole.book.course.lessons.iter().filter(|l| l.is_ready()) {
        for exercise in &lesson.exercises {
            let (id, page) = (exercise.id.as_str(), &exercise.page);
            match places.get(id).map_or(&[][..], Vec::as_slice) {
                [_] => {}
                [] => {
                    let file = Path::new(SRC).join(&lesson.id).join(page);
                    complaints.push(Complaint::new(
                        file,
                        0,
                        format!("exercise {id} is not posed"),
                    ));
                }
                [_, rest @ ..] => complaints.extend(rest.iter().map(|(file, line)| {
                    Complaint::new(file, *line, format!("exercise {id} is posed a second time"))
                })),
            }
        }
    }
    complaints
}
