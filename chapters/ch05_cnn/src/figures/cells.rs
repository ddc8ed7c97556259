//! Grids of squares with numbers in them, and frames around some: what windows slide over.

use plots::{Anchor, Canvas, Extent, Fill, Label, Layer, Panel, Pen, Role};

/// A grid of squares. A square is one unit wide; rows count down from the top.
pub(crate) struct Cells {
    /// Units from the left and from the top of the panel.
    at: [f64; 2],
    rows: usize,
    columns: usize,
    words: Vec<String>,
    fills: Vec<(usize, usize, Role)>,
    frames: Vec<([usize; 2], [usize; 2], Role)>,
    name: String,
}

impl Cells {
    /// An empty grid.
    pub(crate) fn new(at: [f64; 2], [rows, columns]: [usize; 2]) -> Cells {
        Cells {
            at,
            rows,
            columns,
            words: Vec::new(),
            fills: Vec::new(),
            frames: Vec::new(),
            name: String::new(),
        }
    }

    /// With these numbers, row by row.
    pub(crate) fn numbers(mut self, numbers: &[f32]) -> Cells {
        let word = |x: &f32| format!("{x}").replace('-', "−");
        self.words = numbers.iter().map(word).collect();
        self
    }

    /// With one square in this colour.
    pub(crate) fn fill(mut self, [row, column]: [usize; 2], role: Role) -> Cells {
        self.fills.push((row, column, role));
        self
    }

    /// With these squares in this colour.
    pub(crate) fn fill_all(
        self,
        squares: impl IntoIterator<Item = [usize; 2]>,
        role: Role,
    ) -> Cells {
        squares
            .into_iter()
            .fold(self, |cells, square| cells.fill(square, role))
    }

    /// With a frame around so many rows and columns.
    pub(crate) fn frame(
        mut self,
        corner: [usize; 2],
        size: [usize; 2],
        role: Role,
    ) -> Cells {
        self.frames.push((corner, size, role));
        self
    }

    /// With words above it.
    pub(crate) fn name(mut self, name: &str) -> Cells {
        self.name = name.to_owned();
        self
    }
}

impl Layer for Cells {
    fn extent(&self) -> Extent {
        Extent::default() // the panel of `board` has its range
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let [left, top] = self.at;
        let spot = |row: f64, column: f64| canvas.spot(left + column, -(top + row));
        for row in 0..self.rows {
            for column in 0..self.columns {
                let (i, j) = (row as f64, column as f64);
                let filled = self.fills.iter().rev();
                let mut filled =
                    filled.filter(|fill| (fill.0, fill.1) == (row, column));
                let role = filled.next().map_or(Role::Bg, |fill| fill.2.tint());
                let square = Fill::new(role).outline(Role::Muted, 0.8);
                canvas
                    .sheet
                    .rect(spot(i, j), spot(i + 1.0, j + 1.0), square);
                if let Some(word) = self.words.get(row * self.columns + column) {
                    let label = Label::new(word).anchor(Anchor::Middle);
                    canvas.sheet.text_centred(spot(i + 0.5, j + 0.5), &label);
                }
            }
        }
        for &([row, column], [rows, columns], role) in &self.frames {
            let (i, j) = (row as f64, column as f64);
            let (below, right) = (i + rows as f64, j + columns as f64);
            let corners = [(i, j), (i, right), (below, right), (below, j), (i, j)];
            let corners = corners.map(|(i, j)| spot(i, j));
            canvas.sheet.line(&corners, Pen::new(role, 2.4));
        }
        if !self.name.is_empty() {
            let (x, y) = spot(0.0, self.columns as f64 / 2.0);
            let label = Label::new(&self.name).anchor(Anchor::Middle);
            canvas.sheet.text((x, y - 6.0), &label);
        }
    }
}

/// Words, a sign of arithmetic, or a name that stands by itself.
pub(crate) struct Words {
    at: [f64; 2],
    words: String,
}

impl Words {
    /// Centred at so many units from the left and from the top.
    pub(crate) fn new(at: [f64; 2], words: &str) -> Words {
        Words {
            at,
            words: words.to_owned(),
        }
    }
}

impl Layer for Words {
    fn extent(&self) -> Extent {
        Extent::default()
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let spot = canvas.spot(self.at[0], -self.at[1]);
        let label = Label::new(&self.words).anchor(Anchor::Middle).size(18.0);
        canvas.sheet.text_centred(spot, &label);
    }
}

/// An empty panel of so many units, without ticks, on which squares are square.
pub(crate) fn board<'a>(width: f64, height: f64) -> Panel<'a> {
    Panel::new()
        .no_ticks()
        .x_range(0.0, width)
        .y_range(-height, 0.0)
        .aspect(width / height)
}
