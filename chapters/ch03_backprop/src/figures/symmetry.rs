//! The symmetry detector: its net, its weights, and how its error fell.

use plots::{
    Diagram, Edge, Error, Figure, Line, Matrix, Node, NodeId, Panel, Panels, Role, Size,
};

use crate::sweeps::Layer;
use crate::symmetry::{BITS, Detector, GENTLER, PAPER, Training, column};

/// The net with a line for each weight, as thick as the weight is large.
pub(crate) fn net(detector: &Detector) -> Result<Figure, Error> {
    let mut net = Diagram::new(4, BITS).row_height(42.0);
    let input = |i: usize| Node::unit(0.0, i as f64, &(i + 1).to_string());
    let inputs: Vec<NodeId> = (0..BITS).map(|i| net.node(input(i))).collect();
    let hidden = [1.0, 4.0].map(|row| {
        let name = if row < 2.0 { "hidden 1" } else { "hidden 2" };
        let node = Node::unit(1.75, row, "").role(Role::Blue);
        let node = if row < 2.0 {
            node.above(name)
        } else {
            node.below(name)
        };
        net.node(node)
    });
    let output = Node::unit(3.0, 2.5, "").role(Role::Green).below("same?");
    let output = net.node(output);
    let mut line = |from: NodeId, to: NodeId, weight: f32, largest: f32| {
        let width = 0.5 + 4.5 * f64::from(weight.abs() / largest);
        let edge = Edge::new(from, to).width(width).headless();
        net.edge(match weight < 0.0 {
            true => edge.role(Role::Blue).dashed(),
            false => edge.role(Role::Orange),
        });
    };
    for (unit, to) in hidden.iter().enumerate() {
        let weights = column(&detector.hidden, unit);
        let largest = weights.iter().fold(0.0, |most, w| f32::max(most, w.abs()));
        for (from, weight) in inputs.iter().zip(weights) {
            line(*from, *to, weight, largest);
        }
        let last = detector.output.weights.to_vec()[unit];
        line(*to, output, last, largest.max(last.abs()));
    }
    net.draw()
}

/// The weights into the two hidden units, as numbers in colour.
pub(crate) fn weights(hidden: &Layer) -> Result<Figure, Error> {
    let values = [column(hidden, 0), column(hidden, 1)].concat();
    let bits: Vec<String> = (1..=BITS).map(|bit| bit.to_string()).collect();
    Matrix::new(2, BITS, &values)
        .rows("hidden unit", &["1", "2"])
        .columns("bit", &bits)
        .decimals(1)
        .signed()
        .draw()
}

/// The error over sweeps, a curve for each start; the paper's rate, then half of it.
pub(crate) fn errors(
    paper: &[Training],
    gentler: &[Training],
) -> Result<Figure, Error> {
    let panel = |title: &str, trainings: &[Training]| {
        let learnt = |t: &&Training| t.done_after.is_some();
        let stuck = trainings.iter().filter(|t| t.done_after.is_none());
        let many = format!("{} starts", stuck.clone().count());
        let stuck = stuck.enumerate().map(|(i, t)| {
            let line = curve(t).role(Role::Vermilion);
            // They lie over each other: one name for all.
            if i == 0 { line.name(&many) } else { line }
        });
        let longest = trainings.iter().map(|t| t.errors.len()).max();
        Panel::new()
            .title(title)
            .x("sweep", "")
            .y("error E", "")
            .x_range(0.0, longest.unwrap_or(1) as f64)
            .y_range(0.0, 5.0)
            .add_all(trainings.iter().filter(learnt).map(curve))
            .add_all(stuck)
    };
    let half = format!("learning rate {}", GENTLER.lr);
    Panels::new([
        panel(&format!("learning rate {}, as in 1986", PAPER.lr), paper),
        panel(&half, gentler),
    ])
    .columns(2)
    .size(Size::Wide)
    .draw()
}

/// The error of one start, a point every twenty sweeps.
fn curve(training: &Training) -> Line {
    const EVERY: usize = 20;
    let last = training.errors.len() - 1;
    let points = training.errors.iter().copied().enumerate();
    let points = points.filter(|(i, _)| i % EVERY == 0 || *i == last);
    let points: Vec<(usize, f32)> = points.collect();
    Line::new(&points).thin()
}
