//! Claims about the detector: what its numbers mean, who answers for what, and the loss.

use ch07_yolo::boxes::{BBox, Object};
use ch07_yolo::decode::{Grid, Keep, Place};
use ch07_yolo::loss::{giou, loss};
use ch07_yolo::model::{Detector, STAGES};
use ch07_yolo::target::Cells;
use nn::{Module, Net, Pass};
use proptest::prelude::*;
use tensor::gradcheck::check;
use tensor::{Rng, Tensor, assert_close};

/// Two anchors and three classes on cells of 8 pixels.
fn grid() -> Grid {
    let anchors = vec![[8.0, 8.0], [12.0, 24.0]];
    Grid {
        stride: 8,
        anchors,
        classes: 3,
    }
}

fn object(edges: [f32; 4], class: usize) -> Object {
    let [x0, y0, x1, y1] = edges;
    let bbox = BBox::new(x0, y0, x1, y1);
    Object { bbox, class }
}

/// Numbers of a head for so many pictures on a grid of 3 rows and 4 columns.
fn numbers(pictures: usize, seed: u64) -> Tensor {
    Rng::new(seed).normal_tensor(&[pictures, 16, 3, 4], 0.0, 1.0)
}

#[test]
fn rows_and_places_follow_one_order() {
    let grid = grid();
    let numbers = numbers(2, 1);
    let rows = grid.rows(&numbers); // [R, 5+K]
    let places = grid.places(2, [4, 3]);
    assert_eq!(rows.shape(), [2 * 3 * 4 * 2, 8]);
    assert_eq!(places.len(), rows.shape()[0]);
    for (row, &place) in places.iter().enumerate() {
        assert_eq!(grid.row(place, [4, 3]), row);
        let [x, y] = place.cell;
        let of_the_map = |n| {
            let map = place.anchor * 8 + n;
            let picture = numbers.slice(0, place.picture..place.picture + 1);
            let map = picture.slice(1, map..map + 1);
            map.slice(2, y..y + 1).slice(3, x..x + 1).item()
        };
        let wanted: Vec<f32> = (0..8).map(of_the_map).collect();
        assert_eq!(rows.slice(0, row..row + 1).to_vec(), wanted);
    }
}

#[test]
fn a_box_whose_numbers_are_all_zero_is_its_anchor_in_the_middle_of_its_cell() {
    let grid = grid();
    let place = Place {
        picture: 0,
        cell: [2, 1],
        anchor: 1,
    };
    let edges = grid.boxes(&Tensor::zeros(&[1, 8]), &[place]);
    assert_close!(edges, [[20.0 - 6.0, 12.0 - 12.0, 26.0, 24.0]], 1e-5);
}

#[test]
fn the_anchor_of_the_nearest_shape_answers_in_the_cell_of_the_centre() {
    let tall = object([13.0, 1.0, 23.0, 23.0], 2); // centre 18, 12
    let targets = grid().targets(&[tall], 3, [4, 3], Cells::One);
    assert_eq!(targets.len(), 1);
    let place = Place {
        picture: 3,
        cell: [2, 1],
        anchor: 1,
    };
    assert_eq!(targets[0].place, place);
    assert_eq!(targets[0].object, tall);
}

#[test]
fn a_second_object_of_one_shape_in_a_cell_takes_the_other_anchor_and_a_third_none() {
    let small = object([17.0, 9.0, 25.0, 17.0], 0);
    let targets = grid().targets(&[small; 3], 0, [4, 3], Cells::One);
    let anchors: Vec<usize> =
        targets.iter().map(|target| target.place.anchor).collect();
    assert_eq!(anchors, [0, 1]);
}

#[test]
fn with_three_cells_the_neighbours_on_the_side_of_the_centre_answer_too() {
    let small = object([13.0, 10.0, 21.0, 18.0], 0); // centre 17, 14: cell 2, 1; left and below
    let targets = grid().targets(&[small], 0, [4, 3], Cells::Three);
    let cells: Vec<[usize; 2]> =
        targets.iter().map(|target| target.place.cell).collect();
    assert_eq!(cells, [[2, 1], [1, 1], [2, 2]]);
    // In the corner of the picture there are none.
    let corner = object([0.0, 0.0, 4.0, 4.0], 0);
    assert_eq!(grid().targets(&[corner], 0, [4, 3], Cells::Three).len(), 1);
}

