//! The section `measures`: confusion, precision, recall, F1, ROC and PR.

use lesson::{Run, Value, percent};
use nn::data::stratified_split;
use nn::loss::balanced_weights;
use nn::metrics::{Confusion, Ranking};
use tensor::Rng;

use crate::figures;
use crate::tumours::{CHEAP, Judged, MALIGNANT, fit, load, rare, split};

/// Malignant tumours that are kept where they are to be rare: four to learn from, four
/// to be found.
const KEPT: usize = 8;

/// The least recall that is asked for when a threshold is chosen.
const RECALL: f64 = 0.95;

/// One of the ways to answer, as judged in a repetition.
type Way = fn(&Repeat) -> &Judged;

/// One number out of a table of answers.
type Measure = fn(&Confusion) -> f64;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    threshold(run)?;
    let splits = run.choose(2, 40, 40);
    run.record("tumours_splits", Value::count(splits))?;
    let bar = run.progress("splitting, training, judging", 3 * splits);
    let mut repeats = Vec::new();
    for seed in run.few_seeds() {
        let mut rng = Rng::new(seed).fork("tumours");
        repeats.push(Repeat::of(splits, &mut rng, || Ok(bar.step()?))?);
    }
    areas(run, &repeats)?;
    rarity(run, &repeats)
}

/// One unit at several thresholds: which is best, and what it does to new tumours.
fn threshold(run: &mut Run) -> anyhow::Result<()> {
    let (learnt, [validation, test]) = one_split(run.seed())?;
    let ranking = Ranking::new(&validation.scores, &validation.malignant);
    let chosen = thresholds(&ranking);
    run.say(format!(
        "A unit on two measurements, {learnt} tumours to learn from;\n\
         thresholds chosen on {}, measured on {} others:",
        validation.scores.len(),
        test.scores.len()
    ));
    let malignant = test.malignant.iter().filter(|&&yes| yes).count();
    run.record("tumours_test", Value::count(test.scores.len()))?;
    run.record("tumours_test_malignant", Value::count(malignant))?;
    let tables = chosen.map(|(_, _, at)| table(&test, at));
    let rows = chosen.iter().zip(&tables).map(|((words, _, at), table)| {
        let scores = table.scores(MALIGNANT);
        let shares = [scores.precision, scores.recall, scores.f1].map(percent);
        let first = [
            words.to_string(),
            format!("{:.2}", sigmoid(*at)),
            percent(table.accuracy()),
        ];
        [first, shares].concat()
    });
    let head = [
        "threshold",
        "at p =",
        "accuracy",
        "precision",
        "recall",
        "F1",
    ];
    run.table(&head, rows);
    for ((_, name, _), table) in chosen.iter().zip(&tables) {
        record_table(run, &format!("tumours_{name}"), table)?;
    }
    let matrix = figures::measures::confusion(&tables[0])?;
    run.figure("tumour_confusion", matrix)?;
    let marks = chosen.map(|(words, _, at)| (words, sigmoid(at)));
    let curves = figures::measures::thresholds(&ranking, &marks)?;
    run.figure("tumour_thresholds", curves)
}

/// A unit that learnt from half of the tumours, how many these are, and what it says of
/// a quarter to choose on and a quarter to be measured on.
fn one_split(seed: u64) -> anyhow::Result<(usize, [Judged; 2])> {
    let mut rng = Rng::new(seed).fork("one split");
    let (training, others) = split(&load(&CHEAP)?, 0.5, &mut rng);
    let (validation, test) = stratified_split(&others.classes, 0.5, &mut rng);
    let unit = fit(&training, &[1.0, 1.0], &mut rng);
    let judged = [validation, test].map(|rows| {
        let mut judged = Judged::default();
        judged.add(&unit, &others.pick(&rows));
        judged
    });
    Ok((training.len(), judged))
}

/// Thresholds of the suspicion, in words, by a short name, as numbers.
fn thresholds(ranking: &Ranking) -> [(&'static str, &'static str, f32); 3] {
    let (best, _) = ranking.best_f1().unwrap_or_default();
    let mut cuts = ranking.cuts.iter().zip(ranking.scores());
    let careful = cuts.find(|(_, scores)| scores.recall >= RECALL);
    let careful = careful.map_or(0.0, |(cut, _)| cut.threshold);
    [
        ("even odds", "even", 0.0),
        ("best F1", "best", best),
        ("recall ≥ 95 %", "careful", careful),
    ]
}

/// Who is taken for whom at a threshold.
fn table(judged: &Judged, threshold: f32) -> Confusion {
    let (answers, truths) = judged.answers(threshold);
    Confusion::new(&answers, &truths, 2)
}

/// Records what a table comes to. A few tumours may change sides on another machine.
fn record_table(run: &mut Run, name: &str, table: &Confusion) -> anyhow::Result<()> {
    let scores = table.scores(MALIGNANT);
    for (what, value) in [
        ("accuracy", table.accuracy()),
        ("precision", scores.precision),
        ("recall", scores.recall),
        ("f1", scores.f1),
    ] {
        let value = Value::fraction(value).tolerance(0.03);
        run.record(&format!("{name}_{what}"), value)?;
    }
    Ok(())
}

/// The probability that belongs to a suspicion.
fn sigmoid(suspicion: f32) -> f32 {
    1.0 / (1.0 + (-suspicion).exp())
}

