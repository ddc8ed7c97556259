//! What lesson 7 claims of average precision.

use ch07_yolo::boxes::{BBox, Detection, Object};
use ch07_yolo::precision::{ALL, Evaluation, LARGE, MEDIUM, Ranking, SMALL, Truth};
use proptest::prelude::*;

/// A square of ten pixels a side of class 0, so far to the right.
fn square(x: f32) -> Object {
    Object {
        bbox: BBox::new(x, 0.0, x + 10.0, 10.0),
        class: 0,
    }
}

/// The same as a detection.
fn found(x: f32, score: f32) -> Detection {
    let Object { bbox, class } = square(x);
    Detection { bbox, class, score }
}

/// One picture of one class.
fn judged<T: Copy + Into<Truth>>(truth: &[T], detections: &[Detection]) -> Evaluation {
    let mut evaluation = Evaluation::new(1);
    evaluation.add(truth, detections);
    evaluation
}

#[test]
fn the_example_of_the_page() {
    let truth = [square(0.0), square(40.0)];
    let detections = [found(1.0, 0.9), found(2.0, 0.8), found(43.0, 0.6)];
    let evaluation = judged(&truth, &detections);
    assert_eq!(evaluation.ranking(0, 0.5).hits, [true, false, true]);
    assert_eq!(evaluation.ranking(0, 0.75).hits, [true, false, false]);
}

#[test]
fn ten_detections_by_hand() {
    let hits = [1, 1, 0, 1, 0, 0, 1, 0, 0, 0].map(|hit| hit == 1);
    let ranking = Ranking {
        hits: hits.to_vec(),
        truths: 5,
    };
    let curve = ranking.curve();
    assert_eq!(curve[3], [3.0 / 5.0, 3.0 / 4.0]);
    assert_eq!(curve[9], [4.0 / 5.0, 4.0 / 10.0]);
    let envelope = ranking.envelope();
    assert_eq!(envelope[2], 0.75); // from 2/3 up to what the fourth reaches
    let ap = ranking.average_precision().expect("five things");
    let by_hand = (41.0 + 20.0 * 0.75 + 20.0 * 4.0 / 7.0) / 101.0;
    assert!((ap - by_hand).abs() < 1e-12, "{ap}");
    assert_eq!(ranking.recall(), Some(0.8));
}

#[test]
fn a_detection_takes_the_thing_that_it_fits_best() {
    // Both things are within reach of the first; it takes the nearer one and leaves the
    // other to the second.
    let truth = [square(0.0), square(4.0)];
    let evaluation = judged(&truth, &[found(3.0, 0.9), found(1.0, 0.8)]);
    assert_eq!(evaluation.ranking(0, 0.5).hits, [true, true]);
}

#[test]
fn a_crowd_counts_neither_for_nor_against() {
    let crowd = Truth {
        object: Object {
            bbox: BBox::new(100.0, 0.0, 200.0, 50.0),
            class: 0,
        },
        crowd: true,
    };
    let truth = [Truth::from(square(0.0)), crowd];
    // Three detections lie in the crowd, one of them by two fifths; the last is nowhere.
    let inside = [found(120.0, 0.9), found(150.0, 0.8), found(196.0, 0.5)];
    let nowhere = found(300.0, 0.1);
    let found = [&inside[..], &[found(0.0, 0.6), nowhere]].concat();
    let evaluation = judged(&truth, &found);
    assert_eq!(evaluation.truths(ALL), 1);
    assert_eq!(evaluation.ranking(0, 0.5).hits, [true, false, false]);
    assert_eq!(evaluation.ranking(0, 0.4).hits, [true, false]);
}

#[test]
fn things_of_another_size_count_neither_for_nor_against() {
    let large = Object {
        bbox: BBox::new(0.0, 100.0, 100.0, 200.0),
        class: 0,
    };
    let on = Detection {
        bbox: large.bbox,
        class: 0,
        score: 0.9,
    };
    let evaluation = judged(&[square(0.0), large], &[on, found(0.0, 0.5)]);
    assert_eq!(evaluation.by_size(), [Some(1.0), None, Some(1.0)]);
    let missed = judged(&[square(0.0), large], &[found(0.0, 0.5)]);
    assert_eq!(missed.by_size(), [Some(1.0), None, Some(0.0)]);
    assert_eq!(missed.map50(), Some(51.0 / 101.0));
    let counts = [SMALL, MEDIUM, LARGE].map(|areas| evaluation.truths(areas));
    assert_eq!(counts, [1, 0, 1]);
}

#[test]
fn the_mean_is_over_classes_that_occur() {
    let mut evaluation = Evaluation::new(3);
    let other = Object {
        class: 2,
        ..square(0.0)
    };
    evaluation.add(&[square(0.0), other], &[found(0.0, 0.9)]);
    assert_eq!(evaluation.ap_of(0, 0.5), Some(1.0));
    assert_eq!(evaluation.ap_of(1, 0.5), None);
    assert_eq!(evaluation.ap_of(2, 0.5), Some(0.0));
    assert_eq!(evaluation.map50(), Some(0.5));
}

#[test]
fn without_truth_there_is_no_figure() {
    let evaluation = judged::<Object>(&[], &[found(0.0, 0.9)]);
    assert_eq!((evaluation.map50(), evaluation.map()), (None, None));
    assert_eq!(evaluation.recall(), None);
    assert_eq!(judged(&[square(0.0)], &[]).map(), Some(0.0));
}

#[test]
#[should_panic(expected = "expected classes below 1")]
fn a_class_that_nobody_announced_is_refused() {
    let stranger = Object {
        class: 1,
        ..square(0.0)
    };
    judged(&[stranger], &[]);
}

/// Whether each of some detections is right, and how many more things there are.
fn ranking() -> impl Strategy<Value = Ranking> {
    (prop::collection::vec(any::<bool>(), 0..60), 0_usize..10).prop_map(
        |(hits, more)| {
            let truths = hits.iter().filter(|hit| **hit).count() + more;
            Ranking { hits, truths }
        },
    )
}

proptest! {
    #[test]
    fn average_precision_is_near_the_area_of_its_steps(ranking in ranking()) {
        prop_assume!(ranking.truths > 0);
        let (mut area, mut before) = (0.0, 0.0);
        for ([recall, _], best) in ranking.curve().into_iter().zip(ranking.envelope()) {
            area += (recall - before) * best;
            before = recall;
        }
        let ap = ranking.average_precision().expect("there are things");
        prop_assert!((ap - area).abs() <= 0.01, "{ap} and {area}");
    }

    #[test]
    fn more_wrong_boxes_below_all_others_cost_nothing(
        ranking in ranking(), more in 1_usize..50,
    ) {
        let mut longer = ranking.clone();
        longer.hits.extend(vec![false; more]);
        prop_assert_eq!(longer.average_precision(), ranking.average_precision());
    }

    #[test]
    fn only_the_order_of_scores_matters(
        places in prop::collection::vec((0_u8..100, 1_u8..100), 1..20),
    ) {
        let truth: Vec<Object> = (0..5).map(|n| square(20.0 * n as f32)).collect();
        let detections: Vec<Detection> = places
            .into_iter()
            .map(|(x, score)| found(f32::from(x), f32::from(score) / 100.0))
            .collect();
        let bent: Vec<Detection> = detections
            .iter()
            .map(|found| Detection { score: found.score.powi(3), ..*found })
            .collect();
        prop_assert_eq!(judged(&truth, &detections).map(), judged(&truth, &bent).map());
    }
}
