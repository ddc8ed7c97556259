//! What is carried inside pages: figures that are not too heavy, output that is not too wide,
//! code that is run.

use crate::whole;
use pages::{Complaint, Target, records};
use std::collections::BTreeSet;
use std::path::Path;

/// No figure has more bytes: what is embedded in a page is loaded with it, however it is reached.
pub const FIGURE: usize = 200_000;

/// How many Rust blocks are not run. It may only fall; each says why.
pub const NOT_RUN: usize = 0;

/// A page as wide as a laptop's shows so many letters of printed text beside the contents.
pub const COLUMNS: usize = 94;

/// Every line that a run printed fits on its page.
pub fn printed(root: &Path) -> Vec<Complaint> {
    let whole = match whole::read(root) {
        Ok(whole) => whole,
        Err(wrong) => return wrong,
    };
    let mut complaints = Vec::new();
    for lesson in whole.book.course.lessons.iter().filter(|l| l.is_ready()) {
        let file = records::output_file(lesson);
        // Of a lesson that prints nothing there is no file.
        let text = std::fs::read_to_string(root.join(&file)).unwrap_or_default();
        for (line, printed) in text.lines().enumerate() {
            let columns = printed.chars().count();
            if columns > COLUMNS {
                let message = format!("{columns} letters in a line, at most {COLUMNS} fit");
                complaints.push(Complaint::new(&file, line + 1, message));
            }
        }
    }
    complaints
}

/// Every figure is light enough for its page, and no two share the key that makes ids unique.
pub fn figures(root: &Path) -> Vec<Complaint> {
    let whole = match whole::read(root) {
        Ok(whole) => whole,
        Err(wrong) => return wrong,
    };
    let (mut keys, mut complaints) = (BTreeSet::new(), Vec::new());
    for read in &whole.pages {
        let site = Target::Site { yours: false };
        let (expanded, _) = whole.book.expand_anyway(&read.page, &read.text, site);
        let mut complain = |message| {
            complaints.push(Complaint::new(read.page.source(), 0, message));
        };
        for (key, svg) in expanded.svgs {
            let bytes = svg.len();
            if bytes > FIGURE {
                complain(format!("figure {key}: {bytes} bytes, at most {FIGURE}"));
            }
            if !keys.insert(key.clone()) {
                complain(format!("another figure of the book has the key {key}, too"));
            }
        }
    }
    complaints
}

/// The Rust blocks that are not run, when there are more than [`NOT_RUN`].
pub fn blocks_not_run(root: &Path) -> Vec<Complaint> {
    let whole = match whole::read(root) {
        Ok(whole) => whole,
        Err(wrong) => return wrong,
    };
    let blocks = whole.pages.iter().flat_map(|read| &read.expanded.blocks);
    let not_run = blocks.filter_map(|block| {
        let reason = block.reason.as_ref()?;
        let message = format!("not run ({reason}); at most {NOT_RUN} blocks of the book may be");
        Some(Complaint::new(&block.page, block.line, message))
    });
    let complaints: Vec<Complaint> = not_run.collect();
    if complaints.len() > NOT_RUN {
        complaints
    } else {
        Vec::new()
    }
}
