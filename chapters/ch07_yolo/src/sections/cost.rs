//! The section `cost`: what the net costs, and what this machine makes of it.

use lesson::{Run, Value, fastest, thousands};
use nn::{Module, Net, Pass};
use tensor::{Rng, Tensor, no_grad};

use crate::boxes::{BBox, Detection, Object};
use crate::decode::{Grid, Keep};
use crate::loss::loss;
use crate::model::{Detector, STAGES};
use crate::scenes::{CLASSES, SIDE};
use crate::suppress::nms;
use crate::target::Cells;

/// Sides of the pictures that are timed; 416 is YOLOv2's.
const SIDES: [usize; 3] = [SIDE, 256, 416];

/// Pictures in a step.
const BATCH: usize = 16;

/// Boxes that NMS is timed on.
const BOXES: usize = 10_000;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("cost");
    let grid = Grid {
        stride: 8,
        anchors: vec![[16.0, 16.0], [25.0, 26.0], [39.0, 41.0]],
        classes: CLASSES.len(),
    };
    let net = Detector::new(&STAGES, grid, &mut rng);
    let counts = SIDES.map(|side| net.multiply_adds([side; 2]));
    run.say(format!("{} parameters", thousands(net.parameter_count())));
    run.table(
        &["picture", "multiply-adds"],
        SIDES
            .iter()
            .zip(counts)
            .map(|(side, count)| [format!("{side} × {side}"), thousands(count)]),
    );
    run.record("multiply_adds", Value::count(counts[0]))?;
    for side in SIDES {
        forward(run, &net, side, &mut rng)?;
    }
    step(run, &net, &mut rng)?;
    suppress(run, &mut rng)
}

/// One picture through the net, to boxes.
fn forward(
    run: &mut Run,
    net: &Detector,
    side: usize,
    rng: &mut Rng,
) -> anyhow::Result<()> {
    let x = rng.uniform_tensor(&[1, 3, side, side], 0.0, 1.0);
    let time = fastest(run.choose(1, 25, 25), || {
        let numbers = no_grad(|| net.forward(&x, &mut Pass::Use));
        net.grid.detections(&numbers, Keep::ALL)
    });
    let ms = 1e3 * time.as_secs_f64();
    run.note(format!("one picture of {side} × {side}: {ms:.2} ms"));
    let value = Value::number(ms).unit("ms").never_compared();
    run.record(&format!("forward_{side}_ms"), value)
}

/// A batch forward, its loss, and back.
fn step(run: &mut Run, net: &Detector, rng: &mut Rng) -> anyhow::Result<()> {
    let x = rng.uniform_tensor(&[BATCH, 3, SIDE, SIDE], 0.0, 1.0);
    let bbox = BBox::centred([60.0, 60.0], [30.0, 24.0]);
    let objects = [Object { bbox, class: 3 }];
    let truth = vec![&objects[..]; BATCH];
    let time = fastest(run.choose(1, 9, 9), || {
        let numbers = net.forward(&x, &mut Pass::Train(rng));
        let loss: Tensor = loss(&net.grid, &numbers, &truth, Cells::Three).total();
        loss.backward()
    });
    let ms = 1e3 * time.as_secs_f64();
    run.note(format!("a step of {BATCH} scenes, both ways: {ms:.0} ms"));
    run.record("step_ms", Value::number(ms).unit("ms").never_compared())
}

/// NMS on boxes of all classes at random places.
fn suppress(run: &mut Run, rng: &mut Rng) -> anyhow::Result<()> {
    let mut detection = || {
        let centre = [(); 2].map(|()| rng.uniform(0.0, 416.0));
        let size = [(); 2].map(|()| rng.uniform(14.0, 56.0));
        Detection {
            bbox: BBox::centred(centre, size),
            class: rng.below(CLASSES.len()),
            score: rng.uniform(0.0, 1.0),
        }
    };
    let boxes: Vec<Detection> = (0..BOXES).map(|_| detection()).collect();
    let time = fastest(run.choose(1, 15, 15), || nms(&boxes, Keep::ALL.overlap));
    let ms = 1e3 * time.as_secs_f64();
    run.note(format!("NMS of {BOXES} boxes: {ms:.1} ms"));
    run.record("nms_ms", Value::number(ms).unit("ms").never_compared())
}
