//! The section `check`: every operation against central differences, and a planted bug.

use lesson::{Run, Value, percent};
use tensor::gradcheck;
use tensor::{Rng, Tensor};

use super::engine::LR;
use crate::bug::relu_wrong;
use crate::checks::{CASES, STEP};
use crate::digits::{Digits, pass, right};
use crate::figures;
use crate::mlp::{Activation, Mlp};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("checks");
    let errors = CASES.iter().map(|case| (case.name, case.error(&mut rng)));
    let mut errors: Vec<(&str, f32)> = errors.collect();
    errors.sort_by(|a, b| b.1.total_cmp(&a.1));
    run.say("The five largest errors:");
    run.table(
        &["operation", "relative error"],
        errors[..5]
            .iter()
            .map(|(name, error)| [name.to_string(), format!("{error:.1e}")]),
    );
    run.record("checked_operations", Value::count(errors.len()))?;
    let largest = Value::number(errors[0].1).tolerance(1e-3);
    run.record("max_gradient_error", largest)?;
    // Central differences are exact for what is linear, apart from rounding.
    let curved = errors.iter().filter(|(_, error)| *error > 1e-7).count();
    let straight = Value::number((errors.len() - curved) as f64);
    run.record("straight_operations", straight.tolerance(3.0))?;
    run.figure(
        "gradient_errors",
        figures::check::errors(&errors[..curved])?,
    )?;
    planted(run)
}

/// A net whose ReLU lets every gradient through, and the check that tells.
fn planted(run: &mut Run) -> anyhow::Result<()> {
    let digits = Digits::load()?;
    let passes = run.choose(1, 10, 10);
    let kinds: [(&str, Activation); 2] =
        [("sound", Tensor::relu), ("wrong", relu_wrong)];
    let seeds = run.seeds::<3>();
    let bar = run.progress("two nets", kinds.len() * seeds.len() * passes);
    let mut curves = Vec::new();
    for (name, activation) in kinds {
        let mut last = Vec::new();
        let mut curve = Vec::new();
        for seed in seeds {
            let mut rng = Rng::new(seed).fork("digits");
            let mut net = Mlp::new(&[784, 100, 10], activation, &mut rng);
            for number in 1..=passes {
                let loss = pass(&mut net, &digits.training, LR, &mut rng);
                if seed == run.seed() {
                    curve.push((number, loss));
                }
                bar.step()?;
            }
            last.push(right(&net, &digits.test));
        }
        let value = Value::fraction(last[0]).tolerance(0.01);
        run.record(&format!("{name}_accuracy"), value.over_seeds(&last))?;
        run.say(format!(
            "{name} gradient: {} of test digits",
            percent(last[0])
        ));
        curves.push((name, curve));
    }
    run.figure("planted", figures::check::planted(&curves)?)?;

    let x = Rng::new(run.seed())
        .fork("planted")
        .normal_tensor(&[3, 4], 0.0, 1.0);
    let checked = gradcheck::check(|x| relu_wrong(&x[0]), &[x], STEP);
    run.say(format!(
        "\nThe check of the wrong one, at twelve numbers:\n{:.2}",
        checked[0].engine
    ));
    run.say(format!(
        "by central differences:\n{:.2}",
        checked[0].numeric
    ));
    run.record(
        "planted_error",
        Value::number(checked[0].error).tolerance(0.01),
    )
}
