//! The region proposal network: a small net on the maps that says where to look.
//!
//! Dimension key: B batch, C channels, S rows or columns of the grid, A anchors.

use nn::layers::Conv2d;
use nn::loss::huber;
use nn::{Module, Visitor};
use tensor::{Rng, Tensor};

use super::code::{decode, encode, gathered, spread};
use super::{CHANNELS, STRIDE};
use crate::boxes::{BBox, Detection, Object};
use crate::suppress::{by_score, nms};
use crate::windows::crops::best;

/// Sides of the anchors, squares at each place of the grid, in pixels. Chosen by us.
pub const ANCHORS: [f32; 3] = [18.0, 30.0, 48.0];

/// Pixels from one place of the grid to the next.
pub const STEP: usize = 2 * STRIDE;

/// An anchor that agrees so well with an object stands for it (the paper's 0.7 is for
/// nine anchors a place), and below the other for nothing.
const STANDS: [f32; 2] = [0.5, 0.3];

/// Anchors of one picture to learn from.
const SAMPLE: usize = 64;

/// Proposals that the surest anchors make before those that agree are thinned out.
const BEFORE: usize = 200;

/// Of proposals that agree better than this, one is enough (section 3.3 of the paper).
const SAME: f32 = 0.7;

/// The net: a window of 3 × 3 on the maps, and of what it finds two readings.
#[derive(Clone)]
pub struct Rpn {
    /// With stride 2, to 48 maps.
    pub window: Conv2d,
    /// For each anchor: is there anything?
    pub score: Conv2d,
    /// For each anchor: how would it have to change?
    pub bbox: Conv2d,
}

/// What the net says of every anchor of a batch.
pub struct Proposed {
    /// Logits, `[B, S·S·A]`.
    pub scores: Tensor,
    /// Codes, `[B, S·S·A, 4]`.
    pub boxes: Tensor,
}

impl Rpn {
    // ANCHOR: rpn
    /// Every anchor of every place, `[B, C, H, W]`, in one pass.
    pub fn forward(&self, maps: &Tensor) -> Proposed {
        let x = self.window.forward(maps).relu(); // [B, 48, S, S]
        let scores = self.score.forward(&x).permute(&[0, 2, 3, 1]); // [B, S, S, A]
        let boxes = self.bbox.forward(&x).permute(&[0, 2, 3, 1]); // [B, S, S, A·4]
        let [b, s, t, a] = scores.dims();
        Proposed {
            scores: scores.reshape(&[b, s * t * a]),
            boxes: boxes.reshape(&[b, s * t * a, 4]),
        }
    }
    // ANCHOR_END: rpn

    /// A net that has learnt nothing.
    pub fn new(rng: &mut Rng) -> Rpn {
        let a = ANCHORS.len();
        Rpn {
            window: Conv2d::new(CHANNELS, CHANNELS, 3, rng).padding(1).stride(2),
            score: Conv2d::new(CHANNELS, a, 1, rng),
            bbox: Conv2d::new(CHANNELS, 4 * a, 1, rng),
        }
    }
}

impl Module for Rpn {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("window", &mut self.window);
        visitor.part("score", &mut self.score);
        visitor.part("bbox", &mut self.bbox);
    }
}

/// The anchors of a picture of this size, columns and rows, in the order of the net's
/// answers.
pub fn anchors([width, height]: [usize; 2]) -> Vec<BBox> {
    let middle = |place: usize| (place * STEP) as f32 + STEP as f32 / 2.0;
    let at =
        |i, j| ANCHORS.map(|side| BBox::centred([middle(j), middle(i)], [side, side]));
    let row = |i| (0..width / STEP).flat_map(move |j| at(i, j));
    (0..height / STEP).flat_map(row).collect()
}

