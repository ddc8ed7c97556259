//! The section `blood`: blood cells under a microscope, with `--full` only.

use std::time::Instant;

use lesson::{Mode, Run, Value, thousands};
use nn::Module;

use super::own::{Recipe, judge, learn, say_anchors};
use crate::augment::Augment;
use crate::blood::Blood;
use crate::figures;
use crate::files::Problem;
use crate::precision::Evaluation;
use crate::set::Set;
use crate::target::Cells;
use crate::train::Settings;
use crate::trained::Trained;

/// Chosen on `val` with nets that had learnt from `train`; as many epochs as fit into
/// eight minutes.
const RECIPE: Recipe = Recipe {
    stages: &[(16, 0), (32, 1), (64, 5)],
    anchors: 5,
    change: Augment::CELLS,
    settings: Settings {
        peak: 8e-3,
        batch: 16,
        epochs: 32,
        decay: 0.05,
        cells: Cells::Three,
    },
};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    if run.mode() != Mode::Full {
        run.say(
            "BCCD is a download, and its three trainings take some twenty minutes:",
        );
        run.say("cargo run -- data get bccd");
        run.say("cargo run -p ch07_yolo -- blood --full");
        return Ok(());
    }
    let blood = Blood::load()?;
    labels(run, &blood)?;
    let mut results = Vec::new();
    for seed in run.seeds::<3>() {
        let start = Instant::now();
        let name = format!("blood_{seed}");
        let trained = learn(run, &name, &blood.trainval(), None, &RECIPE, seed)?;
        let seconds = start.elapsed();
        let (found, evaluation) = judge(&trained.net, &blood.test);
        if results.is_empty() {
            about(run, &trained)?;
            run.record("bccd_seconds", Value::time(seconds))?;
            let test = &blood.test;
            let figure = figures::folder::found(test, &found, [200, 150], 2, false)?;
            run.figure("blood_found", figure)?;
        }
        results.push(evaluation);
    }
    scores(run, &blood.test, &results)
}

/// What is in the files.
fn labels(run: &mut Run, blood: &Blood) -> anyhow::Result<()> {
    run.say(format!("bccd\n{}\n", blood.report));
    let row = |set: &Set| {
        let boxes = set.examples.iter().map(|one| one.objects.len());
        let counts = [set.examples.len(), boxes.sum()].map(|n| n.to_string());
        [vec![set.name.clone()], counts.to_vec()].concat()
    };
    let parts = [&blood.train, &blood.val, &blood.test];
    run.table(&["part", "photos", "boxes"], parts.map(row));
    let no_size = blood.report.count(Problem::NoSize);
    for (name, count) in [
        ("blood_photos", blood.report.pictures),
        ("blood_boxes", blood.report.boxes()),
        ("blood_no_size", no_size),
    ] {
        run.record(name, Value::count(count))?;
    }
    for (class, count) in &blood.report.classes {
        let name = format!("blood_{}", class.to_lowercase());
        run.record(&name, Value::count(*count))?;
    }
    run.figure("blood_labels", figures::folder::blood(&blood.test)?)
}

/// The first of the trained nets, kept for `--weights`.
fn about(run: &mut Run, trained: &Trained) -> anyhow::Result<()> {
    let parameters = trained.net.parameter_count();
    run.say(format!("\n{} parameters", thousands(parameters)));
    run.record("bccd_parameters", Value::count(parameters))?;
    say_anchors(run, &trained.net.grid);
    let file = run.out_dir().join("blood_net.safetensors");
    trained.save(&file)?;
    run.note(format!("the net: {}", file.display()));
    Ok(())
}

/// How good the nets are on `test`, each and in the mean.
fn scores(run: &mut Run, test: &Set, results: &[Evaluation]) -> anyhow::Result<()> {
    let classes = test.classes.iter().enumerate();
    let ap = |class: usize| move |of: &Evaluation| of.ap_of(class, 0.5);
    let mut columns: Vec<(String, Vec<f32>)> = vec![
        ("mAP@0.5".to_owned(), each(results, Evaluation::map50)),
        ("mAP@[.5:.95]".to_owned(), each(results, Evaluation::map)),
    ];
    columns
        .extend(classes.map(|(class, name)| (name.clone(), each(results, ap(class)))));

    run.say(format!("\n{} test photos:", test.examples.len()));
    let names = columns.iter().map(|(name, _)| &**name);
    let head: Vec<&str> = ["seed"].into_iter().chain(names).collect();
    let row = |(n, seed): (usize, u64)| {
        let scores = columns.iter().map(move |(_, of)| format!("{:.3}", of[n]));
        [seed.to_string()]
            .into_iter()
            .chain(scores)
            .collect::<Vec<_>>()
    };
    let rows: Vec<_> = run.seeds::<3>().into_iter().enumerate().map(row).collect();
    run.table(&head, rows);

    let recorded = ["map50", "map"].map(str::to_owned).into_iter();
    let recorded = recorded.chain(test.classes.iter().map(|name| name.to_lowercase()));
    for (name, (_, of)) in recorded.zip(&columns) {
        let mean = of.iter().copied().map(f64::from).sum::<f64>() / of.len() as f64;
        let value = Value::number(mean).tolerance(0.01).over_seeds(of);
        run.record(&format!("bccd_{name}"), value)?;
    }
    Ok(())
}

/// A figure of each net.
fn each(of: &[Evaluation], score: impl Fn(&Evaluation) -> Option<f64>) -> Vec<f32> {
    of.iter()
        .map(|one| score(one).unwrap_or(0.0) as f32)
        .collect()
}
