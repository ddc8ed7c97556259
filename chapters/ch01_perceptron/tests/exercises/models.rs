//! Exercises 1.6 and 1.11: softmax, and a step of logistic regression.

use lesson::exercise::Exercise;

use crate::{answer, check_pair, rows};

#[test]
fn ex1_06_step1_softmax() {
    let ex = Exercise::load("1.6")
        .step("1: finite probabilities with sum 1, for logits of any size");
    let three = [0.665_241, 0.244_728, 0.090_031];
    let cases: [(&[f32], &[f32]); 6] = [
        (&[2.0, 1.0, 0.0], &three),
        (&[1002.0, 1001.0, 1000.0], &three),
        (&[-1000.0, -1001.0, -1002.0], &three),
        (&[0.0, 0.0, 0.0, 0.0], &[0.25; 4]),
        (&[1000.0, -1000.0], &[1.0, 0.0]),
        (&[-3.5], &[1.0]),
    ];
    for (logits, probabilities) in cases {
        let asked = ex.given(format!("logits = {logits:?}"));
        asked.close_each(&answer::softmax(logits), probabilities, 1e-5);
    }
}

#[test]
fn ex1_06_step2_softmax_gradient() {
    let ex =
        Exercise::load("1.6").step("2: the derivative of −ln ŷ_class by each logit");
    let cases: [(&[f32], usize, &[f32]); 4] = [
        (&[0.0, 0.0], 0, &[-0.5, 0.5]),
        (&[2.0, 1.0, 0.0], 1, &[0.665_241, -0.755_272, 0.090_031]),
        (&[2.0, 1.0, 0.0], 2, &[0.665_241, 0.244_728, -0.909_969]),
        (&[1000.0, -1000.0], 1, &[1.0, -1.0]),
    ];
    for (logits, class, gradient) in cases {
        let asked = ex.given(format!("logits = {logits:?}, class = {class}"));
        asked.close_each(&answer::softmax_gradient(logits, class), gradient, 1e-5);
    }
}

#[test]
fn ex1_11_logistic_step_by_hand() {
    let ex = Exercise::load("1.11");
    for (target, w, b) in [(1.0, 1.0, 0.5), (0.0, -1.0, -0.5)] {
        let asked = ex.given(format!(
            "x = [[2]], targets = [{target}], w = [0], b = 0, rate = 1"
        ));
        let got = answer::logistic_step(&rows(&[[2.0]]), &[target], &[0.0], 0.0, 1.0);
        let what = "one example, with prediction ½";
        check_pair(&asked, what, got, (&[w], b));
    }
    // The scores are ln 3 and −ln 3, so the predictions are ¾ and ¼.
    let (x, w) = (rows(&[[1.0, 4.0], [-1.0, 4.0]]), [3.0_f32.ln(), 0.0]);
    let asked = ex.given(format!(
        "x = {x:?}, targets = [1, 1], w = {w:?}, b = 0, rate = 0.5"
    ));
    let got = answer::logistic_step(&x, &[1.0, 1.0], &w, 0.0, 0.5);
    let wanted = (&[w[0] - 0.125, 1.0][..], 0.25);
    check_pair(&asked, "two inputs, predictions ¾ and ¼", got, wanted);
}

#[test]
fn ex1_11_logistic_step_takes_the_mean() {
    let ex = Exercise::load("1.11");
    for copies in [1, 2, 5] {
        let asked = ex.given(format!(
            "{copies} times the example x = [2], target 1; w = [0], b = 0, rate = 1"
        ));
        let (x, targets) = (vec![vec![2.0]; copies], vec![1.0; copies]);
        let got = answer::logistic_step(&x, &targets, &[0.0], 0.0, 1.0);
        let what = "the mean over the batch, however long it is";
        check_pair(&asked, what, got, (&[1.0], 0.5));
    }
}

#[test]
fn ex1_11_logistic_step_with_extreme_scores() {
    let ex = Exercise::load("1.11");
    #[rustfmt::skip]
    let cases = [
        ("sure and right, twice: nothing changes", [1.0, 0.0], 1000.0, 0.0),
        ("sure and wrong, twice: the full pull, and no NaN", [0.0, 1.0], 990.0, 0.0),
        ("score 1,000 wrong, score −1,000 right", [0.0, 0.0], 995.0, -5.0),
        ("score 1,000 right, score −1,000 wrong", [1.0, 1.0], 995.0, 5.0),
    ];
    let x = rows(&[[1.0], [-1.0]]);
    for (what, targets, w, b) in cases {
        let asked = ex.given(format!(
            "x = {x:?}, targets = {targets:?}, w = [1000], b = 0, rate = 10"
        ));
        let got = answer::logistic_step(&x, &targets, &[1000.0], 0.0, 10.0);
        check_pair(&asked, what, got, (&[w], b));
    }
}
