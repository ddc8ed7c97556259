//! Exercises 7.1, 7.2 and 7.5: IoU, suppression, boxes of a changed picture.

use ch07_yolo::boxes::{BBox, Detection, Object};
use lesson::exercise::Exercise;
use tensor::Rng;

use crate::{answer, any_box, edges, found};

#[test]
fn ex7_01_iou() {
    let ex = Exercise::load("7.1");
    for (what, a, b, wanted) in [
        (
            "the example",
            [2.0, 1.5, 4.0, 3.0],
            [4.0, 2.5, 4.0, 3.0],
            0.2,
        ),
        (
            "the same box twice",
            [5.0, 7.0, 2.0, 6.0],
            [5.0, 7.0, 2.0, 6.0],
            1.0,
        ),
        (
            "one inside the other",
            [0.0, 0.0, 4.0, 4.0],
            [1.0, 0.0, 2.0, 2.0],
            0.25,
        ),
        (
            "side by side",
            [1.0, 1.0, 2.0, 2.0],
            [9.0, 1.0, 2.0, 2.0],
            0.0,
        ),
        (
            "apart in both directions",
            [1.0, 1.0, 2.0, 2.0],
            [9.0, 8.0, 4.0, 2.0],
            0.0,
        ),
        (
            "two boxes without area",
            [3.0, 3.0, 0.0, 0.0],
            [3.0, 3.0, 0.0, 0.0],
            0.0,
        ),
    ] {
        let asked = ex.given(format!("{what}: a = {a:?}, b = {b:?}"));
        asked.close(answer::iou(a, b), wanted, 1e-5);
    }
    let mut rng = Rng::new(1);
    for _ in 0..100 {
        let [a, b] = [(); 2].map(|()| any_box(&mut rng));
        let numbers = |bbox: BBox| {
            let ([x, y], [w, h]) = (bbox.centre(), bbox.size());
            [x, y, w, h]
        };
        let [one, other] = [a, b].map(numbers);
        let asked = ex.given(format!("a = {one:?}, b = {other:?}"));
        asked.close(answer::iou(one, other), a.iou(b), 1e-4);
        let back = asked.step("b and a in place of a and b");
        back.close(answer::iou(other, one), a.iou(b), 1e-4);
    }
}

/// Four pixels wide and two high, from this column on: one pixel apart is an IoU of 3/5,
/// two pixels of 1/3.
fn low(x: f32, class: usize, score: f32) -> Detection {
    let bbox = BBox::new(x, 0.0, x + 4.0, 2.0);
    Detection {
        class,
        ..found(bbox, score)
    }
}

#[test]
fn ex7_02_nms() {
    let ex = Exercise::load("7.2");
    let half = BBox::new(0.0, 0.0, 2.0, 2.0);
    #[rustfmt::skip]
    let cases: [(&str, &[Detection], f32, &[usize]); 7] = [
        ("the page's three boxes", &[low(1.0, 0, 0.9), low(3.0, 0, 0.8), low(0.0, 0, 0.7)],
         0.5, &[0, 1]),
        ("the better one comes last", &[low(0.0, 0, 0.7), low(1.0, 0, 0.9)], 0.5, &[1]),
        ("none covers another", &[low(0.0, 0, 0.2), low(9.0, 0, 0.9), low(20.0, 0, 0.5)],
         0.5, &[1, 2, 0]),
        ("a rider and a horse", &[low(0.0, 0, 0.9), low(1.0, 1, 0.8)], 0.5, &[0, 1]),
        ("a chain", &[low(0.0, 0, 0.9), low(1.0, 0, 0.8), low(2.0, 0, 0.7)], 0.5, &[0, 2]),
        ("an IoU of exactly the limit", &[low(0.0, 0, 0.9), found(half, 0.8)], 0.5, &[0, 1]),
        ("nothing found", &[], 0.5, &[]),
    ];
    for (what, boxes, limit, wanted) in cases {
        let told: Vec<_> = boxes
            .iter()
            .map(|d| (d.bbox.edges(), d.class, d.score))
            .collect();
        let asked = ex.given(format!(
            "{what}: limit = {limit}, found (edges, class, score) = {told:?}"
        ));
        asked.equal(answer::nms(boxes, limit), wanted);
    }
    let mut rng = Rng::new(2);
    for round in 0..20 {
        let boxes: Vec<Detection> = (0..40)
            .map(|n| Detection {
                bbox: any_box(&mut rng),
                class: rng.below(2),
                score: (n * 7 % 40) as f32 / 40.0,
            })
            .collect();
        let asked = ex.given(format!("40 random boxes of two classes, round {round}"));
        let kept = answer::nms(&boxes, 0.3);
        let inside = kept.iter().all(|&n| n < boxes.len());
        asked.holds(inside, "every place is one of the list");
        let got: Vec<Detection> = kept.iter().map(|&n| boxes[n]).collect();
        asked.equal(got, ch07_yolo::suppress::nms(&boxes, 0.3));
    }
}

