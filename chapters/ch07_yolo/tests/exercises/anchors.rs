//! Exercises 7.7 and 7.8: a round of k-means, and SSD's offsets.

use ch07_yolo::anchors::mean_iou;
use ch07_yolo::boxes::BBox;
use ch07_yolo::ssd::offsets::encode;
use lesson::exercise::Exercise;
use tensor::{Rng, Tensor};

use crate::{answer, any_box, check_tensor, edges};

#[test]
fn ex7_07_round() {
    let ex = Exercise::load("7.7");
    let squares =
        |sides: &[f32]| -> Vec<[f32; 2]> { sides.iter().map(|&s| [s; 2]).collect() };
    let check =
        |what: &str, shapes: &[[f32; 2]], anchors: &[[f32; 2]], wanted: &[[f32; 2]]| {
            let asked = ex.given(format!(
                "{what}: shapes = {shapes:?}, anchors = {anchors:?}"
            ));
            let got = answer::round(shapes, anchors);
            asked.close_each(got.as_flattened(), wanted.as_flattened(), 1e-4);
        };
    type Case<'a> = (&'a str, &'a [f32], &'a [f32], &'a [f32]);
    #[rustfmt::skip]
    let cases: [Case; 6] = [
        ("the example", &[4.0, 16.0, 20.0], &[4.0, 16.0], &[4.0, 18.0]),
        ("the mean, not the middle one", &[10.0, 11.0, 18.0], &[12.0], &[13.0]),
        // 8 in 14 is a third of it, 4 in 8 a quarter; in pixels 4 is nearer.
        ("nearest by IoU", &[8.0], &[4.0, 14.0], &[4.0, 8.0]),
        ("an anchor that nobody wants", &[10.0, 12.0], &[11.0, 90.0], &[11.0, 90.0]),
        ("nobody at all", &[], &[5.0, 7.0], &[5.0, 7.0]),
        // After 10 and 22 the first would be at 16, and nearer to 30 than 58 is.
        ("all choose first", &[10.0, 22.0, 30.0], &[15.0, 58.0], &[16.0, 30.0]),
    ];
    for (what, shapes, anchors, wanted) in cases {
        check(what, &squares(shapes), &squares(anchors), &squares(wanted));
    }
    check(
        "lying and standing",
        &[[30.0, 10.0], [10.0, 30.0], [34.0, 10.0]],
        &[[10.0, 20.0], [20.0, 10.0]],
        &[[10.0, 30.0], [32.0, 10.0]],
    );
    let mut rng = Rng::new(7);
    let shapes: Vec<[f32; 2]> = (0..30).map(|_| any_box(&mut rng).size()).collect();
    let asked = ex.given("30 random shapes, anchors at three of them");
    let anchors = answer::round(&shapes, &shapes[..3]);
    asked
        .step("as many anchors as before")
        .equal(anchors.len(), 3);
    let better = mean_iou(&shapes, &anchors) > mean_iou(&shapes, &shapes[..3]);
    asked.holds(
        better,
        "these anchors fit better after the round than before",
    );
}

#[test]
fn ex7_08_step1_offsets() {
    let ex = Exercise::load("7.8").step("1: from a default box to a box");
    let twice = 5.0 * 2_f32.ln();
    let default = BBox::centred([50.0, 50.0], [20.0, 40.0]);
    for (what, centre, size, wanted) in [
        (
            "the example",
            [54.0, 50.0],
            [20.0, 80.0],
            [2.0, 0.0, 0.0, twice],
        ),
        (
            "the default box itself",
            [50.0, 50.0],
            [20.0, 40.0],
            [0.0; 4],
        ),
        (
            "up, and half as wide",
            [50.0, 30.0],
            [10.0, 40.0],
            [0.0, -5.0, -twice, 0.0],
        ),
        (
            "moved, and larger",
            [60.0, 70.0],
            [40.0, 80.0],
            [5.0, 5.0, twice, twice],
        ),
    ] {
        let asked = ex.given(format!(
            "{what}: bbox = {centre:?} of {size:?}, default = [50, 50] of [20, 40]"
        ));
        let got = answer::offsets(BBox::centred(centre, size), default);
        asked.close_each(&got, &wanted, 1e-4);
    }
}

#[test]
fn ex7_08_step2_boxes_at() {
    let ex = Exercise::load("7.8").step("2: the way back");
    let mut rng = Rng::new(8);
    let rows = |boxes: &[BBox]| {
        let edges = boxes.iter().flat_map(|b| b.edges()).collect();
        Tensor::from_vec(edges, &[boxes.len(), 4]) // [N, 4]
    };
    let default = [BBox::new(40.0, 30.0, 60.0, 70.0)];
    let asked = ex.given("offsets 2, 0, 0, 5 ln 2, default box 40, 30, 60, 70");
    let offsets = Tensor::from([[2.0, 0.0, 0.0, 5.0 * 2_f32.ln()]]);
    let wanted = Tensor::from([[44.0, 10.0, 64.0, 90.0]]);
    let got = answer::boxes_at(&offsets, &rows(&default));
    check_tensor(&asked, "the example", &got, &wanted);
    let [boxes, defaults] =
        [(); 2].map(|()| (0..3).map(|_| any_box(&mut rng)).collect::<Vec<_>>());
    let asked = ex.given(format!(
        "the offsets of {} from {}",
        edges(&boxes),
        edges(&defaults)
    ));
    let pairs = boxes.iter().zip(&defaults);
    let offsets: Vec<f32> = pairs.flat_map(|(b, d)| encode(*b, *d)).collect();
    let offsets = Tensor::from_vec(offsets, &[3, 4]).require_grad();
    let got = answer::boxes_at(&offsets, &rows(&defaults));
    let part = |name: &str| asked.step(format!("2: the {name} of three random boxes"));
    part("shape").equal(got.shape(), &[3, 4][..]);
    part("edges").close_each(&got.to_vec(), &rows(&boxes).to_vec(), 1e-2);
    // The right edge moves with a tenth of the default's width, and with a tenth of the
    // box's own as it grows. The added 0 keeps `backward` going off the tape.
    let slopes = (got.slice(1, 2..3).sum() + (&offsets * 0.0).sum()).backward();
    let slope =
        |(b, d): (&BBox, &BBox)| [0.1 * d.size()[0], 0.0, 0.1 * b.size()[0], 0.0];
    let wanted: Vec<f32> = boxes.iter().zip(&defaults).flat_map(slope).collect();
    let asked = part("slopes of the right edges by the offsets");
    asked.close_each(&slopes[&offsets].to_vec(), &wanted, 1e-2);
}
