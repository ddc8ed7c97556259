//! Figures of the section `cures`.

use plots::{
    Error, Figure, Histogram, Line, Panel, Panels, Picture, Pictures, Role, Rule, Size,
    Split,
};

use crate::augment::Change;
use crate::cures::{Outcome, Point};

/// Accuracy over epochs, a panel a cure: training solid, validation dashed.
pub(crate) fn curves(outcomes: &[(&str, &Outcome)]) -> Result<Figure, Error> {
    let panels = outcomes.iter().map(|(name, outcome)| {
        let line = |of: fn(&Point) -> f32| {
            let points = outcome.curve.iter().map(|p| (p.epoch, 100.0 * of(p)));
            Line::new(&points.collect::<Vec<_>>())
        };
        let panel = Panel::new()
            .title(*name)
            .x("epoch", "")
            .y("right", "%")
            .y_range(60.0, 95.0)
            .add(line(|p| p.training).role(Role::Blue))
            .add(
                line(|p| p.validation)
                    .role(Role::Vermilion)
                    .split(Split::Validation),
            );
        if outcome.kept.epoch < outcome.ended {
            panel.add(Rule::vertical(outcome.kept.epoch as f32))
        } else {
            panel
        }
    });
    Panels::new(panels)
        .columns(5)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// Bins of a histogram of weights.
const BINS: usize = 81;

/// The weights of the first layer after training, a panel a penalty.
pub(crate) fn weights(of: &[(&str, Vec<f32>)]) -> Result<Figure, Error> {
    let panels = of.iter().map(|(name, weights)| {
        Panel::new()
            .title(*name)
            .x("weight", "")
            .y("weights", "")
            .y_range(0.0, 6000.0)
            .x_ticks(&[(-0.1, "−0.1"), (0.0, "0"), (0.1, "0.1")])
            .add(Histogram::between(weights, BINS, -0.1, 0.1).role(Role::Blue))
    });
    Panels::new(panels)
        .columns(4)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// Pictures as they are and changed, a row each.
pub(crate) fn changes(
    pictures: &[(String, Vec<f32>)],
    changes: &[(&str, Option<Change>)],
) -> Result<Figure, Error> {
    let rows = pictures.iter().flat_map(|(name, pixels)| {
        changes.iter().map(move |(words, change)| {
            let new =
                change.map_or_else(|| pixels.clone(), |change| change.apply(pixels));
            let picture = Picture::ink(28, &new);
            match change {
                None => picture.caption(name),
                Some(_) => picture.caption(*words),
            }
        })
    });
    Pictures::new(rows)
        .columns(changes.len())
        .size(Size::Wide)
        .draw()
}
