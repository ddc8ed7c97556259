//! How a diagram's nodes, arrows and tables are drawn.

use crate::canvas::Frame;
use crate::diagram::{Diagram, Edge, Node, Shape, Table};
use crate::label::{Anchor, Label};
use crate::labels::{Space, Wanted, label_box};
use crate::palette::Role;
use crate::paper::Dash;
use crate::pen::{Fill, Pen};
use crate::sheet::{Sheet, Spot};
use crate::text::{LINE, TEXT, width};
use crate::trim::clip_segment;

const EDGE: f64 = 3.0;
/// Radius of a unit whose words fit, in units.
const RADIUS: f64 = 17.0;
/// Space between an arrow's ends and the nodes.
const AIR: f64 = 2.0;
/// Space that the rule above a foot adds to a box.
const FOOT_AIR: f64 = 4.0;

pub(crate) fn draw(diagram: &Diagram, sheet: &Sheet) {
    for edge in &diagram.edges {
        draw_edge(diagram, sheet, edge);
    }
    for node in &diagram.nodes {
        draw_node(sheet, node, place(diagram, node));
    }
    write_edge_labels(diagram, sheet);
    for table in &diagram.tables {
        draw_table(sheet, table, spot(diagram, table.at));
    }
}

/// The middle of a cell on the sheet.
fn spot(diagram: &Diagram, (column, row): (f64, f64)) -> Spot {
    let cell = (diagram.size.units() - 2.0 * EDGE) / diagram.columns;
    (
        EDGE + (column + 0.5) * cell,
        EDGE + (row + 0.5) * diagram.row_height,
    )
}

/// The middle of a node: that of its cell, moved inwards if the node would
/// stand over the figure's side.
fn place(diagram: &Diagram, node: &Node) -> Spot {
    let (x, y) = spot(diagram, node.at);
    let half = frame(node, (x, y)).width / 2.0 + 1.0;
    (held(x, half, diagram.size.units()), y)
}

/// Moves a middle so that `half` on either side stays within `width`.
fn held(middle: f64, half: f64, width: f64) -> f64 {
    middle.min(width - EDGE - half).max(EDGE + half)
}

fn radius(node: &Node) -> f64 {
    let words = node.lines.iter().map(|l| width(l, TEXT));
    f64::max(RADIUS, words.fold(0.0, f64::max) / 2.0 + 5.0)
}

/// The box around a node, captions left out.
fn frame(node: &Node, (x, y): Spot) -> Frame {
    let (half_width, half_height) = match node.shape {
        Shape::Unit => (radius(node), radius(node)),
        Shape::Boxed | Shape::Plain => {
            let words = node.lines.iter().chain(foot(node));
            let widest = words.map(|l| width(l, TEXT)).fold(0.0, f64::max);
            let air = if node.shape == Shape::Boxed { 8.0 } else { 2.0 };
            let height = LINE * node.lines.len() as f64 + foot_height(node);
            (widest / 2.0 + air, height / 2.0 + air * 0.75)
        }
    };
    Frame {
        left: x - half_width,
        top: y - half_height,
        width: 2.0 * half_width,
        height: 2.0 * half_height,
    }
}

/// A box's last line, if it has one.
fn foot(node: &Node) -> Option<&String> {
    (node.shape == Shape::Boxed && !node.foot.is_empty()).then_some(&node.foot)
}

/// What the foot adds to a box, air on either side of its rule included.
fn foot_height(node: &Node) -> f64 {
    foot(node).map_or(0.0, |_| LINE + FOOT_AIR)
}

fn draw_foot(sheet: &Sheet, node: &Node, area: Frame) {
    let Some(words) = foot(node) else { return };
    let y = area.bottom() - LINE - FOOT_AIR - 1.0;
    let rule = [(area.left, y), (area.right(), y)];
    sheet.line(&rule, Pen::new(node.role, 0.8));
    let label = Label::new(words).anchor(Anchor::Middle);
    let middle = (area.left + area.width / 2.0, (y + area.bottom()) / 2.0);
    sheet.text_centred(middle, &label);
}

fn draw_node(sheet: &Sheet, node: &Node, spot: Spot) {
    let area = frame(node, spot);
    let inside = if node.filled {
        node.role.tint()
    } else {
        Role::Bg
    };
    let fill = Fill::new(inside).outline(node.role, 1.6);
    match node.shape {
        Shape::Unit => sheet.circle(spot, radius(node), fill),
        Shape::Boxed => sheet.rounded((area.left, area.top), (area.width, area.height), fill),
        Shape::Plain => {}
    }
    draw_foot(sheet, node, area);
    let middle = spot.1 - foot_height(node) / 2.0;
    let first = middle - LINE * (node.lines.len() as f64 - 1.0) / 2.0;
    for (i, line) in node.lines.iter().enumerate() {
        let label = Label::new(line).anchor(Anchor::Middle);
        sheet.text_centred((spot.0, first + LINE * i as f64), &label);
    }
    let caption = |words: &str| Label::new(words).anchor(Anchor::Middle).role(Role::Muted);
    sheet.text((spot.0, area.top - 5.0), &caption(&node.above));
    sheet.text((spot.0, area.bottom() + 14.0), &caption(&node.below));
}

