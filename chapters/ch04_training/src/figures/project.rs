//! Figures of the section `project`.

use nn::train::Epoch;
use plots::{Error, Figure, Line, Matrix, Panel, Panels, Role, Size, Split};

/// Learning rate, training loss and validation accuracy by epoch; a line a seed.
pub(crate) fn curves(histories: &[Vec<Epoch>]) -> Result<Figure, Error> {
    let points = |history: &[Epoch], value: fn(&Epoch) -> f64| -> Vec<(usize, f64)> {
        let numbered = history.iter().enumerate();
        numbered.map(|(e, epoch)| (e + 1, value(epoch))).collect()
    };
    let mut rate = Panel::new()
        .x("epoch", "")
        .y("learning rate", "thousandths");
    let mut loss = Panel::new().x("epoch", "").y("training loss", "nats");
    let mut score = Panel::new().x("epoch", "").y("validation right", "%");
    if let Some(first) = histories.first() {
        let line = points(first, |epoch| 1e3 * f64::from(epoch.lr));
        rate = rate.add(Line::new(&line).role(Role::Green));
    }
    for history in histories {
        let line = points(history, |epoch| epoch.loss);
        loss = loss.add(Line::new(&line).role(Role::Blue).thin());
        let line = Line::new(&points(history, |epoch| 100.0 * epoch.score));
        let line = line.role(Role::Vermilion).split(Split::Validation).thin();
        score = score.add(line);
    }
    Panels::new([rate, loss, score])
        .columns(3)
        .size(Size::Wide)
        .draw()
}

/// What the test pictures of each class were taken for.
pub(crate) fn confusion(counts: &[usize], names: &[String]) -> Result<Figure, Error> {
    Matrix::new(names.len(), names.len(), counts)
        .rows("is", names)
        .columns("taken for", names)
        .size(Size::Wide)
        .draw()
}
