//! Figures of the section `losses`.

use plots::{Class, Error, Figure, Line as Curve, Panel, Panels, Role, Scatter, Size};
use tensor::Tensor;

use crate::line::{Cost, Line};
use crate::loss::binary_cross_entropy;
use crate::sections::{COSTS, Steps};

/// The colours of the three losses for numbers.
const ROLES: [Role; 3] = [Role::Vermilion, Role::Blue, Role::Green];

/// Squared, absolute and Huber's loss over the error, and their slopes.
pub(crate) fn regression() -> Result<Figure, Error> {
    let costs = [
        ("squared", Cost::Squared),
        ("absolute", Cost::Absolute),
        ("Huber", Cost::Huber(1.0)),
    ];
    let curves = |of: fn(Cost, f32) -> f32| {
        costs
            .into_iter()
            .zip(ROLES)
            .map(move |((name, cost), role)| {
                Curve::of(-3.0, 3.0, move |e| of(cost, e))
                    .role(role)
                    .name(name)
            })
    };
    let panel = |title: &str| {
        Panel::new()
            .title(title)
            .x("error e", "")
            .x_range(-3.0, 3.0)
    };
    let values = panel("loss").y_range(0.0, 4.0).add_all(curves(Cost::value));
    let slopes = panel("slope")
        .y_range(-4.0, 4.0)
        .add_all(curves(Cost::slope));
    Panels::new([values, slopes])
        .columns(2)
        .size(Size::Wide)
        .draw()
}

/// Cross-entropy and the squared error of a sigmoid over the score, target 1; and their
/// slopes.
pub(crate) fn classes() -> Result<Figure, Error> {
    let one = Tensor::from([1.0]);
    let entropy = |z: f32| binary_cross_entropy(&Tensor::from([z]), &one);
    let sigmoid = |z: f32| Tensor::from([z]).sigmoid().item();
    let squared = move |z: f32| (sigmoid(z) - 1.0).powi(2);
    // Of σ(z) − 1 and of (σ(z) − 1)², by the chain rule.
    let entropy_slope = move |z: f32| sigmoid(z) - 1.0;
    let squared_slope = move |z: f32| {
        let s = sigmoid(z);
        2.0 * (s - 1.0) * s * (1.0 - s)
    };
    let panel = |title: &str| {
        Panel::new()
            .title(title)
            .x("score z, target 1", "")
            .x_range(-8.0, 4.0)
    };
    let curve = |name: &str, role: Role, of: &dyn Fn(f32) -> f32| {
        Curve::of(-8.0, 4.0, of).role(role).name(name)
    };
    let values = panel("loss")
        .y_range(0.0, 8.0)
        .add(curve("cross-entropy", Role::Blue, &entropy))
        .add(curve("squared error", Role::Vermilion, &squared));
    let slopes = panel("slope")
        .y_range(-1.0, 0.2)
        .add(curve("cross-entropy", Role::Blue, &entropy_slope))
        .add(curve("squared error", Role::Vermilion, &squared_slope));
    Panels::new([values, slopes])
        .columns(2)
        .size(Size::Wide)
        .draw()
}

/// The patients with the three lines, and the error by the share of wrong units.
pub(crate) fn outliers(
    (x, t): (&[f32], &[f32]),
    lines: &[Line; 3],
    shares: &[f32],
    curves: &[[f64; 8]; 3],
) -> Result<Figure, Error> {
    let points: Vec<(f32, f32)> = x.iter().copied().zip(t.iter().copied()).collect();
    let named = || COSTS.into_iter().map(|(name, _)| name).zip(ROLES);
    let patients = Panel::new()
        .title("10 % in the wrong unit")
        .x("total cholesterol", "mg/dL")
        .y("LDL", "mg/dL")
        .add(Scatter::new(Class::A, &points).radius(1.8))
        .add_all(lines.iter().zip(named()).map(|(line, (name, role))| {
            let line = *line;
            Curve::of(100.0, 300.0, move |x| line.at(x))
                .role(role)
                .name(name)
        }));
    let errors = Panel::new()
        .title("what it costs")
        .x("training values in the wrong unit", "%")
        .y("error on unseen patients", "mg/dL")
        .y_range(0.0, 60.0)
        .add_all(curves.iter().zip(named()).map(|(curve, (name, role))| {
            let points: Vec<(f32, f64)> = shares
                .iter()
                .map(|s| 100.0 * s)
                .zip(curve.iter().copied())
                .collect();
            Curve::new(&points).role(role).dots().name(name)
        }));
    Panels::new([patients, errors])
        .columns(2)
        .size(Size::Wide)
        .draw()
}

/// Accuracy and loss on a way through the weights.
pub(crate) fn steps(way: &Steps) -> Result<Figure, Error> {
    let of = |which: fn(&(f32, f32, f32)) -> f32| -> Vec<(f32, f32)> {
        way.iter().map(|at| (at.0, which(at))).collect()
    };
    let panel = |title: &str| Panel::new().title(title).x("place on the way", "");
    let accuracy = panel("accuracy")
        .y("right", "%")
        .add(Curve::new(&of(|at| 100.0 * at.1)).role(Role::Vermilion));
    let loss = panel("cross-entropy")
        .y("loss", "nats")
        .add(Curve::new(&of(|at| at.2)).role(Role::Blue));
    Panels::new([accuracy, loss])
        .columns(2)
        .size(Size::Wide)
        .draw()
}
