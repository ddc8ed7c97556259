//! The SVG writer: a drawing backend for plotters.
//!
//! plotters turns elements (paths, circles, polygons) into calls of a
//! [`DrawingBackend`]. Its own SVG backend writes whole pixels and fixed
//! colours, and knows no dashes. This one takes coordinates in hundredths of
//! a unit, writes colours as CSS variables with a fallback, and puts what
//! follows in the same style into one `<g>`, which keeps the files small.

use std::convert::Infallible;
use std::fmt::Write;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind,
};

use crate::palette::Role;

/// Hundredths in a unit: what plotters' whole pixels are to us.
pub(crate) const FINE: f64 = 100.0;

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dash {
    /// Unbroken: training, and whatever is measured once.
    #[default]
    Solid,
    /// Dashed: validation.
    Dashed,
    /// Dotted: test.
    Dotted,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// The sheet of paper that plotters draws on.
pub(crate) struct Paper {
    size: (u32, u32),
    body: String,
    /// Attributes of the `<g>` that is open, empty if none is.
    group: String,
    /// What plotters' styles cannot say; set before drawing, see `Sheet`.
    pub(crate) dash: Dash,
    pub(crate) outline: Option<(Role, f64)>,
}

impl Paper {
    /// An empty sheet of `width` × `height` units.
    pub(crate) fn new(width: f64, height: f64) -> Self {
        Paper {
            size: ((width * FINE) as u32, (height * FINE) as u32),
            body: String::new(),
            group: String::new(),
            dash: Dash::Solid,
            outline: None,
        }
    }

    /// Writes one element, in the group with these attributes.
    pub(crate) fn element(&mut self, attributes: &str, element: &str) {
        if self.group != attributes {
            self.close_group();
            let _ = writeln!(self.body, "<g{attributes}>");
            self.group = attributes.to_owned();
        }
        self.body.push_str(element);
        self.body.push('\n');
    }

    fn close_group(&mut self) {
        if !self.group.is_empty() {
            self.body.push_str("</g>\n");
            self.group.clear();
        }
    }

    /// The elements drawn so far, and an empty sheet again.
    pub(crate) fn take_body(&mut self) -> String {
        self.close_group();
        std::mem::take(&mut self.body)
    }

    fn stroke(&self, color: BackendColor, width: u32) -> String {
        let width = f64::from(width) / FINE;
        let dash = match self.dash {
            Dash::Solid => String::new(),
            Dash::Dashed => format!(" stroke-dasharray=\"{} {}\"", width * 3.5, width * 2.0),
            Dash::Dotted => format!(
                " stroke-linecap=\"round\" stroke-dasharray=\"0 {}\"",
                number(width * 2.0)
            ),
        };
        format!(
            " fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{}{dash}",
            paint(color),
            number(width),
            opacity("stroke-opacity", color.alpha),
        )
    }

    fn fill(&self, color: BackendColor) -> String {
        let outline = self.outline.map_or(String::new(), |(role, width)| {
            let role = role.css();
            format!(" stroke=\"{role}\" stroke-width=\"{}\"", number(width))
        });
        format!(
            " fill=\"{}\"{}{outline}",
            paint(color),
            opacity("fill-opacity", color.alpha)
        )
    }

    fn style<S: BackendStyle>(&self, style: &S, filled: bool) -> String {
        if filled {
            self.fill(style.color())
        } else {
            self.stroke(style.color(), style.stroke_width())
        }
    }
}

/// A number with at most two decimals, without trailing zeros and without a
/// leading one: `.5`, `12`, `-3.25`.
pub(crate) fn number(value: f64) -> String {
    let rounded = (value * FINE).round() / FINE;
    let rounded = if rounded == 0.0 { 0.0 } else { rounded };
    let text = format!("{rounded}");
    match text.strip_prefix("0.") {
        Some(decimals) => format!(".{decimals}"),
        None => match text.strip_prefix("-0.") {
            Some(decimals) => format!("-.{decimals}"),
            None => text,
        },
    }
}

/// Path data through the points: `M1 2L3 4 5 6`.
pub(crate) fn path_data(points: impl IntoIterator<Item = (f64, f64)>) -> String {
    let mut data = String::new();
    for (i, (x, y)) in points.into_iter().enumerate() {
        data.push_str(match i {
            0 => "M",
            1 => "L",
            _ => " ",
        });
        let _ = write!(data, "{} {}", number(x), number(y));
    }
    data
}

fn paint(color: BackendColor) -> String {
    Role::of_rgb(color.rgb)
        .expect("layers draw in roles only")
        .css()
}

fn opacity(name: &str, alpha: f64) -> String {
    if alpha < 1.0 {
        format!(" {name}=\"{}\"", number(alpha))
    } else {
        String::new()
    }
}

fn units(point: BackendCoord) -> (f64, f64) {
    (f64::from(point.0) / FINE, f64::from(point.1) / FINE)
}

impl DrawingBackend for Paper {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 100, point.1 + 100), &color, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let ((x, y), (right, bottom)) = (units(upper_left), units(bottom_right));
        let element = format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            number(x),
            number(y),
            number(right - x),
            number(bottom - y)
        );
        self.element(&self.style(style, fill), &element);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let data = path_data(path.into_iter().map(units));
        let element = format!("<path d=\"{data}\"/>");
        self.element(&self.style(style, false), &element);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (x, y) = units(center);
        let element = format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            number(x),
            number(y),
            number(f64::from(radius) / FINE)
        );
        self.element(&self.style(style, fill), &element);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        let data = path_data(corners.into_iter().map(units));
        let element = format!("<path d=\"{data}Z\"/>");
        self.element(&self.style(style, true), &element);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let short: Vec<String> = [0.3 - 1e-12, 12.0, -0.5, -0.001, 2.71, 100.0]
            .map(number)
            .to_vec();
        assert_eq!(short, [".3", "12", "-.5", "0", "2.71", "100"]);
    }

    #[test]
    fn neighbours_of_one_style_share_a_group() {
        let mut paper = Paper::new(10.0, 10.0);
        let color = BackendColor {
            alpha: 1.0,
            rgb: (0, 0x72, 0xB2),
        };
        let _ = paper.draw_circle((100, 100), 50, &color, true);
        let _ = paper.draw_circle((200, 100), 50, &color, true);
        assert_eq!(
            paper.take_body(),
            "<g fill=\"var(--fig-blue, #0072B2)\">\n\
             <circle cx=\"1\" cy=\"1\" r=\".5\"/>\n\
             <circle cx=\"2\" cy=\"1\" r=\".5\"/>\n</g>\n"
        );
    }
}
