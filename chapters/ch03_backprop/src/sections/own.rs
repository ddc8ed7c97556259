//! The section `own`: GELU, an operation that the engine does not have.

use lesson::{Run, Value, percent};
use tensor::gradcheck::check;
use tensor::{Rng, Tensor};

use super::engine::LR;
use crate::checks::STEP;
use crate::digits::{Digits, pass, right};
use crate::figures;
use crate::gelu::{gelu, gelu_composed};
use crate::lines::code_lines;
use crate::mlp::Mlp;

/// Where the curve is drawn.
const PLACES: usize = 81;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let x = (Tensor::arange(PLACES) - 40.0) / 10.0; // [N], -4 to 4
    let checked = check(|x| gelu(&x[0]), std::slice::from_ref(&x), STEP);
    run.record(
        "gelu_error",
        Value::number(checked[0].error).tolerance(1e-3),
    )?;
    let tracked = x.require_grad();
    let y = gelu(&tracked);
    let slope = y.sum().backward()[&tracked].clone();
    let relu = x.relu();
    run.figure("gelu", figures::own::gelu(&x, [&y, &slope, &relu])?)?;

    let apart = (gelu(&x) - gelu_composed(&x)).abs().max().item();
    run.say(format!(
        "largest difference to tanh's approximation: {apart:.1e}"
    ));
    run.record("gelu_apart", Value::number(apart).tolerance(1e-4))?;
    run.record("gelu_lines", Value::count(code_lines(&printed())))?;
    learn(run)
}

/// The lines between GELU's anchors, as the page prints them.
fn printed() -> String {
    let lines = include_str!("../gelu.rs").lines();
    let lines = lines.skip_while(|line| !line.contains("ANCHOR: gelu"));
    let lines = lines.take_while(|line| !line.contains("ANCHOR_END: gelu"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The digits again, with GELU between the layers.
fn learn(run: &mut Run) -> anyhow::Result<()> {
    let digits = Digits::load()?;
    let passes = run.choose(1, 15, 15);
    let seeds = run.seeds::<3>();
    let bar = run.progress("with GELU", passes * seeds.len());
    let mut last = Vec::new();
    for seed in seeds {
        let mut rng = Rng::new(seed).fork("digits");
        let mut net = Mlp::new(&[784, 100, 10], gelu, &mut rng);
        for _ in 0..passes {
            pass(&mut net, &digits.training, LR, &mut rng);
            bar.step()?;
        }
        last.push(right(&net, &digits.test));
    }
    run.say(format!("test digits right with GELU: {}", percent(last[0])));
    let value = Value::fraction(last[0]).tolerance(0.01);
    run.record("gelu_accuracy", value.over_seeds(&last))
}
