//! Figures of the section `norm`.

use plots::{Band, Error, Figure, Histogram, Line, Panel, Panels, Role, Rule, Size};
use tensor::{Keep, Tensor};

use crate::sections::Rated;

/// Validation pictures right over the learning rate, without and with normalisation.
pub(crate) fn rates(plain: &[Rated], normed: &[Rated]) -> Result<Figure, Error> {
    let mut panel = Panel::new()
        .x("learning rate", "")
        .y("validation pictures right", "%")
        .x_log()
        .x_ticks(&[
            (0.001_f32, "0.001"),
            (0.01, "0.01"),
            (0.1, "0.1"),
            (1.0, "1"),
        ])
        .y_range(0.0, 100.0)
        .add(Rule::horizontal(10.0).name("chance"));
    let nets = [
        ("plain", Role::Vermilion, plain),
        ("batch norm", Role::Blue, normed),
    ];
    for (name, role, nets) in nets {
        let shares =
            |rated: &Rated| rated.learnt.iter().map(|l| 100.0 * l.right).collect();
        let rights: Vec<(f32, Vec<f32>)> =
            nets.iter().map(|r| (r.lr, shares(r))).collect();
        panel = panel
            .add(around(&rights).role(role))
            .add(middle(&rights).role(role).name(name));
    }
    panel.draw()
}

/// The first seed's line.
fn middle(rights: &[(f32, Vec<f32>)]) -> Line {
    let points: Vec<(f32, f32)> = rights.iter().map(|(x, y)| (*x, y[0])).collect();
    Line::new(&points).dots()
}

/// From the worst to the best seed.
fn around(rights: &[(f32, Vec<f32>)]) -> Band {
    let ends = |y: &[f32]| {
        let low = y.iter().copied().fold(f32::INFINITY, f32::min);
        (low, y.iter().copied().fold(0.0, f32::max))
    };
    let triples: Vec<(f32, f32, f32)> = rights
        .iter()
        .map(|(x, y)| (*x, ends(y).0, ends(y).1))
        .collect();
    Band::new(&triples)
}

/// Pictures right over the size of the batch in which they are shown to a net that was
/// not switched: mixed, and sorted by class; and what the switched net gets.
pub(crate) fn forgotten<const N: usize>(
    sizes: &[usize; N],
    curves: &[[Vec<f32>; N]; 2],
    used: f32,
) -> Result<Figure, Error> {
    let mut panel = Panel::new()
        .x("pictures in a batch", "")
        .y("validation pictures right", "%")
        .x_log()
        .y_range(0.0, 100.0)
        .add(Rule::horizontal(100.0 * used).name("running averages"));
    let names = [("mixed", Role::Blue), ("sorted by class", Role::Vermilion)];
    for (curve, (name, role)) in curves.iter().zip(names) {
        let shares = |y: &Vec<f32>| y.iter().map(|y| 100.0 * y).collect();
        let rights = sizes
            .iter()
            .map(|&size| size as f32)
            .zip(curve.iter().map(shares));
        let rights: Vec<(f32, Vec<f32>)> = rights.collect();
        panel = panel
            .add(around(&rights).role(role))
            .add(middle(&rights).role(role).name(name));
    }
    panel.draw()
}

/// What one unit makes of one picture in company of several sizes, `[times, C]` each.
pub(crate) fn company(sizes: &[usize], seen: &[Tensor]) -> Result<Figure, Error> {
    let unit = seen.last().map_or(0, usual);
    let panels = sizes.iter().zip(seen).map(|(size, seen)| {
        let values = seen.slice(1, unit..unit + 1).to_vec();
        Panel::new()
            .title(format!("a batch of {size}"))
            .x("normalised sum", "")
            .x_range(-2.5, 2.5)
            .y_ticks::<f32>(&[])
            .add(Histogram::between(&values, 50, -2.5, 2.5))
    });
    Panels::new(panels).columns(4).size(Size::Wide).draw()
}

/// A unit to which the picture is neither usual nor odd: its mean is the nearest to ½.
fn usual(seen: &Tensor) -> usize {
    let distance = (seen.mean_axis(0, Keep::Yes) - 0.5).abs(); // [1, C]
    distance.argmin(1)[0]
}
