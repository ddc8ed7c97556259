//! The section `ravine`: momentum and Nesterov's look ahead in a ravine.

use lesson::{Mode, Run, Value, percent};
use nn::optim::{Optimizer, Sgd};
use tensor::Tensor;

use crate::clothes::Clothes;
use crate::figures;
use crate::race::{accuracy, fewer, train};
use crate::ravine::{
    Place, best_momentum, best_nesterov, best_plain, height, ravine, rosenbrock,
    steps_to, walk,
};

/// The condition number of the ravine that is drawn.
pub(crate) const DRAWN: f32 = 30.0;

/// Where its ways begin.
const START: Place = [-10.0, 1.0];

/// The condition numbers that are compared.
const KAPPAS: [f32; 7] = [1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0];

/// Down to a millionth of the height at the start.
const SHARE: f32 = 1e-6;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    velocity(run)?;
    ways(run)?;
    conditions(run)?;
    momenta(run)?;
    bent(run)?;
    on_clothes(run)
}

/// How the velocity builds up under a slope that stays the same.
fn velocity(run: &mut Run) -> anyhow::Result<()> {
    let slope = |at: &Tensor| (at * Tensor::from([-1.0, 0.0])).sum();
    let steps = 100;
    let build_up = |mu: f32| -> Vec<f32> {
        let optimizer = Optimizer::new(Sgd::momentum(mu));
        let way = walk(slope, [0.0, 0.0], optimizer, 1.0, steps);
        way.windows(2).map(|pair| pair[1][0] - pair[0][0]).collect()
    };
    let momenta = [0.0, 0.5, 0.9, 0.99];
    let lengths = momenta.map(|mu| (mu, build_up(mu)));
    run.say("On an even slope of 1, the length of a step in learning rates:");
    run.table(
        &["momentum", "step 1", "step 2", "step 10", "step 100"],
        lengths.each_ref().map(|(mu, lengths)| {
            let at = [0, 1, 9, 99].map(|step| format!("{:.2}", lengths[step]));
            [vec![mu.to_string()], at.into()].concat()
        }),
    );
    run.record(
        "velocity_after_10",
        Value::number(lengths[2].1[9]).tolerance(1e-3),
    )?;
    run.record(
        "velocity_after_100",
        Value::number(lengths[2].1[99]).tolerance(1e-3),
    )?;
    run.figure("velocity", figures::ravine::velocity(&lengths)?)
}

/// A way of one method.
pub(crate) struct Way {
    pub(crate) name: String,
    pub(crate) places: Vec<Place>,
}

/// Ways of three methods at their best, and of one with too much momentum.
fn ways(run: &mut Run) -> anyhow::Result<()> {
    let surface = |at: &Tensor| ravine(at, DRAWN);
    let (lr, mu) = best_momentum(DRAWN);
    let (ahead_lr, ahead_mu) = best_nesterov(DRAWN);
    let methods = [
        ("plain", best_plain(DRAWN), Sgd::default()),
        ("momentum", lr, Sgd::momentum(mu)),
        ("Nesterov", ahead_lr, Sgd::nesterov(ahead_mu)),
        ("too much momentum", lr, Sgd::momentum(0.95)),
    ];
    let steps = 30;
    run.say(format!(
        "\nA ravine {DRAWN} times as steep across as along, {steps} steps from (-10, 1):"
    ));
    let mut rows = Vec::new();
    let mut drawn = Vec::new();
    for (name, lr, rule) in methods {
        let places = walk(surface, START, Optimizer::new(rule), lr, steps);
        let end = height(surface, places[steps]);
        rows.push([
            name.to_owned(),
            format!("{lr:.3}"),
            format!("{:.2}", rule.momentum),
            format!("{end:.0e}"),
        ]);
        let name = name.to_owned();
        drawn.push(Way { name, places });
    }
    run.table(&["method", "rate", "momentum", "height at the end"], rows);
    draw(run, "ravine_ways", || figures::ravine::ways(&drawn))
}

