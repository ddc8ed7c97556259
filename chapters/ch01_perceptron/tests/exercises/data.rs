//! Exercises 1.7, 1.8 and 1.12: scale, holes, and a column without a leak.

use lesson::exercise::Exercise;

use crate::{answer, rows};

#[test]
fn ex1_07_standardise() {
    let ex = Exercise::load("1.7");
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
/// What the case is, the training column, the column to fill; the filled values, the
/// holes.
type Holes<'a> = (&'a str, Column<'a>, Column<'a>, &'a [f32], &'a [f32]);

#[test]
fn ex1_08_impute() {
    let ex = Exercise::load("1.8");
    #[rustfmt::skip]
    let cases: [Holes; 4] = [
        ("a test column",
         &[Some(1.0), None, Some(3.0)], &[None, Some(7.0)], &[2.0, 7.0], &[1.0, 0.0]),
        ("the training column",
         &[Some(4.0), None], &[Some(4.0), None], &[4.0, 4.0], &[0.0, 1.0]),
        ("nothing missing",
         &[Some(1.0)], &[Some(5.0), Some(6.0)], &[5.0, 6.0], &[0.0, 0.0]),
        ("no training values at all",
         &[None, None], &[None, Some(8.0)], &[0.0, 8.0], &[1.0, 0.0]),
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

/// What the case is, groups, targets and training rows; the column.
type Similar<'a> = (&'a str, &'a [u32], &'a [f32], &'a [usize], &'a [f32]);

#[test]
fn ex1_12_mean_of_others() {
    let ex = Exercise::load("1.12");
    #[rustfmt::skip]
    let cases: [Similar; 9] = [
        ("a training row: the others of its group",
         &[4, 4, 4], &[3.0, 6.0, 12.0], &[0, 1, 2], &[9.0, 7.5, 4.5]),
        ("a training row: no target from outside training",
         &[4, 4, 4], &[3.0, 6.0, 50.0], &[0, 1], &[6.0, 3.0, 4.5]),
        ("other rows: the training rows of their group",
         &[1, 1, 1, 1], &[2.0, 4.0, 70.0, 90.0], &[0, 1], &[4.0, 2.0, 3.0, 3.0]),
        ("other rows: nobody of their group in training",
         &[1, 1, 5], &[2.0, 4.0, 70.0], &[0, 1], &[4.0, 2.0, 3.0]),
        ("a training row alone in its group: all others",
         &[1, 2, 2], &[9.0, 4.0, 8.0], &[0, 1, 2], &[6.0, 8.0, 4.0]),
        ("alone among the training rows of its group",
         &[1, 1, 2], &[9.0, 50.0, 3.0], &[0, 2], &[3.0, 9.0, 9.0]),
        ("training rows in any order",
         &[2, 1, 1, 2], &[8.0, 1.0, 3.0, 4.0], &[3, 1, 0, 2], &[4.0, 3.0, 1.0, 8.0]),
        ("a single training row",
         &[1, 1, 2], &[9.0, 50.0, 3.0], &[0], &[0.0, 9.0, 9.0]),
        ("no training rows at all", &[1, 2], &[9.0, 50.0], &[], &[0.0, 0.0]),
    ];
    for (what, groups, targets, training, column) in cases {
        let asked = ex.step(what).given(format!(
            "groups = {groups:?}, targets = {targets:?}, training = {training:?}"
        ));
        let got = answer::mean_of_others(groups, targets, training);
        asked.close_each(&got, column, 1e-5);
    }
}

#[test]
fn ex1_12_no_row_knows_its_own_target() {
    let ex = Exercise::load("1.12").step("no row's own target enters its value");
    let (groups, training) = ([1, 1, 1, 2, 2, 3, 3], [0, 1, 3, 4, 5]);
    let targets = [5.0, 7.0, 3.0, 2.0, 6.0, 1.0, 8.0];
    let before = answer::mean_of_others(&groups, &targets, &training);
    ex.equal(before.len(), groups.len());
    for row in 0..groups.len() {
        let mut changed = targets;
        changed[row] = 100.0;
        let asked = ex.given(format!(
            "groups = {groups:?}, training = {training:?}, targets = {targets:?}, \
             then {changed:?}: the value of row {row}"
        ));
        let after = answer::mean_of_others(&groups, &changed, &training);
        asked.close(after[row], before[row], 1e-4);
    }
}