#[test]
fn ex7_05_step1_upside_down() {
    let ex = Exercise::load("7.5").step("1: mirrored, top for bottom");
    for (bbox, height, wanted) in [
        ([5.0, 10.0, 25.0, 30.0], 100.0, [5.0, 70.0, 25.0, 90.0]),
        ([0.0, 0.0, 8.0, 2.0], 6.0, [0.0, 4.0, 8.0, 6.0]),
        ([3.0, 2.0, 4.0, 4.0], 6.0, [3.0, 2.0, 4.0, 4.0]),
    ] {
        let asked = ex.given(format!("bbox = {bbox:?}, height = {height}"));
        let got = answer::upside_down(BBox::from_edges(bbox), height);
        asked.close_each(&got.edges(), &wanted, 1e-4);
    }
    let mut rng = Rng::new(3);
    for _ in 0..50 {
        let bbox = any_box(&mut rng);
        let asked = ex.given(format!("bbox = {}, height = 100", edges(&[bbox])));
        let twice = answer::upside_down(answer::upside_down(bbox, 100.0), 100.0);
        let asked = asked.step("mirrored twice is as it was");
        asked.close_each(&twice.edges(), &bbox.edges(), 1e-3);
    }
}

#[test]
fn ex7_05_step2_kept() {
    let ex = Exercise::load("7.5").step("2: cut to the picture, or dropped");
    let object = |class: usize, edges: [f32; 4]| Object {
        bbox: BBox::from_edges(edges),
        class,
    };
    type Case<'a> = (&'a str, &'a [Object], f32, &'a [Object]);
    let inside = object(7, [10.0, 10.0, 30.0, 20.0]);
    #[rustfmt::skip]
    let cases: [Case; 7] = [
        ("inside", &[inside], 0.25, &[inside]),
        ("half of it at the left", &[object(1, [-20.0, 0.0, 20.0, 9.0])], 0.25,
         &[object(1, [0.0, 0.0, 20.0, 9.0])]),
        ("a seventh of it, then one inside", &[object(1, [-60.0, 0.0, 10.0, 9.0]), inside],
         0.25, &[inside]),
        ("exactly a quarter, at a corner", &[object(2, [90.0, 40.0, 110.0, 60.0])], 0.25,
         &[object(2, [90.0, 40.0, 100.0, 50.0])]),
        ("its centre outside, a third inside", &[object(3, [80.0, 0.0, 140.0, 5.0])], 0.25,
         &[object(3, [80.0, 0.0, 100.0, 5.0])]),
        ("its centre inside, less than asked for", &[object(3, [-9.0, 0.0, 21.0, 5.0])],
         0.75, &[]),
        ("at the picture's side, and beyond",
         &[object(4, [100.0, 0.0, 120.0, 9.0]), object(5, [120.0, 70.0, 130.0, 80.0])],
         0.0, &[]),
    ];
    for (what, objects, least, wanted) in cases {
        let told: Vec<_> = objects.iter().map(|o| (o.bbox.edges(), o.class)).collect();
        let asked = ex.given(format!(
            "{what}: size = [100, 50], least = {least}, objects (edges, class) = {told:?}"
        ));
        let got = answer::kept(objects, [100.0, 50.0], least);
        asked.equal(got, wanted);
    }
}
