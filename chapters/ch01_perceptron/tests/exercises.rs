//! The tests of lesson 1's exercises: `cargo test -p ch01_perceptron --test exercises`.
//!
//! They fail on the stubs of `src/exercises.rs`, and pass on the solutions
//! (`--features solutions`).

#[cfg(not(feature = "solutions"))]
use ch01_perceptron::exercises as answer;
use ch01_perceptron::logic::{ThresholdUnit, inputs_of_row};
#[cfg(feature = "solutions")]
use ch01_perceptron::wrong as answer;
use lesson::exercise::Exercise;

/// The exercise with this id: its title, and the page to read.
fn exercise(id: &'static str) -> Exercise {
    #[rustfmt::skip]
    let (title, page) = match id {
        "1.1" => ("Weights for NAND and for the majority", "Logical neurons"),
        "1.2" => ("A unit with absolute inhibition", "Logical neurons"),
        "1.3" => ("The perceptron's update in one line", "Learning from mistakes"),
        "1.4" => ("Radius, gap and Novikoff's bound", "Why it stops, and when it never does"),
        "1.5" => ("The hinge loss and its gradient", "From a rule to a loss"),
        "1.6" => ("Stable softmax, then its gradient", "Ten neurons read digits"),
        "1.7" => ("Find the planted bug", "Look before you fit"),
        "1.8" => ("Impute, and remember what was missing", "Look before you fit"),
        "1.9" => ("The pocket algorithm", "Why it stops, and when it never does"),
        _ => ("A two-layer net for any truth table", "What a line cannot do"),
    };
    Exercise::new(id, title, page)
}

/// The rows of numbers as the functions take them.
fn rows<const D: usize>(rows: &[[f32; D]]) -> Vec<Vec<f32>> {
    rows.iter().map(|row| row.to_vec()).collect()
}

/// Checks one unit against a function of its inputs, row by row.
fn check_unit(
    ex: &Exercise,
    unit: &ThresholdUnit,
    inputs: usize,
    wanted: fn(&[bool]) -> bool,
) {
    ex.given(format!("a unit of {inputs} inputs"))
        .equal(unit.weights.len(), inputs);
    for row in 0..1 << inputs {
        let x = inputs_of_row(row, inputs);
        let asked = ex.given(format!("{unit:?} and the inputs {x:?}"));
        asked.equal(unit.fires(&x), wanted(&x));
    }
}

#[test]
fn ex1_01_step1_nand() {
    let ex = exercise("1.1").step("1: NAND is silent only when both inputs fire");
    check_unit(&ex, &answer::nand(), 2, |x| !(x[0] && x[1]));
}

#[test]
fn ex1_01_step2_majority() {
    let ex = exercise("1.1")
        .step("2: the majority of three fires when at least two inputs do");
    let at_least_two = |x: &[bool]| x.iter().filter(|&&fires| fires).count() >= 2;
    check_unit(&ex, &answer::majority(), 3, at_least_two);
}

/// What the case is, excitatory and inhibitory inputs, the threshold; whether the unit fires.
type Veto<'a> = (&'a str, &'a [bool], &'a [bool], usize, bool);

#[test]
fn ex1_02_absolute_inhibition() {
    let ex = exercise("1.2");
    #[rustfmt::skip]
    let cases: [Veto; 8] = [
        ("just enough excitation", &[true, true, false], &[false], 2, true),
        ("too little excitation", &[true, false, false], &[false], 2, false),
        ("a veto against a majority", &[true, true, true], &[true], 2, false),
        ("one veto of two", &[true, true, true], &[false, true], 1, false),
        ("no inhibitory inputs at all", &[true, true], &[], 2, true),
        ("more than enough excitation", &[true, true, true], &[false, false], 2, true),
        ("threshold 0 and silence", &[false, false], &[false], 0, true),
        ("threshold 0 and a veto", &[], &[true], 0, false),
    ];
    for (what, excitatory, inhibitory, threshold, fires) in cases {
        let asked = ex.step(what).given(format!(
            "excitatory {excitatory:?}, inhibitory {inhibitory:?}, threshold {threshold}"
        ));
        asked.equal(
            answer::absolute_unit(excitatory, inhibitory, threshold),
            fires,
        );
    }
}

/// Checks numbers that belong to the weights and to the bias.
#[track_caller]
fn check_pair(ex: &Exercise, what: &str, got: (Vec<f32>, f32), wanted: (&[f32], f32)) {
    let part = |name: &str| ex.step(format!("{what}: the {name}"));
    part("weights").close_each(&got.0, wanted.0, 1e-6);
    part("bias").close(got.1, wanted.1, 1e-6);
}

/// What the case is, w and b, x and y; the new w and b.
type Seen<'a> = (&'a str, [f32; 2], f32, [f32; 2], f32, [f32; 2], f32);

