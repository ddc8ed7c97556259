//! The claims of lesson 1 about tables: what is measured on training rows only, and a leak.

#![allow(clippy::unwrap_used)]

use ch01_perceptron::leak::mean_of_similar;
use ch01_perceptron::prepare::{impute, summary};

#[test]
fn summaries_leave_missing_values_out() {
    let column = [Some(4.0), None, Some(1.0), Some(2.0), Some(3.0)];
    let s = summary(&column).unwrap();
    assert_eq!((s.present, s.missing, s.mean), (4, 1, 2.5));
    assert_eq!(s.five, [1.0, 1.75, 2.5, 3.25, 4.0]);
    assert_eq!(summary(&[None]), None);
}

#[test]
fn holes_are_filled_with_the_mean_of_the_training_rows_only() {
    // Row 2 is a test row: its 9 must not reach the hole.
    let column = [Some(1.0), None, Some(9.0)];
    let (filled, was_missing) = impute(&column, &[0, 1]);
    assert_eq!(filled, [1.0, 1.0, 9.0]);
    assert_eq!(was_missing, [0.0, 1.0, 0.0]);
    // A hole in a test row is filled with the training mean as well, (2 + 4) / 2.
    let column = [Some(2.0), Some(4.0), Some(100.0), None];
    let (filled, was_missing) = impute(&column, &[0, 1]);
    assert_eq!(filled, [2.0, 4.0, 100.0, 3.0]);
    assert_eq!(was_missing, [0.0, 0.0, 0.0, 1.0]);
}

#[test]
fn a_patient_like_nobody_known_gets_the_mean_of_all() {
    let keys = [(20, 5, 1), (20, 5, 1), (31, 8, 2)];
    let targets = [100.0, 200.0, 90.0];
    assert_eq!(
        mean_of_similar(&keys, &targets, &[0, 1, 2]),
        [150.0, 150.0, 90.0]
    );
    assert_eq!(
        mean_of_similar(&keys, &targets, &[0, 1]),
        [150.0, 150.0, 150.0]
    );
}
