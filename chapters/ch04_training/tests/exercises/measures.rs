//! Exercises 4.10 and 4.11: measures from counts and from scores.

use lesson::exercise::Exercise;
use nn::metrics::{Confusion, Ranking};
use tensor::Rng;

use crate::answer;

/// Checks the three measures of one class.
#[track_caller]
fn check(
    ex: &Exercise,
    counts: &[usize],
    classes: usize,
    class: usize,
    wanted: [f64; 3],
) {
    let asked = ex.given(format!(
        "counts = {counts:?}, classes = {classes}, class = {class}"
    ));
    let got = answer::precision_recall_f1(counts, classes, class);
    for (i, what) in ["precision", "recall", "F1"].into_iter().enumerate() {
        asked.step(what).close(got[i], wanted[i], 1e-9);
    }
}

#[test]
fn ex4_10_by_hand() {
    let ex = Exercise::load("4.10");
    check(&ex, &[5, 1, 3, 2], 2, 1, [2.0 / 3.0, 0.4, 0.5]);
    check(&ex, &[5, 1, 3, 2], 2, 0, [0.625, 5.0 / 6.0, 5.0 / 7.0]);
    // Three classes: 4 of 7 answers right, 4 of 10 found.
    let counts = [4, 5, 1, 2, 0, 0, 1, 0, 9];
    check(&ex, &counts, 3, 0, [4.0 / 7.0, 0.4, 8.0 / 17.0]);
}

#[test]
fn ex4_10_shares_of_nothing() {
    let ex = Exercise::load("4.10");
    check(&ex, &[3, 0, 2, 0], 2, 1, [0.0, 0.0, 0.0]); // never the answer
    check(&ex, &[3, 2, 0, 0], 2, 1, [0.0, 0.0, 0.0]); // never true
    check(&ex, &[7, 0, 0, 0], 2, 1, [0.0, 0.0, 0.0]); // neither
}

#[test]
fn ex4_10_same_as_the_library() {
    let ex = Exercise::load("4.10");
    let mut rng = Rng::new(1);
    for classes in 1..6 {
        let counts: Vec<usize> = (0..classes * classes).map(|_| rng.below(9)).collect();
        let table = Confusion {
            counts: counts.clone(),
            classes,
        };
        for class in 0..classes {
            let scores = table.scores(class);
            let wanted = [scores.precision, scores.recall, scores.f1];
            check(&ex, &counts, classes, class, wanted);
        }
    }
}

/// Checks an area.
#[track_caller]
fn check_area(ex: &Exercise, scores: &[f32], positive: &[bool], wanted: Option<f64>) {
    let asked = ex.given(format!("scores = {scores:?}, positive = {positive:?}"));
    match (answer::roc_area(scores, positive), wanted) {
        (Some(got), Some(wanted)) => asked.close(got, wanted, 1e-9),
        (got, wanted) => asked.equal(got, wanted),
    }
}

#[test]
fn ex4_11_by_hand() {
    let ex = Exercise::load("4.11");
    let (yes, no) = (true, false);
    check_area(&ex, &[0.9, 0.1], &[yes, no], Some(1.0));
    check_area(&ex, &[0.1, 0.9], &[yes, no], Some(0.0));
    let scores = [0.9, 0.6, 0.4, 0.1];
    check_area(&ex, &scores, &[yes, no, yes, no], Some(0.75));
}

#[test]
fn ex4_11_ties_count_half() {
    let ex = Exercise::load("4.11");
    let (yes, no) = (true, false);
    let scores = [0.9, 0.5, 0.5, 0.1];
    check_area(&ex, &scores, &[yes, yes, no, no], Some(0.875));
    check_area(&ex, &scores, &[yes, no, yes, no], Some(0.875));
    let alike = [2.0; 5];
    check_area(&ex, &alike, &[yes, yes, no, yes, no], Some(0.5));
}

#[test]
fn ex4_11_one_class_alone_has_no_area() {
    let ex = Exercise::load("4.11");
    check_area(&ex, &[0.3, 0.7], &[true, true], None);
    check_area(&ex, &[0.3, 0.7], &[false, false], None);
    check_area(&ex, &[], &[], None);
}

#[test]
fn ex4_11_same_as_the_library() {
    let ex = Exercise::load("4.11");
    let mut rng = Rng::new(2);
    for n in [5, 20, 100] {
        // Whole numbers, so that there are ties.
        let scores: Vec<f32> = (0..n).map(|_| rng.below(7) as f32).collect();
        let positive: Vec<bool> = (0..n).map(|_| rng.below(3) == 0).collect();
        let wanted = Ranking::new(&scores, &positive).roc_area();
        check_area(&ex, &scores, &positive, wanted);
    }
}
