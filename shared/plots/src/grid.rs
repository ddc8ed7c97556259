//! Small multiples: panels in rows and columns, and where each one lies.

use crate::axes::{self, Margins};
use crate::canvas::{Canvas, Frame};
use crate::figure::{Error, Figure, Size};
use crate::label::{Anchor, Label};
use crate::panel::{Axis, Panel};
use crate::point::Extent;
use crate::scale::Scale;
use crate::sheet::Sheet;
use crate::text::LINE;

/// Space between panels, in units.
const GAP: f64 = 14.0;
/// Space around the figure, in units.
const EDGE: f64 = 3.0;

/// Panels in rows and columns.
///
/// ```
/// use plots::{Line, Panel, Panels};
/// let panels = [0.1, 1.0].map(|rate| {
///     Panel::new()
///         .title(format!("rate {rate}"))
///         .x("step", "")
///         .y("loss", "nats")
///         .add(Line::steps(&[1.0, 1.0 - rate]))
/// });
/// let figure = Panels::new(panels).columns(2).shared_axes().draw()?;
/// # Ok::<(), plots::Error>(())
/// ```
pub struct Panels<'a> {
    panels: Vec<Panel<'a>>,
    columns: usize,
    shared: bool,
    size: Size,
}

/// A panel's scales and frame, once the layout is done.
struct Place {
    x: Scale,
    y: Scale,
    frame: Frame,
}

impl<'a> Panels<'a> {
    /// These panels, one above the other until
    /// [`columns`](Self::columns) says otherwise.
    pub fn new(panels: impl IntoIterator<Item = Panel<'a>>) -> Self {
        Panels {
            panels: panels.into_iter().collect(),
            columns: 1,
            shared: false,
            size: Size::Column,
        }
    }

    /// How many stand side by side: up to three in a column, six in a wide
    /// figure.
    pub fn columns(mut self, columns: usize) -> Self {
        self.columns = columns.max(1);
        self
    }

    /// All panels show the same ranges; ticks stand at the left and at the
    /// bottom only, the first panel's axis names stand once.
    pub fn shared_axes(mut self) -> Self {
        self.shared = true;
        self
    }

    /// How wide the figure is; a column if not said.
    pub fn size(mut self, size: Size) -> Self {
        self.size = size;
        self
    }

    /// The figure.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] when there are no panels, [`Error::TooLarge`] when the
    /// SVG passes [`MAX_BYTES`](crate::MAX_BYTES).
    pub fn draw(self) -> Result<Figure, Error> {
        if self.panels.is_empty() {
            return Err(Error::Empty { what: "panel" });
        }
        let (places, height) = self.places();
        let sheet = Sheet::new(self.size.units(), height);
        for (i, (panel, place)) in self.panels.iter().zip(&places).enumerate() {
            let mut canvas = Canvas::new(&sheet, place.x, place.y, place.frame);
            axes::draw(panel, &mut canvas, self.sides(i));
        }
        if self.shared {
            self.draw_shared_names(&sheet, &places, height);
        }
        Figure::finish(sheet, self.size)
    }

    fn rows(&self) -> usize {
        self.panels.len().div_ceil(self.columns)
    }

    /// Which of its sides a panel has to label itself.
    fn sides(&self, i: usize) -> axes::Sides {
        let lowest = i + self.columns >= self.panels.len();
        axes::Sides {
            names: !self.shared,
            x_ticks: !self.shared || lowest,
            y_ticks: !self.shared || i.is_multiple_of(self.columns),
        }
    }

    fn scales(&self) -> Vec<(Scale, Scale)> {
        let own = self.panels.iter().map(Panel::extent);
        let all = own.clone().fold(Extent::default(), Extent::and);
        let of = |(panel, own): (&Panel<'_>, Extent)| {
            let extent = if self.shared { all } else { own };
            let pad_x = !extent.tight_x;
            (
                panel.x.scale(extent.x, extent.least_x, (pad_x, pad_x)),
                panel
                    .y
                    .scale(extent.y, extent.least_y, (!extent.floor, true)),
            )
        };
        self.panels.iter().zip(own).map(of).collect()
    }

