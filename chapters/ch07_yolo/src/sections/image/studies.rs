//! What the published detector depends on: its preparation, its bits, size and
//! direction.

use anyhow::Context;
use lesson::{Run, Value};
use ndarray::{Array3, s};
use tensor::Rng;

use super::rounded;
use crate::boxes::{BBox, Detection};
use crate::face::fit::{Shrink, shrunk};
use crate::face::net::FaceNet;
use crate::face::{FaceDetector, published_weights};
use crate::figures;

/// The best box, however low its score.
fn best(detector: &FaceDetector, photo: &Array3<u8>) -> anyhow::Result<Detection> {
    let detector = FaceDetector {
        threshold: 0.0,
        ..detector.clone()
    };
    let found = detector.detect(photo);
    found
        .first()
        .copied()
        .context("a box for every cell and anchor")
}

/// A score as tables show it.
fn shown(score: f32) -> String {
    format!("{score:.3}")
}

/// The same weights after four preparations: what the file does not say.
pub(super) fn preparations(run: &mut Run, photo: &Array3<u8>) -> anyhow::Result<()> {
    let weights = published_weights()?;
    let ways = [Shrink::Means, Shrink::Skips].map(|shrink| [(shrink, 1), (shrink, 0)]);
    let ways = ways.concat();
    let ways = run.choose(&ways[3..], &ways[..], &ways[..]);
    let (mut rows, mut packaged) = (Vec::new(), 0.0);
    for &(shrink, padding) in ways {
        let detector = FaceDetector::new(&weights, padding, shrink)?;
        let Detection { bbox, score, .. } = best(&detector, photo)?;
        let pixels = if shrink == Shrink::Means {
            "means"
        } else {
            "skipped"
        };
        let rim = if padding == 1 { "zeros" } else { "none" };
        let edges =
            [bbox.x0, bbox.y0, bbox.x1, bbox.y1].map(|edge| format!("{edge:.1}"));
        let row = [pixels.to_owned(), rim.to_owned(), shown(score)];
        rows.push([row.to_vec(), edges.to_vec()].concat());
        packaged = score; // the last is how the package's own code does it
    }
    run.say("\nThe same weights, four ways to prepare the photo:");
    let head = ["pixels", "rim", "score", "left", "top", "right", "bottom"];
    run.table(&head, rows);
    let packaged = Value::number(rounded(packaged)).tolerance(0.002);
    run.record("face_packaged_score", packaged)
}

/// The weights shaken by what rulers of longer steps would have rounded away.
pub(super) fn bits(
    run: &mut Run,
    detector: &FaceDetector,
    photo: &Array3<u8>,
    before: BBox,
) -> anyhow::Result<()> {
    let draws = run.choose(1, 4, 10);
    let all: &[u32] = run.choose(&[8, 6], &[8, 7, 6, 5, 4], &[8, 7, 6, 5, 4]);
    let mut rows = Vec::new();
    for &bits in all {
        let found = shaken(run, detector, photo, (bits, draws))?;
        let ious: Vec<f32> = found.iter().map(|each| each.bbox.iou(before)).collect();
        let scores = found.iter().map(|each| each.score);
        let score = scores.fold(1.0, f32::min);
        let mean = ious.iter().sum::<f32>() / draws as f32;
        let least = ious.iter().copied().fold(1.0, f32::min);
        let [mean_iou, least] = [mean, least].map(|iou| format!("{iou:.2}"));
        rows.push([bits.to_string(), shown(score), mean_iou, least]);
        if let 8 | 6 = bits {
            let [score, iou] =
                [score, mean].map(|number| Value::number(rounded(number)));
            run.record(&format!("face_shaken_score_{bits}"), score.tolerance(0.02))?;
            run.record(&format!("face_shaken_iou_{bits}"), iou.tolerance(0.05))?;
        }
    }
    run.say(format!(
        "\nWeights moved by what rounding to so many bits can take (draws: {draws}):"
    ));
    run.table(&["bits", "least score", "mean IoU", "least IoU"], rows);
    Ok(())
}

