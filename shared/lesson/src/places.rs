//! The files of a run: `out/`, and the book with `--record`.
//!
//! Both are tried before any work is done, so that a run of ten minutes does
//! not end at a folder that cannot be written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, ensure};

use crate::files::reason;
use crate::flags::Plan;
use crate::record::New;
use crate::run::Part;
use crate::{Lesson, Mode, Output, Recorded, Results, digest, files, paths};

/// Where a run writes, and what stands there before it.
#[derive(Debug)]
pub(crate) struct Places {
    out: Place,
    /// The lesson's folder of pages; with `--record` alone it is written.
    book: Place,
    /// What was said when the book was recorded.
    output: Output,
    /// Digest of the lesson's sources, where it is recorded.
    digest: Option<String>,
}

/// A folder with a results file.
#[derive(Debug)]
struct Place {
    folder: PathBuf,
    results: Results,
}

impl Places {
    /// Tries the folders and reads what is recorded in them.
    ///
    /// # Errors
    /// What cannot be written or read, and what to do.
    pub(crate) fn prepare(root: &Path, lesson: &Lesson, plan: &Plan) -> anyhow::Result<Places> {
        let book = paths::pages(root, lesson.name);
        if plan.record {
            prepare_book(root, &book, plan.mode)?;
        }
        let out = plan.out.clone();
        let out = out.unwrap_or_else(|| root.join("out").join(lesson.name));
        try_folders(
            &[&out, &out.join("figures")],
            "give another folder with --out DIR",
        )?;
        let keep = plan.record && plan.mode != Mode::Quick;
        let sources = root.join("chapters").join(lesson.name);
        let digest = keep.then(|| digest(&sources)).transpose();
        Ok(Places {
            out: Place::read(out, true)?,
            output: read_output(&book.join("output.txt"), plan)?,
            book: Place::read(book, plan.record)?,
            digest: digest.context("taking the digest of the lesson's sources")?,
        })
    }

    /// The folder of the run's own files.
    pub(crate) fn out(&self) -> &Path {
        &self.out.folder
    }

    /// What the book has recorded in this mode.
    pub(crate) fn recorded(&self, mode: Mode) -> Option<&Recorded> {
        self.book.results.get(mode)
    }

    /// Writes all files of a run, or none; gives their paths.
    ///
    /// # Errors
    /// The file that could not be written.
    pub(crate) fn write(
        &self,
        lesson: &Lesson,
        plan: &Plan,
        parts: &[Part],
    ) -> anyhow::Result<Vec<PathBuf>> {
        let new = New {
            lesson,
            seed: plan.seed,
            digest: self.digest.as_deref(),
            parts,
        };
        let mut files = vec![self.out.results_file(plan.mode, &new)];
        if plan.record {
            files.push(self.book.results_file(plan.mode, &new));
        }
        if plan.record && plan.mode == Mode::Default {
            // As in the results: what another seed said does not stand beside.
            let same_seed = self.recorded(plan.mode).map(|r| r.seed) == Some(plan.seed);
            let before = if same_seed {
                &self.output
            } else {
                &Output::default()
            };
            let output = new.merge_output(before);
            let file = self.book.folder.join("output.txt");
            files.push((file, output.text().into_bytes()));
        }
        files.extend(self.out.figure_files(plan.mode, parts));
        if plan.record && plan.mode != Mode::Quick {
            files.extend(self.book.figure_files(plan.mode, parts));
        }
        files::write_all(&files).map_err(|(file, error)| {
            let (file, reason) = (paths::shown(&file), reason(&error));
            anyhow!("cannot write {file}: {reason}; nothing was written")
        })?;
        Ok(files.into_iter().map(|(file, _)| file).collect())
    }
}

impl Place {
    /// Reads the results in a folder. Where they will be written again a fault
    /// in them has to be mended first; otherwise they only stand beside.
    fn read(folder: PathBuf, written: bool) -> anyhow::Result<Place> {
        let results = Results::load_or_empty(&folder.join("results.toml"));
        let results = match written {
            true => results.context("mend or delete this file, then run again")?,
            false => results.unwrap_or_default(),
        };
        Ok(Place { folder, results })
    }

    /// The results file with what is new merged into the table of `mode`.
    fn results_file(&self, mode: Mode, new: &New) -> (PathBuf, Vec<u8>) {
        let mut results = self.results.clone();
        results.set(mode, new.merge(self.results.get(mode)));
        let file = self.folder.join("results.toml");
        (file, results.to_toml().into_bytes())
    }

    /// The files of the figures drawn.
    fn figure_files(&self, mode: Mode, parts: &[Part]) -> Vec<(PathBuf, Vec<u8>)> {
        let folder = self.folder.join("figures");
        let figures = parts.iter().flat_map(|part| &part.figures);
        figures
            .map(|(name, svg)| {
                (
                    folder.join(mode.figure_file(name)),
                    svg.clone().into_bytes(),
                )
            })
            .collect()
    }
}

/// Tries the book's folders.
fn prepare_book(root: &Path, book: &Path, mode: Mode) -> anyhow::Result<()> {
    let src = root.join("book/src");
    ensure!(
        src.is_dir(),
        "there is no book at {}: --record works in the course's own folder",
        src.display()
    );
    let figures = book.join("figures");
    let folders: &[&Path] = match mode {
        Mode::Quick => &[book],
        _ => &[book, &figures],
    };
    try_folders(
        folders,
        "--record writes the book: make it writable or leave --record out",
    )
}

/// Tries to write in these folders.
fn try_folders(folders: &[&Path], remedy: &str) -> anyhow::Result<()> {
    for folder in folders {
        files::try_folder(folder).map_err(|error| {
            anyhow!(
                "cannot write in {} ({}): {remedy}",
                paths::shown(folder),
                reason(&error)
            )
        })?;
    }
    Ok(())
}

/// What the book's `output.txt` holds, if this run will be merged into it.
fn read_output(file: &Path, plan: &Plan) -> anyhow::Result<Output> {
    if !plan.record {
        return Ok(Output::default());
    }
    match fs::read_to_string(file) {
        Ok(text) => Ok(Output::parse(&text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Output::default()),
        Err(error) => Err(anyhow!(
            "cannot read {}: {}",
            paths::shown(file),
            reason(&error)
        )),
    }
}
