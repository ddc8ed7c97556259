//! A matrix as a heat map with names and numbers: confusions, correlations,
//! attention.

use crate::figure::{Error, Figure, Size};
use crate::label::{Anchor, Label};
use crate::numbers::decimal;
use crate::palette::Role;
use crate::pen::Fill;
use crate::point::Number;
use crate::sheet::{Sheet, Spot};
use crate::text::{LINE, TEXT, width};

const EDGE: f64 = 3.0;
/// Cells are not larger than this, in units.
const LARGEST: f64 = 60.0;

/// Where cells are smaller than a line, only every second row and column is
/// named, or third …
fn every(cell: f64) -> usize {
    (LINE / cell).ceil().max(1.0) as usize
}

/// How the column names are written.
enum Heads {
    /// In lines, each name's from the top.
    Level(Vec<Vec<String>>),
    /// Upwards; the longest has this many units.
    Upright(f64),
}

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
        let names = names.fold(0.0, f64::max) + 6.0;
        let room = self.size.units() - 2.0 * EDGE - names;
        let cell = (room / self.columns as f64).min(LARGEST);
        let left = EDGE + names + (room - cell * self.columns as f64) / 2.0;
        let heads = self.heads(cell);
        let top = EDGE + self.head_height(&heads);
        let height = (top + cell * self.rows as f64 + EDGE).ceil();
        let sheet = Sheet::new(self.size.units(), height);
        self.draw_cells(&sheet, (left, top), cell);
        self.write_names(&sheet, (left, top), cell, &heads);
        Figure::finish(sheet, self.size)
    }

    /// The column names: in lines over their cells if each word fits there,
    /// turned upright otherwise.
    fn heads(&self, cell: f64) -> Heads {
        let room = cell * every(cell) as f64 - 3.0;
        let fits = |word: &str| width(word, TEXT) < room;
        if self
            .column_names
            .iter()
            .flat_map(|n| n.split(' '))
            .all(fits)
        {
            let lines = |n: &String| n.split(' ').map(str::to_owned).collect();
            Heads::Level(self.column_names.iter().map(lines).collect())
        } else {
            let widths = self.column_names.iter().map(|n| width(n, TEXT));
            Heads::Upright(widths.fold(0.0, f64::max))
        }
    }

    fn head_height(&self, heads: &Heads) -> f64 {
        let named = !self.column_axis.is_empty() || !self.row_axis.is_empty();
        let axis = if named { LINE + 5.0 } else { 0.0 };
        axis + match heads {
            Heads::Level(lines) => LINE * lines.iter().map(Vec::len).max().unwrap_or(0) as f64,
            Heads::Upright(longest) => longest + 8.0,
        }
    }

    fn draw_cells(&self, sheet: &Sheet, (left, top): Spot, cell: f64) {
        let finite = self.values.iter().filter(|v| v.is_finite());
        let most = finite.fold(0.0, |most, v| f64::max(most, v.abs()));
        let most = if most > 0.0 { most } else { 1.0 };
        let (right, bottom) = (
            left + cell * self.columns as f64,
            top + cell * self.rows as f64,
        );
        sheet.rect((left, top), (right, bottom), Fill::new(Role::GreyTint));
        let spot = |i: usize| {
            let (row, column) = (i / self.columns, i % self.columns);
            (left + column as f64 * cell, top + row as f64 * cell)
        };
        for (i, &value) in self.values.iter().enumerate() {
            let role = match (self.signed, value < 0.0) {
                (false, _) => Role::Heat,
                (true, true) => Role::Negative,
                (true, false) => Role::Positive,
            };
            let strength = (value.abs() / most * 50.0).round() / 50.0;
            if strength > 0.0 {
                let ((x, y), fill) = (spot(i), Fill::new(role).opacity(strength));
                sheet.rect((x + 0.5, y + 0.5), (x + cell - 0.5, y + cell - 0.5), fill);
            }
        }
        self.write_numbers(sheet, spot, cell);
    }

    fn write_numbers(&self, sheet: &Sheet, spot: impl Fn(usize) -> Spot, cell: f64) {
        let written = |&v: &f64| match v.is_finite() {
            true => decimal(v, self.decimals),
            false => "–".to_owned(),
        };
        let texts: Vec<String> = self.values.iter().map(written).collect();
        if !self.numbers || texts.iter().any(|t| width(t, TEXT) > cell) {
            return;
        }
        for (i, text) in texts.into_iter().enumerate() {
            let (x, y) = spot(i);
            // Zeros step back, so that the eye finds the rest.
            let role = if self.values[i] == 0.0 {
                Role::Muted
            } else {
                Role::Fg
            };
            let label = Label::new(text).anchor(Anchor::Middle).role(role);
            sheet.text_centred((x + cell / 2.0, y + cell / 2.0), &label);
        }
    }

    fn write_names(&self, sheet: &Sheet, (left, top): Spot, cell: f64, heads: &Heads) {
        let every = every(cell);
        for (i, name) in self.row_names.iter().enumerate().step_by(every) {
            let y = top + (i as f64 + 0.5) * cell;
            let label = Label::new(name).anchor(Anchor::End);
            sheet.text_centred((left - 6.0, y), &label);
        }
        let middle = |i: usize| left + (i as f64 + 0.5) * cell;
        match heads {
            Heads::Level(names) => {
                for (i, lines) in names.iter().enumerate().step_by(every) {
                    for (up, line) in lines.iter().rev().enumerate() {
                        let label = Label::new(line).anchor(Anchor::Middle);
                        sheet.text((middle(i), top - 5.0 - LINE * up as f64), &label);
                    }
                }
            }
            Heads::Upright(_) => {
                for (i, name) in self.column_names.iter().enumerate().step_by(every) {
                    sheet.text_upright((middle(i) + 4.0, top - 5.0), &Label::new(name));
                }
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
