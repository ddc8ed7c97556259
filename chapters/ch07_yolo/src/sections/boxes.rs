//! The section `boxes`: two boxes, and how well they agree.

use lesson::{Run, Value};

use crate::boxes::BBox;
use crate::figures;

/// The two boxes of the page's example by hand.
const BY_HAND: [BBox; 2] =
    [BBox::new(0.0, 0.0, 4.0, 3.0), BBox::new(2.0, 1.0, 6.0, 4.0)];

/// The truth that another box slides over, and climbs to.
const TRUTH: BBox = BBox::new(0.0, 0.0, 40.0, 40.0);

/// Where the climb begins: beside the truth, and smaller.
const START: BBox = BBox::new(60.0, 20.0, 90.0, 50.0);
/// Pixels that an edge moves in a step, for a slope of 1 a pixel.
const RATE: f32 = 50.0;
/// Steps of the climb.
const STEPS: usize = 300;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    by_hand(run)?;
    slide(run)?;
    sizes(run)?;
    climbs(run)
}

/// The page's two boxes.
fn by_hand(run: &mut Run) -> anyhow::Result<()> {
    let [a, b] = BY_HAND;
    let both = a.intersection(b).area();
    let either = a.area() + b.area() - both;
    let (iou, giou) = (a.iou(b), a.giou(b));
    run.say(format!(
        "By hand: in both {both}, in either {either}, IoU {iou:.2}; hull {}, GIoU {giou:.3}.",
        a.hull(b).area()
    ));
    run.record("iou_by_hand", Value::number(iou))?;
    run.record("giou_by_hand", Value::number(giou))?;
    run.figure("overlap", figures::boxes::overlap(BY_HAND)?)
}

/// A box of the truth's size slides away from it to the right.
fn slide(run: &mut Run) -> anyhow::Result<()> {
    let [width, _] = TRUTH.size();
    let moves = [0.0, 0.25, 0.5, 1.0, 1.5, 3.0];
    let measured = moves.map(|share| {
        let other = TRUTH.moved([share * width, 0.0]);
        (share, TRUTH.iou(other), TRUTH.giou(other))
    });
    run.say("\nA box, moved to the right by so many of its widths:");
    run.table(
        &["widths", "IoU", "GIoU"],
        measured.map(|(share, iou, giou)| {
            [share.to_string(), format!("{iou:.2}"), format!("{giou:.2}")]
        }),
    );
    run.record("iou_quarter", Value::number(measured[1].1))?;
    run.record("iou_half", Value::number(measured[2].1))?;
    run.record("giou_near", Value::number(measured[4].2))?;
    run.record("giou_far", Value::number(measured[5].2))?;
    run.figure("iou_slide", figures::boxes::slide(TRUTH)?)
}

/// The same four pixels, for boxes of several sizes.
fn sizes(run: &mut Run) -> anyhow::Result<()> {
    let sides = [8.0, 16.0, 32.0, 64.0, 128.0];
    let ious = sides.map(|side| {
        let bbox = BBox::new(0.0, 0.0, side, side);
        bbox.iou(bbox.moved([4.0, 4.0]))
    });
    run.say("\nFour pixels to the right and four down, by the side of the box:");
    let head = ["side", "IoU"];
    let rows = sides.into_iter().zip(ious);
    run.table(
        &head,
        rows.map(|(side, iou)| [side.to_string(), format!("{iou:.2}")]),
    );
    run.record("iou_side_8", Value::number(ious[0]))?;
    run.record("iou_side_16", Value::number(ious[1]))?;
    run.record("iou_side_128", Value::number(ious[4]))
}

// ANCHOR: climb
/// The boxes on the way uphill along a measure, each edge by its slope.
fn climb(from: BBox, measure: impl Fn(BBox) -> f32) -> Vec<BBox> {
    let step = |bbox: &BBox| {
        let slope = bbox.slope(&measure);
        let edges = bbox.edges();
        Some(BBox::from_edges(
            [0, 1, 2, 3].map(|n| edges[n] + RATE * slope[n]),
        ))
    };
    std::iter::successors(Some(from), step)
        .take(STEPS + 1)
        .collect()
}
// ANCHOR_END: climb

/// A box beside the truth climbs along IoU, and along GIoU.
fn climbs(run: &mut Run) -> anyhow::Result<()> {
    let iou = climb(START, |bbox| bbox.iou(TRUTH));
    let giou = climb(START, |bbox| bbox.giou(TRUTH));
    let shown = [0, 10, 25, 50, 100, STEPS];
    run.say("\nA box beside the truth climbs: edges and IoU after so many steps.");
    let cell = |bbox: &BBox| {
        let edges = bbox.edges().map(|edge| format!("{edge:.0}"));
        format!("{}  IoU {:.2}", edges.join(" "), bbox.iou(TRUTH))
    };
    run.table(
        &["step", "along IoU", "along GIoU"],
        shown.map(|n| [n.to_string(), cell(&iou[n]), cell(&giou[n])]),
    );
    run.record("climb_iou", Value::number(iou[STEPS].iou(TRUTH)))?;
    let reached = giou[STEPS].iou(TRUTH);
    run.record("climb_giou", Value::number(reached).tolerance(0.02))?;
    let [wide, _] = giou[50].size();
    run.record("climb_wide", Value::number(wide).tolerance(0.5).unit("px"))?;
    let steps = [0, 25, 50, 100, 150, STEPS];
    let boxes = steps.map(|n| (n, giou[n]));
    run.figure("giou_climb", figures::boxes::climb(TRUTH, &boxes)?)
}
