//! The unit with its two sockets, and the losses of four models.

use plots::{Diagram, Edge, Error, Figure, Line, Node, Panel, Panels, Role, Size};

use crate::sections::Trained;

/// Training loss over passes, a panel a model.
pub(crate) fn losses(trained: &[Trained]) -> Result<Figure, Error> {
    let panels = trained.iter().map(|model| {
        let points: Vec<(usize, f32)> =
            (1..).zip(model.losses.iter().copied()).collect();
        Panel::new()
            .title(model.name)
            .x("pass", "")
            .y(model.loss, "")
            .add(Line::new(&points).role(Role::Blue).thin())
    });
    Panels::new(panels).columns(2).size(Size::Wide).draw()
}

/// Inputs, weights, sum, output, loss.
pub(crate) fn unit() -> Result<Figure, Error> {
    let mut diagram = Diagram::new(7, 3).size(Size::Wide).row_height(74.0);
    let inputs = [0, 1, 2].map(|i| {
        diagram.node(Node::unit(
            0.0,
            f64::from(i),
            ["x₁", "x₂", "x₃"][i as usize],
        ))
    });
    let sum = diagram.node(
        Node::unit(1.8, 1.0, "Σ + b")
            .role(Role::Blue)
            .below("score z"),
    );
    for (input, weight) in inputs.into_iter().zip(["w₁", "w₂", "w₃"]) {
        diagram.edge(Edge::new(input, sum).label(weight));
    }
    let output = diagram.node(
        Node::boxed(3.5, 1.0, "output")
            .role(Role::Vermilion)
            .below("sign, z, σ, softmax"),
    );
    let loss = diagram.node(Node::boxed(5.3, 1.0, "loss").role(Role::Green));
    let target = diagram.node(Node::plain(5.3, 0.0, "target t"));
    let number = diagram.node(Node::plain(6.5, 1.0, "ℓ"));
    diagram.edge(Edge::new(sum, output));
    diagram.edge(Edge::new(output, loss).label("ŷ"));
    diagram.edge(Edge::new(target, loss));
    diagram.edge(Edge::new(loss, number));
    diagram.draw()
}
