//! Figures of the section `rates`.

use plots::{Bar, Bars, Error, Figure, Line, Panel, Panels, Role, Rule, Size};

use super::three_alike;
use crate::range_test::RangeTest;
use crate::schedules::Shape;
use crate::trial::Outcome;

/// Steps of the schedules drawn.
const STEPS: usize = 1000;

/// Every schedule over a thousand steps, its highest rate at 1.
pub(crate) fn schedules() -> Result<Figure, Error> {
    let panels = Shape::ALL.map(|shape| {
        let schedule = shape.schedule(1.0, STEPS);
        let drawn = (0..STEPS).step_by(4).chain([STEPS - 1]);
        let points: Vec<(usize, f32)> = drawn.map(|t| (t, schedule.at(t))).collect();
        Panel::new()
            .title(shape.name())
            .x("step", "")
            .y("rate / highest rate", "")
            .y_range(0.0, 1.0)
            .x_ticks(&[(0, "0"), (400, "400"), (800, "800")])
            .add(Line::new(&points))
    });
    Panels::new(panels)
        .columns(4)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// The loss over the growing rate, with the lowest place and the rate read off it.
pub(crate) fn range_test(test: &RangeTest) -> Result<Figure, Error> {
    let over = |losses: &[f32]| -> Vec<(f32, f32)> {
        let pairs = test.rates.iter().zip(losses);
        pairs.map(|(&rate, &loss)| (rate, loss)).collect()
    };
    Panel::new()
        .x("learning rate", "")
        .y("loss", "nats")
        .x_log()
        .y_range(0.0, 4.0)
        .add(Line::new(&over(&test.losses)).role(Role::Grey).thin())
        .add(Line::new(&over(&test.smooth)))
        .add(Rule::vertical(test.rate()).name("train with this"))
        .add(Rule::vertical(test.lowest()).name("lowest"))
        .draw()
}

/// The accuracy over the rate, a line a seed.
pub(crate) fn sweep(curve: &[(f32, [f32; 3])], found: f32) -> Result<Figure, Error> {
    let lines = (0..3).map(|seed| {
        let points: Vec<(f32, f32)> = curve
            .iter()
            .map(|(rate, scores)| (*rate, 100.0 * scores[seed]))
            .collect();
        Line::new(&points).thin().dots()
    });
    Panel::new()
        .x("learning rate", "")
        .y("validation accuracy", "%")
        .x_log()
        .y_range(0.0, 100.0)
        .add_all(lines)
        .add(Rule::vertical(found).name("range test"))
        .draw()
}

/// The losses of three rates, a line a seed, each point the mean of some steps.
pub(crate) fn three(panels: &[(String, [&[f32]; 3])]) -> Result<Figure, Error> {
    let panels = panels.iter().map(|(title, seeds)| {
        let lines = seeds
            .iter()
            .map(|losses| Line::new(&means(losses, 10)).thin());
        Panel::new()
            .title(title)
            .x("step", "")
            .y("loss", "nats")
            .y_range(0.0, 3.0)
            .add_all(lines)
    });
    three_alike(panels)
}

/// Means of `length` steps each, over the step in their middle.
fn means(losses: &[f32], length: usize) -> Vec<(usize, f32)> {
    let pieces = losses.chunks_exact(length).enumerate();
    let mean = |piece: &[f32]| piece.iter().sum::<f32>() / length as f32;
    pieces
        .map(|(i, piece)| (i * length + length / 2, mean(piece)))
        .collect()
}

/// The accuracy that each schedule reaches.
pub(crate) fn scores(reached: &[(&str, [Outcome; 3])]) -> Result<Figure, Error> {
    let mut bars = Bars::new("validation accuracy", "%").decimals(1);
    let percents = |outcomes: &[Outcome; 3]| {
        let mut each = outcomes.each_ref().map(|one| 100.0 * one.score());
        each.sort_by(f64::total_cmp);
        each
    };
    let low = reached.iter().map(|(_, outcomes)| percents(outcomes)[0]);
    let low = low.fold(100.0, f64::min).floor() - 1.0;
    let high = reached.iter().map(|(_, outcomes)| percents(outcomes)[2]);
    let high = high.fold(0.0, f64::max).ceil() + 1.0;
    bars = bars.dots(low, high);
    for (name, outcomes) in reached {
        let [low, middle, high] = percents(outcomes);
        let mean = (low + middle + high) / 3.0;
        let role = match name.starts_with("constant") {
            true => Role::Vermilion,
            false => Role::Blue,
        };
        bars = bars.bar(Bar::new(*name, mean).spread(low, high).role(role));
    }
    bars.draw()
}

/// The losses of a high peak, at once and after `warm` steps of warm-up.
pub(crate) fn warm_up(drawn: &[[Vec<f32>; 3]], warm: usize) -> Result<Figure, Error> {
    let titles = ["at once", "after warm-up"];
    let panels = titles.iter().zip(drawn).map(|(title, seeds)| {
        let lines = seeds
            .iter()
            .map(|losses| Line::new(&means(losses, 4)).thin());
        let panel = Panel::new()
            .title(*title)
            .x("step", "")
            .y("loss", "nats")
            .y_range(0.0, 4.0)
            .add_all(lines);
        match *title {
            "at once" => panel,
            _ => panel.add(Rule::vertical(warm as f64).name("peak")),
        }
    });
    Panels::new(panels)
        .columns(2)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}
