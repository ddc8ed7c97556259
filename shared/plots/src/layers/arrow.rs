//! Arrows and notes at data points.

use crate::canvas::Canvas;
use crate::label::{Anchor, Label};
use crate::labels::Wanted;
use crate::layers::Layer;
use crate::palette::Role;
use crate::paper::Dash;
use crate::pen::Pen;
use crate::point::{Extent, Point};
use crate::sheet::Spot;
use crate::trim::clip_segment;

/// An arrow between two data points: a weight vector, an update, a step.
#[derive(Debug, Clone)]
pub struct Arrow {
    from: (f64, f64),
    to: (f64, f64),
    pen: Pen,
    name: Option<String>,
}

impl Arrow {
    /// An arrow from one point to another.
    pub fn new(from: impl Point, to: impl Point) -> Self {
        Arrow {
            from: from.xy(),
            to: to.xy(),
            pen: Pen::new(Role::Ink, 1.8),
            name: None,
        }
    }

    /// Its colour; the ink of outlines if not said.
    pub fn role(mut self, role: Role) -> Self {
        self.pen.role = role;
        self
    }

    /// With a dashed shaft: what was, or what is added.
    pub fn dashed(mut self) -> Self {
        self.pen.dash = Dash::Dashed;
        self
    }

    /// Its name, written beside it.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
}

impl Layer for Arrow {
    fn extent(&self) -> Extent {
        Extent::of([self.from, self.to])
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let ends = [self.from, self.to].map(|(x, y)| canvas.spot(x, y));
        let Some((from, to)) = clip_segment(ends[0], ends[1], canvas.frame) else {
            return;
        };
        canvas.space.avoid_line(&[from, to]);
        if to == ends[1] {
            canvas.sheet.arrow(from, to, self.pen);
        } else {
            // The tip lies outside: a cut arrow has none.
            canvas.sheet.line(&[from, to], self.pen);
        }
        if let Some(name) = &self.name {
            canvas.want_along(name, self.pen.role, from, to);
        }
    }
}

/// Words at a data point.
#[derive(Debug, Clone)]
pub struct Note {
    at: (f64, f64),
    label: Label,
    free: bool,
}

impl Note {
    /// Words centred on a point.
    pub fn new(at: impl Point, words: impl Into<String>) -> Self {
        Note {
            at: at.xy(),
            label: Label::new(words).anchor(Anchor::Middle).halo(),
            free: false,
        }
    }

    /// Their colour; the text colour if not said.
    pub fn role(mut self, role: Role) -> Self {
        self.label = self.label.role(role);
        self
    }

    /// Beside the point, wherever there is room, instead of on it.
    pub fn beside(mut self) -> Self {
        self.free = true;
        self
    }
}

impl Layer for Note {
    fn extent(&self) -> Extent {
        Extent::of([self.at])
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let (x, y) = canvas.spot(self.at.0, self.at.1);
        let side = self.label.width() / 2.0 + 8.0;
        let around = [
            (side, 0.0),
            (side, -12.0),
            (side, 12.0),
            (-side, 0.0),
            (-side, -12.0),
            (-side, 12.0),
            (0.0, -16.0),
            (0.0, 16.0),
        ];
        let spots = if self.free {
            let near = |(i, (dx, dy)): (usize, &Spot)| ((x + dx, y + dy), i as f64);
            around.iter().enumerate().map(near).collect()
        } else {
            vec![((x, y), 0.0)]
        };
        canvas.want(Wanted {
            label: self.label.clone(),
            spots,
            class: None,
        });
    }
}
