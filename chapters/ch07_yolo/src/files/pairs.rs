//! Which label file belongs to which picture, and which picture to which part.

use std::collections::{BTreeMap, BTreeSet};

use super::listing::Listing;
use super::{names, yolo};
use crate::set::Example;

/// Folders of pictures, and of their labels.
const FOLDERS: [[&str; 2]; 3] = [
    ["JPEGImages", "Annotations"],
    ["images", "labels"],
    ["images", "annotations"],
];

/// Parts that folders and lists are named after.
const PARTS: [&str; 4] = ["train", "val", "trainval", "test"];

/// The label files of a picture: beside it, or in the folder that goes with its own;
/// XML before text.
pub(super) fn label_files(listing: &Listing, picture: &str) -> Vec<String> {
    let stem = stem(picture);
    let mut stems = vec![stem.to_owned()];
    for [pictures, labels] in FOLDERS {
        let mut folders: Vec<&str> = stem.split('/').collect();
        let place = folders.iter().rposition(|&folder| folder == pictures);
        if let Some(place) = place.filter(|&place| place + 1 < folders.len()) {
            folders[place] = labels;
            stems.push(folders.join("/"));
        }
    }
    let files = ["xml", "txt"]
        .iter()
        .flat_map(|kind| stems.iter().map(move |stem| format!("{stem}.{kind}")));
    files
        .filter(|file| listing.has(file) && !names::is_list(file))
        .collect()
}

/// Label files without a picture: those that no picture uses, and that read like one.
pub(super) fn orphans<'a>(
    listing: &'a Listing,
    used: &BTreeSet<String>,
) -> impl Iterator<Item = &'a str> {
    listing.paths().filter(|path| {
        let text = path.ends_with(".txt") && !names::is_list(path);
        if used.contains(*path) || !(text || path.ends_with(".xml")) {
            return false;
        }
        let content = listing.text(path).unwrap_or_default();
        match text {
            true => yolo::looks_like_one(&content),
            false => content.contains("<annotation"),
        }
    })
}

/// The parts that a folder names, by lists in `ImageSets` or by folders called `train`
/// and so on, with the places of their examples.
pub(super) fn parts(
    listing: &Listing,
    examples: &[Example],
) -> BTreeMap<String, BTreeSet<usize>> {
    let mut parts: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for path in listing.paths().filter(|path| path.contains("ImageSets/")) {
        let Some(part) = PARTS.into_iter().find(|&part| last(stem(path)) == part)
        else {
            continue;
        };
        let text = listing.text(path).unwrap_or_default();
        let listed: BTreeSet<&str> = text.split_whitespace().collect();
        let within = |(n, example): (usize, &Example)| {
            listed.contains(last(stem(&example.name))).then_some(n)
        };
        let within = examples.iter().enumerate().filter_map(within);
        parts.entry(part.to_owned()).or_default().extend(within);
    }
    for (n, example) in examples.iter().enumerate() {
        let mut folders = example.name.split('/').rev().skip(1);
        let part = folders.find_map(|folder| match folder {
            "valid" | "validation" => Some("val"),
            folder => PARTS.into_iter().find(|&part| part == folder),
        });
        if let Some(part) = part {
            parts.entry(part.to_owned()).or_default().insert(n);
        }
    }
    parts
}

/// A path without its ending.
fn stem(path: &str) -> &str {
    let (folder, name) = path.split_at(path.len() - last(path).len());
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    &path[..folder.len() + name.len()]
}

/// What stands behind the last `/`.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
