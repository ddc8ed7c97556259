//! What lesson 7 claims of boxes and how they are compared.

use ch07_yolo::boxes::BBox;
use proptest::prelude::*;

/// Boxes with sides, on whole pixels or between them.
fn bbox() -> impl Strategy<Value = BBox> {
    let place = -50.0_f32..200.0;
    let side = 1.0_f32..100.0;
    (place.clone(), place, side.clone(), side)
        .prop_map(|(x, y, width, height)| BBox::new(x, y, x + width, y + height))
}

#[test]
fn the_example_of_the_page() {
    let a = BBox::new(0.0, 0.0, 4.0, 3.0);
    let b = BBox::new(2.0, 1.0, 6.0, 4.0);
    assert_eq!(a.intersection(b), BBox::new(2.0, 1.0, 4.0, 3.0));
    assert_eq!(a.intersection(b).area(), 4.0);
    assert_eq!(a.iou(b), 4.0 / 20.0);
    assert_eq!(a.hull(b).area(), 24.0);
    assert!((a.giou(b) - (0.2 - 4.0 / 24.0)).abs() < 1e-7);
}

#[test]
fn iou_of_a_box_with_itself_is_one() {
    let bbox = BBox::new(3.5, -2.0, 17.0, 40.25);
    assert_eq!((bbox.iou(bbox), bbox.giou(bbox)), (1.0, 1.0));
}

#[test]
fn boxes_that_share_an_edge_have_nothing_in_common() {
    let bbox = BBox::new(0.0, 0.0, 4.0, 4.0);
    let beside = bbox.moved([4.0, 0.0]);
    assert_eq!(bbox.iou(beside), 0.0);
    assert_eq!(bbox.giou(beside), 0.0); // no gap: the hull is full
    assert_eq!(bbox.giou(bbox.moved([4.0, 4.0])), -0.5); // half of the hull is empty
}

#[test]
fn a_box_without_area_agrees_with_nothing_and_breaks_nothing() {
    let point = BBox::new(2.0, 2.0, 2.0, 2.0);
    let bbox = BBox::new(0.0, 0.0, 4.0, 4.0);
    assert_eq!((point.iou(point), point.giou(point)), (0.0, 0.0));
    assert_eq!(point.iou(bbox), 0.0);
    let inside_out = BBox::new(3.0, 3.0, 1.0, 1.0);
    assert_eq!(inside_out.area(), 0.0);
    assert_eq!(inside_out.iou(bbox), 0.0);
}

#[test]
fn half_a_width_leaves_a_third() {
    let bbox = BBox::new(0.0, 0.0, 40.0, 40.0);
    assert_eq!(bbox.iou(bbox.moved([20.0, 0.0])), 800.0 / 2400.0);
}

#[test]
fn apart_iou_has_no_slope_and_giou_has_one() {
    let truth = BBox::new(0.0, 0.0, 40.0, 40.0);
    let apart = BBox::new(60.0, 20.0, 90.0, 50.0);
    assert_eq!(apart.slope(|bbox| bbox.iou(truth)), [0.0; 4]);
    let slope = apart.slope(|bbox| bbox.giou(truth));
    // By hand: union 2500, hull 90 × 50 = 4500; GIoU is union/hull − 1. The left edge makes
    // the union smaller by 30 a pixel; the right one makes it larger by 30 and the hull by 50.
    let right = (30.0 * 4500.0 - 2500.0 * 50.0) / (4500.0 * 4500.0);
    assert!((slope[0] + 30.0 / 4500.0).abs() < 1e-5, "{slope:?}");
    assert!((slope[2] - right).abs() < 1e-5, "{slope:?}");
}

#[test]
fn slopes_of_iou_by_hand() {
    // 40 × 40, moved by 10: both 1200, either 2000. The right edge adds 40 to either alone.
    let truth = BBox::new(0.0, 0.0, 40.0, 40.0);
    let slope = truth.moved([10.0, 0.0]).slope(|bbox| bbox.iou(truth));
    assert!(
        (slope[2] + 1200.0 * 40.0 / (2000.0 * 2000.0)).abs() < 1e-4,
        "{slope:?}"
    );
    assert!((slope[0] + 40.0 / 2000.0).abs() < 1e-4, "{slope:?}");
}

#[test]
fn edges_and_centre_describe_the_same_box() {
    let bbox = BBox::centred([10.0, 20.0], [4.0, 6.0]);
    assert_eq!(bbox.edges(), [8.0, 17.0, 12.0, 23.0]);
    assert_eq!(BBox::from_edges(bbox.edges()), bbox);
    assert_eq!((bbox.centre(), bbox.size()), ([10.0, 20.0], [4.0, 6.0]));
    assert_eq!(bbox.clipped([10.0, 20.0]), BBox::new(8.0, 17.0, 10.0, 20.0));
    assert_eq!(bbox.scaled([2.0, 0.5]), BBox::new(16.0, 8.5, 24.0, 11.5));
}

proptest! {
    #[test]
    fn agreement_is_mutual_and_within_its_range(a in bbox(), b in bbox()) {
        prop_assert_eq!(a.iou(b), b.iou(a));
        prop_assert!((a.giou(b) - b.giou(a)).abs() < 1e-6);
        prop_assert!((0.0..=1.0).contains(&a.iou(b)));
        prop_assert!(a.giou(b) > -1.0 && a.giou(b) <= a.iou(b) + 1e-6);
    }

    #[test]
    fn iou_is_a_count_of_pixels(
        a in [0_u8..12, 0..12, 1..8, 1..8],
        b in [0_u8..12, 0..12, 1..8, 1..8],
    ) {
        let bbox = |[x, y, w, h]: [u8; 4]| {
            BBox::from_edges([x, y, x + w, y + h].map(f32::from))
        };
        let inside = |[x, y, w, h]: [u8; 4], i: u8, j: u8| {
            (x..x + w).contains(&i) && (y..y + h).contains(&j)
        };
        let pixels = (0..20).flat_map(|i| (0..20).map(move |j| (i, j)));
        let (mut both, mut either) = (0, 0);
        for (i, j) in pixels {
            both += i32::from(inside(a, i, j) && inside(b, i, j));
            either += i32::from(inside(a, i, j) || inside(b, i, j));
        }
        prop_assert_eq!(bbox(a).iou(bbox(b)), both as f32 / either as f32);
    }

    #[test]
    fn a_picture_of_another_size_changes_nothing(
        a in bbox(), b in bbox(), across in 0.1_f32..8.0, down in 0.1_f32..8.0,
    ) {
        let by = [across, down];
        prop_assert!((a.iou(b) - a.scaled(by).iou(b.scaled(by))).abs() < 1e-4);
    }

    #[test]
    fn covers_says_whether_iou_is_above_a_limit(
        a in bbox(), b in bbox(), limit in 0.0_f32..1.0,
    ) {
        prop_assert_eq!(a.covers(b, limit), a.iou(b) > limit);
        prop_assert_eq!(a.covers(b, 0.0), a.iou(b) > 0.0);
    }
}