/// Keeps a figure with contour lines, which a quick run has no time to find.
pub(super) fn draw(
    run: &mut Run,
    name: &str,
    figure: impl FnOnce() -> Result<plots::Figure, plots::Error>,
) -> anyhow::Result<()> {
    match run.mode() {
        Mode::Quick => Ok(()),
        _ => run.figure(name, figure()?),
    }
}

/// Steps until the bottom, by the condition number.
fn conditions(run: &mut Run) -> anyhow::Result<()> {
    let most = run.choose(600, 4000, 4000);
    let kappas = &KAPPAS[..run.choose(5, 7, 7)];
    let count = |kappa: f32, lr: f32, rule: Sgd| {
        // Half of the height is owed to each of the two directions.
        let start = [kappa.sqrt(), 1.0];
        let surface = |at: &Tensor| ravine(at, kappa);
        steps_to(surface, start, Optimizer::new(rule), lr, SHARE, most)
    };
    let mut steps: Vec<(f32, [Option<usize>; 3])> = Vec::new();
    for &kappa in kappas {
        let (lr, mu) = best_momentum(kappa);
        let (ahead_lr, ahead_mu) = best_nesterov(kappa);
        let of = [
            count(kappa, best_plain(kappa), Sgd::default()),
            count(kappa, lr, Sgd::momentum(mu)),
            count(kappa, ahead_lr, Sgd::nesterov(ahead_mu)),
        ];
        steps.push((kappa, of));
        run.check_interrupt()?;
    }
    run.say("\nSteps to a millionth of the height, each method at its best:");
    let shown = |steps: Option<usize>| steps.map_or("more".into(), |s| s.to_string());
    run.table(
        &["condition number", "plain", "momentum", "Nesterov"],
        steps.iter().map(|(kappa, of)| {
            [vec![kappa.to_string()], of.map(shown).into()].concat()
        }),
    );
    let names = ["plain", "momentum", "nesterov"];
    for (kappa, label) in [(100.0, "100"), (1000.0, "1000")] {
        let Some((_, of)) = steps.iter().find(|(k, _)| *k == kappa) else {
            continue;
        };
        for (name, steps) in names.iter().zip(of) {
            let name = format!("{name}_steps_{label}");
            run.record(&name, Value::count(steps.unwrap_or(most)))?;
        }
    }
    run.figure("ravine_steps", figures::ravine::steps(&steps)?)
}

/// Steps until the bottom, by the momentum, at one rate.
fn momenta(run: &mut Run) -> anyhow::Result<()> {
    const KAPPA: f32 = 100.0;
    const LR: f32 = 0.01;
    const MOST: usize = 2000;
    let all = [
        0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99,
    ];
    let tried = run.choose(vec![0.0, 0.8, 0.99], all.to_vec(), all.to_vec());
    let count = |rule: Sgd| {
        let surface = |at: &Tensor| ravine(at, KAPPA);
        let optimizer = Optimizer::new(rule);
        steps_to(surface, [10.0, 1.0], optimizer, LR, SHARE, MOST).unwrap_or(MOST)
    };
    let steps: Vec<(f32, [usize; 2])> = tried
        .into_iter()
        .map(|mu| (mu, [count(Sgd::momentum(mu)), count(Sgd::nesterov(mu))]))
        .collect();
    run.say(format!(
        "\nCondition number {KAPPA}, rate {LR}: steps to a millionth, by momentum:"
    ));
    run.table(
        &["momentum", "Polyak", "Nesterov"],
        steps.iter().map(|(mu, [polyak, nesterov])| {
            [mu.to_string(), polyak.to_string(), nesterov.to_string()]
        }),
    );
    let of = |mu: f32| steps.iter().find(|(m, _)| *m == mu).map(|(_, s)| s[0]);
    for (mu, name) in [(0.0, "none"), (0.8, "good"), (0.99, "much")] {
        let steps = of(mu).unwrap_or_default();
        run.record(&format!("momentum_{name}_steps"), Value::count(steps))?;
    }
    run.figure("ravine_momenta", figures::ravine::momenta(&steps)?)
}

