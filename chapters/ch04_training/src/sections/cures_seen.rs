//! The section `cures`, second part: weights and pictures looked at.

use anyhow::Context;
use lesson::{Run, Value, percent};
use nn::Mlp;
use nn::data::Labelled;
use tensor::Tensor;

use super::cures::{Case, Ward, mean};
use crate::augment::{Change, changed};
use crate::cures::right;
use crate::figures;

/// A weight below this counts as next to zero.
const SMALL: f32 = 0.001;

/// What the penalties did to the weights of the first layer.
pub(super) fn weights(
    run: &mut Run,
    ward: &Ward,
    cases: &[Case],
) -> anyhow::Result<()> {
    run.say(format!(
        "\nWeights of the first layer below {SMALL}, and validation pictures right before and\n\
         after they are set to 0, with the first seed:"
    ));
    let mut rows = Vec::new();
    let mut drawn = Vec::new();
    for Case {
        name,
        key,
        outcomes,
        ..
    } in &cases[..4]
    {
        let mut net = outcomes[0].net.clone();
        let weight = net.layers[0].weight.to_vec();
        let share = weight.iter().filter(|w| w.abs() < SMALL).count() as f32
            / weight.len() as f32;
        let keep = |w: &f32| if w.abs() < SMALL { 0.0 } else { *w };
        let cut: Vec<f32> = weight.iter().map(keep).collect();
        net.layers[0].weight = Tensor::from_vec(cut, net.layers[0].weight.shape());
        let before = ward.reported(&outcomes[0]);
        let after = right(&net, &ward.report_on);
        run.record(
            &format!("cure_{key}_small"),
            Value::fraction(share).tolerance(0.1),
        )?;
        let lost = before - after;
        run.record(
            &format!("cure_{key}_lost"),
            Value::fraction(lost).tolerance(0.01),
        )?;
        rows.push([
            name.to_string(),
            percent(share),
            percent(before),
            percent(after),
        ]);
        drawn.push((*name, weight));
    }
    run.table(&["penalty", "below", "before", "after"], rows);
    run.figure("cures_weights", figures::cures::weights(&drawn)?)
}

/// Pictures changed, and what the net with dropout takes them for.
pub(super) fn changes(
    run: &mut Run,
    ward: &Ward,
    cases: &[Case],
) -> anyhow::Result<()> {
    let all = [
        ("as it is", None),
        ("mirrored", Some(Change::Mirrored)),
        ("moved", Some(Change::Moved(2, -1))),
        ("upside down", Some(Change::Overturned)),
        ("squeezed", Some(Change::Squeezed)),
    ];
    let mut examples = Vec::new();
    for name in ["T-shirt/top", "Ankle boot", "Bag"] {
        let pixels = of_class(ward, name)?.pick(&[0]).x.to_vec();
        examples.push((name.to_string(), pixels));
    }
    run.figure("cures_changes", figures::cures::changes(&examples, &all)?)?;
    let case = cases.iter().find(|case| case.key == "dropout");
    let net = &case.context("dropout is among the cures")?.outcomes[0].net;
    let shirts = of_class(ward, "T-shirt/top")?;
    run.say(
        "\nT-shirts and tops of the second half, and what the net with dropout calls them:",
    );
    let mut table = Vec::new();
    for (words, change) in all {
        let seen =
            change.map_or_else(|| shirts.clone(), |change| changed(&shirts, change));
        let [shirt, dress] = [
            called(net, ward, &seen, "T-shirt/top")?,
            called(net, ward, &seen, "Dress")?,
        ];
        let key = match change {
            None => Some("shirts_plain_dress"),
            Some(Change::Squeezed) => Some("shirts_squeezed_dress"),
            Some(_) => None,
        };
        if let Some(key) = key {
            run.record(key, Value::fraction(dress).tolerance(0.15))?;
        }
        table.push([words.to_string(), percent(shirt), percent(dress)]);
    }
    run.table(&["change", "T-shirt/top", "Dress"], table);
    Ok(())
}

/// The number of a class.
fn class(ward: &Ward, name: &str) -> anyhow::Result<usize> {
    let number = ward.names.iter().position(|other| other == name);
    number.with_context(|| format!("the clothes have no class {name}"))
}

/// The pictures of a class in the second half of the validation pictures.
fn of_class(ward: &Ward, name: &str) -> anyhow::Result<Labelled> {
    let class = class(ward, name)?;
    let numbered = ward.report_on.classes.iter().enumerate();
    let rows = numbered.filter(|(_, other)| **other == class);
    let rows: Vec<usize> = rows.map(|(row, _)| row).collect();
    Ok(ward.report_on.pick(&rows))
}

/// The share of pictures that a net takes for a class.
fn called(net: &Mlp, ward: &Ward, seen: &Labelled, name: &str) -> anyhow::Result<f32> {
    let classes = vec![class(ward, name)?; seen.len()];
    Ok(right(net, &Labelled::new(seen.x.clone(), classes)))
}

/// What early stopping gains on the half that its epoch was chosen by, and on the other.
pub(super) fn early_gain(
    run: &mut Run,
    ward: &Ward,
    cases: &[Case],
) -> anyhow::Result<()> {
    let case = |key: &str| cases.iter().find(|case| case.key == key);
    let (Some(none), Some(early)) = (case("none"), case("early")) else {
        anyhow::bail!("early stopping and no cure are among the cures");
    };
    let pairs = || early.outcomes.iter().zip(&none.outcomes);
    let chosen = pairs().map(|(a, b)| a.kept.validation - b.kept.validation);
    let reported = pairs().map(|(a, b)| ward.reported(a) - ward.reported(b));
    let (chosen, reported): (Vec<f32>, Vec<f32>) =
        (chosen.collect(), reported.collect());
    for (name, gains) in [("chosen", chosen), ("reported", reported)] {
        let value = Value::fraction(mean(&gains).0).tolerance(0.02);
        run.record(&format!("early_gain_{name}"), value.over_seeds(&gains))?;
    }
    Ok(())
}
