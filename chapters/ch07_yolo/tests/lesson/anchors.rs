//! What lesson 7 claims of anchors.

use ch07_yolo::anchors::{
    balanced_shapes, kmeans, kmeans_by_pixels, mean_iou, shape_iou, shapes,
};
use ch07_yolo::boxes::{BBox, Object};
use ch07_yolo::set::{Example, Set};
use ndarray::Array3;
use proptest::prelude::*;
use tensor::Rng;

#[test]
fn iou_of_shapes_by_hand() {
    assert_eq!(shape_iou([4.0, 2.0], [4.0, 2.0]), 1.0);
    assert_eq!(shape_iou([4.0, 2.0], [2.0, 2.0]), 0.5); // one lies in the other
    assert_eq!(shape_iou([4.0, 1.0], [1.0, 4.0]), 1.0 / 7.0); // a cross
    assert_eq!(shape_iou([0.0, 0.0], [0.0, 0.0]), 0.0);
}

#[test]
fn three_heaps_are_found_by_their_medians() {
    let heaps = [[10.0, 10.0], [30.0, 60.0], [80.0, 40.0]];
    let around = |[w, h]: [f32; 2]| {
        let moves = [-2.0, -1.0, 0.0, 1.0, 2.0];
        moves.map(|by| [w + by, h - by])
    };
    let mut all: Vec<[f32; 2]> = heaps.into_iter().flat_map(around).collect();
    all.push([13.0, 10.0]); // an odd one moves a mean
    all.push([10.0, 13.0]);
    assert_eq!(kmeans(&all, 3, &mut Rng::new(1)), heaps);
    let by_mean = kmeans_by_pixels(&all, 3, &mut Rng::new(1));
    assert!(by_mean[0][0] > 10.2, "{by_mean:?}");
}

#[test]
fn a_single_anchor_is_the_median_of_all_and_as_many_as_shapes_are_the_shapes() {
    let all = [[5.0, 50.0], [6.0, 20.0], [40.0, 30.0]];
    assert_eq!(kmeans(&all, 1, &mut Rng::new(3)), [[6.0, 30.0]]);
    let mut by_area = all.to_vec();
    by_area.sort_by(|a, b| (a[0] * a[1]).total_cmp(&(b[0] * b[1])));
    assert_eq!(kmeans(&all, 3, &mut Rng::new(3)), by_area);
    assert_eq!(mean_iou(&all, &all), 1.0);
}

#[test]
fn pixels_favour_large_shapes_and_iou_does_not() {
    // Small shapes that differ by a factor of four, large ones by a seventh and more
    // pixels.
    let all = [[4.0, 4.0], [16.0, 16.0], [112.0, 112.0], [128.0, 128.0]];
    let by_iou = kmeans(&all, 3, &mut Rng::new(1));
    assert_eq!(by_iou[..2], [[4.0, 4.0], [16.0, 16.0]]);
    let by_pixels = kmeans_by_pixels(&all, 3, &mut Rng::new(1));
    assert_eq!(by_pixels, [[10.0, 10.0], [112.0, 112.0], [128.0, 128.0]]);
    assert!(mean_iou(&all, &by_iou) > mean_iou(&all, &by_pixels) + 0.1);
}

#[test]
#[should_panic(expected = "kmeans: expected 1 to 1 anchors")]
fn more_anchors_than_different_shapes_are_refused() {
    kmeans(&[[3.0, 4.0], [3.0, 4.0]], 2, &mut Rng::new(1));
}

/// A picture with objects of these classes and shapes.
fn set(objects: &[(usize, [f32; 2])]) -> Set {
    let object = |&(class, shape): &(usize, [f32; 2])| Object {
        bbox: BBox::centred([50.0, 50.0], shape),
        class,
    };
    let example = Example {
        name: "one".to_owned(),
        picture: Array3::zeros((100, 100, 3)),
        objects: objects.iter().map(object).collect(),
    };
    Set {
        name: "few".to_owned(),
        classes: vec!["common".to_owned(), "rare".to_owned(), "none".to_owned()],
        examples: vec![example],
    }
}

#[test]
fn rare_classes_get_their_own_anchors_when_classes_count_alike() {
    let mut objects = vec![(1, [10.0, 40.0])];
    objects.extend((0..40).map(|i| (0, [30.0 + i as f32, 30.0])));
    objects.push((0, [0.0, 5.0])); // without an area: no shape
    let set = set(&objects);
    assert_eq!(shapes(&set).len(), 41);
    let all = balanced_shapes(&set, &mut Rng::new(1));
    let rare = all.iter().filter(|shape| shape[1] == 40.0).count();
    assert_eq!((all.len(), rare), (80, 40));
    assert!(!kmeans(&shapes(&set), 1, &mut Rng::new(1)).contains(&[10.0, 40.0]));
    assert!(kmeans(&all, 2, &mut Rng::new(1)).contains(&[10.0, 40.0]));
}

proptest! {
    #[test]
    fn iou_of_shapes_is_that_of_boxes_on_one_centre(
        a in [0.1_f32..200.0, 0.1_f32..200.0], b in [0.1_f32..200.0, 0.1_f32..200.0],
    ) {
        let boxes = [a, b].map(|shape| BBox::centred([0.0, 0.0], shape));
        prop_assert!((shape_iou(a, b) - boxes[0].iou(boxes[1])).abs() < 1e-4);
        prop_assert_eq!(shape_iou(a, b), shape_iou(b, a));
    }

    #[test]
    fn iou_does_not_ask_for_the_unit(
        a in [1.0_f32..200.0, 1.0_f32..200.0], b in [1.0_f32..200.0, 1.0_f32..200.0],
    ) {
        let tenfold = |shape: [f32; 2]| shape.map(|side| side * 10.0);
        let apart = shape_iou(a, b) - shape_iou(tenfold(a), tenfold(b));
        prop_assert!(apart.abs() < 1e-5);
    }

    #[test]
    fn anchors_settle_sorted_and_fit_better_than_any_single_shape(
        all in prop::collection::vec([1.0_f32..100.0, 1.0_f32..100.0], 12..40),
        seed in 0_u64..99,
    ) {
        let anchors = kmeans(&all, 3, &mut Rng::new(seed));
        prop_assert_eq!(&anchors, &kmeans(&all, 3, &mut Rng::new(seed)));
        let areas: Vec<f32> = anchors.iter().map(|a| a[0] * a[1]).collect();
        prop_assert!(areas.is_sorted(), "{:?}", areas);
        let fit = mean_iou(&all, &anchors);
        let slow = all.iter().map(|&shape| {
            anchors.iter().map(|&a| shape_iou(a, shape)).fold(0.0, f32::max)
        });
        prop_assert!((fit - slow.sum::<f32>() / all.len() as f32).abs() < 1e-5);
        for shape in &all {
            prop_assert!(fit + 1e-6 >= mean_iou(&all, &[*shape]), "{:?} alone", shape);
        }
    }
}
