//! Figures of the section `variance`.

use plots::{Band, Error, Figure, Line, Panel, Role, Rule, Split};

use super::three_alike;
use crate::diagnosis::{BEST_KNOWN, Errors};
use crate::sections::variance::{HIDDEN, PICTURES, Spread};

/// Training and validation error against the number of pictures, a panel a net.
pub(crate) fn curves(curves: &[Vec<Spread>]) -> Result<Figure, Error> {
    let panels = HIDDEN.iter().zip(curves).map(|(hidden, curve)| {
        let (training, band_t) = line(curve, |e| e.training);
        let (validation, band_v) = line(curve, |e| e.validation);
        // Names stand once, in the last panel.
        let named = |line: Line, name: &str| match hidden == &HIDDEN[2] {
            true => line.name(name),
            false => line,
        };
        Panel::new()
            .title(format!("{hidden} hidden units"))
            .x("training pictures", "")
            .y("error", "%")
            .x_log()
            .x_ticks(&PICTURES.map(|n| (n as f32, words(n))))
            .x_range(220.0, 9000.0)
            .y_range(0.0, 36.0)
            .add(band_t.role(Role::Blue))
            .add(band_v.role(Role::Vermilion))
            .add(named(training.role(Role::Blue).dots(), "training"))
            .add(named(
                validation
                    .role(Role::Vermilion)
                    .split(Split::Validation)
                    .dots(),
                "validation",
            ))
            .add(Rule::horizontal(100.0 * BEST_KNOWN))
    });
    three_alike(panels)
}

fn words(pictures: usize) -> &'static str {
    match pictures {
        250 => "250",
        800 => "800",
        2500 => "2.5k",
        _ => "8k",
    }
}

/// The mean of an error over the seeds, in per cent, and the range around it.
fn line(curve: &[Spread], part: fn(&Errors) -> f32) -> (Line, Band) {
    let mut points = Vec::new();
    let mut ranges = Vec::new();
    for (pictures, spread) in PICTURES.iter().zip(curve) {
        let values: Vec<f32> = spread.iter().map(|e| 100.0 * part(e)).collect();
        let x = *pictures as f32;
        points.push((x, values.iter().sum::<f32>() / values.len() as f32));
        let low = values.iter().copied().fold(f32::INFINITY, f32::min);
        let high = values.iter().copied().fold(0.0, f32::max);
        ranges.push((x, low, high));
    }
    (Line::new(&points), Band::new(&ranges))
}
