//! How rarely a random step helps, and how many are needed.

use plots::{Class, Error, Figure, Line, Panel, Role, Scatter};

use crate::sections::{Bowls, COSINES, Chances, Grown, OnMnist};

/// Chances of a cosine by dimension: lines by geometry, dots as measured.
pub(crate) fn cosines(all: &[Chances]) -> Result<Figure, Error> {
    let roles = [Role::Blue, Role::Vermilion, Role::Green];
    let mut panel = Panel::new()
        .x("dimensions", "")
        .y("chance", "")
        .y_log()
        .y_range(1e-5, 1.0)
        .x_range(0, 100)
        .y_ticks(&[
            (1.0, "1"),
            (1e-1, "10⁻¹"),
            (1e-2, "10⁻²"),
            (1e-3, "10⁻³"),
            (1e-4, "10⁻⁴"),
            (1e-5, "10⁻⁵"),
        ]);
    for (number, (least, role)) in COSINES.into_iter().zip(roles).enumerate() {
        let exact: Vec<(usize, f64)> = all
            .iter()
            .map(|at| (at.dimensions, at.exact[number]))
            .collect();
        let measured: Vec<(usize, f64)> = all
            .iter()
            .filter_map(|at| Some((at.dimensions, at.measured[number]?)))
            .collect();
        let name = format!("above {least}");
        panel = panel
            .add(Line::new(&exact).role(role).name(name))
            .add(Scatter::new(Class(number), &measured).radius(3.0));
    }
    panel.draw()
}

/// Tries on a bowl against its dimensions.
pub(crate) fn bowls(bowls: &Bowls) -> Result<Figure, Error> {
    let gradient: Vec<(usize, f32)> =
        bowls.climbing.iter().map(|at| (at.0, 1.0)).collect();
    // One draw in 10^P lands within a tenth of the radius.
    let exact: Vec<(f32, f32)> = (10..=50)
        .map(|tenths| tenths as f32 / 10.0)
        .map(|dimensions| (dimensions, 10.0_f32.powf(dimensions)))
        .collect();
    Panel::new()
        .x("dimensions", "")
        .y("tries", "")
        .y_range(0.7, 1e5)
        .x_log()
        .y_log()
        .add(Line::new(&exact).role(Role::Vermilion).thin())
        .add(
            Line::new(&bowls.random)
                .role(Role::Vermilion)
                .dots()
                .name("random search"),
        )
        .add(Line::new(&bowls.climbing).dots().name("hill climbing"))
        .add(
            Line::new(&gradient)
                .role(Role::Green)
                .dots()
                .name("one gradient step"),
        )
        .draw()
}

/// Tries against the weights of wider and wider nets, a dot a seed.
pub(crate) fn wider(all: &[Grown]) -> Result<Figure, Error> {
    let mean: Vec<(usize, f32)> = all
        .iter()
        .map(|grown| (grown.parameters, grown.mean()))
        .collect();
    Panel::new()
        .x("parameters", "")
        .y("tries", "")
        .x_log()
        .y_log()
        .y_range(300, 20_000)
        .add(Line::new(&mean).name("mean"))
        .add(Scatter::new(Class::A, &each(all, |grown| grown.parameters)).radius(2.5))
        .draw()
}

/// The tries of each seed as points.
fn each(all: &[Grown], x: fn(&Grown) -> usize) -> Vec<(usize, f32)> {
    let of = |grown: &Grown| -> Vec<(usize, f32)> {
        grown.tries.iter().map(|tries| (x(grown), *tries)).collect()
    };
    all.iter().flat_map(of).collect()
}

/// Tries and gradient steps against the number of classes.
pub(crate) fn harder(all: &[Grown]) -> Result<Figure, Error> {
    let mean: Vec<(usize, f32)> =
        all.iter().map(|grown| (grown.size, grown.mean())).collect();
    let steps: Vec<(usize, usize)> = all
        .iter()
        .filter_map(|grown| Some((grown.size, grown.steps?)))
        .collect();
    Panel::new()
        .x("classes", "")
        .y("tries or steps", "")
        .x_ticks(&[(2, "2"), (4, "4"), (6, "6"), (8, "8"), (10, "10")])
        .y_log()
        .y_range(1, 5000)
        .add(Line::new(&mean).name("hill climbing"))
        .add(Scatter::new(Class::A, &each(all, |grown| grown.size)).radius(2.5))
        .add(Line::new(&steps).role(Role::Green).dots().name("gradient"))
        .draw()
}

/// The loss over the tries on MNIST, a line a seed.
pub(crate) fn mnist(climbs: &[OnMnist]) -> Result<Figure, Error> {
    let lines = climbs.iter().enumerate().map(|(number, climb)| {
        let line = Line::new(&climb.found.improvements);
        match number {
            0 => line.name("hill climbing"),
            _ => line.thin(),
        }
    });
    Panel::new()
        .x("try", "")
        .y("loss", "nats")
        .y_range(0.0, 2.6)
        .add_all(lines.collect::<Vec<_>>())
        .draw()
}
