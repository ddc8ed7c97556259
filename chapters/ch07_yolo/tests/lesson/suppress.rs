//! What lesson 7 claims of boxes that overlap, and which of them stay.

use ch07_yolo::boxes::{BBox, Detection};
use ch07_yolo::suppress::{Decay, by_score, nms, nms_by_all_pairs, soft_nms};
use proptest::prelude::*;
use tensor::Rng;

/// Up to so many boxes of three classes, crowded, with scores of one decimal: many ties.
fn boxes(most: usize) -> impl Strategy<Value = Vec<Detection>> {
    let one = (
        0_u8..40,
        0_u8..40,
        4_u8..40,
        4_u8..40,
        0_usize..3,
        1_u8..=10,
    );
    let one = one.prop_map(|(x, y, width, height, class, score)| Detection {
        bbox: BBox::from_edges([x, y, x + width, y + height].map(f32::from)),
        class,
        score: f32::from(score) / 10.0,
    });
    prop::collection::vec(one, 0..most)
}

/// One of the three boxes of the page, four pixels wide and two high.
fn found(x: f32, score: f32) -> Detection {
    Detection {
        bbox: BBox::new(x, 0.0, x + 4.0, 2.0),
        class: 0,
        score,
    }
}

/// The same boxes in another order.
fn shuffled(boxes: &[Detection], seed: u64) -> Vec<Detection> {
    let mut boxes = boxes.to_vec();
    Rng::new(seed).shuffle(&mut boxes);
    boxes
}

#[test]
fn the_example_of_the_page() {
    let boxes = [found(1.0, 0.9), found(3.0, 0.8), found(0.0, 0.7)];
    assert_eq!(nms(&boxes, 0.5), boxes[..2]);
    assert_eq!(nms(&boxes, 0.3), boxes[..1]);
    assert_eq!(nms(&boxes, 0.6), boxes); // an IoU of 3/5 is not above 3/5
    let linear = soft_nms(&boxes, Decay::Linear { limit: 0.3 }, 0.05);
    let gaussian = soft_nms(&boxes, Decay::Gaussian { sigma: 0.5 }, 0.05);
    let close = |left: &[Detection], wanted: [f32; 3]| {
        let scores = left.iter().map(|found| found.score);
        scores
            .zip(wanted)
            .all(|(score, wanted)| (score - wanted).abs() < 1e-6)
    };
    assert!(
        close(&linear, [0.9, 0.8 * (2.0 / 3.0), 0.7 * 0.4]),
        "{linear:?}"
    );
    let (third, far) = (1.0_f32 / 9.0, 1.0_f32 / 49.0);
    let second = 0.8 * (-third / 0.5).exp();
    let last = 0.7 * (-0.36_f32 / 0.5).exp() * (-far / 0.5).exp();
    assert!(close(&gaussian, [0.9, second, last]), "{gaussian:?}");
}

#[test]
fn a_chain_is_not_swallowed_by_its_first_link() {
    // Each overlaps the next by 3/5, the first and the third by 2/6: what covered the third
    // is gone itself.
    let boxes = [found(0.0, 0.9), found(1.0, 0.8), found(2.0, 0.7)];
    assert_eq!(nms(&boxes, 0.5), [boxes[0], boxes[2]]);
}

#[test]
fn classes_leave_each_other_alone() {
    let person = found(0.0, 0.9);
    let horse = Detection {
        class: 1,
        ..found(0.0, 0.4)
    };
    assert_eq!(nms(&[horse, person], 0.5), [person, horse]);
    let decay = Decay::Gaussian { sigma: 0.5 };
    assert_eq!(soft_nms(&[horse, person], decay, 0.0), [person, horse]);
}

#[test]
fn a_neighbour_is_lost_to_hard_and_kept_by_soft_suppression() {
    // Two people, an IoU of 2/3; each has one box that fits.
    let person = |x: f32, score: f32| Detection {
        bbox: BBox::new(x, 0.0, x + 50.0, 100.0),
        class: 0,
        score,
    };
    let both = [person(0.0, 0.9), person(10.0, 0.85)];
    assert_eq!(nms(&both, 0.5).len(), 1);
    let soft = soft_nms(&both, Decay::Gaussian { sigma: 0.5 }, 0.05);
    assert_eq!(soft.len(), 2);
    assert!(soft[1].score > 0.3, "{soft:?}");
}

#[test]
fn boxes_that_are_no_boxes_cover_nothing_and_hide_nothing() {
    let odd = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30, -1e30, 9.0];
    let edges = odd.iter().flat_map(|&x| {
        let turned = [0, 1, 2, 3].map(|edge| {
            let mut edges = [0.0, 0.0, 8.0, 8.0];
            edges[edge] = x;
            edges
        });
        [[0.0, 0.0, 8.0, 8.0], [1.0, 0.0, 9.0, 8.0]]
            .into_iter()
            .chain(turned)
    });
    let boxes: Vec<Detection> = edges
        .enumerate()
        .map(|(n, edges)| Detection {
            bbox: BBox::from_edges(edges),
            class: 0,
            score: 1.0 - n as f32 / 100.0,
        })
        .collect();
    for seed in 0..20 {
        let mut boxes = boxes.clone();
        Rng::new(seed).shuffle(&mut boxes);
        for (n, one) in boxes.iter_mut().enumerate() {
            one.score = 1.0 - n as f32 / 100.0;
        }
        for limit in [0.0, 0.5, 1.0] {
            let (near, all) = (nms(&boxes, limit), nms_by_all_pairs(&boxes, limit));
            // By their words, since NaN is not equal to itself.
            assert_eq!(format!("{near:?}"), format!("{all:?}"));
        }
    }
}

