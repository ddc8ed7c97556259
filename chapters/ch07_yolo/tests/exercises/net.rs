//! Exercises 7.9, 7.10 and 7.12: who answers, the objectness, a separable convolution.

use ch07_yolo::boxes::BBox;
use ch07_yolo::decode::Place;
use lesson::exercise::Exercise;
use tensor::pictures::Conv;
use tensor::{Rng, Tensor};

use crate::{answer, check_tensor};

#[test]
fn ex7_09_answering() {
    let ex = Exercise::load("7.9");
    let anchors = [[8.0, 8.0], [32.0, 32.0], [6.0, 40.0]];
    type Case<'a> = (
        &'a str,
        &'a [([f32; 2], [f32; 2])],
        &'a [Option<([usize; 2], usize)>],
    );
    let ten = ([12.0, 20.0], [10.0, 10.0]);
    let high = ([12.0, 20.0], [6.0, 30.0]);
    #[rustfmt::skip]
    let cases: [Case; 8] = [
        ("one object", &[ten], &[Some(([1, 2], 0))]),
        ("two in one cell", &[ten, ten], &[Some(([1, 2], 0)), Some(([1, 2], 2))]),
        ("two shapes in one cell", &[ten, high], &[Some(([1, 2], 0)), Some(([1, 2], 2))]),
        ("four in one cell", &[ten, ten, ten, ten],
         &[Some(([1, 2], 0)), Some(([1, 2], 2)), Some(([1, 2], 1)), None]),
        ("two cells", &[ten, ([30.0, 3.0], [10.0, 10.0])],
         &[Some(([1, 2], 0)), Some(([3, 0], 0))]),
        ("on the right edge and on the bottom", &[([40.0, 4.0], [8.0, 8.0]),
         ([4.0, 32.0], [8.0, 8.0])], &[Some(([4, 0], 0)), Some(([0, 3], 0))]),
        ("just before the next cell", &[([15.5, 15.5], [30.0, 30.0])], &[Some(([1, 1], 1))]),
        // In pixels 8 × 8 is nearer, but 18 × 18 shares more of 32 × 32.
        ("between two anchors", &[([4.0, 4.0], [18.0, 18.0])], &[Some(([0, 0], 1))]),
    ];
    for (what, objects, wanted) in cases {
        let asked = ex.given(format!(
            "{what}: objects (centre, size) = {objects:?}, anchors = {anchors:?}, \
             stride = 8, cells = [5, 4]"
        ));
        let boxes: Vec<BBox> = objects
            .iter()
            .map(|&(centre, size)| BBox::centred(centre, size))
            .collect();
        let wanted: Vec<Option<Place>> = wanted
            .iter()
            .map(|place| {
                place.map(|(cell, anchor)| Place {
                    picture: 0,
                    cell,
                    anchor,
                })
            })
            .collect();
        asked.equal(answer::answering(&boxes, &anchors, 8.0, [5, 4]), wanted);
    }
}

#[test]
fn ex7_10_objectness() {
    let ex = Exercise::load("7.10");
    let two = 2_f32.ln();
    let sure = [120.0, -120.0, 0.0];
    type Case<'a> = (&'a str, &'a [f32], &'a [usize], &'a [f32], f32);
    #[rustfmt::skip]
    let cases: [Case; 6] = [
        ("the example", &[0.0; 4], &[1], &[0.7, 0.9, 0.1, 0.0], 3.0 * two),
        ("two that answer", &[0.0; 4], &[0, 3], &[0.0; 4], 2.0 * two),
        ("an empty picture", &[0.0; 3], &[], &[0.0; 3], 3.0 * two),
        ("one that answers and fits", &[-3.0, 0.0], &[0], &[0.95, 0.0],
         3.0 + (-3_f32).exp().ln_1p() + two),
        ("sure and right", &sure, &[0], &[0.0; 3], two),
        ("sure and wrong", &sure, &[1], &[0.0; 3], 240.0 + two),
    ];
    for (what, logits, answering, overlaps, wanted) in cases {
        let asked = ex.given(format!(
            "{what}: logits = {logits:?}, answering = {answering:?}, overlaps = {overlaps:?}"
        ));
        let logits = Tensor::from_vec(logits.to_vec(), &[logits.len()]);
        let got = answer::objectness(&logits, answering, overlaps);
        check_tensor(&asked, "the loss", &got, &Tensor::scalar(wanted));
    }
    let asked =
        ex.given("logits 0, 0, 0, of which row 1 answers and row 2 lies on an object");
    let logits = Tensor::zeros(&[3]).require_grad();
    let loss = answer::objectness(&logits, &[1], &[0.0, 0.4, 0.8]);
    // The added 0 keeps `backward` going where an answer has left the tape.
    let slopes = (loss + (&logits * 0.0).sum()).backward();
    let wanted = Tensor::from([0.5, -0.5, 0.0]);
    check_tensor(
        &asked,
        "the gradient by the logits",
        &slopes[&logits],
        &wanted,
    );
}

#[test]
fn ex7_12_step1_weights() {
    let ex = Exercise::load("7.12").step("1: weights, whole and in two parts");
    for (channels, kernel, wanted) in [
        ([256, 512], 3, [1_179_648, 133_376]),
        ([3, 16], 5, [1200, 123]),
        ([10, 10], 1, [100, 110]),
    ] {
        let asked = ex.given(format!("channels = {channels:?}, kernel = {kernel}"));
        asked.equal(answer::weights(channels, kernel), wanted);
    }
}

#[test]
fn ex7_12_step2_as_one() {
    let ex = Exercise::load("7.12").step("2: one convolution for two");
    let windows = Tensor::from([1.0, 2.0]).reshape(&[1, 1, 1, 2]);
    let mix = Tensor::from([3.0, -1.0]).reshape(&[2, 1, 1, 1]);
    let wanted = Tensor::from([3.0, 6.0, -1.0, -2.0]).reshape(&[2, 1, 1, 2]);
    let asked = ex.given("one channel, windows (1, 2), weights 3 and −1");
    check_tensor(
        &asked,
        "the example",
        &answer::as_one(&windows, &mix),
        &wanted,
    );
    let mut rng = Rng::new(12);
    for [c, o, k] in [[3, 5, 3], [4, 4, 3], [6, 2, 5]] {
        let asked = ex.given(format!(
            "depthwise [{c}, 1, {k}, {k}], pointwise [{o}, {c}, 1, 1] and x [2, {c}, 7, 6], \
             random"
        ));
        let mut random = |shape: &[usize]| rng.normal_tensor(shape, 0.0, 0.5);
        let (windows, mix) = (random(&[c, 1, k, k]), random(&[o, c, 1, 1]));
        let x = random(&[2, c, 7, 6]); // [B, C, H, W]
        let kernels = answer::as_one(&windows, &mix);
        asked
            .step("2: the shape")
            .equal(kernels.shape(), &[o, c, k, k][..]);
        let each = x.conv2d(&windows, None, Conv::default().groups(c)); // [B, C, H', W']
        let parts = each.conv2d(&mix, None, Conv::default()); // [B, O, H', W']
        let whole = x.conv2d(&kernels, None, Conv::default());
        check_tensor(&asked, "what comes out of both", &whole, &parts);
    }
}
