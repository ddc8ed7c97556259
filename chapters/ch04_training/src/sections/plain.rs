//! The section `plain`: lesson 3's descent on clothes, at three learning rates.

use lesson::{Run, Value, percent};
use nn::classify::{Classification, logits};
use nn::data::Labelled;
use nn::metrics::accuracy;
use nn::optim::{Optimizer, Sgd};
use nn::train::{Plan, Stop, Trainer};
use nn::{Mlp, Schedule};
use tensor::Rng;

use crate::clothes::Clothes;
use crate::figures;

/// The batch of lesson 3.
const BATCH: usize = 50;

/// A rate that crawls, lesson 3's own, and one that is too large.
pub(crate) const RATES: [f32; 3] = [0.002, 0.2, 2.0];

/// One training, watched.
pub(crate) struct Course {
    /// The share of the training pictures that the net gets right, after each pass.
    pub(crate) training: Vec<f32>,
    /// The same for the validation pictures.
    pub(crate) validation: Vec<f32>,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let clothes = Clothes::load()?;
    let training = match run.mode() {
        lesson::Mode::Quick => clothes.training.pick(&(0..500).collect::<Vec<_>>()),
        _ => clothes.training.clone(),
    };
    let passes = run.choose(1, 15, 15);
    let seeds = run.few_seeds();
    let bar = run.progress("plain descent", RATES.len() * passes * seeds.len());
    let mut courses = Vec::new();
    for lr in RATES {
        let of_seed = |seed: &u64| {
            let course = learn(&training, &clothes.validation, lr, passes, *seed);
            (0..passes).try_for_each(|_| bar.step())?;
            anyhow::Ok(course)
        };
        courses.push(seeds.iter().map(of_seed).collect::<Result<Vec<_>, _>>()?);
    }
    tell(run, &courses)?;
    run.figure("plain_rates", figures::plain::rates(&courses)?)
}

/// Lesson 3's net, trained as there.
fn learn(
    training: &Labelled,
    validation: &Labelled,
    lr: f32,
    passes: usize,
    seed: u64,
) -> Course {
    let mut rng = Rng::new(seed).fork("plain");
    let net = Mlp::new(&[784, 100, 10], &mut rng);
    let plan = Plan::new(BATCH, passes, Schedule::Constant { lr });
    let task = Classification {
        training,
        validation,
    };
    let steps = (training.len() / BATCH) as u64;
    let mut trainer = Trainer::new(net, Optimizer::new(Sgd::default()), plan, &rng);
    let mut right = Vec::new();
    let watched = trainer.fit(&task, |trainer| {
        if trainer.optimizer.steps().is_multiple_of(steps) {
            let logits = logits(&trainer.net, &training.x);
            right.push(accuracy(&logits, &training.classes));
        }
        Ok::<(), std::convert::Infallible>(())
    });
    let mut validation: Vec<f32> =
        trainer.history.iter().map(|e| e.score as f32).collect();
    // A net whose loss is no longer a number knows nothing: one class in ten.
    if let Err(Stop::Diverged(_)) = watched {
        right.resize(passes, 0.1);
        validation.resize(passes, 0.1);
    }
    Course {
        training: right,
        validation,
    }
}

fn tell(run: &mut Run, courses: &[Vec<Course>]) -> anyhow::Result<()> {
    let last = |list: &[f32]| list.last().copied().unwrap_or(f32::NAN);
    run.table(
        &["learning rate", "training right", "validation right"],
        RATES.iter().zip(courses).map(|(lr, courses)| {
            [
                lr.to_string(),
                percent(last(&courses[0].training)),
                percent(last(&courses[0].validation)),
            ]
        }),
    );
    let names = ["slow", "plain", "fast"];
    for (name, courses) in names.iter().zip(courses) {
        let values = |pick: fn(&Course) -> &Vec<f32>| -> Vec<f32> {
            courses.iter().map(|course| last(pick(course))).collect()
        };
        let parts = [
            ("training", values(|c| &c.training)),
            ("validation", values(|c| &c.validation)),
        ];
        for (part, values) in parts {
            let value = Value::fraction(values[0]).tolerance(0.01);
            run.record(
                &format!("{name}_{part}_accuracy"),
                value.over_seeds(&values),
            )?;
        }
    }
    Ok(())
}
