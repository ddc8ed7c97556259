//! Losses: what each makes of a mistake, of a wrong unit, and of a small step.

use lesson::{Run, Value, percent, thousands};
use nn::data::Labelled;
use nn::metrics::accuracy;
use tensor::Rng;

use crate::activation::Activation;
use crate::digits::digits;
use crate::figures;
use crate::line::{Cost, Line, best_line};
use crate::loss::cross_entropy;
use crate::luck::random_search;
use crate::mlp::Mlp;

/// The three of the page; δ in mg/dL, chosen by us: about the typical error of the line.
pub(crate) const COSTS: [(&str, Cost); 3] = [
    ("squared", Cost::Squared),
    ("absolute", Cost::Absolute),
    ("Huber, δ = 10", Cost::Huber(10.0)),
];

/// Milligrams per decilitre in a millimole per litre of cholesterol, whose molar mass is
/// 386.65 g/mol.
const UNIT: f32 = 38.67;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    run.figure("regression_losses", figures::losses::regression()?)?;
    run.figure("class_losses", figures::losses::classes()?)?;
    outliers(run)?;
    sure_and_wrong(run)?;
    steps(run)
}

/// The slope by its score z of what a unit pays that should say yes.
type Slope = fn(f32) -> f32;

/// Of cross-entropy, −ln σ(z).
fn cross_entropy_slope(z: f32) -> f32 {
    sigmoid(z) - 1.0
}

/// Of the squared error, (σ(z) − 1)².
fn squared_slope(z: f32) -> f32 {
    let p = sigmoid(z);
    2.0 * (p - 1.0) * p * (1.0 - p)
}

fn sigmoid(z: f32) -> f32 {
    1.0 / (1.0 + (-z).exp())
}

/// Steps down the slope, rate 1, until the unit says yes: its score is above 0.
fn steps_to_yes(mut z: f32, slope: Slope) -> usize {
    let mut steps = 0;
    while z <= 0.0 && steps < 1_000_000 {
        z -= slope(z);
        steps += 1;
    }
    steps
}

/// How long a unit takes to change its mind, by what it pays for.
fn sure_and_wrong(run: &mut Run) -> anyhow::Result<()> {
    let losses: [(&str, Slope); 2] = [
        ("cross-entropy", cross_entropy_slope),
        ("squared", squared_slope),
    ];
    let starts = [-2.0, -5.0, -10.0];
    run.say("\nSteps down the slope, rate 1, until a unit that should say yes does:");
    run.table(
        &["loss", "from -2", "from -5", "from -10"],
        losses.map(|(name, slope)| {
            let steps = starts.map(|z| thousands(steps_to_yes(z, slope)));
            [vec![name.to_string()], steps.to_vec()].concat()
        }),
    );
    for (name, (_, slope)) in ["sure_cross", "sure_squared"].into_iter().zip(losses) {
        for (z, from) in [(-5.0, 5), (-10.0, 10)] {
            let steps = steps_to_yes(z, slope);
            // A hundred roundings in a row may differ from one machine to the next.
            let value =
                Value::number(steps as f32).tolerance(1.0 + 0.001 * steps as f32);
            run.record(&format!("{name}_steps_{from}"), value)?;
        }
    }
    Ok(())
}

/// Blood values of patients, both in mg/dL, in two parts.
struct Blood {
    /// Total cholesterol of the patients to learn from, and their LDL.
    training: (Vec<f32>, Vec<f32>),
    /// The same of the others.
    test: (Vec<f32>, Vec<f32>),
}

impl Blood {
    /// Two patients of three to learn from, drawn at random.
    fn load(rng: &mut Rng) -> anyhow::Result<Blood> {
        let table = datasets::diabetes()?;
        let column = |name| -> anyhow::Result<Vec<f32>> {
            Ok(table.matrix(&[name])?.iter().copied().collect())
        };
        let (total, ldl) = (column("total_cholesterol")?, column("ldl")?);
        let order = rng.permutation(total.len());
        let (training, test) = order.split_at(2 * total.len() / 3);
        let pick = |rows: &[usize]| {
            let of = |column: &[f32]| rows.iter().map(|&row| column[row]).collect();
            (of(&total), of(&ldl))
        };
        Ok(Blood {
            training: pick(training),
            test: pick(test),
        })
    }

    /// The mean absolute error of a line on the patients that it has not seen, mg/dL.
    fn error(&self, line: Line) -> f32 {
        let (x, t) = &self.test;
        let apart = x.iter().zip(t).map(|(x, t)| (line.at(*x) - t).abs());
        apart.sum::<f32>() / t.len() as f32
    }
}

/// Divides a share of a column by [`UNIT`]: a laboratory that reports in another unit. The
/// rows stand in random order already.
fn in_wrong_unit(column: &[f32], share: f32) -> Vec<f32> {
    let wrong = (share * column.len() as f32).round() as usize;
    let of =
        |(row, value): (usize, &f32)| if row < wrong { value / UNIT } else { *value };
    column.iter().enumerate().map(of).collect()
}

