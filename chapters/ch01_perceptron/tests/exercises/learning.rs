//! Exercises 1.3, 1.4, 1.5 and 1.9: the rule, its bound, the hinge, the pocket.

use lesson::exercise::Exercise;

use crate::{answer, check_pair, rows};

/// What the case is, w and b, x and y; the new w and b.
type Seen<'a> = (&'a str, [f32; 2], f32, [f32; 2], f32, [f32; 2], f32);

#[test]
fn ex1_03_perceptron_update() {
    let ex = Exercise::load("1.3");
    #[rustfmt::skip]
    let cases: [Seen; 5] = [
        ("a score of zero is a mistake",
         [0.0, 0.0], 0.0, [2.0, 1.0], -1.0, [-2.0, -1.0], -1.0),
        ("right, class +1: nothing changes",
         [1.0, 0.0], 0.5, [3.0, 7.0], 1.0, [1.0, 0.0], 0.5),
        ("right, class −1: nothing changes",
         [1.0, 0.0], 0.5, [-3.0, 7.0], -1.0, [1.0, 0.0], 0.5),
        ("wrong, class +1: the example is added",
         [1.0, 2.0], -9.0, [3.0, 0.5], 1.0, [4.0, 2.5], -8.0),
        ("wrong, class −1: it is taken away",
         [1.0, 2.0], 0.0, [3.0, 0.5], -1.0, [-2.0, 1.5], -1.0),
    ];
    for (what, w, b, x, y, new_w, new_b) in cases {
        let asked = ex.given(format!("w = {w:?}, b = {b}, x = {x:?}, y = {y}"));
        let got = answer::perceptron_update(&w, b, &x, y);
        check_pair(&asked, what, got, (&new_w, new_b));
    }
}

/// Checks a number that may not exist.
#[track_caller]
fn check_if_any(ex: &Exercise, got: Option<f32>, wanted: Option<f32>) {
    match (got, wanted) {
        (Some(got), Some(wanted)) => ex.close(got, wanted, 1e-4),
        _ => ex.equal(got, wanted),
    }
}

#[test]
fn ex1_04_step1_radius() {
    let ex = Exercise::load("1.4").step("1: the length of the longest example");
    for (x, radius) in [
        (rows(&[[3.0, 4.0], [1.0, 0.0]]), 5.0),
        (rows(&[[0.0, 1.0], [-6.0, -8.0], [2.0, 2.0]]), 10.0),
        (rows(&[[0.5, 1.0]]), 1.25_f32.sqrt()),
    ] {
        ex.given(format!("x = {x:?}"))
            .close(answer::radius(&x), radius, 1e-5);
    }
}

#[test]
fn ex1_04_step2_gap() {
    let ex = Exercise::load("1.4").step("2: the smallest y (w*·x), if it is positive");
    let x = rows(&[[3.0, 4.0], [-1.0, 2.0], [2.0, -5.0]]);
    for (y, direction, gap) in [
        ([1.0, -1.0, 1.0], [1.0, 0.0], Some(1.0)),
        ([-1.0, 1.0, -1.0], [-1.0, 0.0], Some(1.0)),
        ([1.0, -1.0, -1.0], [0.6, 0.8], None),
        ([1.0, 1.0, -1.0], [0.0, 1.0], Some(2.0)),
        ([1.0, -1.0, 1.0], [0.0, 1.0], None),
    ] {
        let asked =
            ex.given(format!("x = {x:?}, y = {y:?}, direction = {direction:?}"));
        check_if_any(&asked, answer::gap(&x, &y, &direction), gap);
    }
    let x = rows(&[[0.0, 1.0], [2.0, 0.0]]);
    let asked = ex.given(format!(
        "x = {x:?}, y = [1, 1], direction = [1, 0]; one is on the plane"
    ));
    check_if_any(&asked, answer::gap(&x, &[1.0, 1.0], &[1.0, 0.0]), None);
}

