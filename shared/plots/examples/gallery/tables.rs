//! Bars, dots, matrices, pictures.

use plots::{Bar, Bars, Error, Figure, Mark, Matrix, Picture, Pictures, Role};

use super::Noise;

pub(crate) fn figures() -> Vec<(&'static str, Result<Figure, Error>)> {
    vec![
        ("bars", bars()),
        ("dots", dots()),
        ("ratios", ratios()),
        ("confusion", confusion()),
        ("correlations", correlations()),
        ("clothes_confusion", clothes()),
        ("letters", letters()),
        ("digits", digits()),
        ("mistakes", mistakes()),
        ("weights", weights()),
        ("attention", attention()),
        ("found", found()),
    ]
}

fn bars() -> Result<Figure, Error> {
    Bars::new("accuracy on the test set", "%")
        .decimals(1)
        .up_to(100)
        .group("two moons")
        .bar(Bar::new("perceptron", 86.2).spread(84.0, 88.0))
        .bar(Bar::new("logistic regression", 88.4).spread(87.5, 89.0))
        .group("XOR")
        .bar(Bar::new("perceptron", 75.0).role(Role::Vermilion))
        .bar(Bar::new("logistic regression", 50.0).role(Role::Vermilion))
        .rule(50, "chance")
        .draw()
}

fn dots() -> Result<Figure, Error> {
    Bars::new("accuracy", "%")
        .decimals(1)
        .dots(90, 100)
        .bar(Bar::new("8×8 digits", 95.2).spread(94.6, 96.0))
        .bar(Bar::new("MNIST, 10,000", 90.9).spread(90.6, 91.2))
        .bar(
            Bar::new("PyTorch, same data", 91.0)
                .role(Role::Grey)
                .spread(90.5, 91.4),
        )
        .draw()
}

fn ratios() -> Result<Figure, Error> {
    Bars::new("our time / PyTorch's time", "")
        .dots_log(0.1, 2)
        .bar(Bar::new("product 1024³", 0.47))
        .bar(Bar::new("conv 1→32", 0.42))
        .bar(Bar::new("conv 32→64", 1.0).role(Role::Vermilion))
        .bar(Bar::new("LSTM step", 0.81))
        .rule(1, "as fast as PyTorch")
        .draw()
}

fn counts(classes: usize, seed: u64) -> Vec<usize> {
    let mut noise = Noise::new(seed);
    (0..classes * classes)
        .map(|i| match i % (classes + 1) {
            0 => 85 + (noise.uniform() * 15.0) as usize,
            _ => (noise.uniform().powi(4) * 9.0) as usize,
        })
        .collect()
}

fn confusion() -> Result<Figure, Error> {
    let names: Vec<String> = (0..10).map(|d| d.to_string()).collect();
    Matrix::new(10, 10, &counts(10, 21))
        .rows("true digit", &names)
        .columns("predicted digit", &names)
        .draw()
}

fn correlations() -> Result<Figure, Error> {
    let names = ["bill length", "bill depth", "flipper", "mass"];
    let values = [
        1.0, -0.24, 0.66, 0.6, -0.24, 1.0, -0.58, -0.47, 0.66, -0.58, 1.0, 0.87, 0.6, -0.47, 0.87,
        1.0,
    ];
    Matrix::new(4, 4, &values)
        .rows("", &names)
        .columns("", &names)
        .decimals(2)
        .signed()
        .draw()
}

fn clothes() -> Result<Figure, Error> {
    let names = [
        "T-shirt",
        "trouser",
        "pullover",
        "dress",
        "coat",
        "sandal",
        "shirt",
        "sneaker",
        "bag",
        "ankle boot",
    ];
    Matrix::new(10, 10, &counts(10, 22))
        .rows("true class", &names)
        .columns("predicted class", &names)
        .draw()
}

