//! Exercises 1.1, 1.2 and 1.10: units and nets of threshold units.

use ch01_perceptron::logic::{ThresholdUnit, inputs_of_row};
use lesson::exercise::Exercise;

use crate::answer;

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
    let ex = Exercise::load("1.1").step("1: NAND is silent only when both inputs fire");
    check_unit(&ex, &answer::nand(), 2, |x| !(x[0] && x[1]));
}

#[test]
fn ex1_01_step2_majority() {
    let ex = Exercise::load("1.1")
        .step("2: the majority of three fires when at least two inputs do");
    let at_least_two = |x: &[bool]| x.iter().filter(|&&fires| fires).count() >= 2;
    check_unit(&ex, &answer::majority(), 3, at_least_two);
}

/// What the case is, excitatory and inhibitory inputs, the threshold; whether the unit
/// fires.
type Veto<'a> = (&'a str, &'a [bool], &'a [bool], usize, bool);

#[test]
fn ex1_02_absolute_inhibition() {
    let ex = Exercise::load("1.2");
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

#[test]
fn ex1_10_threshold_net() {
    let ex = Exercise::load("1.10");
    for inputs in 1..=4 {
        let rows = 1_usize << inputs;
        for number in 0..1_u32 << rows {
            let table: Vec<bool> =
                (0..rows).map(|row| number >> row & 1 == 1).collect();
            check_net(&ex, inputs, &table);
        }
    }
}

/// Checks the net of one table; words are made only when it is wrong, for there are
/// many tables.
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