#[test]
fn ex1_03_perceptron_update() {
    let ex = exercise("1.3");
    #[rustfmt::skip]
    let cases: [Seen; 5] = [
        ("a score of zero is a mistake", [0.0, 0.0], 0.0, [2.0, 1.0], -1.0, [-2.0, -1.0], -1.0),
        ("right, class +1: nothing changes", [1.0, 0.0], 0.5, [3.0, 7.0], 1.0, [1.0, 0.0], 0.5),
        ("right, class −1: nothing changes", [1.0, 0.0], 0.5, [-3.0, 7.0], -1.0, [1.0, 0.0], 0.5),
        ("wrong, class +1: the example is added", [1.0, 2.0], -9.0, [3.0, 0.5], 1.0, [4.0, 2.5], -8.0),
        ("wrong, class −1: it is taken away", [1.0, 2.0], 0.0, [3.0, 0.5], -1.0, [-2.0, 1.5], -1.0),
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
    let ex = exercise("1.4").step("1: the length of the longest example");
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
    let ex = exercise("1.4").step("2: the smallest y (w*·x), if it is positive");
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
    let ex = exercise("1.4").step("3: (R/γ)²");
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

/// Four examples whose margins under w = (1, −1), b = 0.5 are 2.5, 0.5, 1 (the corner), −1.5.
fn margins() -> (Vec<Vec<f32>>, [f32; 4], [f32; 2], f32) {
    let x = rows(&[[3.0, 1.0], [1.0, 1.0], [-1.0, 0.5], [2.0, 1.0]]);
    (x, [1.0, 1.0, -1.0, -1.0], [1.0, -1.0], 0.5)
}

#[test]
fn ex1_05_step1_hinge_loss() {
    let ex = exercise("1.5").step("1: the mean of max(0, 1 − m)");
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
    let ex = exercise("1.5");
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
fn ex1_06_step1_softmax() {
    let ex = exercise("1.6")
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
    let ex = exercise("1.6").step("2: the derivative of −ln ŷ_class by each logit");
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
fn ex1_07_standardise() {
    let ex = exercise("1.7");
    // The second column is constant in training, though not in the test rows.
    let train = rows(&[[1.0, 5.0, -10.0], [3.0, 5.0, 10.0]]);
    let test = rows(&[[4.0, 5.0, 0.0], [100.0, 7.0, 30.0]]);
    let (new_train, new_test) = answer::standardise(&train, &test);
    let asked = ex.given(format!("train = {train:?}, test = {test:?}"));
    let (count, rows) = (asked.step("one row for each"), [train.len(), test.len()]);
    count.equal([new_train.len(), new_test.len()], rows);
    let wanted = [
        ("training row 0", [-1.0, 0.0, -1.0]),
        ("training row 1", [1.0, 0.0, 1.0]),
        ("test row 0", [2.0, 0.0, 0.0]),
        ("test row 1", [98.0, 0.0, 3.0]),
    ];
    for (got, (which, wanted)) in new_train.iter().chain(&new_test).zip(wanted) {
        asked.step(which).close_each(got, &wanted, 1e-5);
    }
    let constant = vec![vec![0.1]; 7];
    let asked = ex.given("seven training rows and a test row of the one column 0.1");
    let (seven, one) = answer::standardise(&constant, &constant[..1]);
    let zeros = asked.step("a constant column becomes zeros, rounding or not");
    zeros.close_each(&[seven.concat(), one.concat()].concat(), &[0.0; 8], 1e-6);
    let asked = ex.given("the same training rows without any test rows");
    let (alone, _) = answer::standardise(&train, &[]);
    asked
        .step("training rows do not depend on the test rows")
        .equal(alone, new_train);
}

/// Some or none of a column's values.
type Column<'a> = &'a [Option<f32>];
/// What the case is, the training column, the column to fill; the filled values, the holes.
type Holes<'a> = (&'a str, Column<'a>, Column<'a>, &'a [f32], &'a [f32]);

#[test]
fn ex1_08_impute() {
    let ex = exercise("1.8");
    #[rustfmt::skip]
    let cases: [Holes; 4] = [
        ("a test column", &[Some(1.0), None, Some(3.0)], &[None, Some(7.0)], &[2.0, 7.0], &[1.0, 0.0]),
        ("the training column", &[Some(4.0), None], &[Some(4.0), None], &[4.0, 4.0], &[0.0, 1.0]),
        ("nothing missing", &[Some(1.0)], &[Some(5.0), Some(6.0)], &[5.0, 6.0], &[0.0, 0.0]),
        ("no training values at all", &[None, None], &[None, Some(8.0)], &[0.0, 8.0], &[1.0, 0.0]),
    ];
    for (what, train, column, filled, missing) in cases {
        let asked = ex.given(format!("train = {train:?}, column = {column:?}"));
        let (got_filled, got_missing) = answer::impute(train, column);
        asked
            .step(format!("{what}: the values"))
            .close_each(&got_filled, filled, 1e-6);
        asked.step(format!("{what}: was missing")).close_each(
            &got_missing,
            missing,
            0.0,
        );
    }
}

#[test]
fn ex1_09_pocket() {
    let ex = exercise("1.9");
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

#[test]
fn ex1_10_threshold_net() {
    let ex = exercise("1.10");
    for inputs in 1..=4 {
        let rows = 1_usize << inputs;
        for number in 0..1_u32 << rows {
            let table: Vec<bool> =
                (0..rows).map(|row| number >> row & 1 == 1).collect();
            check_net(&ex, inputs, &table);
        }
    }
}

/// Checks the net of one table; words are made only when it is wrong, for there are many tables.
fn check_net(ex: &Exercise, inputs: usize, table: &[bool]) {
    let net = answer::threshold_net(table);
    let most = table.len() / 2;
    if net.hidden.len() > most {
        let asked = ex.given(format!(
            "the table {table:?}; your net has {}",
            net.hidden.len()
        ));
        let fewer = asked.step(format!("at most {most} hidden units"));
        fewer.equal(net.hidden.len(), most);
    }
    let right = |&row: &usize| net.fires(&inputs_of_row(row, inputs)) == table[row];
    if let Some(row) = (0..table.len()).find(|row| !right(row)) {
        let x = inputs_of_row(row, inputs);
        let asked = ex.given(format!(
            "the table {table:?}, your net {net:?}, the inputs {x:?}"
        ));
        asked.equal(!table[row], table[row]);
    }
}