/// Along Rosenbrock's bent ravine.
fn bent(run: &mut Run) -> anyhow::Result<()> {
    const LR: f32 = 0.001;
    let steps = 500;
    run.say(format!(
        "\nRosenbrock's ravine from (-1.2, 1), rate {LR}; height after {steps} steps:"
    ));
    let methods = [
        ("plain", "plain", Sgd::default()),
        ("momentum", "momentum", Sgd::momentum(0.9)),
        ("nesterov", "Nesterov", Sgd::nesterov(0.9)),
    ];
    let mut rows = Vec::new();
    let mut drawn = Vec::new();
    for (name, title, rule) in methods {
        let places = walk(rosenbrock, [-1.2, 1.0], Optimizer::new(rule), LR, steps);
        let end = height(rosenbrock, places[steps]);
        rows.push([title.to_owned(), format!("{end:.5}")]);
        let value = Value::number(end).tolerance(0.02 * end);
        run.record(&format!("rosenbrock_{name}"), value)?;
        let name = title.to_owned();
        drawn.push(Way { name, places });
    }
    run.table(&["method", "height"], rows);
    draw(run, "rosenbrock", || figures::ravine::bent(&drawn))
}

/// What one rate came to: the accuracy for each seed.
pub(crate) type Tried = (f32, Vec<f32>);

/// Plain descent and both kinds of momentum on clothes, by the rate.
fn on_clothes(run: &mut Run) -> anyhow::Result<()> {
    let pictures = run.choose(300, 4000, 4000);
    let clothes = fewer(&Clothes::load()?, pictures);
    let seeds = run.few_seeds();
    let small = [0.003, 0.01, 0.03, 0.1, 0.3];
    let methods = [
        ("plain", Sgd::default(), [0.01, 0.03, 0.1, 0.3, 1.0]),
        ("momentum", Sgd::momentum(0.9), small),
        ("Nesterov", Sgd::nesterov(0.9), small),
    ];
    let bar = run.progress("momentum on clothes", 15 * seeds.len());
    let mut all: Vec<Vec<Tried>> = Vec::new();
    for (_, rule, rates) in methods {
        let rates = match run.mode() {
            Mode::Quick => &rates[2..3],
            _ => &rates[..],
        };
        let mut tried = Vec::new();
        for &lr in rates {
            let mut accuracies = Vec::new();
            for &seed in &seeds {
                let history = train(&clothes, Optimizer::new(rule), lr, 3, seed);
                accuracies.push(accuracy(history));
                bar.step()?;
            }
            tried.push((lr, accuracies));
        }
        all.push(tried);
    }
    run.say("\nClothes, 3 epochs, the best rate of each on the validation pictures:");
    let mut rows = Vec::new();
    for ((name, _, _), tried) in methods.iter().zip(&all) {
        let (lr, accuracies) = best(tried);
        rows.push([
            (*name).to_owned(),
            lr.to_string(),
            percent(mean(accuracies)),
        ]);
        let value = Value::fraction(accuracies[0]).tolerance(0.02);
        let value = value.over_seeds(accuracies);
        run.record(&format!("clothes_{}_accuracy", name.to_lowercase()), value)?;
    }
    run.table(&["method", "rate", "validation accuracy"], rows);
    run.figure("momentum_clothes", figures::ravine::clothes(&all)?)
}

/// The rate with the best mean.
pub(crate) fn best(tried: &[Tried]) -> (f32, &[f32]) {
    let best = tried
        .iter()
        .max_by(|(_, a), (_, b)| mean(a).total_cmp(&mean(b)));
    best.map_or((f32::NAN, &[]), |(lr, accuracies)| (*lr, accuracies))
}

/// The mean of some numbers.
pub(crate) fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len() as f32
}