/// Where an edge leaves the one node and reaches the other.
fn ends(diagram: &Diagram, edge: &Edge) -> (Spot, Spot) {
    let (from, to) = (&diagram.nodes[edge.from.0], &diagram.nodes[edge.to.0]);
    let (a, b) = (place(diagram, from), place(diagram, to));
    (border(from, a, b), border(to, b, a))
}

/// Where the way from the middle of a node towards a spot leaves the node.
fn border(node: &Node, middle: Spot, towards: Spot) -> Spot {
    let (dx, dy) = (towards.0 - middle.0, towards.1 - middle.1);
    let length = dx.hypot(dy).max(1e-9);
    let reach = match node.shape {
        Shape::Unit => radius(node),
        Shape::Boxed | Shape::Plain => {
            let inner = clip_segment(middle, towards, frame(node, middle));
            inner.map_or(0.0, |(_, end)| (end.0 - middle.0).hypot(end.1 - middle.1))
        }
    };
    let t = ((reach + AIR) / length).min(0.95);
    (middle.0 + t * dx, middle.1 + t * dy)
}

fn draw_edge(diagram: &Diagram, sheet: &Sheet, edge: &Edge) {
    let (from, to) = ends(diagram, edge);
    let dash = if edge.dashed {
        Dash::Dashed
    } else {
        Dash::Solid
    };
    let pen = Pen::new(edge.role, edge.width).dash(dash);
    if edge.headless {
        sheet.line(&[from, to], pen);
    } else {
        sheet.arrow(from, to, pen);
    }
}

/// Each label sits on its own arrow, where it touches neither another arrow
/// nor a node nor another label. On a steep arrow, which it would hide, it
/// stands to the right.
fn write_edge_labels(diagram: &Diagram, sheet: &Sheet) {
    let mut taken: Vec<Frame> = Vec::new();
    for (i, edge) in diagram.edges.iter().enumerate() {
        if edge.label.is_empty() {
            continue;
        }
        let mut space = space_beside(diagram, sheet, i);
        taken.iter().for_each(|&area| space.avoid_box(area));
        let (from, to) = ends(diagram, edge);
        let steep = (to.0 - from.0).abs() < 0.5 * (to.1 - from.1).abs();
        let aside = if steep { 8.0 } else { 0.0 };
        let along = |t: f64| {
            let x = from.0 + t * (to.0 - from.0) + aside;
            ((x, from.1 + t * (to.1 - from.1)), 60.0 * (t - 0.45).abs())
        };
        let label = Label::new(&edge.label).role(edge.role);
        let wanted = Wanted {
            label: if steep {
                label
            } else {
                label.anchor(Anchor::Middle)
            },
            spots: (4..=16).map(|i| along(f64::from(i) / 20.0)).collect(),
            class: None,
        };
        if let Some(place) = space.place(&wanted) {
            let area = label_box(&wanted.label, place);
            if !steep {
                // Hide the line behind the words.
                let (left, right) = (area.left + 1.0, area.right() - 1.0);
                let fill = Fill::new(Role::Bg);
                sheet.rect((left, place.1 - 6.5), (right, place.1 + 6.5), fill);
            }
            taken.push(area);
            sheet.text_centred(place, &wanted.label);
        }
    }
}

/// What a label on edge `i` has to avoid: nodes and the other edges.
fn space_beside(diagram: &Diagram, sheet: &Sheet, i: usize) -> Space {
    let (width, height) = sheet.size();
    let mut space = Space::new(Frame {
        left: 0.0,
        top: 0.0,
        width,
        height,
    });
    for node in &diagram.nodes {
        space.avoid_box(frame(node, place(diagram, node)));
    }
    for (j, other) in diagram.edges.iter().enumerate() {
        if i != j {
            let (a, b) = ends(diagram, other);
            space.avoid_line(&[a, b]);
        }
    }
    space
}

/// Columns of centred words, a line under the head.
fn draw_table(sheet: &Sheet, table: &Table, (x, y): Spot) {
    let cells = |i: usize| {
        let rows = table.rows.iter().map(move |row| row[i].as_str());
        std::iter::once(table.head[i].as_str()).chain(rows)
    };
    let widths: Vec<f64> = (0..table.head.len())
        .map(|i| cells(i).map(|c| width(c, TEXT)).fold(0.0, f64::max) + 14.0)
        .collect();
    let (total, lines) = (widths.iter().sum::<f64>(), table.rows.len() as f64 + 1.0);
    let (half_width, half_height) = (total / 2.0, LINE * lines / 2.0);
    let (room, height) = sheet.size();
    let left = held(x, half_width, room) - half_width;
    let top = held(y, half_height, height) - half_height;
    let mut start = left;
    for (i, width) in widths.iter().enumerate() {
        for (j, cell) in cells(i).enumerate() {
            let label = Label::new(cell).anchor(Anchor::Middle);
            let label = if j == 0 {
                label.role(Role::Muted)
            } else {
                label
            };
            let middle = top + LINE * (j as f64 + 0.5) + if j == 0 { -2.0 } else { 1.0 };
            sheet.text_centred((start + width / 2.0, middle), &label);
        }
        start += width;
    }
    let line = [(left, top + LINE), (left + total, top + LINE)];
    sheet.line(&line, Pen::new(Role::Muted, 1.0));
}
