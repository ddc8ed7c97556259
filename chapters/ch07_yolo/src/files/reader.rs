//! Reads one picture after the other, and keeps account of what is wrong.

use std::collections::BTreeSet;

use anyhow::{bail, ensure};

use super::fit::fitted;
use super::folder::Folder;
use super::label::{Label, checked};
use super::listing::Listing;
use super::names::{self, MAX_CLASSES};
use super::pairs::{label_files, parts};
use super::report::{Problem, Report, plain};
use super::{voc, yolo};
use crate::boxes::{BBox, Object};
use crate::set::{Example, Set};

/// The largest picture file, 64 MiB, and the most memory for all pictures once they are
/// scaled, 2 GiB. Chosen by us.
const MAX_FILE: u64 = 64 << 20;
const MAX_SET: usize = 2 << 30;

/// Labels, each with the place to name if something is wrong with it.
type Placed = Vec<(String, Result<Label, Problem>)>;

/// A folder that is being read.
pub(super) struct Reader<'a> {
    listing: &'a Listing,
    size: [usize; 2],
    /// The folder's list of classes, if it has one.
    list: Option<Vec<String>>,
    /// The names of the classes met so far.
    classes: Vec<String>,
    examples: Vec<Example>,
    /// Label files that belong to a picture, and those of each format that were read.
    pub(super) used: BTreeSet<String>,
    read: [Vec<String>; 2],
    pub(super) report: Report,
}

