//! Figures of the course: one look, SVG that follows light and dark.

#![warn(missing_docs)]

mod axes;
mod bars;
mod canvas;
mod class;
mod colormap;
mod diagram;
mod diagram_draw;
mod figure;
mod grid;
mod labels;
mod layers;
mod matrix;
mod outline;
mod palette;
mod panel;
mod paper;
mod picture;
mod pictures;
mod point;
mod scale;
mod sheet;
mod text;

pub use bars::{Bar, Bars};
pub use canvas::{Canvas, Frame};
pub use class::{Class, Marker};
pub use colormap::{heat, signed};
pub use diagram::{Diagram, Edge, Node, NodeId};
pub use figure::{Error, Figure, MAX_BYTES, Size};
pub use grid::Panels;
pub use labels::stack;
pub use layers::{
    Arrow, Band, Boundary, Contours, EndLabel, Histogram, Layer, Line, Note, Regions, Rule,
    Scatter, Split,
};
pub use matrix::Matrix;
pub use palette::{Role, stylesheet};
pub use panel::Panel;
pub use paper::Dash;
pub use picture::Picture;
pub use pictures::Pictures;
pub use point::{Extent, Number, Point};
pub use scale::{Scale, Tick, decimal};
pub use sheet::{Anchor, Fill, Label, Pen, Sheet, Spot};
pub use text::{TEXT, TITLE, width};
