//! The section `precision`: precision, recall and their area.

use lesson::{Run, Value, thousands};
use tensor::Rng;

use crate::boxes::{BBox, Detection, Object};
use crate::figures;
use crate::precision::{ALL, Evaluation, Ranking, iou_limits};
use crate::suppress::nms;

/// Pixels along a side of the pictures.
const SIDE: f32 = 416.0;
/// Classes of the things in them.
const CLASSES: usize = 3;

/// The page's ten detections, the best first: right or wrong, of five things to find.
fn by_hand() -> Ranking {
    let hits = [1, 1, 0, 1, 0, 0, 1, 0, 0, 0].map(|hit| hit == 1);
    Ranking {
        hits: hits.to_vec(),
        truths: 5,
    }
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    ten(run)?;
    detectors(run)
}

/// The page's ranking, row by row.
fn ten(run: &mut Run) -> anyhow::Result<()> {
    let ranking = by_hand();
    run.say("Ten detections by score, of five things to find:");
    let rows = ranking.hits.iter().zip(ranking.curve());
    let rows = rows.zip(ranking.envelope()).enumerate();
    run.table(
        &["detection", "", "recall", "precision", "best from here"],
        rows.map(|(n, ((&hit, [recall, precision]), best))| {
            let judged = if hit { "right" } else { "wrong" };
            let shares = [recall, precision, best].map(|share| format!("{share:.3}"));
            let [recall, precision, best] = shares;
            [
                (n + 1).to_string(),
                judged.to_owned(),
                recall,
                precision,
                best,
            ]
        }),
    );
    let ap = ranking.average_precision().unwrap_or_default();
    run.say(format!(
        "The mean at 101 recalls, average precision: {ap:.4}"
    ));
    run.record("ap_by_hand", Value::number(ap).tolerance(1e-6))?;
    run.figure("pr_curve", figures::precision::curve(&ranking)?)
}

/// A detector as far as this page needs one: it sees the truth, and is wrong on purpose.
struct Detector {
    /// The share of things it finds at all.
    finds: f32,
    /// How far each edge is off, in pixels: a standard deviation.
    off: f32,
    /// Boxes that it puts around each thing.
    boxes: usize,
}

impl Detector {
    /// What it says of a picture: boxes near some things, and two boxes where nothing is,
    /// with lower scores.
    fn detections(&self, things: &[Object], rng: &mut Rng) -> Vec<Detection> {
        let mut found = Vec::new();
        for thing in things {
            if rng.uniform(0.0, 1.0) >= self.finds {
                continue;
            }
            let score = rng.uniform(0.3, 1.0);
            for copy in 0..self.boxes {
                let edges = thing.bbox.edges();
                found.push(Detection {
                    bbox: BBox::from_edges(edges.map(|x| x + self.off * rng.normal())),
                    class: thing.class,
                    score: score * (1.0 - 0.1 * copy as f32),
                });
            }
        }
        found.extend([(); 2].map(|()| {
            let Object { bbox, class } = thing(rng);
            let score = rng.uniform(0.0, 0.7);
            Detection { bbox, class, score }
        }));
        found
    }
}

/// A thing of 16 to 200 pixels somewhere in a picture.
fn thing(rng: &mut Rng) -> Object {
    let size = [(); 2].map(|()| rng.uniform(16_f32.ln(), 200_f32.ln()).exp());
    let centre = size.map(|side| rng.uniform(side / 2.0, SIDE - side / 2.0));
    Object {
        bbox: BBox::centred(centre, size),
        class: rng.below(CLASSES),
    }
}

/// A detector's name for the page and for records, and how it did.
type Judged = (&'static str, &'static str, Evaluation);

/// Four detectors on the same pictures.
fn judged(run: &Run) -> Vec<Judged> {
    let pictures = run.choose(40, 400, 400);
    let rng = Rng::new(run.seed()).fork("pictures");
    let detector = |finds, off, boxes| Detector { finds, off, boxes };
    let (loose, exact) = (detector(0.95, 3.0, 1), detector(0.7, 1.0, 1));
    let often = detector(0.7, 1.0, 3);
    let rules = [
        ("loose", "loose", loose, 1.0),
        ("exact", "exact", exact, 1.0),
        ("exact, three boxes a thing", "often", often, 1.0),
        (
            "the same, after NMS",
            "after_nms",
            detector(0.7, 1.0, 3),
            0.5,
        ),
    ];
    let judge = |(words, name, detector, limit): (_, _, Detector, f32)| {
        let mut evaluation = Evaluation::new(CLASSES);
        let (mut scene, mut found) = (rng.fork("things"), rng.fork("found"));
        for _ in 0..pictures {
            let count = 1 + scene.below(6);
            let things: Vec<Object> = (0..count).map(|_| thing(&mut scene)).collect();
            let found = detector.detections(&things, &mut found);
            evaluation.add(&things, &nms(&found, limit));
        }
        (words, name, evaluation)
    };
    rules.map(judge).to_vec()
}

/// Which of two detectors is better, and what boxes do that come three times.
fn detectors(run: &mut Run) -> anyhow::Result<()> {
    let judged = judged(run);
    let things = judged[0].2.truths(ALL);
    run.say(format!(
        "\nFour made-up detectors, {} things:",
        thousands(things)
    ));
    let figure = |figure: Option<f64>| format!("{:.3}", figure.unwrap_or_default());
    let head = [
        "detector",
        "mAP@0.5",
        "mAP@[.5:.95]",
        "small",
        "medium",
        "large",
    ];
    run.table(
        &head,
        judged.iter().map(|(words, _, evaluation)| {
            let sizes = evaluation.by_size().map(figure);
            let [map50, map] = [evaluation.map50(), evaluation.map()].map(figure);
            [&[(*words).to_owned(), map50, map][..], &sizes].concat()
        }),
    );
    run.record("ap_things", Value::count(things))?;
    for (_, name, evaluation) in &judged {
        let [small, _, large] = evaluation.by_size();
        for (what, figure) in [
            ("map50", evaluation.map50()),
            ("map", evaluation.map()),
            ("small", small),
            ("large", large),
        ] {
            let value = Value::number(figure.unwrap_or_default()).tolerance(0.02);
            run.record(&format!("{name}_{what}"), value)?;
        }
    }
    let curves = [0, 1].map(|n| {
        let (words, _, evaluation) = &judged[n];
        let point = |limit: f64| (limit, evaluation.ap(limit).unwrap_or_default());
        (*words, iou_limits().map(point))
    });
    run.figure("ap_by_iou", figures::precision::by_iou(&curves)?)
}