impl<'a> Reader<'a> {
    pub(super) fn new(listing: &'a Listing, size: [usize; 2]) -> Reader<'a> {
        let path = listing.paths().find(|path| names::is_list(path));
        let list = path.and_then(|path| Some(names::read(path, &listing.text(path)?)));
        let list = list.filter(|names| !names.is_empty());
        let list = list.map(|names| names.iter().map(|name| plain(name)).collect());
        Reader {
            listing,
            size,
            classes: list.clone().unwrap_or_default(),
            list,
            examples: Vec::new(),
            used: BTreeSet::new(),
            read: [Vec::new(), Vec::new()],
            report: Report::default(),
        }
    }

    /// Reads a picture and its labels, and notes what is wrong.
    pub(super) fn picture(&mut self, path: &str) -> anyhow::Result<()> {
        let found = label_files(self.listing, path);
        self.used.extend(found.iter().cloned());
        if found.len() > 1 {
            self.report.note(Problem::TwoLabels, path);
        }
        let Some(example) = self.example(path, found.first()) else {
            return Ok(());
        };
        let bytes = 3 * self.size[0] * self.size[1] * (self.examples.len() + 1);
        let name = &self.listing.name;
        ensure!(
            bytes <= MAX_SET,
            "{name}: pictures of more than 2 GiB; give fewer"
        );
        self.examples.push(fitted(&example, self.size));
        Ok(())
    }

    /// A picture with the labels that can be used, or a note that says why not.
    fn example(&mut self, path: &str, file: Option<&String>) -> Option<Example> {
        let Some(file) = file else {
            self.report.note(Problem::NoLabels, path);
            return None;
        };
        let bytes = self.listing.bytes(path, MAX_FILE);
        let decoded = bytes.and_then(|bytes| pictures::decode(&bytes, path).ok());
        let Some(picture) = decoded else {
            self.report.note(Problem::BadPicture, path);
            return None;
        };
        let (h, w, _) = picture.dim();
        match self.labels(file, [w, h]) {
            Ok(labels) => {
                self.read[usize::from(file.ends_with(".txt"))].push(file.clone());
                Some(Example {
                    name: path.to_owned(),
                    picture,
                    objects: self.objects(labels, [w, h]),
                })
            }
            Err(problem) => {
                self.report.note(problem, file);
                None
            }
        }
    }

    /// The labels of a file.
    fn labels(&self, file: &str, size: [usize; 2]) -> Result<Placed, Problem> {
        let text = self.listing.text(file).ok_or(Problem::BadLabels)?;
        if file.ends_with(".txt") {
            let lines = yolo::read(&text, size).into_iter();
            return Ok(lines
                .map(|(n, label)| (format!("{file} line {n}"), label))
                .collect());
        }
        let annotation = voc::read(&text)?;
        if annotation.size.is_some_and(|stated| stated != size) {
            return Err(Problem::OtherSize);
        }
        let boxes = annotation.labels.into_iter().enumerate();
        Ok(boxes
            .map(|(n, label)| (format!("{file} box {}", n + 1), label))
            .collect())
    }

    /// The labels that can be used.
    fn objects(&mut self, labels: Placed, size: [usize; 2]) -> Vec<Object> {
        let mut seen = BTreeSet::new();
        let mut objects = Vec::new();
        for (place, label) in labels {
            match label.and_then(|label| self.object(&label, size)) {
                Err(problem) => self.report.note(problem, &place),
                Ok((object, _)) if !seen.insert(key(&object)) => {
                    self.report.note(Problem::Twice, &place);
                }
                Ok((object, cut)) => {
                    if cut {
                        self.report.note(Problem::OverTheEdge, &place);
                    }
                    objects.push(object);
                }
            }
        }
        objects
    }

    /// One label as an object, and whether some of it was cut off.
    fn object(
        &mut self,
        label: &Label,
        size: [usize; 2],
    ) -> Result<(Object, bool), Problem> {
        let (bbox, cut) = checked(label.bbox, size.map(|side| side as f32))?;
        let class = self.class(&label.class).ok_or(Problem::UnknownClass)?;
        Ok((Object { bbox, class }, cut))
    }

    /// The place of a class in the list of classes; a new one, if the folder has no
    /// list.
    fn class(&mut self, name: &str) -> Option<usize> {
        let name = plain(name);
        let known = self.classes.iter().position(|known| *known == name);
        match (known, &self.list) {
            (Some(class), _) => Some(class),
            (None, Some(list)) => name.parse().ok().filter(|&class| class < list.len()),
            (None, None) if self.classes.len() < MAX_CLASSES => {
                self.classes.push(name);
                Some(self.classes.len() - 1)
            }
            (None, None) => None,
        }
    }

    /// What was read, or that nothing was.
    pub(super) fn folder(mut self) -> anyhow::Result<Folder> {
        let fewer = usize::from(self.read[1].len() < self.read[0].len());
        if !self.read[1 - fewer].is_empty() {
            for file in &self.read[fewer] {
                self.report.note(Problem::Mixed, file);
            }
        }
        if self.list.is_none() {
            self.sort_classes();
        }
        self.count();
        if self.report.boxes() == 0 {
            bail!(nothing_left(self.listing, &self.report));
        }
        Ok(Folder {
            parts: parts(self.listing, &self.examples),
            set: Set {
                name: self.listing.name.clone(),
                classes: self.classes,
                examples: self.examples,
            },
            report: self.report,
        })
    }

    /// Puts the classes in order: numbers by their size, then names by the alphabet.
    fn sort_classes(&mut self) {
        let number = |name: &str| name.parse::<usize>().unwrap_or(usize::MAX);
        let mut order: Vec<usize> = (0..self.classes.len()).collect();
        order
            .sort_by_key(|&class| (number(&self.classes[class]), &self.classes[class]));
        let objects = self
            .examples
            .iter_mut()
            .flat_map(|example| &mut example.objects);
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        objects.for_each(|object| object.class = place[object.class]);
        self.classes = order
            .iter()
            .map(|&class| self.classes[class].clone())
            .collect();
    }

    /// Counts pictures and boxes for the report.
    fn count(&mut self) {
        let mut counts = vec![0; self.classes.len()];
        for object in self.examples.iter().flat_map(|example| &example.objects) {
            counts[object.class] += 1;
        }
        for (class, _) in self
            .classes
            .iter()
            .zip(&counts)
            .filter(|(_, count)| **count == 0)
        {
            self.report.note(Problem::EmptyClass, class);
        }
        self.report.pictures = self.examples.len();
        self.report.classes = self.classes.iter().cloned().zip(counts).collect();
    }
}

/// What makes an object the same as another.
fn key(object: &Object) -> (usize, [u32; 4]) {
    let BBox { x0, y0, x1, y1 } = object.bbox;
    (object.class, [x0, y0, x1, y1].map(f32::to_bits))
}

/// That nothing can be used: what was expected, what was found, what to do.
fn nothing_left(listing: &Listing, report: &Report) -> String {
    let pictures = listing.pictures().count();
    let most = report
        .problems()
        .max_by_key(|&problem| report.count(problem));
    let most = most.map_or(String::new(), |problem| {
        let places = report.places(problem).join(", ");
        format!(
            "; most often {}: {} ({places})",
            problem.words(),
            report.count(problem)
        )
    });
    format!(
        "{}: expected pictures, PNG or JPEG, with label files of the same names, .xml or .txt, \
         beside them or in VOC's or YOLO's folders; found {pictures} pictures and no box that \
         can be used{most}; mend one picture's labels by hand, then look again with --check",
        listing.name
    )
}
