//! The scalar engine: slopes by hand, by central differences, and long chains.

use ch03_backprop::expression::{Expression, Step, largest};
use ch03_backprop::graph;
use ch03_backprop::lines::{BESIDE, ENGINE, code_lines, lines_of};
use ch03_backprop::scalar::Scalar;
use plots::Size;
use proptest::prelude::*;
use tensor::Rng;

/// The slope of a function of one number, by the engine.
fn slope(f: impl Fn(&Scalar) -> Scalar, x: f64) -> f64 {
    let x = Scalar::from(x);
    f(&x).backward();
    x.gradient()
}

fn assert_near(got: f64, right: f64) {
    assert!((got - right).abs() < 1e-12, "{got}, expected {right}");
}

#[test]
fn each_operation_has_the_slope_of_the_table() {
    let two = Scalar::from(2.0);
    assert_near(slope(|x| x + &two, 3.0), 1.0);
    assert_near(slope(|x| x - &two, 3.0), 1.0);
    assert_near(slope(|x| &two - x, 3.0), -1.0);
    assert_near(slope(|x| x * &two, 3.0), 2.0);
    assert_near(slope(|x| x / &two, 3.0), 0.5);
    assert_near(slope(|x| &two / x, 4.0), -0.125);
    assert_near(slope(|x| x.pow(3.0), 2.0), 12.0);
    assert_near(slope(|x| x.pow(-1.0), 2.0), -0.25);
    assert_near(slope(Scalar::exp, 1.0), std::f64::consts::E);
    assert_near(slope(Scalar::ln, 4.0), 0.25);
    assert_near(slope(Scalar::tanh, 0.0), 1.0);
    assert_near(slope(Scalar::relu, 2.0), 1.0);
    assert_near(slope(Scalar::relu, -2.0), 0.0);
    assert_near(slope(Scalar::relu, 0.0), 0.0);
}

#[test]
fn plain_numbers_stand_on_either_side() {
    assert_near(slope(|x| 2.0 * x, 3.0), 2.0);
    assert_near(slope(|x| x * 2.0, 3.0), 2.0);
    assert_near(slope(|x| 1.0 - x, 3.0), -1.0);
    assert_near(slope(|x| 1.0 / (x + 1.0), 1.0), -0.25);
}

#[test]
fn ways_that_meet_again_add_up() {
    assert_near(slope(|x| x * x, 3.0), 6.0);
    assert_near(slope(|x| x + x, 3.0), 2.0);
    assert_near(slope(|x| x / x, 3.0), 0.0);
    assert_near(slope(|x| x - x, 3.0), 0.0);
    // A diamond whose sides have different lengths: b is done before a is.
    let diamond = |x: &Scalar| {
        let a = x * x;
        let b = &a * x;
        &a * &b // x⁵
    };
    assert_near(slope(diamond, 2.0), 80.0);
}

#[test]
fn a_squared_square_is_found_along_every_way() {
    // 20 squarings: a million ways, each node visited once.
    let power = |x: &Scalar| (0..20).fold(x.clone(), |v, _| &v * &v);
    assert_eq!(slope(power, 1.0), 1_048_576.0);
}

#[test]
fn walking_back_twice_gives_the_same_gradients() {
    let (x, y) = (Scalar::from(2.0), Scalar::from(3.0));
    let f = &x * &y + &x;
    f.backward();
    f.backward();
    assert_eq!((x.gradient(), y.gradient()), (4.0, 2.0));
    // Another result over the same leaves starts anew.
    (&x * 7.0).backward();
    assert_eq!(x.gradient(), 7.0);
}

#[test]
fn the_gradient_of_the_result_by_itself_is_one() {
    let x = Scalar::from(5.0);
    assert_eq!(x.gradient(), 0.0);
    x.backward();
    assert_eq!(x.gradient(), 1.0);
}

#[test]
fn a_leaf_takes_a_new_value_and_results_keep_theirs() {
    let x = Scalar::from(2.0);
    let y = &x * &x;
    x.set(5.0);
    assert_eq!((x.value(), y.value()), (5.0, 4.0));
    assert_eq!((&x * &x).value(), 25.0);
}

#[test]
fn every_number_comes_once_and_after_its_inputs() {
    let x = Scalar::from(2.0);
    let a = &x * &x;
    let b = a.tanh();
    let f = &a + &b * &x;
    let values: Vec<f64> = f.order().iter().map(Scalar::value).collect();
    let product = b.value() * 2.0;
    assert_eq!(values, [2.0, 4.0, b.value(), product, 4.0 + product]);
    // The marks of the walk are wiped: a second walk sees the same.
    assert_eq!(f.order().len(), 5);
}

#[test]
fn the_sigmoid_of_the_page_has_its_slope() {
    let sigmoid = |x: &Scalar| 1.0 / (1.0 + (-1.0 * x).exp());
    let s = 1.0 / (1.0 + libm::exp(-0.7));
    assert_near(slope(sigmoid, 0.7), s * (1.0 - s));
}