/// The best box of each of so many draws of weights that rounding to `bits` could have
/// made the file's.
fn shaken(
    run: &Run,
    detector: &FaceDetector,
    photo: &Array3<u8>,
    (bits, draws): (u32, usize),
) -> anyhow::Result<Vec<Detection>> {
    let weights = published_weights()?;
    let factor = (1 << (8 - bits)) as f32; // a bit less makes steps twice as long
    let draw = |n: usize| {
        let rng = Rng::new(run.seed()).fork(&format!("shaken {bits} {n}"));
        let moved =
            |name: &str, shape: &[usize]| weights.shaken(name, shape, factor, &rng);
        let net = FaceNet::new(&moved, 1)?;
        best(
            &FaceDetector {
                net,
                ..detector.clone()
            },
            photo,
        )
    };
    (0..draws).map(draw).collect()
}

/// The photo, a quarter turn to the right: `[H, W, 3] -> [W, H, 3]`.
fn quarter(photo: &Array3<u8>) -> Array3<u8> {
    let mut turned = photo.view().permuted_axes([1, 0, 2]);
    turned.invert_axis(ndarray::Axis(1));
    turned.as_standard_layout().into_owned()
}

/// The photo turned: what the net never saw.
pub(super) fn turned(
    run: &mut Run,
    detector: &FaceDetector,
    photo: &Array3<u8>,
    upright: Detection,
) -> anyhow::Result<()> {
    let mut seen = vec![(photo.clone(), upright)];
    for n in 0..3 {
        let photo = quarter(&seen[n].0);
        let found = best(detector, &photo)?;
        seen.push((photo, found));
    }
    run.say("\nThe photo turned to the right:");
    let rows = ["0°", "90°", "180°", "270°"].iter().zip(&seen);
    let rows =
        rows.map(|(angle, (_, found))| [(*angle).to_owned(), shown(found.score)]);
    run.table(&["turned by", "best score"], rows);
    for (angle, (_, found)) in [90, 180, 270].iter().zip(&seen[1..]) {
        let score = Value::number(rounded(found.score)).tolerance(0.02);
        run.record(&format!("face_score_{angle}"), score)?;
    }
    run.figure(
        "face_turned",
        figures::image::turned(&seen, detector.threshold)?,
    )
}

/// The photo ever smaller on an empty square: faces of fewer pixels.
pub(super) fn small(
    run: &mut Run,
    detector: &FaceDetector,
    photo: &Array3<u8>,
    face: BBox,
) -> anyhow::Result<()> {
    let longer = photo.dim().0.max(photo.dim().1) as f32;
    let all = &[416, 312, 208, 156, 104, 78, 52];
    let sides: &[usize] = run.choose(&[208, 156], all, all);
    let (mut rows, mut smallest) = (Vec::new(), f32::INFINITY);
    for &side in sides {
        let small = shrunk(photo, side, Shrink::Means).mapv(|byte| byte.round() as u8);
        let mut square = Array3::from_elem((detector.side, detector.side, 3), 128);
        let (h, w, _) = small.dim();
        square.slice_mut(s![..h, ..w, ..]).assign(&small);
        let found = best(detector, &square)?;
        let here = face.scaled([side as f32 / longer; 2]);
        let width = here.size()[0];
        let there = found.bbox.iou(here) > 0.5;
        if there && found.score > detector.threshold {
            smallest = smallest.min(width);
        }
        let there = if there { "yes" } else { "no" };
        rows.push([format!("{width:.0}"), shown(found.score), there.to_owned()]);
        if side == 156 {
            let score = Value::number(rounded(found.score)).tolerance(0.02);
            run.record("face_small_score", score)?;
            run.record("face_small_width", pixels(width))?;
        }
    }
    run.say("\nThe photo ever smaller, on a grey square of 416 pixels:");
    run.table(&["face's width", "best score", "on the face"], rows);
    run.record("face_smallest_width", pixels(smallest))
}

/// A number of pixels, told whole.
fn pixels(number: f32) -> Value {
    Value::number(number.round()).unit("px").tolerance(1.0)
}
