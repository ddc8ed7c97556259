//! The section `rates`: schedules of the learning rate, and the test that finds its range.

use lesson::{Run, Value, percent};
use nn::Schedule;
use nn::classify::Classification;
use nn::data::Labelled;
use nn::train::Plan;

use crate::clothes::Clothes;
use crate::figures;
use crate::range_test::{RangeTest, range_test};
use crate::schedules::Shape;
use crate::trial::{Method, Outcome, Trial};

use super::warm_up::{thrice, warm_up};

/// Pictures in a step.
const BATCH: usize = 50;

/// The pictures of this section, fewer than there are so that it stays short.
struct Pictures {
    training: Labelled,
    validation: Labelled,
}

impl Pictures {
    fn load(run: &Run) -> anyhow::Result<Pictures> {
        let clothes = Clothes::load()?;
        let first = |all: &Labelled, n: usize| {
            all.pick(&(0..n.min(all.len())).collect::<Vec<_>>())
        };
        Ok(Pictures {
            training: first(&clothes.training, run.choose(100, 3000, 3000)),
            validation: first(&clothes.validation, run.choose(100, 2000, 2000)),
        })
    }

    fn task(&self) -> Classification<'_> {
        Classification {
            training: &self.training,
            validation: &self.validation,
        }
    }

    /// Steps in so many epochs.
    fn steps(&self, epochs: usize) -> usize {
        epochs * (self.training.len() / BATCH)
    }
}

/// A net with one hidden layer and momentum, to be trained by this schedule.
fn trial(schedule: Schedule, epochs: usize) -> Trial {
    Trial {
        sizes: vec![784, 100, 10],
        dropout: 0.0,
        method: Method::Momentum,
        plan: Plan::new(BATCH, epochs, schedule),
    }
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    run.figure("schedules", figures::rates::schedules()?)?;
    let pictures = Pictures::load(run)?;
    let test = find(run, &pictures)?;
    sweep(run, &pictures, test.rate())?;
    schedules(run, &pictures, test.rate())?;
    warm_up(run, &pictures.task())
}

/// The range test, and the rate read off it.
fn find(run: &mut Run, pictures: &Pictures) -> anyhow::Result<RangeTest> {
    let steps: usize = run.choose(30, 240, 240);
    let trial = trial(
        Schedule::Constant { lr: 0.0 },
        steps.div_ceil(pictures.steps(1)),
    );
    let tests = run
        .seeds::<3>()
        .map(|seed| range_test(&trial, &pictures.task(), [1e-4, 10.0], steps, seed));
    let lowest = tests.each_ref().map(RangeTest::lowest);
    let rates = tests.each_ref().map(RangeTest::rate);
    run.say(format!(
        "Range test, three seeds: the loss is lowest at {},\nso train with {}.",
        listed(&lowest),
        listed(&rates)
    ));
    let shared = |value: f32| Value::number(value).tolerance(value / 2.0);
    run.record("range_test_lowest", shared(lowest[0]).over_seeds(&lowest))?;
    run.record("range_test_rate", shared(rates[0]).over_seeds(&rates))?;
    run.record("range_test_steps", Value::count(tests[0].losses.len()))?;
    run.figure("range_test", figures::rates::range_test(&tests[0])?)?;
    let [first, ..] = tests;
    Ok(first)
}

/// Numbers with three decimals.
fn listed(numbers: &[f32]) -> String {
    let each = numbers.iter().map(|x| format!("{x:.3}"));
    each.collect::<Vec<_>>().join(", ")
}

/// The scores of three outcomes, 0..1.
fn scores(outcomes: &[Outcome; 3]) -> [f32; 3] {
    outcomes.each_ref().map(|outcome| outcome.score() as f32)
}

