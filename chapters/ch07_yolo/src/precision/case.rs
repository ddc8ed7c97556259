//! One class in one picture: which detections are right.

use super::{Areas, MOST, Truth};
use crate::boxes::{BBox, Detection};

/// What there is of one class in one picture, and what was found, by score.
#[derive(Clone, Debug)]
pub(super) struct Case {
    truth: Vec<Truth>,
    found: Vec<Detection>,
    /// For each detection, its overlap with each thing.
    overlaps: Vec<Vec<f64>>,
}

/// A box's area in f64, exact for edges that are: equal to a limit means equal.
fn area(bbox: BBox) -> f64 {
    let side = |from: f32, to: f32| (f64::from(to) - f64::from(from)).max(0.0);
    side(bbox.x0, bbox.x1) * side(bbox.y0, bbox.y1)
}

/// IoU; with a crowd, the share of the detection that lies in it.
fn overlap(truth: &Truth, found: BBox) -> f64 {
    let both = area(truth.object.bbox.intersection(found));
    let all = match truth.crowd {
        true => area(found),
        false => area(found) + area(truth.object.bbox) - both,
    };
    if both > 0.0 { both / all } else { 0.0 }
}

/// Whether a box's area lies outside of a range.
fn outside(bbox: BBox, [least, most]: Areas) -> bool {
    let area = area(bbox);
    area < least || area > most
}

impl Case {
    pub(super) fn new(
        truth: impl Iterator<Item = Truth>,
        found: impl Iterator<Item = Detection>,
    ) -> Case {
        let truth: Vec<Truth> = truth.collect();
        let mut found: Vec<Detection> = found.collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found.truncate(MOST);
        let row = |d: &Detection| truth.iter().map(|t| overlap(t, d.bbox)).collect();
        let overlaps = found.iter().map(row).collect();
        Case {
            truth,
            found,
            overlaps,
        }
    }

    /// Which things do not count: crowds, and those of other sizes.
    fn ignored(&self, areas: Areas) -> Vec<bool> {
        let ignored = |t: &Truth| t.crowd || outside(t.object.bbox, areas);
        self.truth.iter().map(ignored).collect()
    }

    /// How many things count.
    pub(super) fn truths(&self, areas: Areas) -> usize {
        let ignored = self.ignored(areas);
        ignored.iter().filter(|ignored| !**ignored).count()
    }

    // ANCHOR: judged
    /// The score of each detection that counts, and whether it is right: whether it
    /// overlaps a thing by this IoU that no better detection has taken.
    pub(super) fn judged(&self, iou: f64, areas: Areas) -> Vec<(f32, bool)> {
        let ignored = self.ignored(areas);
        let mut taken = vec![false; self.truth.len()];
        let mut judged = Vec::new();
        for (detection, overlaps) in self.found.iter().zip(&self.overlaps) {
            let fits = |&n: &usize| overlaps[n] >= iou && !taken[n];
            let best = |ignore: bool| {
                let things = (0..taken.len()).filter(|&n| ignored[n] == ignore);
                things
                    .filter(fits)
                    .max_by(|&a, &b| overlaps[a].total_cmp(&overlaps[b]))
            };
            match best(false).or_else(|| best(true)) {
                Some(n) => {
                    taken[n] = !self.truth[n].crowd; // a crowd is never used up
                    judged.extend((!ignored[n]).then_some((detection.score, true)));
                }
                None if outside(detection.bbox, areas) => {}
                None => judged.push((detection.score, false)),
            }
        }
        judged
    }
    // ANCHOR_END: judged
}
