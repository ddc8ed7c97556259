//! Jacobians as matrices, and the cliff of the two steps.

use plots::{
    Error, Figure, Line, Matrix, Panel, Panels, Picture, Pictures, Role, Rule, Size,
};

use crate::sections::{Answer, Cliff};

/// The Jacobian of three probabilities, `[3, 3]`.
pub(crate) fn small(values: &[f32]) -> Result<Figure, Error> {
    Matrix::new(3, 3, values)
        .rows("slope of", &["p₁", "p₂", "p₃"])
        .columns("by", &["z₁", "z₂", "z₃"])
        .decimals(4)
        .signed()
        .draw()
}

/// The digits of 8 × 8 pixels of which the net is least sure.
pub(crate) fn digits(answers: &[Answer]) -> Result<Figure, Error> {
    let pictures = answers.iter().map(|answer| {
        let Answer {
            truth, likeliest, ..
        } = answer;
        Picture::ink(8, &answer.pixels).caption(format!("a {truth}, read {likeliest}"))
    });
    Pictures::new(pictures).columns(4).draw()
}

/// The Jacobian of ten probabilities, `[10, 10]`.
pub(crate) fn confused(values: &[f32]) -> Result<Figure, Error> {
    let names: Vec<String> = (0..10).map(|digit: usize| digit.to_string()).collect();
    Matrix::new(10, 10, values)
        .rows("probability of", &names)
        .columns("by the logit of", &names)
        .decimals(2)
        .signed()
        .draw()
}

/// How wrong loss and slope are, both ways, over the gap.
pub(crate) fn cliff(places: &[Cliff]) -> Result<Figure, Error> {
    // An error in the last digit of an `f32` is nothing to see; the axis has no 0.
    let floor = f64::from(f32::EPSILON);
    let points = |of: &dyn Fn(&Cliff) -> f64| -> Vec<(f32, f64)> {
        let both = places.iter().map(|at| (at.gap, of(at)));
        let finite = both.filter(|(_, error)| error.is_finite());
        finite.map(|(gap, error)| (gap, error.max(floor))).collect()
    };
    let panel = |title: &str, [two_steps, fused]: [Vec<(f32, f64)>; 2]| {
        let end = two_steps.last().map_or(0.0, |(gap, _)| *gap);
        Panel::new()
            .title(title)
            .x("gap between the logits", "")
            .x_range(0.0, 120.0)
            .y("relative error", "")
            .y_log()
            .y_range(floor / 3.0, 0.1)
            .add(
                Rule::vertical(end)
                    .role(Role::Vermilion)
                    .name("two steps end"),
            )
            .add(
                Line::new(&two_steps)
                    .role(Role::Vermilion)
                    .name("two steps"),
            )
            .add(Line::new(&fused).role(Role::Blue).thin().name("fused"))
    };
    let losses = [0, 1].map(|way| points(&|at| at.loss_errors[way]));
    let slopes = [0, 1].map(|way| points(&|at| at.slope_errors[way]));
    Panels::new([
        panel("loss", losses),
        panel("slope by the true logit", slopes),
    ])
    .columns(2)
    .size(Size::Wide)
    .draw()
}
