//! A panel: axes with names and units, and layers over each other.

use crate::figure::{Error, Figure, Size};
use crate::grid::Panels;
use crate::layers::{EndLabel, Layer};
use crate::point::{Extent, Number};
use crate::scale::{Scale, Tick};

/// What is known of an axis before the layout.
#[derive(Debug, Clone, Default)]
pub(crate) struct Axis {
    /// Name and unit: `loss (nats)`.
    pub(crate) name: String,
    pub(crate) range: Option<(f64, f64)>,
    pub(crate) log: bool,
    /// Given ticks; none means computed ones.
    pub(crate) ticks: Option<Vec<Tick>>,
}

impl Axis {
    fn named(&mut self, name: &str, unit: &str) {
        self.name = if unit.is_empty() {
            name.to_owned()
        } else {
            format!("{name} ({unit})")
        };
    }

    /// The axis' scale for data of this range, of which `least` is the
    /// smallest above 0.
    pub(crate) fn scale(
        &self,
        data: Option<(f64, f64)>,
        least: Option<f64>,
        pad: (bool, bool),
    ) -> Scale {
        if let Some((low, high)) = self.range {
            return if self.log {
                Scale::log(low, high)
            } else {
                Scale::linear(low, high)
            };
        }
        let (low, high) = data.unwrap_or((0.0, 1.0));
        if self.log {
            let scale = Scale::log(least.unwrap_or(low), high);
            return Scale {
                low: scale.value(if pad.0 { -0.05 } else { 0.0 }),
                high: scale.value(if pad.1 { 1.05 } else { 1.0 }),
                log: true,
            };
        }
        let scale = Scale::linear(low, high);
        let room = 0.05 * (scale.high - scale.low);
        Scale::linear(
            scale.low - if pad.0 { room } else { 0.0 },
            scale.high + if pad.1 { room } else { 0.0 },
        )
    }
}

/// One panel. A single one is a figure: [`Panel::draw`]; several make small
/// multiples: [`Panels`].
///
/// ```
/// use plots::{Boundary, Class, Panel, Scatter};
/// let figure = Panel::new()
///     .x("petal length", "cm")
///     .y("petal width", "cm")
///     .add(Scatter::new(Class::A, &[[1.4, 0.2], [1.3, 0.3]]).name("setosa"))
///     .add(Scatter::new(Class::B, &[[4.7, 1.4], [4.5, 1.5]]).name("others"))
///     .add(Boundary::new([1.0, 2.0], -4.0))
///     .draw()?;
/// assert!(figure.svg().starts_with("<svg"));
/// # Ok::<(), plots::Error>(())
/// ```
pub struct Panel<'a> {
    pub(crate) title: String,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    pub(crate) layers: Vec<Box<dyn Layer + 'a>>,
    pub(crate) aspect: Option<f64>,
    pub(crate) equal: bool,
}

impl Default for Panel<'_> {
    fn default() -> Self {
        Panel::new()
    }
}

impl<'a> Panel<'a> {
    /// An empty panel.
    pub fn new() -> Self {
        Panel {
            title: String::new(),
            x: Axis::default(),
            y: Axis::default(),
            layers: Vec::new(),
            aspect: None,
            equal: false,
        }
    }

    /// A title, for telling the panels of small multiples apart. What a whole
    /// figure says stands in its caption.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// The horizontal axis' name and its unit, empty if it has none.
    pub fn x(mut self, name: &str, unit: &str) -> Self {
        self.x.named(name, unit);
        self
    }

    /// The vertical axis' name and its unit, empty if it has none.
    pub fn y(mut self, name: &str, unit: &str) -> Self {
        self.y.named(name, unit);
        self
    }

    /// The horizontal axis from `low` to `high`; otherwise the layers' data
    /// decide.
    pub fn x_range(mut self, low: impl Number, high: impl Number) -> Self {
        self.x.range = Some((low.number(), high.number()));
        self
    }

    /// The vertical axis from `low` to `high`; otherwise the layers' data
    /// decide.
    pub fn y_range(mut self, low: impl Number, high: impl Number) -> Self {
        self.y.range = Some((low.number(), high.number()));
        self
    }

    /// Equal factors become equal steps on the horizontal axis.
    pub fn x_log(mut self) -> Self {
        self.x.log = true;
        self
    }

    /// Equal factors become equal steps on the vertical axis.
    pub fn y_log(mut self) -> Self {
        self.y.log = true;
        self
    }

    /// Ticks at these places with these words, on the horizontal axis.
    pub fn x_ticks<N: Number>(mut self, ticks: &[(N, &str)]) -> Self {
        self.x.ticks = Some(given(ticks));
        self
    }

    /// Ticks at these places with these words, on the vertical axis.
    pub fn y_ticks<N: Number>(mut self, ticks: &[(N, &str)]) -> Self {
        self.y.ticks = Some(given(ticks));
        self
    }

    /// No ticks on either axis, for panels that show a shape only.
    pub fn no_ticks(mut self) -> Self {
        self.x.ticks = Some(Vec::new());
        self.y.ticks = Some(Vec::new());
        self
    }

    /// Width by height of the panel's inside; 1.45 if not said, 1 with
    /// [`equal_units`](Self::equal_units).
    pub fn aspect(mut self, width_by_height: impl Number) -> Self {
        self.aspect = Some(width_by_height.number());
        self
    }

    /// One unit of x is as long as one of y, so that right angles look right.
    /// The range that would be longer is widened.
    pub fn equal_units(mut self) -> Self {
        self.equal = true;
        self
    }

    /// Adds a layer over the ones before.
    #[allow(clippy::should_implement_trait)]
    pub fn add(mut self, layer: impl Layer + 'a) -> Self {
        self.layers.push(Box::new(layer));
        self
    }

    /// Adds a layer for each of the items.
    pub fn add_all<L: Layer + 'a>(mut self, layers: impl IntoIterator<Item = L>) -> Self {
        for layer in layers {
            self.layers.push(Box::new(layer));
        }
        self
    }

    /// The figure of this panel alone, a column wide.
    ///
    /// # Errors
    ///
    /// [`Error::TooLarge`] when the SVG passes [`MAX_BYTES`](crate::MAX_BYTES).
    pub fn draw(self) -> Result<Figure, Error> {
        Panels::new([self]).draw()
    }

    /// The figure of this panel alone, in the given size.
    ///
    /// # Errors
    ///
    /// [`Error::TooLarge`] when the SVG passes [`MAX_BYTES`](crate::MAX_BYTES).
    pub fn draw_sized(self, size: Size) -> Result<Figure, Error> {
        Panels::new([self]).size(size).draw()
    }

    pub(crate) fn extent(&self) -> Extent {
        let extents = self.layers.iter().map(|layer| layer.extent());
        extents.fold(Extent::default(), Extent::and)
    }

    pub(crate) fn end_labels(&self, x: Scale, y: Scale) -> Vec<EndLabel> {
        let layers = self.layers.iter();
        layers.filter_map(|layer| layer.end_label(x, y)).collect()
    }
}

fn given<N: Number>(ticks: &[(N, &str)]) -> Vec<Tick> {
    let tick = |&(value, label): &(N, &str)| Tick {
        value: value.number(),
        label: label.to_owned(),
    };
    ticks.iter().map(tick).collect()
}
