//! Figures of the sections `nets` and `cost`.

use plots::{Band, Error, Figure, Line, Panel, Role};

use crate::sections::Reached;

/// Accuracy against multiply-adds, with the spread over seeds.
pub(crate) fn costs(nets: &[Reached]) -> Result<Figure, Error> {
    let roles = [
        Role::Blue,
        Role::Vermilion,
        Role::Green,
        Role::Purple,
        Role::Orange,
    ];
    let mut panel = Panel::new()
        .x("multiply-adds a picture", "million")
        .x_log()
        .y("test pictures right", "%");
    for (net, role) in nets.iter().zip(roles) {
        let million = net.multiply_adds as f32 / 1e6;
        let low = net.right.iter().copied().fold(1.0, f32::min);
        let high = net.right.iter().copied().fold(0.0, f32::max);
        let spread = [0.97, 1.03].map(|by| (million * by, 100.0 * low, 100.0 * high));
        let point = [(million, 100.0 * net.right[0])];
        panel = panel
            .add(Band::new(&spread).role(role))
            .add(Line::new(&point).role(role).dots().name(net.name));
    }
    panel.draw()
}
