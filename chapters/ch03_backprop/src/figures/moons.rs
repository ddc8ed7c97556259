//! The two moons and the boundary that a net draws between them.

use plots::{
    Class, Contours, Error, Figure, Line, Panel, Panels, Regions, Role, Scatter, Size,
};

use crate::net::Dot;

/// The dots of both moons; the lower is class A.
fn scatters(dots: &[Dot], radius: f64) -> [Scatter; 2] {
    [(Class::A, -1.0), (Class::B, 1.0)].map(|(class, y)| {
        let of_class = dots.iter().filter(|dot| dot.y == y);
        let places: Vec<[f64; 2]> = of_class.map(|dot| dot.x).collect();
        Scatter::new(class, &places).radius(radius)
    })
}

/// A panel for the moons.
fn plane<'a>() -> Panel<'a> {
    Panel::new()
        .x("x₁", "")
        .y("x₂", "")
        .x_range(-1.6, 2.6)
        .y_range(-1.1, 1.6)
}

/// How sure the net is, everywhere.
pub(crate) fn learnt(
    dots: &[Dot],
    probability: impl Fn(f32, f32) -> f32 + Copy,
) -> Result<Figure, Error> {
    plane()
        .add(Regions::new(|x, y| usize::from(probability(x, y) > 0.5)))
        .add(Contours::new(probability, &[0.05, 0.95]))
        .add_all(scatters(dots, 2.2))
        .draw()
}

/// The sides that the net sees after some steps, and the loss of every step.
pub(crate) fn film(
    dots: &[Dot],
    film: &[(usize, Vec<f64>)],
    losses: &[f64],
    score: impl Fn(&[f64], f32, f32) -> f64,
) -> Result<Figure, Error> {
    let score = &score;
    let frame = |(step, values): &(usize, Vec<f64>)| {
        let values = values.clone();
        let side = move |x, y| usize::from(score(&values, x, y) > 0.0);
        plane()
            .title(format!("step {}", plots::decimal(*step as f64, 0)))
            .add(Regions::new(side))
            .add_all(scatters(dots, 1.6))
    };
    // Every step's batch is other dots: a mean over ten is easier to read.
    let smooth: Vec<(usize, f64)> = losses
        .chunks_exact(10)
        .enumerate()
        .map(|(i, ten)| (10 * i + 5, ten.iter().sum::<f64>() / 10.0))
        .collect();
    let curve = Panel::new()
        .title("loss, mean of ten steps")
        .x("step", "")
        .y("loss", "nats")
        .y_log()
        .add(Line::new(&smooth).role(Role::Blue));
    let frames = film.iter().map(frame);
    Panels::new(frames.chain([curve]))
        .columns(3)
        .size(Size::Wide)
        .draw()
}
