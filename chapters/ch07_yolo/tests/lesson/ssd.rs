//! What lesson 7 claims of SSD: its default boxes, its matches, its head.

use ch07_yolo::boxes::{BBox, Object};
use ch07_yolo::ssd::{
    Map, SsdHead, SsdTarget, decode, default_boxes, encode, match_boxes, paper_shapes,
    ssd_decode, ssd_loss, ssd_target, ssd300,
};
use nn::Module;
use nn::optim::{Adam, Optimizer};
use proptest::prelude::*;
use tensor::{Rng, Tensor};

#[test]
fn ssd300_has_8732_default_boxes() {
    let maps = ssd300();
    let each = maps
        .iter()
        .map(|map| default_boxes(std::slice::from_ref(map)).len());
    assert_eq!(each.collect::<Vec<_>>(), [5776, 2166, 600, 150, 36, 4]);
    assert_eq!(default_boxes(&maps).len(), 8732);
}

#[test]
fn the_boxes_of_the_first_and_the_last_place_of_ssd300() {
    let all = default_boxes(&ssd300());
    assert_eq!(all[0], BBox::centred([4.0, 4.0], [30.0, 30.0]));
    let [w, h] = all[2].size(); // twice as wide as high, with the area of the square
    assert!((w / h - 2.0).abs() < 1e-5 && (w * h - 900.0).abs() < 1e-2);
    assert_eq!(all[4].centre(), [12.0, 4.0]); // the next column, not the next row
    let last = &all[8728..];
    assert!(last.iter().all(|bbox| bbox.centre() == [150.0, 150.0]));
    assert_eq!(last[0].size(), [264.0, 264.0]);
    assert!((last[1].size()[0] - (264.0_f32 * 315.0).sqrt()).abs() < 1e-3);
}

#[test]
fn shapes_of_a_map_keep_their_area() {
    let shapes = paper_shapes(100.0, 144.0, &[2.0, 3.0]);
    assert_eq!(shapes.len(), 6);
    assert!((shapes[1][0] - 120.0).abs() < 1e-4);
    for shape in [0, 2, 3, 4, 5].map(|i| shapes[i]) {
        assert!((shape[0] * shape[1] - 1e4).abs() < 0.1, "{shape:?}");
    }
}

/// An object of a class.
pub(super) fn object(bbox: BBox, class: usize) -> Object {
    Object { bbox, class }
}

/// Four boxes in a row, 10 pixels wide and high.
pub(super) fn row() -> Vec<BBox> {
    let map = Map {
        size: [1, 4],
        stride: 10.0,
        shapes: vec![[10.0, 10.0]],
    };
    default_boxes(&[map])
}

#[test]
fn boxes_match_what_they_overlap_by_half_and_every_object_gets_one() {
    let exact = object(BBox::new(0.0, 0.0, 10.0, 10.0), 0);
    let small = object(BBox::new(12.0, 2.0, 15.0, 5.0), 1); // IoU 0.09 with box 1
    assert_eq!(
        match_boxes(&row(), &[exact, small]),
        [Some(0), Some(1), None, None]
    );
    // A wide object: no box reaches one half alone, and the best still answers for it.
    let wide = object(BBox::new(5.0, 0.0, 38.0, 10.0), 2);
    assert_eq!(match_boxes(&row(), &[wide]), [None, Some(0), None, None]);
    // Nothing is forced on a box that does not touch the object.
    let away = object(BBox::new(90.0, 0.0, 99.0, 10.0), 2);
    assert_eq!(match_boxes(&row(), &[away]), [None; 4]);
    assert_eq!(match_boxes(&row(), &[]), [None; 4]);
}

#[test]
fn two_objects_in_one_box_get_a_box_each() {
    // Both overlap box 0 most; the better one has it, the other takes the next.
    let better = object(BBox::new(0.0, 0.0, 10.0, 9.0), 0);
    let worse = object(BBox::new(1.0, 0.0, 11.0, 8.0), 1);
    assert_eq!(
        match_boxes(&row(), &[worse, better]),
        [Some(1), Some(0), None, None]
    );
}

