//! Ten units read digits: the gradient checked, small digits, then real ones.

use std::hint::black_box;
use std::time::Instant;

use lesson::{Run, Value, percent};
use tensor::{Rng, Tensor};

use super::digits::{Digits, RATES, Reader, small_digits, train};
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
    let mut held_out = 0;
    for seed in run.seeds::<3>() {
        let (accuracy, count) = small_digits(seed, passes)?;
        accuracies.push(accuracy);
        held_out = count;
    }
    run.say(format!(
        "Digits of 8 × 8 pixels: {} of {held_out} held-out digits right.",
        percent(accuracies[0])
    ));
    let value = Value::fraction(accuracies[0]).tolerance(0.005);
    run.record("digits8_softmax_accuracy", value.over_seeds(&accuracies))
}

/// How much faster the gradient of a batch is with arrays than with loops.
fn loops_against_arrays(run: &mut Run, digits: &Digits) -> anyhow::Result<()> {
    let (x, classes) = (
        digits.training.x.slice(0, ..100),
        &digits.training.classes[..100],
    );
    let rows: Vec<Vec<f32>> = x.to_vec().chunks(784).map(<[f32]>::to_vec).collect();
    let targets = Tensor::one_hot(classes, 10); // [N, K]
    let w = Rng::new(run.seed())
        .fork("speed")
        .normal_tensor(&[784, 10], 0.0, 0.01);
    let (b, b_row) = (Tensor::zeros(&[10]), [0.0; 10]);
    let w_rows: Vec<Vec<f32>> = w.to_vec().chunks(10).map(<[f32]>::to_vec).collect();
    let by_loops =
        median_seconds(|| gradient_by_loops(&rows, classes, &w_rows, &b_row));
    let by_arrays = median_seconds(|| gradient_by_arrays(&x, &targets, &w, &b));
    let [loops, arrays] = [by_loops, by_arrays].map(|seconds| 1e3 * seconds);
    run.note(format!(
        "Gradient of 100 digits: loops {loops:.2} ms, arrays {arrays:.2} ms."
    ));
    let factor = Value::number(by_loops / by_arrays).never_compared();
    run.record("arrays_speedup", factor)
}

/// The median of eleven timings, in seconds, after one that is not counted.
fn median_seconds<T>(work: impl Fn() -> T) -> f64 {
    let once = || {
        let start = Instant::now();
        black_box(work());
        start.elapsed().as_secs_f64()
    };
    once();
    let mut seconds: Vec<f64> = (0..11).map(|_| once()).collect();
    seconds.sort_by(f64::total_cmp);
    seconds[5]
}

/// MNIST, and what is recorded of it.
fn real(run: &mut Run, digits: &Digits) -> anyhow::Result<Reader> {
    run.say(format!(
        "MNIST, {} digits for training, {} for validation, {} for the test:",
        digits.training.classes.len(),
        digits.validation.classes.len(),
        digits.test.classes.len()
    ));
    let (lr, reader) = choose_rate(run, digits)?;
    // Only now is the test part asked.
    let mut accuracies = vec![reader.right(&digits.test)];
    for seed in &run.seeds::<3>()[1..] {
        accuracies.push(train(run, digits, lr, *seed)?.right(&digits.test));
    }
    run.say(format!(
        "With rate {lr}: {} of the test digits right.",
        percent(accuracies[0])
    ));
    let value = Value::fraction(accuracies[0]).tolerance(0.01);
    run.record("mnist_softmax_accuracy", value.over_seeds(&accuracies))?;
    let parameters = reader.unit.weights.len() + reader.unit.bias.len();
    run.record("mnist_parameters", Value::count(parameters))?;
    Ok(reader)
}

/// Trains at each rate and takes the one that reads most validation digits.
fn choose_rate(run: &mut Run, digits: &Digits) -> anyhow::Result<(f32, Reader)> {
    let start = Instant::now();
    let mut tries = Vec::new();
    for lr in RATES {
        tries.push((lr, train(run, digits, lr, run.seed())?));
    }
    run.record(
        "mnist_training",
        Value::time(start.elapsed() / RATES.len() as u32),
    )?;
    run.table(
        &["learning rate", "training", "validation"],
        tries.iter().map(|(lr, reader)| {
            let (training, validation) = reader.last();
            [lr.to_string(), percent(training), percent(validation)]
        }),
    );
    let read = |at: &(f32, Reader)| at.1.last().1;
    let best = tries.into_iter().max_by(|a, b| read(a).total_cmp(&read(b)));
    let (lr, reader) = best.expect("there are rates");
    Ok((lr, reader))
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
