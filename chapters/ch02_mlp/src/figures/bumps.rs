//! Nets whose weights are written down, and how near they come to a curve.

use plots::{
    Class, Error, Figure, Line, Panel, Panels, Picture, Pictures, Role, Scatter, Size,
};

use crate::bumps::{bump, hat, ramp, values};
use crate::mlp::Mlp;
use crate::sections::{Digit, Errors, RANGE};

/// A net with one input, as a curve through so many places.
fn line(net: &Mlp, [low, high]: [f32; 2], count: usize) -> Line {
    let place = |i: usize| low + (high - low) * i as f32 / (count - 1) as f32;
    let places: Vec<f32> = (0..count).map(place).collect();
    let points: Vec<[f32; 2]> = places
        .iter()
        .zip(values(net, &places))
        .map(|(&x, y)| [x, y])
        .collect();
    Line::new(&points)
}

/// What each hidden unit adds, thin, and their sum.
pub(crate) fn parts() -> Result<Figure, Error> {
    let shown = [
        ("a ramp from two units", ramp(1.0, 2.0)),
        ("a hat from three", hat(1.0, 2.0, 3.0)),
        ("a bump from four", bump([0.5, 1.0, 2.5, 3.0])),
    ];
    let panels = shown.map(|(title, net)| {
        let (hidden, output) = (&net.layers[0], &net.layers[1]);
        let changes = output.weights.to_vec();
        let folds = hidden.bias.to_vec();
        let units = changes.iter().zip(&folds).map(|(&change, &bias)| {
            Line::of(0.0, 4.0, move |x| change * (x + bias).max(0.0))
                .role(Role::Grey)
                .thin()
        });
        let spots: Vec<[f32; 2]> = folds
            .iter()
            .map(|bias| -bias)
            .zip(values(
                &net,
                &folds.iter().map(|bias| -bias).collect::<Vec<_>>(),
            ))
            .map(|(x, y)| [x, y])
            .collect();
        Panel::new()
            .title(title)
            .x("x", "")
            .y("y", "")
            .x_range(0, 4)
            .y_range(-2.0, 2.0)
            .add_all(units.collect::<Vec<_>>())
            .add(line(&net, [0.0, 4.0], 241))
            .add(Scatter::new(Class::A, &spots).radius(3.0))
    });
    Panels::new(panels)
        .columns(3)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// The curve, grey, and the nets that follow it.
pub(crate) fn follow(
    curve: fn(f32) -> f32,
    nets: &[(usize, Mlp); 3],
) -> Result<Figure, Error> {
    let panels = nets.iter().map(|(pieces, net)| {
        Panel::new()
            .title(format!("{pieces} units"))
            .x("x", "")
            .y("y", "")
            .add(Line::of(RANGE[0], RANGE[1], curve).role(Role::Grey))
            .add(line(net, RANGE, 641).role(Role::Vermilion))
    });
    Panels::new(panels)
        .columns(3)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// Largest error against units, both on axes of equal factors.
pub(crate) fn errors(all: &[Errors]) -> Result<Figure, Error> {
    let roles = [Role::Blue, Role::Green, Role::Vermilion];
    let lines = all.iter().zip(roles).map(|(errors, role)| {
        let points: Vec<(usize, f32)> =
            errors.points.iter().map(|at| (at.0, at.1)).collect();
        Line::new(&points).role(role).dots().name(errors.curve.name)
    });
    let mean: Vec<(usize, f32)> = all[2].points.iter().map(|at| (at.0, at.2)).collect();
    Panel::new()
        .x("hidden units", "")
        .y("largest error", "")
        .x_log()
        .y_log()
        .y_ticks(&[(1.0, "1"), (1e-2, "10⁻²"), (1e-4, "10⁻⁴"), (1e-6, "10⁻⁶")])
        .y_range(2e-6, 1.5)
        .add_all(lines.collect::<Vec<_>>())
        .add(Line::new(&mean).role(Role::Grey).dots().name("jump, mean"))
        .draw()
}

/// One row of the digit: its pixels, and the nets that follow them.
pub(crate) fn row(digit: &Digit) -> Result<Figure, Error> {
    let width = 28;
    let ink = &digit.pixels[digit.row * width..][..width];
    let pixels: Vec<(usize, f32)> = ink.iter().copied().enumerate().collect();
    let panels = digit.copies.iter().map(|(pieces, net, _)| {
        Panel::new()
            .title(format!("{pieces} units"))
            .x("column", "")
            .y("ink", "")
            .add(line(net, [0.0, 27.0], 541).role(Role::Vermilion))
            .add(Scatter::new(Class::A, &pixels).radius(2.0))
    });
    Panels::new(panels)
        .columns(4)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// The digit, and its copies.
pub(crate) fn digit(digit: &Digit) -> Result<Figure, Error> {
    let copies = digit.copies.iter().map(|(pieces, _, pixels)| {
        Picture::ink(28, pixels).caption(format!("{pieces} units a row"))
    });
    let original = Picture::ink(28, &digit.pixels).caption("the digit");
    Pictures::new([original].into_iter().chain(copies))
        .columns(5)
        .size(Size::Wide)
        .draw()
}
