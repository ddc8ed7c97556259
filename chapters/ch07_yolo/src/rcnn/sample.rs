//! Which regions a net learns from, and what it is told of them.
//!
//! Dimension key: R regions, K classes.

use tensor::Rng;

use super::code::{encode, spread};
use crate::boxes::{BBox, Object};
use crate::windows::crops::{around, best};

/// A region that agrees with an object at least so well shows it (section 2.3 of Fast
/// R-CNN).
pub const SHOWS: f32 = 0.5;

/// Boxes drawn around each object besides the proposals, so that there is something to
/// learn from where those miss it. Chosen by us.
const DRAWN: usize = 4;

/// Regions of one picture to learn from.
pub struct Sample {
    /// Where they are, R of them.
    pub regions: Vec<BBox>,
    /// What each shows; K stands for "nothing".
    pub classes: Vec<usize>,
    /// The code that leads from each to its object; zeros where there is none.
    pub targets: Vec<[f32; 4]>,
}

impl Sample {
    /// A sample without regions.
    pub fn empty() -> Sample {
        Sample {
            regions: Vec::new(),
            classes: Vec::new(),
            targets: Vec::new(),
        }
    }

    /// The regions that show something, where `nothing` is the class of those that do
    /// not.
    pub fn shown(&self, nothing: usize) -> Vec<usize> {
        let rows = 0..self.classes.len();
        rows.filter(|&row| self.classes[row] != nothing).collect()
    }

    /// The regions of this sample and then those of another.
    pub fn extend(&mut self, other: Sample) {
        self.regions.extend(other.regions);
        self.classes.extend(other.classes);
        self.targets.extend(other.targets);
    }
}

/// The proposals of a picture, its true boxes, and a few boxes around each.
pub fn candidates(proposals: &[BBox], objects: &[Object], rng: &mut Rng) -> Vec<BBox> {
    let mut all = proposals.to_vec();
    for object in objects {
        all.push(object.bbox);
        all.extend((0..DRAWN).map(|_| around(object, rng)));
    }
    all
}

/// At most `count` regions, drawn from candidates: up to a quarter of them show
/// something, the rest nothing.
///
/// Source: R. Girshick, "Fast R-CNN", ICCV (2015), section 2.3, "mini-batch sampling".
/// Its lower bound for regions of nothing, an IoU of 0.1, is left out.
pub fn sample(
    candidates: &[BBox],
    objects: &[Object],
    nothing: usize,
    count: usize,
    rng: &mut Rng,
) -> Sample {
    let mut shown = Vec::new();
    let mut empty = Vec::new();
    for row in rng.permutation(candidates.len()) {
        let bbox = candidates[row];
        match best(bbox, objects) {
            Some((iou, i)) if iou >= SHOWS => {
                let target = spread(encode(bbox, objects[i].bbox));
                shown.push((bbox, objects[i].class, target));
            }
            _ => empty.push((bbox, nothing, [0.0; 4])),
        }
    }
    shown.truncate(count / 4);
    empty.truncate(count - shown.len());
    let all: Vec<_> = shown.into_iter().chain(empty).collect();
    Sample {
        regions: all.iter().map(|row| row.0).collect(),
        classes: all.iter().map(|row| row.1).collect(),
        targets: all.iter().map(|row| row.2).collect(),
    }
}
