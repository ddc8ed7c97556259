//! Straight lines across the panel: boundaries and rules.

use crate::canvas::Canvas;
use crate::layers::Layer;
use crate::palette::Role;
use crate::paper::Dash;
use crate::pen::Pen;
use crate::point::{Extent, Number};
use crate::trim::clip_segment;

/// The straight line w·x + b = 0, from one side of the panel to the other.
#[derive(Debug, Clone)]
pub struct Boundary {
    w: [f64; 2],
    b: f64,
    pen: Pen,
    name: Option<String>,
}

impl Boundary {
    /// The boundary of a unit with these two weights and this bias. With both
    /// weights 0 there is none, and nothing is drawn.
    pub fn new<N: Number>(w: [N; 2], b: N) -> Self {
        Boundary {
            w: w.map(Number::number),
            b: b.number(),
            pen: Pen::new(Role::Ink, 1.8),
            name: None,
        }
    }

    /// Its colour; the ink of outlines if not said.
    pub fn role(mut self, role: Role) -> Self {
        self.pen.role = role;
        self
    }

    /// Thin and dashed: the boundary before the update.
    pub fn faint(mut self) -> Self {
        self.pen = Pen {
            role: Role::Grey,
            width: 1.3,
            dash: Dash::Dashed,
            opacity: 1.0,
        };
        self
    }

    /// Its name, written beside it.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Two points of the line outside any panel, in data coordinates.
    fn ends(&self, canvas: &Canvas<'_>) -> Option<[(f64, f64); 2]> {
        let [w1, w2] = self.w;
        let (x, y) = (canvas.x, canvas.y);
        if ![w1, w2, self.b].iter().all(|v| v.is_finite()) || (w1 == 0.0 && w2 == 0.0) {
            return None;
        }
        // Solve for the coordinate that changes less over the panel.
        if (w2 * (y.high - y.low)).abs() >= (w1 * (x.high - x.low)).abs() {
            let at = |x: f64| (x, -(w1 * x + self.b) / w2);
            Some([at(x.low), at(x.high)])
        } else {
            let at = |y: f64| (-(w2 * y + self.b) / w1, y);
            Some([at(y.low), at(y.high)])
        }
    }
}

impl Layer for Boundary {
    fn extent(&self) -> Extent {
        Extent::default()
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let Some(ends) = self.ends(canvas) else {
            return;
        };
        let [from, to] = ends.map(|(x, y)| canvas.spot(x, y));
        let Some((from, to)) = clip_segment(from, to, canvas.frame) else {
            return;
        };
        canvas.space.avoid_line(&[from, to]);
        canvas.sheet.line(&[from, to], self.pen);
        if let Some(name) = &self.name {
            canvas.want_along(name, self.pen.role, from, to);
        }
    }
}

/// A straight line across the panel at one value: a threshold, a best
/// possible score, the step where training stopped.
#[derive(Debug, Clone)]
pub struct Rule {
    at: f64,
    vertical: bool,
    role: Role,
    name: Option<String>,
}

impl Rule {
    /// A level line at this y.
    pub fn horizontal(y: impl Number) -> Self {
        Rule {
            at: y.number(),
            vertical: false,
            role: Role::Muted,
            name: None,
        }
    }

    /// An upright line at this x.
    pub fn vertical(x: impl Number) -> Self {
        Rule {
            vertical: true,
            ..Rule::horizontal(x)
        }
    }

    /// Its colour; that of secondary text if not said.
    pub fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// Its name, written beside it.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
}

impl Layer for Rule {
    fn extent(&self) -> Extent {
        let mut extent = Extent::default();
        let range = self.at.is_finite().then_some((self.at, self.at));
        if self.vertical {
            extent.x = range;
        } else {
            extent.y = range;
        }
        extent
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let frame = canvas.frame;
        let spot = canvas.spot(self.at, self.at);
        let (from, to) = if self.vertical {
            ((spot.0, frame.top), (spot.0, frame.bottom()))
        } else {
            ((frame.left, spot.1), (frame.right(), spot.1))
        };
        let Some((from, to)) = clip_segment(from, to, frame) else {
            return;
        };
        let pen = Pen::new(self.role, 1.3).dash(Dash::Dashed);
        canvas.space.avoid_line(&[from, to]);
        canvas.sheet.line(&[from, to], pen);
        if let Some(name) = &self.name {
            // From the bottom upwards: names stand near the top or the right.
            let (from, to) = if self.vertical {
                (to, from)
            } else {
                (from, to)
            };
            canvas.want_along(name, self.role, from, to);
        }
    }
}
