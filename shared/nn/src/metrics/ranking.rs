//! ROC and precision-recall curves: a score for each example, judged at every threshold at
//! once.

use super::Scores;
use super::scores::share;

/// What a threshold makes of scores: examples at or above it are called positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    /// The threshold.
    pub threshold: f32,
    /// Positives at or above it: found.
    pub true_positives: usize,
    /// Negatives at or above it: false alarms.
    pub false_positives: usize,
}

/// Examples in the order of their scores, from the most to the least suspicious, with every
/// threshold at which an answer changes. Examples with equal scores change together.
///
/// ```
/// use nn::metrics::Ranking;
///
/// // Of the 2 × 2 pairs of a positive and a negative, three are in the right order.
/// let ranking = Ranking::new(&[0.9, 0.6, 0.4, 0.1], &[true, false, true, false]);
/// assert_eq!(ranking.roc_area(), Some(3.0 / 4.0));
/// // Precision is 1 where the first positive is found and 2/3 where the second is.
/// assert_eq!(ranking.average_precision(), Some((1.0 + 2.0 / 3.0) / 2.0));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// The thresholds, highest first, each one of the scores.
    pub cuts: Vec<Cut>,
    /// How many examples are positive.
    pub positives: usize,
    /// How many are not.
    pub negatives: usize,
}

impl Ranking {
    /// Ranks examples by their scores.
    ///
    /// # Panics
    /// If there is not one truth for each score, or a score is NaN.
    // ANCHOR: ranking
    #[track_caller]
    pub fn new(scores: &[f32], positive: &[bool]) -> Ranking {
        check(scores, positive);
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
        let (mut found, mut alarms) = (0, 0);
        let mut cuts = Vec::new();
        for tied in order.chunk_by(|&a, &b| scores[a] == scores[b]) {
            let hits = tied.iter().filter(|&&i| positive[i]).count();
            found += hits;
            alarms += tied.len() - hits;
            cuts.push(Cut {
                threshold: scores[tied[0]],
                true_positives: found,
                false_positives: alarms,
            });
        }
        Ranking {
            cuts,
            positives: found,
            negatives: alarms,
        }
    }
    // ANCHOR_END: ranking
}

impl Ranking {
    /// The receiver operating characteristic: false positive rate (of the negatives, the
    /// share above the threshold) and true positive rate (recall) as the threshold falls,
    /// from (0, 0) to (1, 1). A rate of nothing is 0.
    pub fn roc(&self) -> Vec<[f64; 2]> {
        let rates = |cut: &Cut| {
            let alarms = share(cut.false_positives, self.negatives);
            [alarms, share(cut.true_positives, self.positives)]
        };
        let start = [0.0, 0.0];
        [start]
            .into_iter()
            .chain(self.cuts.iter().map(rates))
            .collect()
    }

    /// The area under the ROC curve, by trapezoids: the probability that a positive has a
    /// higher score than a negative, where a tie counts half. `None` without positives or
    /// without negatives.
    ///
    /// Source: J. A. Hanley, B. J. McNeil, "The meaning and use of the area under a receiver
    /// operating characteristic (ROC) curve", Radiology 143 (1982).
    // ANCHOR: roc
    pub fn roc_area(&self) -> Option<f64> {
        if self.positives == 0 || self.negatives == 0 {
            return None;
        }
        let curve = self.roc();
        let trapezoid =
            |pair: &[[f64; 2]]| (pair[1][0] - pair[0][0]) * (pair[0][1] + pair[1][1]) / 2.0;
        Some(curve.windows(2).map(trapezoid).sum())
    }
    // ANCHOR_END: roc

    /// Precision, recall and F1 of the positive class at every threshold, highest first.
    pub fn scores(&self) -> Vec<Scores> {
        let at = |cut: &Cut| {
            let missed = self.positives - cut.true_positives;
            Scores::of(cut.true_positives, cut.false_positives, missed)
        };
        self.cuts.iter().map(at).collect()
    }

    /// The average precision, `Σ (Rₙ - Rₙ₋₁) Pₙ` over the thresholds: the area under the
    /// precision-recall curve, in steps and not in trapezoids, which would promise precisions
    /// that no threshold has. `None` without positives.
    // ANCHOR: precision_recall
    pub fn average_precision(&self) -> Option<f64> {
        if self.positives == 0 {
            return None;
        }
        let mut before = 0.0;
        let step = |at: Scores| {
            let gained = at.recall - before;
            before = at.recall;
            gained * at.precision
        };
        Some(self.scores().into_iter().map(step).sum())
    }
    // ANCHOR_END: precision_recall

    /// The threshold with the highest F1, the highest of several; `None` without examples.
    pub fn best_f1(&self) -> Option<(f32, Scores)> {
        let all = self.cuts.iter().map(|cut| cut.threshold).zip(self.scores());
        all.reduce(|best, next| if next.1.f1 > best.1.f1 { next } else { best })
    }
}

#[track_caller]
fn check(scores: &[f32], positive: &[bool]) {
    assert!(
        scores.len() == positive.len(),
        "each score needs one truth: {} scores, {} truths",
        scores.len(),
        positive.len()
    );
    if let Some(place) = scores.iter().position(|score| score.is_nan()) {
        panic!("a ranking needs numbers, and score {place} is NaN");
    }
}
