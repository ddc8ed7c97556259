//! The claims of `nn::metrics`: what counts as right, and where each answer is counted.

use nn::metrics::{accuracy, confusion};
use tensor::Tensor;

#[test]
fn the_largest_score_is_the_answer() {
    let scores = Tensor::from([[0.0, 2.0, 1.0], [-3.0, -2.0, -1.0], [9.0, 8.0, 7.0]]);
    assert_eq!(accuracy(&scores, &[1, 2, 0]), 1.0);
    assert_eq!(accuracy(&scores, &[2, 0, 1]), 0.0);
    assert_eq!(accuracy(&scores, &[1, 2, 1]), 2.0 / 3.0);
}

#[test]
fn of_equal_scores_the_first_is_the_answer() {
    let scores = Tensor::zeros(&[4, 3]);
    assert_eq!(accuracy(&scores, &[0, 0, 1, 2]), 0.5);
}

#[test]
#[should_panic(expected = "each answer needs one truth: 2 answers, 1 truths")]
fn a_missing_target_is_refused() {
    accuracy(&Tensor::zeros(&[2, 3]), &[0]);
}

#[test]
#[should_panic(expected = "the accuracy of no answers")]
fn no_answers_have_no_accuracy() {
    accuracy(&Tensor::zeros(&[0, 3]), &[]);
}

#[test]
fn truths_are_rows_and_answers_columns() {
    let counts = confusion(&[2, 2, 1, 0], &[0, 0, 1, 2], 3);
    assert_eq!(counts, [0, 0, 2, 0, 1, 0, 1, 0, 0]);
    assert_eq!(confusion(&[], &[], 2), [0; 4]);
}

#[test]
#[should_panic(expected = "classes are 0..2: answer 2, truth 0")]
fn an_answer_that_is_no_class_is_refused() {
    confusion(&[2], &[0], 2);
}

#[test]
#[should_panic(expected = "classes are 0..2: answer 1, truth 2")]
fn a_truth_that_is_no_class_is_refused() {
    confusion(&[1], &[2], 2);
}

#[test]
#[should_panic(expected = "each answer needs one truth: 1 answers, 2 truths")]
fn a_truth_without_an_answer_is_refused() {
    confusion(&[1], &[1, 0], 2);
}
