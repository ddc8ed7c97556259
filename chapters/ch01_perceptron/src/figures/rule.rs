//! The line after every mistake.

use plots::{Boundary, Class, Error, Figure, Panel, Panels, Role, Scatter, Size};

use super::points_of;
use crate::perceptron::{Example, Perceptron, Update};

/// Panels in the figure: the first updates and the last.
const PANELS: usize = 9;

/// A panel an update: the flower that was wrong, the line before and after.
pub(crate) fn updates(
    flowers: &[Example],
    updates: &[Update],
) -> Result<Figure, Error> {
    let last = updates.len() - 1;
    let shown = (0..updates.len()).filter(|&step| step < PANELS - 1 || step == last);
    let panels = shown.map(|step| {
        panel(flowers, &updates[step], step == 0).title(format!("update {}", step + 1))
    });
    Panels::new(panels)
        .columns(3)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// One update; the first panel names the classes.
fn panel<'a>(flowers: &[Example], update: &Update, named: bool) -> Panel<'a> {
    let (class, index) = place(flowers, update.example);
    let scatter =
        |class: Class, y: f32| Scatter::new(class, &points_of(flowers, y)).radius(2.0);
    let (mut setosa, mut others) = (scatter(Class::A, 1.0), scatter(Class::B, -1.0));
    if named {
        (setosa, others) = (setosa.name("setosa"), others.name("others"));
    }
    match class {
        Class::A => setosa = setosa.highlight(index),
        _ => others = others.highlight(index),
    }
    let mut panel = Panel::new()
        .x("petal length", "cm")
        .y("petal width", "cm")
        .x_range(0.0, 7.5)
        .y_range(0.0, 3.0);
    if update.before.weights != [0.0, 0.0] {
        panel = panel.add(line(&update.before).faint());
    }
    panel
        .add(line(&update.after).role(Role::Ink))
        .add(setosa)
        .add(others)
}

/// The class of a flower and its index among those of its class.
fn place(flowers: &[Example], flower: usize) -> (Class, usize) {
    let y = flowers[flower].y;
    let index = flowers[..flower]
        .iter()
        .filter(|other| other.y == y)
        .count();
    (if y > 0.0 { Class::A } else { Class::B }, index)
}

/// A unit's line.
fn line(unit: &Perceptron) -> Boundary {
    Boundary::new([unit.weights[0], unit.weights[1]], unit.bias)
}