/// The best line under each loss, with some values in a wrong unit.
fn outliers(run: &mut Run) -> anyhow::Result<()> {
    let splits = run.choose(2, 20, 20);
    let parts = (0..splits).map(|split| {
        let mut rng = Rng::new(run.seed()).fork(&format!("blood {split}"));
        Blood::load(&mut rng)
    });
    let parts = parts.collect::<anyhow::Result<Vec<Blood>>>()?;
    let error = |cost: Cost, targets: f32, inputs: f32| {
        let of = |blood: &Blood| {
            let x = in_wrong_unit(&blood.training.0, inputs);
            let t = in_wrong_unit(&blood.training.1, targets);
            blood.error(best_line(&x, &t, cost))
        };
        Value::over_splits(&parts.iter().map(of).collect::<Vec<f32>>())
    };
    let shares = [0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.45];
    let curves =
        COSTS.map(|(_, cost)| shares.map(|share| error(cost, share, 0.0).value));
    let inputs = COSTS.map(|(_, cost)| error(cost, 0.0, 0.1));
    run.say(format!(
        "LDL from total cholesterol by a line, {splits} splits.\nMean error on unseen patients \
         in mg/dL, by the training values in the wrong unit:"
    ));
    let cell = |error: f64| format!("{error:.1}");
    let row = |k: usize| {
        let curve = [0, 3, 5].map(|share| cell(curves[k][share]));
        let name = COSTS[k].0.to_string();
        [vec![name], curve.to_vec(), vec![cell(inputs[k].value)]].concat()
    };
    let head = [
        "loss",
        "none",
        "10 % of LDL",
        "30 % of LDL",
        "10 % of total",
    ];
    run.table(&head, [0, 1, 2].map(row));
    for (k, name) in ["squared", "absolute", "huber"].into_iter().enumerate() {
        for (what, share) in [("clean", 0), ("10", 3), ("30", 5), ("45", 7)] {
            let value = error(COSTS[k].1, shares[share], 0.0).unit("mg/dL");
            run.record(&format!("{name}_{what}"), value)?;
        }
        let value = inputs[k].clone().unit("mg/dL");
        run.record(&format!("{name}_inputs"), value)?;
    }
    let (x, t) = &parts[0].training;
    let t = in_wrong_unit(t, 0.1);
    let lines = COSTS.map(|(_, cost)| best_line(x, &t, cost));
    let figure = figures::losses::outliers((x, &t), &lines, &shares, &curves)?;
    run.figure("outliers", figure)
}

/// A way through the parameters: where on it, the accuracy there and the loss.
pub(crate) type Steps = Vec<(f32, f32, f32)>;

/// Accuracy and loss of a net along a straight way through its parameters.
fn steps(run: &mut Run) -> anyhow::Result<()> {
    let pictures = digits(200)?;
    let mut rng = Rng::new(run.seed()).fork("steps");
    let mut net = Mlp::new(&[784, 16, 10], Activation::Relu, &mut rng);
    // The best of some random nets, so that there is something to lose.
    let draw = || Mlp::new(&[784, 16, 10], Activation::Relu, &mut rng).parameters();
    let mut measured = net.clone();
    let found = random_search(run.choose(20, 100, 100), draw, |parameters| {
        measured.set_parameters(parameters);
        cross_entropy(&measured.forward(&pictures.x), &pictures.classes)
    });
    let places = [found.parameters.len()];
    let direction = rng.fork("direction").normal_tensor(&places, 0.0, 1.0);
    let way = walk(&mut net, &found.parameters, &direction.to_vec(), &pictures);
    let pairs = way.windows(2);
    let still = |which: fn(&(f32, f32, f32)) -> f32| {
        let still = pairs.clone().filter(|at| which(&at[0]) == which(&at[1]));
        still.count() as f32 / (way.len() - 1) as f32
    };
    let (accuracy, loss) = (still(|at| at.1), still(|at| at.2));
    run.say(format!(
        "\nIn {} small steps through the weights of a net, accuracy\nstays as it is in {}, \
         the loss in {}.",
        way.len() - 1,
        percent(accuracy),
        percent(loss)
    ));
    run.record(
        "steps_accuracy_still",
        Value::fraction(accuracy).tolerance(0.05),
    )?;
    run.record("steps_loss_still", Value::fraction(loss).tolerance(0.05))?;
    run.figure("accuracy_steps", figures::losses::steps(&way)?)
}

/// The net's accuracy and loss at 200 steps along a direction, from −0.01 to 0.01 times it.
fn walk(net: &mut Mlp, from: &[f32], direction: &[f32], pictures: &Labelled) -> Steps {
    let at = |i: i32| {
        let s = 0.01 * i as f32 / 100.0;
        let moved: Vec<f32> =
            from.iter().zip(direction).map(|(p, d)| p + s * d).collect();
        net.set_parameters(&moved);
        let logits = net.forward(&pictures.x); // [N, 10]
        let loss = cross_entropy(&logits, &pictures.classes);
        (s, accuracy(&logits, &pictures.classes), loss)
    };
    (-100..=100).map(at).collect()
}
