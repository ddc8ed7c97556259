//! Renders the book: our directives and formulas, then mdBook, then the last pass.

use std::collections::BTreeMap;
use std::fs;
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
    let out = std::path::absolute(out)?;
    if out.exists() && !is_ours(&out)? {
        bail!(
            "{} is not empty and holds no rendered book; choose another --out or empty it",
            out.display()
        );
    }
    let parent = out
        .parent()
        .ok_or_else(|| anyhow!("--out cannot be the root folder"))?;
    fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    let stage = tempfile::Builder::new()
        .prefix(".course-site-")
        .tempdir_in(parent)
        .with_context(|| format!("cannot write into {}", parent.display()))?;
    let site = stage.path().join("site");
    render(root, &site, Kind::Published)?;
    if out.exists() {
        fs::rename(&out, stage.path().join("old"))
            .with_context(|| format!("cannot replace {}", out.display()))?;
    }
    fs::rename(&site, &out).with_context(|| format!("cannot write {}", out.display()))
}

/// Whether a folder may be replaced: empty, or a book rendered before.
fn is_ours(out: &Path) -> Result<bool> {
    let mut entries =
        fs::read_dir(out).with_context(|| format!("cannot read {}", out.display()))?;
    Ok(entries.next().is_none() || out.join("theme/book.css").is_file())
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
