//! A matrix as a heat map with names and numbers: confusions, correlations,
//! attention.

use crate::figure::{Error, Figure, Size};
use crate::palette::Role;
use crate::point::Number;
use crate::scale::decimal;
use crate::sheet::{Anchor, Fill, Label, Sheet, Spot};
use crate::text::{LINE, TEXT, width};

const EDGE: f64 = 3.0;
/// Cells are not larger than this, in units.
const LARGEST: f64 = 46.0;

/// A matrix, its cells coloured by value and, where there is room, numbered.
///
/// The colours are strengths of one hue over the page's background, so they
/// follow light and dark, and the numbers stay readable on all of them.
///
/// ```
/// use plots::Matrix;
/// let figure = Matrix::new(2, 2, &[48, 2, 1, 49])
///     .rows("true class", &["setosa", "others"])
///     .columns("predicted class", &["setosa", "others"])
///     .draw()?;
/// # Ok::<(), plots::Error>(())
/// ```
pub struct Matrix {
    rows: usize,
    columns: usize,
    values: Vec<f64>,
    row_axis: String,
    row_names: Vec<String>,
    column_axis: String,
    column_names: Vec<String>,
    decimals: usize,
    numbers: bool,
    signed: bool,
    size: Size,
}

impl Matrix {
    /// `rows` × `columns` values, row by row from the top.
    pub fn new(rows: usize, columns: usize, values: &[impl Number]) -> Self {
        Matrix {
            rows,
            columns,
            values: values.iter().map(|v| v.number()).collect(),
            row_axis: String::new(),
            row_names: Vec::new(),
            column_axis: String::new(),
            column_names: Vec::new(),
            decimals: 0,
            numbers: true,
            signed: false,
            size: Size::Column,
        }
    }

    /// What the rows are, and the name of each.
    pub fn rows<S: AsRef<str>>(mut self, axis: &str, names: &[S]) -> Self {
        self.row_axis = axis.to_owned();
        self.row_names = names.iter().map(|n| n.as_ref().to_owned()).collect();
        self
    }

    /// What the columns are, and the name of each.
    pub fn columns<S: AsRef<str>>(mut self, axis: &str, names: &[S]) -> Self {
        self.column_axis = axis.to_owned();
        self.column_names = names.iter().map(|n| n.as_ref().to_owned()).collect();
        self
    }

    /// Decimals of the numbers; none if not said.
    pub fn decimals(mut self, decimals: usize) -> Self {
        self.decimals = decimals;
        self
    }

    /// Colours only.
    pub fn no_numbers(mut self) -> Self {
        self.numbers = false;
        self
    }

    /// Negative values in blue, positive ones in orange; otherwise the
    /// strength of one colour shows the magnitude.
    pub fn signed(mut self) -> Self {
        self.signed = true;
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
    /// [`Error::Shape`] when there are not rows × columns values,
    /// [`Error::TooLarge`] when the SVG passes [`MAX_BYTES`](crate::MAX_BYTES).
    pub fn draw(self) -> Result<Figure, Error> {
        let expected = self.rows * self.columns;
        if self.values.len() != expected || expected == 0 {
            return Err(Error::Shape {
                what: format!("matrix of {} × {}", self.rows, self.columns),
                expected,
                got: self.values.len(),
            });
        }
        let names = self.row_names.iter().map(|n| width(n, TEXT));
        let left = EDGE + names.fold(0.0, f64::max) + 6.0;
        let cell = ((self.size.units() - left - EDGE) / self.columns as f64).min(LARGEST);
        let turned = self.names_turned(cell);
        let top = EDGE + self.head_height(turned);
        let height = (top + cell * self.rows as f64 + EDGE).ceil();
        let sheet = Sheet::new(self.size.units(), height);
        self.draw_cells(&sheet, (left, top), cell);
        self.write_names(&sheet, (left, top), cell, turned);
        Figure::finish(sheet, self.size)
    }

    /// Column names that do not fit over their cells are turned upright.
    fn names_turned(&self, cell: f64) -> bool {
        let fits = |n: &String| width(n, TEXT) < cell - 2.0;
        !self.column_names.iter().all(fits)
    }

    fn head_height(&self, turned: bool) -> f64 {
        let axis = if self.column_axis.is_empty() && self.row_axis.is_empty() {
            0.0
        } else {
            LINE + 2.0
        };
        let names = match (self.column_names.is_empty(), turned) {
            (true, _) => 0.0,
            (false, false) => LINE,
            (false, true) => {
                let widths = self.column_names.iter().map(|n| width(n, TEXT));
                widths.fold(0.0, f64::max) + 8.0
            }
        };
        axis + names
    }

    fn draw_cells(&self, sheet: &Sheet, (left, top): Spot, cell: f64) {
        let finite = self.values.iter().filter(|v| v.is_finite());
        let most = finite.fold(0.0, |most, v| f64::max(most, v.abs()));
        let most = if most > 0.0 { most } else { 1.0 };
        let mut texts = Vec::new();
        for (i, &value) in self.values.iter().enumerate() {
            let x = left + (i % self.columns) as f64 * cell;
            let y = top + (i / self.columns) as f64 * cell;
            let role = match (self.signed, value < 0.0) {
                (false, _) => Role::Heat,
                (true, true) => Role::Negative,
                (true, false) => Role::Positive,
            };
            let strength = if value.is_finite() {
                value.abs() / most
            } else {
                0.0
            };
            sheet.rect((x, y), (x + cell, y + cell), Fill::new(Role::GreyTint));
            let strength = (strength * 50.0).round() / 50.0;
            let fill = Fill::new(role).opacity(strength);
            sheet.rect((x + 0.5, y + 0.5), (x + cell - 0.5, y + cell - 0.5), fill);
            texts.push((
                (x + cell / 2.0, y + cell / 2.0),
                decimal(value, self.decimals),
            ));
        }
        let fits = |text: &str| width(text, TEXT) < cell;
        if self.numbers && texts.iter().all(|(_, text)| fits(text)) {
            for (spot, text) in texts {
                sheet.text_centred(spot, &Label::new(text).anchor(Anchor::Middle));
            }
        }
    }

    fn write_names(&self, sheet: &Sheet, (left, top): Spot, cell: f64, turned: bool) {
        for (i, name) in self.row_names.iter().enumerate() {
            let y = top + (i as f64 + 0.5) * cell;
            let label = Label::new(name).anchor(Anchor::End);
            sheet.text_centred((left - 6.0, y), &label);
        }
        for (i, name) in self.column_names.iter().enumerate() {
            let x = left + (i as f64 + 0.5) * cell;
            if turned {
                sheet.text_upright((x + 4.0, top - 5.0), &Label::new(name));
            } else {
                let label = Label::new(name).anchor(Anchor::Middle);
                sheet.text((x, top - 5.0), &label);
            }
        }
        let axes = match (self.row_axis.as_str(), self.column_axis.as_str()) {
            ("", column) => column.to_owned(),
            (row, "") => row.to_owned(),
            (row, column) => format!("↓ {row}, → {column}"),
        };
        sheet.text((EDGE, EDGE + 11.0), &Label::new(axes).role(Role::Muted));
    }
}
