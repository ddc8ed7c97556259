//! Exercise 4.9: successive halving.

use lesson::exercise::Exercise;

use crate::answer::{halving_cost, survivors};

#[test]
fn ex4_09_step1_survivors() {
    let ex = Exercise::load("4.9").step("the places of the best, in rising order");
    let cases: [(&[f64], usize, &[usize]); 5] = [
        (&[0.7, 0.9, 0.8, 0.1], 2, &[1, 2]),
        (&[0.1, 0.2, 0.3, 0.4, 0.5], 2, &[3, 4]),
        (&[0.5, 0.1, 0.9, 0.7], 3, &[0, 2, 3]),
        (&[0.3], 1, &[0]),
        (&[0.3, 0.4], 0, &[]),
    ];
    for (scores, keep, wanted) in cases {
        let asked = ex.given(format!("scores = {scores:?}, keep = {keep}"));
        asked.equal(survivors(scores, keep), wanted);
    }
}

#[test]
fn ex4_09_step1_equal_scores() {
    let ex = Exercise::load("4.9").step("of equal scores the earlier place is better");
    let (scores, keep) = ([0.5, 0.8, 0.5, 0.5], 3);
    let asked = ex.given(format!("scores = {scores:?}, keep = {keep}"));
    asked.equal(survivors(&scores, keep), [0, 1, 2]);
}

#[test]
fn ex4_09_step1_diverged() {
    let ex = Exercise::load("4.9").step("NaN is worse than any number");
    let nan = f64::NAN;
    let cases: [(&[f64], usize, &[usize]); 4] = [
        (&[0.7, nan, 0.9, 0.8], 2, &[2, 3]),
        (&[nan, nan, 0.1, -5.0], 2, &[2, 3]),
        (&[nan, 0.2, nan, nan], 3, &[0, 1, 2]),
        (&[nan, -nan, 0.2], 1, &[2]),
    ];
    for (scores, keep, wanted) in cases {
        let asked = ex.given(format!("scores = {scores:?}, keep = {keep}"));
        asked.equal(survivors(scores, keep), wanted);
    }
}

#[test]
fn ex4_09_step2_cost() {
    let ex = Exercise::load("4.9").step("the epochs trained in all");
    #[rustfmt::skip]
    let cases = [
        (1, 1, 1), (8, 1, 8), (8, 2, 12), (5, 3, 9), (8, 4, 20), (64, 4, 160),
        // One is left after two rounds, and still has 4 + 8 epochs to go.
        (2, 5, 17),
        (7, 3, 12),
    ];
    for (candidates, rounds, wanted) in cases {
        let asked = ex.given(format!("candidates = {candidates}, rounds = {rounds}"));
        asked.equal(halving_cost(candidates, rounds), wanted);
    }
}