#[test]
fn offsets_by_hand() {
    let default = BBox::centred([50.0, 50.0], [20.0, 40.0]);
    let bbox = BBox::centred([52.0, 46.0], [20.0, 80.0]);
    let offsets = encode(bbox, default);
    let wanted = [1.0, -1.0, 0.0, 2_f32.ln() / 0.2];
    for (got, wanted) in offsets.into_iter().zip(wanted) {
        assert!((got - wanted).abs() < 1e-5, "{offsets:?}");
    }
    assert_eq!(encode(default, default), [0.0; 4]);
    // What a net says that has hardly learnt stays a box.
    let wild = decode([0.0, 0.0, 1e9, -1e9], default).size();
    assert!(wild[0].is_finite() && wild[1] > 0.0);
}

proptest! {
    #[test]
    fn decoding_undoes_encoding(
        centre in [0.0_f32..300.0, 0.0_f32..300.0],
        size in [10.0_f32..300.0, 10.0_f32..300.0],
        which in 0_usize..8732,
    ) {
        let default = default_boxes(&ssd300())[which];
        let bbox = BBox::centred(centre, size);
        let back = decode(encode(bbox, default), default);
        let near = |(a, b): (f32, f32)| (a - b).abs() < 0.02;
        let edges = back.edges().into_iter().zip(bbox.edges());
        prop_assert!(edges.into_iter().all(near), "{:?} {:?}", bbox, back);
    }

    #[test]
    fn every_object_that_overlaps_a_box_is_answered_for(seed in 0_u64..200) {
        let mut rng = Rng::new(seed);
        let shapes = vec![[10.0, 10.0], [20.0, 9.0]];
        let map = Map { size: [4, 5], stride: 8.0, shapes };
        let defaults = default_boxes(&[map]);
        let objects: Vec<Object> = (0..5)
            .map(|class| {
                let centre = [rng.uniform(0.0, 40.0), rng.uniform(0.0, 32.0)];
                let size = [rng.uniform(3.0, 30.0), rng.uniform(3.0, 30.0)];
                object(BBox::centred(centre, size), class)
            })
            .collect();
        let matched = match_boxes(&defaults, &objects);
        for (o, object) in objects.iter().enumerate() {
            prop_assert!(matched.contains(&Some(o)), "{:?}", object);
        }
        for (default, o) in defaults.iter().zip(&matched) {
            let most = objects.iter().map(|o| o.bbox.iou(*default)).fold(0.0, f32::max);
            prop_assert!(o.is_some() || most <= 0.5);
        }
    }
}

