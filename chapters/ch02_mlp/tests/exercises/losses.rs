//! Exercises 2.5, 2.6 and 2.7: a sum in one pass, and two losses.

use lesson::exercise::Exercise;
use tensor::Tensor;

use crate::{answer, shown};

#[test]
fn ex2_05_log_sum_exp() {
    let ex = Exercise::load("2.5");
    let (none, ln2) = (f32::NEG_INFINITY, 2.0_f32.ln());
    let cases: [(&str, &[f32], f32); 10] = [
        ("two equal scores", &[0.0, 0.0], ln2),
        ("falling scores", &[2.0, 1.0, 0.0], 2.407_606),
        (
            "rising scores: the sum so far has to shrink",
            &[0.0, 1.0, 2.0],
            2.407_606,
        ),
        ("large ones", &[1000.0, 1000.0], 1000.0 + ln2),
        ("small ones", &[-1000.0, -1000.0], -1000.0 + ln2),
        ("from small to large", &[-1000.0, 1000.0], 1000.0),
        ("−∞ in between", &[1000.0, none, 1000.0], 1000.0 + ln2),
        ("−∞ first", &[none, none, 3.0], 3.0),
        ("only −∞", &[none, none], none),
        ("nothing at all", &[], none),
    ];
    for (what, scores, wanted) in cases {
        let asked = ex.step(what).given(format!("scores = {scores:?}"));
        let got = answer::log_sum_exp(scores.iter().copied());
        // An f32 near 1000 is exact to 0.00003.
        asked.close(got, wanted, 1e-4);
    }
}

#[test]
fn ex2_05_log_sum_exp_of_many() {
    let ex = Exercise::load("2.5").step("many scores, in both directions");
    let rising: Vec<f32> = (0..=1000).map(|i| i as f32 * 0.5).collect();
    // A geometric series: 500 − ln(1 − e^−½), to more digits than an f32 has.
    let wanted = 500.0 - (1.0 - (-0.5_f64).exp()).ln();
    let asked = ex.given("scores = 0, 0.5, 1, …, 500");
    let got = answer::log_sum_exp(rising.iter().copied());
    asked.close(got, wanted, 1e-3);
    let asked = ex.given("scores = 500, 499.5, 499, …, 0");
    let got = answer::log_sum_exp(rising.iter().rev().copied());
    asked.close(got, wanted, 1e-3);
}

#[test]
fn ex2_06_cross_entropy() {
    let ex = Exercise::load("2.6");
    let ln2 = 2.0_f32.ln();
    #[rustfmt::skip]
    let cases: [(&str, Tensor, &[Option<usize>], f32); 7] = [
        ("two equal scores",
         Tensor::from([[0.0, 0.0]]), &[Some(0)], ln2),
        ("softmax along the row: the classes of one example compete",
         Tensor::from([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]),
         &[Some(0), Some(1), Some(0)], ln2),
        ("the mean over the rows that have a class",
         Tensor::from([[0.0, 0.0], [5.0, 1.0], [9.0, 4.0]]),
         &[Some(1), None, None], ln2),
        ("a probability that is 0 in f32",
         Tensor::from([[0.0, 200.0]]), &[Some(0)], 200.0),
        ("the example",
         Tensor::from([[0.0, 0.0], [5.0, 1.0], [0.0, 200.0]]),
         &[Some(0), None, Some(0)], (ln2 + 200.0) / 2.0),
        ("large scores",
         Tensor::from([[1002.0, 1001.0, 1000.0], [-1000.0, 1000.0, -1000.0]]),
         &[Some(2), Some(1)], 2.407_606 / 2.0),
        ("no row has a class",
         Tensor::from([[1.0, 2.0]]), &[None], 0.0),
    ];
    for (what, logits, classes, wanted) in cases {
        let asked = ex.step(what).given(format!(
            "logits = {}, classes = {classes:?}",
            shown(&logits)
        ));
        asked.close(answer::cross_entropy(&logits, classes), wanted, 1e-4);
    }
}

#[test]
fn ex2_07_step1_huber() {
    let ex = Exercise::load("2.7");
    let cases: [(&str, &[f32], f32, f32); 7] = [
        ("inside", &[1.0], 2.0, 0.5),
        ("outside, above", &[3.0], 1.0, 2.5),
        ("outside, below", &[-3.0], 1.0, 2.5),
        (
            "the line begins where the parabola ends",
            &[2.001],
            2.0,
            2.002,
        ),
        ("at the corner", &[-2.0], 2.0, 2.0),
        ("a corner other than 1", &[2.0, 6.0], 4.0, 9.0),
        ("the mean", &[1.0, -3.0], 1.0, 1.5),
    ];
    for (what, errors, delta, wanted) in cases {
        let (predictions, targets) = pairs(errors);
        let asked = ex.step(format!("1: {what}")).given(format!(
            "predictions = {predictions:?}, targets = {targets:?}, delta = {delta}"
        ));
        let got = answer::huber(&predictions, &targets, delta);
        asked.close(got, wanted, 1e-3);
    }
}

#[test]
fn ex2_07_step2_huber_slope() {
    let ex = Exercise::load("2.7");
    let cases: [(&str, &[f32], f32, &[f32]); 5] = [
        ("inside", &[0.5], 1.0, &[0.5]),
        ("outside: no steeper than δ", &[30.0], 2.0, &[2.0]),
        ("below: the other way", &[-30.0], 2.0, &[-2.0]),
        ("of the mean over two", &[0.5, -3.0], 1.0, &[0.25, -0.5]),
        (
            "of the mean over four",
            &[0.0, 4.0, 8.0, -1.0],
            4.0,
            &[0.0, 1.0, 1.0, -0.25],
        ),
    ];
    for (what, errors, delta, wanted) in cases {
        let (predictions, targets) = pairs(errors);
        let asked = ex.step(format!("2: {what}")).given(format!(
            "predictions = {predictions:?}, targets = {targets:?}, delta = {delta}"
        ));
        let got = answer::huber_slope(&predictions, &targets, delta);
        asked.close_each(&got, wanted, 1e-4);
    }
}

/// Predictions that are off by these errors, and what they should have been.
fn pairs(errors: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let targets: Vec<f32> = (0..errors.len()).map(|n| n as f32 + 1.0).collect();
    let off = errors.iter().zip(&targets).map(|(e, t)| e + t);
    (off.collect(), targets)
}
