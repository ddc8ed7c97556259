//! Which default box answers for which object.

use tensor::Tensor;

use super::offsets::encode;
use crate::boxes::{BBox, Object};

/// IoU from which a default box is matched beside each object's best. Source: section
/// 2.2, "Matching strategy".
const ENOUGH: f32 = 0.5;

// ANCHOR: match_boxes
/// For each default box the object that it answers for, if any.
///
/// A default box takes the object that it overlaps most, if IoU is above one half. Then
/// every object that overlaps anything gets one default box for sure: pairs are formed
/// in the order of their IoU, the best first, each box and each object once.
pub fn match_boxes(defaults: &[BBox], objects: &[Object]) -> Vec<Option<usize>> {
    let iou = |d: usize, o: usize| defaults[d].iou(objects[o].bbox);
    let mut matched: Vec<Option<usize>> = (0..defaults.len())
        .map(|d| {
            let enough = (0..objects.len()).filter(|&o| iou(d, o) > ENOUGH);
            enough.max_by(|&a, &b| iou(d, a).total_cmp(&iou(d, b)))
        })
        .collect();
    let mut pairs: Vec<(usize, usize)> = (0..defaults.len())
        .flat_map(|d| (0..objects.len()).map(move |o| (d, o)))
        .filter(|&(d, o)| iou(d, o) > 0.0)
        .collect();
    pairs.sort_by(|a, b| iou(b.0, b.1).total_cmp(&iou(a.0, a.1)));
    let mut served = vec![false; objects.len()];
    let mut taken = vec![false; defaults.len()];
    for (d, o) in pairs {
        if !served[o] && !taken[d] {
            (served[o], taken[d], matched[d]) = (true, true, Some(o));
        }
    }
    matched
}
// ANCHOR_END: match_boxes

/// What the head should say of a batch.
#[derive(Clone, Debug)]
pub struct SsdTarget {
    /// The class of each default box, B·N of them: 0 for the background, `class + 1`
    /// for an object.
    pub classes: Vec<usize>,
    /// How far its object is from each default box, `[B, N, 4]`; 0 for the background.
    pub offsets: Tensor,
}

/// What the head should say of these pictures, given the objects of each.
pub fn ssd_target(defaults: &[BBox], pictures: &[&[Object]]) -> SsdTarget {
    let (mut classes, mut offsets) = (Vec::new(), Vec::new());
    for objects in pictures {
        for (default, object) in defaults.iter().zip(match_boxes(defaults, objects)) {
            let object = object.map(|o| &objects[o]);
            classes.push(object.map_or(0, |object| object.class + 1));
            offsets.extend(
                object.map_or([0.0; 4], |object| encode(object.bbox, *default)),
            );
        }
    }
    let shape = [pictures.len(), defaults.len(), 4];
    let offsets = Tensor::from_vec(offsets, &shape); // [B, N, 4]
    SsdTarget { classes, offsets }
}
