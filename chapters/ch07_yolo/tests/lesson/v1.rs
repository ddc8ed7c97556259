//! What lesson 7 claims of YOLOv1: its target, its responsible boxes, its net.

use ch07_yolo::boxes::{BBox, Object};
use ch07_yolo::v1::{Grid, Small, activate, decode, left_out, responsible, target};
use nn::{Module, Net, Pass};
use proptest::prelude::*;
use tensor::{Rng, Tensor, assert_close};

/// The page's grid: 2 by 2 cells, two boxes, two classes.
pub(super) const GRID: Grid = Grid {
    cells: 2,
    boxes: 2,
    classes: 2,
};

/// Width and height of the page's picture.
pub(super) const SIZE: [f32; 2] = [100.0, 100.0];

/// The page's object: its centre in the first cell.
pub(super) const OBJECT: Object = Object {
    bbox: BBox::new(8.0, 8.0, 72.0, 72.0),
    class: 1,
};

/// What the first cell says, and a confidence of 0.4 somewhere else.
pub(super) fn said(cell: [f32; 12]) -> Tensor {
    let mut values = vec![0.0; 4 * 12];
    values[..12].copy_from_slice(&cell);
    values[3 * 12 + 4] = 0.4;
    Tensor::from_vec(values, &[1, 2, 2, 12]) // [B, S, S, A·5 + K]
}

/// The page's prediction: a bar in the right place, and one off to the left but wider.
pub(super) fn page() -> Tensor {
    let thin = [0.8, 0.8, 0.04, 0.64, 0.2];
    let wide = [0.6, 0.8, 0.16, 0.64, 0.5];
    let mut cell = [0.0; 12];
    cell[..5].copy_from_slice(&thin);
    cell[5..10].copy_from_slice(&wide);
    cell[10..].copy_from_slice(&[0.3, 0.7]);
    said(cell)
}

#[test]
fn the_cell_of_the_centre_says_where_the_object_is() {
    let target = target(GRID, &[&[OBJECT]], SIZE);
    assert_eq!(target.shape(), [1, 2, 2, 7]);
    let first = target.to_vec();
    assert_close!(
        Tensor::from_vec(first[..7].to_vec(), &[7]),
        [0.8, 0.8, 0.64, 0.64, 1.0, 0.0, 1.0],
        1e-6
    );
    assert!(first[7..].iter().all(|&x| x == 0.0));
}

#[test]
fn rows_come_before_columns_and_the_far_edge_belongs_to_the_last_cell() {
    let at = |centre| GRID.cell_of(BBox::centred(centre, [10.0, 10.0]), SIZE);
    assert_eq!(at([75.0, 25.0]), [0, 1]);
    assert_eq!(at([25.0, 75.0]), [1, 0]);
    assert_eq!(at([50.0, 49.9]), [0, 1]);
    assert_eq!(at([100.0, 100.0]), [1, 1]);
    let wide = GRID.cell_of(BBox::centred([150.0, 20.0], [10.0, 10.0]), [200.0, 50.0]);
    assert_eq!(wide, [0, 1]);
}

#[test]
fn a_cell_keeps_the_first_of_two_objects() {
    let other = Object {
        bbox: BBox::centred([10.0, 30.0], [10.0, 10.0]),
        class: 0,
    };
    let both = target(GRID, &[&[OBJECT, other]], SIZE);
    assert_eq!(both.to_vec(), target(GRID, &[&[OBJECT]], SIZE).to_vec());
    assert_eq!(left_out(GRID, &[OBJECT, other], SIZE), 1);
    assert_eq!(
        left_out(Grid { cells: 4, ..GRID }, &[OBJECT, other], SIZE),
        0
    );
    assert_eq!(left_out(GRID, &[], SIZE), 0);
}

