//! Numbers in prose.

use crate::whole;
use pages::{Complaint, decimals};
use std::path::Path;

/// Every decimal and percentage in prose is a recorded number or a quoted one.
pub fn bare_numbers(root: &Path) -> Vec<Complaint> {
    match whole::read(root) {
        Ok(whole) => {
            let pages = whole.pages.iter();
            pages
                .flat_map(|read| decimals(&read.page, &read.text))
                .collect()
        }
        Err(wrong) => wrong,
    }
}
