//! A whole training as one process: start, data, epochs or steps, evaluation, end.

use anyhow::bail;
use nn::Net;
use nn::classify::logits;
use nn::data::Labelled;
use nn::metrics::accuracy;
use tensor::Rng;

use crate::cases::{BATCH, Case, labelled, mlp_epoch};
use crate::finding::Steps;
use crate::pictures::lenet_epoch;

/// The trainings: the first part of their rows' names, and what they are.
pub(crate) const TRAININGS: [(&str, &str); 3] = [
    (
        "clothes",
        "an MLP on 10,000 clothes: start, data, 10 epochs, test",
    ),
    (
        "lenet",
        "LeNet-5 on 8,000 digits: start, data, 10 epochs, test",
    ),
    (
        "yolo",
        "lesson 7's detector on 16 scenes: start, data, 90 steps",
    ),
];

/// Runs of three steps that the detector makes.
const RUNS: usize = 30;

/// How many digits LeNet learns from; the others test it.
const DIGITS: usize = 8_000;

/// Our side: trains, tests, and prints what peer.py prints.
pub(crate) fn ours(name: &str) -> anyhow::Result<()> {
    let result = match name {
        "clothes" => {
            let mut case = mlp_epoch()?;
            train(case.training.len(), |rows| case.step(rows));
            f64::from(right(&case.net, &labelled(&datasets::fashion_test()?)))
        }
        "lenet" => {
            let mut case = lenet_epoch()?;
            let test: Vec<usize> = (DIGITS..case.training.len()).collect();
            let test = case.training.pick(&test);
            train(DIGITS, |rows| case.step(rows));
            f64::from(right(&case.net, &test))
        }
        "yolo" => {
            let mut steps = Steps::new()?;
            let losses = steps.run();
            (1..RUNS).for_each(|_| drop(steps.run()));
            losses[losses.len() - 1]
        }
        _ => bail!("there is no training '{name}'"),
    };
    let peak = peak_kib();
    println!(
        "{}",
        serde_json::json!({ "result": result, "peak_kib": peak })
    );
    Ok(())
}

/// Ten epochs in random order.
fn train(examples: usize, mut step: impl FnMut(&[usize]) -> f64) {
    let mut rng = Rng::new(1).fork("order");
    for _ in 0..10 {
        let order = rng.permutation(examples);
        for rows in order.chunks_exact(BATCH) {
            step(rows);
        }
    }
}

/// The share of the test that a net has right.
fn right(net: &impl Net, test: &Labelled) -> f32 {
    accuracy(&logits(net, &test.x), &test.classes)
}

/// The largest memory that this process has held so far, in KiB; none where the system does not
/// say. Source: proc(5), `VmHWM`.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
