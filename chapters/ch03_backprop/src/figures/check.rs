//! The errors of all operations, and what a wrong gradient does.

use plots::{Bar, Bars, Error, Figure, Line, Panel, Role};

/// A dot for each operation, from the largest error down.
pub(crate) fn errors(errors: &[(&str, f32)]) -> Result<Figure, Error> {
    let mut bars = Bars::new("relative error", "").dots_log(1e-7, 1e-2);
    for (name, error) in errors {
        bars = bars.bar(Bar::new(*name, error.max(1e-7)).text(format!("{error:.0e}")));
    }
    bars.draw()
}

/// The training loss of the sound and of the wrong net.
pub(crate) fn planted(curves: &[(&str, Vec<(usize, f32)>)]) -> Result<Figure, Error> {
    let roles = [Role::Blue, Role::Vermilion];
    let mut panel = Panel::new()
        .x("pass", "")
        .y("training loss", "nats")
        .y_range(0.0, 0.7);
    for ((name, curve), role) in curves.iter().zip(roles) {
        panel = panel.add(Line::new(curve).role(role).name(*name));
    }
    panel.draw()
}
