//! The whole book, read and expanded once.

use pages::{Book, Complaint, Expanded, Page, Target};
use std::path::Path;

/// A page with its text and what became of it.
#[derive(Debug)]
pub struct Read {
    /// Where it is.
    pub page: Page,
    /// Its source.
    pub text: String,
    /// Its expansion, faulty directives left out.
    pub expanded: Expanded,
}

/// A book with all its pages.
#[derive(Debug)]
pub struct Whole {
    /// The book.
    pub book: Book,
    /// Its pages in order; those that cannot be read are left out.
    pub pages: Vec<Read>,
    /// What is wrong with the manifest and with the pages.
    pub complaints: Vec<Complaint>,
}

/// Reads and expands the book under `root`.
///
/// # Errors
/// One complaint when there is no book to read.
pub fn read(root: &Path) -> Result<Whole, Vec<Complaint>> {
    let book = Book::load(root).map_err(|error| match error {
        pages::Error::Content(complaint) => vec![complaint],
        error => vec![Complaint::new("course.toml", 0, error.to_string())],
    })?;
    let mut complaints = book.complaints().to_vec();
    let mut pages = Vec::new();
    for page in book.pages() {
        let Ok(text) = book.read(page) else {
            continue;
        };
        let (expanded, wrong) = book.expand_anyway(page, &text, Target::Tests);
        complaints.extend(wrong);
        pages.push(Read {
            page: page.clone(),
            text,
            expanded,
        });
    }
    Ok(Whole {
        book,
        pages,
        complaints,
    })
}

/// Every page is listed and expands without a complaint.
pub fn check(root: &Path) -> Vec<Complaint> {
    read(root).map_or_else(|wrong| wrong, |whole| whole.complaints)
}
