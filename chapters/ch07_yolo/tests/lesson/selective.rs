//! What lesson 7 claims of segments that grow together.

use ch07_yolo::boxes::{BBox, Object};
use ch07_yolo::selective::graph::Graph;
use ch07_yolo::selective::group::{Alike, groups};
use ch07_yolo::selective::{covered, grid, proposals};
use ndarray::Array3;
use proptest::prelude::*;
use tensor::Rng;

/// A grey picture with squares of these colours at these places.
fn squares(size: usize, squares: &[(BBox, [u8; 3])]) -> Array3<u8> {
    Array3::from_shape_fn((size, size, 3), |(i, j, c)| {
        let (x, y) = (j as f32 + 0.5, i as f32 + 0.5);
        let over = |b: &BBox| b.x0 < x && x < b.x1 && b.y0 < y && y < b.y1;
        let of = squares.iter().rev().find(|(bbox, _)| over(bbox));
        of.map_or(128, |(_, colour)| colour[c])
    })
}

const RED: [u8; 3] = [230, 20, 20];
const BLUE: [u8; 3] = [20, 20, 230];

#[test]
fn an_even_picture_is_one_segment() {
    let segments = Graph::new(&squares(16, &[])).segments(100.0);
    assert_eq!((segments.count, segments.size), (1, [16, 16]));
    assert_eq!(segments.of, [0; 256]);
}

#[test]
fn two_squares_on_grey_are_three_segments() {
    let (left, right) = (
        BBox::new(6.0, 6.0, 18.0, 18.0),
        BBox::new(24.0, 20.0, 40.0, 44.0),
    );
    let picture = squares(48, &[(left, RED), (right, BLUE)]);
    let segments = Graph::new(&picture).segments(100.0);
    let at = |x: usize, y: usize| segments.of[48 * y + x];
    assert!(
        at(1, 1) != at(12, 12) && at(12, 12) != at(32, 32) && at(1, 1) != at(32, 32)
    );
    assert_eq!(at(1, 1), at(46, 2));
    let found = groups(&picture, &segments, Alike::All);
    for bbox in [left, right] {
        let best = found.iter().map(|g| g.bbox.iou(bbox)).fold(0.0, f32::max);
        assert!(best > 0.7, "{best}");
    }
}

#[test]
fn the_allowance_of_a_small_segment_shrinks_as_it_grows() {
    // A slow ramp: with a small k it falls apart, with a large one it is whole.
    let ramp = Array3::from_shape_fn((32, 32, 3), |(_, j, _)| (8 * j) as u8);
    let graph = Graph::new(&ramp);
    let counts = [20.0, 300.0, 100_000.0].map(|k| graph.segments(k).count);
    assert!(
        counts[0] >= counts[1] && counts[1] >= counts[2],
        "{counts:?}"
    );
    assert_eq!(counts[2], 1);
}

#[test]
fn likeness_by_hand() {
    // A red square of 4 pixels, a blue one of 4 beside it, grey around: 64 pixels.
    let (left, right) = (BBox::new(0.0, 0.0, 2.0, 2.0), BBox::new(2.0, 0.0, 4.0, 2.0));
    let picture = squares(8, &[(left, RED), (right, BLUE)]);
    let mut of = vec![2; 64];
    for row in 0..2 {
        of[8 * row..8 * row + 2].fill(0);
        of[8 * row + 2..8 * row + 4].fill(1);
    }
    let segments = ch07_yolo::selective::graph::Segments {
        size: [8, 8],
        count: 3,
        of,
    };
    let all = groups(&picture, &segments, Alike::SizeAndFill);
    // Size: 1 − 8/64. Fill: the common box is full, 1 − 0.
    assert_eq!(all[0].alike(&all[1], Alike::SizeAndFill, 64.0), 0.875 + 1.0);
    // They share the bin of green 20, a third of their colours.
    let both = all[0].alike(&all[1], Alike::All, 64.0);
    assert!((both - (1.0 / 3.0 + 1.875)).abs() < 1e-5, "{both}");
    // The two grow together first: with the grey they would be 60 of 64 pixels.
    assert_eq!(all[3].segments, [0, 1]);
    assert_eq!(all[3].bbox, BBox::new(0.0, 0.0, 4.0, 2.0));
    assert_eq!(all.len(), 5);
    assert_eq!(all[4].pixels, 64);
}

