//! The tape of one step, and what the net learns.

use plots::{
    Diagram, Edge, Error, Figure, Line, Node, Panel, Panels, Role, Size, Split,
};
use tensor::entries::Entry;

use crate::sections::Course;

/// The operations of a tape from left to right, parameters below the operation that
/// uses them. The `batch` has this shape.
pub(crate) fn tape(tape: &[Entry], batch: &[usize]) -> Result<Figure, Error> {
    let is_parameter = |entry: &&Entry| entry.inputs.is_empty();
    let operations: Vec<&Entry> = tape.iter().filter(|e| !is_parameter(e)).collect();
    let mut diagram = Diagram::new(operations.len() + 1, 2)
        .size(Size::Wide)
        .row_height(84.0);
    let pixels = diagram.node(Node::plain(0.0, 0.0, "x").below(shape(batch)));
    let mut last = pixels;
    for (place, entry) in operations.iter().enumerate() {
        let column = place as f64 + 1.0;
        let words = entry.operation.replace("_", "\n");
        let node = Node::boxed(column, 0.0, &words)
            .role(Role::Blue)
            .above(shape(&entry.shape));
        let node = diagram.node(node);
        diagram.edge(Edge::new(last, node));
        let parameters = tape.iter().filter(is_parameter);
        for parameter in parameters.filter(|p| entry.inputs.contains(&p.number)) {
            let name = if parameter.shape.len() == 2 { "W" } else { "b" };
            let parameter = Node::unit(column, 1.0, name)
                .role(Role::Orange)
                .below(shape(&parameter.shape));
            let parameter = diagram.node(parameter);
            diagram.edge(Edge::new(parameter, node));
        }
        last = node;
    }
    diagram.draw()
}

fn shape(shape: &[usize]) -> String {
    let lengths: Vec<String> = shape.iter().map(usize::to_string).collect();
    format!("[{}]", lengths.join(", "))
}

/// Loss and accuracy over passes, a line a seed.
pub(crate) fn digits(courses: &[Course]) -> Result<Figure, Error> {
    let points = |values: &[f32], first: usize, scale: f32| -> Vec<(usize, f32)> {
        let numbered = values.iter().enumerate();
        numbered
            .map(|(i, &value)| (i + first, scale * value))
            .collect()
    };
    let mut loss = Panel::new().x("pass", "").y("training loss", "nats");
    let mut right = Panel::new()
        .x("pass", "")
        .y("test digits right", "%")
        .y_range(80.0, 100.0);
    for course in courses {
        loss = loss.add(
            Line::new(&points(&course.losses, 1, 1.0))
                .role(Role::Blue)
                .thin(),
        );
        let after = points(&course.right[1..], 1, 100.0);
        right = right.add(
            Line::new(&after)
                .role(Role::Vermilion)
                .split(Split::Test)
                .thin(),
        );
    }
    Panels::new([loss, right])
        .columns(2)
        .size(Size::Wide)
        .draw()
}
