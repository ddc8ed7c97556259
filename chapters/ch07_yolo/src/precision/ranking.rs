//! A ranking: detections by score, right or wrong, and the area under what they reach.

/// Recalls at which precision is read off: 0, 0.01, … 1.
pub const RECALLS: usize = 101;

/// The recalls at which precision is read off, as NumPy's `linspace` makes them.
pub fn recall_levels() -> impl Iterator<Item = f64> {
    (0..RECALLS).map(|n| n as f64 * 0.01)
}

/// Detections of one class in the order of their scores.
///
/// ```
/// use ch07_yolo::precision::Ranking;
///
/// // Of two things the first detection finds one, and the third the other.
/// let ranking = Ranking { hits: vec![true, false, true], truths: 2 };
/// assert_eq!(ranking.curve(), [[0.5, 1.0], [0.5, 0.5], [1.0, 2.0 / 3.0]]);
/// assert_eq!(ranking.envelope(), [1.0, 2.0 / 3.0, 2.0 / 3.0]);
/// // 51 of the 101 recalls are up to one half, 50 are above.
/// let ap = ranking.average_precision().expect("there is something to find");
/// assert!((ap - (51.0 + 50.0 * 2.0 / 3.0) / 101.0).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// Whether each is right, the highest score first.
    pub hits: Vec<bool>,
    /// How many things there are to be found.
    pub truths: usize,
}

impl Ranking {
    // ANCHOR: curve
    /// Recall and precision of the first detection, of the first two, and so on: the share
    /// of all things that is found, and of all detections that is right.
    pub fn curve(&self) -> Vec<[f64; 2]> {
        let mut right = 0.0;
        let hits = self.hits.iter().zip(1..);
        let point = |(&hit, judged): (&bool, usize)| {
            right += f64::from(u8::from(hit));
            [right / self.truths as f64, right / judged as f64]
        };
        hits.map(point).collect()
    }

    /// At each detection, the best precision from there on: at this recall or a higher one.
    pub fn envelope(&self) -> Vec<f64> {
        let mut best: f64 = 0.0;
        let mut envelope: Vec<f64> = Vec::new();
        for [_, precision] in self.curve().into_iter().rev() {
            best = best.max(precision);
            envelope.push(best);
        }
        envelope.reverse();
        envelope
    }
    // ANCHOR_END: curve

    // ANCHOR: average
    /// Average precision: the mean of the envelope at 101 recalls from 0 to 1, and 0 where
    /// that recall is never reached. `None` if there is nothing to find.
    pub fn average_precision(&self) -> Option<f64> {
        let (curve, envelope) = (self.curve(), self.envelope());
        let precision = |level: f64| {
            let reached = curve.partition_point(|[recall, _]| *recall < level);
            envelope.get(reached).copied().unwrap_or(0.0)
        };
        let sum: f64 = recall_levels().map(precision).sum();
        (self.truths > 0).then_some(sum / RECALLS as f64)
    }
    // ANCHOR_END: average

    /// The share of things that is found at all; `None` if there is nothing to find.
    pub fn recall(&self) -> Option<f64> {
        let found = self.hits.iter().filter(|hit| **hit).count();
        (self.truths > 0).then(|| found as f64 / self.truths as f64)
    }
}