#[test]
fn the_loss_of_a_perfect_answer_is_next_to_nothing() {
    let grid = grid();
    let truth = [object([16.0, 8.0, 24.0, 16.0], 1)];
    let mut perfect = vec![0.0; 16 * 12];
    let place = 4 + 2; // row 1, column 2
    let mut set =
        |map: usize, place: usize, value: f32| perfect[map * 12 + place] = value;
    for cell in 0..12 {
        set(4, cell, -30.0);
        set(12, cell, -30.0);
    }
    set(4, place, 30.0);
    set(6, place, 30.0); // class 1
    let numbers = Tensor::from_vec(perfect, &[1, 16, 3, 4]);
    let terms = loss(&grid, &numbers, &[&truth], Cells::One);
    assert!(terms.total().item() < 1e-5, "{}", terms.total().item());
    let found = grid.detections(&numbers, Keep::SURE);
    assert_eq!(found[0].len(), 1);
    assert_eq!(found[0][0].class, 1);
    assert!(found[0][0].bbox.iou(truth[0].bbox) > 0.999);
}

#[test]
fn the_slope_of_the_loss_is_that_of_central_differences() {
    let grid = grid();
    let first = [
        object([16.0, 8.0, 25.0, 17.0], 1),
        object([2.0, 0.0, 14.0, 23.0], 2),
    ];
    let second = [object([10.0, 3.0, 19.0, 11.0], 0)];
    let truth: [&[Object]; 3] = [&first, &second, &[]];
    let f = |x: &[Tensor]| loss(&grid, &x[0], &truth, Cells::Three).total();
    let worst = check(f, &[numbers(3, 4)], 1e-2);
    assert!(
        worst.iter().all(|checked| checked.error < 1e-2),
        "{worst:?}"
    );
}

#[test]
fn a_batch_without_objects_teaches_only_that_nothing_is_there() {
    let grid = grid();
    let terms = loss(&grid, &numbers(2, 5), &[&[], &[]], Cells::One);
    assert_eq!(terms.boxes.item(), 0.0);
    assert_eq!(terms.classes.item(), 0.0);
    assert!(terms.objectness.item() > 0.0 && terms.total().item().is_finite());
}

#[test]
fn a_box_that_lies_on_an_object_is_not_told_off() {
    // One cell, one anchor that answers; its second anchor has nearly the same box.
    let anchors = vec![[8.0, 8.0], [8.5, 8.5]];
    let grid = Grid {
        stride: 8,
        anchors,
        classes: 1,
    };
    let truth = [object([0.0, 0.0, 8.0, 8.0], 0)];
    let with = |logit: f32| {
        let mut numbers = vec![0.0; 12];
        (numbers[4], numbers[10]) = (2.0, logit); // objectness of both
        let numbers = Tensor::from_vec(numbers, &[1, 12, 1, 1]);
        loss(&grid, &numbers, &[&truth], Cells::One)
            .objectness
            .item()
    };
    assert_eq!(with(-3.0), with(3.0));
}

#[test]
fn a_new_net_believes_that_nothing_is_there() {
    let mut rng = Rng::new(1);
    let anchors = vec![[16.0, 16.0], [25.0, 26.0], [39.0, 41.0]];
    let grid = Grid {
        stride: 8,
        anchors,
        classes: 10,
    };
    let net = Detector::new(&STAGES, grid, &mut rng);
    // By hand: 27·16 and 144·32 for two stages, 512 + 4,608 for a block, 288·64, three blocks
    // of 2,048 + 18,432, the head's 64·45 + 45, and two numbers a map of each normalisation.
    let norms = 2 * (16 + 32 + (16 + 32) + 64 + 3 * (32 + 64));
    let windows = 432 + 4608 + 5120 + 18_432 + 3 * 20_480;
    assert_eq!(net.parameter_count(), windows + 2925 + norms);
    let x = rng.uniform_tensor(&[2, 3, 64, 32], 0.0, 1.0);
    let numbers = net.forward(&x, &mut Pass::Use);
    assert_eq!(numbers.shape(), [2, 45, 8, 4]);
    assert!(
        net.grid
            .detections(&numbers, Keep::SURE)
            .iter()
            .all(Vec::is_empty)
    );
}

proptest! {
    #[test]
    fn giou_of_columns_is_that_of_boxes(edges in prop::collection::vec(0.0_f32..50.0, 8)) {
        let sorted = |a: f32, b: f32| (a.min(b), a.max(b) + 1.0);
        let of = |e: &[f32]| {
            let ((x0, x1), (y0, y1)) = (sorted(e[0], e[1]), sorted(e[2], e[3]));
            BBox::new(x0, y0, x1, y1)
        };
        let (a, b) = (of(&edges[..4]), of(&edges[4..]));
        let row = |b: BBox| Tensor::from([[b.x0, b.y0, b.x1, b.y1]]);
        let column = giou(&row(a), &row(b)).item();
        prop_assert!((column - a.giou(b)).abs() < 1e-4);
    }
}
