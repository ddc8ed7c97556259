//! The published face detector: what it finds, and in [`file`] and [`fit`] what it
//! reads.

mod file;
mod fit;

use ch07_yolo::boxes::{BBox, Detection};
use ch07_yolo::face::{ANCHORS, FaceDetector, decode};
use ndarray::{Array3, Axis, concatenate};
use tensor::Tensor;

#[test]
fn an_output_of_zeros_is_every_anchor_in_the_middle_of_every_cell() {
    let found = decode(&Tensor::zeros(&[5, 5, 2, 2]), 0.49);
    assert_eq!(found.len(), 20);
    assert!(found.iter().all(|each| each.score == 0.5));
    let [w, h] = ANCHORS[1];
    assert_eq!(found[4 + 3].bbox, BBox::centred([1.5, 1.5], [w, h]));
    assert_eq!(decode(&Tensor::zeros(&[5, 5, 2, 2]), 0.5), []);
}

#[test]
fn one_cell_is_decoded_as_by_hand() {
    let mut said = vec![-9.0_f32; 5 * 5 * 2 * 2];
    // Anchor 2, row 1, column 0: x, y, width, height, score.
    let numbers = [0.0, 3.0_f32.ln(), 2.0_f32.ln(), 0.0, 1.0_f32];
    for (k, number) in numbers.into_iter().enumerate() {
        said[((2 * 5 + k) * 2 + 1) * 2] = number;
    }
    let found = decode(&Tensor::from_vec(said, &[5, 5, 2, 2]), 0.5);
    assert_eq!(found.len(), 1);
    let [w, h] = ANCHORS[2];
    let wanted = BBox::centred([0.5, 1.75], [2.0 * w, h]);
    let got = found[0].bbox;
    assert!(got.iou(wanted) > 0.9999, "{got:?}");
    assert!((found[0].score - 0.731_058_6).abs() < 1e-6);
}

/// Checks that there is one face, here, this sure.
#[track_caller]
fn check(found: &[Detection], score: [f32; 2], edges: [f32; 4], off: f32) {
    assert_eq!(found.len(), 1, "{found:?}");
    let [wanted, tolerance] = score;
    let got = found[0].score;
    assert!(
        (got - wanted).abs() <= tolerance,
        "score {got}, expected {wanted}"
    );
    let BBox { x0, y0, x1, y1 } = found[0].bbox;
    for (got, wanted) in [x0, y0, x1, y1].iter().zip(edges) {
        assert!((got - wanted).abs() <= off, "edge {got}, expected {wanted}");
    }
}

#[test]
fn the_astronauts_face_has_the_published_check_value() {
    let photo = pictures::photo_whole("astronaut").expect("it comes with the course");
    let detector = FaceDetector::load().expect("it comes with the course");
    let found = detector.detect(&photo);
    check(&found, [0.957, 0.002], [163.0, 74.0, 280.0, 190.0], 1.0);
    // The same layers in PyTorch 2.15: `interpolate` with `antialias=True`, and padding
    // 1 in each `conv2d` of 3 × 3.
    check(&found, [0.9576, 0.0005], [162.7, 74.5, 279.7, 189.5], 0.1);
}

#[test]
fn prepared_as_in_the_package_it_says_what_the_package_says() {
    let photo = pictures::photo_whole("astronaut").expect("it comes with the course");
    let detector = FaceDetector::as_packaged().expect("it comes with the course");
    // `detectAllFaces` of @vladmandic/face-api 1.7.15 on TensorFlow.js 4.22, backend
    // `cpu`, from a tensor of the photo, with `inputSize` 416 and 512.
    let edges = [163.2525, 75.6603, 279.29, 186.6437];
    check(&detector.detect(&photo), [0.9755, 0.0002], edges, 0.02);
    let larger = FaceDetector {
        side: 512,
        ..detector
    };
    let edges = [158.6819, 68.816, 285.7374, 190.3753];
    check(&larger.detect(&photo), [0.926, 0.0002], edges, 0.02);
}

#[test]
fn there_is_no_face_on_a_cat_or_a_cup() {
    let detector = FaceDetector::load().expect("it comes with the course");
    for name in ["chelsea", "coffee"] {
        let photo = pictures::photo(name).expect("it comes with the course");
        assert_eq!(detector.detect(&photo), [], "{name}");
    }
}

#[test]
fn boxes_come_back_in_the_photos_own_pixels() {
    let photo = pictures::photo_whole("astronaut").expect("it comes with the course");
    let detector = FaceDetector::load().expect("it comes with the course");
    let doubled =
        Array3::from_shape_fn((1024, 1024, 3), |(i, j, c)| photo[[i / 2, j / 2, c]]);
    let wanted = BBox::new(163.0, 74.0, 280.0, 190.0);
    let found = detector.detect(&doubled);
    assert!(
        found[0].bbox.iou(wanted.scaled([2.0, 2.0])) > 0.95,
        "{found:?}"
    );
    // A wide photo: its lower part of the net's square is empty.
    let empty = Array3::from_elem((512, 200, 3), 128);
    let wide =
        concatenate(Axis(1), &[empty.view(), photo.view()]).expect("equal heights");
    let found = detector.detect(&wide);
    assert!(
        found[0].bbox.iou(wanted.moved([200.0, 0.0])) > 0.7,
        "{found:?}"
    );
}
