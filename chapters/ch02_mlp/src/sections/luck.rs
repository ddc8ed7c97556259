//! The section `luck`: random search and hill climbing on real data.

use anyhow::Result;
use lesson::{Run, Value, percent, thousands};
use nn::data::Labelled;
use nn::metrics::accuracy;
use tensor::Rng;

use crate::activation::Activation;
use crate::figures;
use crate::loss::cross_entropy;
use crate::luck::{Climb, Found, hill_climb, random_search};
use crate::mlp::Mlp;
use crate::tables::{Parts, breast_cancer, wine};

/// Hidden units among which the validation rows choose.
const WIDTHS: [usize; 4] = [2, 4, 8, 16];

/// Splits of each table, a seed each; every search is run on all of them.
const SPLITS: usize = 5;

/// The two ways to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Random,
    Climbing,
}

impl Way {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Way::Random => "random search",
            Way::Climbing => "hill climbing",
        }
    }
}

/// What a search came to on one split.
pub(crate) struct Searched {
    hidden: usize,
    pub(crate) found: Found,
    /// The validation loss at each of the improvements.
    pub(crate) validation: Vec<f32>,
    /// The share of the test rows that the net gets right.
    test: f32,
    parameters: usize,
}

/// One way on all splits of one table, and how many tries it had on each.
pub(crate) struct Searches {
    pub(crate) way: Way,
    pub(crate) tries: usize,
    pub(crate) splits: Vec<Searched>,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> Result<()> {
    draws(run)?;
    let wine = both_ways(run, "wine", "", wine)?;
    let cancer = both_ways(run, "breast cancer", "_cancer", breast_cancer)?;
    overfitting(run, &cancer[1])?;
    let panels = [("wine", wine), ("breast cancer", cancer)];
    run.figure("luck_curves", figures::luck::curves(&panels)?)
}

/// A net with one hidden layer for a table, one that has learnt nothing.
fn fresh(parts: &Parts, hidden: usize, rng: &mut Rng) -> Mlp {
    let sizes = [parts.training.x.shape()[1], hidden, parts.names.len()];
    Mlp::new(&sizes, Activation::Relu, rng)
}

fn loss_on(net: &Mlp, rows: &Labelled) -> f32 {
    cross_entropy(&net.forward(&rows.x), &rows.classes)
}

fn right_on(net: &Mlp, rows: &Labelled) -> f32 {
    accuracy(&net.forward(&rows.x), &rows.classes)
}

/// How good a net is that was drawn at random, many times.
fn draws(run: &mut Run) -> Result<()> {
    let mut rng = Rng::new(run.seed()).fork("draws");
    let parts = wine(&mut rng)?;
    let count = run.choose(200, 2000, 2000);
    let right: Vec<f32> = (0..count)
        .map(|_| right_on(&fresh(&parts, 4, &mut rng), &parts.training))
        .collect();
    let mean = right.iter().sum::<f32>() / count as f32;
    let best = right.iter().copied().fold(0.0, f32::max);
    let of_second = parts.training.classes.iter().filter(|class| **class == 1);
    let commonest = of_second.count() as f32 / parts.training.len() as f32;
    run.say(format!(
        "{} random nets on wine: {} right on average, {} the best of them.",
        thousands(count),
        percent(mean),
        percent(best)
    ));
    run.say(format!(
        "Always the commonest cultivar: {} right.",
        percent(commonest)
    ));
    run.record("draws", Value::count(count))?;
    run.record("draw_accuracy", Value::fraction(mean).tolerance(0.01))?;
    run.record("best_draw_accuracy", Value::fraction(best).tolerance(0.1))?;
    run.record("wine_commonest", Value::fraction(commonest))?;
    run.figure("luck_draws", figures::luck::draws(&right, commonest)?)
}

/// Both ways on all splits of a table.
fn both_ways(
    run: &mut Run,
    title: &str,
    name: &str,
    table: fn(&mut Rng) -> Result<Parts>,
) -> Result<[Searches; 2]> {
    let seeds = run.seeds::<SPLITS>();
    let first = table(&mut Rng::new(seeds[0]).fork("parts"))?;
    let [training, validation, test] =
        [&first.training, &first.validation, &first.test].map(Labelled::len);
    run.say(format!(
        "\n{title}: five splits, {training} rows to learn from, {validation} to choose by, {test} \
         for the test:"
    ));
    let mut both = Vec::new();
    for way in [Way::Random, Way::Climbing] {
        let tries = run.choose(100, 2000, 2000);
        let bar = run.progress(&format!("{title}, {}", way.name()), SPLITS);
        let mut splits = Vec::new();
        for seed in seeds {
            let parts = table(&mut Rng::new(seed).fork("parts"))?;
            splits.push(choose_and_search(&parts, way, tries, seed));
            bar.step()?;
        }
        both.push(Searches { way, tries, splits });
    }
    let rows = both.iter().map(row);
    run.table(
        &[
            "way",
            "tries",
            "hidden units",
            "parameters",
            "training loss",
            "test right",
        ],
        rows,
    );
    for searches in &both {
        let right: Vec<f32> = searches.splits.iter().map(|split| split.test).collect();
        let name = match searches.way {
            Way::Random => format!("random_search{name}_accuracy"),
            Way::Climbing => format!("hill_climbing{name}_accuracy"),
        };
        run.record(&name, Value::over_splits(&right).unit("fraction"))?;
    }
    Ok(both
        .try_into()
        .unwrap_or_else(|_| unreachable!("there are two ways")))
}

/// A line of the table: the range over the splits where they differ.
fn row(searches: &Searches) -> [String; 6] {
    let range = |of: &dyn Fn(&Searched) -> f32, show: &dyn Fn(f32) -> String| {
        let mut all: Vec<f32> = searches.splits.iter().map(of).collect();
        all.sort_by(f32::total_cmp);
        let [low, high] = [all[0], all[all.len() - 1]].map(show);
        if low == high {
            low
        } else {
            format!("{low} to {high}")
        }
    };
    [
        searches.way.name().to_string(),
        thousands(searches.tries),
        range(&|split| split.hidden as f32, &|x| x.to_string()),
        range(&|split| split.parameters as f32, &|x| x.to_string()),
        range(&|split| split.found.loss, &|x| format!("{x:.3}")),
        range(&|split| split.test, &|x| percent(x)),
    ]
}

/// A short search for each width, of which the validation rows choose one; then the long
/// search; then, once, the test rows.
fn choose_and_search(parts: &Parts, way: Way, tries: usize, seed: u64) -> Searched {
    let tried = WIDTHS.map(|hidden| {
        let (_, validation) = search(parts, way, hidden, tries / 6, seed);
        (validation[validation.len() - 1], hidden)
    });
    let chosen = tried.into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
    let (_, hidden) = chosen.expect("there are widths");
    let (found, validation) = search(parts, way, hidden, tries, seed);
    let mut net = fresh(parts, hidden, &mut Rng::new(seed));
    net.set_parameters(&found.parameters);
    Searched {
        hidden,
        found,
        validation,
        test: right_on(&net, &parts.test),
        parameters: net.parameter_count(),
    }
}

/// What a search finds on the training rows, and the validation loss at each improvement.
fn search(
    parts: &Parts,
    way: Way,
    hidden: usize,
    tries: usize,
    seed: u64,
) -> (Found, Vec<f32>) {
    let rng = Rng::new(seed).fork(way.name());
    let (mut weights, mut steps) = (rng.fork("weights"), rng.fork("steps"));
    let start = fresh(parts, hidden, &mut weights);
    let mut trial = start.clone();
    let (mut lowest, mut validation) = (f32::INFINITY, Vec::new());
    let loss = |parameters: &[f32]| {
        trial.set_parameters(parameters);
        let loss = loss_on(&trial, &parts.training);
        // Looked at, not used: the search sees the training loss alone.
        if loss < lowest {
            lowest = loss;
            validation.push(loss_on(&trial, &parts.validation));
        }
        loss
    };
    let found = match way {
        Way::Random => {
            let draw = || fresh(parts, hidden, &mut weights).parameters();
            random_search(tries, draw, loss)
        }
        Way::Climbing => {
            hill_climb(start.parameters(), Climb::tries(tries), &mut steps, loss)
        }
    };
    (found, validation)
}

/// The loss on training and on validation rows after `tries` tries, as (mean, lowest,
/// highest) over the splits.
pub(crate) struct Watched {
    pub(crate) tries: usize,
    pub(crate) training: [f32; 3],
    pub(crate) validation: [f32; 3],
}

/// What the climb on the tumours holds on the way, on rows that it sees and on others.
fn overfitting(run: &mut Run, climbs: &Searches) -> Result<()> {
    let stops = (0..).map(|i| 10.0_f32.powf(i as f32 / 8.0).round() as usize);
    let mut stops: Vec<usize> = stops.take_while(|stop| *stop < climbs.tries).collect();
    stops.push(climbs.tries);
    stops.dedup();
    let curve: Vec<Watched> =
        stops.into_iter().map(|stop| watch(climbs, stop)).collect();
    let by_mean =
        |a: &&Watched, b: &&Watched| a.validation[0].total_cmp(&b.validation[0]);
    let lowest = curve.iter().min_by(by_mean).expect("there are stops");
    let last = &curve[curve.len() - 1];
    run.say(format!(
        "\nBreast cancer, hill climbing, mean of the splits:\nvalidation loss {:.3} after {} \
         tries, {:.3} after {}.",
        lowest.validation[0],
        thousands(lowest.tries),
        last.validation[0],
        thousands(last.tries)
    ));
    let nats =
        |x: f32, tolerance: f32| Value::number(x).tolerance(tolerance).unit("nats");
    run.record("overfit_lowest", nats(lowest.validation[0], 0.05))?;
    run.record("overfit_last", nats(last.validation[0], 0.3))?;
    run.record("overfit_training", nats(last.training[0], 0.02))?;
    run.figure("luck_overfit", figures::luck::overfit(&curve)?)
}

/// What the climbs hold after so many tries.
fn watch(climbs: &Searches, tries: usize) -> Watched {
    let mut losses = [Vec::new(), Vec::new()];
    for split in &climbs.splits {
        let reached = split
            .found
            .improvements
            .iter()
            .rposition(|(at, _)| *at <= tries);
        let at = reached.expect("the first try beats none before it");
        losses[0].push(split.found.improvements[at].1);
        losses[1].push(split.validation[at]);
    }
    let [training, validation] = losses.map(|losses| {
        let mean = losses.iter().sum::<f32>() / losses.len() as f32;
        let low = losses.iter().copied().fold(f32::INFINITY, f32::min);
        [mean, low, losses.iter().copied().fold(0.0, f32::max)]
    });
    Watched {
        tries,
        training,
        validation,
    }
}
