//! The section `digits`: LeNet-5 reads digits.

use std::time::Instant;

use lesson::{Mode, Run, Value, percent, thousands};
use nn::classify::logits;
use nn::data::Labelled;
use nn::metrics::{accuracy, confusion};
use nn::train::Trainer;
use tensor::{Rng, Tensor};

use crate::digits::{Digits, SIDE};
use crate::figures;
use crate::models::LeNet;
use crate::practice::squares;
use crate::sections::fit::{fit, some};
use crate::shake::Shake;
use crate::training::{Changed, DIGITS, Settings, trainer};

/// Training digits that are held out while settings are chosen.
const HELD: usize = 1000;

/// Mistakes shown.
const SHOWN: usize = 32;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let (training, test) = pictures(run)?;
    let settings = settings(run);
    choose(run, &training, &settings)?;
    let start = Instant::now();
    let seed = run.seed();
    let learnt = learn(run, &training, None, &settings, seed, "digits")?;
    run.record("digits_seconds", Value::time(start.elapsed()))?;
    judge(run, &learnt.net, &test)
}

/// How this run trains its nets.
pub(crate) fn settings(run: &Run) -> Settings {
    Settings {
        epochs: run.choose(1, DIGITS.epochs, DIGITS.epochs),
        ..DIGITS
    }
}

/// Digits to learn from and to be judged on, `[N, 1, 28, 28]`.
pub(crate) fn pictures(run: &Run) -> anyhow::Result<(Labelled, Labelled)> {
    let digits = Digits::load()?;
    if run.mode() == Mode::Full {
        let all = |images: datasets::Images| {
            let rows = Tensor::from_array(images.to_f32());
            squares(&Labelled::new(rows, images.targets()))
        };
        return Ok((all(datasets::mnist10k()?), all(datasets::mnist_test()?)));
    }
    let digits =
        digits.first(run.choose(1500, 8000, 8000), run.choose(200, 2000, 2000));
    Ok((squares(&digits.training), squares(&digits.test)))
}

/// One LeNet of this seed, trained, with a checkpoint of this name.
pub(crate) fn learn(
    run: &mut Run,
    training: &Labelled,
    validation: Option<&Labelled>,
    settings: &Settings,
    seed: u64,
    name: &str,
) -> anyhow::Result<Trainer<LeNet>> {
    let mut rng = Rng::new(seed).fork("digits");
    let net = LeNet::new(1, SIDE, 10, &mut rng);
    let mut trainer = trainer(net, settings, training.len(), &rng);
    let task = Changed {
        training,
        validation,
        change: |batch, rng: &mut Rng| Shake::DIGITS.apply(batch, rng),
    };
    let must = name == "digits_choice";
    fit(run, &mut trainer, &task, &format!("{name}_{seed}"), must)?;
    Ok(trainer)
}

/// One training with a thousand digits held out: what settings were chosen by.
fn choose(
    run: &mut Run,
    training: &Labelled,
    settings: &Settings,
) -> anyhow::Result<()> {
    let held = some(training, 0..HELD);
    let rest = some(training, HELD..training.len());
    let seed = run.seed();
    let learnt = learn(run, &rest, Some(&held), settings, seed, "digits_choice")?;
    let epochs = learnt.history.len();
    let shown = |e: &usize| e.is_multiple_of(5) || [1, 2, epochs].contains(e);
    run.say(format!(
        "With {} of the training digits held out:",
        thousands(HELD)
    ));
    run.table(
        &["epoch", "training loss", "held out, right"],
        (1..=epochs).filter(shown).map(|e| {
            let epoch = &learnt.history[e - 1];
            let score = percent(epoch.score as f32);
            [e.to_string(), format!("{:.3}", epoch.loss), score]
        }),
    );
    let last = learnt.history.last().map_or(0.0, |epoch| epoch.score);
    run.record("digits_held", Value::fraction(last).tolerance(0.005))?;
    run.record(
        "digits_steps",
        Value::count(settings.epochs * (training.len() / settings.batch)),
    )?;
    run.figure("digits_learnt", figures::digits::curves(&learnt.history)?)
}

/// The test digits, once.
fn judge(run: &mut Run, net: &LeNet, test: &Labelled) -> anyhow::Result<()> {
    let scores = logits(net, &test.x); // [N, K]
    let right = accuracy(&scores, &test.classes);
    run.say(format!(
        "\n{} test digits right: {}",
        thousands(test.len()),
        percent(right)
    ));
    run.record("digits_accuracy", Value::fraction(right).tolerance(0.003))?;
    let answers = scores.argmax(1);
    let names: Vec<String> = (0..10).map(|digit| digit.to_string()).collect();
    let counts = confusion(&answers, &test.classes, names.len());
    run.figure(
        "digits_taken_for",
        figures::digits::confusion(&counts, &names)?,
    )?;
    mistakes(run, &scores, test)
}

/// What the net got wrong, the surest mistakes first.
fn mistakes(run: &mut Run, scores: &Tensor, test: &Labelled) -> anyhow::Result<()> {
    let answers = scores.argmax(1);
    let [_, k] = scores.dims();
    let chances = scores.softmax(1).to_vec(); // [N, K]
    let mut wrong = wrong(&answers, test);
    let sure = |row: usize| chances[row * k + answers[row]];
    wrong.sort_by(|&a, &b| sure(b).total_cmp(&sure(a)));
    let unsure = wrong.iter().filter(|&&row| sure(row) < 0.9).count();
    run.say(format!(
        "it misreads {}, of which it is less than 90 % sure of {}",
        thousands(wrong.len()),
        thousands(unsure)
    ));
    for (name, count) in [("digits_wrong", wrong.len()), ("digits_unsure", unsure)] {
        run.record(name, Value::number(count as f64).tolerance(12.0))?;
    }
    wrong.truncate(SHOWN);
    let shown = wrong.iter().map(|&row| (row, answers[row]));
    let shown: Vec<(usize, usize)> = shown.collect();
    run.figure("digits_worst", figures::digits::worst(test, &shown)?)
}

/// The rows of the digits that these answers get wrong.
pub(crate) fn wrong(answers: &[usize], test: &Labelled) -> Vec<usize> {
    let is_wrong = |&row: &usize| answers[row] != test.classes[row];
    (0..test.len()).filter(is_wrong).collect()
}
