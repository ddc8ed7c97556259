//! The squeeze of the proof, mistakes against the bound, and endless training.

use plots::{Class, Error, Figure, Line, Panel, Panels, Role, Scatter, Size, Split};

use crate::margin::novikoff_bound;
use crate::sections::{AtGap, Squeeze};

/// Reach and length after each mistake, between their bounds: random data, and the hardest.
pub(crate) fn growth(random: &Squeeze, hardest: &Squeeze) -> Result<Figure, Error> {
    let panels =
        [("random points", random), ("one input each", hardest)].map(|(title, run)| {
            let (radius, gap, end) = (run.radius, run.gap, run.bound().ceil());
            let bounds_meet = run.growth.mistakes() as f32 + 1.0 >= end;
            Panel::new()
                .title(title)
                .x("mistakes k", "")
                .y("length", "")
                .x_range(0.0, end)
                .add(
                    Line::of(0.0, end, move |k| radius * k.sqrt())
                        .role(Role::Grey)
                        .split(Split::Validation)
                        .name("√k R"),
                )
                .add(
                    Line::of(0.0, end, move |k| gap * k)
                        .role(Role::Grey)
                        .name("kγ"),
                )
                .add(measured(
                    &run.growth.length,
                    Role::Vermilion,
                    "‖w‖",
                    bounds_meet,
                ))
                .add(measured(&run.growth.reach, Role::Blue, "w·w*", bounds_meet))
        });
    Panels::new(panels).columns(2).size(Size::Wide).draw()
}

/// A measured quantity after each mistake. It is named where its curve ends at the
/// right edge; elsewhere the line from the name to the curve would cross the panel.
fn measured(values: &[f32], role: Role, name: &str, named: bool) -> Line {
    let points: Vec<(usize, f32)> = (1..).zip(values.iter().copied()).collect();
    let line = Line::new(&points).role(role).dots();
    if named { line.name(name) } else { line }
}

/// Every run's mistakes over the gap, and the bound.
pub(crate) fn mistakes(all: &[AtGap]) -> Result<Figure, Error> {
    let runs = all
        .iter()
        .flat_map(|at| at.runs.iter().map(|(mistakes, _)| (at.gap, *mistakes)));
    let points: Vec<(f32, usize)> = runs.collect();
    Panel::new()
        .x("gap γ", "radius 1")
        .y("mistakes", "")
        .x_log()
        .y_log()
        .add(
            Line::of(0.01, 0.3, |gap| novikoff_bound(1.0, gap))
                .role(Role::Grey)
                .name("bound"),
        )
        .add(Scatter::new(Class::A, &points).radius(2.2).name("runs"))
        .draw()
}

/// Mistakes in each pass, with a gap and without.
pub(crate) fn cycling(
    setosa: &[usize],
    overlapping: &[usize],
) -> Result<Figure, Error> {
    let passes = |mistakes: &[usize]| -> Vec<(usize, usize)> {
        (1..).zip(mistakes.iter().copied()).collect()
    };
    Panel::new()
        .x("pass", "")
        .y("mistakes a pass", "")
        .add(
            Line::new(&passes(overlapping))
                .role(Role::Vermilion)
                .name("versicolor, virginica"),
        )
        .add(Line::new(&passes(setosa)).role(Role::Blue).name("setosa"))
        .draw()
}
