//! The inside of a panel: data coordinates over a sheet.

use crate::label::{Anchor, Label};
use crate::labels::{Space, Wanted};
use crate::palette::Role;
use crate::paper::Dash;
use crate::pen::{Fill, Pen};
use crate::scale::Scale;
use crate::sheet::{Sheet, Spot};
use crate::trim::{clip, thin_out};

/// A rectangle on the sheet, in units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Units from the sheet's left.
    pub left: f64,
    /// Units from the sheet's top.
    pub top: f64,
    /// Width in units.
    pub width: f64,
    /// Height in units.
    pub height: f64,
}

impl Frame {
    /// Units from the sheet's left to the frame's right side.
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    /// Units from the sheet's top to the frame's bottom.
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// Whether a spot lies in it.
    pub fn holds(&self, (x, y): Spot) -> bool {
        (self.left..=self.right()).contains(&x) && (self.top..=self.bottom()).contains(&y)
    }
}

/// Whether a spot can be drawn; on a logarithmic axis 0 cannot.
pub(crate) fn is_finite(spot: &Spot) -> bool {
    spot.0.is_finite() && spot.1.is_finite()
}

/// Where layers draw: data coordinates on the panel's axes.
pub struct Canvas<'s> {
    /// The sheet below.
    pub sheet: &'s Sheet,
    /// The horizontal axis.
    pub x: Scale,
    /// The vertical axis.
    pub y: Scale,
    /// Where the panel lies on the sheet.
    pub frame: Frame,
    pub(crate) space: Space,
    pub(crate) wanted: Vec<Wanted>,
}

impl<'s> Canvas<'s> {
    pub(crate) fn new(sheet: &'s Sheet, x: Scale, y: Scale, frame: Frame) -> Self {
        Canvas {
            sheet,
            x,
            y,
            frame,
            space: Space::new(frame),
            wanted: Vec::new(),
        }
    }

    /// Where a data point lies on the sheet.
    pub fn spot(&self, x: f64, y: f64) -> Spot {
        (
            self.frame.left + self.x.fraction(x) * self.frame.width,
            self.frame.bottom() - self.y.fraction(y) * self.frame.height,
        )
    }

    /// The data point that lies there: the inverse of [`spot`](Self::spot).
    pub fn data(&self, (x, y): Spot) -> (f64, f64) {
        (
            self.x.value((x - self.frame.left) / self.frame.width),
            self.y.value((self.frame.bottom() - y) / self.frame.height),
        )
    }

    /// A line through data points, cut off at the panel's sides. A point that
    /// is not finite leaves a gap.
    pub fn curve(&mut self, points: &[(f64, f64)], pen: Pen) {
        let spots: Vec<Spot> = points.iter().map(|&(x, y)| self.spot(x, y)).collect();
        for run in spots.split(|spot| !is_finite(spot)) {
            for piece in clip(run, self.frame) {
                let piece = thin_out(&piece);
                self.space.avoid_line(&piece);
                self.sheet.line(&piece, pen);
            }
        }
    }

    /// A filled polygon of data points; its corners are moved into the panel.
    pub fn surface(&self, corners: &[(f64, f64)], fill: Fill) {
        let spots: Vec<Spot> = corners
            .iter()
            .map(|&(x, y)| self.spot(x, y))
            .filter(is_finite)
            .map(|spot| self.held(spot))
            .collect();
        self.sheet.polygon(&spots, fill);
    }

    /// The nearest spot inside the panel.
    pub(crate) fn held(&self, (x, y): Spot) -> Spot {
        (
            x.clamp(self.frame.left, self.frame.right()),
            y.clamp(self.frame.top, self.frame.bottom()),
        )
    }

    /// A thin helper line of secondary colour between two data points.
    pub fn helper(&mut self, points: &[(f64, f64)]) {
        self.curve(points, Pen::new(Role::Muted, 1.0).dash(Dash::Dashed));
    }

    /// Asks for a name to be written where there is room.
    pub(crate) fn want(&mut self, wanted: Wanted) {
        self.wanted.push(wanted);
    }

    /// Asks for a name on either side of a segment, rather near its ends.
    pub(crate) fn want_along(&mut self, name: &str, role: Role, from: Spot, to: Spot) {
        let label = Label::new(name).role(role).anchor(Anchor::Middle).halo();
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx.hypot(dy).max(1e-9);
        // How far the text's box reaches across the line.
        let reach = (label.width() / 2.0 * (dy / length).abs()) + 8.0 * (dx / length).abs() + 5.0;
        let normal = (-dy / length, dx / length);
        let beside = |t: f64, across: f64| {
            let x = from.0 + t * dx + across * normal.0;
            let y = from.1 + t * dy + across * normal.1;
            let farther = across.abs() - reach;
            ((x, y), 40.0 * (t - 0.85).abs() + farther)
        };
        let spots = (1..20)
            .map(|i| f64::from(i) / 20.0)
            .flat_map(|t| {
                [0.0, 9.0, 18.0, 27.0].map(|more| [(t, reach + more), (t, -reach - more)])
            })
            .flatten()
            .map(|(t, across)| beside(t, across))
            .collect();
        self.want(Wanted {
            label,
            spots,
            class: None,
        });
    }

    /// Writes the names asked for, once all marks are known.
    pub(crate) fn write_names(&mut self) {
        for wanted in std::mem::take(&mut self.wanted) {
            if let Some(spot) = self.space.place(&wanted) {
                self.sheet.text_centred(spot, &wanted.label);
            }
        }
    }
}
