//! The section `dual`: forward mode with dual numbers.

use std::hint::black_box;
use std::time::Instant;

use lesson::{Run, Value, thousands};
use tensor::Rng;

use crate::dual::{Dual, Number, along, gradient};
use crate::figures;
use crate::forward_or_reverse::{Operations, TanhNet, arm, operations};
use crate::scalar::Scalar;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    exact(run)?;
    curl(run)?;
    let net = net_both_ways(run)?;
    count(run, net)
}

/// x² / (1 + e^−x): something that has no slope in a table.
fn bent<T: Number>(x: T) -> T {
    let one = || T::from(1.0);
    let logistic = one() / (one() + (T::from(0.0) - x.clone()).exp());
    x.clone() * x * logistic
}

/// Its slope, by rule: 2xσ + x²σ(1 − σ).
fn bent_slope(x: f64) -> f64 {
    let logistic = 1.0 / (1.0 + libm::exp(-x));
    2.0 * x * logistic + x * x * logistic * (1.0 - logistic)
}

/// A slope by dual numbers and by central differences, against the rule.
fn exact(run: &mut Run) -> anyhow::Result<()> {
    let x = 1.5;
    let truth = bent_slope(x);
    let error = |slope: f64| (slope / truth - 1.0).abs();
    let central = |h: f64| error((bent(x + h) - bent(x - h)) / (2.0 * h));
    let dual = error(bent(Dual::variable(x)).slope);
    let exponents = [1, 3, 5, 7, 9, 11];
    let errors = exponents.map(|e| central(libm::pow(10.0, -f64::from(e))));
    run.say("The slope of x² / (1 + e^−x) at 1.5, relative error:");
    let mut rows: Vec<[String; 2]> = exponents
        .iter()
        .zip(errors)
        .map(|(e, error)| [format!("central, h = 1e-{e}"), format!("{error:.0e}")])
        .collect();
    let said = if dual < 1e-15 {
        "below 1e-15".into()
    } else {
        format!("{dual:.0e}")
    };
    rows.push(["dual numbers, no h".into(), said]);
    run.table(&["way", "error"], rows);
    let best = errors.iter().copied().fold(f64::INFINITY, f64::min);
    run.record("dual_error", Value::number(dual).tolerance(1e-15))?;
    run.record("central_error_best", Value::number(best).tolerance(1e-10))
}

/// An arm that is being curled: one input, many outputs, one pass.
fn curl(run: &mut Run) -> anyhow::Result<()> {
    let links = 24;
    // Half a circle in all.
    let u = (std::f64::consts::PI / links as f64 / 2.0).tan();
    let moving = arm(Dual::<f64>::variable(u), links);
    let poses = [0.25, 0.5, 1.5, 2.0].map(|factor| arm(factor * u, links));
    let outputs = 2 * links;
    run.say(format!(
        "\nAn arm of {links} links: {outputs} slopes by one input, in one forward pass."
    ));
    let tip = &moving[links - 1];
    let h = 1e-6;
    let (up, down) = (arm(u + h, links), arm(u - h, links));
    let measured =
        |axis: usize| (up[links - 1][axis] - down[links - 1][axis]) / (2.0 * h);
    let error = [0, 1].map(|axis| (tip[axis].slope - measured(axis)).abs());
    run.record("arm_outputs", Value::count(outputs))?;
    let value = Value::number(error[0].max(error[1])).tolerance(1e-6);
    run.record("arm_error", value)?;
    run.figure("dual_arm", figures::dual::arm(&moving, &poses)?)
}

/// The example that the net is asked about.
const EXAMPLE: ([f64; 2], f64) = ([0.5, -1.0], 1.0);

/// Normal parameters for a net, with deviation 1/2.
fn parameters(net: TanhNet, seed: u64) -> Vec<f64> {
    let mut rng = Rng::new(seed).fork("dual");
    let normal = || 0.5 * f64::from(rng.normal());
    std::iter::repeat_with(normal)
        .take(net.parameter_count())
        .collect()
}

/// All slopes of a net in one mode, and the seconds that they took.
type Timed = (Vec<f64>, f64);

/// The gradient by one forward pass for each parameter.
fn by_forward_passes(net: TanhNet, w: &[f64]) -> Timed {
    let (x, target) = EXAMPLE;
    let start = Instant::now();
    let slopes = black_box(gradient(|w| net.loss(w, x, target), w));
    (slopes, start.elapsed().as_secs_f64())
}

/// The gradient by one walk back over the graph of scalars.
fn by_a_walk_back(net: TanhNet, w: &[f64]) -> Timed {
    let (x, target) = EXAMPLE;
    let start = Instant::now();
    let leaves: Vec<Scalar> = w.iter().map(|&w| w.into()).collect();
    net.loss(&leaves, x, target).backward();
    let slopes = leaves.iter().map(Scalar::gradient).collect();
    (black_box(slopes), start.elapsed().as_secs_f64())
}

