//! The section `batches`: mini-batches: what a smaller sample of the gradient costs and buys.

use std::time::{Duration, Instant};

use lesson::{Mode, Run, Value, percent, thousands};
use nn::Mlp;
use nn::classify::logits;
use nn::data::Labelled;
use nn::metrics::accuracy;
use nn::optim::{Optimizer, Sgd};
use tensor::Rng;

use super::noise::noises;
use crate::batches::{pass, sorted_by_class};
use crate::clothes::Clothes;
use crate::figures;
use crate::race::{SIZES, fewer};

/// The batches that nets learn from, and the rate of each: the best for its validation
/// loss among [`TRIED`], as `cargo run -p ch04_training -- batch_rates` prints them.
const RATES: [(usize, f32); 5] =
    [(1, 0.003), (10, 0.1), (100, 0.3), (1000, 0.1), (8000, 0.1)];

/// The rates tried for each batch.
const TRIED: [f32; 6] = [0.003, 0.01, 0.03, 0.1, 0.3, 1.0];

/// Pictures between two looks at the validation loss.
const PIECE: usize = 1000;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let clothes = load(run)?;
    noises(run, &clothes)?;
    sizes(run, &clothes)?;
    sorted(run, &clothes)
}

/// All clothes, or a few for a quick run.
fn load(run: &Run) -> anyhow::Result<Clothes> {
    let clothes = Clothes::load()?;
    Ok(match run.mode() {
        Mode::Quick => fewer(&clothes, 1000),
        _ => clothes,
    })
}

/// Plain descent.
pub(super) fn plain() -> Optimizer {
    Optimizer::new(Sgd::default())
}

/// A net that has learnt nothing.
pub(super) fn fresh(seed: u64) -> Mlp {
    Mlp::new(&SIZES, &mut Rng::new(seed).fork("batches"))
}

/// A training with one batch size.
pub(crate) struct Way {
    pub(crate) batch: usize,
    /// Steps made.
    pub(crate) steps: usize,
    /// Pictures seen, and the validation loss then.
    pub(crate) losses: Vec<(usize, f32)>,
    /// The accuracy at the end.
    pub(crate) accuracy: f32,
    /// The time of the steps alone.
    pub(crate) time: Duration,
}

/// One epoch, `batch` pictures at a time.
fn way(clothes: &Clothes, batch: usize, lr: f32, seed: u64) -> anyhow::Result<Way> {
    let mut net = fresh(seed);
    let mut rng = Rng::new(seed).fork("order");
    let loss = |net: &Mlp| validation_loss(net, &clothes.validation);
    let mut way = Way {
        batch,
        steps: 0,
        losses: vec![(0, loss(&net))],
        accuracy: 0.0,
        time: Duration::ZERO,
    };
    let piece = batch.max(PIECE);
    let order = rng.permutation(clothes.training.len());
    for (i, rows) in order.chunks(piece).enumerate() {
        let start = Instant::now();
        let optimizer = &mut plain();
        let losses = pass(&mut net, &clothes.training, rows, batch, optimizer, lr);
        way.time += start.elapsed();
        way.steps += losses.len();
        way.losses.push((i * piece + rows.len(), loss(&net)));
    }
    way.accuracy = validation_accuracy(&net, &clothes.validation);
    Ok(way)
}

/// The validation loss at the end of a training.
fn last(way: &Way) -> f32 {
    way.losses.last().map_or(f32::NAN, |&(_, loss)| loss)
}

fn validation_loss(net: &Mlp, data: &Labelled) -> f32 {
    logits(net, &data.x).cross_entropy(&data.classes).item()
}

fn validation_accuracy(net: &Mlp, data: &Labelled) -> f32 {
    accuracy(&logits(net, &data.x), &data.classes)
}

/// The same number of pictures, in few large steps or many small ones.
fn sizes(run: &mut Run, clothes: &Clothes) -> anyhow::Result<()> {
    let seeds = run.few_seeds();
    let all = clothes.training.len();
    let bar = run.progress("batch sizes", RATES.len() * seeds.len());
    let mut ways: Vec<Vec<Way>> = Vec::new();
    for (batch, lr) in RATES {
        let mut of_size = Vec::new();
        for &seed in &seeds {
            of_size.push(way(clothes, batch.min(all), lr, seed)?);
            bar.step()?;
        }
        ways.push(of_size);
    }
    run.say(format!(
        "\nOne epoch over {} pictures, each batch at its best rate:",
        thousands(all)
    ));
    run.table(
        &[
            "batch",
            "rate",
            "steps",
            "validation loss",
            "validation accuracy",
        ],
        RATES.iter().zip(&ways).map(|((_, lr), ways)| {
            let way = &ways[0];
            [
                thousands(way.batch),
                format!("{lr}"),
                thousands(way.steps),
                format!("{:.3}", last(way)),
                percent(way.accuracy),
            ]
        }),
    );
    for ((batch, _), ways) in RATES.iter().zip(&ways) {
        record_way(run, *batch, ways)?;
    }
    run.figure("batch_sizes", figures::batches::sizes(&ways)?)
}

