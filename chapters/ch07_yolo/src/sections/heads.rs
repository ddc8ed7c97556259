//! The section `heads`: YOLO's, SSD's and Faster R-CNN's head on the same backbone.

use std::time::{Duration, Instant};

use lesson::{Run, Value, thousands};
use nn::Module;
use tensor::Rng;

use super::anchors::small_maps;
use super::fit::fit;
use crate::anchors::{kmeans, shapes};
use crate::augment::Augment;
use crate::boxes::Detection;
use crate::decode::{Grid, Keep};
use crate::figures;
use crate::heads::{Faster, Head, Headed, STRIDE, Ssd, Yolo};
use crate::precision::Evaluation;
use crate::scenes::{SIDE, Split, set};
use crate::set::{Example, Set};
use crate::target::Cells;
use crate::train::{Finding, Settings, judged, trainer};

/// The same for all three: those of the section `train`, but for fewer epochs, and one cell that
/// answers for an object.
const SETTINGS: Settings = Settings {
    peak: 8e-3,
    batch: 16,
    epochs: 5,
    decay: 0.01,
    cells: Cells::One,
};

/// Anchors of a cell, for YOLO's head.
const ANCHORS: usize = 3;

/// The scene of the figure: the first of the test with at least so many objects.
const FULL: usize = 5;

/// What all heads learn from and are judged by.
struct Scenes {
    training: Set,
    validation: Set,
    test: Set,
}

/// What came of a head.
struct Outcome {
    name: &'static str,
    parameters: usize,
    training: Duration,
    evaluation: Evaluation,
    found: Vec<Vec<Detection>>,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let seed = run.seed();
    let scenes = Scenes {
        training: set(Split::Training, run.choose(16, 2000, 2000), seed)?,
        validation: set(Split::Validation, run.choose(4, 100, 100), seed)?,
        test: set(Split::Test, run.choose(8, 500, 500), seed)?,
    };
    let rng = Rng::new(seed).fork("heads");
    let classes = scenes.training.classes.len();
    let shapes = shapes(&scenes.training);
    let grid = Grid {
        stride: STRIDE,
        anchors: kmeans(&shapes, ANCHORS, &mut rng.fork("anchors")),
        classes,
    };
    let yolo = Yolo::new(grid, &mut rng.fork("yolo"));
    let ssd = Ssd::new(&small_maps(), classes, &mut rng.fork("ssd"));
    let faster = Faster::new(classes, &mut rng.fork("faster"));
    let outcomes = [
        outcome(run, ["YOLO", "yolo"], yolo, &scenes, &rng)?,
        outcome(run, ["SSD", "ssd"], ssd, &scenes, &rng)?,
        outcome(run, ["Faster R-CNN", "faster"], faster, &scenes, &rng)?,
    ];
    table(run, &outcomes, &scenes);
    let examples = &scenes.test.examples;
    let full = examples.iter().position(|one| one.objects.len() >= FULL);
    let shown = full.unwrap_or(0);
    let found = outcomes
        .iter()
        .map(|outcome| (outcome.name, &outcome.found[..]));
    let found: Vec<_> = found.collect();
    run.figure(
        "heads_found",
        figures::heads::found(&scenes.test, shown, &found)?,
    )
}

/// A head on the backbone, trained and judged.
fn outcome<H: Head>(
    run: &mut Run,
    [name, short]: [&'static str; 2],
    head: H,
    scenes: &Scenes,
    rng: &Rng,
) -> anyhow::Result<Outcome> {
    let net = Headed::new(head, rng);
    let parameters = net.parameter_count();
    let settings = Settings {
        epochs: run.choose(1, SETTINGS.epochs, SETTINGS.epochs),
        ..SETTINGS
    };
    let mut trainer = trainer(net, &settings, scenes.training.examples.len(), rng);
    let task = Finding {
        training: &scenes.training,
        validation: Some(&scenes.validation),
        change: |one: &Example, rng: &mut Rng| {
            Augment::SCENES.apply(one, [SIDE; 2], rng)
        },
        cells: settings.cells,
    };
    let start = Instant::now();
    fit(run, &mut trainer, &task, &format!("heads_{short}"), |_| ())?;
    let training = start.elapsed();
    for (e, epoch) in trainer.history.iter().enumerate() {
        let (loss, score) = (epoch.loss, epoch.score);
        run.note(format!("{name} {}: {loss:.2}, {score:.3}", e + 1));
    }

    let pictures = || scenes.test.examples.iter().map(|one| &one.picture);
    let start = Instant::now();
    let (found, reading) = trainer.net.detect(pictures(), Keep::ALL);
    let count = found.len() as f64;
    let rate = count / start.elapsed().as_secs_f64();
    let reading = 1e3 * reading.as_secs_f64() / count;
    let outcome = Outcome {
        name,
        parameters,
        training,
        evaluation: judged(&scenes.test, &found),
        found,
    };
    record(run, short, &outcome)?;
    let seconds = training.as_secs_f64();
    run.note(format!(
        "{name}: {seconds:.0} s of training, {rate:.0} pictures a second, \
         {reading:.2} ms a picture from numbers to boxes"
    ));
    let rate = Value::number(rate)
        .unit("pictures a second")
        .never_compared();
    run.record(&format!("heads_{short}_rate"), rate)?;
    let reading = Value::number(reading).unit("ms").never_compared();
    run.record(&format!("heads_{short}_reading_ms"), reading)?;
    Ok(outcome)
}

impl Outcome {
    /// mAP@0.5, mAP@0.75 and mAP@\[.5:.95\].
    fn scores(&self) -> [f64; 3] {
        let evaluation = &self.evaluation;
        let scores = [evaluation.map50(), evaluation.ap(0.75), evaluation.map()];
        scores.map(Option::unwrap_or_default)
    }
}

/// What does not depend on the machine, and the seconds of the training.
fn record(run: &mut Run, short: &str, outcome: &Outcome) -> anyhow::Result<()> {
    let [map50, map75, map] = outcome.scores();
    for (name, score) in [("map50", map50), ("map75", map75), ("map", map)] {
        let value = Value::number(score).tolerance(0.03);
        run.record(&format!("heads_{short}_{name}"), value)?;
    }
    let parameters = Value::count(outcome.parameters);
    run.record(&format!("heads_{short}_parameters"), parameters)?;
    let training = Value::time(outcome.training);
    run.record(&format!("heads_{short}_training"), training)
}

/// The three beside each other.
fn table(run: &mut Run, outcomes: &[Outcome], scenes: &Scenes) {
    run.say(format!(
        "{} training scenes, {} epochs; {} test scenes:",
        thousands(scenes.training.examples.len()),
        run.choose(1, SETTINGS.epochs, SETTINGS.epochs),
        scenes.test.examples.len()
    ));
    let head = ["head", "parameters", "mAP@0.5", "mAP@0.75", "mAP@[.5:.95]"];
    let rows = outcomes.iter().map(|outcome| {
        let [map50, map75, map] = outcome.scores().map(|score| format!("{score:.3}"));
        [
            outcome.name.to_owned(),
            thousands(outcome.parameters),
            map50,
            map75,
            map,
        ]
    });
    run.table(&head, rows);
}
