//! A sheet to draw on, in units: lines, shapes, marks, text and pictures.
//!
//! Everything in this crate draws through a [`Sheet`]. Lines and shapes go
//! through plotters to the SVG writer; text and pictures, which plotters
//! cannot set without fonts, are written straight to it.

use std::cell::RefCell;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::style::{Color, ShapeStyle};

use crate::class::Marker;
use crate::label::{Anchor, Label};
use crate::palette::Role;
use crate::paper::{Dash, FINE, Paper, number, path_data};
use crate::pen::{Fill, Pen};
use crate::text::{self, TEXT};

/// A place on the sheet: units from the left, units from the top.
pub type Spot = (f64, f64);

/// The sheet.
pub struct Sheet {
    paper: Rc<RefCell<Paper>>,
    area: DrawingArea<Paper, Shift>,
    size: (f64, f64),
}

impl Sheet {
    /// An empty sheet of `width` × `height` units.
    pub(crate) fn new(width: f64, height: f64) -> Self {
        let paper = Rc::new(RefCell::new(Paper::new(width, height)));
        let area = DrawingArea::from(&paper);
        Sheet {
            paper,
            area,
            size: (width, height),
        }
    }

    /// Width and height in units.
    pub fn size(&self) -> (f64, f64) {
        self.size
    }

    /// The SVG elements drawn so far.
    pub(crate) fn into_body(self) -> String {
        self.paper.borrow_mut().take_body()
    }

    /// Sets what plotters' styles cannot say, and gives the one they can.
    fn style(&self, dash: Dash, outline: Option<(Role, f64)>) {
        let mut paper = self.paper.borrow_mut();
        paper.dash = dash;
        paper.outline = outline;
    }

    fn pen_style(&self, pen: Pen) -> ShapeStyle {
        self.style(pen.dash, None);
        let width = (pen.width * FINE).round() as u32;
        pen.role.mix(pen.opacity).stroke_width(width)
    }

    fn fill_style(&self, fill: Fill) -> ShapeStyle {
        self.style(Dash::Solid, fill.outline);
        fill.role.mix(fill.opacity).filled()
    }

    /// A line through the spots.
    pub fn line(&self, spots: &[Spot], pen: Pen) {
        if spots.len() > 1 {
            let path = PathElement::new(fine_all(spots), self.pen_style(pen));
            self.area.draw(&path).expect(INFALLIBLE);
        }
    }

    /// A filled polygon.
    pub fn polygon(&self, corners: &[Spot], fill: Fill) {
        if corners.len() > 2 {
            let polygon = Polygon::new(fine_all(corners), self.fill_style(fill));
            self.area.draw(&polygon).expect(INFALLIBLE);
        }
    }

    /// A filled circle.
    pub fn circle(&self, center: Spot, radius: f64, fill: Fill) {
        let radius = (radius * FINE).round() as i32;
        let circle = Circle::new(fine(center), radius, self.fill_style(fill));
        self.area.draw(&circle).expect(INFALLIBLE);
    }

    /// A circle's line.
    pub fn ring(&self, center: Spot, radius: f64, pen: Pen) {
        let radius = (radius * FINE).round() as i32;
        let circle = Circle::new(fine(center), radius, self.pen_style(pen));
        self.area.draw(&circle).expect(INFALLIBLE);
    }

    /// A filled rectangle between two corners.
    pub fn rect(&self, top_left: Spot, bottom_right: Spot, fill: Fill) {
        let corners = [fine(top_left), fine(bottom_right)];
        let rect = Rectangle::new(corners, self.fill_style(fill));
        self.area.draw(&rect).expect(INFALLIBLE);
    }

