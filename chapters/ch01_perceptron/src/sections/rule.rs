//! Rosenblatt's rule on the irises.

use lesson::{Run, Value, percent};
use nn::data::stratified_split;
use tensor::Rng;

use crate::figures;
use crate::flowers::{Irises, MEASUREMENTS, PETALS, SPECIES, pick};
use crate::perceptron::{film, train};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let irises = Irises::load()?;
    watch(run, &irises)?;
    score(run, &irises)
}

/// Two measurements, every update kept.
fn watch(run: &mut Run, irises: &Irises) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("rule");
    let order = rng.permutation(irises.species.len());
    let flowers = pick(&irises.examples(&PETALS, 0)?, &order);
    let updates = film(&flowers, 1000);
    run.say("Setosa (+1) against the others (−1) by their petals, in cm:");
    let rows = updates.iter().enumerate().map(|(step, update)| {
        let flower = &flowers[update.example];
        let (w, b) = (&update.after.weights, update.after.bias);
        let species = SPECIES[irises.species[order[update.example]]];
        [
            (step + 1).to_string(),
            species.to_string(),
            format!("{:.1} × {:.1}", flower.x[0], flower.x[1]),
            format!("{:.1}", w[0]),
            format!("{:.1}", w[1]),
            format!("{b:.0}"),
        ]
    });
    run.table(
        &[
            "update",
            "the flower that was wrong",
            "petal",
            "w₁",
            "w₂",
            "b",
        ],
        rows,
    );
    run.record("iris_updates", Value::count(updates.len()))?;
    run.figure("iris_updates", figures::rule::updates(&flowers, &updates)?)
}

/// All four measurements; trained on two thirds, asked about the others.
fn score(run: &mut Run, irises: &Irises) -> anyhow::Result<()> {
    let examples = irises.examples(&MEASUREMENTS, 0)?;
    let one = |seed: u64| {
        let mut rng = Rng::new(seed).fork("iris");
        let (training, held_out) =
            stratified_split(&irises.species, 1.0 / 3.0, &mut rng);
        let (unit, mistakes) = train(&pick(&examples, &training), 20);
        (
            unit.accuracy(&pick(&examples, &held_out)),
            mistakes.iter().sum::<usize>(),
            held_out.len(),
        )
    };
    run.say("\nAll four measurements, 20 passes over two thirds of the flowers:");
    let mut accuracies = Vec::new();
    let mut rows = Vec::new();
    for seed in run.seeds::<5>() {
        let (accuracy, mistakes, held_out) = one(seed);
        accuracies.push(accuracy);
        rows.push([
            seed.to_string(),
            mistakes.to_string(),
            held_out.to_string(),
            percent(accuracy),
        ]);
    }
    run.table(
        &["seed", "mistakes in training", "held-out flowers", "right"],
        rows,
    );
    let value = Value::fraction(accuracies[0]);
    run.record("iris_accuracy", value.over_seeds(&accuracies))
}
