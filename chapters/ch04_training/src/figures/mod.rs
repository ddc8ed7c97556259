//! What the run draws, a file a section.

pub(crate) mod adaptive;
pub(crate) mod batches;
pub(crate) mod cost;
pub(crate) mod cures;
pub(crate) mod errors;
pub(crate) mod grid;
pub(crate) mod init;
pub(crate) mod measures;
pub(crate) mod norm;
pub(crate) mod plain;
pub(crate) mod project;
pub(crate) mod rates;
pub(crate) mod ravine;
pub(crate) mod search;
pub(crate) mod variance;
pub(crate) mod views;

use plots::{Error, Figure, Panel, Panels, Size};

/// Three panels beside each other, on the same axes, so that they can be compared.
fn three_alike<'a>(
    panels: impl IntoIterator<Item = Panel<'a>>,
) -> Result<Figure, Error> {
    Panels::new(panels)
        .columns(3)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}
