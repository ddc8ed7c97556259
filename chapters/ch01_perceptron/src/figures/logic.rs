//! Gates and nets as diagrams; what one unit can compute.

use lesson::thousands;
use plots::{Bar, Bars, Diagram, Edge, Error, Figure, Node, Role, Size};

/// AND, OR and NOT, one below the other, each with its truth table.
pub(crate) fn gates() -> Result<Figure, Error> {
    let mut diagram = Diagram::new(5, 7).row_height(46.0);
    let two = [
        (
            "AND",
            "≥ 2",
            0.0,
            [
                ["0", "0", "0"],
                ["0", "1", "0"],
                ["1", "0", "0"],
                ["1", "1", "1"],
            ],
        ),
        (
            "OR",
            "≥ 1",
            2.7,
            [
                ["0", "0", "0"],
                ["0", "1", "1"],
                ["1", "0", "1"],
                ["1", "1", "1"],
            ],
        ),
    ];
    for (name, threshold, top, rows) in two {
        let x1 = diagram.node(Node::unit(0.0, top, "x₁"));
        let x2 = diagram.node(Node::unit(0.0, top + 1.3, "x₂"));
        let unit = diagram.node(
            Node::unit(1.8, top + 0.65, threshold)
                .role(Role::Blue)
                .below(name),
        );
        diagram.edge(Edge::new(x1, unit).label("1"));
        diagram.edge(Edge::new(x2, unit).label("1"));
        diagram.table(3.7, top + 0.65, &["x₁", "x₂", name], &rows);
    }
    let x = diagram.node(Node::unit(0.0, 5.6, "x"));
    let not = diagram.node(Node::unit(1.8, 5.6, "≥ 0").role(Role::Blue).below("NOT"));
    diagram.edge(Edge::new(x, not).label("−1"));
    diagram.table(3.7, 5.6, &["x", "NOT"], &[["0", "1"], ["1", "0"]]);
    diagram.draw()
}

/// The net that the construction builds for XOR.
pub(crate) fn xor_net() -> Result<Figure, Error> {
    let mut diagram = Diagram::new(5, 3).row_height(70.0);
    let x1 = diagram.node(Node::unit(0.0, 0.2, "x₁"));
    let x2 = diagram.node(Node::unit(0.0, 1.8, "x₂"));
    let first = diagram.node(
        Node::unit(2.0, 0.2, "≥ 1")
            .role(Role::Blue)
            .above("only x₁"),
    );
    let second = diagram.node(
        Node::unit(2.0, 1.8, "≥ 1")
            .role(Role::Blue)
            .below("only x₂"),
    );
    let or = diagram.node(
        Node::unit(3.8, 1.0, "≥ 1")
            .role(Role::Vermilion)
            .below("OR"),
    );
    diagram.edge(Edge::new(x1, first).label("+1"));
    diagram.edge(Edge::new(x1, second).label("−1").dashed());
    diagram.edge(Edge::new(x2, first).label("−1").dashed());
    diagram.edge(Edge::new(x2, second).label("+1"));
    diagram.edge(Edge::new(first, or).label("+1"));
    diagram.edge(Edge::new(second, or).label("+1"));
    diagram.draw()
}

/// Of all Boolean functions of n inputs, the share that one unit computes.
pub(crate) fn one_unit_share(counts: &[(usize, usize)]) -> Result<Figure, Error> {
    let mut bars = Bars::new("share of all functions", "%")
        .up_to(100.0)
        .size(Size::Column);
    for ((one, all), n) in counts.iter().zip(1..) {
        let share = 100.0 * *one as f64 / *all as f64;
        let name = if n == 1 {
            "1 input".to_string()
        } else {
            format!("{n} inputs")
        };
        bars = bars.bar(Bar::new(name, share).text(format!(
            "{} of {}",
            thousands(*one),
            thousands(*all)
        )));
    }
    bars.draw()
}
