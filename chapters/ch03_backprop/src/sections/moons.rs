//! The section `moons`: a net out of scalars learns two moons.

use std::time::{Duration, Instant};

use lesson::{Run, Value, thousands};
use tensor::Rng;

use crate::figures;
use crate::net::{Dot, Mlp, by_recipe, moons};

/// Two inputs, two hidden layers, one score.
const SIZES: [usize; 4] = [2, 8, 8, 1];
/// The learning rate of the first step; from there it falls to 0 in a straight line.
const LR: f64 = 1.0;
/// Dots in a step.
const BATCH: usize = 50;

/// The noise of the moons.
const NOISE: f32 = 0.15;

/// A training run.
struct Trained {
    dots: Vec<Dot>,
    unseen: f32,
    seen: f32,
    /// What one who knows the recipe gets right of the unseen dots.
    best: f32,
    /// The loss of each step's batch.
    losses: Vec<f64>,
    /// The net's parameters after some of the steps.
    film: Vec<(usize, Vec<f64>)>,
    net: Mlp,
    /// Numbers in the graph of a step.
    nodes: usize,
    /// Time of the fastest step: others may have shared the processor.
    fastest: Duration,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let steps = run.choose(60, 1000, 1000);
    let seeds = run.seeds::<3>();
    let bar = run.progress("two moons", seeds.len() * steps);
    let mut results = Vec::new();
    for seed in seeds {
        results.push(train(seed, steps, || bar.step().map_err(Into::into))?);
    }
    drop(bar);
    let accuracies: Vec<f32> = results.iter().map(|r| r.unseen).collect();
    let first = &results[0];
    say(run, first, &accuracies);
    let unseen = Value::fraction(first.unseen).tolerance(0.005);
    run.record("moons_accuracy", unseen.over_seeds(&accuracies))?;
    let bests: Vec<f32> = results.iter().map(|r| r.best).collect();
    run.say(format!(
        "Who knows the recipe gets {} of them.",
        percent(first.best)
    ));
    let best = Value::fraction(first.best).over_seeds(&bests);
    run.record("moons_best", best)?;
    let parameters = first.net.parameters().len();
    run.record("moons_parameters", Value::count(parameters))?;
    run.record("moons_nodes", Value::count(first.nodes))?;
    let nanoseconds = first.fastest.as_nanos() as f64 / first.nodes as f64;
    let per_node = Value::number(nanoseconds).unit("ns").never_compared();
    run.record("node_ns", per_node)?;
    run.note(format!(
        "the fastest step: {:.1} ms, {nanoseconds:.0} ns a number",
        1e3 * first.fastest.as_secs_f64()
    ));
    draw(run, first)
}

/// Trains a net on the moons of a seed.
fn train(
    seed: u64,
    steps: usize,
    mut tick: impl FnMut() -> anyhow::Result<()>,
) -> anyhow::Result<Trained> {
    let mut rng = Rng::new(seed).fork("moons");
    let mut dots = moons(250, NOISE, &mut rng);
    let unseen = moons(1000, NOISE, &mut rng);
    let net = Mlp::new(&SIZES, &mut rng);
    let (mut losses, mut film, mut nodes) = (Vec::new(), Vec::new(), 0);
    let mut fastest = Duration::MAX;
    for step in 0..steps {
        if step % (dots.len() / BATCH) == 0 {
            rng.shuffle(&mut dots);
        }
        if [0, steps / 50, steps / 10, steps / 5].contains(&step) {
            film.push((step, net.values()));
        }
        let batch = step % (dots.len() / BATCH) * BATCH;
        let lr = LR * (1.0 - step as f64 / steps as f64);
        let start = Instant::now();
        let loss = net.step(&dots[batch..batch + BATCH], lr);
        losses.push(loss.value());
        if step == 0 {
            nodes = loss.order().len();
        }
        drop(loss);
        fastest = fastest.min(start.elapsed());
        tick()?;
    }
    film.push((steps, net.values()));
    Ok(Trained {
        unseen: net.accuracy(&unseen),
        seen: net.accuracy(&dots),
        best: right_by_recipe(&unseen),
        dots,
        losses,
        film,
        net,
        nodes,
        fastest,
    })
}

/// The share of dots on their right side by the recipe of the moons.
fn right_by_recipe(dots: &[Dot]) -> f32 {
    let right = |dot: &&Dot| by_recipe(dot.x, f64::from(NOISE)) * dot.y > 0.0;
    dots.iter().filter(right).count() as f32 / dots.len() as f32
}

/// A share as the table of results shows it.
fn percent(share: f32) -> String {
    Value::fraction(share).rounded().shown()
}

/// What was learnt.
fn say(run: &mut Run, first: &Trained, accuracies: &[f32]) {
    run.say(format!(
        "A net of {} parameters, {} steps with {BATCH} points each.",
        first.net.parameters().len(),
        thousands(first.losses.len())
    ));
    run.say(format!(
        "A step builds a graph of {} numbers, walks it, and throws it away.",
        thousands(first.nodes)
    ));
    let losses = &first.losses;
    let mean = |losses: &[f64]| losses.iter().sum::<f64>() / losses.len() as f64;
    run.say(format!(
        "Loss: {:.3} over the first ten steps, {:.4} over the last ten.",
        mean(&losses[..10]),
        mean(&losses[losses.len() - 10..])
    ));
    run.say(format!(
        "Right: {} of points it learnt from, {} of unseen ones (other seeds: {}).",
        percent(first.seen),
        percent(first.unseen),
        accuracies[1..]
            .iter()
            .map(|&a| percent(a))
            .collect::<Vec<_>>()
            .join(", ")
    ));
}

/// The film and the last frame.
fn draw(run: &mut Run, first: &Trained) -> anyhow::Result<()> {
    let net = &first.net;
    let score = |values: &[f64], x: f32, y: f32| {
        net.set(values);
        net.score([f64::from(x), f64::from(y)]).value()
    };
    let film = figures::moons::film(&first.dots, &first.film, &first.losses, score)?;
    run.figure("moons_film", film)?;
    let last = &first.film[first.film.len() - 1].1;
    let probability =
        |x: f32, y: f32| (1.0 / (1.0 + libm::exp(-score(last, x, y)))) as f32;
    let figure = figures::moons::learnt(&first.dots, probability)?;
    run.figure("moons_learnt", figure)
}
