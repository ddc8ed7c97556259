//! Panels of the plane: classes, boundaries, regions, arrows.

use plots::{
    Arrow, Boundary, Class, Contours, Error, Figure, Line, Note, Panel, Panels, Probability,
    Regions, Role, Scatter, Size,
};

use super::Noise;

pub(crate) fn figures() -> Vec<(&'static str, Result<Figure, Error>)> {
    vec![
        ("boundary", boundary()),
        ("updates", updates(Size::Column, 3)),
        ("updates_wide", updates(Size::Wide, 4)),
        ("three_classes", three_classes()),
        ("probability", probability()),
        ("two_moons", two_moons()),
        ("geometry", geometry()),
        ("eight_classes", eight_classes()),
        ("ravine", ravine()),
        ("xor", xor()),
    ]
}

fn boundary() -> Result<Figure, Error> {
    let mut noise = Noise::new(1);
    let setosa = noise.cloud(50, [1.46, 0.25], [0.17, 0.1]);
    let others = noise.cloud(100, [4.9, 1.7], [0.8, 0.4]);
    Panel::new()
        .x("petal length", "cm")
        .y("petal width", "cm")
        .add(Regions::new(|x, y| usize::from(x + 2.0 * y > 4.0)).borderless())
        .add(Scatter::new(Class::A, &setosa).name("setosa"))
        .add(Scatter::new(Class::B, &others).name("versicolor and virginica"))
        .add(Boundary::new([1.0, 2.0], -4.0).name("w·x + b = 0"))
        .draw()
}

fn updates(size: Size, columns: usize) -> Result<Figure, Error> {
    let mut noise = Noise::new(2);
    let a = noise.cloud(20, [-1.0, -0.6], [0.5, 0.5]);
    let b = noise.cloud(20, [1.0, 0.8], [0.5, 0.5]);
    let panels = (0..2 * columns).map(|i| {
        let angle = 2.2 - 0.25 * i as f32;
        let (w1, w2) = (angle.cos(), angle.sin());
        Panel::new()
            .title(format!("update {i}"))
            .x("feature 1", "")
            .y("feature 2", "")
            .equal_units()
            .x_range(-3, 3)
            .y_range(-3, 3)
            .add(Regions::new(move |x, y| usize::from(w1 * x + w2 * y > 0.0)).borderless())
            .add(Scatter::new(Class::A, &a))
            .add(Scatter::new(Class::B, &b).highlight(i % 20))
            .add(Boundary::new([w1, w2], 0.0))
            .add(Arrow::new([0.0, 0.0], [1.5 * w1, 1.5 * w2]))
    });
    Panels::new(panels)
        .columns(columns)
        .shared_axes()
        .size(size)
        .draw()
}

fn three_classes() -> Result<Figure, Error> {
    let mut noise = Noise::new(3);
    let centres = [[-1.5f32, -1.0], [1.6, -0.8], [0.1, 1.6]];
    let nearest = move |x: f32, y: f32| {
        let far = |i: &usize| (x - centres[*i][0]).powi(2) + (y - centres[*i][1]).powi(2);
        (0..3).min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or(0)
    };
    let mut panel = Panel::new()
        .x("bill length", "mm")
        .y("bill depth", "mm")
        .add(Regions::new(nearest));
    for (i, (centre, name)) in centres
        .iter()
        .zip(["Adelie", "Gentoo", "Chinstrap"])
        .enumerate()
    {
        let cloud = noise.cloud(40, *centre, [0.6, 0.5]);
        panel = panel.add(Scatter::new(Class(i), &cloud).name(name));
    }
    panel.draw()
}

fn probability() -> Result<Figure, Error> {
    let mut noise = Noise::new(6);
    let sigmoid = |z: f32| 1.0 / (1.0 + (-z).exp());
    Panel::new()
        .x("bill length", "mm")
        .y("bill depth", "mm")
        .add(Probability::new(move |x, y| {
            sigmoid(0.5 * (x - 44.0) - 1.2 * (y - 17.0))
        }))
        .add(Scatter::new(Class::A, &noise.cloud(60, [39.0, 18.3], [2.6, 1.2])).name("Adelie"))
        .add(Scatter::new(Class::B, &noise.cloud(50, [47.5, 15.0], [3.0, 1.0])).name("Gentoo"))
        .draw()
}

