//! The arm, and what both modes cost.

use plots::{Arrow, Error, Figure, Line, Panel, Panels, Role, Size};

use crate::dual::Dual;
use crate::forward_or_reverse::Operations;

/// The arm with the velocity of each joint, and other poses of it.
pub(crate) fn arm(
    moving: &[[Dual<f64>; 2]],
    poses: &[Vec<[f64; 2]>],
) -> Result<Figure, Error> {
    let from_shoulder = |joints: Vec<[f64; 2]>| {
        let mut points = vec![[0.0, 0.0]];
        points.extend(joints);
        points
    };
    let lines = poses.iter().map(|pose| {
        Line::new(&from_shoulder(pose.clone()))
            .role(Role::Muted)
            .thin()
    });
    let now = moving.iter().map(|joint| joint.each_ref().map(|d| d.value));
    // Short enough not to hide the next pose.
    let scale = 0.012;
    let arrows = moving.iter().map(|[x, y]| {
        let to = [x.value + scale * x.slope, y.value + scale * y.slope];
        Arrow::new([x.value, y.value], to).role(Role::Vermilion)
    });
    Panel::new()
        .x("x", "")
        .y("y", "")
        .equal_units()
        .aspect(1.45)
        .add_all(lines)
        .add(
            Line::new(&from_shoulder(now.collect()))
                .role(Role::Blue)
                .dots(),
        )
        .add_all(arrows)
        .draw()
}

/// Operations for all slopes, over inputs and over outputs.
pub(crate) fn operations(
    nets: &[(usize, Operations)],
    arms: &[(usize, Operations)],
) -> Result<Figure, Error> {
    let panel = |title: &str, x: &str, rows: &[(usize, Operations)]| {
        let line = |of: fn(&Operations) -> usize, role, name: &str| {
            let points: Vec<(f64, f64)> = rows
                .iter()
                .map(|(n, operations)| (*n as f64, of(operations) as f64))
                .collect();
            Line::new(&points).role(role).dots().name(name)
        };
        Panel::new()
            .title(title)
            .x(x, "")
            .y("operations", "")
            .x_log()
            .y_log()
            .add(line(|o| o.values, Role::Grey, "values alone"))
            .add(line(|o| o.forward, Role::Vermilion, "forward"))
            .add(line(|o| o.reverse, Role::Blue, "reverse"))
    };
    Panels::new([
        panel("a net, one output", "inputs", nets),
        panel("an arm, one input", "outputs", arms),
    ])
    .columns(2)
    .size(Size::Wide)
    .draw()
}
