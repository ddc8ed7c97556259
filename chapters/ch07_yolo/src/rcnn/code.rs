//! One box said by another: the four numbers that a net learns, and what a mistake
//! costs.
//!
//! Dimension key: R regions, P regions that show something, K classes.

use nn::loss::huber;
use tensor::Tensor;

use super::Judged;
use super::sample::Sample;
use crate::boxes::BBox;

/// What the four numbers are divided by before a net learns them, so that all are about
/// as large as 1. Chosen by us; section 2.3 of Fast R-CNN takes the training set's
/// deviations.
const SPREAD: [f32; 4] = [0.1, 0.1, 0.2, 0.2];

/// No box becomes more than so many times as wide or high, whatever a net says.
const MOST: f32 = 8.0;

// ANCHOR: code
/// How to get from one box to another: by how much of its width and height it moves,
/// and the logarithm of how much it grows.
///
/// `t_x = (G_x − P_x)/P_w`, `t_y = (G_y − P_y)/P_h`, `t_w = ln(G_w/P_w)`,
/// `t_h = ln(G_h/P_h)`, with x, y of the centres.
///
/// Source: R. Girshick et al., "Rich feature hierarchies", CVPR (2014), appendix C,
/// equations 6 to 9.
pub fn encode(from: BBox, to: BBox) -> [f32; 4] {
    let ([px, py], [pw, ph]) = (from.centre(), from.size());
    let ([gx, gy], [gw, gh]) = (to.centre(), to.size());
    [
        (gx - px) / pw,
        (gy - py) / ph,
        (gw / pw).ln(),
        (gh / ph).ln(),
    ]
}

/// The way back, equations 1 to 4.
pub fn decode(from: BBox, [tx, ty, tw, th]: [f32; 4]) -> BBox {
    let ([px, py], [pw, ph]) = (from.centre(), from.size());
    let grow = |t: f32| t.min(MOST.ln()).exp();
    BBox::centred([px + pw * tx, py + ph * ty], [pw * grow(tw), ph * grow(th)])
}
// ANCHOR_END: code

/// The code as a net learns it.
pub fn spread(t: [f32; 4]) -> [f32; 4] {
    std::array::from_fn(|i| t[i] / SPREAD[i])
}

/// The code that a net's four numbers stand for.
///
/// # Panics
/// Unless there are four.
pub fn gathered(t: &[f32]) -> [f32; 4] {
    assert_eq!(t.len(), 4, "gathered: the numbers of a box");
    std::array::from_fn(|i| t[i] * SPREAD[i])
}

// ANCHOR: loss
/// What the head's mistakes cost: cross-entropy for every region, and for those that
/// show something the smooth L1 loss of the four numbers of *their* class.
///
/// Source: R. Girshick, "Fast R-CNN", ICCV (2015), equations 1 to 3.
pub fn loss(judged: &Judged, sample: &Sample) -> Tensor {
    let classes = judged.classes.cross_entropy(&sample.classes); // []
    let [r, numbers] = judged.boxes.dims();
    let k = numbers / 4;
    let shown = sample.shown(k);
    if shown.is_empty() {
        return classes;
    }
    let of = |&row: &usize| row * k + sample.classes[row];
    let rows: Vec<usize> = shown.iter().map(of).collect();
    let boxes = judged.boxes.reshape(&[r * k, 4]).select(0, &rows); // [P, 4]
    let targets = shown.iter().flat_map(|&row| sample.targets[row]);
    let targets = Tensor::from_vec(targets.collect(), boxes.shape()); // [P, 4]
    // `huber` is a mean over 4P numbers; the paper's sum is divided by all regions.
    classes + huber(&boxes, &targets, 1.0) * (boxes.len() as f32 / r as f32)
}
// ANCHOR_END: loss