#[test]
fn the_target_names_background_and_classes() {
    let objects = [object(BBox::new(0.0, 0.0, 10.0, 10.0), 2)];
    let target = ssd_target(&row(), &[&objects, &[]]);
    assert_eq!(target.classes, [3, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(target.offsets.shape(), [2, 4, 4]);
    assert_eq!(target.offsets.abs().sum().item(), 0.0); // the box fits as it is
}

/// Two pictures of 20 default boxes with two objects in the first and one in the
/// second.
pub(super) fn case() -> (Vec<BBox>, SsdTarget, Tensor, Tensor) {
    let map = Map {
        size: [2, 5],
        stride: 10.0,
        shapes: vec![[10.0, 10.0], [18.0, 8.0]],
    };
    let defaults = default_boxes(&[map]);
    let first = [
        object(BBox::new(1.0, 1.0, 11.0, 10.0), 0),
        object(BBox::new(30.0, 8.0, 45.0, 19.0), 1),
    ];
    let second = [object(BBox::new(20.0, 2.0, 29.0, 9.0), 1)];
    let target = ssd_target(&defaults, &[&first, &second]);
    let mut rng = Rng::new(7);
    let logits = rng.normal_tensor(&[2, 20, 3], 0.0, 2.0); // [B, N, K + 1]
    let offsets = rng.normal_tensor(&[2, 20, 4], 0.0, 2.0); // [B, N, 4]
    (defaults, target, logits, offsets)
}

#[test]
fn the_head_lays_its_numbers_out_as_the_default_boxes_lie() {
    let head = SsdHead::new(&[2, 3], &[2, 1], 4, &mut Rng::new(1));
    let mut rng = Rng::new(2);
    let maps = [
        rng.normal_tensor(&[2, 2, 3, 4], 0.0, 1.0), // [B, C, H, W]
        rng.normal_tensor(&[2, 3, 1, 2], 0.0, 1.0),
    ];
    let (logits, offsets) = head.forward(&maps);
    assert_eq!(
        (logits.shape(), offsets.shape()),
        (&[2, 26, 5][..], &[2, 26, 4][..])
    );
    // Picture 1, map 0, row 2, column 3, box 1, class number 4.
    let direct = head.class[0].forward(&maps[0]); // [B, A·(K + 1), H, W]
    let one = |x: &Tensor, at: [usize; 4]| {
        at.into_iter()
            .enumerate()
            .fold(x.clone(), |x, (axis, i)| x.slice(axis, i..=i))
            .item()
    };
    let n = (2 * 4 + 3) * 2 + 1;
    let there = logits.slice(0, 1..2).slice(1, n..=n).slice(2, 4..5).item();
    assert_eq!(there, one(&direct, [1, 5 + 4, 2, 3]));
    // The second map comes after all of the first.
    let direct = head.offset[1].forward(&maps[1]);
    let there = offsets
        .slice(0, 0..1)
        .slice(1, 25..26)
        .slice(2, 2..3)
        .item();
    assert_eq!(there, one(&direct, [0, 2, 0, 1]));
    let numbers = 2 * (5 + 4) * (2 * 9 + 1) + (5 + 4) * (3 * 9 + 1);
    assert_eq!(head.parameter_count(), numbers);
}

#[test]
fn a_head_learns_two_pictures_and_finds_what_is_in_them() {
    let (defaults, target, ..) = case();
    let mut rng = Rng::new(3);
    let maps = [rng.normal_tensor(&[2, 8, 2, 5], 0.0, 1.0)]; // [B, C, H, W]
    let mut head = SsdHead::new(&[8], &[2], 2, &mut rng);
    let mut optimizer = Optimizer::new(Adam::default());
    for _ in 0..150 {
        let (logits, offsets) = head.forward(&maps);
        let gradients = ssd_loss(&logits, &offsets, &target).total().backward();
        optimizer.step(&mut head, &gradients, 0.02);
    }
    let (logits, offsets) = head.forward(&maps);
    let found = ssd_decode(&logits, &offsets, &defaults, 0.5);
    let truths = [
        vec![
            (BBox::new(1.0, 1.0, 11.0, 10.0), 0),
            (BBox::new(30.0, 8.0, 45.0, 19.0), 1),
        ],
        vec![(BBox::new(20.0, 2.0, 29.0, 9.0), 1)],
    ];
    for (found, truths) in found.iter().zip(&truths) {
        for &(bbox, class) in truths {
            let right = found
                .iter()
                .any(|d| d.class == class && d.bbox.iou(bbox) > 0.9);
            assert!(right, "{bbox:?} in {found:?}");
        }
        let made_up = found.iter().filter(|d| {
            !truths
                .iter()
                .any(|&(bbox, class)| class == d.class && d.bbox.iou(bbox) > 0.5)
        });
        assert_eq!(made_up.count(), 0, "{found:?}");
    }
}

#[test]
fn decoding_gives_every_class_above_the_threshold() {
    let defaults = row();
    let mut scores = vec![0.0; 4 * 3];
    scores[..3].copy_from_slice(&[-50.0, 0.0, 0.0]); // half one class, half the other
    scores[3] = 50.0; // background
    scores[6] = 50.0;
    scores[9] = 50.0;
    let logits = Tensor::from_vec(scores, &[1, 4, 3]);
    let found = ssd_decode(&logits, &Tensor::zeros(&[1, 4, 4]), &defaults, 0.4);
    let found: Vec<(usize, f32)> =
        found[0].iter().map(|d| (d.class, d.score)).collect();
    assert_eq!(found, [(0, 0.5), (1, 0.5)]);
}
