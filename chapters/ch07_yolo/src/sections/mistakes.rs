//! What a detector does wrong; part of the section `train`.

use lesson::{Run, Value, thousands};

use crate::boxes::{Detection, Object};
use crate::figures;
use crate::mistakes::{KINDS, Kind, Mistakes, by_side};
use crate::precision::Evaluation;
use crate::set::Set;

/// The pictures of a set, each with what is in it and what was found in it.
fn pictures<'a>(
    set: &'a Set,
    found: &'a [Vec<Detection>],
) -> impl Iterator<Item = (&'a [Object], &'a [Detection])> {
    let objects = set.examples.iter().map(|example| &example.objects[..]);
    objects.zip(found.iter().map(|found| &found[..]))
}

/// A kind's name for records.
fn record_name(kind: Kind) -> String {
    kind.name().replace(' ', "_")
}

/// How many mistakes of each kind there are with scores from a threshold on, and what each
/// kind costs in all: a table, `mistakes_KIND` and `gain_KIND`, and the figure
/// `mistake_gains`.
pub(super) fn kinds(
    run: &mut Run,
    set: &Set,
    found: &[Vec<Detection>],
    threshold: f32,
) -> anyhow::Result<()> {
    let classes = set.classes.len();
    let above = Mistakes::new(classes, pictures(set, found), threshold);
    let all = Mistakes::new(classes, pictures(set, found), 0.0);
    run.say(format!(
        "\nScores from {threshold} on: {} boxes are right. This is wrong, and this is what\n\
         mAP@0.5 would gain without it:",
        thousands(above.right())
    ));
    let gains = KINDS.map(|kind| (kind, all.gain(kind)));
    run.table(
        &["kind", "mistakes", "gain"],
        gains.map(|(kind, gain)| {
            let count = above.count(kind).to_string();
            [kind.name().to_owned(), count, format!("{gain:.3}")]
        }),
    );
    run.record(
        "mistakes_right",
        Value::number(above.right() as f64).tolerance(50.0),
    )?;
    for (kind, gain) in gains {
        let name = record_name(kind);
        let count = Value::number(above.count(kind) as f64).tolerance(20.0);
        run.record(&format!("mistakes_{name}"), count)?;
        run.record(&format!("gain_{name}"), Value::number(gain).tolerance(0.02))?;
    }
    run.figure("mistake_gains", figures::mistakes::gains(&gains)?)
}

/// How well things are found by their size, between these sides in pixels: a table, and
/// `ap_side_LOW` for each bin that has things in it.
pub(super) fn sizes(
    run: &mut Run,
    set: &Set,
    found: &[Vec<Detection>],
    limits: &[f32],
) -> anyhow::Result<()> {
    let mut evaluation = Evaluation::new(set.classes.len());
    for (objects, found) in pictures(set, found) {
        evaluation.add(objects, found);
    }
    let bins = by_side(&evaluation, limits);
    run.say("\nBy size, as the side of a square of the same area, in pixels:");
    run.table(
        &["sides", "things", "mAP@0.5"],
        bins.iter().map(|bin| {
            let [low, high] = bin.sides;
            let ap = bin.ap50.map_or("none".to_owned(), |ap| format!("{ap:.3}"));
            [format!("{low} to {high}"), bin.things.to_string(), ap]
        }),
    );
    for bin in bins {
        let name = format!("ap_side_{}", bin.sides[0] as usize);
        if let Some(ap) = bin.ap50 {
            run.record(&name, Value::number(ap).tolerance(0.02))?;
        }
    }
    Ok(())
}

/// The mistake of each kind with the highest score, on its picture: the figure
/// `mistakes_worst`. Of things missed, the largest.
pub(super) fn worst(
    run: &mut Run,
    set: &Set,
    found: &[Vec<Detection>],
    threshold: f32,
) -> anyhow::Result<()> {
    let mistakes = Mistakes::new(set.classes.len(), pictures(set, found), threshold);
    let shown = KINDS.into_iter().filter_map(|kind| mistakes.worst(kind));
    let shown: Vec<_> = shown.collect();
    run.figure(
        "mistakes_worst",
        figures::mistakes::worst(set, &mistakes, &shown)?,
    )
}
