//! Exercises 3.1, 3.5, 3.11 and 3.14: slopes measured, followed, and carried along.

use ch03_backprop::dual::{Dual, Number};
use ch03_backprop::scalar::Scalar;
use lesson::exercise::Exercise;

use crate::{answer, close_each};

#[test]
fn ex3_01_step1_slope() {
    let ex = Exercise::load("3.1").step("1: (f(x + h) − f(x − h)) / 2h");
    let cube = |x: f64| x * x * x;
    let asked = ex.given("f(x) = x³, x = 1, h = 0.5");
    asked.close(answer::slope(cube, 1.0, 0.5), 3.25, 1e-9);
    let asked = ex.given("f(x) = x³, x = −2, h = 1");
    asked.close(answer::slope(cube, -2.0, 1.0), 13.0, 1e-9);
    let asked = ex.given("f(x) = |x|, x = 0, h = 0.1: both sides cancel");
    asked.close(answer::slope(f64::abs, 0.0, 0.1), 0.0, 1e-9);
    let asked = ex.given("f(x) = 4x − 7, x = 3, h = 0.01");
    asked.close(answer::slope(|x| 4.0 * x - 7.0, 3.0, 0.01), 4.0, 1e-9);
}

#[test]
fn ex3_01_step2_better_slope() {
    let ex = Exercise::load("3.1").step("2: the terms in h² cancel");
    let cube = |x: f64| x * x * x;
    let asked = ex.given("f(x) = x³, x = 1, h = 0.5: D(h) = 3.25, D(h/2) = 3.0625");
    asked.close(answer::better_slope(cube, 1.0, 0.5), 3.0, 1e-9);
    let quartic = |x: f64| x.powi(4);
    let asked = ex.given("f(x) = x⁴, x = 2, h = 1: all terms beyond h² are 0");
    asked.close(answer::better_slope(quartic, 2.0, 1.0), 32.0, 1e-9);
    let asked = ex.given("f(x) = 5x, x = 0, h = 1: with a + b = 1 a line stays");
    asked.close(answer::better_slope(|x| 5.0 * x, 0.0, 1.0), 5.0, 1e-9);
    // D(h) is off by 3e-3 here, the result by 1e-7.
    let asked = ex.given("f(x) = e^x, x = 0, h = 0.125");
    asked.close(answer::better_slope(f64::exp, 0.0, 0.125), 1.0, 1e-6);
}

/// The gradient of a bowl, ½ (x² + 4 y²).
fn bowl(x: &[f64]) -> Vec<f64> {
    vec![x[0], 4.0 * x[1]]
}

/// Checks where descent ended, and after how many steps.
#[track_caller]
fn check_end(
    ex: &Exercise,
    got: Option<(Vec<f64>, usize)>,
    wanted: Option<(&[f64], usize)>,
) {
    let (Some((place, steps)), Some((end, after))) = (&got, wanted) else {
        return ex.equal(got, wanted.map(|(end, after)| (end.to_vec(), after)));
    };
    ex.step("the number of steps").equal(*steps, after);
    close_each(&ex.step("the place"), place, end);
}