#[test]
fn the_box_with_the_highest_iou_is_responsible() {
    let chosen = responsible(GRID, &page(), &target(GRID, &[&[OBJECT]], SIZE));
    assert_eq!(chosen.mask.shape(), [1, 2, 2, 2]);
    assert_eq!(
        chosen.mask.to_vec(),
        [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    );
    assert_close!(chosen.iou.max(), 0.25, 1e-6);
    // Where nothing overlaps the first is taken, so that there always is one.
    let far = said([
        0.0, 0.0, 0.01, 0.01, 0.3, 0.1, 0.1, 0.01, 0.01, 0.2, 0.0, 0.0,
    ]);
    let object = Object {
        bbox: BBox::centred([45.0, 45.0], [4.0, 4.0]),
        class: 0,
    };
    let chosen = responsible(GRID, &far, &target(GRID, &[&[object]], SIZE));
    assert_eq!(chosen.mask.to_vec()[..2], [1.0, 0.0]);
    assert_eq!(chosen.iou.sum().item(), 0.0);
}

/// Two pictures of three objects, and what an untrained net may say of them.
pub(super) fn case(seed: u64) -> (Grid, Tensor, Tensor) {
    let grid = Grid {
        cells: 3,
        boxes: 2,
        classes: 4,
    };
    let mut rng = Rng::new(seed);
    let mut objects = || -> Vec<Object> {
        let mut one = |class| {
            let centre = [rng.uniform(10.0, 90.0), rng.uniform(10.0, 50.0)];
            let size = [rng.uniform(5.0, 40.0), rng.uniform(5.0, 40.0)];
            Object {
                bbox: BBox::centred(centre, size),
                class,
            }
        };
        (0..3).map(&mut one).collect()
    };
    let pictures = [objects(), objects()];
    let wanted = target(grid, &[&pictures[0], &pictures[1]], [100.0, 60.0]);
    let predicted = rng.uniform_tensor(&[2, 3, 3, grid.depth()], 0.1, 0.9);
    (grid, predicted, wanted)
}

proptest! {
    #[test]
    fn what_the_target_says_decodes_to_the_objects(seed in 0_u64..200) {
        let (grid, _, wanted) = case(seed);
        // The target as a perfect prediction: its box twice, the second with no
        // confidence.
        let boxes = wanted.slice(3, ..5);
        let unsure = &boxes * Tensor::from([1.0, 1.0, 1.0, 1.0, 0.0]);
        let perfect = Tensor::concat(3, &[boxes, unsure, wanted.slice(3, 5..)]);
        let found = decode(grid, &perfect, [100.0, 60.0], 0.5);
        prop_assert!(found.iter().all(|found| (1..=3).contains(&found.len())));
        let pictures: Vec<Vec<Object>> = found
            .iter()
            .map(|found| {
                let object = |d: &ch07_yolo::boxes::Detection| {
                    Object { bbox: d.bbox, class: d.class }
                };
                found.iter().map(object).collect()
            })
            .collect();
        let again = target(grid, &[&pictures[0], &pictures[1]], [100.0, 60.0]);
        prop_assert!((again - &wanted).abs().max().item() < 1e-4);
        prop_assert!(found.iter().flatten().all(|d| d.score == 1.0));
    }
}

#[test]
fn boxes_stand_where_their_cell_is() {
    let mut values = vec![0.0; 4 * 12];
    // Row 1, column 0, box 1: the middle of the cell, half as wide as the picture.
    let start = 2 * 12;
    values[start + 5..start + 10].copy_from_slice(&[0.5, 0.5, 0.5, 0.25, 0.8]);
    values[start + 10..start + 12].copy_from_slice(&[0.5, 1.0]);
    let predicted = Tensor::from_vec(values, &[1, 2, 2, 12]);
    let found = decode(GRID, &predicted, [200.0, 100.0], 0.3);
    assert_eq!(found.len(), 1);
    let scores: Vec<(usize, f32)> =
        found[0].iter().map(|d| (d.class, d.score)).collect();
    assert_eq!(scores, [(0, 0.4), (1, 0.8)]);
    assert_eq!(found[0][0].bbox, BBox::centred([50.0, 75.0], [100.0, 25.0]));
}

#[test]
fn the_net_says_what_its_grid_asks_for() {
    let grid = Grid {
        cells: 4,
        boxes: 2,
        classes: 3,
    };
    let net = Small::new(grid, &mut Rng::new(1));
    let x = Rng::new(2).uniform_tensor(&[2, 3, 64, 64], 0.0, 1.0); // [B, 3, H, W]
    let said = net.forward(&x, &mut Pass::Use);
    assert_eq!(said.shape(), [2, 4, 4, 13]);
    let names = net.parameters().into_iter().map(|(name, _)| name);
    assert_eq!(names.last().as_deref(), Some("head.bias"));
}

#[test]
fn only_places_and_sizes_go_through_the_logistic_function() {
    let grid = Grid {
        cells: 1,
        boxes: 2,
        classes: 1,
    };
    let numbers = Tensor::arange(11) - 5.0;
    let maps = numbers.reshape(&[1, 11, 1, 1]); // [B, A·5 + K, S, S]
    let said = activate(grid, &maps).to_vec();
    let numbers = numbers.to_vec();
    for (i, (said, number)) in said.into_iter().zip(numbers).enumerate() {
        let linear = [4, 9, 10].contains(&i);
        let wanted = if linear {
            number
        } else {
            1.0 / (1.0 + (-number).exp())
        };
        assert!(
            (said - wanted).abs() < 1e-6,
            "number {i}: {said}, not {wanted}"
        );
    }
    let maps = Tensor::arange(11 * 4).reshape(&[1, 11, 2, 2]); // [B, A·5 + K, S, S]
    let said = activate(Grid { cells: 2, ..grid }, &maps);
    let classes = said.slice(3, 10..).to_vec(); // row by row
    assert_eq!(classes, [40.0, 41.0, 42.0, 43.0]);
}
