//! Renders the book: our directives and formulas, then mdBook, then the last pass.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use pages::{Complaint, Target};

use crate::assets;
use crate::finish::{Finish, Lifted};
use crate::maths::Formulas;

/// What differs between the served book and a published one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Served here: reloads by itself, shows the figures of one's own runs.
    Served,
    /// For any static server, from any sub-path.
    Published,
}

/// Renders the book of `root` into `out`, which is created or emptied.
/// Returns a digest of all pages: the same digest, the same pages.
///
/// # Errors
/// Everything that is wrong with the pages, one line each with page and line; or
/// what could not be read or written.
pub fn render(root: &Path, out: &Path, kind: Kind) -> Result<u64> {
    let source = pages::Book::load(root)?;
    let mut book = load(root, out)?;
    let lifted = expand(&source, &mut book, kind)?;
    book.build().context("mdBook could not render the book")?;
    let version = assets::write(root, out)?;
    let finish = Finish {
        book: &book.book,
        lifted: &lifted,
        version: &version,
        live: kind == Kind::Served,
    };
    finish.site(out)
}

/// Renders the book into a new folder and puts it in `out`'s place when it is
/// whole: an error leaves what was there.
///
/// # Errors
/// As [`render`]; and when `out` holds something that is not a rendered book.
pub fn publish(root: &Path, out: &Path) -> Result<()> {
    // What is wrong with the folder, in the words that the reader gave it.
    let unfit = |why: &str| {
        anyhow!(
            "{} {why}; choose another folder with --out DIR",
            out.display()
        )
    };
    let unwritable = |fault: io::Error| unfit(&format!("cannot be written ({})", fault.kind()));
    if let Some(why) = in_the_way(out) {
        return Err(unfit(why));
    }
    let target = std::path::absolute(out)?;
    // Folders that are missing above it are made when the site is whole, so that an
    // error leaves none; the nearest one that exists lies on the same disk.
    let above = target.ancestors().skip(1).find(|folder| folder.exists());
    let stage = tempfile::Builder::new()
        .prefix(".course-site-")
        .tempdir_in(above.ok_or_else(|| unfit("is the root of the disk"))?)
        .map_err(unwritable)?;
    let (site, old) = (stage.path().join("site"), stage.path().join("old"));
    render(root, &site, Kind::Published)?;
    fs::create_dir_all(target.parent().unwrap_or(&target)).map_err(unwritable)?;
    if target.exists() {
        fs::rename(&target, &old).map_err(unwritable)?;
    }
    fs::rename(&site, &target).map_err(|fault| {
        // The stage goes, and what was there would go with it.
        let _ = fs::rename(&old, &target);
        unwritable(fault)
    })
}

/// Why what lies at `out` must not be replaced, if so: an empty folder and a book
/// rendered before may be.
fn in_the_way(out: &Path) -> Option<&'static str> {
    if !out.exists() {
        return None;
    }
    let Ok(mut entries) = fs::read_dir(out) else {
        return Some(if out.is_dir() {
            "cannot be read"
        } else {
            "is a file"
        });
    };
    let is_ours = entries.next().is_none() || out.join("theme/book.css").is_file();
    (!is_ours).then_some("is not empty and holds no rendered book")
}

/// mdBook with our settings. Its environment variables are not read: the same
/// sources give the same site everywhere.
fn load(root: &Path, out: &Path) -> Result<MDBook> {
    let folder = root.join("book");
    let mut config = Config::from_disk(folder.join("book.toml"))?;
    config.build.build_dir = out.to_path_buf();
    MDBook::load_with_config(folder, config)
}

/// Replaces every page's text by what mdBook is to render.
fn expand(source: &pages::Book, book: &mut MDBook, kind: Kind) -> Result<Lifted> {
    let target = Target::Site {
        yours: kind == Kind::Served,
    };
    let mut lifted = Lifted {
        formulas: Formulas::new(),
        svgs: BTreeMap::new(),
    };
    let mut complaints = Vec::new();
    book.book.for_each_chapter_mut(|chapter| {
        let Some(path) = chapter.path.as_deref().map(page_path) else {
            return;
        };
        let Some(page) = source.page(&path) else {
            complaints.push(Complaint::new(
                "book/src/SUMMARY.md",
                0,
                format!("unknown page {path}"),
            ));
            return;
        };
        match expand_page(source, page, &chapter.content, target, &mut lifted) {
            Ok(markdown) => chapter.content = markdown,
            Err(found) => complaints.extend(found),
        }
    });
    if complaints.is_empty() {
        return Ok(lifted);
    }
    let faults = pages::report(&complaints);
    match complaints.len() {
        1 => bail!("{faults}"),
        count => bail!("{count} faults in the pages:\n{faults}"),
    }
}

fn expand_page(
    source: &pages::Book,
    page: &pages::Page,
    text: &str,
    target: Target,
    lifted: &mut Lifted,
) -> Result<String, Vec<Complaint>> {
    let expanded = source.expand(page, text, target)?;
    // The box scrolls when the page is narrower than a wide figure.
    let boxed = |(key, svg)| (key, format!("<div class=\"drawing\">{svg}</div>"));
    lifted.svgs.extend(expanded.svgs.into_iter().map(boxed));
    lifted.formulas.lift(&expanded.markdown).map_err(|errors| {
        let complaint = |error: crate::maths::FormulaError| {
            let line = expanded.lines.get(error.line - 1).copied().unwrap_or(0);
            Complaint::new(page.source(), line, error.message)
        };
        errors.into_iter().map(complaint).collect()
    })
}

fn page_path(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
