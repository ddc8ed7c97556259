//! XOR and two moons: what a line cannot do.

use lesson::{Run, Value, percent};
use tensor::{Rng, Tensor};

use crate::figures;
use crate::limits::{best_line, two_moons, with_product, xor};
use crate::models::{Model, Training, Unit};
use crate::perceptron::{Example, Perceptron, film, train};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    xor_by_lines(run)?;
    xor_with_product(run)?;
    moons(run)
}

/// Inputs `[N, D]` and targets 0 and 1, `[N, 1]`, of examples.
fn arrays(examples: &[Example]) -> (Tensor, Tensor) {
    let (n, d) = (examples.len(), examples[0].x.len());
    let x = examples.iter().flat_map(|e| e.x.iter().copied()).collect();
    let targets = examples.iter().map(|e| f32::from(e.y > 0.0)).collect();
    (
        Tensor::from_vec(x, &[n, d]),
        Tensor::from_vec(targets, &[n, 1]),
    )
}

/// A logistic unit as a line.
fn as_line(unit: &Unit) -> Perceptron {
    Perceptron {
        weights: unit.weights.to_vec(),
        bias: unit.bias.item(),
    }
}

/// The best line, the perceptron and logistic regression on XOR.
fn xor_by_lines(run: &mut Run) -> anyhow::Result<()> {
    let points = xor();
    let (best, accuracy) = best_line(&points, run.choose(90, 360, 360));
    let round = film(&points, 1);
    let (_, mistakes) = train(&points, 1000);
    let (x, targets) = arrays(&points);
    let mut logistic = Unit::new(Model::Logistic, 2, 1);
    logistic.train(
        &x,
        &targets,
        Training {
            passes: 2000,
            batch: 4,
            lr: 0.5,
        },
    );
    let says: Vec<String> = logistic
        .predict(&x)
        .to_vec()
        .iter()
        .map(|p| format!("{p:.3}"))
        .collect();
    run.say(format!(
        "XOR: the best of many lines gets {:.0} % right.",
        100.0 * accuracy
    ));
    run.say(format!(
        "The perceptron makes {} mistakes in its first pass and {} in its thousandth.",
        mistakes[0], mistakes[999]
    ));
    run.say(format!(
        "Logistic regression says {} of the four points.",
        says.join(", ")
    ));
    run.record("xor_accuracy", Value::fraction(accuracy))?;
    run.figure("xor_limits", figures::limits::xor(&points, &best, &round)?)
}

/// XOR again, with the product as a third input.
fn xor_with_product(run: &mut Run) -> anyhow::Result<()> {
    let points: Vec<Example> = xor().iter().map(with_product).collect();
    let (unit, mistakes) = train(&points, 100);
    let (updates, accuracy) = (mistakes.iter().sum::<usize>(), unit.accuracy(&points));
    run.say(format!(
        "With the product as a third input: {updates} updates, {:.0} % right.",
        100.0 * accuracy
    ));
    run.record("xor_feature_accuracy", Value::fraction(accuracy))?;
    run.record("xor_feature_updates", Value::count(updates))?;
    run.figure("xor_feature", figures::limits::xor_feature(&xor(), &unit)?)
}

/// Logistic regression on two moons, for a long time.
fn moons(run: &mut Run) -> anyhow::Result<()> {
    let passes = run.choose(200, 2000, 2000);
    let one = |seed: u64| {
        let mut rng = Rng::new(seed).fork("moons");
        let (points, unseen) = (
            two_moons(250, 0.15, &mut rng),
            two_moons(1000, 0.15, &mut rng),
        );
        let (x, targets) = arrays(&points);
        let mut unit = Unit::new(Model::Logistic, 2, 1);
        let mut curve = Vec::new();
        for pass in 1..=passes {
            unit.step(&x, &targets, 3.0);
            let line = as_line(&unit);
            curve.push((pass, line.accuracy(&points), line.accuracy(&unseen)));
        }
        (points, as_line(&unit), curve)
    };
    let (points, line, curve) = one(run.seed());
    let mut accuracies = vec![curve[passes - 1].2];
    for seed in &run.seeds::<3>()[1..] {
        accuracies.push(one(*seed).2[passes - 1].2);
    }
    run.say("\nTwo moons, logistic regression:");
    let shown = [1, 10, 100, passes].map(|pass| curve[pass - 1]);
    run.table(
        &["pass", "training points right", "unseen points right"],
        shown.map(|(pass, seen, unseen)| {
            [pass.to_string(), percent(seen), percent(unseen)]
        }),
    );
    let value = Value::fraction(accuracies[0]).tolerance(0.005);
    run.record("moons_accuracy", value.over_seeds(&accuracies))?;
    run.figure(
        "moons_limit",
        figures::limits::moons(&points, &line, &curve)?,
    )
}
