//! Diagrams.

use plots::{Diagram, Edge, Error, Figure, Node, NodeId, Role, Size};

pub(crate) fn figures() -> Vec<(&'static str, Result<Figure, Error>)> {
    vec![
        ("and", and()),
        ("xor_net", xor_net()),
        ("inhibition", inhibition()),
        ("mlp", mlp()),
        ("graph", graph()),
        ("pipeline", pipeline()),
    ]
}

fn and() -> Result<Figure, Error> {
    let mut net = Diagram::new(4, 2);
    let x1 = net.node(Node::unit(0.0, 0.0, "x₁"));
    let x2 = net.node(Node::unit(0.0, 1.0, "x₂"));
    let unit = net.node(Node::unit(1.5, 0.5, "≥ 2").role(Role::Blue).below("AND"));
    let y = net.node(Node::plain(2.3, 0.5, "y"));
    net.edge(Edge::new(x1, unit).label("+1"));
    net.edge(Edge::new(x2, unit).label("+1"));
    net.edge(Edge::new(unit, y));
    net.table(
        3.2,
        0.5,
        &["x₁", "x₂", "y"],
        &[
            ["0", "0", "0"],
            ["0", "1", "0"],
            ["1", "0", "0"],
            ["1", "1", "1"],
        ],
    );
    net.draw()
}

fn xor_net() -> Result<Figure, Error> {
    let mut net = Diagram::new(4, 2).row_height(80.0);
    let x1 = net.node(Node::unit(0.0, 0.0, "x₁"));
    let x2 = net.node(Node::unit(0.0, 1.0, "x₂"));
    let h1 = net.node(
        Node::unit(1.3, 0.0, "≥ 1")
            .role(Role::Blue)
            .above("x₁ and not x₂"),
    );
    let h2 = net.node(
        Node::unit(1.3, 1.0, "≥ 1")
            .role(Role::Blue)
            .below("x₂ and not x₁"),
    );
    let y = net.node(Node::unit(2.4, 0.5, "≥ 1").role(Role::Green).below("or"));
    net.edge(Edge::new(x1, h1).label("+1"));
    net.edge(Edge::new(x1, h2).label("−1").role(Role::Vermilion).dashed());
    net.edge(Edge::new(x2, h1).label("−1").role(Role::Vermilion).dashed());
    net.edge(Edge::new(x2, h2).label("+1"));
    net.edge(Edge::new(h1, y).label("+1"));
    net.edge(Edge::new(h2, y).label("+1"));
    net.table(
        3.35,
        0.5,
        &["x₁", "x₂", "y"],
        &[
            ["0", "0", "0"],
            ["0", "1", "1"],
            ["1", "0", "1"],
            ["1", "1", "0"],
        ],
    );
    net.draw()
}

fn inhibition() -> Result<Figure, Error> {
    let mut net = Diagram::new(3, 3).row_height(46.0);
    let inputs: Vec<NodeId> = (0..3)
        .map(|i| {
            net.node(Node::unit(
                0.0,
                f64::from(i),
                ["a", "b", "stop"][i as usize],
            ))
        })
        .collect();
    let unit = net.node(Node::unit(1.2, 1.0, "≥ 1").role(Role::Blue));
    let y = net.node(Node::plain(2.2, 1.0, "fires unless stopped"));
    net.edge(Edge::new(inputs[0], unit).label("excites"));
    net.edge(Edge::new(inputs[1], unit).label("excites"));
    net.edge(
        Edge::new(inputs[2], unit)
            .label("inhibits")
            .role(Role::Vermilion)
            .dashed(),
    );
    net.edge(Edge::new(unit, y));
    net.draw()
}

fn mlp() -> Result<Figure, Error> {
    let mut net = Diagram::new(4, 5).row_height(44.0);
    let mut layer = |column: f64, units: usize, role: Role, name: &str| -> Vec<NodeId> {
        let first = 2.0 - (units as f64 - 1.0) / 2.0;
        (0..units)
            .map(|i| {
                let node = Node::unit(column, first + i as f64, "").role(role);
                net.node(if i + 1 == units {
                    node.below(name)
                } else {
                    node
                })
            })
            .collect()
    };
    let input = layer(0.0, 3, Role::Grey, "[B, 3]");
    let hidden = layer(1.0, 4, Role::Blue, "[B, 4]");
    let second = layer(2.0, 4, Role::Blue, "[B, 4]");
    let output = layer(3.0, 2, Role::Green, "[B, 2]");
    net.dense(&input, &hidden);
    net.dense(&hidden, &second);
    net.dense(&second, &output);
    net.draw()
}

fn graph() -> Result<Figure, Error> {
    let mut graph = Diagram::new(9, 3).size(Size::Wide);
    let a = graph.node(Node::boxed(0.5, 0.0, "a = 2.00").foot("∂ 6.00"));
    let b = graph.node(Node::boxed(0.5, 1.5, "b = −3.00").foot("∂ −4.00"));
    let times = graph.node(Node::unit(2.2, 0.75, "×").role(Role::Blue));
    let d = graph.node(Node::boxed(3.7, 0.75, "d = −6.00").foot("∂ −2.00"));
    let c = graph.node(Node::boxed(3.7, 2.0, "c = 10.00").foot("∂ −2.00"));
    let plus = graph.node(Node::unit(5.3, 1.4, "+").role(Role::Blue));
    let e = graph.node(Node::boxed(6.7, 1.4, "e = 4.00").foot("∂ −2.00"));
    let tanh = graph.node(Node::boxed(8.1, 1.4, "tanh").role(Role::Blue));
    for (from, to) in [
        (a, times),
        (b, times),
        (times, d),
        (d, plus),
        (c, plus),
        (plus, e),
        (e, tanh),
    ] {
        graph.edge(Edge::new(from, to));
    }
    graph.draw()
}

fn pipeline() -> Result<Figure, Error> {
    let mut flow = Diagram::new(1, 4).row_height(58.0);
    let steps = [
        ("pixels", Role::Grey),
        ("dense", Role::Blue),
        ("softmax", Role::Blue),
        ("cross-entropy < 0.3 & falling", Role::Green),
    ];
    let nodes: Vec<NodeId> = steps
        .iter()
        .enumerate()
        .map(|(i, (words, role))| flow.node(Node::boxed(0.0, 3.0 - i as f64, words).role(*role)))
        .collect();
    for (pair, shape) in nodes.windows(2).zip(["[B, 784]", "[B, 10]", "[B, 10]"]) {
        flow.edge(Edge::new(pair[0], pair[1]).label(shape));
    }
    flow.draw()
}
