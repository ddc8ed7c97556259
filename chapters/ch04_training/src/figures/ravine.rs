//! Figures of the section `ravine`.

use plots::{
    Class, Contours, Error, Figure, Line, Note, Panel, Panels, Role, Scatter, Size,
};

use crate::ravine::{Place, height, ravine, rosenbrock};
use crate::sections::{PATHS_KAPPA, PathWay, Tried};

/// How step lengths build up, for each momentum.
pub(crate) fn velocity(lengths: &[(f32, Vec<f32>)]) -> Result<Figure, Error> {
    let roles = [Role::Grey, Role::Green, Role::Blue, Role::Vermilion];
    let line = |((mu, lengths), role): (&(f32, Vec<f32>), Role)| {
        let numbered = lengths.iter().enumerate();
        let points: Vec<(usize, f32)> = numbered.map(|(i, &l)| (i + 1, l)).collect();
        Line::new(&points).role(role).name(format!("μ = {mu}"))
    };
    Panel::new()
        .x("step", "")
        .y("length of the step", "learning rates")
        .x_log()
        .y_log()
        .add_all(lengths.iter().zip(roles).map(line))
        .draw()
}

/// Heights of the contour lines in the straight ravine.
const LEVELS: [f32; 6] = [1.0, 6.0, 18.0, 40.0, 75.0, 130.0];

/// A way: a line, with dots on its first steps, where they are far apart.
pub(crate) fn way(places: &[Place]) -> [Line; 2] {
    let first = &places[..places.len().min(13)];
    [Line::new(places).thin(), Line::new(first).thin().dots()]
}

/// A way on the contours of the straight ravine.
fn straight(of: &PathWay) -> Panel<'_> {
    let surface = |x, y| height(|at| ravine(at, PATHS_KAPPA), [x, y]);
    Panel::new()
        .title(&of.name)
        .x("x", "")
        .y("y", "")
        .x_range(-11.0, 11.0)
        .y_range(-3.4, 3.4)
        .aspect(2.0)
        .add(Contours::new(surface, &LEVELS))
        .add_all(way(&of.places))
        .add(Scatter::new(Class::B, &of.places[..1]).radius(4.5))
        .add(Scatter::new(Class::C, &[[0.0, 0.0]]).radius(4.0))
}

/// Ways in the straight ravine, side by side.
pub(crate) fn ways(ways: &[PathWay]) -> Result<Figure, Error> {
    Panels::new(ways.iter().map(straight))
        .columns(2)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// Ways along Rosenbrock's ravine.
pub(crate) fn bent(ways: &[PathWay]) -> Result<Figure, Error> {
    let surface = |x, y| height(rosenbrock, [x, y]);
    let levels = [9.0, 25.0, 60.0, 150.0, 350.0];
    let panel = |of: &PathWay| {
        Panel::new()
            .title(&of.name)
            .x("x", "")
            .y("y", "")
            .x_range(-1.8, 1.8)
            .y_range(-0.8, 2.4)
            .aspect(1.0)
            .add(Contours::new(surface, &levels))
            .add_all(way(&of.places))
            .add(Scatter::new(Class::B, &of.places[..1]).radius(4.5))
            .add(Scatter::new(Class::C, &[[1.0, 1.0]]).radius(4.0))
    };
    Panels::new(ways.iter().map(panel))
        .columns(3)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// Steps by condition number.
pub(crate) fn steps(steps: &[(f32, [Option<usize>; 3])]) -> Result<Figure, Error> {
    let methods = [
        ("plain", Role::Vermilion),
        ("momentum", Role::Blue),
        ("Nesterov", Role::Green),
    ];
    let line = |(i, (name, role)): (usize, (&str, Role))| {
        let found = steps.iter().filter_map(|(k, of)| Some((*k, of[i]?.max(1))));
        let points: Vec<(f32, usize)> = found.collect();
        Line::new(&points).role(role).dots().name(name)
    };
    Panel::new()
        .x("condition number κ", "")
        .y("steps to a millionth", "")
        .x_log()
        .y_log()
        .add_all(methods.into_iter().enumerate().map(line))
        .draw()
}

/// Steps by momentum at one rate, over 1 − μ so that 0.9 and 0.99 lie apart.
pub(crate) fn momenta(steps: &[(f32, [usize; 2])]) -> Result<Figure, Error> {
    let methods = [("Polyak", Role::Blue), ("Nesterov", Role::Green)];
    let line = |(i, (name, role)): (usize, (&str, Role))| {
        let points = steps.iter().map(|(mu, of)| (1.0 / (1.0 - mu), of[i]));
        let points: Vec<(f32, usize)> = points.collect();
        Line::new(&points).role(role).dots().name(name)
    };
    Panel::new()
        .x("momentum μ", "")
        .y("steps to a millionth", "")
        .x_log()
        .y_log()
        .x_ticks(&[
            (1.0, "0"),
            (2.0, "0.5"),
            (5.0, "0.8"),
            (10.0, "0.9"),
            (20.0, "0.95"),
            (50.0, "0.98"),
            (100.0, "0.99"),
        ])
        .add_all(methods.into_iter().enumerate().map(line))
        .draw()
}

/// Accuracy on clothes by the rate, a line a seed.
pub(crate) fn clothes(all: &[Vec<Tried>]) -> Result<Figure, Error> {
    let roles = [Role::Vermilion, Role::Blue, Role::Green];
    let mut panel = Panel::new()
        .x("learning rate", "")
        .y("validation accuracy", "%")
        .y_range(60.0, 86.0)
        .x_log();
    for (tried, role) in all.iter().zip(roles) {
        for seed in 0..tried[0].1.len() {
            let points = tried.iter().map(|(lr, of)| (*lr, 100.0 * of[seed]));
            let points: Vec<(f32, f32)> = points.collect();
            panel = panel.add(Line::new(&points).role(role).thin().dots());
        }
    }
    panel
        .add(Note::new((0.45, 80), "plain").role(Role::Vermilion.text()))
        .add(Note::new((0.05, 66), "momentum").role(Role::Blue.text()))
        .add(Note::new((0.03, 84), "Nesterov").role(Role::Green.text()))
        .draw()
}
