//! Ways downhill.

use plots::{
    Class, Contours, Error, Figure, Line, Note, Panel, Panels, Role, Scatter, Size,
};

use crate::surface::{HOLLOWS, Place};

/// A curve with a few steps on it, for each learning rate.
pub(crate) fn rates(rates: &[f32], films: &[Vec<(f32, f32)>]) -> Result<Figure, Error> {
    let panel = |(rate, film): (&f32, &Vec<(f32, f32)>)| {
        Panel::new()
            .title(format!("rate {rate:.2}"))
            .x("x", "")
            .y("x²", "")
            .x_range(-3.2, 3.2)
            .y_range(0.0, 10.0)
            .add(Line::of(-3.2, 3.2, |x| x * x).role(Role::Grey))
            .add(Line::new(film).role(Role::Blue).dots())
            .add(Scatter::new(Class::B, &film[..1]).radius(4.5))
    };
    Panels::new(rates.iter().zip(films).map(panel))
        .columns(4)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// Ways over a plain with hollows, and every start with the hollow it led to.
pub(crate) fn hollows(
    height: fn(Place) -> f32,
    ways: &[Vec<Place>],
    starts: &[Place],
    ends: &[Option<usize>],
) -> Result<Figure, Error> {
    let levels = [-0.9, -0.7, -0.5, -0.3, -0.1, -0.02];
    let square = |title: &str| {
        Panel::new()
            .title(title)
            .x("x", "")
            .y("y", "")
            .x_range(-3.0, 3.0)
            .y_range(-3.0, 3.0)
            .aspect(1.0)
            .add(Contours::new(move |x, y| height([x, y]), &levels))
    };
    let way = |way: &Vec<Place>| Line::new(way).role(Role::Blue).thin();
    let first: Vec<Place> = ways.iter().map(|way| way[0]).collect();
    let paths = square("ways downhill")
        .add_all(ways.iter().map(way))
        .add(Scatter::new(Class::A, &first).radius(2.6));
    let classes = [Class::A, Class::B, Class::C, Class::D];
    let of = |end: Option<usize>| -> Vec<Place> {
        let pairs = starts.iter().zip(ends);
        pairs.filter(|(_, e)| **e == end).map(|(s, _)| *s).collect()
    };
    let led_to =
        (0..HOLLOWS.len()).map(|i| Scatter::new(classes[i], &of(Some(i))).radius(2.2));
    let basins = square("starts, by where they end")
        .add(Scatter::new(Class(4), &of(None)).radius(1.6).open())
        .add_all(led_to)
        .add_all(
            HOLLOWS.map(|hollow| Note::new(hollow.at, format!("{:.1}", hollow.depth))),
        );
    Panels::new([paths, basins])
        .columns(2)
        .size(Size::Wide)
        .draw()
}

/// Ways over the pass, and the steps it takes to leave the ridge.
pub(crate) fn saddle(
    height: fn(Place) -> f32,
    ways: &[Vec<Place>; 2],
    steps: &[(f32, usize)],
) -> Result<Figure, Error> {
    let levels = [0.05, 0.2, 0.5, 0.8, 1.0, 1.3, 1.8];
    let map = |title: &str, way: &Vec<Place>| {
        Panel::new()
            .title(title)
            .x("x", "")
            .y("y", "")
            .x_range(-1.5, 1.5)
            .y_range(-1.5, 1.5)
            .aspect(1.0)
            .add(Contours::new(move |x, y| height([x, y]), &levels))
            .add(Line::new(way).role(Role::Vermilion).dots())
    };
    let count = Panel::new()
        .title("steps to leave the ridge")
        .x("push", "")
        .y("steps", "")
        .x_log()
        .y_range(0, 80)
        .aspect(1.0)
        .add(Line::new(steps).role(Role::Blue).dots());
    let [stuck, pushed] = ways;
    Panels::new([
        map("on the ridge", stuck),
        map("a millionth beside it", pushed),
        count,
    ])
    .columns(3)
    .size(Size::Wide)
    .draw()
}

/// The height over steps, from starts ever farther out; `half` is where half the depth
/// is reached.
pub(crate) fn plateau(
    distances: &[f32],
    curves: &[Vec<f32>],
    half: &[usize],
) -> Result<Figure, Error> {
    let roles = [Role::Blue, Role::Vermilion, Role::Green, Role::Purple];
    let line = |(curve, role): (&Vec<f32>, Role)| {
        // Evenly on a logarithmic axis: few points say as much as all.
        let mut points: Vec<(usize, f32)> = Vec::new();
        let mut step = 1.0_f32;
        while (step as usize) < curve.len() {
            points.push((step as usize, curve[step as usize]));
            step = (step * 1.03).max(step + 1.0);
        }
        Line::new(&points).role(role)
    };
    let name = |((distance, &half), role): ((&f32, &usize), Role)| {
        let at = (0.68 * half as f32, -0.75);
        Note::new(at, format!("{distance:.1}")).role(role.text())
    };
    Panel::new()
        .x("step", "")
        .y("height", "")
        .x_log()
        .y_range(-1.0, 0.05)
        .add_all(curves.iter().zip(roles).map(line))
        .add_all(distances.iter().zip(half).zip(roles).map(name))
        .draw()
}