    /// A filled rectangle with rounded corners.
    pub fn rounded(&self, top_left: Spot, size: (f64, f64), fill: Fill) {
        let outline = fill.outline.map_or(String::new(), |(role, width)| {
            let (role, width) = (role.css(), number(width));
            format!(" stroke=\"{role}\" stroke-width=\"{width}\"")
        });
        let style = format!(" fill=\"{}\"{outline}", fill.role.css());
        let element = format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"5\"/>",
            number(top_left.0),
            number(top_left.1),
            number(size.0),
            number(size.1),
        );
        self.paper.borrow_mut().element(&style, &element);
    }

    /// A class's mark of about `radius` units.
    pub fn marker(&self, marker: Marker, center: Spot, radius: f64, fill: Fill) {
        if marker == Marker::Circle {
            return self.circle(center, radius, fill);
        }
        let place = |(x, y): Spot| (center.0 + radius * x, center.1 + radius * y);
        let corners: Vec<Spot> = marker.corners().into_iter().map(place).collect();
        self.polygon(&corners, fill);
    }

    /// An arrow from one spot to another, its tip at the second.
    pub fn arrow(&self, from: Spot, to: Spot, pen: Pen) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx.hypot(dy);
        if length < 0.5 {
            return;
        }
        let (ux, uy) = (dx / length, dy / length);
        let head = (3.6 * pen.width).clamp(5.0, 9.0).min(length);
        let base = (to.0 - ux * head, to.1 - uy * head);
        let half = head * 0.42;
        self.line(&[from, (base.0 + ux, base.1 + uy)], pen);
        self.polygon(
            &[
                to,
                (base.0 - uy * half, base.1 + ux * half),
                (base.0 + uy * half, base.1 - ux * half),
            ],
            Fill::new(pen.role).opacity(pen.opacity),
        );
    }

    /// Shapes given by their outlines, holes included (even-odd rule).
    pub fn outlines(&self, outlines: &[Vec<Spot>], fill: Fill) {
        let data: String = outlines
            .iter()
            .map(|outline| path_data(outline.iter().copied()) + "Z")
            .collect();
        if data.is_empty() {
            return;
        }
        let opacity = match fill.opacity {
            full if full >= 1.0 => String::new(),
            part => format!(" fill-opacity=\"{}\"", number(part)),
        };
        let style = format!(
            " fill=\"{}\"{opacity} fill-rule=\"evenodd\"",
            fill.role.css()
        );
        let element = format!("<path d=\"{data}\"/>");
        self.paper.borrow_mut().element(&style, &element);
    }

    /// Text whose baseline runs through the spot.
    pub fn text(&self, spot: Spot, label: &Label) {
        let place = format!("x=\"{}\" y=\"{}\"", number(spot.0), number(spot.1));
        self.place_text(&place, label);
    }

    /// Text that runs upwards, its baseline through the spot.
    pub fn text_upright(&self, spot: Spot, label: &Label) {
        let (x, y) = (number(spot.0), number(spot.1));
        self.place_text(
            &format!("transform=\"translate({x} {y}) rotate(-90)\""),
            label,
        );
    }

    fn place_text(&self, place: &str, label: &Label) {
        if label.text.is_empty() {
            return;
        }
        let mut style = format!(" fill=\"{}\"", label.role.css());
        match label.anchor {
            Anchor::Start => {}
            Anchor::Middle => style.push_str(" text-anchor=\"middle\""),
            Anchor::End => style.push_str(" text-anchor=\"end\""),
        }
        if label.size != TEXT {
            style.push_str(&format!(" font-size=\"{}\"", number(label.size)));
        }
        if label.bold {
            style.push_str(" font-weight=\"600\"");
        }
        if label.halo {
            style.push_str(&format!(
                " paint-order=\"stroke\" stroke=\"{}\" stroke-width=\"3\" stroke-linejoin=\"round\"",
                Role::Bg.css()
            ));
        }
        let words = text::escape(&label.text);
        let element = format!("<text {place}>{words}</text>");
        self.paper.borrow_mut().element(&style, &element);
    }

    /// Text centred in height on the spot.
    pub fn text_centred(&self, spot: Spot, label: &Label) {
        // Half of a capital's height, 0.72 em in most fonts.
        self.text((spot.0, spot.1 + 0.35 * label.size), label);
    }

    /// A PNG file stretched over a rectangle, its pixels left square.
    pub fn image(&self, top_left: Spot, size: (f64, f64), png: &[u8]) {
        use base64::Engine;
        let data = base64::engine::general_purpose::STANDARD.encode(png);
        let element = format!(
            "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" href=\"data:image/png;base64,{data}\"/>",
            number(top_left.0),
            number(top_left.1),
            number(size.0),
            number(size.1),
        );
        let style = " image-rendering=\"pixelated\"";
        self.paper.borrow_mut().element(style, &element);
    }
}

const INFALLIBLE: &str = "writing to a string in memory cannot fail";

fn fine((x, y): Spot) -> (i32, i32) {
    ((x * FINE).round() as i32, (y * FINE).round() as i32)
}

fn fine_all(spots: &[Spot]) -> Vec<(i32, i32)> {
    spots.iter().copied().map(fine).collect()
}
