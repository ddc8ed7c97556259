//! Exercises 4.7 and 4.8: penalties, and when to stop.

use lesson::exercise::Exercise;
use tensor::Tensor;

use crate::answer;

/// Checks the shape of a tensor, then each of its numbers.
#[track_caller]
fn close(ex: &Exercise, got: &Tensor, shape: &[usize], wanted: &[f32]) {
    let words = format!(
        "the result has the shape {shape:?}, yours {:?}",
        got.shape()
    );
    ex.holds(got.shape() == shape, words);
    ex.close_each(&got.to_vec(), wanted, 1e-5);
}

#[test]
fn ex4_07_step1_elastic_net_gradient() {
    let ex = Exercise::load("4.7").step("1: the gradient of the elastic net");
    #[rustfmt::skip]
    let cases = [
        (2.0, 0.5, [4.0, 0.0, -2.0]),
        (0.1, 1.0, [0.1, 0.0, -0.1]),
        (0.1, 0.0, [0.3, 0.0, -0.1]),
        (0.4, 0.75, [0.6, 0.0, -0.4]),
        (0.0, 0.5, [0.0, 0.0, 0.0]),
    ];
    for (alpha, ratio, wanted) in cases {
        let asked = ex.given(format!(
            "weight = [3, 0, -1], alpha = {alpha}, ratio = {ratio}"
        ));
        let weight = Tensor::from([3.0, 0.0, -1.0]);
        let got = answer::elastic_net_gradient(&weight, alpha, ratio);
        close(&asked, &got, &[3], &wanted);
    }
}

#[test]
fn ex4_07_step1_any_shape() {
    let ex = Exercise::load("4.7").step("1: a matrix of weights");
    let asked = ex.given("weight = [[2, -2], [0, 1]], alpha = 1, ratio = 0.5");
    let weight = Tensor::from([[2.0, -2.0], [0.0, 1.0]]);
    let got = answer::elastic_net_gradient(&weight, 1.0, 0.5);
    close(&asked, &got, &[2, 2], &[1.5, -1.5, 0.0, 1.0]);
}

#[test]
fn ex4_07_step2_lasso_step() {
    let ex = Exercise::load("4.7").step("2: a step after which weights are 0");
    #[rustfmt::skip]
    let cases = [
        ([2.0, 0.4, -1.0], [0.0, 0.0, -4.0], 0.5, 1.0, [1.5, 0.0, 0.5]),
        ([2.0, 0.4, -1.0], [0.0, 0.0, -4.0], 0.5, 0.0, [2.0, 0.4, 1.0]),
        ([0.3, -0.3, 0.0], [0.0, 0.0, 0.0], 0.1, 4.0, [0.0, 0.0, 0.0]),
        ([1.0, -1.0, 0.0], [1.0, 1.0, -5.0], 0.1, 2.0, [0.7, -0.9, 0.3]),
    ];
    for (weight, gradient, lr, l1, wanted) in cases {
        let asked = ex.given(format!(
            "weight = {weight:?}, gradient = {gradient:?}, lr = {lr}, l1 = {l1}"
        ));
        let (w, g) = (Tensor::from(weight), Tensor::from(gradient));
        let got = answer::lasso_step(&w, &g, lr, l1);
        close(&asked, &got, &[3], &wanted);
    }
}

#[test]
fn ex4_07_step2_zeros_are_exact() {
    let ex = Exercise::load("4.7").step("2: what crosses zero is 0, and not nearly");
    let asked = ex.given("weight = [0.01, -0.02], gradient = [0, 0], lr = 0.1, l1 = 1");
    let w = Tensor::from([0.01, -0.02]);
    let got = answer::lasso_step(&w, &Tensor::zeros(&[2]), 0.1, 1.0);
    asked.holds(
        got.to_vec().iter().all(|&w| w == 0.0),
        format!("both are 0; yours are {:?}", got.to_vec()),
    );
}

#[test]
fn ex4_08_early_stop() {
    let ex = Exercise::load("4.8");
    #[rustfmt::skip]
    let cases: [(&[f64], usize, (usize, usize)); 10] = [
        (&[0.70, 0.80, 0.79, 0.80, 0.90], 2, (4, 2)),
        (&[0.70, 0.80, 0.79, 0.80, 0.90], 3, (5, 5)),
        (&[0.70, 0.80, 0.79, 0.78], 5, (4, 2)),
        (&[0.50], 1, (1, 1)),
        (&[0.50, 0.60, 0.70], 1, (3, 3)),
        (&[0.50, 0.50, 0.50, 0.50], 2, (3, 1)),
        (&[0.90, 0.10, 0.20, 0.30, 0.40], 3, (4, 1)),
        (&[0.90, 0.10, 0.95, 0.10, 0.10, 0.99], 2, (5, 3)),
        (&[0.90, 0.80], 1, (2, 1)),
        (&[0.10, 0.20, 0.15, 0.30, 0.25, 0.20, 0.10], 3, (7, 4)),
    ];
    for (scores, patience, wanted) in cases {
        let asked = ex.given(format!("scores = {scores:?}, patience = {patience}"));
        asked.equal(answer::early_stop(scores, patience), wanted);
    }
}
