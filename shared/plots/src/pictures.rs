//! A grid of pictures with captions, and the colour bar of their map.

use crate::canvas::Frame;
use crate::figure::{Error, Figure, Size};
use crate::label::{Anchor, Label};
use crate::mark;
use crate::numbers::rough;
use crate::palette::Role;
use crate::pen::Pen;
use crate::picture::{Kind, Picture};
use crate::sheet::{Sheet, Spot};
use crate::text::{LINE, TEXT, wrap};

/// Space between pictures, in units.
const GAP: f64 = 7.0;
const EDGE: f64 = 3.0;

/// Pictures in rows.
///
/// ```
/// use plots::{Picture, Pictures};
/// let digits = [3, 8].map(|label| {
///     Picture::ink(2, &[0.0, 1.0, 0.5, 0.0]).caption(format!("{label}"))
/// });
/// let figure = Pictures::new(digits).columns(5).draw()?;
/// assert!(figure.svg().contains("data:image/png;base64,"));
/// # Ok::<(), plots::Error>(())
/// ```
pub struct Pictures {
    pictures: Vec<Picture>,
    columns: usize,
    size: Size,
    own_scale: bool,
    row_names: Vec<String>,
}

impl Pictures {
    /// These pictures, row by row, five in a row until
    /// [`columns`](Self::columns) says otherwise.
    pub fn new(pictures: impl IntoIterator<Item = Picture>) -> Self {
        Pictures {
            pictures: pictures.into_iter().collect(),
            columns: 5,
            size: Size::Column,
            own_scale: false,
            row_names: Vec::new(),
        }
    }

    /// How many stand in a row.
    pub fn columns(mut self, columns: usize) -> Self {
        self.columns = columns.max(1);
        self
    }

    /// How wide the figure is; a column if not said.
    pub fn size(mut self, size: Size) -> Self {
        self.size = size;
        self
    }

    /// Words to the left of each row.
    pub fn row_names<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.row_names = names.into_iter().map(Into::into).collect();
        self
    }

    /// Signed pictures and heat maps use the whole map each, instead of one
    /// scale for all; there is then no colour bar.
    pub fn each_own_scale(mut self) -> Self {
        self.own_scale = true;
        self
    }

    /// The figure.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] when there are no pictures, [`Error::Shape`] when a
    /// picture's values do not fill its rows, [`Error::TooLarge`] when the SVG passes [`MAX_BYTES`](crate::MAX_BYTES).
    pub fn draw(self) -> Result<Figure, Error> {
        if self.pictures.is_empty() {
            return Err(Error::Empty { what: "picture" });
        }
        self.pictures.iter().try_for_each(Picture::check)?;
        let left = EDGE + self.names_width();
        let across = self.size.units() - left - EDGE - GAP * (self.columns - 1) as f64;
        let width = across / self.columns as f64;
        let tops = self.row_tops(width);
        let bar = self.bar_kind();
        let below = tops[tops.len() - 1] + if bar.is_some() { 2.2 * LINE } else { 0.0 };
        let sheet = Sheet::new(self.size.units(), (below - GAP + EDGE).ceil());
        let limit = self.limit();
        for (i, picture) in self.pictures.iter().enumerate() {
            let x = left + (i % self.columns) as f64 * (width + GAP);
            let spot = (x, tops[i / self.columns]);
            let limit = if self.own_scale {
                picture.limit()
            } else {
                limit
            };
            draw_picture(&sheet, picture, spot, width, limit);
        }
        for (name, top) in self.row_names.iter().zip(&tops) {
            sheet.text((EDGE, top + width / 2.0 + 4.0), &Label::new(name));
        }
        if let Some(kind) = bar {
            draw_bar(&sheet, kind, limit, (left, tops[tops.len() - 1] + 4.0));
        }
        Figure::finish(sheet, self.size)
    }

    fn names_width(&self) -> f64 {
        let widths = self.row_names.iter().map(|n| Label::new(n).width() + GAP);
        widths.fold(0.0, f64::max)
    }

    /// Where each row begins, and last where one more would.
    fn row_tops(&self, width: f64) -> Vec<f64> {
        let mut tops = vec![EDGE];
        for row in self.pictures.chunks(self.columns) {
            let height = |p: &Picture| width * p.height() as f64 / p.width as f64;
            let tallest = row.iter().map(height).fold(0.0, f64::max);
            let lines = row.iter().map(|p| caption(p, width).len()).max();
            let below = LINE * lines.unwrap_or(0) as f64;
            tops.push(tops[tops.len() - 1] + tallest + below + GAP);
        }
        tops
    }

    fn limit(&self) -> f64 {
        self.pictures.iter().map(Picture::limit).fold(0.0, f64::max)
    }

    /// The map that needs a colour bar, if one scale holds for all.
    fn bar_kind(&self) -> Option<Kind> {
        let kind = self.pictures.first()?.kind;
        let mapped = matches!(kind, Kind::Signed | Kind::Heat);
        (mapped && !self.own_scale).then_some(kind)
    }
}

fn draw_picture(sheet: &Sheet, picture: &Picture, (x, y): Spot, width: f64, limit: f64) {
    let height = width * picture.height() as f64 / picture.width as f64;
    sheet.image((x, y), (width, height), &picture.png(limit));
    let (role, line) = if picture.framed {
        (picture.role, 2.0)
    } else {
        (Role::Grid, 1.0)
    };
    let corners = [
        (x, y),
        (x + width, y),
        (x + width, y + height),
        (x, y + height),
        (x, y),
    ];
    sheet.line(&corners, Pen::new(role, line));
    let area = Frame {
        left: x,
        top: y,
        width,
        height,
    };
    let size = (picture.width, picture.height());
    mark::draw(sheet, &picture.marks, size, area);
    for (i, line) in caption(picture, width).iter().enumerate() {
        let label = Label::new(line).role(picture.role).anchor(Anchor::Middle);
        let below = 13.0 + LINE * i as f64;
        sheet.text((x + width / 2.0, y + height + below), &label);
    }
}

/// A caption in lines as wide as its picture.
fn caption(picture: &Picture, width: f64) -> Vec<String> {
    wrap(&picture.caption, TEXT, width + GAP)
}

/// A strip of the map with its ends and, for signed values, zero.
fn draw_bar(sheet: &Sheet, kind: Kind, limit: f64, (x, y): Spot) {
    const LENGTH: f64 = 120.0;
    const HEIGHT: f64 = 10.0;
    let levels: Vec<f64> = (0..64).map(|i| f64::from(i) / 63.0).collect();
    let strip = match kind {
        Kind::Signed => {
            let signed: Vec<f64> = levels.iter().map(|t| 2.0 * t - 1.0).collect();
            Picture::signed(64, &signed)
        }
        _ => Picture::heat(64, &levels),
    };
    let (low, middle) = match kind {
        Kind::Signed => (-limit, Some("0")),
        _ => (0.0, None),
    };
    let low = Label::new(rough(low)).role(Role::Muted);
    let start = x + low.width() + 5.0;
    sheet.image((start, y), (LENGTH, HEIGHT), &strip.png(1.0));
    sheet.text_centred((x, y + HEIGHT / 2.0), &low);
    let high = Label::new(rough(limit)).role(Role::Muted);
    sheet.text_centred((start + LENGTH + 5.0, y + HEIGHT / 2.0), &high);
    if let Some(zero) = middle {
        let label = Label::new(zero).role(Role::Muted).anchor(Anchor::Middle);
        sheet.text((start + LENGTH / 2.0, y + HEIGHT + 13.0), &label);
    }
}
