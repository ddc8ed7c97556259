//! How a net's answers are counted.
//!
//! One answer an example: [`accuracy`], and [`Confusion`] with what follows from it. A score
//! an example, before anybody set a threshold: [`Ranking`].

mod ranking;
mod scores;

use tensor::Tensor;

pub use ranking::{Cut, Ranking};
pub use scores::{Confusion, Scores};

/// The share of rows whose largest score is at the target, in 0..1; of equally large
/// scores the first counts as the answer.
///
/// ```
/// use nn::metrics::accuracy;
/// use tensor::Tensor;
///
/// let scores = Tensor::from([[0.2, 0.8], [3.0, -1.0], [0.0, 5.0]]); // answers 1, 0, 1
/// assert_eq!(accuracy(&scores, &[1, 0, 0]), 2.0 / 3.0);
/// ```
///
/// # Shapes
/// `scores` is `[N, K]`; `targets` holds N classes in 0..K.
///
/// # Panics
/// If there is no row, or not one target for each.
// ANCHOR: accuracy
#[track_caller]
pub fn accuracy(scores: &Tensor, targets: &[usize]) -> f32 {
    let answers = scores.argmax(1);
    check_lengths(answers.len(), targets.len());
    assert!(!targets.is_empty(), "the accuracy of no answers");
    let right = answers.iter().zip(targets).filter(|(a, t)| a == t).count();
    right as f32 / targets.len() as f32
}
// ANCHOR_END: accuracy

/// How often true class t was answered as a: count `[K t + a]` of K × K, row by row. The
/// right answers stand on the diagonal.
///
/// ```
/// use nn::metrics::confusion;
///
/// // A 0 read as 1 (row 0, column 1); everything else is right.
/// let counts = confusion(&[0, 1, 1], &[0, 0, 1], 2);
/// assert_eq!(counts, [1, 1, 0, 1]);
/// ```
///
/// # Panics
/// If there are not as many answers as truths, or one of them is not in 0..`classes`.
#[track_caller]
pub fn confusion(answers: &[usize], truths: &[usize], classes: usize) -> Vec<usize> {
    check_lengths(answers.len(), truths.len());
    let mut counts = vec![0; classes * classes];
    for (&answer, &truth) in answers.iter().zip(truths) {
        // Checked here: an answer too large would be counted in the next row.
        assert!(
            answer < classes && truth < classes,
            "classes are 0..{classes}: answer {answer}, truth {truth}"
        );
        counts[classes * truth + answer] += 1;
    }
    counts
}

#[track_caller]
fn check_lengths(answers: usize, truths: usize) {
    assert!(
        answers == truths,
        "each answer needs one truth: {answers} answers, {truths} truths"
    );
}