/// Many splits of one seed: what the units said of the halves that they had not seen.
pub(crate) struct Repeat {
    /// All thirty measurements.
    pub(crate) whole: Judged,
    /// Two of them.
    pub(crate) cheap: Judged,
    /// Two of them, malignant tumours rare.
    pub(crate) rare: Judged,
    /// The same tumours, by units for which both classes weighed alike.
    pub(crate) weighted: Judged,
    /// The share of malignant among the rare.
    pub(crate) share: f64,
}

impl Repeat {
    /// Splits, trains and judges.
    pub(crate) fn of(
        splits: usize,
        rng: &mut Rng,
        mut tick: impl FnMut() -> anyhow::Result<()>,
    ) -> anyhow::Result<Repeat> {
        let (whole, cheap) = (load(&[])?, load(&CHEAP)?);
        let mut judged: [Judged; 4] = Default::default();
        let [of_whole, of_cheap, of_rare, of_weighted] = &mut judged;
        for _ in 0..splits {
            for (all, judged) in [(&whole, &mut *of_whole), (&cheap, &mut *of_cheap)] {
                let (training, others) = split(all, 0.5, rng);
                judged.add(&fit(&training, &[1.0, 1.0], rng), &others);
            }
            let (training, others) = split(&rare(&cheap, KEPT, rng), 0.5, rng);
            let weights = balanced_weights(&training.classes, 2);
            of_rare.add(&fit(&training, &[1.0, 1.0], rng), &others);
            of_weighted.add(&fit(&training, &weights, rng), &others);
            tick()?;
        }
        let [whole, cheap, rare, weighted] = judged;
        let found = rare.malignant.iter().filter(|&&yes| yes).count();
        Ok(Repeat {
            share: found as f64 / rare.malignant.len() as f64,
            whole,
            cheap,
            rare,
            weighted,
        })
    }
}

/// The ranking of what was judged.
pub(crate) fn ranking(judged: &Judged) -> Ranking {
    Ranking::new(&judged.scores, &judged.malignant)
}

/// The areas under both curves, with their spread over the seeds.
fn areas(run: &mut Run, repeats: &[Repeat]) -> anyhow::Result<()> {
    run.say("\nAreas under the curves, over many splits:");
    let cases: [(&str, &str, Way); 4] = [
        ("thirty measurements", "whole", |r| &r.whole),
        ("two", "cheap", |r| &r.cheap),
        ("two, malignant rare", "rare", |r| &r.rare),
        ("the same, weighted", "weighted", |r| &r.weighted),
    ];
    let mut rows = Vec::new();
    for (words, name, of) in cases {
        let rankings: Vec<Ranking> = repeats.iter().map(|r| ranking(of(r))).collect();
        let all = |area: fn(&Ranking) -> Option<f64>| -> Vec<f32> {
            rankings.iter().filter_map(area).map(|a| a as f32).collect()
        };
        let roc = all(Ranking::roc_area);
        let precision = all(Ranking::average_precision);
        rows.push([
            words.to_string(),
            format!("{:.3}", roc[0]),
            format!("{:.3}", precision[0]),
        ]);
        for (what, values) in [("roc_area", roc), ("average_precision", precision)] {
            let value = Value::number(values[0]).tolerance(0.02);
            run.record(&format!("tumours_{name}_{what}"), value.over_seeds(&values))?;
        }
    }
    run.table(&["judged by", "ROC area", "average precision"], rows);
    run.figure("tumour_curves", figures::measures::curves(&repeats[0])?)
}

/// What accuracy does not see where malignant tumours are rare, and two cures.
fn rarity(run: &mut Run, repeats: &[Repeat]) -> anyhow::Result<()> {
    let share = repeats[0].share;
    run.say(format!(
        "\nMalignant tumours rare, {} of all:",
        percent(share)
    ));
    run.record("tumours_rare_share", Value::fraction(share))?;
    let odds = (share / (1.0 - share)).ln() as f32;
    let cases: [(&str, &str, Way, f32); 4] = [
        ("\"benign\" to all", "nobody", |r| &r.rare, f32::INFINITY),
        ("the unit", "plain", |r| &r.rare, 0.0),
        ("the unit, at the share", "lowered", |r| &r.rare, odds),
        ("the unit, weighted", "cured", |r| &r.weighted, 0.0),
    ];
    let mut rows = Vec::new();
    for (words, name, of, threshold) in cases {
        let tables = repeats.iter().map(|repeat| table(of(repeat), threshold));
        let tables: Vec<Confusion> = tables.collect();
        let all = &tables[0];
        let scores = all.scores(MALIGNANT);
        let row = [
            all.accuracy(),
            all.balanced_accuracy(),
            scores.precision,
            scores.recall,
        ];
        let row = row.map(percent);
        rows.push([vec![words.to_string()], row.to_vec()].concat());
        let measures: [(&str, Measure); 4] = [
            ("accuracy", Confusion::accuracy),
            ("balanced", Confusion::balanced_accuracy),
            ("precision", |t| t.scores(MALIGNANT).precision),
            ("recall", |t| t.scores(MALIGNANT).recall),
        ];
        for (what, of) in measures {
            let all: Vec<f32> = tables.iter().map(|t| of(t) as f32).collect();
            let value = Value::fraction(all[0]).tolerance(0.01);
            run.record(&format!("tumours_{name}_{what}"), value.over_seeds(&all))?;
        }
    }
    let head = ["answers by", "accuracy", "balanced", "precision", "recall"];
    run.table(&head, rows);
    Ok(())
}
