//! The rule as descent on a loss; the perceptron's loss and the hinge compared.

use anyhow::ensure;
use lesson::{Run, Value, percent};
use tensor::Rng;

use crate::figures;
use crate::flowers::{Irises, PETALS, pick};
use crate::loss::{
    HINGE, PERCEPTRON, descend, hinge, logistic_loss, perceptron_loss, squared_loss,
    train, zero_one,
};
use crate::perceptron::{Example, Perceptron, train as train_by_rule};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let irises = Irises::load()?;
    let order = Rng::new(run.seed())
        .fork("loss")
        .permutation(irises.species.len());
    let flowers = pick(&irises.examples(&PETALS, 0)?, &order);
    same_as_the_rule(run, &flowers)?;
    some_losses(run);
    compare(run, &flowers)?;
    run.figure("losses", figures::loss::losses()?)
}

/// Descends the perceptron loss one example at a time and holds the weights
/// against those of the rule, bit for bit.
fn same_as_the_rule(run: &mut Run, flowers: &[Example]) -> anyhow::Result<()> {
    let mut by_rule = Perceptron::new(2);
    let mut by_loss = Perceptron::new(2);
    for flower in flowers {
        by_rule.learn(&flower.x, flower.y);
        descend(&mut by_loss, std::slice::from_ref(flower), PERCEPTRON, 1.0);
        ensure!(
            by_rule == by_loss,
            "the rule gives {by_rule:?}, descent {by_loss:?}"
        );
    }
    run.say(format!(
        "Rule and descent, {} flowers: the same weights, bit for bit.",
        flowers.len()
    ));
    Ok(())
}

/// A few values of the losses, to check by hand.
fn some_losses(run: &mut Run) {
    let row = |margin: f32| {
        let losses = [
            zero_one,
            perceptron_loss,
            hinge,
            logistic_loss,
            squared_loss,
        ];
        [format!("{margin:.1}")]
            .into_iter()
            .chain(losses.map(|loss| format!("{:.3}", loss(margin))))
    };
    run.say("");
    run.table(
        &[
            "margin",
            "0/1",
            "perceptron",
            "hinge",
            "logistic",
            "squared",
        ],
        [-2.0, -0.5, 0.0, 0.5, 1.0, 3.0].map(row),
    );
}

/// The rule in many orders, and descent on the hinge: how far is the nearest flower?
fn compare(run: &mut Run, flowers: &[Example]) -> anyhow::Result<()> {
    let lines = by_rule(flowers, run.seed());
    let (hinge, losses) = train(flowers, HINGE, 0.1, run.choose(5_000, 20_000, 20_000));
    run.say(
        "\nSetosa against the others: distance of the nearest flower from the line.",
    );
    let row = |name: &str, unit: &Perceptron| {
        let right = percent(unit.accuracy(flowers));
        let nearest = format!("{:.3} cm", unit.clearance(flowers));
        [name.to_string(), right, nearest]
    };
    run.table(
        &["line", "right", "nearest flower"],
        [
            row("the rule, worst of 20 orders", &lines[0]),
            row("the rule, middle order", &lines[ORDERS / 2]),
            row("the rule, best order", &lines[ORDERS - 1]),
            row("descent on the hinge", &hinge),
        ],
    );
    let (last, steps) = (losses[losses.len() - 1], losses.len() - 1);
    run.say(format!("The hinge loss is {last} after {steps} steps."));
    record(run, flowers, &hinge)?;
    run.figure("margins", figures::loss::margins(flowers, &lines, &hinge)?)
}

/// Orders of the flowers in which the rule is run.
const ORDERS: usize = 20;

/// The rule's lines in random orders, that with the narrowest gap first.
fn by_rule(flowers: &[Example], seed: u64) -> Vec<Perceptron> {
    let line = |order: usize| {
        let mut rng = Rng::new(seed).fork(&format!("order {order}"));
        train_by_rule(&pick(flowers, &rng.permutation(flowers.len())), 20).0
    };
    let mut lines: Vec<Perceptron> = (0..ORDERS).map(line).collect();
    lines.sort_by(|a, b| a.clearance(flowers).total_cmp(&b.clearance(flowers)));
    lines
}

/// Records the gaps; those of the rule with their spread over three seeds.
fn record(
    run: &mut Run,
    flowers: &[Example],
    hinge: &Perceptron,
) -> anyhow::Result<()> {
    let sets = run.seeds::<3>().map(|seed| by_rule(flowers, seed));
    for (name, order) in [("rule_margin_worst", 0), ("rule_margin", ORDERS / 2)] {
        let gaps = sets.each_ref().map(|lines| lines[order].clearance(flowers));
        let value = Value::number(gaps[0]).unit("cm").tolerance(0.01);
        run.record(name, value.over_seeds(&gaps))?;
    }
    let gap = Value::number(hinge.clearance(flowers)).unit("cm");
    run.record("hinge_margin", gap.tolerance(0.01))
}
