//! Ten units read digits: the gradient checked, small digits, then real ones.

use std::time::Instant;

use lesson::{Mode, Run, Value};
use tensor::{Rng, Tensor};

use super::digits::{Digits, Reader, small_digits, train};
use crate::figures;
use crate::softmax::{gradient_by_arrays, gradient_by_loops, gradient_error};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    check_gradient(run)?;
    small(run)?;
    let digits = Digits::load(run)?;
    loops_against_arrays(run, &digits)?;
    let reader = real(run, &digits)?;
    figures(run, &digits, &reader)
}

/// The gradient by formula against central differences, on random logits.
fn check_gradient(run: &mut Run) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("gradient");
    let rows: Vec<Vec<f32>> = (0..100)
        .map(|_| (0..10).map(|_| 2.0 * rng.normal()).collect())
        .collect();
    let classes: Vec<usize> = (0..100).map(|_| rng.below(10)).collect();
    let error = gradient_error(&rows, &classes, 0.01);
    run.say(format!(
        "Gradient by formula and by central differences: at most {error:.1e} apart."
    ));
    run.record(
        "softmax_gradient_error",
        Value::number(error).tolerance(1e-4),
    )
}

/// The digits of 8 × 8 pixels.
fn small(run: &mut Run) -> anyhow::Result<()> {
    let passes = run.choose(20, 60, 60);
    let mut accuracies = Vec::new();
    for seed in [run.seed(), run.seed() + 1, run.seed() + 2] {
        accuracies.push(small_digits(seed, passes)?);
    }
    let spread = accuracies
        .iter()
        .map(|(a, _)| (a - accuracies[0].0).abs())
        .fold(0.0, f32::max);
    let (accuracy, held_out) = accuracies[0];
    run.say(format!(
        "Digits of 8 × 8 pixels: {:.1} % of {held_out} held-out digits right.",
        100.0 * accuracy
    ));
    run.record(
        "digits8_softmax_accuracy",
        Value::fraction(accuracy)
            .spread(spread, 3)
            .tolerance(spread.max(0.005)),
    )
}

/// How much faster the gradient of a batch is with arrays than with loops.
fn loops_against_arrays(run: &mut Run, digits: &Digits) -> anyhow::Result<()> {
    let (x, classes) = (
        digits.training.x.slice(0, ..100),
        &digits.training.classes[..100],
    );
    let rows: Vec<Vec<f32>> = x.to_vec().chunks(784).map(<[f32]>::to_vec).collect();
    let targets = Tensor::one_hot(classes, 10); // [N, K]
    let (w, b) = (Tensor::zeros(&[784, 10]), Tensor::zeros(&[10]));
    let (w_rows, b_row) = (vec![vec![0.0; 10]; 784], [0.0; 10]);
    let by_loops =
        median_seconds(|| drop(gradient_by_loops(&rows, classes, &w_rows, &b_row)));
    let by_arrays = median_seconds(|| drop(gradient_by_arrays(&x, &targets, &w, &b)));
    let factor = by_loops / by_arrays;
    run.note(format!(
        "Gradient of 100 digits: loops {:.2} ms, arrays {:.2} ms.",
        1e3 * by_loops,
        1e3 * by_arrays
    ));
    let factor = Value {
        kind: Some(lesson::Kind::Time),
        ..Value::number(factor)
    };
    run.record("arrays_speedup", factor)
}

/// The median of eleven timings, in seconds.
fn median_seconds(mut work: impl FnMut()) -> f64 {
    let mut once = || {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    let mut seconds: Vec<f64> = (0..11).map(|_| once()).collect();
    seconds.sort_by(f64::total_cmp);
    seconds[5]
}

/// MNIST, and what is recorded of it.
fn real(run: &mut Run, digits: &Digits) -> anyhow::Result<Reader> {
    let start = Instant::now();
    let reader = train(run, digits, run.seed())?;
    run.record("mnist_training", Value::time(start.elapsed()))?;
    let mut others = Vec::new();
    if run.mode() != Mode::Quick {
        for seed in [run.seed() + 1, run.seed() + 2] {
            others.push(train(run, digits, seed)?.accuracy);
        }
    }
    let spread = others
        .iter()
        .map(|a| (a - reader.accuracy).abs())
        .fold(0.0, f32::max);
    run.say(format!(
        "MNIST, {} digits for training, {} for validation, {} for the test:",
        digits.training.classes.len(),
        digits.validation.classes.len(),
        digits.test.classes.len()
    ));
    run.table(
        &["digits", "right"],
        [
            ["training", &percent(reader.training_accuracy)],
            ["validation", &percent(reader.validation_accuracy)],
            ["test", &percent(reader.accuracy)],
        ],
    );
    let value = Value::fraction(reader.accuracy).tolerance(spread.max(0.005));
    let value = if others.is_empty() {
        value
    } else {
        value.spread(spread, 3)
    };
    run.record("mnist_softmax_accuracy", value)?;
    run.record("mnist_parameters", Value::count(784 * 10 + 10))?;
    Ok(reader)
}

/// A share as a percentage.
fn percent(share: f32) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// The pictures of the page, and the pairs that are confused most.
fn figures(run: &mut Run, digits: &Digits, reader: &Reader) -> anyhow::Result<()> {
    let counts = reader.confusion(&digits.test);
    let mut pairs: Vec<(usize, usize, usize)> = (0..100)
        .map(|cell| (counts[cell], cell / 10, cell % 10))
        .filter(|(_, truth, answer)| truth != answer)
        .collect();
    pairs.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    run.say("\nThe commonest confusions:");
    run.table(
        &["true digit", "read as", "times"],
        pairs[..5]
            .iter()
            .map(|(count, truth, answer)| [truth, answer, count]),
    );
    let worst = reader.worst(&digits.test, 12);
    run.figure(
        "digit_weights",
        figures::softmax::weights(&reader.unit.weights)?,
    )?;
    run.figure("softmax_curve", figures::softmax::curve(&reader.curve)?)?;
    run.figure(
        "digit_mistakes",
        figures::softmax::mistakes(&digits.test, &worst)?,
    )?;
    run.figure("digit_confusion", figures::softmax::confusion(&counts)?)
}
