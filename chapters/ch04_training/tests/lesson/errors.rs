//! Mistakes sorted, labels flipped, pictures changed.

#![allow(clippy::unwrap_used)]

use ch04_training::by_eye;
use ch04_training::clothes::Clothes;
use ch04_training::mistakes::{Kind, Mistake, Neighbours, kind, mistakes, pairs};
use ch04_training::noise::flip;
use ch04_training::world::{Change, SIDE, changed};
use nn::data::Labelled;
use tensor::{Rng, Tensor};

#[test]
fn mistakes_come_worst_first_and_right_answers_not_at_all() {
    let logits = Tensor::from([[2.0, 0.0], [0.0, 5.0], [0.0, 1.0]]);
    let wrong = mistakes(&logits, &[0, 0, 0]);
    let rows: Vec<usize> = wrong.iter().map(|mistake| mistake.row).collect();
    assert_eq!(rows, [1, 2]);
    let loss = (1.0_f32 + 5.0_f32.exp()).ln();
    assert!((wrong[0].loss - loss).abs() < 1e-5);
    assert_eq!((wrong[0].truth, wrong[0].answer), (0, 1));
}

fn mistake(truth: usize, answer: usize) -> Mistake {
    Mistake {
        row: 0,
        truth,
        answer,
        loss: 1.0,
    }
}

#[test]
fn pairs_are_counted_either_way_and_lose_nothing() {
    let wrong = [(0, 6), (6, 0), (2, 4), (6, 0)].map(|(t, a)| mistake(t, a));
    let all = pairs(&wrong, 10);
    assert_eq!(all[..2], [([0, 6], 3), ([2, 4], 1)]);
    assert_eq!(all.len(), 45);
    assert_eq!(all.iter().map(|pair| pair.1).sum::<usize>(), wrong.len());
}

#[test]
fn neighbours_are_the_nearest_in_order() {
    let training = Tensor::from([[0.0, 0.0], [3.0, 4.0], [1.0, 0.0]]);
    let training = Labelled::new(training, vec![7, 8, 9]);
    let rows = Tensor::from([[0.0, 0.0], [3.0, 3.0]]);
    let near = Neighbours::find(&rows, &training, 2);
    assert_eq!(near[0].classes, [7, 9]);
    assert!(near[0].distance < 1e-3);
    assert_eq!(near[1].classes, [8, 9]);
    assert!((near[1].distance - 1.0).abs() < 1e-4);
}

#[test]
fn the_kind_of_a_mistake_follows_from_its_neighbours() {
    let near = |classes: [usize; 4], distance| Neighbours {
        classes: classes.to_vec(),
        distance,
    };
    let wrong = mistake(1, 2);
    let cases = [
        ([2, 2, 2, 0], 1.0, Kind::LabelDoubted),
        ([2, 2, 2, 1], 1.0, Kind::Overlap),
        ([2, 2, 0, 0], 1.0, Kind::Overlap),
        ([1, 1, 1, 2], 1.0, Kind::Missed),
        ([1, 1, 1, 1], 9.0, Kind::Rare),
    ];
    for (classes, distance, wanted) in cases {
        assert_eq!(kind(&wrong, &near(classes, distance), 5.0), wanted);
    }
}

#[test]
fn so_many_labels_are_flipped_and_none_to_itself() {
    let classes: Vec<usize> = (0..1000).map(|i| i % 10).collect();
    for share in [0.0, 0.1, 0.4, 1.0] {
        let noisy = flip(&classes, 10, share, &mut Rng::new(1));
        let wrong = noisy.iter().zip(&classes).filter(|(a, b)| a != b).count();
        assert_eq!(wrong, (1000.0 * share).round() as usize);
        assert!(noisy.iter().all(|class| *class < 10));
    }
}

#[test]
fn changes_move_mirror_and_dim() {
    let mut picture = vec![0.0; SIDE * SIDE];
    picture[5 * SIDE + 2] = 1.0;
    let lit = |change: Change| {
        let after = change.apply(&picture);
        let place = after.iter().position(|pixel| *pixel > 0.0);
        place.map(|place| (place / SIDE, place % SIDE, after[place]))
    };
    let none = Change::NONE;
    assert_eq!(lit(none), Some((5, 2, 1.0)));
    let moved = Change {
        right: 3,
        down: -4,
        light: 0.5,
        ..none
    };
    assert_eq!(lit(moved), Some((1, 5, 0.5)));
    assert_eq!(
        lit(Change {
            mirrored: true,
            ..none
        }),
        Some((5, 25, 1.0))
    );
    assert_eq!(lit(Change { right: -3, ..none }), None);
    let x = Tensor::from_vec(picture.clone(), &[1, SIDE * SIDE]);
    let mirror = || Change {
        mirrored: true,
        ..none
    };
    let twice = changed(&changed(&x, mirror), mirror);
    assert_eq!(twice.to_vec(), picture);
}

#[test]
fn what_was_seen_by_eye_is_of_validation_pictures() {
    let seen = by_eye::load().unwrap();
    assert!(seen.len() >= 50, "{} pictures", seen.len());
    let lines = include_str!("../../src/by_eye.csv").lines().count();
    assert_eq!(seen.len(), lines - 1, "a picture is listed twice");
    let held = Clothes::load().unwrap().validation.len();
    assert!(seen.keys().all(|row| *row < held));
}