/// A picture of blocks of random colours.
fn blocks(seed: u64) -> Array3<u8> {
    let mut rng = Rng::new(seed);
    let colours: Vec<u8> = (0..3 * 36).map(|_| rng.below(256) as u8).collect();
    Array3::from_shape_fn((48, 48, 3), |(i, j, c)| {
        colours[3 * (6 * (i / 8) + j / 8) + c]
    })
}

proptest! {
    #[test]
    fn every_pixel_has_a_segment_and_every_segment_is_in_one_piece(seed in 0_u64..50) {
        let segments = Graph::new(&blocks(seed)).segments(80.0);
        for segment in 0..segments.count {
            let first = segments.of.iter().position(|&s| s == segment);
            let first = first.expect("numbers are given to segments that are there");
            // What can be reached from the first pixel, corners included, is all of it.
            let mut reached = vec![false; 48 * 48];
            let mut open = vec![first];
            reached[first] = true;
            while let Some(pixel) = open.pop() {
                let (i, j) = (pixel / 48, pixel % 48);
                for other in 0..9 {
                    let (y, x) = (i + other / 3, j + other % 3);
                    if (1..=48).contains(&y) && (1..=48).contains(&x) {
                        let near = 48 * (y - 1) + x - 1;
                        if segments.of[near] == segment && !reached[near] {
                            reached[near] = true;
                            open.push(near);
                        }
                    }
                }
            }
            let all = segments.of.iter().filter(|&&s| s == segment).count();
            prop_assert_eq!(reached.iter().filter(|&&r| r).count(), all);
            prop_assert!(all >= 20);
        }
    }

    #[test]
    fn groups_lose_no_pixel_and_end_with_the_whole_picture(seed in 0_u64..50) {
        let picture = blocks(seed);
        let segments = Graph::new(&picture).segments(80.0);
        for alike in [Alike::All, Alike::SizeAndFill] {
            let all = groups(&picture, &segments, alike);
            prop_assert_eq!(all.len(), 2 * segments.count - 1);
            let last = &all[all.len() - 1];
            prop_assert_eq!(last.pixels, 48 * 48);
            prop_assert_eq!(last.segments.len(), segments.count);
            prop_assert_eq!(last.bbox, BBox::new(0.0, 0.0, 48.0, 48.0));
            for group in &all {
                let colours: f32 = group.colours.iter().sum();
                prop_assert!((colours - 1.0).abs() < 1e-4);
                prop_assert!(group.pixels as f32 <= group.bbox.area());
            }
        }
    }

    #[test]
    fn proposals_are_distinct_and_depend_on_the_seed_alone(seed in 0_u64..20) {
        let picture = blocks(seed);
        let all = proposals(&picture, &mut Rng::new(seed));
        prop_assert_eq!(&all, &proposals(&picture, &mut Rng::new(seed)));
        for (i, bbox) in all.iter().enumerate() {
            prop_assert!(!all[..i].contains(bbox));
            prop_assert_eq!(bbox.clipped([48.0, 48.0]), *bbox);
            prop_assert!(bbox.size().iter().all(|&side| side >= 8.0));
        }
    }

    #[test]
    fn a_grid_is_never_larger_than_asked_and_fills_most_of_it(count in 8_usize..500) {
        let windows = grid(count, [128.0, 128.0]);
        prop_assert!(windows.len() <= count && 2 * windows.len() >= count);
        for window in windows {
            let inside = window.clipped([128.0, 128.0]);
            prop_assert!((inside.area() - window.area()).abs() < 0.5);
        }
    }
}

#[test]
fn covered_counts_objects_and_not_boxes() {
    let object = |x: f32| Object {
        bbox: BBox::new(x, 0.0, x + 10.0, 10.0),
        class: 0,
    };
    let objects = [object(0.0), object(50.0)];
    let near = [
        BBox::new(1.0, 0.0, 11.0, 10.0),
        BBox::new(2.0, 0.0, 12.0, 10.0),
    ];
    assert_eq!(covered(&near, &objects, 0.5), 1);
    assert_eq!(covered(&near, &objects, 0.9), 0);
    assert_eq!(covered(&[], &objects, 0.5), 0);
}
