//! Points of a class.

use crate::canvas::Canvas;
use crate::class::Class;
use crate::label::{Anchor, Label};
use crate::labels::{Wanted, everywhere};
use crate::layers::Layer;
use crate::palette::Role;
use crate::pen::{Fill, Pen};
use crate::point::{Extent, Point, coordinates};
use crate::sheet::Spot;

/// Points of one class, each with the class's marker and colour.
#[derive(Debug, Clone)]
pub struct Scatter {
    class: Class,
    points: Vec<(f64, f64)>,
    name: Option<String>,
    open: bool,
    radius: Option<f64>,
    highlighted: Vec<usize>,
}

impl Scatter {
    /// The points of a class.
    pub fn new(class: Class, points: &[impl Point]) -> Self {
        Scatter {
            class,
            points: coordinates(points),
            name: None,
            open: false,
            radius: None,
            highlighted: Vec::new(),
        }
    }

    /// The class's name, written beside its points where there is room.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Marks with an empty middle: points not used, mistakes, a second set.
    pub fn open(mut self) -> Self {
        self.open = true;
        self
    }

    /// The marks' size in units; if not said, from 4 for a few points down to
    /// 2 for a thousand.
    pub fn radius(mut self, radius: f64) -> Self {
        self.radius = Some(radius);
        self
    }

    /// A ring around the point with this index, such as the one that the
    /// next update looks at.
    pub fn highlight(mut self, index: usize) -> Self {
        self.highlighted.push(index);
        self
    }

    fn mark_radius(&self, canvas: &Canvas<'_>) -> f64 {
        let crowd: f64 = match self.points.len() {
            0..=60 => 3.8,
            61..=200 => 3.2,
            201..=600 => 2.6,
            _ => 2.0,
        };
        let small_panel = (canvas.frame.width / 200.0).clamp(0.7, 1.0);
        self.radius.unwrap_or(crowd * small_panel)
    }

    fn want_name(&self, canvas: &mut Canvas<'_>, spots: &[Spot]) {
        let (Some(name), false) = (&self.name, spots.is_empty()) else {
            return;
        };
        let count = spots.len() as f64;
        let middle = (
            spots.iter().map(|s| s.0).sum::<f64>() / count,
            spots.iter().map(|s| s.1).sum::<f64>() / count,
        );
        canvas.want(Wanted {
            label: Label::new(name)
                .role(self.class.role())
                .anchor(Anchor::Middle)
                .bold()
                .halo(),
            spots: everywhere(canvas.frame, middle),
            class: Some(self.class.0),
        });
    }
}

impl Layer for Scatter {
    fn extent(&self) -> Extent {
        Extent::of(self.points.iter().copied())
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let radius = self.mark_radius(canvas);
        let fill = if self.open || self.class.repeats() {
            Fill::new(Role::Bg).outline(self.class.role(), 1.5)
        } else {
            Fill::new(self.class.role()).outline(Role::Bg, 0.7)
        };
        let mut spots = Vec::new();
        for (i, &(x, y)) in self.points.iter().enumerate() {
            let spot = canvas.spot(x, y);
            if !canvas.frame.holds(spot) {
                continue;
            }
            spots.push(spot);
            canvas.space.avoid_dot(spot, Some(self.class.0));
            canvas.sheet.marker(self.class.marker(), spot, radius, fill);
            if self.highlighted.contains(&i) {
                let pen = Pen::new(Role::Ink, 1.8);
                canvas.sheet.ring(spot, radius + 4.0, pen);
            }
        }
        self.want_name(canvas, &spots);
    }
}