#[test]
fn a_chain_of_100_000_operations_is_walked_and_freed_without_recursion() {
    // The stack of a test's thread holds 2 MiB: recursion would overflow it.
    let x = Scalar::from(1.0);
    let sum = (1..100_000).fold(x.clone(), |sum, _| sum + &x);
    sum.backward();
    assert_eq!(x.gradient(), 100_000.0);
    drop(sum);
    assert_eq!(x.value(), 1.0);
}

#[test]
fn a_chain_held_at_both_ends_is_freed_in_the_middle() {
    let x = Scalar::from(1.0);
    let middle = (0..1000).fold(x.clone(), |v, _| v + 1.0);
    let end = (0..1000).fold(middle.clone(), |v, _| v + 1.0);
    drop(end);
    middle.backward();
    assert_eq!((middle.value(), x.gradient()), (1001.0, 1.0));
}

#[test]
fn planted_errors_are_seen_by_the_check() {
    // d/dx (x² · x) measured at a step far too large is no derivative.
    let cube = Expression(vec![Step::Mul(0, 0), Step::Mul(1, 0)]);
    assert!(largest(&cube.gradient_errors(&[1.0], 1e-5)) < 1e-9);
    assert!(largest(&cube.gradient_errors(&[1.0], 0.5)) > 0.05);
}

#[test]
fn an_error_that_is_not_a_number_is_no_small_error() {
    assert_eq!(largest(&[0.5, 0.2]), 0.5);
    assert!(largest(&[f64::NAN, 0.2]).is_nan() && largest(&[0.2, f64::NAN]).is_nan());
}

#[test]
fn the_drawing_names_every_leaf_and_shows_values_and_gradients() {
    let (w, x) = (Scalar::named("w", 3.0), Scalar::named("x", 2.0));
    let f = (&w * &x).pow(2.0);
    f.backward();
    let figure = graph::draw(&f, Size::Column).expect("a small figure");
    for text in [
        ">w<", ">3<", ">x<", ">×<", ">6<", ">pow<", ">36<", ">24<", ">12<",
    ] {
        assert!(figure.svg().contains(text), "{text} is missing");
    }
}

#[test]
fn in_the_drawing_arrows_lead_to_the_right_and_no_two_numbers_share_a_place() {
    let mut rng = Rng::new(2);
    for _ in 0..50 {
        let x: Vec<Scalar> = (0..3).map(|i| Scalar::from(f64::from(i))).collect();
        let placed = graph::layout(&Expression::random(8, 3, &mut rng).by_engine(&x));
        for (i, number) in placed.iter().enumerate() {
            for &(input, _) in &number.inputs {
                assert!(placed[input].column < number.column);
            }
            for other in &placed[..i] {
                let apart = (other.row - number.row).abs() >= 1.0;
                assert!(other.column != number.column || apart);
            }
        }
    }
}

#[test]
fn the_engine_has_less_than_150_lines() {
    let source = include_str!("../../src/scalar.rs");
    let code = |l: &&str| !l.trim().is_empty() && !l.trim().starts_with("//");
    let lines = source.lines().filter(code).count();
    assert!(lines < 150, "{lines} lines");
}

#[test]
fn the_tensor_engine_has_less_than_1200_lines() {
    let lines = lines_of(&ENGINE);
    assert!(lines < 1200, "{lines} lines");
    // Not because the files were empty.
    assert!(ENGINE.iter().all(|(_, source)| code_lines(source) > 30));
}

#[test]
fn every_file_of_the_tensor_crate_is_counted_or_named_as_left_out() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/tensor/src");
    let entries = std::fs::read_dir(folder).expect("the crate lies beside the lessons");
    for entry in entries {
        let name = entry.expect("an entry of the folder").file_name();
        let name = name.to_string_lossy();
        let counted = ENGINE.iter().any(|(file, _)| *file == name);
        let left_out = BESIDE.contains(&name.as_ref());
        assert!(counted != left_out, "{name}: in one of ENGINE and BESIDE");
    }
}

proptest! {
    #[test]
    fn random_expressions_agree_with_central_differences(
        seed in any::<u64>(),
        length in 1_usize..25,
        x in proptest::collection::vec(-2.0_f64..2.0, 3),
    ) {
        let expression = Expression::random(length, 3, &mut Rng::new(seed));
        let leaves: Vec<Scalar> = x.iter().map(|&x| Scalar::from(x)).collect();
        let value = expression.by_engine(&leaves).value();
        let plain = expression.value(&x).0;
        // Products of products grow: a difference of huge numbers measures nothing.
        prop_assume!(plain.abs() < 1e3);
        prop_assert_eq!(value, plain);
        let error = largest(&expression.gradient_errors(&x, 1e-5));
        prop_assert!(error < 1e-4, "{} of {:?}", error, expression);
    }

    #[test]
    fn gradients_are_linear_in_the_result(x in -3.0_f64..3.0, a in -3.0_f64..3.0) {
        let f = |x: &Scalar| x.tanh() * x;
        let scaled = slope(|x| a * f(x), x);
        prop_assert!((scaled - a * slope(f, x)).abs() < 1e-12);
    }
}
