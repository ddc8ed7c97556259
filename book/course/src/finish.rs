//! The last pass over mdBook's HTML: figures, formulas, colours, contents.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mdbook_driver::book::Book;

use crate::maths::Formulas;
use crate::{contents, highlight};

/// What the pages left out until mdBook was done with them.
pub struct Lifted {
    /// The formulas, by their number.
    pub formulas: Formulas,
    /// The figures, by their key.
    pub svgs: BTreeMap<String, String>,
}

/// How the pages are finished.
pub struct Finish<'a> {
    /// The book, for its contents.
    pub book: &'a Book,
    /// What goes back into the pages.
    pub lifted: &'a Lifted,
    /// Digest of the theme's files.
    pub version: &'a str,
    /// Adds the script that reloads the page when the server has rendered anew.
    pub live: bool,
}

impl Finish<'_> {
    /// Finishes every page under `out`; returns a digest of them all.
    ///
    /// # Errors
    /// When a file cannot be read or written, or a formula or figure stands
    /// where it cannot be put back (in an attribute).
    pub fn site(&self, out: &Path) -> Result<u64> {
        let mut pages = Vec::new();
        collect(out, &mut pages)?;
        pages.sort();
        let mut hasher = DefaultHasher::new();
        self.version.hash(&mut hasher);
        for path in &pages {
            let inside = path.strip_prefix(out).unwrap_or(path);
            let name = inside.to_string_lossy().replace('\\', "/");
            let html = fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            let html = self.page(&name, &html)?;
            html.hash(&mut hasher);
            fs::write(path, html).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(hasher.finish())
    }

    /// One page, `name` being its address in the site.
    fn page(&self, name: &str, html: &str) -> Result<String> {
        let html = pages::fill_svgs(html, &self.lifted.svgs);
        let html = self.lifted.formulas.fill(&html);
        if let Some(at) = html
            .find("data-formula=")
            .or_else(|| html.find("data-svg="))
        {
            let near: String = html[at..].chars().take(60).collect();
            bail!("{name}: a formula or figure stands where none can (in an attribute?): {near}");
        }
        let html = highlight::page(&html);
        let contents = contents::list(self.book, name, &html);
        let live = if self.live {
            "<script src=\"/.course/live.js\" defer></script>"
        } else {
            ""
        };
        Ok(html
            .replace("<!--contents-->", &contents)
            .replace("<!--live-->", live)
            .replace("@VERSION@", self.version))
    }
}

fn collect(folder: &Path, pages: &mut Vec<PathBuf>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, pages)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "html")
        {
            pages.push(path);
        }
    }
    Ok(())
}
