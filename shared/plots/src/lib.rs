//! Figures of the course: one look, SVG that follows light and dark.
//!
//! A figure is made by a builder and drawn once:
//!
//! | what it shows | builder |
//! | --- | --- |
//! | axes with curves, points, regions, histograms | [`Panel`], several: [`Panels`] |
//! | categories with one number each | [`Bars`] |
//! | a matrix with names | [`Matrix`] |
//! | small pictures: digits, weight images, photos with boxes ([`Mark`]) | [`Pictures`] |
//! | units, boxes and arrows | [`Diagram`] |
//!
//! A panel takes layers: [`Line`], [`Band`], [`Scatter`], [`Regions`],
//! [`Contours`], [`Boundary`], [`Arrow`], [`Rule`], [`Note`], [`Histogram`].
//! [`Layer`] is open: a lesson can write its own.
//!
//! ```
//! use plots::{Boundary, Class, Panel, Regions, Scatter};
//! let (setosa, others) = ([[1.4, 0.2], [1.3, 0.3]], [[4.7, 1.4], [4.5, 1.5]]);
//! let figure = Panel::new()
//!     .x("petal length", "cm")
//!     .y("petal width", "cm")
//!     .add(Regions::new(|x, y| usize::from(x + 2.0 * y > 4.0)).borderless())
//!     .add(Scatter::new(Class::A, &setosa).name("setosa"))
//!     .add(Scatter::new(Class::B, &others).name("others"))
//!     .add(Boundary::new([1.0, 2.0], -4.0))
//!     .draw()?;
//! assert!(figure.svg().len() < plots::MAX_BYTES);
//! # Ok::<(), plots::Error>(())
//! ```
//!
//! `cargo run -p plots --example gallery` draws every kind of figure.
//!
//! The rules of the house: class A is blue with circles, B vermilion with
//! triangles ([`Class`]); training is solid, validation dashed, test dotted
//! ([`Split`]); ours in colour, PyTorch grey ([`Role`]); names stand beside
//! what they name, without legends; text has at least 11 px on a phone
//! ([`Size`]). Drawing goes through plotters, onto a writer of our own.

mod axes;
mod bars;
mod bars_draw;
mod canvas;
mod class;
mod colormap;
mod diagram;
mod diagram_draw;
mod figure;
mod grid;
mod label;
mod labels;
mod layers;
mod mark;
mod matrix;
mod numbers;
mod outline;
mod palette;
mod panel;
mod paper;
mod pen;
mod picture;
mod pictures;
mod point;
mod scale;
mod sheet;
mod stylesheet;
mod text;
mod trim;

pub use bars::{Bar, Bars};
pub use canvas::{Canvas, Frame};
pub use class::{Class, Marker};
pub use colormap::{heat, signed};
pub use diagram::{Diagram, Edge, Node, NodeId};
pub use figure::{Error, Figure, MAX_BYTES, Size};
pub use grid::Panels;
pub use label::{Anchor, Label};
pub use labels::stack;
pub use layers::{
    Arrow, Band, Boundary, Contours, EndLabel, Histogram, Layer, Line, Note, Probability, Regions,
    Rule, Scatter, Split,
};
pub use mark::Mark;
pub use matrix::Matrix;
pub use numbers::decimal;
pub use palette::Role;
pub use panel::Panel;
pub use paper::Dash;
pub use pen::{Fill, Pen};
pub use picture::Picture;
pub use pictures::Pictures;
pub use point::{Extent, Number, Point};
pub use scale::{Scale, Tick};
pub use sheet::{Sheet, Spot};
pub use stylesheet::stylesheet;
pub use text::{TEXT, TITLE, width, wrap};
