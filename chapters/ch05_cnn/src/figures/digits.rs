//! Figures of the sections `digits` and `clothes`.

use nn::data::Labelled;
use nn::train::Epoch;
use plots::{
    Error, Figure, Line, Matrix, Panel, Panels, Picture, Pictures, Role, Size, Split,
};

use crate::digits::SIDE;

/// Learning rate, training loss and the score on what was held out, by epoch.
pub(crate) fn curves(history: &[Epoch]) -> Result<Figure, Error> {
    let points = |value: fn(&Epoch) -> f64| -> Vec<(usize, f64)> {
        let numbered = history.iter().enumerate();
        numbered.map(|(e, epoch)| (e + 1, value(epoch))).collect()
    };
    let panel = |title: &str, unit: &str| Panel::new().x("epoch", "").y(title, unit);
    let peak = history.iter().map(|epoch| epoch.lr).fold(0.0, f32::max);
    let rate = points(|epoch| 100.0 * f64::from(epoch.lr));
    let rate: Vec<(usize, f64)> = rate
        .into_iter()
        .map(|(e, percent)| (e, percent / f64::from(peak)))
        .collect();
    let rate = panel("rate", "% of its peak").add(Line::new(&rate).role(Role::Green));
    let loss = points(|epoch| epoch.loss);
    let loss = panel("training loss", "nats").add(Line::new(&loss).role(Role::Blue));
    let score = points(|epoch| 100.0 * epoch.score);
    let score = panel("held out", "% right").add(
        Line::new(&score)
            .role(Role::Vermilion)
            .split(Split::Validation),
    );
    Panels::new([rate, loss, score])
        .columns(3)
        .size(Size::Wide)
        .draw()
}

/// What the pictures of each class were taken for.
pub(crate) fn confusion(counts: &[usize], names: &[String]) -> Result<Figure, Error> {
    Matrix::new(names.len(), names.len(), counts)
        .rows("is", names)
        .columns("taken for", names)
        .size(Size::Wide)
        .draw()
}

/// Mistakes, each with what it is and what the net says.
pub(crate) fn worst(
    test: &Labelled,
    mistakes: &[(usize, usize)],
) -> Result<Figure, Error> {
    let picture = |&(row, answer): &(usize, usize)| {
        let pixels = test.x.slice(0, row..row + 1).to_vec();
        let words = format!("{}, said {answer}", test.classes[row]);
        Picture::ink(SIDE, &pixels).caption(words)
    };
    Pictures::new(mistakes.iter().map(picture))
        .columns(8)
        .size(Size::Wide)
        .draw()
}
