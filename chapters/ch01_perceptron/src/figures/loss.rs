//! Five losses over the margin, and the lines that two of them lead to.

use plots::{
    Boundary, Class, Error, Figure, Line, Panel, Panels, Role, Scatter, Size, Split,
};

use super::points_of;
use crate::loss::{hinge, logistic_loss, perceptron_loss, squared_loss};
use crate::perceptron::{Example, Perceptron};

/// The losses over the margin.
pub(crate) fn losses() -> Result<Figure, Error> {
    let step = [(-3.0, 1.0), (0.0, 1.0), (0.0, 0.0), (3.0, 0.0)];
    Panel::new()
        .x("margin m = y f(x)", "")
        .y("loss", "")
        .x_range(-3.0, 3.0)
        .y_range(0.0, 4.0)
        .add(Line::new(&step).role(Role::Grey).name("0/1"))
        .add(
            Line::of(-3.0, 3.0, squared_loss)
                .role(Role::Purple)
                .split(Split::Test)
                .name("squared"),
        )
        .add(
            Line::of(-3.0, 3.0, logistic_loss)
                .role(Role::Green)
                .split(Split::Validation)
                .name("logistic"),
        )
        .add(
            Line::of(-3.0, 3.0, hinge)
                .role(Role::Vermilion)
                .name("hinge"),
        )
        .add(
            Line::of(-3.0, 3.0, perceptron_loss)
                .role(Role::Blue)
                .name("perceptron"),
        )
        .draw()
}

/// The lines of the rule in many orders, and the line of the hinge with the
/// strip up to the nearest flower on both sides.
pub(crate) fn margins(
    flowers: &[Example],
    rule: &[Perceptron],
    hinge: &Perceptron,
) -> Result<Figure, Error> {
    let panel = |title: &str| {
        Panel::new()
            .title(title)
            .x("petal length", "cm")
            .y("petal width", "cm")
            .x_range(0.0, 7.5)
            .y_range(0.0, 3.0)
            .add(
                Scatter::new(Class::A, &points_of(flowers, 1.0))
                    .radius(2.4)
                    .name("setosa"),
            )
            .add(
                Scatter::new(Class::B, &points_of(flowers, -1.0))
                    .radius(2.4)
                    .name("others"),
            )
    };
    let line = |unit: &Perceptron, offset: f32| {
        Boundary::new([unit.weights[0], unit.weights[1]], unit.bias + offset)
    };
    let room = flowers
        .iter()
        .map(|e| e.y * hinge.score(&e.x))
        .fold(f32::INFINITY, f32::min);
    let by_rule = panel("the rule, twenty orders")
        .add_all(rule.iter().map(|unit| line(unit, 0.0).faint()));
    let by_hinge = panel("the hinge")
        .add(line(hinge, room).faint())
        .add(line(hinge, -room).faint())
        .add(line(hinge, 0.0).role(Role::Ink));
    Panels::new([by_rule, by_hinge])
        .columns(2)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}
