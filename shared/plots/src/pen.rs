//! How lines and surfaces are drawn.

use crate::palette::Role;
use crate::paper::Dash;

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pen {
    /// Colour.
    pub role: Role,
    /// Thickness in units.
    pub width: f64,
    /// Solid, dashed or dotted.
    pub dash: Dash,
    /// 0 (nothing) to 1 (full).
    pub opacity: f64,
}

impl Pen {
    /// A solid pen.
    pub fn new(role: Role, width: f64) -> Self {
        Pen {
            role,
            width,
            dash: Dash::Solid,
            opacity: 1.0,
        }
    }

    /// The same pen, broken into dashes or dots.
    pub fn dash(self, dash: Dash) -> Self {
        Pen { dash, ..self }
    }
}

/// How a surface is filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fill {
    /// Colour.
    pub role: Role,
    /// 0 (nothing) to 1 (full).
    pub opacity: f64,
    /// Colour and thickness of the outline, if there is one.
    pub outline: Option<(Role, f64)>,
}

impl Fill {
    /// A full surface without outline.
    pub fn new(role: Role) -> Self {
        Fill {
            role,
            opacity: 1.0,
            outline: None,
        }
    }

    /// The same surface, let through to this degree.
    pub fn opacity(self, opacity: f64) -> Self {
        Fill { opacity, ..self }
    }

    /// The same surface with an outline.
    pub fn outline(self, role: Role, width: f64) -> Self {
        Fill {
            outline: Some((role, width)),
            ..self
        }
    }
}
