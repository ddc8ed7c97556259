//! What a panel can show, one layer over the other in the order of adding.

mod arrow;
mod histogram;
mod line;
mod regions;
mod scatter;
mod straight;

pub use arrow::{Arrow, Note};
pub use histogram::Histogram;
pub use line::{Band, Line, Split};
pub use regions::{Contours, Probability, Regions};
pub use scatter::Scatter;
pub use straight::{Boundary, Rule};

use crate::canvas::Canvas;
use crate::palette::Role;
use crate::point::Extent;
use crate::scale::Scale;

/// Something drawn in a panel.
pub trait Layer {
    /// The data range that the panel's axes have to hold.
    fn extent(&self) -> Extent;

    /// Draws itself.
    fn draw(&self, canvas: &mut Canvas<'_>);

    /// The name to write beside the panel's right side, at the end of what
    /// can be drawn on these axes.
    fn end_label(&self, _x: Scale, _y: Scale) -> Option<EndLabel> {
        None
    }
}

/// A curve's name and where the curve ends.
#[derive(Debug, Clone, PartialEq)]
pub struct EndLabel {
    /// The name.
    pub text: String,
    /// The curve's colour.
    pub role: Role,
    /// The curve's last x.
    pub x: f64,
    /// The curve's last y.
    pub y: f64,
}
