//! What holds of [`Confusion`] and [`Ranking`] whatever they are given, and what they refuse.

use nn::metrics::{Confusion, Ranking, Scores};
use proptest::prelude::*;

/// Scores with many ties, and a class for each.
fn scored() -> impl Strategy<Value = Vec<(i32, bool)>> {
    prop::collection::vec((-4..5_i32, any::<bool>()), 1..40)
}

/// The ranking of scores that a function makes of whole numbers.
fn ranked(rows: &[(i32, bool)], score: impl Fn(f32) -> f32) -> Ranking {
    let scores: Vec<f32> = rows.iter().map(|(s, _)| score(*s as f32)).collect();
    let positive: Vec<bool> = rows.iter().map(|(_, p)| *p).collect();
    Ranking::new(&scores, &positive)
}

proptest! {
    #[test]
    fn the_roc_area_is_the_chance_that_a_positive_outranks_a_negative(rows in scored()) {
        let scores_of = |class| rows.iter().filter(move |row| row.1 == class).map(|row| row.0);
        let (mut won, mut pairs) = (0.0, 0.0);
        for positive in scores_of(true) {
            for negative in scores_of(false) {
                pairs += 1.0;
                won += match positive.cmp(&negative) {
                    std::cmp::Ordering::Greater => 1.0,
                    std::cmp::Ordering::Equal => 0.5,
                    std::cmp::Ordering::Less => 0.0,
                };
            }
        }
        match ranked(&rows, |s| s).roc_area() {
            Some(area) => prop_assert!((area - won / pairs).abs() < 1e-9),
            None => prop_assert_eq!(pairs, 0.0),
        }
    }

    #[test]
    fn only_the_order_of_the_scores_counts(rows in scored()) {
        let (plain, bent) = (ranked(&rows, |s| s), ranked(&rows, |s| (s / 2.0).exp() - 7.0));
        prop_assert_eq!(plain.roc(), bent.roc());
        prop_assert_eq!(plain.average_precision(), bent.average_precision());
        let turned: Vec<(i32, bool)> = rows.iter().rev().copied().collect();
        prop_assert_eq!(&plain, &ranked(&turned, |s| s));
    }

    #[test]
    fn scores_upside_down_have_the_rest_of_the_area(rows in scored()) {
        let areas = [ranked(&rows, |s| s), ranked(&rows, |s| -s)].map(|r| r.roc_area());
        if let [Some(up), Some(down)] = areas {
            prop_assert!((up + down - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn the_roc_curve_rises_from_corner_to_corner(rows in scored()) {
        let ranking = ranked(&rows, |s| s);
        let curve = ranking.roc();
        prop_assert_eq!(curve[0], [0.0, 0.0]);
        for pair in curve.windows(2) {
            prop_assert!(pair[0][0] <= pair[1][0] && pair[0][1] <= pair[1][1]);
        }
        if ranking.positives > 0 && ranking.negatives > 0 {
            prop_assert_eq!(curve[curve.len() - 1], [1.0, 1.0]);
        }
    }

    #[test]
    fn a_threshold_counts_as_a_confusion_table_does(rows in scored()) {
        let ranking = ranked(&rows, |s| s);
        let truths: Vec<usize> = rows.iter().map(|(_, p)| usize::from(*p)).collect();
        for (cut, scores) in ranking.cuts.iter().zip(ranking.scores()) {
            let answer = |row: &(i32, bool)| usize::from(row.0 as f32 >= cut.threshold);
            let answers: Vec<usize> = rows.iter().map(answer).collect();
            let table = Confusion::new(&answers, &truths, 2);
            prop_assert_eq!(table.count(1, 1), cut.true_positives);
            prop_assert_eq!(table.count(0, 1), cut.false_positives);
            prop_assert_eq!(table.scores(1), scores);
        }
    }

    #[test]
    fn micro_scores_are_the_accuracy_and_f1_is_the_harmonic_mean(
        rows in prop::collection::vec((0..3_usize, 0..3_usize), 1..40),
    ) {
        let (answers, truths): (Vec<usize>, Vec<usize>) = rows.into_iter().unzip();
        let table = Confusion::new(&answers, &truths, 3);
        let (micro, accuracy) = (table.micro_scores(), table.accuracy());
        for score in [micro.precision, micro.recall, micro.f1] {
            prop_assert!((score - accuracy).abs() < 1e-12);
        }
        for class in 0..3 {
            let Scores { precision, recall, f1 } = table.scores(class);
            if precision + recall > 0.0 {
                prop_assert!((f1 - 2.0 * precision * recall / (precision + recall)).abs() < 1e-12);
            } else {
                prop_assert_eq!(f1, 0.0);
            }
        }
    }
}

#[test]
fn zeros_of_both_signs_are_tied() {
    let ranking = Ranking::new(&[0.0, -0.0], &[true, false]);
    assert_eq!(ranking.cuts.len(), 1);
    assert_eq!(ranking.roc_area(), Some(0.5));
}

#[test]
fn the_best_f1_is_at_the_highest_of_equally_good_thresholds() {
    // F1 is 2/3 at 0.9, and again where all four are called positive.
    let ranking = Ranking::new(&[0.9, 0.6, 0.5, 0.1], &[true, false, false, true]);
    let (threshold, scores) = ranking.best_f1().expect("there are examples");
    assert_eq!((threshold, scores), (0.9, Scores::of(1, 0, 1)));
    assert_eq!(Ranking::new(&[], &[]).best_f1(), None);
}

#[test]
fn nothing_at_all_has_scores_of_zero() {
    let table = Confusion::new(&[], &[], 2);
    assert_eq!(table.scores(0), Scores::default());
    assert_eq!((table.accuracy(), table.balanced_accuracy()), (0.0, 0.0));
    let none = Ranking::new(&[], &[]);
    assert_eq!((none.roc_area(), none.average_precision()), (None, None));
}

#[test]
#[should_panic(expected = "a ranking needs numbers, and score 1 is NaN")]
fn a_score_that_is_no_number_is_refused() {
    Ranking::new(&[0.5, f32::NAN], &[true, false]);
}

#[test]
#[should_panic(expected = "each score needs one truth: 2 scores, 1 truths")]
fn a_score_without_a_truth_is_refused() {
    Ranking::new(&[0.5, 0.7], &[true]);
}

#[test]
#[should_panic(expected = "classes are 0..2: answer 2, truth 2")]
fn a_class_that_is_none_is_refused() {
    Confusion::new(&[], &[], 2).scores(2);
}
