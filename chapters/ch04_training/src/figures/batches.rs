//! Figures of the section `batches`.

use plots::{Error, Figure, Line, Note, Panel, Panels, Role, Size};

use crate::batches::Noise;
use crate::sections::{Noises, Ordered, Way};

/// The error of the gradient over the batch, a line a seed.
pub(crate) fn noise(measured: &[Noises]) -> Result<Figure, Error> {
    let seeds = measured[0].fresh.len();
    let line = |seed: usize, of: fn(&Noises) -> &[Noise], role: Role| {
        let point = |n: &Noises| (n.batch, of(n)[seed].error);
        let points: Vec<(usize, f32)> = measured.iter().map(point).collect();
        Line::new(&points).role(role).thin().dots()
    };
    let fresh = (0..seeds).map(|seed| line(seed, |n| &n.fresh, Role::Blue));
    let trained = (0..seeds).map(|seed| line(seed, |n| &n.trained, Role::Vermilion));
    // The law, a little below what was measured.
    let lowest = |n: &Noises| n.fresh.iter().map(|n| n.error).fold(f32::MAX, f32::min);
    let first = 0.6 * lowest(&measured[0]);
    let law: Vec<(f32, f32)> = [1.0_f32, 1000.0].map(|b| (b, first / b.sqrt())).into();
    Panel::new()
        .x("pictures in a batch", "")
        .y("error of the gradient, in its length", "")
        .x_log()
        .y_log()
        .add(Line::new(&law).role(Role::Grey).thin().name("1/√B"))
        .add_all(fresh)
        .add_all(trained)
        .add(Note::new((90, 9.0), "after an epoch").role(Role::Vermilion.text()))
        .add(Note::new((6, 0.2), "fresh net").role(Role::Blue.text()))
        .draw()
}

/// The roles of the batch sizes, smallest first.
const ROLES: [Role; 5] = [
    Role::Blue,
    Role::Green,
    Role::Vermilion,
    Role::Purple,
    Role::Orange,
];

/// The validation loss over pictures seen and over steps made.
pub(crate) fn sizes(ways: &[Vec<Way>]) -> Result<Figure, Error> {
    let mut seen = Panel::new()
        .x("pictures seen", "thousand")
        .y("validation loss", "nats")
        .y_range(0.4, 3.0);
    let mut steps = Panel::new()
        .x("steps", "")
        .y("validation loss", "nats")
        .x_log()
        .y_range(0.4, 3.0);
    for (ways, role) in ways.iter().zip(ROLES) {
        for (i, way) in ways.iter().enumerate() {
            let by_seen = way.losses.iter().map(|&(n, loss)| (n as f32 / 1e3, loss));
            let line = Line::new(&by_seen.collect::<Vec<_>>()).role(role).thin();
            seen = seen.add(match i {
                0 => line.name(way.batch.to_string()),
                _ => line,
            });
            let after = way.losses.iter().filter(|(n, _)| *n >= way.batch);
            let by_steps: Vec<(usize, f32)> =
                after.map(|&(n, loss)| (n / way.batch, loss)).collect();
            steps = steps.add(Line::new(&by_steps).role(role).thin().dots());
        }
    }
    let names = [
        ("1", 2000.0, 1.15),
        ("10", 200.0, 1.15),
        ("100", 42.0, 1.6),
        ("1000", 4.5, 2.3),
        ("8000", 1.6, 2.6),
    ];
    let names = names.into_iter().zip(ROLES);
    let name = |((name, x, y), role): ((&str, f64, f64), Role)| {
        Note::new((x, y), name).role(role.text())
    };
    let steps = steps.add_all(names.map(name));
    Panels::new([seen, steps])
        .columns(2)
        .size(Size::Wide)
        .draw()
}

/// The loss of each step, shuffled and sorted.
pub(crate) fn order(ways: &[Ordered]) -> Result<Figure, Error> {
    let titles = ["shuffled", "sorted by class"];
    let panels = titles.iter().zip(ways).map(|(title, way)| {
        Panel::new()
            .title(*title)
            .x("step", "")
            .y("training loss", "nats")
            .y_range(0.0, 8.0)
            .add(Line::steps(&way.losses).role(Role::Blue).thin())
    });
    Panels::new(panels)
        .columns(2)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}
