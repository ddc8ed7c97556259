//! Folds: what one unit does to the plane, what several do to a boundary.

use plots::{
    Boundary, Class, Contours, Error, Figure, Panel, Panels, Regions, Role, Scatter,
    Size,
};

use crate::sections::{PLANE, Points, Shape};

/// One unit, two units and their sum of three: lines of equal height and the folds.
pub(crate) fn folds() -> Result<Figure, Error> {
    // Weights and bias of three units, chosen by us.
    let units: [([f32; 2], f32); 3] =
        [([1.0, 0.5], 0.0), ([-0.4, 1.0], 0.3), ([0.2, -1.0], 0.6)];
    let levels: Vec<f32> = (0..14).map(|i| 0.01 + 0.25 * i as f32).collect();
    let titles = [
        "one unit, one fold",
        "two units, two folds",
        "three units, three folds",
    ];
    let panels = titles.into_iter().enumerate().map(|(number, title)| {
        let used = &units[..=number];
        let height = move |x: f32, y: f32| -> f32 {
            used.iter()
                .map(|(w, b)| (w[0] * x + w[1] * y + b).max(0.0))
                .sum()
        };
        let fold =
            |(w, b): &([f32; 2], f32)| Boundary::new(*w, *b).role(Role::Vermilion);
        plane(title)
            .x_range(-2.0, 2.0)
            .y_range(-2.0, 2.0)
            .aspect(1.0)
            .add(Contours::new(height, &levels).role(Role::Blue))
            .add_all(used.iter().map(fold).collect::<Vec<_>>())
    });
    Panels::new(panels.collect::<Vec<_>>())
        .columns(3)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

fn plane<'a>(title: impl Into<String>) -> Panel<'a> {
    Panel::new().title(title).x("x₁", "").y("x₂", "")
}

/// A panel over the part of the plane where the moons are.
fn moons<'a>(title: impl Into<String>) -> Panel<'a> {
    let [[left, right], [low, high]] = PLANE;
    plane(title).x_range(left, right).y_range(low, high)
}

/// The points of each class.
fn scatters(points: &Points, radius: f64) -> [Scatter; 2] {
    let x = points.x.to_vec();
    [0, 1].map(|class| {
        let of_class = x
            .chunks(2)
            .zip(&points.classes)
            .filter(|(_, c)| **c == class)
            .map(|(x, _)| [x[0], x[1]]);
        Scatter::new(Class(class), &of_class.collect::<Vec<_>>()).radius(radius)
    })
}

/// A net with one hidden layer: its boundary with the points, and its score with the folds.
pub(crate) fn moons_folds(points: &Points, shape: &Shape) -> Result<Figure, Error> {
    let (hidden, surface) = (&shape.nets[0].layers[0], &shape.surface);
    let (weights, biases) = (hidden.weights.to_vec(), hidden.bias.to_vec());
    let units = biases.len();
    let folds: Vec<Boundary> = (0..units)
        .map(|unit| Boundary::new([weights[unit], weights[units + unit]], biases[unit]))
        .collect();
    let boundary = moons("the boundary")
        .add(Regions::new(|x, y| usize::from(surface.at(x, y) > 0.0)))
        .add_all(scatters(points, 2.2));
    let levels: Vec<f32> = (-8..=8).map(|i| 4.0 * i as f32).collect();
    let heights = moons("its folds, and lines of equal score")
        .add(Contours::new(|x, y| surface.at(x, y), &levels).role(Role::Blue))
        .add(Contours::new(|x, y| surface.at(x, y), &[0.0]).role(Role::Ink))
        .add_all(folds.into_iter().map(|fold| fold.role(Role::Vermilion)));
    Panels::new([boundary, heights])
        .columns(2)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// Every shape's boundary, wider to the right, deeper downwards.
pub(crate) fn width_depth(points: &Points, shapes: &[Shape]) -> Result<Figure, Error> {
    let panels = shapes.iter().map(|shape| {
        let surface = &shape.surface;
        let layers = match shape.depth {
            1 => "1 layer".to_string(),
            more => format!("{more} layers"),
        };
        let right = 100.0 * shape.right[0];
        moons(format!("{layers} of {}: {right:.1} %", shape.width))
            .add(Regions::new(move |x, y| {
                usize::from(surface.at(x, y) > 0.0)
            }))
            .add_all(scatters(points, 1.6))
    });
    Panels::new(panels.collect::<Vec<_>>())
        .columns(3)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}