impl Proposed {
    /// The most promising boxes of picture `row` of the batch.
    pub fn best(&self, row: usize, size: [usize; 2], count: usize) -> Vec<BBox> {
        let scores = self.scores.slice(0, row..row + 1).sigmoid().to_vec();
        let codes = self.boxes.slice(0, row..row + 1).to_vec();
        let moved = anchors(size).into_iter().zip(codes.chunks(4));
        let boxes = moved.map(|(anchor, code)| decode(anchor, gathered(code)));
        let mut found: Vec<Detection> = boxes
            .zip(scores)
            .map(|(bbox, score)| {
                (bbox.clipped(size.map(|pixels| pixels as f32)), score)
            })
            .map(|(bbox, score)| Detection {
                bbox,
                class: 0,
                score,
            })
            .filter(|found| found.bbox.area() > 0.0)
            .collect();
        found.sort_by(by_score);
        found.truncate(BEFORE);
        let kept = nms(&found, SAME);
        kept.iter().map(|found| found.bbox).take(count).collect()
    }

    /// What its mistakes on picture `row` cost: binary cross-entropy of anchors drawn
    /// from those that stand for an object and those that stand for nothing, and the
    /// smooth L1 loss of the codes of the former.
    ///
    /// Source: S. Ren et al., "Faster R-CNN", NIPS (2015), equation 1 and section
    /// 3.1.3.
    pub fn loss(
        &self,
        row: usize,
        objects: &[Object],
        size: [usize; 2],
        rng: &mut Rng,
    ) -> Tensor {
        let anchors = anchors(size);
        let (mut stand, mut empty) = assigned(&anchors, objects);
        rng.shuffle(&mut stand);
        rng.shuffle(&mut empty);
        stand.truncate(SAMPLE / 2);
        empty.truncate(SAMPLE - stand.len());
        let stands = stand.iter().map(|&(anchor, _)| anchor);
        let places: Vec<usize> = stands.clone().chain(empty.iter().copied()).collect();
        let truth = (0..places.len()).map(|i| f32::from(u8::from(i < stand.len())));
        let truth = Tensor::from_vec(truth.collect(), &[places.len()]);
        let scores = self.scores.slice(0, row..row + 1).squeeze(0); // [S·S·A]
        let loss = scores.select(0, &places).binary_cross_entropy(&truth);
        if stand.is_empty() {
            return loss;
        }
        let code = |&(anchor, object): &(usize, usize)| {
            spread(encode(anchors[anchor], objects[object].bbox))
        };
        let targets: Vec<f32> = stand.iter().flat_map(code).collect();
        let targets = Tensor::from_vec(targets, &[stand.len(), 4]);
        let boxes = self.boxes.slice(0, row..row + 1).squeeze(0); // [S·S·A, 4]
        let boxes = boxes.select(0, &stands.collect::<Vec<_>>()); // [stand, 4]
        loss + huber(&boxes, &targets, 1.0)
            * (targets.len() as f32 / places.len() as f32)
    }
}

/// Anchors that stand for an object, with its number, and anchors that stand for
/// nothing. Of each object at least its best anchor stands for it.
fn assigned(anchors: &[BBox], objects: &[Object]) -> (Vec<(usize, usize)>, Vec<usize>) {
    let mut of: Vec<Option<usize>> = vec![None; anchors.len()];
    let mut empty = Vec::new();
    for (place, &anchor) in anchors.iter().enumerate() {
        match best(anchor, objects) {
            Some((iou, i)) if iou >= STANDS[0] => of[place] = Some(i),
            Some((iou, _)) if iou >= STANDS[1] => {}
            _ => empty.push(place),
        }
    }
    for (i, object) in objects.iter().enumerate() {
        let agrees = |&place: &usize| anchors[place].iou(object.bbox);
        let first = (0..anchors.len()).max_by(|a, b| agrees(a).total_cmp(&agrees(b)));
        if let Some(place) = first {
            of[place] = Some(i);
        }
    }
    empty.retain(|&place| of[place].is_none());
    let numbered = of.into_iter().enumerate();
    let stand = numbered.filter_map(|(place, object)| Some((place, object?)));
    (stand.collect(), empty)
}
