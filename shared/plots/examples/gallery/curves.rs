//! Curves, bands, histograms.

use plots::{
    Band, Class, Error, Figure, Histogram, Line, Panel, Panels, Role, Rule, Scatter, Size, Split,
};

use super::Noise;

pub(crate) fn figures() -> Vec<(&'static str, Result<Figure, Error>)> {
    vec![
        ("losses", losses()),
        ("four_models", four_models()),
        ("spread", spread()),
        ("learning_rates", learning_rates()),
        ("histograms", histograms()),
        ("feature_histograms", feature_histograms()),
        ("leak", leak()),
        ("long_words", long_words()),
        ("loss_to_zero", loss_to_zero()),
        ("activations", activations()),
        ("tiny_numbers", tiny_numbers()),
        ("nothing", Panel::new().x("x", "").y("y", "").draw()),
    ]
}

fn decay(noise: &mut Noise, rate: f32, floor: f32, wobble: f32) -> Vec<f32> {
    (0..200)
        .map(|i| floor + 2.3 * (-rate * i as f32).exp() + wobble * noise.normal())
        .collect()
}

fn losses() -> Result<Figure, Error> {
    let mut noise = Noise::new(11);
    Panel::new()
        .x("epoch", "")
        .y("cross-entropy", "nats per example")
        .y_range(0, 2.5)
        .add(Line::steps(&decay(&mut noise, 0.05, 0.08, 0.01)).name("training"))
        .add(
            Line::steps(&decay(&mut noise, 0.04, 0.22, 0.02))
                .split(Split::Validation)
                .name("validation"),
        )
        .add(
            Line::steps(&decay(&mut noise, 0.04, 0.25, 0.01))
                .split(Split::Test)
                .name("test"),
        )
        .add(Rule::vertical(120).name("stopped here"))
        .draw()
}

fn four_models() -> Result<Figure, Error> {
    let mut noise = Noise::new(12);
    let names = [
        ("perceptron", Role::Blue),
        ("linear regression", Role::Vermilion),
        ("logistic regression", Role::Green),
        ("softmax regression", Role::Purple),
    ];
    let panels = names.map(|(name, role)| {
        let loss = decay(&mut noise, 0.03, 0.1, 0.02);
        Panel::new()
            .title(name)
            .x("epoch", "")
            .y("loss", "own units")
            .add(Line::steps(&loss).role(role))
    });
    Panels::new(panels).columns(2).shared_axes().draw()
}

fn spread() -> Result<Figure, Error> {
    let mut noise = Noise::new(13);
    let mut panel = Panel::new()
        .x("training examples", "")
        .y("accuracy", "%")
        .x_log();
    let models = [("ours", Role::Blue, 96.0), ("PyTorch", Role::Grey, 95.5)];
    for (name, role, best) in models {
        let sizes = [30, 100, 300, 1_000, 3_000, 10_000];
        let at = |i: usize| best - 40.0 / (i + 1) as f32;
        let mean: Vec<(i32, f32)> = sizes.iter().enumerate().map(|(i, &n)| (n, at(i))).collect();
        let band: Vec<(i32, f32, f32)> = mean
            .iter()
            .map(|&(n, m)| {
                let half = 1.0 + 3.0 * noise.uniform();
                (n, m - half, m + half)
            })
            .collect();
        panel = panel
            .add(Band::new(&band).role(role))
            .add(Line::new(&mean).role(role).dots().name(name));
    }
    panel.add(Rule::horizontal(50).name("chance")).draw()
}

fn learning_rates() -> Result<Figure, Error> {
    let rates = [0.001, 0.01, 0.1, 1.0];
    let roles = [Role::Blue, Role::Green, Role::Orange, Role::Vermilion];
    let mut panel = Panel::new().x("step", "").y("loss", "nats").x_log().y_log();
    for (rate, role) in rates.into_iter().zip(roles) {
        let points: Vec<(f32, f32)> = (0..300)
            .map(|i| 1.0 + 33.0 * i as f32)
            .map(|step| (step, 2.3 / (1.0 + rate * step)))
            .collect();
        panel = panel.add(Line::new(&points).role(role).name(format!("rate {rate}")));
    }
    panel.draw()
}

