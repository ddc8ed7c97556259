//! What the chain rule costs in either direction.

use plots::{Error, Figure, Line, Panel, Role};

/// Multiplications by number of inputs: (inputs, forward, backward).
pub(crate) fn directions(work: &[(usize, usize, usize)]) -> Result<Figure, Error> {
    let curve = |of: fn(&(usize, usize, usize)) -> usize| -> Vec<(usize, usize)> {
        work.iter().map(|at| (at.0, of(at))).collect()
    };
    let forward = Line::new(&curve(|at| at.1)).role(Role::Vermilion);
    let backward = Line::new(&curve(|at| at.2)).role(Role::Blue);
    Panel::new()
        .x("inputs", "")
        .y("multiplications", "")
        .x_log()
        .y_log()
        .add(forward.dots().name("forward"))
        .add(backward.dots().name("backward"))
        .draw()
}
