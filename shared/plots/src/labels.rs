//! Where labels go: no two on top of each other, none on a mark if there is
//! room elsewhere.

use crate::canvas::Frame;
use crate::label::{Anchor, Label};
use crate::sheet::Spot;
use crate::text::LINE;
use crate::trim::distance_to_segment;

/// Heights for labels that stand in one column: each as near to its wish as
/// it can, `gap` apart at least, all between `top` and `bottom` where they
/// fit. The answer is in the order of the wishes.
///
/// Labels that would touch form a block, which stands at the mean of its
/// wishes; blocks that touch join (isotonic regression by pooling adjacent
/// violators; source: Ayer et al., 1955).
pub fn stack(wishes: &[f64], gap: f64, top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|&a, &b| wishes[a].total_cmp(&wishes[b]));
    // A block: how many labels, and the sum of their wishes less their
    // offsets in the block, so that sum / count is where the first stands.
    let mut blocks: Vec<(usize, f64)> = Vec::new();
    let latest = |count: usize| (bottom - (count - 1) as f64 * gap).max(top);
    let start = |&(count, sum): &(usize, f64)| (sum / count as f64).clamp(top, latest(count));
    for &i in &order {
        blocks.push((1, wishes[i]));
        while let [.., before, last] = blocks[..]
            && start(&before) + before.0 as f64 * gap > start(&last)
        {
            let shift = before.0 as f64 * gap * last.0 as f64;
            blocks.truncate(blocks.len() - 2);
            blocks.push((before.0 + last.0, before.1 + last.1 - shift));
        }
    }
    let placed = blocks.iter().flat_map(|block| {
        let first = start(block);
        (0..block.0).map(move |i| first + i as f64 * gap)
    });
    let mut heights = vec![0.0; wishes.len()];
    for (i, height) in order.into_iter().zip(placed) {
        heights[i] = height;
    }
    heights
}

/// A name to be written, and the spots that would do.
pub(crate) struct Wanted {
    /// The text.
    pub(crate) label: Label,
    /// Where its middle line may be anchored, and how bad that is in units of
    /// distance.
    pub(crate) spots: Vec<(Spot, f64)>,
    /// The class it names: it should be nearer to this than to others.
    pub(crate) class: Option<usize>,
}

/// What is taken of a panel's space.
pub(crate) struct Space {
    frame: Frame,
    /// Marks of points, with their class.
    dots: Vec<(Spot, Option<usize>)>,
    lines: Vec<(Spot, Spot)>,
    boxes: Vec<Frame>,
}

/// How many units of distance a covered mark is worth.
const COVERED_DOT: f64 = 120.0;
const COVERED_LINE: f64 = 40.0;
const COVERED_LABEL: f64 = 5000.0;
const NEARER_TO_OTHERS: f64 = 150.0;

impl Space {
    pub(crate) fn new(frame: Frame) -> Self {
        Space {
            frame,
            dots: Vec::new(),
            lines: Vec::new(),
            boxes: Vec::new(),
        }
    }

    pub(crate) fn avoid_dot(&mut self, spot: Spot, class: Option<usize>) {
        self.dots.push((spot, class));
    }

    pub(crate) fn avoid_line(&mut self, spots: &[Spot]) {
        self.lines
            .extend(spots.windows(2).map(|pair| (pair[0], pair[1])));
    }

    pub(crate) fn avoid_box(&mut self, area: Frame) {
        self.boxes.push(area);
    }

    /// The best of the wanted spots, and its box is taken from then on.
    /// None if no spot keeps the text inside the panel.
    pub(crate) fn place(&mut self, wanted: &Wanted) -> Option<Spot> {
        let (spot, _) = wanted
            .spots
            .iter()
            .map(|&(spot, cost)| (spot, label_box(&wanted.label, spot), cost))
            .filter(|(_, area, _)| self.inside(area))
            .map(|(spot, area, cost)| (spot, cost + self.harm(&area, wanted.class)))
            .min_by(|a, b| a.1.total_cmp(&b.1))?;
        self.boxes.push(label_box(&wanted.label, spot));
        Some(spot)
    }

    fn inside(&self, area: &Frame) -> bool {
        self.frame.holds((area.left, area.top)) && self.frame.holds((area.right(), area.bottom()))
    }

    /// What it costs to write over this box.
    fn harm(&self, area: &Frame, class: Option<usize>) -> f64 {
        const MARK: f64 = 5.0;
        let covered = self.dots.iter().filter(|d| away(area, d.0) < MARK).count();
        let crossed = self.lines.iter().filter(|l| crosses(area, l)).count();
        let labels = self.boxes.iter().filter(|b| overlap(area, b)).count();
        covered as f64 * COVERED_DOT
            + crossed.min(4) as f64 * COVERED_LINE
            + labels as f64 * COVERED_LABEL
            + self.confusion(area, class)
    }