#[test]
fn near_boxes_alone_decide_among_thousands() {
    let mut rng = Rng::new(7);
    for limit in [0.05, 0.3, 0.45, 0.7, 0.95] {
        let mut one = |largest: f32| {
            let centre = [(); 2].map(|()| rng.uniform(0.0, 416.0));
            let size = [(); 2].map(|()| rng.uniform(0.0, 1.0).powi(3) * largest);
            Detection {
                bbox: BBox::centred(centre, size),
                class: rng.below(3),
                score: rng.uniform(0.0, 1.0),
            }
        };
        for (count, largest) in [(2000, 60.0), (2000, 400.0)] {
            let boxes: Vec<Detection> = (0..count).map(|_| one(largest)).collect();
            assert_eq!(nms(&boxes, limit), nms_by_all_pairs(&boxes, limit));
        }
    }
}

#[test]
fn nothing_in_nothing_out() {
    assert_eq!(nms(&[], 0.5), []);
    assert_eq!(soft_nms(&[], Decay::Gaussian { sigma: 0.5 }, 0.1), []);
}

#[test]
#[should_panic(expected = "a score is NaN")]
fn a_score_that_is_no_number_is_refused() {
    nms(&[found(0.0, f32::NAN)], 0.5);
}

proptest! {
    #[test]
    fn near_boxes_alone_decide(boxes in boxes(60), limit in 0.0_f32..=1.0) {
        prop_assert_eq!(nms(&boxes, limit), nms_by_all_pairs(&boxes, limit));
        prop_assert_eq!(nms(&boxes, 0.0), nms_by_all_pairs(&boxes, 0.0));
    }

    #[test]
    fn what_stays_overlaps_nothing_better_and_what_goes_does(
        boxes in boxes(40), limit in 0.0_f32..1.0,
    ) {
        let kept = nms(&boxes, limit);
        for (n, one) in kept.iter().enumerate() {
            for other in kept[..n].iter().filter(|other| other.class == one.class) {
                prop_assert!(one.bbox.iou(other.bbox) <= limit);
            }
        }
        for gone in boxes.iter().filter(|found| !kept.contains(found)) {
            let covered = kept.iter().any(|best| {
                let better = by_score(best, gone).is_lt() && best.class == gone.class;
                better && best.bbox.iou(gone.bbox) > limit
            });
            prop_assert!(covered, "{gone:?} went for nothing");
        }
    }

    #[test]
    fn the_order_in_which_boxes_arrive_does_not_matter(
        boxes in boxes(40), limit in 0.0_f32..1.0, seed in 0_u64..1000,
    ) {
        let other = shuffled(&boxes, seed);
        prop_assert_eq!(nms(&boxes, limit), nms(&other, limit));
        for decay in [Decay::Linear { limit }, Decay::Gaussian { sigma: 0.5 }] {
            let (one, two) = (soft_nms(&boxes, decay, 0.1), soft_nms(&other, decay, 0.1));
            prop_assert_eq!(one, two);
        }
    }

    #[test]
    fn twice_is_as_good_as_once(boxes in boxes(40), limit in 0.0_f32..1.0) {
        let once = nms(&boxes, limit);
        prop_assert_eq!(nms(&once, limit), once);
    }

    #[test]
    fn a_limit_that_nothing_exceeds_changes_nothing(boxes in boxes(40)) {
        let mut sorted = boxes.clone();
        sorted.sort_by(by_score);
        prop_assert_eq!(&nms(&boxes, 1.0), &sorted);
        prop_assert_eq!(&soft_nms(&boxes, Decay::Linear { limit: 1.0 }, 0.0), &sorted);
        let mild = soft_nms(&boxes, Decay::Gaussian { sigma: f32::INFINITY }, 0.0);
        prop_assert_eq!(&mild, &sorted);
    }

    #[test]
    fn soft_suppression_only_ever_lowers_scores_and_never_the_best(boxes in boxes(30)) {
        let soft = soft_nms(&boxes, Decay::Gaussian { sigma: 0.5 }, 0.0);
        prop_assert_eq!(soft.len(), boxes.len());
        let most = |boxes: &[Detection]| boxes.iter().map(|b| b.score).fold(0.0, f32::max);
        prop_assert_eq!(most(&soft), most(&boxes));
        prop_assert!(soft.is_sorted_by(|a, b| a.score >= b.score));
        for left in &soft {
            let before = boxes.iter().filter(|found| found.bbox == left.bbox);
            prop_assert!(before.map(|found| found.score).any(|score| score >= left.score));
        }
    }

    #[test]
    fn the_linear_decay_with_a_bar_for_scores_is_the_hard_rule_where_all_overlap(
        boxes in boxes(30),
    ) {
        // Copies of one box: an IoU of 1, so that all but the best fall to 0.
        let bbox = BBox::new(0.0, 0.0, 8.0, 8.0);
        let copies: Vec<Detection> =
            boxes.iter().map(|found| Detection { bbox, ..*found }).collect();
        let soft = soft_nms(&copies, Decay::Linear { limit: 0.5 }, 0.01);
        prop_assert_eq!(soft, nms(&copies, 0.5));
    }
}
