//! A net that the reader has trained, on the reader's photo.

use std::time::Instant;

use lesson::Run;
use ndarray::Array3;

use super::row;
use crate::decode::Keep;
use crate::figures;
use crate::paint::{painted, write_png};
use crate::trained::Trained;

/// Says what the net finds and where, and leaves the photo with its boxes beside the
/// figures.
pub(super) fn found_in(
    run: &mut Run,
    trained: &Trained,
    photo: &Array3<u8>,
) -> anyhow::Result<()> {
    let (h, w, _) = photo.dim();
    let start = Instant::now();
    let found = trained.find(photo, Keep::SURE);
    let time = start.elapsed();
    let classes = &trained.classes;
    let words = match found.len() {
        0 => "nothing that it is sure of".to_owned(),
        1 => "one thing".to_owned(),
        many => format!("{many} things"),
    };
    run.say(format!("\nOn a photo of {w}×{h}: {words}."));
    let rows: Vec<Vec<String>> = match found.is_empty() {
        // What it would say if it had to: a net that is never sure has learnt too little.
        true => {
            let best = trained.find(photo, Keep::ALL).into_iter().take(1);
            best.map(|each| row(&each, classes)).collect()
        }
        false => found.iter().map(|each| row(each, classes)).collect(),
    };
    if !rows.is_empty() {
        let head = ["what", "score", "left", "top", "right", "bottom"];
        run.table(&head, rows);
    }
    let file = run.out_dir().join("image.png");
    write_png(&file, &painted(photo, &found, classes))?;
    let milliseconds = 1000.0 * time.as_secs_f64();
    run.note(format!("{milliseconds:.0} ms; painted: {}", file.display()));
    run.figure(
        "found_by_yours",
        figures::image::found(photo, &found, classes)?,
    )
}
