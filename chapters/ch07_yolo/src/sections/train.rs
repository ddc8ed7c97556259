//! The section `train`: the detector learns to find emoji, and is judged.

use std::time::Instant;

use lesson::{Run, Value, thousands};
use nn::Module;
use tensor::Rng;

use super::fit::fit;
use super::mistakes;
use crate::anchors::{kmeans, shapes};
use crate::augment::Augment;
use crate::boxes::Detection;
use crate::decode::{Grid, Keep};
use crate::figures;
use crate::model::{Detector, STAGES};
use crate::precision::Evaluation;
use crate::scenes::{SIDE, Split, set};
use crate::set::{Example, Set};
use crate::target::Cells;
use crate::train::{Finding, Settings, judged, trainer};
use crate::trained::Trained;

// ANCHOR: settings
/// Chosen on validation scenes.
const SETTINGS: Settings = Settings {
    peak: 8e-3,
    batch: 16,
    epochs: 13,
    decay: 0.01,
    cells: Cells::Three,
};
// ANCHOR_END: settings

/// Pixels from one cell to the next, and anchors of a cell.
const STRIDE: usize = 8;
const ANCHORS: usize = 3;

/// The epochs after which the figure shows what the net finds, and objects that its scenes
/// have at most: names of more would lie on one another.
const SHOWN: [usize; 2] = [1, 2];
const FEW: usize = 4;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let seed = run.seed();
    let training = set(Split::Training, run.choose(16, 2000, 2000), seed)?;
    let validation = set(Split::Validation, run.choose(4, 100, 100), seed)?;
    let test = set(Split::Test, run.choose(8, 500, 500), seed)?;
    let start = Instant::now();
    let (net, history, steps) = learn(run, &training, &validation)?;
    run.record("train_seconds", Value::time(start.elapsed()))?;
    run.table(
        &["epoch", "loss", "mAP@0.5, validation"],
        history.iter().enumerate().map(|(e, [loss, score])| {
            [
                (e + 1).to_string(),
                format!("{loss:.2}"),
                format!("{score:.3}"),
            ]
        }),
    );
    run.figure("learnt", figures::train::curves(&history)?)?;
    let watched = watched(&validation);
    run.figure("learning", figures::train::learning(&watched, &steps)?)?;

    let found = find(run, &net, &test)?;
    results(run, &judged(&test, &found), &test)?;
    run.figure("found", figures::train::found(&test, &found, 0..8)?)?;
    mistakes::kinds(run, &test, &found, Keep::SURE.score)?;
    mistakes::sizes(run, &test, &found, &[14.0, 20.0, 28.0, 40.0])?;
    mistakes::worst(run, &test, &found, Keep::SURE.score)
}

/// The first three scenes of a set with few objects.
fn watched(set: &Set) -> Set {
    let few = set.examples.iter().filter(|one| one.objects.len() <= FEW);
    Set {
        examples: few.take(3).cloned().collect(),
        ..set.clone()
    }
}

/// What the net found in some validation pictures, and after how many epochs.
pub(crate) type Step = (usize, Vec<Vec<Detection>>);

/// Trains the net; returns it, loss and score of each epoch, and what it found on the way.
fn learn(
    run: &mut Run,
    training: &Set,
    validation: &Set,
) -> anyhow::Result<(Detector, Vec<[f64; 2]>, Vec<Step>)> {
    let mut rng = Rng::new(run.seed()).fork("train");
    let anchors = kmeans(&shapes(training), ANCHORS, &mut rng.fork("anchors"));
    let words = anchors.iter().map(|[w, h]| format!("{w:.0} × {h:.0}"));
    run.say(format!("anchors: {}", words.collect::<Vec<_>>().join(", ")));
    let grid = Grid {
        stride: STRIDE,
        anchors,
        classes: training.classes.len(),
    };
    let net = Detector::new(&STAGES, grid, &mut rng);
    let parameters = net.parameter_count();
    run.say(format!("{} parameters", thousands(parameters)));
    run.record("parameters", Value::count(parameters))?;

    let settings = Settings {
        epochs: run.choose(1, SETTINGS.epochs, SETTINGS.epochs),
        ..SETTINGS
    };
    let mut trainer = trainer(net, &settings, training.examples.len(), &rng);
    let task = Finding {
        training,
        validation: Some(validation),
        change: |one: &Example, rng: &mut Rng| {
            Augment::SCENES.apply(one, [SIDE; 2], rng)
        },
        cells: settings.cells,
    };
    let mut steps = Vec::new();
    let watched = watched(validation);
    let look = |net: &Detector| {
        let pictures = watched.examples.iter();
        net.detect(pictures.map(|one| &one.picture), Keep::SURE)
    };
    fit(run, &mut trainer, &task, "scenes", |trainer| {
        let epochs = trainer.history.len();
        if SHOWN.contains(&epochs) {
            steps.push((epochs, look(&trainer.net)));
        }
    })?;
    steps.push((settings.epochs, look(&trainer.net)));
    let trained = Trained {
        net: trainer.net,
        classes: training.classes.clone(),
        size: [SIDE; 2],
    };
    trained.save(&run.out_dir().join("scenes_net.safetensors"))?;
    let history = trainer
        .history
        .iter()
        .map(|epoch| [epoch.loss, epoch.score]);
    Ok((trained.net, history.collect(), steps))
}

/// What the net finds in the test pictures, and how fast.
fn find(
    run: &mut Run,
    net: &Detector,
    test: &Set,
) -> anyhow::Result<Vec<Vec<Detection>>> {
    let pictures = || test.examples.iter().map(|one| &one.picture);
    let start = Instant::now();
    let found = net.detect(pictures(), Keep::ALL);
    let rate = test.examples.len() as f64 / start.elapsed().as_secs_f64();
    run.note(format!("{rate:.0} pictures a second, {SIDE} × {SIDE}"));
    let value = Value::number(rate).unit("pictures a second");
    run.record("images_per_second", value.never_compared())?;
    Ok(found)
}

/// How good it is, in all and by class.
fn results(run: &mut Run, evaluation: &Evaluation, test: &Set) -> anyhow::Result<()> {
    let (map50, map) = (evaluation.map50(), evaluation.map());
    let [map50, map] = [map50, map].map(Option::unwrap_or_default);
    run.say(format!(
        "\n{} test scenes: mAP@0.5 {map50:.3}, mAP@[.5:.95] {map:.3}",
        test.examples.len()
    ));
    run.record("test_scenes", Value::count(test.examples.len()))?;
    run.record("map50", Value::number(map50).tolerance(0.01))?;
    run.record("map", Value::number(map).tolerance(0.015))?;
    run.table(
        &["class", "AP@0.5", "AP@0.75"],
        test.classes.iter().enumerate().map(|(class, name)| {
            let at = |iou| evaluation.ap_of(class, iou).unwrap_or_default();
            [
                name.clone(),
                format!("{:.3}", at(0.5)),
                format!("{:.3}", at(0.75)),
            ]
        }),
    );
    Ok(())
}
