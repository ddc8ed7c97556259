//! Non-maximum suppression: many boxes for one thing become one (page *Once is enough*).
//!
//! A box is only ever held against boxes of its own class.

mod near;

use std::cmp::Ordering;

use crate::boxes::{BBox, Detection};

use near::Cells;

/// The order of detections by their scores, highest first. Equal scores are put in order
/// by class and place, so that the order in which boxes arrive never matters.
pub fn by_score(a: &Detection, b: &Detection) -> Ordering {
    let (here, there) = (a.bbox, b.bbox);
    let by_place = || {
        let edges = here.edges().into_iter().zip(there.edges());
        edges.fold(a.class.cmp(&b.class), |order, (x, y)| {
            order.then(x.total_cmp(&y))
        })
    };
    b.score.total_cmp(&a.score).then_with(by_place)
}

/// Non-maximum suppression: in each class, the box with the highest score stays, all that
/// overlap it by an IoU above `limit` go, and the same again with what is left. By score,
/// highest first.
///
/// ```
/// use ch07_yolo::boxes::{BBox, Detection};
/// use ch07_yolo::suppress::nms;
///
/// let found = |x, score| Detection {
///     bbox: BBox::new(x, 0.0, x + 4.0, 2.0),
///     class: 0,
///     score,
/// };
/// // One pixel apart: an IoU of 3/5. Two pixels apart: of 2/6.
/// let kept = nms(&[found(0.0, 0.7), found(1.0, 0.9), found(3.0, 0.8)], 0.5);
/// assert_eq!(kept, [found(1.0, 0.9), found(3.0, 0.8)]);
/// ```
///
/// # Panics
/// If a score is NaN: there is no order for it.
///
/// Source: P. Felzenszwalb et al., "Object detection with discriminatively trained
/// part-based models", IEEE TPAMI 32 (2010), section 7.2.
#[track_caller]
pub fn nms(detections: &[Detection], limit: f32) -> Vec<Detection> {
    let mut ranked = ranked(detections);
    let mut kept = vec![Cells::over(&ranked); classes(&ranked)];
    ranked.retain(|Detection { bbox, class, .. }| {
        let better = &mut kept[*class];
        let covered = better.covers(*bbox, limit);
        if !covered {
            better.put(*bbox);
        }
        !covered
    });
    ranked
}

/// The same by the shortest way: each box is held against all that were kept.
///
/// # Panics
/// As [`nms`].
// ANCHOR: nms
#[track_caller]
pub fn nms_by_all_pairs(detections: &[Detection], limit: f32) -> Vec<Detection> {
    let mut ranked = ranked(detections);
    let mut kept: Vec<Vec<BBox>> = vec![Vec::new(); classes(&ranked)];
    ranked.retain(|Detection { bbox, class, .. }| {
        let better = &mut kept[*class];
        let covered = better.iter().any(|other| other.covers(*bbox, limit));
        if !covered {
            better.push(*bbox);
        }
        !covered
    });
    ranked
}
// ANCHOR_END: nms

/// One more than the highest class.
fn classes(detections: &[Detection]) -> usize {
    let classes = detections.iter().map(|detection| detection.class + 1);
    classes.max().unwrap_or(0)
}

/// Detections by score, highest first.
#[track_caller]
fn ranked(detections: &[Detection]) -> Vec<Detection> {
    let nan = detections.iter().any(|detection| detection.score.is_nan());
    assert!(!nan, "suppress: a score is NaN: has the training diverged?");
    let mut ranked = detections.to_vec();
    ranked.sort_unstable_by(by_score);
    ranked
}

// ANCHOR: decay
/// What the score of a box is multiplied by, for its overlap with a better one.
///
/// Source: N. Bodla et al., "Soft-NMS: improving object detection with one line of code",
/// ICCV (2017).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decay {
    /// Above an IoU of `limit`, by 1 − IoU.
    Linear {
        /// The IoU up to which nothing changes, 0 to 1.
        limit: f32,
    },
    /// By exp(−IoU² / σ), without a limit.
    Gaussian {
        /// The larger, the milder; above 0.
        sigma: f32,
    },
}

impl Decay {
    /// The factor for this overlap, 0 to 1.
    pub fn factor(self, iou: f32) -> f32 {
        match self {
            Decay::Linear { limit } if iou <= limit => 1.0,
            Decay::Linear { .. } => 1.0 - iou,
            Decay::Gaussian { sigma } => (-iou * iou / sigma).exp(),
        }
    }
}
// ANCHOR_END: decay

/// Soft non-maximum suppression: no box is taken away for its overlap with a better one,
/// but its score decays. Boxes whose score falls below `least` go. By score, highest first.
///
/// ```
/// use ch07_yolo::boxes::{BBox, Detection};
/// use ch07_yolo::suppress::{Decay, soft_nms};
///
/// let found = |x, score| Detection {
///     bbox: BBox::new(x, 0.0, x + 4.0, 2.0),
///     class: 0,
///     score,
/// };
/// let both = [found(0.0, 0.5), found(1.0, 0.9)]; // an IoU of 3/5
/// let kept = soft_nms(&both, Decay::Linear { limit: 0.3 }, 0.05);
/// assert_eq!(kept.len(), 2);
/// assert!((kept[1].score - 0.5 * (1.0 - 0.6)).abs() < 1e-6);
/// ```
///
/// # Panics
/// If a score is NaN.
///
/// Source: N. Bodla et al., ICCV (2017), figure 2.
#[track_caller]
pub fn soft_nms(detections: &[Detection], decay: Decay, least: f32) -> Vec<Detection> {
    let mut left = ranked(detections);
    left.sort_by_key(|detection| detection.class); // stable: still by score
    let classes = left.chunk_by(|a, b| a.class == b.class);
    let kept = classes.flat_map(|boxes| decayed(boxes, decay, least));
    ranked(&kept.collect::<Vec<_>>())
}

// ANCHOR: soft
/// Boxes of one class, the score of each decayed by all that are better.
fn decayed(boxes: &[Detection], decay: Decay, least: f32) -> Vec<Detection> {
    let mut left: Vec<Detection> = boxes.to_vec();
    let mut kept = Vec::new();
    loop {
        left.retain(|detection| detection.score >= least);
        let all = 0..left.len();
        let Some(first) = all.min_by(|&a, &b| by_score(&left[a], &left[b])) else {
            return kept;
        };
        let best = left.swap_remove(first);
        for other in &mut left {
            other.score *= decay.factor(best.bbox.iou(other.bbox));
        }
        kept.push(best);
    }
}
// ANCHOR_END: soft
