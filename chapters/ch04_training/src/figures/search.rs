//! Figures of the section `search`.

use plots::{
    Band, Class, Error, Figure, Line, Panel, Panels, Role, Scatter, Size, Split,
};

use super::three_alike;
use crate::sections::SearchWay as Way;

/// Where the grid and the random search looked in their first repeat, and what they
/// saw there of the rate.
pub(crate) fn places(ways: &[Way; 3]) -> Result<Figure, Error> {
    let [grid, random, _] = ways;
    let pairs = [(Class::A, grid), (Class::B, random)];
    let looked = pairs.map(|(class, way)| {
        let candidates = &way.found[0].candidates;
        let points: Vec<(f32, f32)> =
            candidates.iter().map(|one| (one.lr, one.dropout)).collect();
        axes(format!("{}: where it looked", way.name))
            .y("dropout", "")
            .y_range(0.0, 0.6)
            .add(Scatter::new(class, &points).radius(3.0))
    });
    let saw = pairs.map(|(class, way)| {
        let found = &way.found[0];
        let points: Vec<(f32, f32)> = found
            .looks
            .iter()
            .map(|look| {
                (
                    found.candidates[look.candidate].lr,
                    100.0 * look.score as f32,
                )
            })
            .collect();
        axes(format!("{}: what it saw", way.name))
            .y("validation accuracy", "%")
            .y_range(0.0, 100.0)
            .add(Scatter::new(class, &points).radius(3.0))
    });
    Panels::new(looked.into_iter().chain(saw))
        .columns(2)
        .size(Size::Wide)
        .draw()
}

/// A panel over the learning rate.
fn axes<'a>(title: String) -> Panel<'a> {
    Panel::new()
        .title(title)
        .x("learning rate", "")
        .x_log()
        .x_range(1e-4, 1.0)
}

/// The best validation accuracy so far over what was spent, a panel a search.
pub(crate) fn costs(ways: &[Way; 3]) -> Result<Figure, Error> {
    let roles = [Role::Blue, Role::Vermilion, Role::Green];
    let panels = ways.iter().zip(roles).map(|(way, role)| {
        let lines = way.found.iter().map(|found| {
            let points =
                running_best(found.looks.iter().map(|look| (look.cost, look.score)));
            Line::new(&points)
                .role(role)
                .split(Split::Validation)
                .thin()
        });
        Panel::new()
            .title(way.name)
            .x("epochs spent", "")
            .y("best so far", "%")
            .y_range(50.0, 80.0)
            .add_all(lines)
    });
    three_alike(panels)
}

/// Each cost with the best score up to it, in %, as a staircase.
fn running_best(looks: impl Iterator<Item = (usize, f64)>) -> Vec<(usize, f64)> {
    let mut best: f64 = 0.0;
    let mut stairs = Vec::new();
    for (cost, score) in looks {
        stairs.push((cost, 100.0 * best));
        best = best.max(score);
        stairs.push((cost, 100.0 * best));
    }
    stairs.split_off(1)
}

/// The winner's accuracy where it was chosen and elsewhere, by how many pictures chose.
pub(crate) fn curse(curve: &[(usize, [f64; 2])]) -> Result<Figure, Error> {
    let line = |which: usize| -> Vec<(usize, f64)> {
        let points = curve.iter();
        points
            .map(|(size, pair)| (*size, 100.0 * pair[which]))
            .collect()
    };
    let gap: Vec<(usize, f64, f64)> = curve
        .iter()
        .map(|(size, [chosen, fresh])| (*size, 100.0 * fresh, 100.0 * chosen))
        .collect();
    let chosen = Line::new(&line(0)).split(Split::Validation).dots();
    let fresh = Line::new(&line(1)).role(Role::Vermilion).dots();
    Panel::new()
        .x("pictures that choose", "")
        .y("accuracy of the winner", "%")
        .x_log()
        .add(Band::new(&gap).role(Role::Grey))
        .add(chosen.name("where chosen"))
        .add(fresh.name("elsewhere"))
        .draw()
}
