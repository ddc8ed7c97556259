//! Precision, recall and F1, from a table of who was taken for whom.

use super::confusion;

/// What one class's answers are worth. Where a share is of nothing (no answer, no truth), it
/// is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Of the answers "this class", the share that is right.
    pub precision: f64,
    /// Of the examples of this class, the share that was found.
    pub recall: f64,
    /// The harmonic mean of the two, `2 P R / (P + R)`: close to the smaller.
    pub f1: f64,
}

impl Scores {
    /// From counts: found rightly, found wrongly, missed. F1 is `2 tp / (2 tp + fp + fn)`,
    /// which is the harmonic mean.
    ///
    /// ```
    /// use nn::metrics::Scores;
    ///
    /// let scores = Scores::of(6, 2, 4);
    /// assert_eq!((scores.precision, scores.recall), (6.0 / 8.0, 6.0 / 10.0));
    /// assert_eq!(scores.f1, 12.0 / 18.0);
    /// ```
    // ANCHOR: scores
    pub fn of(
        true_positives: usize,
        false_positives: usize,
        false_negatives: usize,
    ) -> Scores {
        let (tp, fp, missed) = (true_positives, false_positives, false_negatives);
        Scores {
            precision: share(tp, tp + fp),
            recall: share(tp, tp + missed),
            f1: share(2 * tp, 2 * tp + fp + missed),
        }
    }
    // ANCHOR_END: scores
}

/// How often true class t was answered as a, and what follows from it.
///
/// ```
/// use nn::metrics::Confusion;
///
/// // Three healthy, one of them taken for ill; one ill, found.
/// let table = Confusion::new(&[0, 0, 1, 1], &[0, 0, 0, 1], 2);
/// assert_eq!(table.accuracy(), 3.0 / 4.0);
/// assert_eq!(table.scores(1).precision, 1.0 / 2.0);
/// assert_eq!(table.scores(1).recall, 1.0);
/// assert_eq!(table.balanced_accuracy(), (2.0 / 3.0 + 1.0) / 2.0);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    /// Count `[K t + a]` of K × K: truths are rows, answers columns. See [`confusion`].
    pub counts: Vec<usize>,
    /// K.
    pub classes: usize,
}

impl Confusion {
    /// Counts the answers.
    ///
    /// # Panics
    /// If there are not as many answers as truths, or one of them is not in 0..`classes`.
    #[track_caller]
    pub fn new(answers: &[usize], truths: &[usize], classes: usize) -> Confusion {
        Confusion {
            counts: confusion(answers, truths, classes),
            classes,
        }
    }

    /// How often `truth` was answered as `answer`.
    ///
    /// # Panics
    /// If one of them is no class.
    #[track_caller]
    pub fn count(&self, truth: usize, answer: usize) -> usize {
        let k = self.classes;
        assert!(
            truth < k && answer < k,
            "classes are 0..{k}: answer {answer}, truth {truth}"
        );
        self.counts[k * truth + answer]
    }

    /// The share of right answers; 0 if there are none.
    pub fn accuracy(&self) -> f64 {
        share(self.right(), self.counts.iter().sum())
    }

    /// Precision, recall and F1 of one class against all others.
    ///
    /// # Panics
    /// If there is no such class.
    #[track_caller]
    pub fn scores(&self, class: usize) -> Scores {
        let right = self.count(class, class);
        Scores::of(
            right,
            self.answered(class) - right,
            self.truths(class) - right,
        )
    }

    /// The mean of the classes' scores: each class counts alike, however rare.
    pub fn macro_scores(&self) -> Scores {
        let each: Vec<Scores> = (0..self.classes).map(|class| self.scores(class)).collect();
        let mean = |of: fn(&Scores) -> f64| {
            each.iter().map(of).sum::<f64>() / self.classes.max(1) as f64
        };
        Scores {
            precision: mean(|scores| scores.precision),
            recall: mean(|scores| scores.recall),
            f1: mean(|scores| scores.f1),
        }
    }

    /// The scores of the summed counts: each example counts alike. An answer that is wrong
    /// for one class is missing for another, so all three are the accuracy.
    pub fn micro_scores(&self) -> Scores {
        let right = self.right();
        let wrong = self.counts.iter().sum::<usize>() - right;
        Scores::of(right, wrong, wrong)
    }

    /// The mean recall of the classes that have examples; 0 if none has.
    pub fn balanced_accuracy(&self) -> f64 {
        let there = (0..self.classes).filter(|&class| self.truths(class) > 0);
        let recalls: Vec<f64> = there.map(|class| self.scores(class).recall).collect();
        recalls.iter().sum::<f64>() / recalls.len().max(1) as f64
    }

    /// How many examples a class has.
    fn truths(&self, class: usize) -> usize {
        (0..self.classes).map(|a| self.count(class, a)).sum()
    }

    /// How often a class was the answer.
    fn answered(&self, class: usize) -> usize {
        (0..self.classes).map(|t| self.count(t, class)).sum()
    }

    /// The diagonal.
    fn right(&self) -> usize {
        (0..self.classes).map(|c| self.count(c, c)).sum()
    }
}

/// A part of a whole; 0 of nothing.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}
