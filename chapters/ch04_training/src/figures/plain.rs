//! Figures of the section `plain`.

use plots::{Error, Figure, Line, Panel, Role, Split};

use super::three_alike;
use crate::sections::plain::{Course, RATES};

/// Accuracy over passes: a panel a rate, three seeds each.
pub(crate) fn rates(courses: &[Vec<Course>]) -> Result<Figure, Error> {
    let panels = RATES.iter().zip(courses).map(|(lr, courses)| {
        let mut panel = Panel::new()
            .title(format!("rate {lr}"))
            .x("pass", "")
            .y("right", "%")
            .y_range(0.0, 100.0)
            .aspect(1.0);
        for (i, course) in courses.iter().enumerate() {
            let line = |values: &[f32], name: &str| {
                let numbered = values.iter().enumerate();
                let points: Vec<(usize, f32)> =
                    numbered.map(|(i, right)| (i + 1, 100.0 * right)).collect();
                let line = Line::new(&points).thin();
                if i == 0 { line.name(name) } else { line }
            };
            panel = panel
                .add(line(&course.training, "training").role(Role::Blue))
                .add(
                    line(&course.validation, "validation")
                        .role(Role::Vermilion)
                        .split(Split::Validation),
                );
        }
        panel
    });
    three_alike(panels)
}
