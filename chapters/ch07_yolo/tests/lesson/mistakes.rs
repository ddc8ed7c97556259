//! What lesson 7 claims of mistakes and their kinds.

use ch07_yolo::boxes::{BBox, Detection, Object};
use ch07_yolo::mistakes::{Judged, KINDS, Kind, Mistakes, by_side};
use ch07_yolo::precision::Evaluation;
use proptest::prelude::*;

/// A square of ten pixels a side, so far to the right.
fn thing(x: f32, class: usize) -> Object {
    Object {
        bbox: BBox::new(x, 0.0, x + 10.0, 10.0),
        class,
    }
}

/// The same as a detection.
fn found(x: f32, class: usize, score: f32) -> Detection {
    let Object { bbox, class } = thing(x, class);
    Detection { bbox, class, score }
}

fn kinds(objects: &[Object], found: &[Detection]) -> Vec<Kind> {
    let judged = Judged::new(objects, found, 0.0);
    judged.mistakes.iter().map(|mistake| mistake.kind).collect()
}

#[test]
fn each_kind_by_hand() {
    let one = [thing(0.0, 0)];
    assert_eq!(kinds(&one, &[found(0.0, 0, 0.9)]), []);
    let twice = [found(0.0, 0, 0.9), found(1.0, 0, 0.8)];
    assert_eq!(kinds(&one, &twice), [Kind::Duplicate]);
    assert_eq!(kinds(&one, &[found(0.0, 1, 0.9)]), [Kind::Classification]);
    // Moved by 5 of 10: an IoU of 1/3. By 9: of 1/19, below a tenth.
    assert_eq!(kinds(&one, &[found(5.0, 0, 0.9)]), [Kind::Localisation]);
    let both = kinds(&one, &[found(5.0, 1, 0.9)]);
    assert_eq!(both, [Kind::Both, Kind::Missed]);
    let nothing = kinds(&one, &[found(9.0, 0, 0.9)]);
    assert_eq!(nothing, [Kind::Background, Kind::Missed]);
    assert_eq!(kinds(&one, &[]), [Kind::Missed]);
    assert_eq!(kinds(&[], &[found(0.0, 0, 0.9)]), [Kind::Background]);
}

#[test]
fn the_better_of_two_is_right_whatever_the_order() {
    let twice = [found(1.0, 0, 0.8), found(0.0, 0, 0.9)];
    let judged = Judged::new(&[thing(0.0, 0)], &twice, 0.0);
    assert_eq!(judged.found[0].score, 0.9);
    assert_eq!(judged.right, [Some(0), None]);
    assert_eq!(judged.mistakes[0].found, Some(1));
}

#[test]
fn a_threshold_turns_boxes_into_things_that_are_missed() {
    let things = [thing(0.0, 0), thing(40.0, 0)];
    let boxes = [found(0.0, 0, 0.9), found(40.0, 0, 0.3)];
    let at = |threshold| Mistakes::new(1, [(&things[..], &boxes[..])], threshold);
    assert_eq!((at(0.2).right(), at(0.2).count(Kind::Missed)), (2, 0));
    assert_eq!((at(0.5).right(), at(0.5).count(Kind::Missed)), (1, 1));
}

