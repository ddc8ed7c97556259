//! Bars and dots by category, with the values written beside them.

use crate::figure::{Error, Figure, Size};
use crate::palette::Role;
use crate::point::Number;
use crate::scale::{Scale, decimal};
use crate::sheet::{Anchor, Fill, Label, Pen, Sheet};
use crate::text::{LINE, TEXT, width};

/// Height of a row, in units.
const ROW: f64 = 22.0;
const EDGE: f64 = 3.0;

/// One bar: a name, a value, perhaps a spread.
#[derive(Debug, Clone)]
pub struct Bar {
    name: String,
    value: f64,
    role: Role,
    spread: Option<(f64, f64)>,
    text: Option<String>,
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

enum Row {
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
    name: String,
    rows: Vec<Row>,
    decimals: usize,
    dots: bool,
    range: Option<(f64, f64)>,
    log: bool,
    rules: Vec<(f64, String)>,
    size: Size,
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

    /// The figure.
    ///
    /// # Errors
    ///
    /// [`Error::TooLarge`] when the SVG passes [`MAX_BYTES`](crate::MAX_BYTES).
    pub fn draw(self) -> Result<Figure, Error> {
        let top = EDGE + LINE + 4.0;
        let bottom = top + ROW * self.rows.len() as f64;
        let below = LINE * (1 + self.rules.len().min(1)) as f64;
        let sheet = Sheet::new(self.size.units(), (bottom + below + EDGE).ceil());
        let layout = self.layout(top, bottom);
        sheet.text((EDGE, EDGE + 11.0), &Label::new(&self.name));
        self.draw_axis(&sheet, &layout);
        for (i, row) in self.rows.iter().enumerate() {
            let middle = top + (i as f64 + 0.5) * ROW;
            match row {
                Row::Heading(text) => {
                    sheet.text_centred((EDGE, middle + 2.0), &Label::new(text).bold());
                }
                Row::Bar(bar) => self.draw_bar(&sheet, &layout, bar, middle),
            }
        }
        self.draw_rules(&sheet, &layout);
        Figure::finish(sheet, self.size)
    }

    fn bars(&self) -> impl Iterator<Item = &Bar> {
        self.rows.iter().filter_map(|row| match row {
            Row::Bar(bar) => Some(bar),
            Row::Heading(_) => None,
        })
    }

    fn written(&self, bar: &Bar) -> String {
        let value = || decimal(bar.value, self.decimals);
        bar.text.clone().unwrap_or_else(value)
    }

    fn layout(&self, top: f64, bottom: f64) -> Layout {
        let names = self.bars().map(|bar| width(&bar.name, TEXT));
        let values = self.bars().map(|bar| width(&self.written(bar), TEXT));
        let left = EDGE + names.fold(0.0, f64::max) + 8.0;
        let right = self.size.units() - EDGE - values.fold(0.0, f64::max) - 8.0;
        let reach = |bar: &Bar| bar.spread.map_or(bar.value, |s| s.1.max(bar.value));
        let most = self.bars().map(reach).fold(0.0, f64::max);
        let least = self.bars().map(|bar| bar.value).fold(0.0, f64::min);
        let (low, high) = self.range.unwrap_or((least, most));
        Layout {
            scale: if self.log {
                Scale::log(low, high)
            } else {
                Scale::linear(low, high)
            },
            left,
            right,
            top,
            bottom,
        }
    }

    fn draw_axis(&self, sheet: &Sheet, layout: &Layout) {
        let count = ((layout.right - layout.left) / 60.0) as usize;
        for tick in layout.scale.ticks(count.max(2)) {
            let x = layout.x(tick.value);
            let line = [(x, layout.top), (x, layout.bottom)];
            sheet.line(&line, Pen::new(Role::Grid, 1.0));
            let label = Label::new(tick.label)
                .role(Role::Muted)
                .anchor(Anchor::Middle);
            sheet.text((x, layout.bottom + LINE - 2.0), &label);
        }
    }

    fn draw_bar(&self, sheet: &Sheet, layout: &Layout, bar: &Bar, middle: f64) {
        let name = Label::new(&bar.name).anchor(Anchor::End);
        sheet.text_centred((layout.left - 8.0, middle), &name);
        if !bar.value.is_finite() {
            return;
        }
        let (zero, end) = (layout.x(0.0), layout.x(bar.value));
        if self.dots {
            let line = [(layout.left, middle), (layout.right, middle)];
            sheet.line(&line, Pen::new(Role::Grid, 1.0));
        } else {
            let (from, to) = (zero.min(end), zero.max(end));
            let fill = Fill::new(bar.role);
            sheet.rect((from, middle - 7.0), (to, middle + 7.0), fill);
        }
        let mut reach = end.max(zero);
        if let Some((low, high)) = bar.spread {
            let (low, high) = (layout.x(low), layout.x(high));
            let role = if self.dots { bar.role } else { Role::Ink };
            sheet.line(&[(low, middle), (high, middle)], Pen::new(role, 2.0));
            reach = reach.max(high);
        }
        if self.dots {
            let fill = Fill::new(bar.role).outline(Role::Bg, 1.0);
            sheet.circle((end, middle), 5.0, fill);
            reach += 5.0;
        }
        let value = Label::new(self.written(bar)).role(bar.role).halo();
        sheet.text_centred((reach + 5.0, middle), &value);
    }

    fn draw_rules(&self, sheet: &Sheet, layout: &Layout) {
        for (at, name) in &self.rules {
            let x = layout.x(*at);
            let line = [(x, layout.top), (x, layout.bottom)];
            let pen = Pen::new(Role::Ink, 1.3).dash(crate::paper::Dash::Dashed);
            sheet.line(&line, pen);
            let label = Label::new(name).anchor(Anchor::Middle);
            let half = label.width() / 2.0;
            let x = x.clamp(EDGE + half, self.size.units() - EDGE - half);
            sheet.text((x, layout.bottom + 2.0 * LINE - 3.0), &label);
        }
    }
}

/// Where the bars lie on the sheet.
struct Layout {
    scale: Scale,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Layout {
    fn x(&self, value: f64) -> f64 {
        let fraction = self.scale.fraction(value).clamp(0.0, 1.0);
        self.left + fraction * (self.right - self.left)
    }
}
