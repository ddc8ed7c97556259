//! The section `scalar`: an engine for scalars, and its graph.

use std::time::Instant;

use lesson::{Run, Value, thousands};
use plots::Size;
use tensor::Rng;

use crate::expression::{Expression, largest};
use crate::graph;
use crate::lines::code_lines;
use crate::scalar::Scalar;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    a_neuron(run)?;
    count_lines(run)?;
    random_expressions(run)?;
    a_long_chain(run)
}

/// The neuron of the page, its loss and all slopes.
fn a_neuron(run: &mut Run) -> anyhow::Result<()> {
    let (w1, x1) = (Scalar::named("w₁", 0.5), Scalar::named("x₁", 2.0));
    let (w2, x2) = (Scalar::named("w₂", -1.0), Scalar::named("x₂", 1.5));
    let (b, t) = (Scalar::named("b", 1.0), Scalar::named("t", 1.0));
    let sum = &w1 * &x1 + &w2 * &x2 + &b;
    let loss = (sum.tanh() - &t).pow(2.0);
    loss.backward();
    run.say("The loss of a neuron, tanh(w₁x₁ + w₂x₂ + b), target 1:");
    let row = |s: &Scalar| {
        let [value, gradient] = [s.value(), s.gradient()].map(|v| format!("{v:.4}"));
        [s.0.label.to_owned(), value, gradient]
    };
    run.table(
        &["number", "value", "gradient"],
        [&w1, &x1, &w2, &x2, &b, &t].map(row),
    );
    run.say(format!("loss {:.4}", loss.value()));
    run.record("neuron_loss", Value::number(loss.value()).tolerance(1e-6))?;
    run.figure("neuron_graph", graph::draw(&loss, Size::Wide)?)?;
    let lr = 0.1;
    for weight in [&w1, &w2, &b] {
        weight.set(weight.value() - lr * weight.gradient());
    }
    let sum = &w1 * &x1 + &w2 * &x2 + &b;
    let after = (sum.tanh() - &t).pow(2.0).value();
    run.say(format!(
        "after one step of 0.1 against the gradient: {after:.4}"
    ));
    run.record("neuron_loss_after", Value::number(after).tolerance(1e-6))
}

/// How long the engine is.
fn count_lines(run: &mut Run) -> anyhow::Result<()> {
    let lines = code_lines(include_str!("../scalar.rs"));
    run.say(format!("\nThe engine has {lines} lines of code."));
    run.record("scalar_lines", Value::count(lines))
}

/// Random expressions of all operations, against central differences.
fn random_expressions(run: &mut Run) -> anyhow::Result<()> {
    let count = run.choose(100, 2000, 2000);
    let mut rng = Rng::new(run.seed()).fork("expressions");
    let (mut errors, mut operations) = (Vec::new(), 0);
    for _ in 0..count {
        let expression = Expression::random(12, 3, &mut rng);
        let x: Vec<f64> = (0..3).map(|_| f64::from(rng.uniform(-2.0, 2.0))).collect();
        errors.extend(expression.gradient_errors(&x, 1e-5));
        operations += expression.len();
    }
    let worst = largest(&errors);
    run.say(format!(
        "{} random expressions of {} operations in all:\nthe largest relative error of {} slopes is {worst:.0e}.",
        thousands(count),
        thousands(operations),
        thousands(errors.len())
    ));
    let error = Value::number(worst).tolerance(worst.max(1e-7));
    run.record("scalar_gradient_error", error)?;
    run.record("scalar_expressions", Value::count(count))
}

/// A chain that recursion could not walk.
fn a_long_chain(run: &mut Run) -> anyhow::Result<()> {
    const LENGTH: usize = 100_000;
    let start = Instant::now();
    let x = Scalar::from(1.0);
    let mut sum = x.clone();
    for _ in 1..LENGTH {
        sum = sum + &x;
    }
    sum.backward();
    let gradient = x.gradient();
    drop(sum);
    run.say(format!(
        "x added to itself until there are {} of it: slope {}.",
        thousands(LENGTH),
        thousands(gradient as usize)
    ));
    run.note(format!(
        "built, walked and freed in {:.0} ms",
        1e3 * start.elapsed().as_secs_f64()
    ));
    run.record("chain_length", Value::count(LENGTH))
}