fn histograms() -> Result<Figure, Error> {
    let mut noise = Noise::new(14);
    let mut values = |n: usize, mean: f32, spread: f32| -> Vec<f32> {
        (0..n).map(|_| mean + spread * noise.normal()).collect()
    };
    let adelie = values(151, 190.0, 6.5);
    let gentoo = values(123, 217.0, 6.5);
    Panel::new()
        .x("flipper length", "mm")
        .y("penguins", "")
        .add(Histogram::between(&adelie, 24, 170, 235).name("Adelie"))
        .add(
            Histogram::between(&gentoo, 24, 170, 235)
                .role(Role::Vermilion)
                .name("Gentoo"),
        )
        .draw()
}

fn feature_histograms() -> Result<Figure, Error> {
    let mut noise = Noise::new(15);
    let features = [
        ("bill length", "mm", 44.0, 5.0),
        ("bill depth", "mm", 17.0, 2.0),
        ("flipper length", "mm", 201.0, 14.0),
        ("body mass", "g", 4200.0, 800.0),
    ];
    let panels = features.map(|(name, unit, mean, spread)| {
        let values: Vec<f32> = (0..340).map(|_| mean + spread * noise.normal()).collect();
        Panel::new()
            .x(name, unit)
            .y("penguins", "")
            .add(Histogram::new(&values, 20))
    });
    Panels::new(panels).columns(2).draw()
}

fn leak() -> Result<Figure, Error> {
    let mut noise = Noise::new(16);
    let mut pairs = |slope: f32, spread: f32| -> Vec<[f32; 2]> {
        (0..120)
            .map(|_| {
                let x = 150.0 + 70.0 * noise.normal();
                [x, 150.0 + slope * (x - 150.0) + spread * noise.normal()]
            })
            .collect()
    };
    let panels = [
        ("with the leak", pairs(1.0, 4.0)),
        ("honest", pairs(0.45, 45.0)),
    ]
    .map(|(title, points)| {
        Panel::new()
            .title(title)
            .x("measured progression", "")
            .y("predicted progression", "")
            .equal_units()
            .x_range(-50, 350)
            .y_range(-50, 350)
            .add(Line::new(&[(-50, -50), (350, 350)]).role(Role::Grey).thin())
            .add(Scatter::new(Class::A, &points))
    });
    Panels::new(panels).columns(2).shared_axes().draw()
}

fn long_words() -> Result<Figure, Error> {
    let panels = [
        "before any feature is scaled",
        "after scaling",
        "after whitening",
    ]
    .map(|title| {
        Panel::new()
            .title(title)
            .x("steps of gradient descent", "")
            .y("mean squared error", "progression units squared")
            .add(Line::steps(&[1200.0, 400.0, 350.0]))
    });
    Panels::new(panels).columns(3).draw()
}

fn loss_to_zero() -> Result<Figure, Error> {
    let hinge: Vec<f32> = (0..60).map(|i| (1.0 - 0.02 * i as f32).max(0.0)).collect();
    let logistic: Vec<f32> = (0..60)
        .map(|i| (1.0 + (-0.08 * i as f32).exp()).ln())
        .collect();
    Panel::new()
        .x("epoch", "")
        .y("loss", "")
        .y_log()
        .add(Line::steps(&hinge).name("hinge"))
        .add(
            Line::steps(&logistic)
                .role(Role::Vermilion)
                .name("logistic"),
        )
        .draw()
}

fn activations() -> Result<Figure, Error> {
    type Function = fn(f32) -> f32;
    let functions: [(&str, Function); 4] = [
        ("ReLU", |x| x.max(0.0)),
        ("sigmoid", |x| 1.0 / (1.0 + (-x).exp())),
        ("tanh", f32::tanh),
        ("GELU", |x| {
            0.5 * x * (1.0 + (0.798 * (x + 0.0447 * x.powi(3))).tanh())
        }),
    ];
    let panels = functions.map(|(name, f)| {
        let slope = move |x: f32| (f(x + 1e-2) - f(x - 1e-2)) / 2e-2;
        Panel::new()
            .title(name)
            .x("z", "")
            .y_range(-1.2, 2)
            .add(Line::of(-3.0, 3.0, f).name("f"))
            .add(
                Line::of(-3.0, 3.0, slope)
                    .role(Role::Vermilion)
                    .split(Split::Validation)
                    .name("f′"),
            )
    });
    Panels::new(panels).columns(4).size(Size::Wide).draw()
}

fn tiny_numbers() -> Result<Figure, Error> {
    let points: Vec<(f32, f32)> = (0..50)
        .map(|i| (1e6 * i as f32, 3e-7 * (i as f32 * 0.3).sin()))
        .collect();
    Panel::new()
        .x("multiply-adds", "")
        .y("rounding error", "")
        .add(Line::new(&points))
        .draw()
}