#[test]
fn ex3_05_stops_where_it_is_flat() {
    let ex = Exercise::load("3.5");
    let twice = |x: &[f64]| x.iter().map(|x| 2.0 * x).collect();
    type Case<'a> = (&'a str, f64, usize, Option<(&'a [f64], usize)>);
    #[rustfmt::skip]
    let cases: [Case; 5] = [
        ("a length of exactly the tolerance is flat", 2.0, 9, Some((&[1.0], 3))),
        ("the last step that is allowed arrives", 2.0, 3, Some((&[1.0], 3))),
        ("one step too few", 2.0, 2, None),
        ("the start is flat already", 16.0, 9, Some((&[8.0], 0))),
        ("flat at the start, and no steps allowed", 16.0, 0, Some((&[8.0], 0))),
    ];
    for (what, tolerance, most, wanted) in cases {
        let asked = ex.given(format!(
            "{what}: gradient 2x, start 8, rate 0.25, tolerance {tolerance}, at most \
             {most} steps"
        ));
        let got = answer::descend_until(twice, &[8.0], 0.25, tolerance, most);
        check_end(&asked, got, wanted);
    }
}

#[test]
fn ex3_05_measures_the_length_of_the_gradient() {
    let ex = Exercise::load("3.5");
    let asked = ex.given(
        "gradient (x, 4y), start (4, −1), rate 0.125, tolerance 0.01: at the start it \
         is (4, −4), whose numbers cancel in a sum",
    );
    let got = answer::descend_until(bowl, &[4.0, -1.0], 0.125, 0.01, 1000);
    let end = 4.0 * 0.875_f64.powi(45);
    let wanted = [end, -(0.5_f64.powi(45))];
    check_end(&asked, got, Some((&wanted, 45)));
}

#[test]
fn ex3_05_diverging_is_not_arriving() {
    let ex = Exercise::load("3.5");
    let asked = ex.given(
        "gradient 4x³, start 10, rate 1: the place grows until it is infinite, then \
         NaN, and NaN is not flat",
    );
    let steep = |x: &[f64]| x.iter().map(|x| 4.0 * x.powi(3)).collect();
    let got = answer::descend_until(steep, &[10.0], 1.0, 1e-3, 50);
    asked.holds(got.is_none(), format!("the result is None, not {got:?}"));
}

#[test]
fn ex3_11_step1_times() {
    let ex = Exercise::load("3.11").step("1: value, slope and bend of a product");
    #[rustfmt::skip]
    let cases = [
        ("x · x at 3", [3.0, 1.0, 0.0], [3.0, 1.0, 0.0], [9.0, 6.0, 2.0]),
        ("x² · x at 3, which is x³", [9.0, 6.0, 2.0], [3.0, 1.0, 0.0], [27.0, 27.0, 18.0]),
        ("x · x² at 3", [3.0, 1.0, 0.0], [9.0, 6.0, 2.0], [27.0, 27.0, 18.0]),
        ("the constant 5 times x² at 3", [5.0, 0.0, 0.0], [9.0, 6.0, 2.0], [45.0, 30.0, 10.0]),
        ("x² · x² at −1, which is x⁴", [1.0, -2.0, 2.0], [1.0, -2.0, 2.0], [1.0, -4.0, 12.0]),
    ];
    for (what, a, b, wanted) in cases {
        let asked = ex.given(format!("{what}: a = {a:?}, b = {b:?}"));
        close_each(&asked, &answer::times(a, b), &wanted);
    }
}

#[test]
fn ex3_11_step2_through() {
    let ex = Exercise::load("3.11").step("2: value, slope and bend of f(a)");
    #[rustfmt::skip]
    let cases = [
        ("sin at a value of 0", [0.0, 1.0, 0.0], [0.0, 2.0, 5.0], [0.0, 2.0, 5.0]),
        ("the square of 3x at x = 2: 9x²", [36.0, 12.0, 2.0], [6.0, 3.0, 0.0],
         [36.0, 36.0, 18.0]),
        ("the square of x² at x = −1: x⁴", [1.0, 2.0, 2.0], [1.0, -2.0, 2.0],
         [1.0, -4.0, 12.0]),
        ("e^a for a constant a of 0", [1.0, 1.0, 1.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0]),
        ("1/a for a = x² at x = 1: x^−2", [1.0, -1.0, 2.0], [1.0, 2.0, 2.0],
         [1.0, -2.0, 6.0]),
    ];
    for (what, f, a, wanted) in cases {
        let asked = ex.given(format!("{what}: f = {f:?}, a = {a:?}"));
        close_each(&asked, &answer::through(f, a), &wanted);
    }
}

/// A number as the function of exercise 3.14 takes it.
type Number2 = Dual<Scalar>;

#[test]
fn ex3_14_by_hand() {
    let ex = Exercise::load("3.14");
    let f = |x: &[Number2]| x[0].clone() * x[0].clone() * x[1].clone();
    for (v, wanted) in [
        ([1.0, 10.0], [24.0, 2.0]),
        ([1.0, 0.0], [4.0, 2.0]),
        ([0.0, 1.0], [2.0, 0.0]),
        ([0.0, 0.0], [0.0, 0.0]),
    ] {
        let asked = ex.given(format!("f = x₀² x₁, x = [1, 2], v = {v:?}"));
        let got = answer::second_slopes_along(f, &[1.0, 2.0], &v);
        close_each(&asked, &got, &wanted);
    }
}

#[test]
fn ex3_14_on_a_curved_function() {
    let ex = Exercise::load("3.14");
    // Second derivatives of e^(x₀ x₁) / x₂ by hand, with e = e^(x₀ x₁).
    let f = |x: &[Number2]| (x[0].clone() * x[1].clone()).exp() / x[2].clone();
    let (a, b, c) = (0.5, -1.0, 2.0);
    let e = libm::exp(a * b);
    let (v, w) = ([1.0, -2.0, 3.0], e / (c * c));
    let rows = [
        [b * b * e / c, (1.0 + a * b) * e / c, -b * w],
        [(1.0 + a * b) * e / c, a * a * e / c, -a * w],
        [-b * w, -a * w, 2.0 * w / c],
    ];
    let wanted = rows.map(|row| row.iter().zip(v).map(|(h, v)| h * v).sum());
    let asked = ex.given(format!(
        "f = e^(x₀ x₁) / x₂, x = [{a}, {b}, {c}], v = {v:?}"
    ));
    let got = answer::second_slopes_along(f, &[a, b, c], &v);
    close_each(&asked, &got, &wanted);
}

#[test]
fn ex3_14_one_call_is_enough() {
    let ex = Exercise::load("3.14");
    let calls = std::cell::Cell::new(0);
    let f = |x: &[Number2]| {
        calls.set(calls.get() + 1);
        let squares = x.iter().map(|x| x.clone() * x.clone());
        squares.fold(Dual::from(0.0), |sum, square| sum + square)
    };
    let v: Vec<f64> = (0..200).map(f64::from).collect();
    let got = answer::second_slopes_along(f, &[0.5; 200], &v);
    let asked = ex.given("f = Σ x², 200 inputs, v = 0, 1, 2, …");
    let wanted: Vec<f64> = v.iter().map(|v| 2.0 * v).collect();
    close_each(&asked, &got, &wanted);
    asked.step("how often f was called").equal(calls.get(), 1);
}
