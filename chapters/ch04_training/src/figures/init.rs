//! Figures of the section `init`.

use plots::{
    Error, Figure, Histogram, Line, Note, Panel, Panels, Picture, Pictures, Role, Size,
};
use tensor::Tensor;

use crate::sections::Start;

/// Layers whose activations are shown.
const SHOWN: [usize; 5] = [1, 2, 4, 7, 10];

/// Bins of a histogram.
const BINS: usize = 40;

/// The colour of a rule.
fn role(start: &Start) -> Role {
    match start.rule {
        "0.01" => Role::Blue,
        "1" => Role::Vermilion,
        "Xavier" => Role::Green,
        _ => Role::Purple,
    }
}

/// What eight units look for, a row for each net; weights are `[784, H]`.
pub(crate) fn units(weights: &[Tensor]) -> Result<Figure, Error> {
    let pictures = weights.iter().flat_map(|weight| {
        let units = weight.t(); // [H, 784]
        (0..8).map(move |unit| {
            let pixels = units.slice(0, unit..unit + 1).to_vec();
            Picture::signed(28, &pixels)
        })
    });
    Pictures::new(pictures)
        .columns(8)
        .row_names(["all equal", "Xavier"])
        .each_own_scale()
        .size(Size::Wide)
        .draw()
}

/// Activations of tanh layers: histograms, a row for each of three rules.
pub(crate) fn tanh(starts: &[Start]) -> Result<Figure, Error> {
    rows(starts, &["0.01", "1", "Xavier"], (-1.0, 1.0))
}

/// Activations of ReLU layers that are above 0.
pub(crate) fn relu(starts: &[Start]) -> Result<Figure, Error> {
    rows(starts, &["0.01", "Xavier", "He"], (0.0, 3.0))
}

/// Histograms between two values: a row for each of these rules, a column for each layer.
fn rows(
    starts: &[Start],
    rules: &[&str],
    (low, high): (f32, f32),
) -> Result<Figure, Error> {
    let chosen = starts.iter().filter(|start| rules.contains(&start.rule));
    let panels = chosen.flat_map(|start| {
        SHOWN.map(|layer| {
            let values = start.signals[layer - 1].to_vec();
            // The zeros of ReLU would dwarf everything else.
            let values: Vec<f32> = values.into_iter().filter(|&v| v != 0.0).collect();
            Panel::new()
                .title(format!("{}, layer {layer}", start.rule))
                .x_range(low, high)
                .y_ticks::<f32>(&[])
                .add(Histogram::between(&values, BINS, low, high).role(role(start)))
        })
    });
    Panels::new(panels)
        .columns(SHOWN.len())
        .size(Size::Wide)
        .draw()
}

/// The spread of signals and gradients over the layers, for both activations.
pub(crate) fn spread(tanh: &[Start], relu: &[Start]) -> Result<Figure, Error> {
    let panel = |title: &str, starts: &[Start], pick: fn(&Start) -> &Vec<Vec<f32>>| {
        let mut panel = Panel::new()
            .title(title)
            .x("layer", "")
            .y("spread", "")
            .y_log()
            .x_ticks(&[(1, "1"), (4, "4"), (7, "7"), (10, "10")]);
        for start in starts {
            for (place, seed) in pick(start).iter().enumerate() {
                let points: Vec<(usize, f32)> =
                    (1..).zip(seed.iter().copied()).collect();
                let line = Line::new(&points).role(role(start));
                panel = panel.add(match place {
                    0 => line.dots().name(start.rule),
                    _ => line.thin(),
                });
            }
        }
        panel
    };
    Panels::new([
        panel("tanh, activations", tanh, |s| &s.forwards),
        panel("tanh, gradients", tanh, |s| &s.backwards),
        panel("ReLU, activations", relu, |s| &s.forwards),
        panel("ReLU, gradients", relu, |s| &s.backwards),
    ])
    .columns(2)
    .size(Size::Wide)
    .draw()
}

/// How many validation pictures are right after training, a line for each seed.
pub(crate) fn training(tanh: &[Start], relu: &[Start]) -> Result<Figure, Error> {
    let panel = |title: &str, starts: &[Start]| {
        let mut panel = Panel::new()
            .title(title)
            .x("epoch", "")
            .x_ticks(&[(1, "1"), (2, "2"), (3, "3")])
            .y("validation pictures right", "%")
            .y_range(0.0, 100.0);
        if starts.iter().any(|s| s.learnt.iter().all(|l| l.diverged)) {
            let note = Note::new((2.0, 30.0), "1: no loss, no curve");
            panel = panel.add(note.role(Role::Vermilion));
        }
        for start in starts {
            for (place, learnt) in start.learnt.iter().enumerate() {
                let shares = learnt.scores.iter().map(|share| 100.0 * share);
                let points: Vec<(usize, f32)> = (1..).zip(shares).collect();
                let line = Line::new(&points).role(role(start));
                panel = panel.add(match place {
                    0 => line.dots().name(start.rule),
                    _ => line.thin(),
                });
            }
        }
        panel
    };
    Panels::new([panel("tanh", tanh), panel("ReLU", relu)])
        .columns(2)
        .size(Size::Wide)
        .draw()
}
