//! The penguins' table in pictures, and what scales and holes do.

use plots::{
    Bar, Bars, Class, Error, Figure, Histogram, Line, Panel, Panels, Role, Scatter,
    Size, Split,
};

use crate::sections::{Measured, PENGUINS};

/// A histogram a column, by species.
pub(crate) fn histograms(columns: &[Measured]) -> Result<Figure, Error> {
    let panels = columns.iter().map(|column| {
        let values = column.values.iter().map(|(value, _)| *value);
        let (low, high) = values
            .fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), v| {
                (low.min(v), high.max(v))
            });
        let of = |class: usize| -> Vec<f32> {
            column
                .values
                .iter()
                .filter(|(_, c)| *c == class)
                .map(|(v, _)| *v)
                .collect()
        };
        let layers = (0..3).map(|class| {
            Histogram::between(&of(class), 24, low, high)
                .role(Class(class).role())
                .name(PENGUINS[class])
        });
        Panel::new()
            .x(&column.name.replace('_', " "), column.unit)
            .y("birds", "")
            .add_all(layers)
    });
    Panels::new(panels).columns(2).size(Size::Wide).draw()
}

/// A row a column, a mark for each missing value.
pub(crate) fn missing(columns: &[(&str, Vec<bool>)]) -> Result<Figure, Error> {
    let names: Vec<(usize, String)> = columns
        .iter()
        .enumerate()
        .map(|(row, (name, _))| (columns.len() - row, name.replace('_', " ")))
        .collect();
    let ticks: Vec<(usize, &str)> = names
        .iter()
        .map(|(row, name)| (*row, name.as_str()))
        .collect();
    let mut panel = Panel::new()
        .x("row of the table", "")
        .y_ticks(&ticks)
        .y_range(0.5, columns.len() as f32 + 0.5);
    for (row, (_, missing)) in columns.iter().enumerate() {
        let at = |(bird, _): (usize, &bool)| (bird + 1, columns.len() - row);
        let points: Vec<(usize, usize)> = missing
            .iter()
            .enumerate()
            .filter(|(_, missing)| **missing)
            .map(at)
            .collect();
        panel = panel.add(Scatter::new(Class::B, &points).radius(2.5));
    }
    panel.x_range(0, columns[0].1.len()).aspect(2.0).draw()
}

/// Training loss over passes for raw and standardised columns.
pub(crate) fn scaling(curves: &[(&str, Vec<f32>)]) -> Result<Figure, Error> {
    let lines = curves.iter().map(|(name, losses)| {
        let points: Vec<(usize, f32)> = (1..).zip(losses.iter().copied()).collect();
        let (role, split) = if *name == "raw" {
            (Role::Vermilion, Split::Validation)
        } else {
            (Role::Blue, Split::Train)
        };
        Line::new(&points).role(role).split(split).name(*name)
    });
    Panel::new()
        .x("pass", "")
        .y("training loss", "nats")
        .add_all(lines)
        .draw()
}

/// Mean accuracy of each strategy, with the range over the splits.
pub(crate) fn strategies(results: &[(&str, Vec<f32>)]) -> Result<Figure, Error> {
    let mut bars = Bars::new("held-out birds right", "%")
        .decimals(1)
        .dots(60.0, 100.0);
    for (name, accuracies) in results {
        let percent = accuracies.iter().map(|a| 100.0 * a);
        let (low, high) = percent
            .clone()
            .fold((100.0_f32, 0.0_f32), |(low, high), a| {
                (low.min(a), high.max(a))
            });
        let mean = percent.sum::<f32>() / accuracies.len() as f32;
        bars = bars.bar(Bar::new(*name, mean).spread(low, high));
    }
    bars.draw()
}