/// Records what one batch size came to.
fn record_way(run: &mut Run, batch: usize, ways: &[Way]) -> anyhow::Result<()> {
    let accuracies: Vec<f32> = ways.iter().map(|way| way.accuracy).collect();
    let value = Value::fraction(accuracies[0]).tolerance(0.02);
    run.record(
        &format!("batch_{batch}_accuracy"),
        value.over_seeds(&accuracies),
    )?;
    run.record(&format!("batch_{batch}_steps"), Value::count(ways[0].steps))?;
    let mut times: Vec<Duration> = ways.iter().map(|way| way.time).collect();
    times.sort();
    let time = times[times.len() / 2];
    run.note(format!(
        "batch {batch}: {:.2} s for an epoch",
        time.as_secs_f64()
    ));
    run.record(&format!("batch_{batch}_time"), Value::time(time))
}

/// A training in some order: the loss of each step, and the accuracy at the end.
pub(crate) struct Ordered {
    pub(crate) losses: Vec<f32>,
    pub(crate) accuracy: f32,
}

/// Two epochs, in random order or sorted by class.
fn in_order(clothes: &Clothes, sorted: bool, seed: u64) -> Ordered {
    let (batch, lr) = RATES[2];
    let mut net = fresh(seed);
    let mut rng = Rng::new(seed).fork("order");
    let mut losses = Vec::new();
    for _ in 0..2 {
        let order = match sorted {
            true => sorted_by_class(&clothes.training.classes),
            false => rng.permutation(clothes.training.len()),
        };
        let optimizer = &mut plain();
        let training = &clothes.training;
        losses.extend(pass(&mut net, training, &order, batch, optimizer, lr));
    }
    let accuracy = validation_accuracy(&net, &clothes.validation);
    Ordered { losses, accuracy }
}

/// The number in the middle.
fn median(values: &[f32]) -> f32 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    sorted.get(values.len() / 2).copied().unwrap_or(f32::NAN)
}

/// What happens when nobody shuffles.
fn sorted(run: &mut Run, clothes: &Clothes) -> anyhow::Result<()> {
    let mut both = Vec::new();
    run.say("\nTwo epochs of batches of 100, by the order of the pictures:");
    let mut rows = Vec::new();
    for (name, by_class) in [("shuffled", false), ("sorted", true)] {
        let seeds = run.few_seeds();
        let ways = seeds.iter().map(|&seed| in_order(clothes, by_class, seed));
        let ways: Vec<Ordered> = ways.collect();
        run.check_interrupt()?;
        let accuracies: Vec<f32> = ways.iter().map(|way| way.accuracy).collect();
        let loss = median(&ways[0].losses);
        rows.push([
            name.to_owned(),
            format!("{loss:.2}"),
            percent(accuracies[0]),
        ]);
        let accuracy = Value::fraction(accuracies[0]).tolerance(0.03);
        run.record(
            &format!("{name}_accuracy"),
            accuracy.over_seeds(&accuracies),
        )?;
        let loss = Value::number(loss).tolerance(0.15);
        run.record(&format!("{name}_median_loss"), loss)?;
        both.extend(ways.into_iter().next());
    }
    run.table(
        &["order", "median loss of a step", "validation accuracy"],
        rows,
    );
    run.figure("batch_order", figures::batches::order(&both)?)
}

/// The section `batch_rates`: which rate is best for each batch.
pub(crate) fn rates(run: &mut Run) -> anyhow::Result<()> {
    let clothes = load(run)?;
    let seeds = run.few_seeds();
    run.say("Validation loss after one epoch of plain descent, mean over the seeds:");
    let bar = run.progress("rates", RATES.len() * TRIED.len() * seeds.len());
    let mut rows = Vec::new();
    for (batch, _) in RATES {
        let batch = batch.min(clothes.training.len());
        let mut row = vec![thousands(batch)];
        for lr in TRIED {
            let mut sum = 0.0;
            for &seed in &seeds {
                sum += last(&way(&clothes, batch, lr, seed)?);
                bar.step()?;
            }
            row.push(format!("{:.3}", sum / seeds.len() as f32));
        }
        rows.push(row);
    }
    let rates = TRIED.map(|lr| lr.to_string());
    let head: Vec<&str> = std::iter::once("batch")
        .chain(rates.iter().map(String::as_str))
        .collect();
    run.table(&head, rows);
    Ok(())
}