    /// Every panel's place, and the figure's height. Ticks decide the
    /// margins, margins the frames, and frames the ticks: two rounds settle it.
    fn places(&self) -> (Vec<Place>, f64) {
        let columns = self.columns as f64;
        let width = (self.size.units() - 2.0 * EDGE) / columns - 40.0;
        let guess = |(x, y): (Scale, Scale)| Place {
            x,
            y,
            frame: Frame {
                left: 0.0,
                top: 0.0,
                width,
                height: width / 1.45,
            },
        };
        let mut places: Vec<Place> = self.scales().into_iter().map(guess).collect();
        let mut height = 0.0;
        for _ in 0..2 {
            let margins = self.margins(&places);
            height = self.set_frames(&mut places, &margins);
            for ((place, panel), scales) in places.iter_mut().zip(&self.panels).zip(self.scales()) {
                (place.x, place.y) = scales;
                if panel.equal {
                    equalise(place);
                }
            }
        }
        (places, height)
    }

    /// Each panel's margins, then the largest of each column and row, so that
    /// frames line up.
    fn margins(&self, places: &[Place]) -> Vec<Margins> {
        let own: Vec<Margins> = self
            .panels
            .iter()
            .zip(places)
            .enumerate()
            .map(|(i, (panel, p))| axes::margins(panel, p.x, p.y, p.frame, self.sides(i)))
            .collect();
        (0..own.len())
            .map(|i| {
                let (row, column) = (i / self.columns, i % self.columns);
                let most = |pick: fn(&Margins) -> f64, same: &dyn Fn(usize) -> bool| {
                    let picked = own.iter().enumerate().filter(|(j, _)| same(*j));
                    picked.map(|(_, m)| pick(m)).fold(0.0, f64::max)
                };
                Margins {
                    left: most(|m| m.left, &|j| j % self.columns == column),
                    right: most(|m| m.right, &|j| j % self.columns == column),
                    top: most(|m| m.top, &|j| j / self.columns == row),
                    bottom: most(|m| m.bottom, &|j| j / self.columns == row),
                }
            })
            .collect()
    }

    /// Puts the frames next to each other; the figure's height comes back.
    fn set_frames(&self, places: &mut [Place], margins: &[Margins]) -> f64 {
        let columns = self.columns.min(places.len());
        let sides: f64 = margins[..columns].iter().map(|m| m.left + m.right).sum();
        let gaps = GAP * (columns - 1) as f64;
        let width = (self.size.units() - 2.0 * EDGE - sides - gaps) / columns as f64;
        let mut top = EDGE
            + if self.has_shared_name(|p| &p.y) {
                LINE
            } else {
                0.0
            };
        for row in 0..self.rows() {
            let mut left = EDGE;
            let mut lowest = top;
            let first = row * self.columns;
            for i in first..places.len().min(first + self.columns) {
                let panel = &self.panels[i];
                let aspect = panel.aspect.unwrap_or(if panel.equal { 1.0 } else { 1.45 });
                places[i].frame = Frame {
                    left: left + margins[i].left,
                    top: top + margins[i].top,
                    width,
                    height: width / aspect,
                };
                lowest = f64::max(lowest, places[i].frame.bottom() + margins[i].bottom);
                left = places[i].frame.right() + margins[i].right + GAP;
            }
            top = lowest
                + if row + 1 < self.rows() {
                    GAP / 2.0
                } else {
                    0.0
                };
        }
        (top + EDGE
            + if self.has_shared_name(|p| &p.x) {
                LINE
            } else {
                0.0
            })
        .ceil()
    }

    fn has_shared_name(&self, axis: for<'p> fn(&'p Panel<'a>) -> &'p Axis) -> bool {
        self.shared
            && self
                .panels
                .first()
                .is_some_and(|p| !axis(p).name.is_empty())
    }

    fn draw_shared_names(&self, sheet: &Sheet, places: &[Place], height: f64) {
        let (Some(panel), Some(first)) = (self.panels.first(), places.first()) else {
            return;
        };
        let right = places.iter().map(|p| p.frame.right()).fold(0.0, f64::max);
        let middle = (first.frame.left + right) / 2.0;
        let x_name = Label::new(&panel.x.name).anchor(Anchor::Middle);
        sheet.text((middle, height - EDGE - 3.0), &x_name);
        sheet.text((EDGE, EDGE + 11.0), &Label::new(&panel.y.name));
    }
}

/// Widens one range until a unit of x is as long as one of y.
fn equalise(place: &mut Place) {
    if place.x.log || place.y.log {
        return;
    }
    let per_x = (place.x.high - place.x.low) / place.frame.width;
    let per_y = (place.y.high - place.y.low) / place.frame.height;
    let per_unit = per_x.max(per_y);
    let widen = |scale: Scale, length: f64| {
        let middle = (scale.low + scale.high) / 2.0;
        let half = per_unit * length / 2.0;
        Scale::linear(middle - half, middle + half)
    };
    place.x = widen(place.x, place.frame.width);
    place.y = widen(place.y, place.frame.height);
}
