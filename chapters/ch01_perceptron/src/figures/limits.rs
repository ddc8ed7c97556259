//! XOR and two moons, with the lines that fail on them.

use plots::{
    Boundary, Class, Error, Figure, Line, Panel, Panels, Regions, Role, Scatter, Size,
    Split,
};

use super::points_of;
use crate::perceptron::{Example, Perceptron, Update};

/// Points of both classes.
fn scatters(examples: &[Example], radius: f64) -> [Scatter; 2] {
    [(Class::A, -1.0), (Class::B, 1.0)]
        .map(|(class, y)| Scatter::new(class, &points_of(examples, y)).radius(radius))
}

/// A panel for XOR.
fn square<'a>(title: &str) -> Panel<'a> {
    Panel::new()
        .title(title)
        .x("x₁", "")
        .y("x₂", "")
        .x_range(-1.0, 2.0)
        .y_range(-1.0, 2.0)
        .aspect(1.0)
}

/// The class of a point by a line, an index for the regions.
fn side(unit: &Perceptron, x: &[f32]) -> usize {
    usize::from(unit.score(x) > 0.0)
}

/// The best line, the lines between which the perceptron goes round, and
/// logistic regression's none.
pub(crate) fn xor(
    points: &[Example],
    best: &Perceptron,
    round: &[Update],
) -> Result<Figure, Error> {
    let line = |unit: &Perceptron| {
        Boundary::new([unit.weights[0], unit.weights[1]], unit.bias)
    };
    let regions = best.clone();
    let has_line = |update: &&Update| update.after.weights != [0.0, 0.0];
    let panels = [
        square("best line: 3 of 4")
            .add(Regions::new(move |x, y| side(&regions, &[x, y])).borderless())
            .add(line(best).role(Role::Ink)),
        square("perceptron: no rest").add_all(
            round
                .iter()
                .filter(has_line)
                .map(|update| line(&update.after)),
        ),
        square("logistic: ½ everywhere"),
    ];
    let panels = panels.map(|panel| panel.add_all(scatters(points, 5.0)));
    Panels::new(panels)
        .columns(3)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// The regions of a unit that also sees the product.
pub(crate) fn xor_feature(
    points: &[Example],
    unit: &Perceptron,
) -> Result<Figure, Error> {
    let unit = unit.clone();
    square("")
        .add(Regions::new(move |x, y| side(&unit, &[x, y, x * y])))
        .add_all(scatters(points, 5.0))
        .draw()
}

/// The points with the line, and the accuracy over passes.
pub(crate) fn moons(
    points: &[Example],
    line: &Perceptron,
    curve: &[(usize, f32, f32)],
) -> Result<Figure, Error> {
    let line = line.clone();
    let boundary =
        Boundary::new([line.weights[0], line.weights[1]], line.bias).role(Role::Ink);
    let points_panel = Panel::new()
        .x("x₁", "")
        .y("x₂", "")
        .add(Regions::new(move |x, y| side(&line, &[x, y])).borderless())
        .add(boundary)
        .add_all(scatters(points, 2.2));
    let percent = |of: fn(&(usize, f32, f32)) -> f32| -> Vec<(usize, f32)> {
        curve.iter().map(|at| (at.0, 100.0 * of(at))).collect()
    };
    let curve_panel = Panel::new()
        .x("pass", "")
        .y("right", "%")
        .x_log()
        .y_range(50.0, 100.0)
        .add(
            Line::new(&percent(|at| at.1))
                .role(Role::Blue)
                .name("training"),
        )
        .add(
            Line::new(&percent(|at| at.2))
                .role(Role::Vermilion)
                .split(Split::Test)
                .name("unseen"),
        );
    Panels::new([points_panel, curve_panel])
        .columns(2)
        .size(Size::Wide)
        .draw()
}
