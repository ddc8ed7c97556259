//! The squeeze of the proof, mistakes against the bound, and endless training.

use plots::{Class, Error, Figure, Line, Panel, Panels, Role, Scatter, Size, Split};

use crate::margin::novikoff_bound;
use crate::sections::{AtGap, Squeeze};

/// Reach and length after each mistake, between their bounds: random data, and the hardest.
pub(crate) fn growth(random: &Squeeze, hardest: &Squeeze) -> Result<Figure, Error> {
    let panels =
        [("random points", random), ("one input each", hardest)].map(|(title, run)| {
            let steps = |values: &[f32]| -> Vec<(usize, f32)> {
                (1..).zip(values.iter().copied()).collect()
            };
            let (radius, gap, end) = (run.radius, run.gap, run.bound().ceil());
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
                .add(
                    Line::new(&steps(&run.growth.length))
                        .role(Role::Vermilion)
                        .dots()
                        .name("‖w‖"),
                )
                .add(
                    Line::new(&steps(&run.growth.reach))
                        .role(Role::Blue)
                        .dots()
                        .name("w·w*"),
                )
        });
    Panels::new(panels).columns(2).size(Size::Wide).draw()
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
        .y("mistakes", "")
        .add(
            Line::new(&passes(overlapping))
                .role(Role::Vermilion)
                .name("overlap"),
        )
        .add(Line::new(&passes(setosa)).role(Role::Blue).name("setosa"))
        .draw()
}
