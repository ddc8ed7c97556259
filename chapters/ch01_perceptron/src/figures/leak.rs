//! Honest and leaking predictions, and the weights that give the leak away.

use plots::{
    Bar, Bars, Class, Error, Figure, Line, Panel, Panels, Role, Scatter, Size,
};

use crate::sections::Fitted;

/// Predicted over true value, a panel a model.
pub(crate) fn scatter(target: &str, fitted: &[Fitted]) -> Result<Figure, Error> {
    let all = || {
        fitted
            .iter()
            .flat_map(|model| model.points.iter().flat_map(|(t, p)| [*t, *p]))
    };
    let (low, high) = (
        all().fold(f32::INFINITY, f32::min),
        all().fold(f32::NEG_INFINITY, f32::max),
    );
    let panels = fitted.iter().map(|model| {
        Panel::new()
            .title(format!("{}: {:.2}", model.title, model.r2))
            .x(&format!("true {target}"), "")
            .y("predicted", "")
            .x_range(low, high)
            .y_range(low, high)
            .add(
                Line::new(&[(low, low), (high, high)])
                    .role(Role::Grey)
                    .thin(),
            )
            .add(Scatter::new(Class::A, &model.points).radius(2.0))
    });
    Panels::new(panels)
        .columns(3)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// The weight of each standardised column, the new one in another colour.
pub(crate) fn weights(weights: &[(&str, f32)]) -> Result<Figure, Error> {
    let mut bars = Bars::new("size of the weight", "").decimals(1);
    let last = weights.len() - 1;
    for (place, (name, weight)) in weights.iter().enumerate() {
        let role = if place == last {
            Role::Vermilion
        } else {
            Role::Blue
        };
        bars = bars.bar(Bar::new(*name, weight.abs()).role(role));
    }
    bars.draw()
}