/// What really comes of each rate, to hold the range test to.
fn sweep(run: &mut Run, pictures: &Pictures, found: f32) -> anyhow::Result<()> {
    let epochs = run.choose(1, 3, 3);
    let train = |run: &Run, lr: f32| {
        let trial = trial(Schedule::Constant { lr }, epochs);
        thrice(run, &pictures.task(), &trial)
    };
    let mut tried = Vec::new();
    for i in 0..9 {
        let lr = 1e-4 * 10.0_f32.powf(0.5 * i as f32);
        tried.push((lr, train(run, lr)?));
    }
    let with_found = train(run, found)?;
    let curve: Vec<(f32, [f32; 3])> =
        tried.iter().map(|(lr, all)| (*lr, scores(all))).collect();
    tell_sweep(run, &curve, scores(&with_found))?;
    run.figure("rate_sweep", figures::rates::sweep(&curve, found)?)?;
    let panels = [
        ("too small", tried[1].0, &tried[1].1),
        ("right", found, &with_found),
        ("too large", tried[7].0, &tried[7].1),
    ];
    let panels = panels.map(|(name, lr, all)| {
        let losses = all.each_ref().map(|one| one.losses.as_slice());
        (format!("{name}: {lr:.4}"), losses)
    });
    run.figure("three_rates", figures::rates::three(&panels)?)
}

/// The table of the rates, and how the one that was found compares.
fn tell_sweep(
    run: &mut Run,
    curve: &[(f32, [f32; 3])],
    with_found: [f32; 3],
) -> anyhow::Result<()> {
    run.say("\nWhat three epochs at a constant rate reach, three seeds:");
    run.table(
        &["rate", "seed 1", "seed 2", "seed 3"],
        curve.iter().map(|(lr, scores)| {
            let [a, b, c] = scores.map(percent);
            [format!("{lr:.4}"), a, b, c]
        }),
    );
    run.say(format!(
        "At the range test's rate: {}.",
        with_found.map(percent).join(", ")
    ));
    let best = curve.iter().map(|(_, scores)| *scores);
    let best = best.max_by(|a, b| mean(a).total_cmp(&mean(b)));
    let best = best.expect("rates were tried");
    for (name, scores) in [("sweep_best", best), ("sweep_found", with_found)] {
        let value = Value::fraction(mean(&scores)).tolerance(0.02);
        run.record(name, value.over_seeds(&scores))?;
    }
    Ok(())
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len() as f32
}

/// What each schedule reaches at the same cost.
fn schedules(run: &mut Run, pictures: &Pictures, peak: f32) -> anyhow::Result<()> {
    let epochs = run.choose(1, 8, 8);
    let steps = pictures.steps(epochs);
    let mut plans = vec![("constant, a tenth", Schedule::Constant { lr: peak / 10.0 })];
    plans.extend(Shape::ALL.map(|shape| (shape.name(), shape.schedule(peak, steps))));
    let mut reached = Vec::new();
    for (name, schedule) in plans {
        let outcomes = thrice(run, &pictures.task(), &trial(schedule, epochs))?;
        reached.push((name, outcomes));
    }
    run.say(format!("\nSchedules, {steps} steps each, three seeds:"));
    run.table(
        &["schedule", "seed 1", "seed 2", "seed 3", "training loss"],
        reached.iter().map(|(name, outcomes)| {
            let [a, b, c] = scores(outcomes).map(percent);
            let losses = outcomes.each_ref();
            let loss = mean(&losses.map(|one| last_loss(one, pictures.steps(1))));
            [name.to_string(), a, b, c, format!("{loss:.3}")]
        }),
    );
    for (name, outcomes) in &reached {
        let name = name.replace(", ", "_").replace([' ', '-'], "_");
        let scores = scores(outcomes);
        let value = Value::fraction(mean(&scores)).tolerance(0.01);
        run.record(&format!("schedule_{name}"), value.over_seeds(&scores))?;
        let losses = outcomes.each_ref();
        let losses = losses.map(|one| last_loss(one, pictures.steps(1)));
        let value = Value::number(mean(&losses)).tolerance(0.05).unit("nats");
        run.record(&format!("schedule_{name}_loss"), value.over_seeds(&losses))?;
    }
    run.record("schedule_steps", Value::count(steps))?;
    run.figure("schedule_scores", figures::rates::scores(&reached)?)
}

/// The mean loss of the last epoch's steps.
fn last_loss(outcome: &Outcome, steps: usize) -> f32 {
    let losses = &outcome.losses;
    mean(&losses[losses.len().saturating_sub(steps)..])
}