fn two_moons() -> Result<Figure, Error> {
    let mut noise = Noise::new(4);
    let mut moon = |upper: bool| -> Vec<[f32; 2]> {
        (0..100)
            .map(|i| {
                let t = std::f32::consts::PI * i as f32 / 100.0;
                let (x, y) = match upper {
                    true => (t.cos(), t.sin()),
                    false => (1.0 - t.cos(), 0.5 - t.sin()),
                };
                [x + 0.1 * noise.normal(), y + 0.1 * noise.normal()]
            })
            .collect()
    };
    let (upper, lower) = (moon(true), moon(false));
    let curved = |x: f32, y: f32| usize::from(y < 0.25 + 0.6 * (3.2 * (0.5 - x)).sin() * 0.5);
    Panel::new()
        .x("x₁", "")
        .y("x₂", "")
        .equal_units()
        .aspect(1.5)
        .add(Regions::new(curved))
        .add(Scatter::new(Class::A, &upper).name("upper moon"))
        .add(Scatter::new(Class::B, &lower).name("lower moon"))
        .draw()
}

fn geometry() -> Result<Figure, Error> {
    Panel::new()
        .x("x₁", "")
        .y("x₂", "")
        .equal_units()
        .aspect(1.2)
        .x_range(-1.5, 3)
        .y_range(-1, 2.5)
        .add(Regions::new(|x, y| usize::from(0.9 * x + 1.2 * y < 0.0)).borderless())
        .add(Boundary::new([1.0, 0.2], 0.0).faint().name("before"))
        .add(Boundary::new([0.9, 1.2], 0.0).name("after"))
        .add(
            Arrow::new([0.0, 0.0], [1.0, 0.2])
                .role(Role::Grey)
                .name("w"),
        )
        .add(
            Arrow::new([1.0, 0.2], [0.9, 1.2])
                .role(Role::Green)
                .dashed()
                .name("+ x"),
        )
        .add(
            Arrow::new([0.0, 0.0], [0.9, 1.2])
                .role(Role::Blue)
                .name("new w"),
        )
        .add(
            Scatter::new(Class::A, &[[-0.1, 1.0]])
                .radius(5.0)
                .highlight(0),
        )
        .add(Note::new([-0.1, 1.0], "misjudged").beside())
        .draw()
}

fn eight_classes() -> Result<Figure, Error> {
    let mut noise = Noise::new(5);
    let mut panel = Panel::new()
        .x("first component", "")
        .y("second component", "")
        .no_ticks();
    for i in 0..10 {
        let angle = i as f32 * 0.63;
        let centre = [3.0 * angle.cos(), 3.0 * angle.sin()];
        let cloud = noise.cloud(30, centre, [0.35, 0.35]);
        panel = panel.add(Scatter::new(Class(i), &cloud).name(format!("class {i}")));
    }
    panel.aspect(1.2).draw()
}

fn ravine() -> Result<Figure, Error> {
    let height = |x: f32, y: f32| 0.05 * x * x + y * y;
    let mut at = [-9.0f32, 1.8];
    let mut path = vec![at];
    for _ in 0..40 {
        at = [at[0] - 0.9 * 0.1 * at[0], at[1] - 0.9 * 2.0 * at[1]];
        path.push(at);
    }
    Panel::new()
        .x("w₁", "")
        .y("w₂", "")
        .x_range(-10, 10)
        .y_range(-2.5, 2.5)
        .add(Contours::new(height, &[0.1, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0]))
        .add(Line::new(&path).role(Role::Vermilion).dots())
        .add(Scatter::new(Class::C, &[[0.0, 0.0]]).radius(4.5))
        .add(Note::new([0.0, 0.0], "minimum").beside())
        .draw()
}

fn xor() -> Result<Figure, Error> {
    let points = |same: bool| match same {
        true => vec![[0.0, 0.0], [1.0, 1.0]],
        false => vec![[0.0, 1.0], [1.0, 0.0]],
    };
    let panel = |title: &str, w: [f32; 2], b: f32| {
        Panel::new()
            .title(title)
            .x("x₁", "")
            .y("x₂", "")
            .equal_units()
            .x_range(-0.5, 1.5)
            .y_range(-0.5, 1.5)
            .x_ticks(&[(0, "0"), (1, "1")])
            .y_ticks(&[(0, "0"), (1, "1")])
            .add(Regions::new(move |x, y| usize::from(w[0] * x + w[1] * y + b > 0.0)).borderless())
            .add(Scatter::new(Class::A, &points(true)).radius(6.0))
            .add(Scatter::new(Class::B, &points(false)).radius(6.0))
            .add(Boundary::new(w, b))
    };
    Panels::new([
        panel("3 of 4 right", [1.0, 1.0], -0.5),
        panel("3 of 4 right", [-1.0, -1.0], 1.5),
    ])
    .columns(2)
    .shared_axes()
    .draw()
}
