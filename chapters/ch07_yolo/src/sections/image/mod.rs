//! The section `image`: a published face detector on the reader's photo, or on the
//! book's.

mod own;
mod studies;

use std::time::Instant;

use anyhow::Context;
use lesson::{Run, Value, thousands};
use ndarray::Array3;
use tensor::{Keep, Tensor};

use crate::boxes::{BBox, Detection};
use crate::face::net::OUTPUTS;
use crate::face::weights::Weights;
use crate::face::{ANCHORS, CLASSES, FaceDetector, decode, published_weights};
use crate::figures;
use crate::paint::{painted, write_png};
use crate::trained::Trained;

/// The published nets that `--model NAME` can name.
const MODELS: [&str; 1] = ["face"];

/// Runs the section: on the reader's picture, with the reader's net or a published one, or
/// on the book's.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    run.model(&MODELS)?;
    if let (Some(file), Some(weights)) = (run.image(), run.weights()) {
        let trained = Trained::load(weights)?;
        let photo = pictures::picture(file)?;
        return own::found_in(run, &trained, &photo);
    }
    let detector = FaceDetector::load()?;
    if let Some(file) = run.image() {
        let photo = pictures::picture(file)?;
        return found_in(run, &detector, &photo).map(drop);
    }
    file(run, &published_weights()?)?;
    let photo = pictures::photo_whole("astronaut")?; // [512, 512, 3]
    let (found, cells) = found_in(run, &detector, &photo)?;
    let first = *found.first().context("no face on the book's photo")?;
    record(run, &detector, &found, &cells)?;
    studies::preparations(run, &photo)?;
    studies::bits(run, &detector, &photo, first.bbox)?;
    studies::turned(run, &detector, &photo, first)?;
    studies::small(run, &detector, &photo, first.bbox)
}

/// What is in the file of weights.
fn file(run: &mut Run, weights: &Weights) -> anyhow::Result<()> {
    run.say("What is in the file:");
    let rows = weights.tensors.iter().map(|(name, tensor)| {
        let shape = format!("{:?}", tensor.shape);
        let [from, step] =
            [tensor.min, tensor.scale].map(|number| format!("{number:.4}"));
        let count = thousands(tensor.bytes.len());
        [name.clone(), shape, count, from, step]
    });
    run.table(&["tensor", "shape", "bytes", "from", "step"], rows);
    let errors = weights.tensors.iter();
    let error = errors
        .map(|(_, tensor)| tensor.largest_error())
        .fold(0.0, f64::max);
    run.record("face_weights", Value::count(weights.count()))?;
    run.record("face_tensors", Value::count(weights.tensors.len()))?;
    run.record("face_weight_error", Value::number(error).tolerance(1e-6))
}

/// Finds faces, says where, and leaves the photo with its boxes beside the figures.
/// Also what the net said of each cell, `[A, 5, S, S]`.
fn found_in(
    run: &mut Run,
    detector: &FaceDetector,
    photo: &Array3<u8>,
) -> anyhow::Result<(Vec<Detection>, Tensor)> {
    let (h, w, _) = photo.dim();
    let start = Instant::now();
    let cells = detector.cells(photo);
    let found = detector.boxes(&cells, [w, h]);
    let time = start.elapsed();
    let faces = match found.len() {
        0 => "no face".to_owned(),
        1 => "one face".to_owned(),
        many => format!("{many} faces"),
    };
    run.say(format!("\nOn a photo of {w}×{h}: {faces}."));
    if !found.is_empty() {
        let head = ["what", "score", "left", "top", "right", "bottom"];
        run.table(&head, found.iter().map(|each| row(each, &CLASSES)));
    }
    let file = run.out_dir().join("image.png");
    write_png(&file, &painted(photo, &found, &CLASSES))?;
    let milliseconds = 1000.0 * time.as_secs_f64();
    run.note(format!("{milliseconds:.0} ms; painted: {}", file.display()));
    if run.image().is_none() {
        run.record("face_seconds", Value::time(time))?;
    }
    run.figure("face", figures::image::face(photo, &found, &best(&cells))?)?;
    Ok((found, cells))
}

/// A detection as a row of the table.
fn row(each: &Detection, classes: &[impl AsRef<str>]) -> Vec<String> {
    let BBox { x0, y0, x1, y1 } = each.bbox;
    let edges = [x0, y0, x1, y1].map(|edge| format!("{edge:.0}"));
    let score = format!("{:.1} %", 100.0 * each.score);
    let name = classes[each.class].as_ref().to_owned();
    [vec![name, score], edges.to_vec()].concat()
}

/// The highest score of each cell over the anchors, row by row, and how many a row.
fn best(cells: &Tensor) -> (usize, Vec<f32>) {
    let [anchors, _, s, _] = cells.dims();
    let scores = cells.slice(1, 4..).sigmoid(); // [A, 1, S, S]
    let scores = scores.reshape(&[anchors, s * s]); // [A, S S]
    (s, scores.max_axis(0, Keep::No).to_vec())
}

/// The check value, and where it comes from on the grid.
fn record(
    run: &mut Run,
    detector: &FaceDetector,
    found: &[Detection],
    cells: &Tensor,
) -> anyhow::Result<()> {
    let [anchors, each, s, _] = cells.dims();
    let boxes = anchors * s * s;
    let above = decode(cells, detector.threshold).len();
    run.say(format!(
        "\n{s}×{s} cells and {anchors} anchors make {} boxes of {each} numbers; {above} with a score\n\
         above one half, {} left once overlapping ones are gone.",
        thousands(boxes),
        found.len()
    ));
    let score = Value::number(rounded(found[0].score)).tolerance(0.002);
    run.record("face_score", score)?;
    let BBox { x0, y0, x1, y1 } = found[0].bbox;
    for (name, edge) in [("left", x0), ("top", y0), ("right", x1), ("bottom", y1)] {
        let edge = Value::number(edge).unit("px").tolerance(1.0);
        run.record(&format!("face_{name}"), edge)?;
    }
    for (name, count) in [
        ("faces", found.len()),
        ("face_grid", s),
        ("face_anchors", ANCHORS.len()),
        ("face_outputs", OUTPUTS),
        ("face_boxes", boxes),
        ("face_above", above),
    ] {
        run.record(name, Value::count(count))?;
    }
    Ok(())
}

/// To three decimals: what a score is quoted with.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1000.0).round() / 1000.0
}
