//! The rules of the section `adaptive` side by side: in a ravine, and on clothes.

use lesson::{Mode, Run, Value, percent};
use nn::optim::{AdaGrad, Adam, AdamW, Optimizer, RmsProp, Sgd};
use tensor::Tensor;

use super::ravine::{DRAWN, Tried, best, draw, mean};
use crate::clothes::Clothes;
use crate::figures;
use crate::race::{accuracy, train};
use crate::ravine::{Place, ravine, steps_to, turn, turned, walk};

/// A way of one rule, in the straight ravine or the turned one.
pub(crate) struct Way {
    pub(crate) name: &'static str,
    pub(crate) turned: bool,
    pub(crate) places: Vec<Place>,
    /// Steps to a thousandth of the height.
    pub(crate) steps: Option<usize>,
}

/// Makes a fresh optimiser.
type Make = fn() -> Optimizer;

/// The rules on the ravine of the page before, along the axes and turned.
pub(super) fn ways(run: &mut Run) -> anyhow::Result<()> {
    let rules: [(&str, Make); 4] = [
        ("momentum", || Optimizer::new(Sgd::momentum(0.5))),
        ("AdaGrad", || Optimizer::new(AdaGrad::default())),
        ("RMSProp", || Optimizer::new(RmsProp::default())),
        ("Adam", || Optimizer::new(Adam::default())),
    ];
    let rates = run.choose(&RATES[5..7], &RATES[..], &RATES[..]);
    let mut ways = Vec::new();
    let mut rows = Vec::new();
    for (name, make) in rules {
        let both = [false, true].map(|turned| best_way(name, make, rates, turned));
        run.check_interrupt()?;
        let cell = |(lr, way): &(f32, Way)| {
            let steps = way.steps.map_or("more".to_owned(), |s| s.to_string());
            [lr.to_string(), steps]
        };
        let cells = both.each_ref().map(cell);
        rows.push([vec![name.to_owned()], cells.concat()].concat());
        for (_, way) in both {
            let place = if way.turned { "turned" } else { "straight" };
            let name = name.to_lowercase();
            let steps = Value::count(way.steps.unwrap_or(MOST));
            run.record(&format!("{name}_steps_{place}"), steps)?;
            ways.push(way);
        }
    }
    run.say(format!(
        "\nSteps to a thousandth of the height, condition number {DRAWN}, each at its \
         best rate:"
    ));
    run.table(&["rule", "rate", "along x", "rate", "turned"], rows);
    ways.sort_by_key(|way| way.turned);
    draw(run, "adaptive_ways", || figures::adaptive::ways(&ways))
}

/// The most steps that are waited for.
const MOST: usize = 500;

/// The rates that each rule is tried at.
const RATES: [f32; 9] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0];

/// The way with the best of these rates: the one that needs the fewest steps.
fn best_way(
    name: &'static str,
    make: Make,
    rates: &[f32],
    is_turned: bool,
) -> (f32, Way) {
    let surface = |at: &Tensor| match is_turned {
        true => turned(at, DRAWN),
        false => ravine(at, DRAWN),
    };
    let start = [-10.0, 2.0];
    let start = if is_turned { turn(start) } else { start };
    let count = |lr: f32| steps_to(surface, start, make(), lr, 1e-3, MOST);
    let key = |lr: &f32| count(*lr).unwrap_or(MOST + 1);
    let lr = rates.iter().copied().min_by_key(key).unwrap_or(0.1);
    let places = walk(surface, start, make(), lr, 60);
    let steps = count(lr);
    let turned = is_turned;
    (
        lr,
        Way {
            name,
            turned,
            places,
            steps,
        },
    )
}

/// A rule of the race: its name, a maker, the rates tried.
pub(crate) type Racer = (&'static str, Make, [f32; 4]);

/// Six rules on clothes, each at a few rates.
pub(super) fn grid(run: &mut Run, clothes: &Clothes) -> anyhow::Result<()> {
    let small = [0.001, 0.003, 0.01, 0.03];
    let racers: [Racer; 6] = [
        (
            "plain",
            || Optimizer::new(Sgd::default()),
            [0.03, 0.1, 0.3, 1.0],
        ),
        (
            "momentum",
            || Optimizer::new(Sgd::momentum(0.9)),
            [0.003, 0.01, 0.03, 0.1],
        ),
        (
            "AdaGrad",
            || Optimizer::new(AdaGrad::default()),
            [0.003, 0.01, 0.03, 0.1],
        ),
        (
            "RMSProp",
            || Optimizer::new(RmsProp::default()),
            [0.0003, 0.001, 0.003, 0.01],
        ),
        ("Adam", || Optimizer::new(Adam::default()), small),
        ("AdamW", || Optimizer::new(AdamW::default()), small),
    ];
    let seeds = run.few_seeds();
    let bar = run.progress("rules and rates", racers.len() * 4 * seeds.len());
    let mut all: Vec<(&str, Vec<Tried>)> = Vec::new();
    for (name, make, rates) in racers {
        let rates = match run.mode() {
            Mode::Quick => &rates[1..2],
            _ => &rates[..],
        };
        let mut tried = Vec::new();
        for &lr in rates {
            let mut accuracies = Vec::new();
            for &seed in &seeds {
                accuracies.push(accuracy(train(clothes, make(), lr, 3, seed)));
                bar.step()?;
            }
            tried.push((lr, accuracies));
        }
        all.push((name, tried));
    }
    say_grid(run, &all)?;
    run.figure("rule_rates", figures::adaptive::grid(&all)?)
}

/// Prints and records the best of each rule.
fn say_grid(run: &mut Run, all: &[(&str, Vec<Tried>)]) -> anyhow::Result<()> {
    run.say(
        "\nClothes, 3 epochs over 4,000 pictures, three seeds, each at its best rate:",
    );
    let mut rows = Vec::new();
    for (name, tried) in all {
        let (lr, accuracies) = best(tried);
        let low = accuracies.iter().copied().fold(f32::INFINITY, f32::min);
        let high = accuracies.iter().copied().fold(0.0, f32::max);
        rows.push([
            (*name).to_owned(),
            lr.to_string(),
            percent(mean(accuracies)),
            format!("{} to {}", percent(low), percent(high)),
        ]);
        let value = Value::fraction(accuracies[0]).tolerance(0.02);
        let name = name.to_lowercase();
        run.record(
            &format!("race_{name}_accuracy"),
            value.over_seeds(accuracies),
        )?;
        run.record(&format!("race_{name}_rate"), Value::number(lr))?;
    }
    run.table(&["rule", "rate", "mean accuracy", "seeds"], rows);
    Ok(())
}
