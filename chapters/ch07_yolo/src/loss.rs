//! The detector's loss: where, whether, and what (page *The net*).
//!
//! Dimension key: R rows (one for each anchor of each cell of each picture), P of them that
//! answer for an object, K classes.

use tensor::{Tensor, no_grad};

use crate::boxes::{BBox, Object};
use crate::decode::Grid;
use crate::target::{Cells, Target};

/// How much the boxes count beside the rest; chosen by us.
pub const BOX: f32 = 5.0;

/// A box that says "nothing" but lies on an object this well, as IoU, is not told off for it.
pub const IGNORED: f32 = 0.6;

/// The three parts of the loss, each a single number.
#[derive(Clone)]
pub struct Terms {
    /// Where: 1 − GIoU, the mean over the places that answer for an object.
    pub boxes: Tensor,
    /// Whether: the cross-entropy of the objectness over all places, divided by the number of
    /// those that answer for an object.
    pub objectness: Tensor,
    /// What: the cross-entropy of the classes, the mean over the same places.
    pub classes: Tensor,
}

impl Terms {
    /// The loss.
    pub fn total(&self) -> Tensor {
        &self.boxes * BOX + &self.objectness + &self.classes
    }
}

/// The loss of the head's numbers `[B, A·(5+K), S, S]`, for pictures with these objects.
pub fn loss(grid: &Grid, numbers: &Tensor, truth: &[&[Object]], cells: Cells) -> Terms {
    let [_, _, s, t] = numbers.dims();
    let size = [t, s]; // columns, rows
    let pictures = truth.iter().enumerate();
    let targets = pictures.flat_map(|(picture, objects)| {
        grid.targets(objects, picture, size, cells) //
    });
    let targets: Vec<Target> = targets.collect();

    let rows = grid.rows(numbers); // [R, 5+K]
    let answering: Vec<usize> = targets
        .iter()
        .map(|target| grid.row(target.place, size))
        .collect();
    let objectness = objectness(grid, &rows, truth, &answering, size);
    if targets.is_empty() {
        let nothing = Tensor::scalar(0.0);
        let (boxes, classes) = (nothing.clone(), nothing);
        return Terms {
            boxes,
            objectness,
            classes,
        };
    }
    let positive = rows.select(0, &answering); // [P, 5+K]
    Terms {
        boxes: box_loss(grid, &positive, &targets),
        objectness,
        classes: class_loss(&positive, &targets),
    }
}

// ANCHOR: terms
/// 1 − GIoU of the boxes at these places with those of their objects.
fn box_loss(grid: &Grid, positive: &Tensor, targets: &[Target]) -> Tensor {
    let places: Vec<_> = targets.iter().map(|target| target.place).collect();
    let truth = targets.iter().flat_map(|target| {
        let BBox { x0, y0, x1, y1 } = target.object.bbox;
        [x0, y0, x1, y1]
    });
    let truth = Tensor::from_vec(truth.collect(), &[targets.len(), 4]);
    (1.0 - giou(&grid.boxes(positive, &places), &truth)).mean()
}

/// The cross-entropy of what is there.
fn class_loss(positive: &Tensor, targets: &[Target]) -> Tensor {
    let classes: Vec<usize> =
        targets.iter().map(|target| target.object.class).collect();
    positive.slice(1, 5..).cross_entropy(&classes) // [P, K]
}

/// The cross-entropy of whether something is there, over all places but those that are ignored.
fn objectness(
    grid: &Grid,
    rows: &Tensor,
    truth: &[&[Object]],
    answering: &[usize],
    size: [usize; 2],
) -> Tensor {
    let mut wanted = vec![Some(0.0); rows.shape()[0]];
    ignore(grid, rows, truth, size, &mut wanted);
    answering.iter().for_each(|&row| wanted[row] = Some(1.0));

    let heeded: Vec<usize> = (0..wanted.len())
        .filter(|&row| wanted[row].is_some())
        .collect();
    let wanted: Vec<f32> = wanted.into_iter().flatten().collect();
    let n = heeded.len();
    let logits = rows.slice(1, 4..5).select(0, &heeded); // [R', 1]
    let mean = logits.binary_cross_entropy(&Tensor::from_vec(wanted, &[n, 1]));
    mean * (n as f32 / answering.len().max(1) as f32)
}
// ANCHOR_END: terms

// ANCHOR: giou
/// GIoU of boxes, row by row: `[P, 4]` and `[P, 4]` to `[P, 1]`; edges left, top, right, bottom.
///
/// Source: H. Rezatofighi et al., "Generalized intersection over union", CVPR (2019),
/// algorithm 1.
#[track_caller]
pub fn giou(a: &Tensor, b: &Tensor) -> Tensor {
    let (low, high) = (0..2, 2..4);
    let corner =
        |of: &Tensor, edges: &std::ops::Range<usize>| of.slice(1, edges.clone());
    let area = |low: &Tensor, high: &Tensor| {
        let sides = (high - low).relu(); // [P, 2]
        sides.slice(1, 0..1) * sides.slice(1, 1..2) // [P, 1]
    };
    let [(a0, a1), (b0, b1)] = [a, b].map(|of| (corner(of, &low), corner(of, &high)));
    let both = area(&a0.maximum(&b0), &a1.minimum(&b1));
    let either = area(&a0, &a1) + area(&b0, &b1) - &both;
    let hull = area(&a0.minimum(&b0), &a1.maximum(&b1));
    &both / &either - (&hull - &either) / &hull
}
// ANCHOR_END: giou

/// Takes out of `wanted` the rows whose box lies well on an object, whatever its class.
fn ignore(
    grid: &Grid,
    rows: &Tensor,
    truth: &[&[Object]],
    size: [usize; 2],
    wanted: &mut [Option<f32>],
) {
    let places = grid.places(truth.len(), size);
    let edges = no_grad(|| grid.boxes(&rows.detach(), &places)).to_vec(); // [R, 4]
    let rows = edges.as_chunks().0.iter().zip(&places).zip(wanted);
    for ((&[x0, y0, x1, y1], place), wanted) in rows {
        let bbox = BBox::new(x0, y0, x1, y1);
        let mut objects = truth[place.picture].iter();
        if objects.any(|object| object.bbox.iou(bbox) > IGNORED) {
            *wanted = None;
        }
    }
}
