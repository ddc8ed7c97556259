//! Curves, and bands around them.

use crate::canvas::{Canvas, is_finite};
use crate::class::Marker;
use crate::layers::{EndLabel, Layer};
use crate::palette::Role;
use crate::paper::Dash;
use crate::pen::{Fill, Pen};
use crate::point::{Extent, Number, Point, coordinates};
use crate::scale::Scale;

/// Which part of the data a curve was measured on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// Drawn solid.
    Train,
    /// Drawn dashed.
    Validation,
    /// Drawn dotted.
    Test,
}

/// A curve through points, in their order.
///
/// ```
/// use plots::{Line, Panel, Role, Split};
/// let loss = [0.9, 0.4, 0.2];
/// let figure = Panel::new()
///     .x("epoch", "")
///     .y("loss", "nats")
///     .add(Line::steps(&loss).name("training"))
///     .add(Line::steps(&[1.0, 0.7, 0.6]).split(Split::Validation).name("validation"))
///     .draw()
///     .unwrap();
/// assert!(figure.svg().contains("loss (nats)"));
/// ```
#[derive(Debug, Clone)]
pub struct Line {
    points: Vec<(f64, f64)>,
    role: Role,
    dash: Dash,
    width: f64,
    dots: bool,
    name: Option<String>,
}

impl Line {
    /// A curve through these points; one that is not finite leaves a gap.
    pub fn new(points: &[impl Point]) -> Self {
        Line {
            points: coordinates(points),
            role: Role::Blue,
            dash: Dash::Solid,
            width: 2.0,
            dots: false,
            name: None,
        }
    }

    /// A curve through values counted from 0: losses by step.
    pub fn steps(values: &[impl Number]) -> Self {
        let points: Vec<(usize, f64)> = values.iter().map(|v| v.number()).enumerate().collect();
        Line::new(&points)
    }

    /// A function's curve, computed at 241 places from `low` to `high`.
    pub fn of(low: f32, high: f32, function: impl Fn(f32) -> f32) -> Self {
        const PLACES: u16 = 240;
        let at = |i: u16| low + (high - low) * f32::from(i) / f32::from(PLACES);
        let points: Vec<(f32, f32)> = (0..=PLACES).map(at).map(|x| (x, function(x))).collect();
        Line::new(&points)
    }

    /// Its colour; blue if not said.
    pub fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// Its dash by what it was measured on; solid if not said.
    pub fn split(mut self, split: Split) -> Self {
        self.dash = match split {
            Split::Train => Dash::Solid,
            Split::Validation => Dash::Dashed,
            Split::Test => Dash::Dotted,
        };
        self
    }

    /// Thinner, for helper curves and the single runs behind a mean.
    pub fn thin(mut self) -> Self {
        self.width = 1.2;
        self
    }

    /// With a dot at each point, for few measurements.
    pub fn dots(mut self) -> Self {
        self.dots = true;
        self
    }

    /// Its name, written at its right end.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
}

impl Layer for Line {
    fn extent(&self) -> Extent {
        Extent {
            tight_x: !self.dots,
            ..Extent::of(self.points.iter().copied())
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let pen = Pen::new(self.role, self.width).dash(self.dash);
        canvas.curve(&self.points, pen);
        if !self.dots {
            return;
        }
        for &(x, y) in &self.points {
            let spot = canvas.spot(x, y);
            if canvas.frame.holds(spot) {
                let fill = Fill::new(self.role).outline(Role::Bg, 1.0);
                canvas.sheet.marker(Marker::Circle, spot, 3.2, fill);
            }
        }
    }

    fn end_label(&self, x: Scale, y: Scale) -> Option<EndLabel> {
        let drawn = |p: &&(f64, f64)| is_finite(&(x.fraction(p.0), y.fraction(p.1)));
        let &(x, y) = self.points.iter().rfind(drawn)?;
        self.name.clone().map(|text| EndLabel {
            text,
            role: self.role,
            x,
            y,
        })
    }
}

/// The space between two curves, such as the spread over seeds.
#[derive(Debug, Clone)]
pub struct Band {
    low: Vec<(f64, f64)>,
    high: Vec<(f64, f64)>,
    role: Role,
}

impl Band {
    /// A band from triples (x, lower y, upper y).
    pub fn new<X: Number, Y: Number>(triples: &[(X, Y, Y)]) -> Self {
        let finite = |t: &&(X, Y, Y)| t.1.number().is_finite() && t.2.number().is_finite();
        let triples = || triples.iter().filter(finite);
        Band {
            low: triples().map(|t| (t.0.number(), t.1.number())).collect(),
            high: triples().map(|t| (t.0.number(), t.2.number())).collect(),
            role: Role::Blue,
        }
    }

    /// Its colour; blue if not said.
    pub fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }
}

impl Layer for Band {
    fn extent(&self) -> Extent {
        Extent {
            tight_x: true,
            ..Extent::of(self.low.iter().chain(&self.high).copied())
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let around: Vec<(f64, f64)> = self
            .low
            .iter()
            .chain(self.high.iter().rev())
            .copied()
            .collect();
        canvas.surface(&around, Fill::new(self.role).opacity(0.18));
    }
}
