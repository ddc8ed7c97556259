//! How wrong measured slopes are, and functions with their derivatives.

use plots::{Error, Figure, Line, Note, Panel, Panels, Role, Size, Split};

use crate::slope::Rule;

/// The error of three differences against the step, (step, error) each.
pub(crate) fn errors(
    forward: &[(f64, f64)],
    central: &[(f64, f64)],
    double: &[(f64, f64)],
) -> Result<Figure, Error> {
    Panel::new()
        .x("step h", "")
        .y("relative error of the slope", "")
        .x_log()
        .y_log()
        .add(Line::new(double).role(Role::Grey))
        .add(Note::new((0.01, 1e-9), "central, f64").role(Role::GreyText))
        .add(Line::new(forward).role(Role::Blue).name("forward"))
        .add(Line::new(central).role(Role::Vermilion).name("central"))
        .aspect(1.1)
        .draw()
}

/// Each rule's function, and its slope under it.
pub(crate) fn rules(rules: &[Rule]) -> Result<Figure, Error> {
    let panel = |rule: &Rule| {
        let slope = Line::of(0.5, 2.0, rule.slope).role(Role::Vermilion);
        Panel::new()
            .title(rule.name)
            .x("x", "")
            .y(rule.function, "")
            .add(Line::of(0.5, 2.0, rule.f).role(Role::Blue).name("f"))
            .add(slope.split(Split::Validation).name("f′"))
    };
    Panels::new(rules.iter().map(panel))
        .columns(4)
        .size(Size::Wide)
        .draw()
}