#[test]
fn what_a_kind_costs_by_hand() {
    // Two things. One is found, the other has the wrong class: half of the recalls.
    let things = [thing(0.0, 0), thing(40.0, 0)];
    let boxes = [found(0.0, 0, 0.9), found(40.0, 1, 0.8)];
    let wrong_class = Mistakes::new(2, [(&things[..], &boxes[..])], 0.0);
    let gain = wrong_class.gain(Kind::Classification);
    assert!((gain - 50.0 / 101.0).abs() < 1e-12, "{gain}");
    assert_eq!(wrong_class.gain(Kind::Missed), 0.0);
    // The same with a box beside it, and with none.
    let boxes = [found(0.0, 0, 0.9), found(45.0, 0, 0.8)];
    let wrong_place = Mistakes::new(1, [(&things[..], &boxes[..])], 0.0);
    assert!((wrong_place.gain(Kind::Localisation) - 50.0 / 101.0).abs() < 1e-12);
    let missed = Mistakes::new(1, [(&things[..], &boxes[..1])], 0.0);
    assert!((missed.gain(Kind::Missed) - 50.0 / 101.0).abs() < 1e-12);
    // A box on nothing, better than the two that are right: precision 2/3 at the end.
    let boxes = [
        found(80.0, 0, 0.95),
        found(0.0, 0, 0.9),
        found(40.0, 0, 0.8),
    ];
    let background = Mistakes::new(1, [(&things[..], &boxes[..])], 0.0);
    assert!((background.gain(Kind::Background) - 1.0 / 3.0).abs() < 1e-12);
    // And one that comes twice, between the two.
    let boxes = [found(0.0, 0, 0.9), found(1.0, 0, 0.85), found(40.0, 0, 0.8)];
    let twice = Mistakes::new(1, [(&things[..], &boxes[..])], 0.0);
    let gain = twice.gain(Kind::Duplicate);
    assert!((gain - 50.0 / 101.0 / 3.0).abs() < 1e-12, "{gain}");
}

#[test]
fn one_thing_is_given_back_once() {
    // Two boxes of the wrong class on one thing: the second is taken away.
    let things = [thing(0.0, 0)];
    let boxes = [found(0.0, 1, 0.9), found(1.0, 1, 0.8)];
    let mistakes = Mistakes::new(2, [(&things[..], &boxes[..])], 0.0);
    assert_eq!(mistakes.count(Kind::Classification), 2);
    assert_eq!(mistakes.gain(Kind::Classification), 1.0);
}

#[test]
fn precision_by_size_between_limits_of_ones_own() {
    let large = Object {
        bbox: BBox::new(0.0, 40.0, 60.0, 100.0),
        class: 0,
    };
    let mut evaluation = Evaluation::new(1);
    evaluation.add(&[thing(0.0, 0), large], &[found(0.0, 0, 0.9)]);
    let bins = by_side(&evaluation, &[0.0, 16.0, 32.0, 64.0]);
    assert_eq!(
        bins.iter().map(|bin| bin.things).collect::<Vec<_>>(),
        [1, 0, 1]
    );
    let figures: Vec<_> = bins.iter().map(|bin| bin.ap50).collect();
    assert_eq!(figures, [Some(1.0), None, Some(0.0)]);
}

#[test]
#[should_panic(expected = "by_side: expected rising limits")]
fn limits_of_sizes_rise() {
    by_side(&Evaluation::new(1), &[32.0, 16.0]);
}

proptest! {
    #[test]
    fn every_detection_is_right_or_one_mistake_and_repairs_never_hurt(
        things in prop::collection::vec((0_u8..120, 0_usize..3), 0..6),
        boxes in prop::collection::vec((0_u8..120, 0_usize..3, 1_u8..100), 0..12),
    ) {
        let things: Vec<Object> =
            things.into_iter().map(|(x, class)| thing(f32::from(x), class)).collect();
        let boxes: Vec<Detection> = boxes
            .into_iter()
            .map(|(x, class, score)| found(f32::from(x), class, f32::from(score) / 100.0))
            .collect();
        let mistakes = Mistakes::new(3, [(&things[..], &boxes[..])], 0.0);
        let wrong = KINDS[..5].iter().map(|&kind| mistakes.count(kind)).sum::<usize>();
        prop_assert_eq!(mistakes.right() + wrong, boxes.len());
        for kind in [Kind::Duplicate, Kind::Both, Kind::Background] {
            prop_assert!(mistakes.gain(kind) >= -1e-12, "{kind:?} {}", mistakes.gain(kind));
        }
    }
}
