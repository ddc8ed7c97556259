//! The worst mistakes, sorted into kinds by code and by eye, and what a kind is worth.

use lesson::{Run, Value, percent};
use nn::Mlp;
use nn::classify::logits;
use nn::metrics::accuracy;

use crate::by_eye::{self, Seen};
use crate::clothes::Clothes;
use crate::figures;
use crate::mistakes::{Kind, Mistake, Neighbours, kind, mistakes, pairs};

/// Training pictures that are asked about each mistake, chosen by us.
const NEIGHBOURS: usize = 10;

/// The share of validation pictures that lie farther from the training pictures than what
/// counts as a rare view.
const RARE: f32 = 0.05;

/// How many of the worst are looked at.
const WORST: usize = 50;

/// Runs the part.
pub(super) fn run(
    run: &mut Run,
    clothes: &Clothes,
    nets: &[Mlp],
) -> anyhow::Result<()> {
    let held = &clothes.validation;
    let right = |net: &Mlp| accuracy(&logits(net, &held.x), &held.classes);
    let accuracies: Vec<f32> = nets.iter().map(right).collect();
    let value = Value::fraction(accuracies[0]).tolerance(0.01);
    run.record("errors_accuracy", value.over_seeds(&accuracies))?;
    let logits = logits(&nets[0], &held.x); // [N, K]
    let wrong = mistakes(&logits, &held.classes);
    run.say(format!(
        "{} of {} validation pictures wrong ({} right)",
        wrong.len(),
        held.len(),
        percent(accuracies[0])
    ));
    let count = Value::number(wrong.len() as f64).tolerance(25.0);
    run.record("errors_count", count)?;
    let worst = &wrong[..WORST.min(wrong.len())];
    run.figure("clothes_answers", figures::errors::answers(held, &logits)?)?;
    run.figure("worst_fifty", figures::errors::worst(held, worst)?)?;
    say_pairs(run, clothes, &wrong)?;
    say_kinds(run, clothes, &wrong)?;
    say_by_eye(run, worst)
}

/// Which classes are taken for each other, and what it would be worth to tell them apart.
fn say_pairs(
    run: &mut Run,
    clothes: &Clothes,
    wrong: &[Mistake],
) -> anyhow::Result<()> {
    let all = pairs(wrong, clothes.names.len());
    let n = clothes.validation.len() as f32;
    let name = |[a, b]: [usize; 2]| figures::errors::pair_name(a, b);
    let ceiling = |count: usize| 1.0 - (wrong.len() - count) as f32 / n;
    let share = |count: usize| count as f32 / wrong.len().max(1) as f32;
    run.say("\npairs of classes, by mistakes either way:");
    run.table(
        &["pair", "mistakes", "share", "right, were they told apart"],
        all.iter().take(6).map(|(pair, count)| {
            [
                name(*pair),
                count.to_string(),
                percent(share(*count)),
                percent(ceiling(*count)),
            ]
        }),
    );
    let (_, most) = all[0];
    let tops: usize = all
        .iter()
        .filter(|([a, b], _)| top(*a) && top(*b))
        .map(|p| p.1)
        .sum();
    for (name, count) in [("worst_pair", most), ("tops", tops)] {
        let share = Value::fraction(share(count)).tolerance(0.06);
        run.record(&format!("{name}_share"), share)?;
        let ceiling = Value::fraction(ceiling(count)).tolerance(0.01);
        run.record(&format!("{name}_ceiling"), ceiling)?;
    }
    run.figure("ceilings", figures::errors::ceilings(&all, wrong.len(), n)?)
}

/// What is worn on the upper body: T-shirt, pullover, dress, coat, shirt.
fn top(class: usize) -> bool {
    [0, 2, 3, 4, 6].contains(&class)
}

/// What the nearest training pictures say about each mistake.
fn say_kinds(
    run: &mut Run,
    clothes: &Clothes,
    wrong: &[Mistake],
) -> anyhow::Result<()> {
    let held = &clothes.validation;
    let near = Neighbours::find(&held.x, &clothes.training, NEIGHBOURS);
    let far = quantile(near.iter().map(|n| n.distance).collect(), 1.0 - RARE);
    let kinds: Vec<Kind> = wrong.iter().map(|m| kind(m, &near[m.row], far)).collect();
    let n = held.len() as f32;
    let count = |wanted: Kind| kinds.iter().filter(|k| **k == wanted).count();
    let rows = [
        ("the label is doubted", Kind::LabelDoubted, "doubted"),
        ("a rare view", Kind::Rare, "rare"),
        ("two classes overlap", Kind::Overlap, "overlap"),
        ("missed", Kind::Missed, "missed"),
    ];
    run.say("\nkinds of mistakes, by the ten nearest training pictures:");
    run.table(
        &["kind", "mistakes", "right, without them"],
        rows.map(|(words, kind, _)| {
            let ceiling = 1.0 - (wrong.len() - count(kind)) as f32 / n;
            [words.to_string(), count(kind).to_string(), percent(ceiling)]
        }),
    );
    for (_, kind, name) in rows {
        let value = Value::number(count(kind) as f64).tolerance(20.0);
        run.record(&format!("kind_{name}"), value)?;
    }
    Ok(())
}

/// The value below which a `share` of the numbers lies.
fn quantile(mut values: Vec<f32>, share: f32) -> f32 {
    values.sort_by(f32::total_cmp);
    let place = (share * values.len() as f32) as usize;
    values.get(place).copied().unwrap_or(f32::INFINITY)
}

/// What a person saw in the worst of them.
fn say_by_eye(run: &mut Run, worst: &[Mistake]) -> anyhow::Result<()> {
    let seen = by_eye::load()?;
    let kind = |mistake: &Mistake| seen.get(&mistake.row).copied();
    let count =
        |wanted: Option<Seen>| worst.iter().filter(|m| kind(m) == wanted).count();
    run.say(format!("\nthe {} worst, sorted by eye:", worst.len()));
    let mut rows: Vec<[String; 2]> = Seen::ALL
        .map(|seen| [seen.words().to_string(), count(Some(seen)).to_string()])
        .to_vec();
    if count(None) > 0 {
        rows.push(["not looked at".to_string(), count(None).to_string()]);
    }
    run.table(&["what one sees", "pictures"], rows);
    for seen in Seen::ALL {
        let value = Value::number(count(Some(seen)) as f64).tolerance(8.0);
        run.record(&format!("eye_{}", seen.name()), value)?;
    }
    let rows: Vec<usize> = worst.iter().map(|mistake| mistake.row).collect();
    run.note(format!("their rows, to sort them yourself: {rows:?}"));
    let loss = worst.last().map_or(0.0, |mistake| mistake.loss);
    run.record(
        "worst_loss",
        Value::number(loss).unit("nats").tolerance(0.5),
    )
}
