//! Exercise 4.4: a warm-up and then a cosine.

use lesson::exercise::Exercise;

use crate::answer::warm_up_then_cosine;

/// Warm-up, steps, peak and end of a schedule.
type Settings = (usize, usize, f64, f64);

/// Checks the rates of these steps.
#[track_caller]
fn check(ex: &Exercise, (warm, steps, peak, end): Settings, wanted: &[(usize, f64)]) {
    for &(t, rate) in wanted {
        let asked = ex.given(format!(
            "t = {t}, warm = {warm}, steps = {steps}, peak = {peak}, end = {end}"
        ));
        let got = warm_up_then_cosine(t, warm, steps, peak, end);
        asked.close(got, rate, 1e-6);
    }
}

#[test]
fn ex4_04_warm_up() {
    let ex = Exercise::load("4.4").step("the straight line up: peak·(t + 1)/warm");
    check(
        &ex,
        (4, 20, 1.0, 0.0),
        &[(0, 0.25), (1, 0.5), (2, 0.75), (3, 1.0)],
    );
    check(&ex, (1, 20, 0.3, 0.1), &[(0, 0.3)]);
}

#[test]
fn ex4_04_cosine() {
    let ex = Exercise::load("4.4");
    let ex = ex.step("half a cosine wave, which begins where the warm-up ends");
    let quarter = 0.5 + 0.5 * 0.5_f64.sqrt();
    let wanted = [
        (4, 1.0),
        (8, quarter),
        (12, 0.5),
        (16, 1.0 - quarter),
        (20, 0.0),
    ];
    check(&ex, (4, 20, 1.0, 0.0), &wanted);
    check(&ex, (10, 30, 0.5, 0.1), &[(10, 0.5), (20, 0.3), (30, 0.1)]);
}

#[test]
fn ex4_04_no_warm_up() {
    let ex = Exercise::load("4.4").step("no warm-up at all");
    check(&ex, (0, 10, 2.0, 0.0), &[(0, 2.0), (5, 1.0), (10, 0.0)]);
}

#[test]
fn ex4_04_after_the_end() {
    let ex = Exercise::load("4.4").step("after all steps the rate stays at its end");
    check(
        &ex,
        (4, 20, 1.0, 0.1),
        &[(21, 0.1), (30, 0.1), (36, 0.1), (1000, 0.1)],
    );
}
