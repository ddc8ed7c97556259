//! What the numbers mean and how wrong they are, in burn: `src/decode.rs` and `src/loss.rs`.

use std::ops::Range;

use bridge::{back, whole};
use burn::nn::loss::{BinaryCrossEntropyLossConfig, CrossEntropyLossConfig};
use burn::prelude::*;
use burn::tensor::activation::sigmoid;
use ch07_yolo::boxes::{BBox, Object};
use ch07_yolo::decode::{Grid, LARGEST, Place};
use ch07_yolo::loss::{BOX, IGNORED};
use ch07_yolo::target::{Cells, Target};

/// The head's numbers, a row for each box: `[B, A·(5+K), S, S] -> [R, 5+K]`.
pub fn rows(grid: &Grid, numbers: Tensor<4>) -> Tensor<2> {
    let [b, _, s, t] = numbers.dims();
    let (a, n) = (grid.anchors.len(), grid.numbers_a_box());
    let boxes = numbers.reshape([b, a, n, s, t]).permute([0, 3, 4, 1, 2]);
    boxes.reshape([b * s * t * a, n]) // [B, S, S, A, 5+K] -> [R, 5+K]
}

/// Some columns of a matrix.
fn columns(of: &Tensor<2>, range: Range<usize>) -> Tensor<2> {
    of.clone().narrow(1, range.start, range.len())
}

/// The boxes that rows of numbers stand for, `[R, 5+K] -> [R, 4]`.
pub fn boxes(grid: &Grid, rows: &Tensor<2>, places: &[Place]) -> Tensor<2> {
    let each = |of: &dyn Fn(&Place) -> [f32; 2]| {
        let pairs: Vec<f32> = places.iter().flat_map(of).collect();
        let pairs = TensorData::new(pairs, [places.len(), 2]);
        Tensor::<2>::from_data(pairs, &rows.device())
    };
    let cell = each(&|place| place.cell.map(|n| n as f32)); // [R, 2]
    let anchor = each(&|place| grid.anchors[place.anchor]); // [R, 2]

    let within = sigmoid(columns(rows, 0..2)) * 2.0 - 0.5; // [R, 2]
    let centre = (within + cell) * grid.stride as f32;
    let size = columns(rows, 2..4).clamp(-LARGEST, LARGEST).exp() * anchor; // [R, 2]
    let half = size * 0.5;
    Tensor::cat(vec![centre.clone() - half.clone(), centre + half], 1) // [R, 4]
}

// ANCHOR: giou
/// GIoU of boxes, row by row: `[P, 4]` and `[P, 4]` to `[P, 1]`.
pub fn giou(a: &Tensor<2>, b: &Tensor<2>) -> Tensor<2> {
    let area = |low: Tensor<2>, high: Tensor<2>| {
        let sides = (high - low).clamp_min(0.0); // [P, 2]
        columns(&sides, 0..1) * columns(&sides, 1..2) // [P, 1]
    };
    let [(a0, a1), (b0, b1)] = [a, b].map(|of| (columns(of, 0..2), columns(of, 2..4)));
    let low = a0.clone().max_pair(b0.clone());
    let both = area(low, a1.clone().min_pair(b1.clone()));
    let areas = area(a0.clone(), a1.clone()) + area(b0.clone(), b1.clone());
    let either = areas - both.clone();
    let hull = area(a0.min_pair(b0), a1.max_pair(b1));
    both / either.clone() - (hull.clone() - either) / hull
}
// ANCHOR_END: giou

/// The loss of the head's numbers `[B, A·(5+K), S, S]`, for pictures with these objects.
pub fn loss(
    grid: &Grid,
    numbers: Tensor<4>,
    truth: &[&[Object]],
    cells: Cells,
) -> Tensor<1> {
    let ([_, _, s, t], device) = (numbers.dims(), &numbers.device());
    let size = [t, s]; // columns, rows
    let pictures = truth.iter().enumerate();
    let targets = pictures.flat_map(|(picture, objects)| {
        grid.targets(objects, picture, size, cells) //
    });
    let targets: Vec<Target> = targets.collect();
    let rows = rows(grid, numbers); // [R, 5+K]

    let (heeded, wanted) = objectness(grid, &rows, truth, &targets, size);
    let share = heeded.len() as f32 / targets.len().max(1) as f32;
    let logits = columns(&rows, 4..5).select(0, whole(&heeded, device));
    let cross_entropy = BinaryCrossEntropyLossConfig::new().with_logits(true);
    let cross_entropy = cross_entropy.init(device);
    let objectness = cross_entropy.forward(logits.flatten::<1>(0, 1), wanted) * share;
    if targets.is_empty() {
        return objectness;
    }

    let answering = targets.iter().map(|target| grid.row(target.place, size));
    let answering: Vec<usize> = answering.collect();
    let positive = rows.select(0, whole(&answering, device)); // [P, 5+K]
    let places: Vec<Place> = targets.iter().map(|target| target.place).collect();
    let edges = targets.iter().flat_map(|target| target.object.bbox.edges());
    let edges = TensorData::new(edges.collect::<Vec<f32>>(), [targets.len(), 4]);
    let giou = giou(
        &boxes(grid, &positive, &places),
        &Tensor::from_data(edges, device),
    );

    let classes: Vec<usize> =
        targets.iter().map(|target| target.object.class).collect();
    let cross_entropy = CrossEntropyLossConfig::new().init(device);
    let logits = columns(&positive, 5..grid.numbers_a_box()); // [P, K]
    let classes = cross_entropy.forward(logits, whole(&classes, device));
    (giou.neg() + 1.0).mean() * BOX + objectness + classes
}

/// The rows whose objectness counts, and what it should be: not those that say "nothing" but
/// lie on an object.
fn objectness(
    grid: &Grid,
    rows: &Tensor<2>,
    truth: &[&[Object]],
    targets: &[Target],
    size: [usize; 2],
) -> (Vec<usize>, Tensor<1, Int>) {
    let places = grid.places(truth.len(), size);
    let edges = back(boxes(grid, &rows.clone().detach(), &places)).to_vec(); // [R, 4]
    let ignored = |(&edges, place): (&[f32; 4], &Place)| {
        let mut objects = truth[place.picture].iter();
        objects.any(|object| object.bbox.iou(BBox::from_edges(edges)) > IGNORED)
    };
    let boxes = edges.as_chunks().0.iter().zip(&places);
    let mut wanted: Vec<Option<usize>> = boxes
        .map(|one| (!ignored(one)).then_some(0)) //
        .collect();
    for target in targets {
        wanted[grid.row(target.place, size)] = Some(1);
    }
    let heeded = (0..wanted.len()).filter(|&row| wanted[row].is_some());
    let heeded = heeded.collect();
    let wanted: Vec<usize> = wanted.into_iter().flatten().collect();
    (heeded, whole(&wanted, &rows.device()))
}
