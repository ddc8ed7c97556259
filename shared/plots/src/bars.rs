//! Bars and dots by category, with the values written beside them.

use crate::figure::Size;
use crate::palette::Role;
use crate::point::Number;

/// One bar: a name, a value, perhaps a spread.
#[derive(Debug, Clone)]
pub struct Bar {
    pub(crate) name: String,
    pub(crate) value: f64,
    pub(crate) role: Role,
    pub(crate) spread: Option<(f64, f64)>,
    pub(crate) text: Option<String>,
}

impl Bar {
    /// A blue bar.
    pub fn new(name: impl Into<String>, value: impl Number) -> Self {
        Bar {
            name: name.into(),
            value: value.number(),
            role: Role::Blue,
            spread: None,
            text: None,
        }
    }

    /// Its colour; PyTorch's is [`Role::Grey`].
    pub fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// A line from the smallest to the largest value over the seeds.
    pub fn spread(mut self, low: impl Number, high: impl Number) -> Self {
        self.spread = Some((low.number(), high.number()));
        self
    }

    /// What is written beside it instead of the value.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }
}

pub(crate) enum Row {
    Heading(String),
    Bar(Bar),
}

/// A chart of level bars, one below the other.
///
/// ```
/// use plots::{Bar, Bars, Role};
/// let figure = Bars::new("accuracy", "%")
///     .decimals(1)
///     .bar(Bar::new("perceptron", 97.3))
///     .bar(Bar::new("PyTorch", 97.4).role(Role::Grey))
///     .draw()?;
/// assert!(figure.svg().contains("97.3"));
/// # Ok::<(), plots::Error>(())
/// ```
pub struct Bars {
    pub(crate) name: String,
    pub(crate) rows: Vec<Row>,
    pub(crate) decimals: usize,
    pub(crate) dots: bool,
    pub(crate) range: Option<(f64, f64)>,
    pub(crate) log: bool,
    pub(crate) rules: Vec<(f64, String)>,
    pub(crate) size: Size,
}

impl Bars {
    /// A chart of this quantity in this unit, empty if it has none.
    pub fn new(name: &str, unit: &str) -> Self {
        let name = match unit {
            "" => name.to_owned(),
            unit => format!("{name} ({unit})"),
        };
        Bars {
            name,
            rows: Vec::new(),
            decimals: 2,
            dots: false,
            range: None,
            log: false,
            rules: Vec::new(),
            size: Size::Column,
        }
    }

    /// Adds a bar below the others.
    pub fn bar(mut self, bar: Bar) -> Self {
        self.rows.push(Row::Bar(bar));
        self
    }

    /// Adds a heading over the bars that follow.
    pub fn group(mut self, heading: impl Into<String>) -> Self {
        self.rows.push(Row::Heading(heading.into()));
        self
    }

    /// Decimals of the values written; 2 if not said.
    pub fn decimals(mut self, decimals: usize) -> Self {
        self.decimals = decimals;
        self
    }

    /// Dots instead of bars, over this range. Bars start at 0, because their
    /// length is what one compares; dots need not.
    pub fn dots(mut self, low: impl Number, high: impl Number) -> Self {
        self.dots = true;
        self.range = Some((low.number(), high.number()));
        self
    }

    /// Dots on an axis of equal factors.
    pub fn dots_log(self, low: impl Number, high: impl Number) -> Self {
        let mut bars = self.dots(low, high);
        bars.log = true;
        bars
    }

    /// Bars from 0 to `high`, where the largest value is not the whole.
    pub fn up_to(mut self, high: impl Number) -> Self {
        self.range = Some((0.0, high.number()));
        self
    }

    /// An upright dashed line at a value, with its name below.
    pub fn rule(mut self, at: impl Number, name: impl Into<String>) -> Self {
        self.rules.push((at.number(), name.into()));
        self
    }

    /// How wide the figure is; a column if not said.
    pub fn size(mut self, size: Size) -> Self {
        self.size = size;
        self
    }
}
