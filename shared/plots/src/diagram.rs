//! Diagrams: units, boxes and arrows, in the strokes and type of the plots.

use crate::figure::{Error, Figure, Size};
use crate::palette::Role;
use crate::sheet::Sheet;

/// What a node looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Unit,
    Boxed,
    Plain,
}

/// A unit, a box or words in a diagram.
#[derive(Debug, Clone)]
pub struct Node {
    pub(crate) shape: Shape,
    pub(crate) lines: Vec<String>,
    pub(crate) at: (f64, f64),
    pub(crate) role: Role,
    pub(crate) filled: bool,
    pub(crate) above: String,
    pub(crate) below: String,
    pub(crate) foot: String,
}

impl Node {
    fn new(shape: Shape, column: f64, row: f64, words: &str) -> Self {
        Node {
            shape,
            lines: words.lines().map(str::to_owned).collect(),
            at: (column, row),
            role: Role::Ink,
            filled: false,
            above: String::new(),
            below: String::new(),
            foot: String::new(),
        }
    }

    /// A circle: an input, a unit. Columns and rows count from 0 and may be
    /// fractions; (0, 0) is the middle of the cell at the top left.
    pub fn unit(column: f64, row: f64, words: &str) -> Self {
        Node::new(Shape::Unit, column, row, words)
    }

    /// A box: a layer, an operation. A line break starts a new line.
    pub fn boxed(column: f64, row: f64, words: &str) -> Self {
        Node::new(Shape::Boxed, column, row, words)
    }

    /// Words without outline: a result, three dots.
    pub fn plain(column: f64, row: f64, words: &str) -> Self {
        Node::new(Shape::Plain, column, row, words)
    }

    /// Its outline's colour, and its tint inside.
    pub fn role(mut self, role: Role) -> Self {
        self.role = role;
        self.filled = true;
        self
    }

    /// Words above it.
    pub fn above(mut self, words: impl Into<String>) -> Self {
        self.above = words.into();
        self
    }

    /// A last line inside a box, under a thin rule: what flows back, a count of
    /// parameters. Units and words without outline have none.
    pub fn foot(mut self, words: impl Into<String>) -> Self {
        self.foot = words.into();
        self
    }

    /// Words below it.
    pub fn below(mut self, words: impl Into<String>) -> Self {
        self.below = words.into();
        self
    }
}

/// A node's number in its diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeId(pub(crate) usize);

/// An arrow between two nodes.
#[derive(Debug, Clone)]
pub struct Edge {
    pub(crate) from: NodeId,
    pub(crate) to: NodeId,
    pub(crate) label: String,
    pub(crate) role: Role,
    pub(crate) width: f64,
    pub(crate) dashed: bool,
    pub(crate) headless: bool,
}

impl Edge {
    /// An arrow from one node to another.
    pub fn new(from: NodeId, to: NodeId) -> Self {
        Edge {
            from,
            to,
            label: String::new(),
            role: Role::Ink,
            width: 1.5,
            dashed: false,
            headless: false,
        }
    }

    /// Words on it: a weight, a shape.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Its colour; the ink of outlines if not said.
    pub fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// Its thickness in units; 1.5 if not said.
    pub fn width(mut self, width: f64) -> Self {
        self.width = width;
        self
    }

    /// With a dashed shaft: an inhibition, what flows back.
    pub fn dashed(mut self) -> Self {
        self.dashed = true;
        self
    }

    /// Without a head, for the many lines of a dense layer.
    pub fn headless(mut self) -> Self {
        self.headless = true;
        self
    }
}

/// A small table beside a net: a truth table, values by step.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) at: (f64, f64),
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// A diagram on a grid of cells.
///
/// ```
/// use plots::{Diagram, Edge, Node, Role};
/// let mut and = Diagram::new(4, 2);
/// let x1 = and.node(Node::unit(0.0, 0.0, "x₁"));
/// let x2 = and.node(Node::unit(0.0, 1.0, "x₂"));
/// let unit = and.node(Node::unit(1.5, 0.5, "≥ 2").role(Role::Blue).below("AND"));
/// and.edge(Edge::new(x1, unit).label("+1"));
/// and.edge(Edge::new(x2, unit).label("+1"));
/// and.table(3.0, 0.5, &["x₁", "x₂", "y"], &[["0", "0", "0"], ["1", "1", "1"]]);
/// let figure = and.draw()?;
/// # Ok::<(), plots::Error>(())
/// ```
pub struct Diagram {
    pub(crate) columns: f64,
    pub(crate) rows: f64,
    pub(crate) row_height: f64,
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) tables: Vec<Table>,
    pub(crate) size: Size,
}

impl Diagram {
    /// An empty diagram of so many columns and rows. The columns share the
    /// figure's width, rows are 60 units high.
    pub fn new(columns: usize, rows: usize) -> Self {
        Diagram {
            columns: columns.max(1) as f64,
            rows: rows.max(1) as f64,
            row_height: 60.0,
            nodes: Vec::new(),
            edges: Vec::new(),
            tables: Vec::new(),
            size: Size::Column,
        }
    }

    /// Height of a row in units.
    pub fn row_height(mut self, units: f64) -> Self {
        self.row_height = units;
        self
    }

    /// How wide the figure is; a column if not said.
    pub fn size(mut self, size: Size) -> Self {
        self.size = size;
        self
    }

    /// Adds a node; the answer is what edges name it by.
    pub fn node(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        NodeId(self.nodes.len() - 1)
    }

    /// Adds an arrow.
    pub fn edge(&mut self, edge: Edge) {
        self.edges.push(edge);
    }

    /// Adds a thin line from each of the first to each of the second nodes.
    pub fn dense(&mut self, from: &[NodeId], to: &[NodeId]) {
        for &a in from {
            for &b in to {
                let edge = Edge::new(a, b).width(0.9).role(Role::Grey).headless();
                self.edge(edge);
            }
        }
    }

    /// Adds a table whose middle stands at this column and row.
    pub fn table<const N: usize>(
        &mut self,
        column: f64,
        row: f64,
        head: &[&str; N],
        rows: &[[&str; N]],
    ) {
        let owned = |cells: &[&str; N]| cells.iter().map(|&c| c.to_owned()).collect();
        self.tables.push(Table {
            at: (column, row),
            head: owned(head),
            rows: rows.iter().map(owned).collect(),
        });
    }

    /// The figure.
    ///
    /// # Errors
    ///
    /// [`Error::TooLarge`] when the SVG passes [`MAX_BYTES`](crate::MAX_BYTES).
    pub fn draw(self) -> Result<Figure, Error> {
        let height = self.rows * self.row_height + 6.0;
        let sheet = Sheet::new(self.size.units(), height);
        crate::diagram_draw::draw(&self, &sheet);
        Figure::finish(sheet, self.size)
    }
}
