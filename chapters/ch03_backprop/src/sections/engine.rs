//! The section `engine`: digits learnt, and what the walk back costs.

use std::time::{Duration, Instant};

use lesson::{Run, Value, percent, thousands};
use nn::data::Labelled;
use tensor::tape::live_nodes;
use tensor::{Rng, Tensor, no_grad};

use crate::digits::{BATCH, Digits, pass, right};
use crate::figures;
use crate::mlp::Mlp;

/// Pixels, hidden units, digits.
pub(crate) const SIZES: [usize; 3] = [784, 100, 10];

/// The learning rate, chosen by us from 0.03, 0.1, 0.2 and 0.4 on the training loss.
pub(crate) const LR: f32 = 0.2;

/// A training that went on while others watched.
pub(crate) struct Course {
    /// Mean loss of each pass.
    pub(crate) losses: Vec<f32>,
    /// Test digits right before the first and after each pass.
    pub(crate) right: Vec<f32>,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let digits = Digits::load()?;
    learn(run, &digits)?;
    price_of_backward(run, &digits)
}

/// Digits, by a net with a hidden layer.
fn learn(run: &mut Run, digits: &Digits) -> anyhow::Result<()> {
    let passes = run.choose(1, 15, 15);
    let seeds = run.seeds::<3>();
    let bar = run.progress("reading digits", passes * seeds.len());
    let mut courses = Vec::new();
    let mut nodes = Vec::new();
    for seed in seeds {
        let mut rng = Rng::new(seed).fork("digits");
        let mut net = Mlp::new(&SIZES, Tensor::relu, &mut rng);
        let mut course = Course {
            losses: Vec::new(),
            right: vec![right(&net, &digits.test)],
        };
        let before = live_nodes();
        for _ in 0..passes {
            course
                .losses
                .push(pass(&mut net, &digits.training, LR, &mut rng));
            course.right.push(right(&net, &digits.test));
            nodes.push(live_nodes() - before);
            bar.step()?;
        }
        courses.push(course);
    }
    let steps = passes * (digits.training.len() / BATCH);
    let most = nodes.iter().max().copied().unwrap_or_default();
    run.say(format!(
        "{} steps of training; nodes left on the tape at the end of a pass, beyond the \
         parameters: {most}",
        thousands(steps)
    ));
    run.record("digits_steps", Value::count(steps))?;
    run.record("nodes_left", Value::count(most))?;
    let last = courses.iter().map(|course| course.right[passes]);
    let last: Vec<f32> = last.collect();
    run.say(format!(
        "test digits right: {} before, {} after {passes} passes",
        percent(courses[0].right[0]),
        percent(last[0])
    ));
    let value = Value::fraction(last[0]).tolerance(0.01);
    run.record("digits_accuracy", value.over_seeds(&last))?;
    run.record(
        "digits_training_loss",
        Value::number(courses[0].losses[passes - 1]).tolerance(0.01),
    )?;
    let net = Mlp::new(&SIZES, Tensor::relu, &mut Rng::new(1));
    run.record("digits_parameters", Value::count(net.parameter_count()))?;
    run.figure("digits_learnt", figures::engine::digits(&courses)?)
}

/// A net that has learnt nothing, and the first digits that it is to learn from.
pub(super) fn first_step(seed: u64, digits: &Digits) -> (Mlp, Labelled) {
    let net = Mlp::new(&SIZES, Tensor::relu, &mut Rng::new(seed).fork("digits"));
    let rows: Vec<usize> = (0..BATCH).collect();
    (net, digits.training.pick(&rows))
}

/// What the walk back costs, in forward passes.
fn price_of_backward(run: &mut Run, digits: &Digits) -> anyhow::Result<()> {
    let (net, batch) = first_step(run.seed(), digits);
    let loss = || net.forward(&batch.x).cross_entropy(&batch.classes);
    let forward = median(|| drop(no_grad(loss)));
    let both = median(|| drop(loss().backward()));
    let ratio = both.as_secs_f64() / forward.as_secs_f64();
    run.note(format!(
        "forward alone {:.3} ms, with the walk back {:.3} ms: {ratio:.1} times as long",
        1e3 * forward.as_secs_f64(),
        1e3 * both.as_secs_f64()
    ));
    run.record(
        "gradient_in_forward_passes",
        Value::number(ratio).never_compared(),
    )
}

/// The median time of 31 calls, after a first that nobody times.
fn median(call: impl Fn()) -> Duration {
    call();
    let mut times: Vec<Duration> = (0..31)
        .map(|_| {
            let start = Instant::now();
            call();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[15]
}
