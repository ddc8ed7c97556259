//! The two family trees, the net that learns them, its codes and its progress.

use plots::{
    Diagram, Edge, Error, Figure, Line, Matrix, Node, NodeId, Panel, Panels, Role,
    Size, Split,
};

use crate::family::{CHILDREN, COUPLES, NAMES};
use crate::family_net::Point;

/// Both trees in one: each box has an English name over an Italian one.
pub(crate) fn trees() -> Result<Figure, Error> {
    // Column and row of each place, in the order of NAMES.
    const AT: [(f64, f64); 12] = [
        (1.2, 0.0),
        (3.4, 0.0),
        (5.6, 0.0),
        (7.8, 0.0),
        (0.0, 1.5),
        (1.7, 1.5),
        (3.4, 1.5),
        (5.6, 1.5),
        (7.3, 1.5),
        (9.0, 1.5),
        (3.7, 3.0),
        (5.3, 3.0),
    ];
    let mut tree = Diagram::new(10, 4).row_height(58.0).size(Size::Wide);
    let people: Vec<NodeId> = NAMES
        .iter()
        .zip(AT)
        .map(|((english, italian), (column, row))| {
            let words = format!("{english}\n{italian}");
            tree.node(Node::boxed(column, row, &words).role(Role::Grey))
        })
        .collect();
    let married = COUPLES.map(|(husband, wife)| {
        let (a, b) = (AT[husband], AT[wife]);
        let between = tree.node(Node::plain((a.0 + b.0) / 2.0, a.1, "="));
        tree.edge(Edge::new(people[husband], between).headless());
        tree.edge(Edge::new(people[wife], between).headless());
        between
    });
    for (couple, children) in CHILDREN {
        for child in children {
            let edge = Edge::new(married[couple], people[child]);
            tree.edge(edge.role(Role::Blue));
        }
    }
    tree.draw()
}

/// The five layers.
pub(crate) fn net() -> Result<Figure, Error> {
    let mut net = Diagram::new(6, 3).row_height(64.0).size(Size::Wide);
    let mut layer = |column: f64, row: f64, words: &str, role: Role| {
        net.node(Node::boxed(column, row, words).role(role))
    };
    let person = layer(0.0, 0.3, "person\n24 units", Role::Grey);
    let relation = layer(0.0, 1.7, "relation\n12 units", Role::Grey);
    let code = layer(1.3, 0.3, "code\n6 units", Role::Blue);
    let relation_code = layer(1.3, 1.7, "code\n6 units", Role::Blue);
    let centre = layer(2.6, 1.0, "centre\n12 units", Role::Blue);
    let answer = layer(3.8, 1.0, "code\n6 units", Role::Blue);
    let output = layer(5.0, 1.0, "person\n24 units", Role::Green);
    for (from, to, shape) in [
        (person, code, "[24, 6]"),
        (relation, relation_code, "[12, 6]"),
        (code, centre, ""),
        (relation_code, centre, ""),
        (centre, answer, "[12, 6]"),
        (answer, output, "[6, 24]"),
    ] {
        net.edge(Edge::new(from, to).label(shape));
    }
    net.draw()
}

/// The weights from each person to the six code units, English over Italian.
pub(crate) fn codes(fields: &[Vec<f32>]) -> Result<Figure, Error> {
    let names: Vec<String> = NAMES
        .iter()
        .map(|(english, italian)| format!("{english}, {italian}"))
        .collect();
    let rows: Vec<String> = (1..=fields.len())
        .flat_map(|unit| [format!("{unit} English"), format!("{unit} Italian")])
        .collect();
    Matrix::new(2 * fields.len(), NAMES.len(), &fields.concat())
        .rows("unit", &rows)
        .columns("person", &names)
        .no_numbers()
        .signed()
        .size(Size::Wide)
        .draw()
}

/// The mean error, and the mean share of right answers, over sweeps.
pub(crate) fn curve(curves: &[&[Point]]) -> Result<Figure, Error> {
    let mean = |of: fn(&Point) -> f32| -> Vec<(usize, f32)> {
        let points = curves[0].iter().enumerate();
        points
            .map(|(i, at)| {
                let sum: f32 = curves.iter().map(|curve| of(&curve[i])).sum();
                (at.sweep, sum / curves.len() as f32)
            })
            .collect()
    };
    let single = |curve: &&[Point]| {
        let points: Vec<_> = curve.iter().map(|at| (at.sweep, at.error)).collect();
        Line::new(&points).thin()
    };
    let errors = Panel::new()
        .title("each training")
        .x("sweep", "")
        .y("error E", "")
        .y_range(0.0, 70.0)
        .add_all(curves.iter().map(single));
    let right = Panel::new()
        .title("mean over all trainings")
        .x("sweep", "")
        .y("right", "%")
        .y_range(0.0, 100.0)
        .add(Line::new(&mean(|at| 100.0 * at.trained)).name("trained"))
        .add(
            Line::new(&mean(|at| 100.0 * at.held_out))
                .role(Role::Vermilion)
                .split(Split::Test)
                .name("held out"),
        );
    Panels::new([errors, right])
        .columns(2)
        .size(Size::Wide)
        .draw()
}
