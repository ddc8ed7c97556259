//! A scalar's graph as a drawing (page *An engine for scalars*).
//!
//! The numbers stand in columns, each to the right of all it was computed from; leaves
//! stand next to the first number that uses them. In a column, the numbers keep the order
//! in which they are used.

use std::collections::HashMap;
use std::rc::Rc;

use plots::{Diagram, Edge, Error, Figure, Node, Role, Size};

use crate::scalar::Scalar;

/// A number with its place in the drawing.
#[derive(Clone)]
pub struct Placed {
    /// The number.
    pub scalar: Scalar,
    /// Which column it stands in, from the left.
    pub column: usize,
    /// Which row, from the top; halves are between two rows.
    pub row: f64,
    /// The numbers in its list that it was computed from, and its slopes by them.
    pub inputs: Vec<(usize, f64)>,
}

/// The numbers of a graph with their places, each after its inputs.
pub fn layout(result: &Scalar) -> Vec<Placed> {
    let order = result.order();
    let ids = order.iter().enumerate();
    let ids: HashMap<_, usize> = ids.map(|(i, s)| (Rc::as_ptr(&s.0), i)).collect();
    let number = |s: &Scalar| ids[&Rc::as_ptr(&s.0)];
    let mut placed: Vec<Placed> = order
        .iter()
        .map(|scalar| Placed {
            scalar: scalar.clone(),
            column: 0,
            row: 0.0,
            inputs: scalar
                .inputs()
                .iter()
                .map(|(s, by)| (number(s), *by))
                .collect(),
        })
        .collect();
    set_columns(&mut placed);
    set_rows(&mut placed);
    placed
}

/// One column to the right of the rightmost input; leaves, then, one to the left of the
/// leftmost user.
fn set_columns(placed: &mut [Placed]) {
    for i in 0..placed.len() {
        let columns = placed[i].inputs.iter().map(|&(j, _)| placed[j].column + 1);
        placed[i].column = columns.max().unwrap_or(0);
    }
    let mut leftmost = vec![usize::MAX; placed.len()];
    for user in placed.iter() {
        for &(input, _) in &user.inputs {
            leftmost[input] = leftmost[input].min(user.column);
        }
    }
    for (leaf, user) in placed.iter_mut().zip(leftmost) {
        if leaf.inputs.is_empty() && user != usize::MAX {
            leaf.column = user - 1;
        }
    }
}

/// From the left: a leaf in the next free row of its column, others at the mean of their
/// inputs' rows, or as far below as the column is taken.
fn set_rows(placed: &mut [Placed]) {
    let columns = placed.iter().map(|p| p.column).max().unwrap_or(0);
    for column in 0..=columns {
        let mut free = 0.0_f64;
        for i in 0..placed.len() {
            if placed[i].column != column {
                continue;
            }
            let rows = placed[i].inputs.iter().map(|&(j, _)| placed[j].row);
            let (sum, count) = rows.fold((0.0, 0.0), |(s, n), r| (s + r, n + 1.0));
            let wanted = if count > 0.0 { sum / count } else { 0.0 };
            placed[i].row = wanted.max(free);
            free = placed[i].row + 1.0;
        }
    }
}

// ANCHOR: draw
/// The graph that a number was computed by: in each box an operation or a leaf's name,
/// the value, and at its foot the gradient; on each arrow the local slope.
///
/// # Errors
/// [`Error::TooLarge`] for a graph of hundreds of numbers.
pub fn draw(result: &Scalar, size: Size) -> Result<Figure, Error> {
    let placed = layout(result);
    let columns = placed.iter().map(|p| p.column + 1).max().unwrap_or(1);
    let lowest = placed.iter().map(|p| p.row).fold(0.0, f64::max);
    let mut diagram = Diagram::new(columns, lowest.ceil() as usize + 1)
        .row_height(72.0)
        .size(size);
    let mut nodes = Vec::new();
    for number in &placed {
        nodes.push(diagram.node(boxed(number, result)));
        for (input, slopes) in arrows(number) {
            let edge = Edge::new(nodes[input], nodes[nodes.len() - 1]);
            diagram.edge(edge.label(slopes));
        }
    }
    diagram.draw()
}
// ANCHOR_END: draw

/// A number's box: leaves blue, the result vermilion.
fn boxed(number: &Placed, result: &Scalar) -> Node {
    let scalar = &number.scalar;
    let words = format!("{}\n{}", scalar.0.label, decimal(scalar.value()));
    let gradient = decimal(scalar.gradient());
    let node = Node::boxed(number.column as f64, number.row, words.trim_start());
    let node = node.foot(gradient);
    if Rc::ptr_eq(&scalar.0, &result.0) {
        node.role(Role::Vermilion)
    } else if scalar.inputs().is_empty() {
        node.role(Role::Blue)
    } else {
        node
    }
}

/// The arrows into a number: one from each input, and its slopes; an input used twice has
/// two.
fn arrows(number: &Placed) -> Vec<(usize, String)> {
    let mut arrows: Vec<(usize, String)> = Vec::new();
    for &(input, slope) in &number.inputs {
        match arrows.iter_mut().find(|(other, _)| *other == input) {
            Some((_, slopes)) => slopes.push_str(&format!(" + {}", decimal(slope))),
            None => arrows.push((input, decimal(slope))),
        }
    }
    arrows
}

/// Two decimals at most, with a true minus.
fn decimal(x: f64) -> String {
    let text = plots::decimal(x, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
