//! Figures of the section `measures`.

use nn::metrics::{Confusion, Ranking};
use plots::{Error, Figure, Line, Matrix, Panel, Panels, Role, Rule, Size};

use crate::sections::measures::{Repeat, ranking};

/// Who was taken for whom.
pub(crate) fn confusion(table: &Confusion) -> Result<Figure, Error> {
    let names = ["benign", "malignant"];
    Matrix::new(2, 2, &table.counts)
        .rows("truth", &names)
        .columns("answer", &names)
        .draw()
}

/// Precision, recall and F1 against the threshold, as a probability.
pub(crate) fn thresholds(
    ranking: &Ranking,
    marks: &[(&str, f32)],
) -> Result<Figure, Error> {
    let scores = ranking.scores();
    let curve = |of: fn(&nn::metrics::Scores) -> f64| -> Vec<(f32, f64)> {
        let cuts = ranking.cuts.iter().zip(&scores);
        // From the lowest threshold up, so that names stand at the right end.
        cuts.rev()
            .map(|(cut, at)| (1.0 / (1.0 + (-cut.threshold).exp()), 100.0 * of(at)))
            .collect()
    };
    let mut panel = Panel::new()
        .x("called malignant from this probability", "")
        .y("share", "%")
        .y_range(0.0, 102.0)
        .x_range(0.0, 1.0);
    for (name, at) in marks {
        panel = panel.add(Rule::vertical(*at).name(*name));
    }
    panel
        .add(
            Line::new(&curve(|s| s.precision))
                .role(Role::Vermilion)
                .name("precision"),
        )
        .add(
            Line::new(&curve(|s| s.recall))
                .role(Role::Blue)
                .name("recall"),
        )
        .add(Line::new(&curve(|s| s.f1)).role(Role::Green).name("F1"))
        .draw_sized(Size::Wide)
}

/// ROC and precision-recall curves of three kinds of units.
pub(crate) fn curves(repeat: &Repeat) -> Result<Figure, Error> {
    let cases = [
        (&repeat.whole, Role::Blue, "30 measurements"),
        (&repeat.cheap, Role::Vermilion, "two of them"),
        (&repeat.rare, Role::Purple, "two, rare"),
    ];
    let mut roc = Panel::new()
        .x("false positive rate", "%")
        .y("recall", "%")
        .x_range(0.0, 100.0)
        .y_range(0.0, 101.0)
        .add(
            Line::new(&[[0.0, 0.0], [100.0, 100.0]])
                .role(Role::Grey)
                .thin(),
        );
    let mut precision = Panel::new()
        .x("recall", "%")
        .y("precision", "%")
        .x_range(0.0, 100.0)
        .y_range(0.0, 101.0);
    for (judged, role, name) in cases {
        let ranking = ranking(judged);
        let points: Vec<[f64; 2]> = ranking.roc();
        let points: Vec<[f64; 2]> =
            points.iter().map(|p| p.map(|x| 100.0 * x)).collect();
        roc = roc.add(Line::new(&points).role(role));
        let points: Vec<[f64; 2]> = ranking
            .scores()
            .iter()
            .map(|s| [100.0 * s.recall, 100.0 * s.precision])
            .collect();
        precision = precision.add(Line::new(&points).role(role).name(name));
    }
    Panels::new([roc, precision])
        .columns(2)
        .size(Size::Wide)
        .draw()
}