    /// A class's name that stands nearer to another class misleads.
    fn confusion(&self, area: &Frame, class: Option<usize>) -> f64 {
        let Some(class) = class else { return 0.0 };
        let nearest = |own: bool| {
            self.dots
                .iter()
                .filter(|(_, of)| (*of == Some(class)) == own)
                .map(|&(spot, _)| away(area, spot))
                .fold(f64::INFINITY, f64::min)
        };
        let (own, others) = (nearest(true), nearest(false));
        own + if others < own + 4.0 {
            NEARER_TO_OTHERS
        } else {
            0.0
        }
    }
}

/// The box of a label whose middle line is anchored at the spot.
pub(crate) fn label_box(label: &Label, spot: Spot) -> Frame {
    let width = label.width();
    let left = match label.anchor {
        Anchor::Start => spot.0,
        Anchor::Middle => spot.0 - width / 2.0,
        Anchor::End => spot.0 - width,
    };
    Frame {
        left,
        top: spot.1 - LINE / 2.0,
        width,
        height: LINE,
    }
}

/// Distance from a spot to a box; 0 inside.
fn away(area: &Frame, (x, y): Spot) -> f64 {
    let dx = (area.left - x).max(x - area.right()).max(0.0);
    let dy = (area.top - y).max(y - area.bottom()).max(0.0);
    // `hypot` also guards against overflow, which no drawing comes near; with many points on
    // a figure that was a third of the time of the run.
    (dx * dx + dy * dy).sqrt()
}

fn crosses(area: &Frame, line: &(Spot, Spot)) -> bool {
    crate::trim::clip_segment(line.0, line.1, *area).is_some()
        || distance_to_segment((area.left, area.bottom()), line.0, line.1) < 2.0
}

pub(crate) fn overlap(a: &Frame, b: &Frame) -> bool {
    a.left < b.right() && b.left < a.right() && a.top < b.bottom() && b.top < a.bottom()
}

/// Spots all over a panel, by their distance from `near`.
pub(crate) fn everywhere(frame: Frame, near: Spot) -> Vec<(Spot, f64)> {
    const STEP: f64 = 6.0;
    let columns = (frame.width / STEP) as usize;
    let rows = (frame.height / STEP) as usize;
    (0..=columns)
        .flat_map(|i| (0..=rows).map(move |j| (i as f64, j as f64)))
        .map(|(i, j)| (frame.left + i * STEP, frame.top + j * STEP))
        .map(|spot| (spot, 0.5 * (spot.0 - near.0).hypot(spot.1 - near.1)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_room_stand_where_they_wish() {
        assert_eq!(stack(&[50.0, 10.0], 16.0, 0.0, 100.0), [50.0, 10.0]);
    }

    #[test]
    fn labels_that_would_touch_share_the_shift() {
        assert_eq!(stack(&[50.0, 50.0], 16.0, 0.0, 100.0), [42.0, 58.0]);
    }

    #[test]
    fn no_two_labels_overlap_and_all_stay_inside() {
        let wishes = [3.0, 1.0, 2.0, 97.0, 99.0, 50.0];
        let mut heights = stack(&wishes, 16.0, 0.0, 100.0);
        heights.sort_by(f64::total_cmp);
        for pair in heights.windows(2) {
            assert!(pair[1] - pair[0] >= 16.0 - 1e-9, "{heights:?}");
        }
        assert!(heights[0] >= 0.0 && heights[5] <= 100.0, "{heights:?}");
    }

    #[test]
    fn a_name_avoids_marks_and_other_names() {
        let frame = Frame {
            left: 0.0,
            top: 0.0,
            width: 200.0,
            height: 100.0,
        };
        let mut space = Space::new(frame);
        space.avoid_dot((100.0, 50.0), Some(0));
        let wanted = Wanted {
            label: Label::new("setosa"),
            spots: everywhere(frame, (100.0, 50.0)),
            class: Some(0),
        };
        let first = space.place(&wanted).expect("the panel is empty");
        let second = space.place(&wanted).expect("there is room for two");
        let (a, b) = (
            label_box(&wanted.label, first),
            label_box(&wanted.label, second),
        );
        assert!(!overlap(&a, &b));
        assert!(away(&a, (100.0, 50.0)) >= 5.0);
    }
}
