//! Shapes on the way there and back, the check, and gradients as pictures.

use nn::data::Labelled;
use plots::{
    Class, Diagram, Edge, Error, Figure, Line, Node, Panel, Panels, Picture, Pictures,
    Role, Scatter, Size, Split,
};
use tensor::Tensor;

/// A dense layer and a ReLU, forward above, backward below, each arrow with its shape.
pub(crate) fn shapes() -> Result<Figure, Error> {
    let mut net = Diagram::new(7, 4).size(Size::Wide);
    let x = net.node(Node::plain(0.0, 0.0, "X"));
    let dense = net.node(Node::boxed(2.0, 0.0, "X W + b").role(Role::Blue));
    let relu = net.node(Node::boxed(4.0, 0.0, "max(0, Z)").role(Role::Blue));
    let a = net.node(Node::plain(6.0, 0.0, "A"));
    net.edge(Edge::new(x, dense).label("[B, in]"));
    net.edge(Edge::new(dense, relu).label("Z [B, out]"));
    net.edge(Edge::new(relu, a).label("[B, out]"));

    let by_a = net.node(Node::plain(6.0, 2.0, "∂L/∂A"));
    let mask = net.node(Node::boxed(4.0, 2.0, "⊙ mask").role(Role::Vermilion));
    let back = net.node(Node::boxed(2.0, 2.0, "G Wᵀ").role(Role::Vermilion));
    let by_x = net.node(Node::plain(0.0, 2.0, "∂L/∂X"));
    net.edge(Edge::new(by_a, mask).label("[B, out]"));
    net.edge(Edge::new(mask, back).label("G [B, out]"));
    net.edge(Edge::new(back, by_x).label("[B, in]"));
    let weights = "∂L/∂W = Xᵀ G [in, out]";
    net.node(Node::plain(2.0, 3.0, weights));
    net.node(Node::plain(5.0, 3.0, "∂L/∂b = column sums of G [out]"));
    net.edge(Edge::new(dense, back).label("keeps X").dashed());
    net.edge(Edge::new(relu, mask).label("keeps the mask").dashed());
    net.draw()
}

/// Formula against measurement, a mark a weight: hidden units, the output layer, and
/// hidden units within a step of their corner.
pub(crate) fn check(groups: [&[[f32; 2]]; 3]) -> Result<Figure, Error> {
    let numbers = || groups.into_iter().flatten().flatten();
    let low = numbers().copied().fold(0.0, f32::min);
    let high = numbers().copied().fold(0.0, f32::max);
    let panel = |title: &str| {
        Panel::new()
            .title(title)
            .x("by formula", "")
            .y("by differences", "")
            .aspect(1.0)
    };
    let [hidden, output, corner] = groups;
    let marks = |class, points: &[[f32; 2]]| Scatter::new(class, points).radius(2.2);
    let diagonal = || {
        Line::new(&[[low, low], [high, high]])
            .role(Role::Muted)
            .thin()
    };
    let close = 0.015;
    let near: Vec<[f32; 2]> = corner
        .iter()
        .copied()
        .filter(|[formula, measured]| formula.abs() < close && measured.abs() < close)
        .collect();
    Panels::new([
        panel("the other weights")
            .add(diagonal())
            .add(marks(Class::A, hidden).name("hidden"))
            .add(marks(Class::B, output).name("output")),
        panel("the unit at its corner")
            .x_range(-close, close)
            .y_range(-close, close)
            .add(
                Line::new(&[[-close, -close], [close, close]])
                    .role(Role::Muted)
                    .thin(),
            )
            .add(marks(Class::A, &near).open()),
    ])
    .columns(2)
    .size(Size::Wide)
    .draw()
}

/// Accuracy over passes of several seeds, the first drawn strong.
pub(crate) fn curve(curves: &[Vec<(usize, f32, f32)>]) -> Result<Figure, Error> {
    let percent = |curve: &[(usize, f32, f32)], of: fn(&(usize, f32, f32)) -> f32| {
        curve
            .iter()
            .map(|at| (at.0, 100.0 * of(at)))
            .collect::<Vec<_>>()
    };
    let mut panel = Panel::new().x("pass", "").y("right", "%");
    for curve in &curves[1..] {
        panel = panel.add(
            Line::new(&percent(curve, |at| at.2))
                .role(Role::Vermilion)
                .split(Split::Test)
                .thin(),
        );
    }
    panel
        .add(
            Line::new(&percent(&curves[0], |at| at.1))
                .role(Role::Blue)
                .name("training"),
        )
        .add(
            Line::new(&percent(&curves[0], |at| at.2))
                .role(Role::Vermilion)
                .split(Split::Test)
                .name("held out"),
        )
        .draw()
}

/// The two digits of a batch, and the gradient of each unit's weights, `[D, 10]`.
pub(crate) fn gradients(batch: &Labelled, gradients: &Tensor) -> Result<Figure, Error> {
    let digits = batch.classes.iter().enumerate().map(|(row, class)| {
        let pixels = batch.x.slice(0, row..=row).to_vec(); // [D]
        Picture::ink(8, &pixels).caption(format!("input: {class}"))
    });
    let units = (0..10).map(|unit| {
        let column = gradients.select(1, &[unit]).to_vec(); // [D]
        Picture::signed(8, &column).caption(format!("unit {}", unit + 1))
    });
    Pictures::new(digits.chain(units))
        .columns(6)
        .size(Size::Wide)
        .draw()
}