#[test]
fn ex1_04_step3_bound() {
    let ex = Exercise::load("1.4").step("3: (R/γ)²");
    let x = rows(&[[3.0, 4.0, 1.0], [-0.5, 2.0, 1.0]]);
    for (y, direction, bound) in [
        ([1.0, -1.0], [1.0, 0.0, 0.0], Some(104.0)), // R² = 26, γ = 1/2
        ([1.0, 1.0], [0.0, 1.0, 0.0], Some(6.5)),    // γ = 2
        ([1.0, 1.0], [0.0, 0.0, 1.0], Some(26.0)),   // γ = 1
        ([1.0, 1.0], [1.0, 0.0, 0.0], None),
    ] {
        let asked =
            ex.given(format!("x = {x:?}, y = {y:?}, direction = {direction:?}"));
        check_if_any(&asked, answer::novikoff_bound(&x, &y, &direction), bound);
    }
}

/// Four examples whose margins under w = (1, −1), b = 0.5 are 2.5, 0.5, 1 (the corner),
/// −1.5.
fn margins() -> (Vec<Vec<f32>>, [f32; 4], [f32; 2], f32) {
    let x = rows(&[[3.0, 1.0], [1.0, 1.0], [-1.0, 0.5], [2.0, 1.0]]);
    (x, [1.0, 1.0, -1.0, -1.0], [1.0, -1.0], 0.5)
}

#[test]
fn ex1_05_step1_hinge_loss() {
    let ex = Exercise::load("1.5").step("1: the mean of max(0, 1 − m)");
    let (x, y, w, b) = margins();
    let asked = ex.given(format!("x = {x:?}, y = {y:?}, w = {w:?}, b = {b}"));
    asked.close(answer::hinge_loss(&x, &y, &w, b), 0.75, 1e-6); // (0 + 0.5 + 0 + 2.5) / 4
    let asked = ex.given("three examples and zero weights: every margin is 0");
    asked.close(
        answer::hinge_loss(&x[..3], &y[..3], &[0.0, 0.0], 0.0),
        1.0,
        1e-6,
    );
}

#[test]
fn ex1_05_step2_hinge_gradient() {
    let ex = Exercise::load("1.5");
    let what = "2: the gradient";
    let (x, y, w, b) = margins();
    let asked = ex.given(format!(
        "x = {x:?}, y = {y:?}, w = {w:?}, b = {b}, so the margins are 1, 0.5, 3 and −1.5"
    ));
    // Only the second and the last example pay: −(1, 1)/4 + (2, 1)/4, and −1/4 + 1/4.
    let got = answer::hinge_gradient(&x, &y, &w, b);
    check_pair(&asked, what, got, (&[0.25, 0.0], 0.0));

    let asked = ex.given("the single example x = [2, 1], y = 1 and zero weights");
    let got = answer::hinge_gradient(&rows(&[[2.0, 1.0]]), &[1.0], &[0.0, 0.0], 0.0);
    check_pair(&asked, what, got, (&[-2.0, -1.0], -1.0));
}

#[test]
fn ex1_09_pocket() {
    let ex = Exercise::load("1.9");
    // No line separates these; the perceptron goes on for ever.
    #[rustfmt::skip]
    let points = [[0.0, -2.0], [2.0, 1.0], [2.0, -1.0], [1.0, 0.0], [2.0, -2.0], [1.0, 1.0]];
    let (x, y) = (rows(&points), [-1.0, 1.0, -1.0, -1.0, 1.0, 1.0]);
    let asked = ex.given(format!("x = {points:?}, y = {y:?}, passes = 4"));
    let best = (&[0.0, 2.0][..], -1.0);
    check_pair(
        &asked,
        "the best seen, right for 5 of 6",
        answer::pocket(&x, &y, 4),
        best,
    );
    let asked = ex.given(format!("x = {points:?}, y = {y:?}, passes = 0"));
    let nothing = (&[0.0, 0.0][..], 0.0);
    check_pair(
        &asked,
        "what it began with",
        answer::pocket(&x, &y, 0),
        nothing,
    );

    let (x, y) = (rows(&[[2.0, 1.0], [-1.0, -1.0]]), [1.0, -1.0]);
    let asked = ex.given(format!("x = {x:?}, y = {y:?}, passes = 10"));
    let own = (&[2.0, 1.0][..], 1.0);
    check_pair(
        &asked,
        "a line separates them",
        answer::pocket(&x, &y, 10),
        own,
    );
}
