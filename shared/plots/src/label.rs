//! Words on the sheet: what they say, how they look, where they are anchored.

use crate::palette::Role;
use crate::text::{self, TEXT};

/// Which part of a text stands at its spot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anchor {
    /// The text begins at the spot.
    #[default]
    Start,
    /// The text is centred on the spot.
    Middle,
    /// The text ends at the spot.
    End,
}

/// A line of text: what, how, and anchored where.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The words.
    pub text: String,
    /// Colour.
    pub role: Role,
    /// Which part stands at the spot.
    pub anchor: Anchor,
    /// Font size in units.
    pub size: f64,
    /// Semi-bold, for titles and highlights.
    pub bold: bool,
    /// A rim of background colour, for text over marks and lines.
    pub halo: bool,
}

impl Label {
    /// How much wider semi-bold text is.
    pub(crate) const BOLDER: f64 = 1.06;

    /// Ordinary text in the text colour, beginning at its spot.
    pub fn new(text: impl Into<String>) -> Self {
        Label {
            text: text.into(),
            role: Role::Fg,
            anchor: Anchor::Start,
            size: TEXT,
            bold: false,
            halo: false,
        }
    }

    /// The same text in this role's text colour.
    pub fn role(mut self, role: Role) -> Self {
        self.role = role.text();
        self
    }

    /// The same text, anchored otherwise.
    pub fn anchor(mut self, anchor: Anchor) -> Self {
        self.anchor = anchor;
        self
    }

    /// The same text, semi-bold.
    pub fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    /// The same text at another size.
    pub fn size(mut self, size: f64) -> Self {
        self.size = size;
        self
    }

    /// The same text with a rim of background colour.
    pub fn halo(mut self) -> Self {
        self.halo = true;
        self
    }

    /// About how wide it is, in units.
    pub fn width(&self) -> f64 {
        let stretch = if self.bold { Label::BOLDER } else { 1.0 };
        text::width(&self.text, self.size) * stretch
    }
}
