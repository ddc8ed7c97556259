//! Figures of the section `activations`.

use plots::{Error, Figure, Line, Panel, Panels, Role, Rule, Size, Split};
use tensor::Tensor;

use crate::activation::Activation;
use crate::sections::SHOWN;

/// The colour of each activation that is shown.
fn role(activation: Activation) -> Role {
    match activation {
        Activation::Identity => Role::Grey,
        Activation::Relu => Role::Blue,
        Activation::LeakyRelu(_) => Role::Orange,
        Activation::Gelu => Role::Green,
        Activation::Tanh => Role::Purple,
        Activation::Sigmoid => Role::Vermilion,
    }
}

/// Each activation and, dashed, its derivative.
pub(crate) fn curves() -> Result<Figure, Error> {
    let at = |of: fn(Activation, &Tensor) -> Tensor, activation| {
        move |z: f32| of(activation, &Tensor::from([z])).item()
    };
    let panels = SHOWN.map(|activation| {
        let slope = at(Activation::derivative, activation);
        Panel::new()
            .title(activation.name())
            .x("score z", "")
            .y("φ(z), φ′(z)", "")
            .x_range(-4.0, 4.0)
            .y_range(-1.2, 3.0)
            .add(
                Line::of(-4.0, 4.0, slope)
                    .role(Role::Grey)
                    .split(Split::Validation),
            )
            .add(
                Line::of(-4.0, 4.0, at(Activation::apply, activation)).role(Role::Blue),
            )
    });
    Panels::new(panels)
        .columns(3)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// The share of flat units by the spread of the scores, a curve an activation.
pub(crate) fn saturation(curves: &[Vec<(f32, f32)>; 5]) -> Result<Figure, Error> {
    let mut panel = Panel::new()
        .x("spread of the scores", "")
        .y("units with derivative below 1/100", "%")
        .x_log()
        .y_range(0.0, 100.0);
    for (activation, curve) in SHOWN.into_iter().zip(curves) {
        let line = Line::new(curve).role(role(activation));
        panel = panel.add(line.name(activation.name()));
    }
    panel.draw()
}

/// The spread of a unit's answers by layer: three seeds thin, a colour an activation.
pub(crate) fn depth(
    shown: &[Activation; 3],
    curves: &[[Vec<f32>; 3]; 3],
) -> Result<Figure, Error> {
    let mut panel = Panel::new()
        .x("hidden layer", "")
        .y("spread over digits", "")
        .y_range(1e-8, 1.0)
        .y_log();
    for (activation, seeds) in shown.iter().zip(curves) {
        for (seed, curve) in seeds.iter().enumerate() {
            let points: Vec<(usize, f32)> = (1..).zip(curve.iter().copied()).collect();
            let line = Line::new(&points).role(role(*activation));
            panel = panel.add(match seed {
                0 => line.dots().name(activation.name()),
                _ => line.thin(),
            });
        }
    }
    // The smallest step that an f32 near ½ can take.
    let smallest = Rule::horizontal(f32::EPSILON / 2.0).role(Role::Muted);
    panel.add(smallest.name("smallest step near ½")).draw()
}
