//! The section `project`: clothes, trained, saved and resumed.

mod tables;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use lesson::{Mode, Run, Value, percent, thousands};
use nn::Mlp;
use nn::checkpoint::Begin;
use nn::classify::{Classification, logits};
use nn::data::Labelled;
use nn::metrics::{accuracy, confusion};
use nn::train::Trainer;

use crate::clothes::{Clothes, test_set};
use crate::figures;
use crate::project::{
    DEFAULT, FULL, LESSON, QUICK, Settings, resumes_identically, trainer,
};

use tables::{classes, in_the_file, parts, told};

/// Steps after which the training of the last part is stopped: in the first epoch, at
/// both sides of its end, and later.
const STOPS: [u64; 5] = [1, 9, 10, 11, 25];

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let clothes = match run.mode() {
        Mode::Full => Clothes::load_full()?,
        _ => Clothes::load()?,
    };
    let (training, validation, test) = pictures(run, &clothes)?;
    let settings = run.choose(QUICK, DEFAULT, FULL);
    let task = Classification {
        training: &training,
        validation: &validation,
    };
    parts(run, &trainer(&settings, training.len(), run.seed()))?;
    let trainers = learn(run, &settings, task)?;
    judge(run, &trainers, &test, &clothes.names)?;
    in_the_file(run, &trainers[0])?;
    stopped(run, &settings, task)
}

/// What to learn from, to choose on, and to be judged by; a few of each in a quick run.
fn pictures(
    run: &Run,
    clothes: &Clothes,
) -> anyhow::Result<(Labelled, Labelled, Labelled)> {
    let all = usize::MAX;
    let some = |from: &Labelled, count: usize| {
        let rows: Vec<usize> = (0..from.len().min(count)).collect();
        from.pick(&rows)
    };
    Ok((
        some(&clothes.training, run.choose(640, all, all)),
        some(&clothes.validation, run.choose(500, all, all)),
        some(&test_set()?, run.choose(500, all, all)),
    ))
}

/// Trains three nets. Each has a checkpoint, so that a run that was stopped in the second
/// goes on there.
fn learn(
    run: &mut Run,
    settings: &Settings,
    task: Classification,
) -> anyhow::Result<Vec<Trainer<Mlp>>> {
    let seeds = run.seeds::<3>();
    // One net of the full set takes as long as the rest of the lesson.
    let seeds = &seeds[..run.choose(1, 3, 1)];
    let mut trainers = Vec::new();
    let start = Instant::now();
    for &seed in seeds {
        let mut trainer = trainer(settings, task.training.len(), seed);
        let file = checkpoint(run, seed);
        begin(run, &mut trainer, &file)?;
        fit(run, &mut trainer, task, &file)?;
        if seed == run.seed() {
            run.record("clothes_seconds", Value::time(start.elapsed()))?;
            told(run, &trainer)?;
        }
        trainers.push(trainer);
    }
    let histories: Vec<_> = trainers.iter().map(|t| t.history.clone()).collect();
    run.figure("clothes_learnt", figures::project::curves(&histories)?)?;
    Ok(trainers)
}

/// Goes on from the checkpoint if the run does, or makes room for a new one.
fn begin(run: &mut Run, trainer: &mut Trainer<Mlp>, file: &Path) -> anyhow::Result<()> {
    // A run stopped in its first training has no checkpoint of the others.
    let first = *file == checkpoint(run, run.seed());
    trainer.begin(file, LESSON, Begin::asked(run.resume(), first))?;
    let steps = trainer.optimizer.steps() as usize;
    if steps > 0 {
        let name = file.file_name().unwrap_or_default().display();
        run.note(format!("{name}: going on after step {}", thousands(steps)));
    }
    Ok(())
}

/// One training with its bar.
fn fit(
    run: &Run,
    trainer: &mut Trainer<Mlp>,
    task: Classification,
    file: &Path,
) -> anyhow::Result<()> {
    let steps = trainer.plan.epochs * (task.training.len() / trainer.plan.batch);
    let left = steps.saturating_sub(trainer.optimizer.steps() as usize);
    let bar = run.progress("sorting clothes", left);
    trainer.fit_kept(&task, file, LESSON, |trainer| {
        if let Some(epoch) = trainer.history.last() {
            bar.note(format!("{} right", percent(epoch.score as f32)));
        }
        Ok(bar.step()?)
    })
}

/// The test pictures, once.
fn judge(
    run: &mut Run,
    trainers: &[Trainer<Mlp>],
    test: &Labelled,
    names: &[String],
) -> anyhow::Result<()> {
    let scores = trainers.iter().map(|t| logits(t.best_net(), &test.x));
    let scores: Vec<_> = scores.collect();
    let right = scores.iter().map(|s| accuracy(s, &test.classes));
    let right: Vec<f32> = right.collect();
    let words: Vec<String> = right.iter().copied().map(percent).collect();
    let pictures = thousands(test.len());
    run.say(format!(
        "\n{pictures} test pictures right: {}",
        words.join(", ")
    ));
    let value = Value::fraction(right[0]).tolerance(0.01);
    let value = match right.len() {
        1 => value,
        _ => value.over_seeds(&right),
    };
    run.record("clothes_accuracy", value)?;

    let counts = confusion(&scores[0].argmax(1), &test.classes, names.len());
    classes(run, &counts, names)?;
    run.figure(
        "clothes_taken_for",
        figures::project::confusion(&counts, names)?,
    )
}

/// A training that is stopped five times, beside one that is not.
fn stopped(
    run: &mut Run,
    settings: &Settings,
    task: Classification,
) -> anyhow::Result<()> {
    let rows: Vec<usize> = (0..320.min(task.training.len())).collect();
    let few = task.training.pick(&rows);
    let task = Classification {
        training: &few,
        validation: task.validation,
    };
    let settings = Settings {
        epochs: 3,
        batch: 32,
        ..*settings
    };
    let fresh = || trainer(&settings, few.len(), run.seed());
    let folder = run.out_dir().join("stopped");
    fs::create_dir_all(&folder)?;
    let file = folder.join("clothes.safetensors");
    let same = resumes_identically(fresh, &task, &STOPS, &file)?;
    run.check_interrupt()?;
    run.say(format!(
        "\nstopped after steps {STOPS:?}, kept, and gone on with:\nthe last checkpoint has {}",
        if same { "the same bytes" } else { "OTHER BYTES" }
    ));
    run.record("resume_identical", Value::count(usize::from(same)))
}

/// The file of the training of this seed.
fn checkpoint(run: &Run, seed: u64) -> PathBuf {
    run.out_dir().join(format!("clothes_{seed}.safetensors"))
}
