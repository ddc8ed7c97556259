//! The theme's files: one stylesheet and one script, bundled from small ones; fonts, KaTeX.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;

use anyhow::{Context, Result};

/// The stylesheets in the order in which they apply, later ones over earlier ones.
const STYLES: &[&str] = &[
    "fonts.css",
    "tokens.css",
    "text.css",
    "code.css",
    "layout.css",
    "contents.css",
    "search.css",
    "figures.css",
    "components.css",
    "print.css",
];

/// The scripts that run when a page has loaded, each a function of its own.
const SCRIPTS: &[&str] = &[
    "colours.js",
    "contents.js",
    "search.js",
    "tabs.js",
    "copy.js",
    "scroll.js",
    "keys.js",
    "widgets.js",
];

/// What is copied as it is.
const FOLDERS: &[&str] = &["fonts", "katex"];

/// Files that mdBook writes for its own theme and nothing of ours asks for.
const LEFT_OVER: &[&str] = &[
    "ayu-highlight.css",
    "book.js",
    "clipboard.min.js",
    "css",
    "favicon.png",
    "favicon.svg",
    "fonts",
    "highlight.css",
    "highlight.js",
    "mark.min.js",
    "searcher.js",
    "toc.html",
    "toc.js",
    "tomorrow-night.css",
];

/// Writes the theme of `root` into the site `out` and removes mdBook's own.
/// Returns a digest of what was written, which the pages append to the addresses
/// (`book.css?v=…`), so that no browser mixes an old style with a new page.
///
/// # Errors
/// When a file of the theme is missing or the site cannot be written.
pub fn write(root: &Path, out: &Path) -> Result<String> {
    remove_left_overs(out)?;
    let theme = root.join("book/theme");
    let site = out.join("theme");
    create(&site)?;
    let styles = bundle(root, &theme.join("css"), STYLES)?;
    let scripts = bundle(root, &theme.join("js"), SCRIPTS)?;
    let early = read(&theme.join("js/early.js"))?;
    let mut hasher = DefaultHasher::new();
    read(&out.join("searchindex.js"))?.hash(&mut hasher);
    for (name, text) in [
        ("book.css", &styles),
        ("book.js", &scripts),
        ("early.js", &early),
    ] {
        text.hash(&mut hasher);
        put(&site.join(name), text)?;
    }
    put(
        &site.join("favicon.svg"),
        &read(&theme.join("favicon.svg"))?,
    )?;
    put(&out.join("404.html"), &read(&theme.join("404.html"))?)?;
    for folder in FOLDERS {
        copy_folder(&theme.join(folder), &site.join(folder))?;
    }
    Ok(format!("{:08x}", hasher.finish() as u32))
}

fn remove_left_overs(out: &Path) -> Result<()> {
    for name in LEFT_OVER {
        let path = out.join(name);
        let removed = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else if path.exists() {
            fs::remove_file(&path)
        } else {
            Ok(())
        };
        removed.with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

/// The files one after the other, each under its name. The figures' colours are
/// kept beside the code that draws them.
fn bundle(root: &Path, folder: &Path, names: &[&str]) -> Result<String> {
    let mut all = String::new();
    for name in names {
        all.push_str(&format!("/* {name} */\n"));
        if *name == "figures.css" {
            all.push_str(&read(&root.join("shared/plots/figures.css"))?);
            all.push('\n');
        }
        all.push_str(&read(&folder.join(name))?);
        all.push('\n');
    }
    Ok(all)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    create(to)?;
    let entries = fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))?;
    for entry in entries {
        let path = entry?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else {
            fs::copy(&path, &target).with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}

fn create(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn put(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
