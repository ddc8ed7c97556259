//! `nn::metrics` held against scikit-learn: the numbers of `fixtures/metrics.json`.

use nn::metrics::{Confusion, Ranking, Scores};
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixture {
    confusions: Vec<ConfusionCase>,
    rankings: Vec<RankingCase>,
}

#[derive(Deserialize)]
struct ConfusionCase {
    truths: Vec<usize>,
    answers: Vec<usize>,
    classes: usize,
    counts: Vec<usize>,
    /// Precision, recall and F1 of each class.
    each: [Vec<f64>; 3],
    #[serde(rename = "macro")]
    macro_average: [f64; 3],
    micro: [f64; 3],
    balanced_accuracy: f64,
    accuracy: f64,
}

#[derive(Deserialize)]
struct RankingCase {
    name: String,
    positive: Vec<bool>,
    scores: Vec<f32>,
    roc_area: Option<f64>,
    average_precision: Option<f64>,
    roc: Option<[Vec<f64>; 2]>,
    precision_recall: Option<[Vec<f64>; 3]>,
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("../fixtures/metrics.json"))
        .expect("the script writes such a file")
}

#[track_caller]
fn near(what: &str, ours: f64, theirs: f64) {
    assert!(
        (ours - theirs).abs() <= 1e-6,
        "{what}: ours {ours}, scikit-learn's {theirs}"
    );
}

#[track_caller]
fn same_scores(what: &str, ours: Scores, theirs: [f64; 3]) {
    near(&format!("{what}: precision"), ours.precision, theirs[0]);
    near(&format!("{what}: recall"), ours.recall, theirs[1]);
    near(&format!("{what}: F1"), ours.f1, theirs[2]);
}

#[test]
fn precision_recall_and_f1_are_scikit_learns_even_of_classes_that_are_missing() {
    for case in fixture().confusions {
        let table = Confusion::new(&case.answers, &case.truths, case.classes);
        assert_eq!(table.counts, case.counts);
        for class in 0..case.classes {
            let theirs = case.each.each_ref().map(|part| part[class]);
            same_scores(&format!("class {class}"), table.scores(class), theirs);
        }
        same_scores("macro", table.macro_scores(), case.macro_average);
        same_scores("micro", table.micro_scores(), case.micro);
        let balanced = table.balanced_accuracy();
        near("balanced accuracy", balanced, case.balanced_accuracy);
        near("accuracy", table.accuracy(), case.accuracy);
    }
}

/// Equal numbers, and where scikit-learn says that there is none, none.
#[track_caller]
fn same_area(what: &str, ours: Option<f64>, theirs: Option<f64>) {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => near(what, ours, theirs),
        (ours, theirs) => assert_eq!(ours, theirs, "{what}"),
    }
}

#[test]
fn areas_are_scikit_learns_with_ties_with_equal_scores_and_with_a_class_missing() {
    let cases = fixture().rankings;
    assert!(cases.iter().any(|case| case.roc_area.is_none()));
    for case in cases {
        let ranking = Ranking::new(&case.scores, &case.positive);
        same_area(&case.name, ranking.roc_area(), case.roc_area);
        let precision = ranking.average_precision();
        same_area(&case.name, precision, case.average_precision);
    }
}

#[test]
fn curves_are_scikit_learns_point_by_point() {
    let cases = fixture().rankings;
    let with_curves = cases.into_iter().filter_map(|case| {
        Some((
            case.roc?,
            case.precision_recall?,
            case.scores,
            case.positive,
        ))
    });
    let mut points = 0;
    for (roc, precision_recall, scores, positive) in with_curves {
        let ranking = Ranking::new(&scores, &positive);
        let ours = ranking.roc();
        assert_eq!(ours.len(), roc[0].len());
        for (i, point) in ours.iter().enumerate() {
            near("false positive rate", point[0], roc[0][i]);
            near("true positive rate", point[1], roc[1][i]);
        }
        let [precision, recall, thresholds] = precision_recall;
        assert_eq!(ranking.cuts.len(), thresholds.len());
        for (i, (cut, at)) in ranking.cuts.iter().zip(ranking.scores()).enumerate() {
            near("threshold", f64::from(cut.threshold), thresholds[i]);
            near("precision", at.precision, precision[i]);
            near("recall", at.recall, recall[i]);
        }
        points += ours.len();
    }
    assert!(points > 80, "only {points} points were compared");
}
