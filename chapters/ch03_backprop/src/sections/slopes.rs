//! The section `slopes`: derivatives by limits and by rule.

use lesson::{Run, Value};

use crate::figures;
use crate::slope::{
    RULES, central_difference, central_difference_f64, forward_difference,
    relative_error,
};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    shrinking(run);
    errors(run)?;
    rules(run)
}

/// e^x at 1, where the slope is e, with steps that shrink.
fn shrinking(run: &mut Run) {
    run.say("The slope of e^x at 1 is 2.718282. Measured in f32:");
    let row = |power: i32| {
        let h = 10.0_f32.powi(-power);
        let f = libm::expf;
        let slopes = [forward_difference(f, 1.0, h), central_difference(f, 1.0, h)];
        let [forward, central] = slopes.map(|slope| format!("{slope:.6}"));
        [format!("1e-{power}"), forward, central]
    };
    run.table(&["h", "forward", "central"], (0..=8).map(row));
}

/// The places at which slopes of e^x are measured: in them the rounding differs, as a
/// lucky one could hide it.
fn places(count: usize) -> Vec<f32> {
    (0..count).map(|i| i as f32 / count as f32).collect()
}

/// Steps from 1e-`decades` up to 1, `per_decade` for each factor of ten.
fn steps(decades: usize, per_decade: usize) -> Vec<f64> {
    let power = |i: usize| -(i as f64) / per_decade as f64;
    (0..=decades * per_decade)
        .rev()
        .map(|i| libm::pow(10.0, power(i)))
        .collect()
}

/// The step of a curve's least error, and that error.
fn lowest(curve: &[(f64, f64)]) -> (f64, f64) {
    let by_error = |a: &&(f64, f64), b: &&(f64, f64)| a.1.total_cmp(&b.1);
    *curve.iter().min_by(by_error).expect("a curve has points")
}

/// A way to measure the slope of a function, at a place, with a step.
type Difference = fn(fn(f32) -> f32, f32, f32) -> f32;

/// The error of both differences against the step.
fn errors(run: &mut Run) -> anyhow::Result<()> {
    let places = places(run.choose(100, 1000, 1000));
    let error = |slope: &dyn Fn(f32) -> f64| {
        let pair = |&x: &f32| (slope(x), libm::exp(f64::from(x)));
        relative_error(&places.iter().map(pair).collect::<Vec<_>>())
    };
    let single =
        |by: Difference, h: f64| error(&|x| f64::from(by(libm::expf, x, h as f32)));
    let curve = |of: &dyn Fn(f64) -> f64, decades: usize| -> Vec<(f64, f64)> {
        let steps = steps(decades, 10);
        steps.iter().map(|&h| (h, of(h))).collect()
    };
    let forward = curve(&|h| single(forward_difference, h), 8);
    let central = curve(&|h| single(central_difference, h), 8);
    let double = |h| error(&|x| central_difference_f64(libm::exp, f64::from(x), h));
    let double = curve(&double, 8);
    run.say("\nThe step that errs least on average, over many places:");
    let names = ["forward, f32", "central, f32", "central, f64"];
    let lows = [&forward, &central, &double].map(|curve| lowest(curve));
    run.table(
        &["difference", "best h", "relative error"],
        names.iter().zip(lows).map(|(name, (h, e))| {
            [name.to_string(), format!("{h:.1e}"), format!("{e:.1e}")]
        }),
    );
    let kinds = ["forward", "central", "double"];
    for (kind, (h, error)) in kinds.iter().zip(lows) {
        let factor_of_two = Value::number(h).tolerance(h);
        run.record(&format!("best_h_{kind}"), factor_of_two)?;
        let error = Value::number(error).tolerance(error);
        run.record(&format!("best_error_{kind}"), error)?;
    }
    let figure = figures::slopes::errors(&forward, &central, &double)?;
    run.figure("difference_errors", figure)
}

/// Each rule against measured slopes.
fn rules(run: &mut Run) -> anyhow::Result<()> {
    run.say("\nDerivatives by rule, against central differences with h = 0.005:");
    let places: Vec<f32> = (0..30).map(|i| 0.5 + 0.05 * i as f32).collect();
    let mut worst = 0.0_f32;
    let mut rows = Vec::new();
    for rule in RULES {
        let difference =
            |&x: &f32| (central_difference(rule.f, x, 0.005) - (rule.slope)(x)).abs();
        let largest = places.iter().map(difference).fold(0.0, f32::max);
        worst = worst.max(largest);
        let [slope, measured] =
            [(rule.slope)(1.0), central_difference(rule.f, 1.0, 0.005)]
                .map(|slope| format!("{slope:.4}"));
        rows.push([
            rule.name.to_owned(),
            rule.function.to_owned(),
            slope,
            measured,
            format!("{largest:.0e}"),
        ]);
    }
    run.table(
        &[
            "rule",
            "function",
            "at 1, by rule",
            "measured",
            "largest difference",
        ],
        rows,
    );
    run.record("rules_error", Value::number(worst).tolerance(worst))?;
    run.figure("rules", figures::slopes::rules(&RULES)?)
}
