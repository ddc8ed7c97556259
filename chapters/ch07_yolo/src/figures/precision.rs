//! Figures of the section `precision`.

use plots::{Band, Error, Figure, Line, Panel, Role};

use crate::precision::Ranking;

/// Precision against recall as one goes down a ranking, and the area under its envelope.
pub(crate) fn curve(ranking: &Ranking) -> Result<Figure, Error> {
    let curve = ranking.curve();
    // A step for each recall that is reached: level from the recall before it.
    let mut steps = Vec::new();
    let mut before = 0.0;
    for ([recall, _], best) in curve.iter().zip(ranking.envelope()) {
        if *recall > before {
            steps.extend([(before, best), (*recall, best)]);
            before = *recall;
        }
    }
    steps.push((before, 0.0));
    let area: Vec<(f64, f64, f64)> = steps
        .iter()
        .map(|&(recall, best)| (recall, 0.0, best))
        .collect();
    Panel::new()
        .x("recall", "")
        .y("precision", "")
        .x_range(0.0, 1.0)
        .y_range(0.0, 1.05)
        .add(Band::new(&area).role(Role::Blue))
        .add(Line::new(&steps).role(Role::Blue))
        .add(Line::new(&curve).role(Role::Vermilion).dots().thin())
        .draw()
}

/// Average precision of two detectors by the IoU that is asked for.
pub(crate) fn by_iou(detectors: &[(&str, [(f64, f64); 10])]) -> Result<Figure, Error> {
    let roles = [Role::Blue, Role::Vermilion];
    let lines = detectors
        .iter()
        .zip(roles)
        .map(|((name, points), role)| Line::new(points).role(role).dots().name(*name));
    Panel::new()
        .x("IoU asked for", "")
        .y("average precision", "")
        .x_range(0.5, 0.95)
        .y_range(0.0, 1.0)
        .add_all(lines)
        .draw()
}