fn letters() -> Result<Figure, Error> {
    let names: Vec<String> = ('a'..='z').map(String::from).collect();
    Matrix::new(26, 26, &counts(26, 27))
        .rows("letter", &names)
        .columns("next letter", &names)
        .draw()
}

/// A ring with noise, standing in for a digit.
fn ring(noise: &mut Noise, side: usize, radius: f32) -> Vec<f32> {
    let middle = side as f32 / 2.0 - 0.5;
    (0..side * side)
        .map(|i| ((i % side) as f32 - middle, (i / side) as f32 - middle))
        .map(|(x, y)| (-(x.hypot(1.3 * y) - radius).powi(2) / 1.5).exp())
        .map(|v| (v + 0.05 * noise.uniform()).clamp(0.0, 1.0))
        .collect()
}

fn digits() -> Result<Figure, Error> {
    let mut noise = Noise::new(23);
    let pictures = (0..20).map(|i| {
        let pixels = ring(&mut noise, 8, 1.5 + 0.1 * i as f32);
        Picture::ink(8, &pixels).caption(format!("{}", i % 10))
    });
    Pictures::new(pictures).columns(10).draw()
}

fn mistakes() -> Result<Figure, Error> {
    let mut noise = Noise::new(24);
    let pictures = (0..10).map(|i| {
        let pixels = ring(&mut noise, 28, 4.0 + 0.6 * i as f32);
        let picture = Picture::grey(28, &pixels).caption(format!("{i}, not {}", (i + 3) % 10));
        match i {
            3 => picture.highlight(Role::Vermilion),
            _ => picture,
        }
    });
    Pictures::new(pictures).columns(5).draw()
}

fn weights() -> Result<Figure, Error> {
    let mut noise = Noise::new(25);
    let pictures = (0..10).map(|i| {
        let out = ring(&mut noise, 28, 8.0 + 0.3 * i as f32);
        let inner = ring(&mut noise, 28, 3.0);
        let pixels: Vec<f32> = out
            .iter()
            .zip(&inner)
            .map(|(a, b)| 0.9 * a - 1.1 * b + 0.1 * noise.normal())
            .collect();
        Picture::signed(28, &pixels).caption(format!("{i}"))
    });
    Pictures::new(pictures).columns(5).draw()
}

fn attention() -> Result<Figure, Error> {
    let mut noise = Noise::new(26);
    let heads = (0..4).map(|head| {
        let values: Vec<f32> = (0..256)
            .map(|i| (i / 16, i % 16))
            .map(|(row, column): (i32, i32)| {
                let near = (-(row - column - head).pow(2) as f32 / 4.0).exp();
                if column > row {
                    0.0
                } else {
                    near + 0.1 * noise.uniform()
                }
            })
            .collect();
        Picture::heat(16, &values).caption(format!("head {head}"))
    });
    Pictures::new(heads).columns(4).draw()
}

/// Boxes on photos that are as bright, as dark and as busy as photos come.
fn found() -> Result<Figure, Error> {
    let mut noise = Noise::new(28);
    let roles = [Role::Blue, Role::Vermilion, Role::Green, Role::Yellow];
    let pictures = [(0.0, 0.05), (0.95, 0.05), (0.2, 0.8), (0.45, 0.1)].map(|(base, grain)| {
        let level = |noise: &mut Noise| base + grain * noise.uniform();
        let pixels: Vec<f32> = (0..64 * 48 * 3).map(|_| level(&mut noise)).collect();
        let marks = roles.iter().enumerate().map(|(i, &role)| {
            let (x, y) = (2.0 + 13.0 * i as f32, 2.0 + 10.0 * i as f32);
            let mark = Mark::new([x, y, x + 22.0, y + 13.0], role);
            match i {
                3 => mark.dashed().words("missed"),
                _ => mark.words(format!("frog {} %", 98 - 7 * i)),
            }
        });
        Picture::colour(64, &pixels).marks(marks)
    });
    Pictures::new(pictures).columns(2).draw()
}
