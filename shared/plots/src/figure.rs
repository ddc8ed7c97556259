//! A finished figure: the text of an SVG file.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::palette::Role;
use crate::paper::number;
use crate::sheet::Sheet;
use crate::text::TEXT;

/// No figure may be larger: pages inline them.
pub const MAX_BYTES: usize = 200_000;

/// What can go wrong with a figure.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The SVG is over [`MAX_BYTES`].
    #[error(
        "the figure has {bytes} bytes, a page takes at most {MAX_BYTES}: \
         draw fewer points, panels or pictures"
    )]
    TooLarge {
        /// How many bytes it has.
        bytes: usize,
    },
    /// There is nothing to draw.
    #[error("a figure needs at least one {what}")]
    Empty {
        /// Of what there is none.
        what: &'static str,
    },
    /// A picture's or matrix's values do not fill its rows and columns.
    #[error("{what}: expected {expected} values, got {got}")]
    Shape {
        /// Which picture or matrix.
        what: String,
        /// Rows times columns.
        expected: usize,
        /// How many values there are.
        got: usize,
    },
    /// The file cannot be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// How wide a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// 360 units, shown at 450 px, or at the page's width on a phone, where
    /// its text still has 11 px. For nearly everything.
    #[default]
    Column,
    /// 720 units, shown at 720 px; on a phone it scrolls sideways inside its
    /// own box. For what cannot be said in a column.
    Wide,
}

impl Size {
    /// Width in units.
    pub fn units(self) -> f64 {
        match self {
            Size::Column => 360.0,
            Size::Wide => 720.0,
        }
    }

    /// Pixels a unit where there is room.
    fn scale(self) -> f64 {
        match self {
            Size::Column => 1.25,
            Size::Wide => 1.0,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Size::Column => "column",
            Size::Wide => "wide",
        }
    }
}

/// A figure, ready to be inlined into a page or saved as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    svg: String,
}

impl Figure {
    /// Wraps what was drawn into an SVG document.
    pub(crate) fn finish(sheet: Sheet, size: Size) -> Result<Figure, Error> {
        let (width, height) = sheet.size();
        let (shown_width, shown_height) = (width * size.scale(), height * size.scale());
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" data-size=\"{}\" viewBox=\"0 0 {} {}\" \
             width=\"{}\" height=\"{}\" font-family=\"var(--fig-font, 'Helvetica Neue', \
             Helvetica, Arial, 'Liberation Sans', sans-serif)\" font-size=\"{TEXT}\">\n\
             <rect width=\"{}\" height=\"{}\" fill=\"{}\"/>\n{}</svg>\n",
            size.name(),
            number(width),
            number(height),
            number(shown_width),
            number(shown_height),
            number(width),
            number(height),
            Role::Bg.css(),
            sheet.into_body()
        );
        if svg.len() > MAX_BYTES {
            return Err(Error::TooLarge { bytes: svg.len() });
        }
        Ok(Figure { svg })
    }

    /// The SVG document. Its first tag is `<svg …>`, nothing before it, and it
    /// holds no blank line, no `id` and no script, so that it can stand in a
    /// Markdown page, many to a page.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// Writes the figure whole or not at all: into a neighbouring `.part`
    /// file first, which then takes the name.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] with the path when the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let part = path.with_extension("svg.part");
        let write = || {
            let mut file = std::fs::File::create(&part)?;
            file.write_all(self.svg.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&part, path)
        };
        write().map_err(|source| {
            let _ = std::fs::remove_file(&part);
            Error::Write {
                path: path.to_owned(),
                source,
            }
        })
    }
}

impl AsRef<str> for Figure {
    fn as_ref(&self) -> &str {
        &self.svg
    }
}
