//! Figures of the section `softmax`.

use plots::{Error, Figure, Line, Panel, Panels, Role, Rule, Size};
use tensor::Tensor;

use crate::sections::Route;
use crate::softmax::softmax;

/// The loss of a wrong answer by each route, over how sure the answer is; and where the
/// route ends.
pub(crate) fn routes(
    routes: &[Route; 3],
    ends: [Option<f32>; 3],
) -> Result<Figure, Error> {
    let panels = routes.iter().zip(ends).map(|(route, end)| {
        // Two classes; the true one has the score 0, the wrong one the score x.
        let logarithms = route.logarithms;
        let loss = move |x: f32| -logarithms(&Tensor::from([[0.0, x]])).to_vec()[0];
        let places: Vec<(f32, f32)> = (0..=280)
            .map(|i| 0.5 * i as f32)
            .map(|x| (x, loss(x)))
            .collect();
        let panel = Panel::new()
            .title(route.name)
            .x("score of the wrong class", "")
            .y("loss", "nats")
            .x_range(0.0, 140.0)
            .y_range(0.0, 140.0)
            .add(Line::new(&places).role(Role::Blue));
        let rule = |at: f32| {
            Rule::vertical(at)
                .role(Role::Vermilion)
                .name(format!("ends at {at:.1}"))
        };
        panel.add_all(end.map(rule))
    });
    Panels::new(panels)
        .columns(3)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// Three probabilities over the temperature.
pub(crate) fn temperature() -> Result<Figure, Error> {
    let scores = Tensor::from([2.0, 1.0, 0.0]);
    let temperatures: Vec<f32> =
        (-12..=12).map(|i| 10.0_f32.powf(i as f32 / 8.0)).collect();
    let curve = |k: usize| -> Vec<(f32, f32)> {
        let share = |t: f32| softmax(&(&scores / t)).to_vec()[k];
        temperatures
            .iter()
            .map(|&t| (t, 100.0 * share(t)))
            .collect()
    };
    let line = |k: usize, role: Role| {
        Line::new(&curve(k))
            .role(role)
            .name(format!("score {}", 2 - k))
    };
    Panel::new()
        .x("temperature T", "")
        .y("probability", "%")
        .x_log()
        .y_range(0.0, 100.0)
        .add(line(0, Role::Blue))
        .add(line(1, Role::Vermilion))
        .add(line(2, Role::Green))
        .draw()
}
