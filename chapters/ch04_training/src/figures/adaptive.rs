//! Figures of the section `adaptive`.

use plots::{
    Band, Class, Contours, Error, Figure, Line, Note, Panel, Panels, Role, Rule,
    Scatter, Size,
};

use crate::adaptive::FREQUENCIES;
use crate::ravine::{height, ravine, turned};
use crate::sections::{AdaptiveWay, PATHS_KAPPA, Tried};

/// The weight of each word over steps.
pub(crate) fn words(ways: &[(&str, Vec<Vec<f32>>)]) -> Result<Figure, Error> {
    let roles = [Role::Blue, Role::Vermilion, Role::Green, Role::Purple];
    let panels = ways.iter().map(|(title, way)| {
        let line = |(word, role): (usize, Role)| {
            let values: Vec<f32> = way.iter().map(|weights| weights[word]).collect();
            let percent = (1e4 * FREQUENCIES[word]).round() / 100.0;
            let line = Line::steps(&values).role(role).thin();
            line.name(format!("{percent} %"))
        };
        Panel::new()
            .title(*title)
            .x("step", "")
            .y("weight", "")
            .y_range(0.0, 1.4)
            .add_all(roles.into_iter().enumerate().map(line))
    });
    Panels::new(panels)
        .columns(2)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// Weights that follow a target, their mean and spread.
pub(crate) fn following(ways: &[(&str, Vec<(f32, f32)>)]) -> Result<Figure, Error> {
    let panels = ways.iter().map(|(title, way)| {
        let every = || way.iter().enumerate().step_by(5);
        let means: Vec<(usize, f32)> = every().map(|(i, (m, _))| (i, *m)).collect();
        let band = every().map(|(i, (mean, s))| (i, mean - s, mean + s));
        let half = way.len() / 2;
        let target = [(0, 1.0), (half, 1.0), (half, -1.0), (way.len(), -1.0)];
        Panel::new()
            .title(*title)
            .x("step", "")
            .y("weight", "")
            .y_range(-1.5, 1.5)
            .add(Line::new(&target).role(Role::Grey).thin())
            .add(Band::new(&band.collect::<Vec<_>>()).role(Role::Blue))
            .add(Line::new(&means).role(Role::Blue))
    });
    Panels::new(panels)
        .columns(2)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// Lengths of the first steps, and what they do to the loss on clothes.
pub(crate) fn correction(
    lengths: &[Vec<f32>; 2],
    losses: &[Vec<Vec<f32>>; 2],
) -> Result<Figure, Error> {
    let kinds = [
        ("corrected", Role::Blue),
        ("not corrected", Role::Vermilion),
    ];
    let numbered = |values: &[f32]| -> Vec<(usize, f32)> {
        values
            .iter()
            .enumerate()
            .map(|(i, &v)| (i + 1, v))
            .collect()
    };
    let mut length = Panel::new()
        .x("step", "")
        .y("length of the step", "learning rates")
        .y_range(0.0, 7.0);
    let mut loss = Panel::new().x("step", "").y("loss of the batch", "nats");
    for (i, (name, role)) in kinds.into_iter().enumerate() {
        let line = Line::new(&numbered(&lengths[i])).role(role).dots();
        length = length.add(line.name(name));
        let lines = losses[i].iter().map(|l| Line::new(&numbered(l)));
        loss = loss.add_all(lines.map(|line| line.role(role).thin()));
    }
    let loss = loss
        .add(Note::new((11.0, 3.0), "not corrected").role(Role::Vermilion.text()))
        .add(Note::new((3.5, 1.1), "corrected").role(Role::Blue.text()));
    Panels::new([length, loss])
        .columns(2)
        .size(Size::Wide)
        .draw()
}

/// What decay leaves, by the size of the gradient.
pub(crate) fn decays(rows: &[(f32, [f32; 2])]) -> Result<Figure, Error> {
    let kinds = [("Adam with L2", Role::Vermilion), ("AdamW", Role::Blue)];
    let line = |(i, (name, role)): (usize, (&str, Role))| {
        let points: Vec<(f32, f32)> = rows.iter().map(|(s, of)| (*s, of[i])).collect();
        Line::new(&points).role(role).dots().name(name)
    };
    Panel::new()
        .x("size of the gradient", "")
        .y("what is left of the weight", "")
        .x_log()
        .y_range(-0.1, 1.0)
        .add(Rule::horizontal(0.0))
        .add_all(kinds.into_iter().enumerate().map(line))
        .draw()
}

/// Ways in the ravine, above along the axes, below turned.
pub(crate) fn ways(ways: &[AdaptiveWay]) -> Result<Figure, Error> {
    let levels = [6.0, 18.0, 40.0, 75.0, 130.0];
    let panel = |way: &'static str, turn: bool| {
        let surface = move |x: f32, y: f32| match turn {
            true => height(|at| turned(at, PATHS_KAPPA), [x, y]),
            false => height(|at| ravine(at, PATHS_KAPPA), [x, y]),
        };
        Panel::new()
            .title(match turn {
                true => format!("{way}, turned"),
                false => way.to_owned(),
            })
            .x("x", "")
            .y("y", "")
            .x_range(-11.0, 6.0)
            .y_range(-8.5, 8.5)
            .aspect(1.0)
            .add(Contours::new(surface, &levels))
    };
    let panels = ways.iter().map(|way| {
        panel(way.name, way.turned)
            .add_all(super::ravine::way(&way.places))
            .add(Scatter::new(Class::B, &way.places[..1]).radius(4.5))
            .add(Scatter::new(Class::C, &[[0.0, 0.0]]).radius(4.0))
    });
    Panels::new(panels)
        .columns(4)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// Accuracy by rate, a panel a rule, a line a seed.
pub(crate) fn grid(all: &[(&str, Vec<Tried>)]) -> Result<Figure, Error> {
    let panels = all.iter().map(|(name, tried)| {
        let line = |seed: usize| {
            let points = tried.iter().map(|(lr, of)| (*lr, 100.0 * of[seed]));
            let points: Vec<(f32, f32)> = points.collect();
            Line::new(&points).role(Role::Blue).thin().dots()
        };
        let seeds = tried[0].1.len();
        Panel::new()
            .title(*name)
            .x("learning rate", "")
            .y("validation accuracy", "%")
            .x_log()
            .y_range(65.0, 85.0)
            .add_all((0..seeds).map(line))
    });
    Panels::new(panels).columns(3).size(Size::Wide).draw()
}
