//! The claims of lesson 1 about tables: what is measured on training rows only, and a leak.

#![allow(clippy::unwrap_used)]

use ch01_perceptron::leak::mean_of_similar;
use ch01_perceptron::prepare::{Standardiser, impute, stratified_split, summary};
use tensor::{Rng, Tensor};

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
fn a_stratified_split_keeps_the_mix_and_loses_no_row() {
    let classes: Vec<usize> = (0..90).map(|row| if row < 60 { 0 } else { 1 }).collect();
    let (mut first, second) = stratified_split(&classes, 1.0 / 3.0, &mut Rng::new(1));
    let of = |rows: &[usize], class: usize| {
        rows.iter().filter(|&&row| classes[row] == class).count()
    };
    assert_eq!(
        (of(&first, 0), of(&first, 1), of(&second, 0), of(&second, 1)),
        (40, 20, 20, 10)
    );
    first.extend(second);
    first.sort_unstable();
    assert!(first.into_iter().eq(0..90));
}

#[test]
fn a_stratified_split_is_drawn_by_the_seed_and_mixes_the_classes() {
    let classes: Vec<usize> = (0..90).map(|row| row / 60).collect();
    let split = |seed| stratified_split(&classes, 1.0 / 3.0, &mut Rng::new(seed));
    assert_eq!(split(1), split(1));
    assert_ne!(split(1), split(2), "the seed makes no difference");
    let (first, second) = split(1);
    for part in [first, second] {
        let sorted = part.is_sorted_by_key(|&row| classes[row]);
        assert!(!sorted, "one class after the other: {part:?}");
    }
}

#[test]
fn a_constant_column_is_standardised_to_zeros() {
    let train = Tensor::from_vec(vec![7.0, 1.0, 7.0, 3.0], &[2, 2]);
    let scaled = Standardiser::fit(&train).apply(&train);
    assert_eq!(scaled.to_vec(), [0.0, -1.0, 0.0, 1.0]);
}

#[test]
fn a_constant_column_becomes_zeros_even_where_its_mean_is_rounded() {
    // The sum of seven 0.1 is no multiple of 0.1 in f32.
    let train = Tensor::from_vec(vec![0.1; 7], &[7, 1]);
    let scale = Standardiser::fit(&train);
    assert_eq!(scale.apply(&train).to_vec(), [0.0; 7]);
    let new = Tensor::from_vec(vec![0.1, 0.2, -50.0], &[3, 1]);
    assert_eq!(scale.apply(&new).to_vec(), [0.0; 3]);
}

#[test]
fn new_rows_are_scaled_by_what_the_training_rows_measured() {
    // Means 2 and 20, standard deviations 1 and 10.
    let train = Tensor::from_vec(vec![1.0, 10.0, 3.0, 30.0], &[2, 2]);
    let new = Tensor::from_vec(vec![5.0, 20.0, 2.0, -20.0], &[2, 2]);
    let scaled = Standardiser::fit(&train).apply(&new).to_vec();
    let expected = [3.0, 0.0, 0.0, -4.0];
    for (got, expected) in scaled.iter().zip(expected) {
        assert!((got - expected).abs() < 1e-5, "{scaled:?}");
    }
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
