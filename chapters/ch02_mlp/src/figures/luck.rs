//! Searching without gradients: random nets, best-so-far curves, and what unseen rows say.

use plots::{
    Band, Error, Figure, Histogram, Line, Panel, Panels, Role, Rule, Size, Split,
};

use crate::sections::{Searches, Watched, Way};

/// How many of the training rows each random net gets right.
pub(crate) fn draws(right: &[f32], commonest: f32) -> Result<Figure, Error> {
    let percent: Vec<f32> = right.iter().map(|right| 100.0 * right).collect();
    Panel::new()
        .x("training rows right", "%")
        .y("random nets", "")
        .add(Histogram::between(&percent, 25, 0.0, 100.0))
        .add(Rule::vertical(100.0 * commonest).name("always the commonest"))
        .draw()
}

/// The lowest loss so far over the tries, a line a split, a panel a table.
pub(crate) fn curves(panels: &[(&str, [Searches; 2])]) -> Result<Figure, Error> {
    let panels = panels.iter().map(|(title, both)| {
        let mut panel = Panel::new()
            .title(*title)
            .x("try", "")
            .y("lowest training loss so far", "nats")
            .x_log()
            .y_range(0.0, 1.6);
        for Searches { way, tries, splits } in both {
            let role = match way {
                Way::Random => Role::Vermilion,
                Way::Climbing => Role::Blue,
            };
            for (number, split) in splits.iter().enumerate() {
                let stairs = stairs(&split.found.improvements, *tries);
                let line = Line::new(&stairs).role(role);
                panel = match number {
                    0 => panel.add(line.name(way.name())),
                    _ => panel.add(line.thin()),
                };
            }
        }
        panel
    });
    Panels::new(panels)
        .columns(2)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// Improvements as a curve that stays level between them.
fn stairs(improvements: &[(usize, f32)], tries: usize) -> Vec<(usize, f32)> {
    let mut points: Vec<(usize, f32)> = Vec::new();
    for &(at, loss) in improvements {
        if let Some(&(_, before)) = points.last() {
            points.push((at, before));
        }
        points.push((at, loss));
    }
    if let Some(&(_, loss)) = points.last() {
        points.push((tries, loss));
    }
    points
}

/// Training and validation loss of what the climbs hold after so many tries.
pub(crate) fn overfit(curve: &[Watched]) -> Result<Figure, Error> {
    let line = |of: fn(&Watched) -> [f32; 3]| -> Vec<(usize, f32)> {
        curve.iter().map(|at| (at.tries, of(at)[0])).collect()
    };
    let band = |of: fn(&Watched) -> [f32; 3]| -> Vec<(usize, f32, f32)> {
        let triple = |at: &Watched| (at.tries, of(at)[1], of(at)[2]);
        curve.iter().map(triple).collect()
    };
    Panel::new()
        .x("try", "")
        .y("loss", "nats")
        .x_log()
        .y_range(0.0, 1.0)
        .add(Band::new(&band(|at| at.training)))
        .add(Band::new(&band(|at| at.validation)).role(Role::Vermilion))
        .add(Line::new(&line(|at| at.training)).name("training"))
        .add(
            Line::new(&line(|at| at.validation))
                .role(Role::Vermilion)
                .split(Split::Validation)
                .name("validation"),
        )
        .draw()
}