/// The gradient of a net in both modes: the same numbers, at another price.
fn net_both_ways(run: &mut Run) -> anyhow::Result<TanhNet> {
    let net = TanhNet { hidden: 16 };
    let (x, target) = EXAMPLE;
    let w = parameters(net, run.seed());
    let (forward, _) = by_forward_passes(net, &w);
    let (reverse, _) = by_a_walk_back(net, &w);
    let pairs = forward.iter().zip(&reverse);
    let apart = pairs.map(|(f, r)| (f - r).abs()).fold(0.0, f64::max);
    let direction = parameters(net, run.seed() + 100);
    let one_pass = along(|w| net.loss(w, x, target), &w, &direction).slope;
    let products = reverse.iter().zip(&direction).map(|(g, d)| g * d);
    let by_gradient: f64 = products.sum();
    let count = w.len();
    run.say(format!(
        "\nA net with {count} parameters: the slopes of {count} forward passes\nand of one walk back are at most {} apart.",
        if apart < 1e-15 { "1e-15" } else { "1e-12" }
    ));
    run.say(format!(
        "Its slope along one direction: {one_pass:.6} in one forward pass,\n{by_gradient:.6} as gradient times direction."
    ));
    run.record(
        "dual_against_reverse",
        Value::number(apart).tolerance(1e-12),
    )?;
    run.record("dual_net_parameters", Value::count(count))?;
    time(run, "dual_net_time_factor", net)?;
    let large = TanhNet { hidden: 64 };
    run.record(
        "dual_large_parameters",
        Value::count(large.parameter_count()),
    )?;
    if run.choose(false, true, true) {
        time(run, "dual_large_time_factor", large)?;
    }
    Ok(net)
}

/// How many times as long forward mode takes as reverse mode: the shortest of five runs.
fn time(run: &mut Run, name: &str, net: TanhNet) -> anyhow::Result<()> {
    let w = parameters(net, run.seed());
    let shortest = |way: fn(TanhNet, &[f64]) -> Timed| {
        let seconds = (0..5).map(|_| way(net, &w).1);
        seconds.fold(f64::INFINITY, f64::min)
    };
    let (forward, reverse) = (shortest(by_forward_passes), shortest(by_a_walk_back));
    run.note(format!(
        "All slopes by {} parameters: {:.2} ms forward, {:.2} ms reverse.",
        w.len(),
        1e3 * forward,
        1e3 * reverse
    ));
    run.record(name, Value::number(forward / reverse).never_compared())
}

/// The operations of all slopes of a net of this size.
fn of_net(net: TanhNet, seed: u64) -> Operations {
    let (x, target) = EXAMPLE;
    operations(
        |w| vec![net.loss(w, x, target)],
        |w| vec![net.loss(w, x, target)],
        &parameters(net, seed),
    )
}

/// The operations of all slopes of an arm of so many links.
fn of_arm(links: usize) -> Operations {
    operations(
        |u| arm(u[0].clone(), links).into_iter().flatten().collect(),
        |u| arm(u[0].clone(), links).into_iter().flatten().collect(),
        &[0.1],
    )
}

/// What both modes cost, by the number of inputs and by the number of outputs.
fn count(run: &mut Run, net: TanhNet) -> anyhow::Result<()> {
    let hidden = [1, 2, 4, 8, 16, 32];
    let nets: Vec<(usize, Operations)> = hidden[..run.choose(5, 6, 6)]
        .iter()
        .map(|&hidden| TanhNet { hidden })
        .map(|net| (net.parameter_count(), of_net(net, run.seed())))
        .collect();
    let links = [1, 4, 16, 64, 256];
    let arms: Vec<(usize, Operations)> = links[..run.choose(3, 5, 5)]
        .iter()
        .map(|&links| (2 * links, of_arm(links)))
        .collect();
    for (what, rows) in [("inputs", &nets), ("outputs", &arms)] {
        run.say(format!(
            "\nOperations for all slopes, many {what} and one of the other:"
        ));
        run.table(
            &[what, "values alone", "forward mode", "reverse mode"],
            rows.iter().map(|(n, operations)| {
                let Operations {
                    values,
                    forward,
                    reverse,
                } = *operations;
                [*n, values, forward, reverse].map(thousands)
            }),
        );
    }
    let of_this_net = of_net(net, run.seed());
    let of_this_arm = of_arm(24);
    let share = |a: usize, b: usize| Value::number(a as f64 / b as f64).tolerance(0.1);
    let Operations {
        values,
        forward,
        reverse,
    } = of_this_net;
    run.record("dual_net_factor", share(forward, reverse))?;
    run.record("reverse_over_values", share(reverse, values))?;
    run.record(
        "dual_pass_over_values",
        share(forward / net.parameter_count(), values),
    )?;
    let arm = share(of_this_arm.reverse, of_this_arm.forward);
    run.record("dual_arm_factor", arm)?;
    run.figure("dual_operations", figures::dual::operations(&nets, &arms)?)
}
