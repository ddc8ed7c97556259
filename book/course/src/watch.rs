//! Watches what the book is made of and has it rendered anew.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::event::CreateKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::print;
use crate::serve::Site;

/// Editors write a file in several steps; this long after the last one it is done.
const SETTLE: Duration = Duration::from_millis(120);

/// Folders watched with all that is in them. `out` holds the figures of one's
/// own runs; it is made here if no lesson has run yet, since only what exists
/// can be watched.
const FOLDERS: &[&str] = &[
    "book/src",
    "book/theme",
    "chapters",
    "shared",
    "tests/peers",
    "out",
];

/// Starts watching; ends when the returned watcher is dropped.
///
/// # Errors
/// When the system does not let us watch.
pub fn start(root: &Path, site: Arc<Site>) -> Result<RecommendedWatcher> {
    let (sender, changes) = channel();
    let inside = root.to_path_buf();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if let Ok(event) = event
            && concerns_the_book(&inside, &event)
        {
            // The receiver lives as long as its thread, which ends only with the process.
            let _ = sender.send(());
        }
    })
    .context("cannot watch the book's files")?;
    // Without it only one's own figures would not be seen.
    let _ = std::fs::create_dir(root.join("out"));
    // The root for course.toml, book/ for book.toml.
    for folder in [root.to_path_buf(), root.join("book")] {
        watcher
            .watch(&folder, RecursiveMode::NonRecursive)
            .with_context(|| format!("cannot watch {}", folder.display()))?;
    }
    watch_folders(&mut watcher, root);
    std::thread::spawn(move || renew_on(&changes, &site));
    Ok(watcher)
}

fn watch_folders(watcher: &mut RecommendedWatcher, root: &Path) {
    for folder in FOLDERS.iter().map(|folder| root.join(folder)) {
        if folder.is_dir() {
            // Too many watches, or gone meanwhile: the book is served all the same.
            let _ = watcher.watch(&folder, RecursiveMode::Recursive);
        }
    }
}

/// Renders after each burst of changes, until the watcher is gone.
fn renew_on(changes: &Receiver<()>, site: &Site) {
    while changes.recv().is_ok() {
        while changes.recv_timeout(SETTLE).is_ok() {}
        match site.renew() {
            Ok(true) => {
                // Where nothing can be printed the watching goes on all the same.
                let _ = print::lines("rendered anew");
            }
            Ok(false) => {}
            Err(error) => {
                print::complain(&format!("{error:#}\n(the last good version stays up)"));
            }
        }
    }
}

/// Whether a change can alter a page.
///
/// A new folder can: what is written into it before the system watches it, too, is
/// reported by nothing else.
fn concerns_the_book(root: &Path, event: &Event) -> bool {
    let new_folder = event.kind == EventKind::Create(CreateKind::Folder);
    !matches!(event.kind, EventKind::Access(_))
        && event.paths.iter().any(|path| {
            let inside: PathBuf = path.strip_prefix(root).unwrap_or(path).to_path_buf();
            let inside = inside.to_string_lossy().replace('\\', "/");
            is_source(&inside) || (new_folder && is_watched(&inside))
        })
}

/// Whether `path`, from the root, lies in a folder that is watched with all that is in it.
fn is_watched(path: &str) -> bool {
    !hidden_or_backup(path)
        && FOLDERS
            .iter()
            .any(|folder| Path::new(path).starts_with(folder))
}

fn hidden_or_backup(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.')) || path.ends_with('~')
}

/// `path` from the root, with forward slashes.
fn is_source(path: &str) -> bool {
    if hidden_or_backup(path) {
        return false;
    }
    match path.split('/').next() {
        Some("out") => path.contains("/figures"),
        Some("chapters" | "shared") => [".rs", ".toml", ".css"]
            .iter()
            .any(|end| path.ends_with(end)),
        Some("book") => {
            path == "book/book.toml"
                || path.starts_with("book/src")
                || path.starts_with("book/theme")
        }
        Some("tests") => path.starts_with("tests/peers"),
        _ => path == "course.toml",
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use notify::event::{CreateKind, ModifyKind};
    use notify::{Event, EventKind};

    use super::{concerns_the_book, is_source};

    #[test]
    fn what_a_page_is_made_of() {
        for path in [
            "course.toml",
            "book/book.toml",
            "book/src/ch01/01_logic.md",
            "book/theme/css/text.css",
            "chapters/ch01/src/loss.rs",
            "out/ch01/figures/boundary.svg",
            "tests/peers/results.toml",
        ] {
            assert!(is_source(path), "{path}");
        }
    }

    #[test]
    fn what_it_is_not_made_of() {
        for path in [
            "book/course/src/main.rs",
            "book/src/.index.md.swp",
            "book/src/index.md~",
            "out/ch01/output.txt",
            "target/debug/course",
            "Cargo.lock",
        ] {
            assert!(!is_source(path), "{path}");
        }
    }

    /// A figure may be written before its new folder is watched: then the folder is all
    /// that is reported.
    #[test]
    fn a_new_folder_of_figures_counts() {
        let concerns = |kind, path: &str| {
            concerns_the_book(
                Path::new("/book"),
                &Event::new(kind).add_path(Path::new("/book").join(path)),
            )
        };
        let made = EventKind::Create(CreateKind::Folder);
        assert!(concerns(made, "out/ch01"));
        assert!(concerns(made, "book/src/ch02"));
        assert!(!concerns(made, "target"));
        assert!(!concerns(made, "out/.cache"));
        assert!(!concerns(EventKind::Modify(ModifyKind::Any), "out/ch01"));
    }
}
