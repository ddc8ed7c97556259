//! Figures of the section `layers`.

use lesson::percent;
use nn::data::Labelled;
use plots::{
    Boundary, Class, Diagram, Edge, Error, Figure, Node, NodeId, Note, Panel, Panels,
    Regions, Role, Scatter, Size,
};
use tensor::Tensor;

use crate::mlp::Mlp;
use crate::sections::OnMoons;

/// The points of one class, rows of `[N, 2]`.
fn points_of(x: &Tensor, classes: &[usize], class: usize) -> Vec<[f32; 2]> {
    let rows = x.to_vec();
    let rows = rows.chunks(2).zip(classes).filter(|(_, c)| **c == class);
    rows.map(|(row, _)| [row[0], row[1]]).collect()
}

/// Points of both classes.
fn scatters(x: &Tensor, classes: &[usize], radius: f64) -> [Scatter; 2] {
    [(Class::A, 0), (Class::B, 1)]
        .map(|(class, c)| Scatter::new(class, &points_of(x, classes, c)).radius(radius))
}

/// The score of a net with one output at a point.
fn score(net: &Mlp, x: f32, y: f32) -> f32 {
    net.forward(&Tensor::from([[x, y]])).item()
}

/// A line and a net on the two moons.
pub(crate) fn moons(points: &Labelled, nets: &[OnMoons; 2]) -> Result<Figure, Error> {
    let panels = nets.each_ref().map(|on| {
        let net = on.net.clone();
        Panel::new()
            .title(format!("{}: {}", on.title, percent(on.accuracy)))
            .x("x₁", "")
            .y("x₂", "")
            .add(Regions::new(move |x, y| {
                usize::from(score(&net, x, y) > 0.0)
            }))
            .add_all(scatters(&points.x, &points.classes, 2.4))
    });
    Panels::new(panels)
        .columns(2)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// Two hidden units for XOR, their weights on the arrows, their biases below them.
pub(crate) fn xor_net() -> Result<Figure, Error> {
    let mut net = Diagram::new(5, 3).row_height(70.0);
    let x1 = net.node(Node::unit(0.0, 0.2, "x₁"));
    let x2 = net.node(Node::unit(0.0, 1.8, "x₂"));
    let hidden = |row: f64, words: &str| Node::unit(2.0, row, words).role(Role::Blue);
    let h1 = net.node(hidden(0.2, "h₁").above("ReLU, b = 0"));
    let h2 = net.node(hidden(1.8, "h₂").below("ReLU, b = −1"));
    let y = net.node(
        Node::unit(3.8, 1.0, "y")
            .role(Role::Vermilion)
            .below("b = 0"),
    );
    net.edge(Edge::new(x1, h1).label("1"));
    net.edge(Edge::new(x1, h2).label("1"));
    net.edge(Edge::new(x2, h1).label("1"));
    net.edge(Edge::new(x2, h2).label("1"));
    net.edge(Edge::new(h1, y).label("1"));
    net.edge(Edge::new(h2, y).label("−2").dashed());
    net.draw()
}

/// The four points where they are, and where the hidden layer puts them.
pub(crate) fn xor_hidden(
    net: &Mlp,
    x: &Tensor,
    hidden: &[[f32; 2]],
    classes: &[usize],
) -> Result<Figure, Error> {
    let inputs = net.clone();
    let square = |title: &str| Panel::new().title(title).aspect(1.0);
    let before = square("what comes in")
        .x("x₁", "")
        .y("x₂", "")
        .x_range(-0.5, 2.5)
        .y_range(-0.5, 1.5)
        .add(Regions::new(move |x, y| {
            usize::from(score(&inputs, x, y) > 0.5)
        }))
        .add_all(scatters(x, classes, 5.0));
    let last = &net.layers[1];
    let weights = last.weights.to_vec();
    let line = Boundary::new([weights[0], weights[1]], last.bias.item() - 0.5);
    let of = |class: usize| -> Vec<[f32; 2]> {
        let places = hidden.iter().zip(classes).filter(|(_, c)| **c == class);
        places.map(|(h, _)| *h).collect()
    };
    let (w, b) = (weights, last.bias.item());
    let after = square("what the hidden layer says")
        .x("h₁", "")
        .y("h₂", "")
        .x_range(-0.5, 2.5)
        .y_range(-0.5, 1.5)
        .add(
            Regions::new(move |h1, h2| usize::from(w[0] * h1 + w[1] * h2 + b > 0.5))
                .borderless(),
        )
        .add(line.role(Role::Ink))
        .add(Scatter::new(Class::A, &of(0)).radius(5.0))
        .add(Scatter::new(Class::B, &of(1)).radius(5.0))
        .add(Note::new([1.0, 0.0], "two points").beside());
    Panels::new([before, after])
        .columns(2)
        .size(Size::Wide)
        .draw()
}

/// The net for digits, boxes for layers, shapes on the arrows.
pub(crate) fn mlp_shapes() -> Result<Figure, Error> {
    let mut net = Diagram::new(9, 2).size(Size::Wide).row_height(64.0);
    let pixels = net.node(Node::plain(0.1, 0.5, "64 digits"));
    let layer = |column: f64, words: &str, below: &str| {
        Node::boxed(column, 0.5, words)
            .role(Role::Blue)
            .below(below)
    };
    let layers: [NodeId; 3] = [
        (2.1, "dense\nReLU", "784 · 256 + 256"),
        (4.4, "dense\nReLU", "256 · 128 + 128"),
        (6.6, "dense", "128 · 10 + 10"),
    ]
    .map(|(column, words, below)| net.node(layer(column, words, below)));
    let logits = net.node(Node::plain(8.5, 0.5, "logits"));
    let [first, second, third] = layers;
    net.edge(Edge::new(pixels, first).label("[64, 784]"));
    net.edge(Edge::new(first, second).label("[64, 256]"));
    net.edge(Edge::new(second, third).label("[64, 128]"));
    net.edge(Edge::new(third, logits).label("[64, 10]"));
    net.draw()
}
