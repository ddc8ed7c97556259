//! How a bar chart is laid out and drawn.

use crate::bars::{Bar, Bars, Row};
use crate::figure::{Error, Figure};
use crate::label::{Anchor, Label};
use crate::numbers::decimal;
use crate::palette::Role;
use crate::paper::Dash;
use crate::pen::{Fill, Pen};
use crate::scale::Scale;
use crate::sheet::Sheet;
use crate::text::{LINE, TEXT, width};

/// Height of a row, in units.
const ROW: f64 = 22.0;
const EDGE: f64 = 3.0;

impl Bars {
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
        for (bar, middle) in self.placed(top) {
            self.draw_bar(&sheet, &layout, bar, middle);
        }
        self.draw_rules(&sheet, &layout);
        for (bar, middle) in self.placed(top) {
            self.write_bar(&sheet, &layout, bar, middle);
        }
        self.write_headings(&sheet, top);
        Figure::finish(sheet, self.size)
    }

    /// The bars that can be drawn, each with the height of its middle.
    fn placed(&self, top: f64) -> impl Iterator<Item = (&Bar, f64)> {
        let rows = self.rows.iter().enumerate();
        rows.filter_map(move |(i, row)| match row {
            Row::Bar(bar) => Some((bar, top + (i as f64 + 0.5) * ROW)),
            Row::Heading(_) => None,
        })
    }

    fn write_headings(&self, sheet: &Sheet, top: f64) {
        for (i, row) in self.rows.iter().enumerate() {
            if let Row::Heading(text) = row {
                let middle = top + (i as f64 + 0.5) * ROW + 2.0;
                sheet.text_centred((EDGE, middle), &Label::new(text).bold());
            }
        }
    }

    fn bars(&self) -> impl Iterator<Item = &Bar> {
        self.rows.iter().filter_map(|row| match row {
            Row::Bar(bar) => Some(bar),
            Row::Heading(_) => None,
        })
    }

    fn written(&self, bar: &Bar) -> String {
        let value = || match bar.value.is_finite() {
            true => decimal(bar.value, self.decimals),
            false => "no value".to_owned(),
        };
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
        for tick in layout.scale.ticks_across(layout.right - layout.left) {
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
        let (zero, end) = (layout.x(0.0), layout.x(bar.value));
        if self.dots {
            let line = [(layout.left, middle), (layout.right, middle)];
            sheet.line(&line, Pen::new(Role::Grid, 1.0));
        } else {
            let (from, to) = (zero.min(end), zero.max(end));
            let fill = Fill::new(bar.role);
            sheet.rect((from, middle - 7.0), (to, middle + 7.0), fill);
        }
        if let Some((low, high)) = bar.spread {
            let ends = [(layout.x(low), middle), (layout.x(high), middle)];
            let role = if self.dots { bar.role } else { Role::Ink };
            sheet.line(&ends, Pen::new(role, 2.0));
        }
        if self.dots && bar.value.is_finite() {
            let fill = Fill::new(bar.role).outline(Role::Bg, 1.0);
            sheet.circle((end, middle), 5.0, fill);
        }
    }

    /// The name on the left, the value after the bar, the dot or the spread.
    fn write_bar(&self, sheet: &Sheet, layout: &Layout, bar: &Bar, middle: f64) {
        let name = Label::new(&bar.name).anchor(Anchor::End);
        sheet.text_centred((layout.left - 8.0, middle), &name);
        let dot = if self.dots { 5.0 } else { 0.0 };
        let end = layout.x(bar.value).max(layout.x(0.0)) + dot;
        let reach = bar.spread.map_or(end, |(_, high)| end.max(layout.x(high)));
        let value = Label::new(self.written(bar)).role(bar.role).halo();
        sheet.text_centred((reach + 5.0, middle), &value);
    }

    fn draw_rules(&self, sheet: &Sheet, layout: &Layout) {
        for (at, name) in &self.rules {
            let x = layout.x(*at);
            let line = [(x, layout.top), (x, layout.bottom)];
            let pen = Pen::new(Role::Ink, 1.3).dash(Dash::Dashed);
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
        let fraction = self.scale.fraction(value);
        let fraction = if fraction.is_nan() {
            0.0
        } else {
            fraction.clamp(0.0, 1.0)
        };
        self.left + fraction * (self.right - self.left)
    }
}
