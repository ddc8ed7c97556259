//! Figures of the section `boxes`, and boxes on an empty sheet for others.

use plots::{
    Canvas, Dash, Error, Extent, Figure, Fill, Layer, Line, Panel, Panels, Pen, Role,
    Rule, Size,
};

use crate::boxes::BBox;

/// A box on a [`sheet`]: an outline, filled or not.
pub(crate) struct Outline {
    bbox: BBox,
    pen: Pen,
    fill: f64,
}

impl Outline {
    /// A thin outline.
    pub(crate) fn new(bbox: BBox, role: Role) -> Outline {
        Outline {
            bbox,
            pen: Pen::new(role, 1.8),
            fill: 0.0,
        }
    }

    /// With a line of this thickness; 0 is none.
    pub(crate) fn pen(mut self, width: f64) -> Outline {
        self.pen.width = width;
        self
    }

    /// With a line that lets through to this degree, 0 (nothing) to 1 (full).
    pub(crate) fn opacity(mut self, opacity: f64) -> Outline {
        self.pen.opacity = opacity;
        self
    }

    /// In dashes.
    pub(crate) fn dashed(mut self) -> Outline {
        self.pen.dash = Dash::Dashed;
        self
    }

    /// Filled to this degree, 0 to 1.
    pub(crate) fn filled(mut self, fill: f64) -> Outline {
        self.fill = fill;
        self
    }
}

impl Layer for Outline {
    fn extent(&self) -> Extent {
        Extent::default() // the panel of `sheet` has its range
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let [x0, y0, x1, y1] = self.bbox.edges().map(f64::from);
        let spot = |x: f64, y: f64| canvas.spot(x, -y);
        let (top_left, bottom_right) = (spot(x0, y0), spot(x1, y1));
        if self.fill > 0.0 {
            let fill = Fill::new(self.pen.role).opacity(self.fill);
            canvas.sheet.rect(top_left, bottom_right, fill);
        }
        let corners = [top_left, spot(x1, y0), bottom_right, spot(x0, y1), top_left];
        if self.pen.width > 0.0 {
            canvas.sheet.line(&corners, self.pen);
        }
    }
}

/// An empty panel that shows this part of a picture, without ticks; y goes down.
pub(crate) fn sheet<'a>(part: BBox) -> Panel<'a> {
    let [width, height] = part.size();
    Panel::new()
        .no_ticks()
        .x_range(part.x0, part.x1)
        .y_range(-part.y1, -part.y0)
        .aspect(width / height)
}

/// Two boxes: what lies in both, in either, and what of their hull is empty.
pub(crate) fn overlap([a, b]: [BBox; 2]) -> Result<Figure, Error> {
    let area = a.intersection(b).area();
    let either = a.area() + b.area() - area;
    let hull = a.hull(b);
    let empty = hull.area() - either;
    let fill = |bbox, role| Outline::new(bbox, role).pen(0.0).filled(1.0);
    let grey = |bbox| fill(bbox, Role::GreyTint);
    let paper = |bbox| fill(bbox, Role::Bg);
    let panels = [
        (format!("both: {area}"), vec![grey(a.intersection(b))]),
        (format!("either: {either}"), vec![grey(a), grey(b)]),
        (
            format!("empty: {empty} of {}", hull.area()),
            vec![grey(hull), paper(a), paper(b)],
        ),
    ];
    let panels = panels.map(|(title, fills)| {
        sheet(BBox::new(-0.3, -0.3, 6.3, 4.3))
            .title(title)
            .add_all(fills)
            .add(Outline::new(a, Role::Blue))
            .add(Outline::new(b, Role::Vermilion).dashed())
    });
    Panels::new(panels).columns(3).draw()
}

/// IoU and GIoU of a box and another of its size that slides across it.
pub(crate) fn slide(truth: BBox) -> Result<Figure, Error> {
    let [width, _] = truth.size();
    let moved = move |by: f32| truth.moved([by * width, 0.0]);
    let iou = Line::of(-3.0, 3.0, move |by| truth.iou(moved(by)));
    let giou = Line::of(-3.0, 3.0, move |by| truth.giou(moved(by)));
    Panel::new()
        .x("moved to the right by", "widths")
        .y("agreement", "")
        .x_range(-3.0, 3.0)
        .y_range(-0.6, 1.0)
        .add(Rule::horizontal(0.0))
        .add(giou.role(Role::Vermilion).name("GIoU"))
        .add(iou.role(Role::Blue).name("IoU"))
        .draw()
}

/// A box after so many steps on its way to the truth.
pub(crate) fn climb(truth: BBox, boxes: &[(usize, BBox)]) -> Result<Figure, Error> {
    let panels = boxes.iter().map(|&(step, bbox)| {
        let words = format!("step {step}: IoU {:.2}", bbox.iou(truth));
        sheet(BBox::new(-6.0, -6.0, 98.0, 56.0))
            .title(words)
            .add(Outline::new(truth, Role::Green).dashed())
            .add(Outline::new(bbox, Role::Blue).filled(0.15))
    });
    Panels::new(panels).columns(3).size(Size::Wide).draw()
}
