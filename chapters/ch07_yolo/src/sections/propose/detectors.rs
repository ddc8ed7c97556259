//! R-CNN, Fast and Faster R-CNN: trained, judged and timed.

use std::time::Instant;

use lesson::{Bar, Run, Value, percent, thousands};
use nn::Module;
use tensor::{Rng, Tensor};

use super::Proposed;
use crate::figures;
use crate::precision::Evaluation;
use crate::rcnn::detect::{self, Found, PROPOSALS, Times};
use crate::rcnn::learn::{
    Faster, Plan, Practice, fast_loss, faster_loss, learn, rcnn_loss,
};
use crate::rcnn::rpn::Rpn;
use crate::rcnn::{CROP, Detector};
use crate::scenes::{CLASSES, SIDE};
use crate::selective::proposals;
use crate::set::Example;

/// The highest learning rates: from the beginning, and from where another net has come
/// to.
const PEAKS: [f32; 2] = [0.005, 0.003];

/// Names of the three, to show and to record.
const NAMES: [[&str; 2]; 3] = [
    ["R-CNN", "rcnn"],
    ["Fast R-CNN", "fast"],
    ["Faster R-CNN", "faster"],
];

/// The three detectors.
struct Nets {
    rcnn: Detector,
    fast: Detector,
    faster: Faster,
}

/// Runs the part.
pub(super) fn run(
    run: &mut Run,
    training: &Proposed,
    held: &Proposed,
) -> anyhow::Result<()> {
    let nets = train(run, training)?;
    let mut rng = Rng::new(run.seed()).fork("proposals");
    let mut found: [Vec<Found>; 3] = Default::default();
    for example in &held.set.examples {
        for (all, found) in found.iter_mut().zip(nets.find(example, &mut rng)) {
            all.push(found);
        }
    }
    costs(run, &nets)?;
    judge(run, &held.set.examples, &found)?;
    times(run, &found)?;
    // The fullest of the first scenes.
    let first = &held.set.examples[..held.set.examples.len().min(12)];
    let fullest = (0..first.len()).max_by_key(|&i| first[i].objects.len());
    let i = fullest.expect("there are scenes");
    let shown = found.each_ref().map(|all| &all[i].0[..]);
    let names = NAMES.map(|[name, _]| name);
    run.figure(
        "propose_found",
        figures::propose::found(&first[i], &shown, &names)?,
    )
}

impl Nets {
    /// What each finds in a picture; the first two search for proposals anew.
    fn find(&self, example: &Example, rng: &mut Rng) -> [Found; 3] {
        let picture = &example.picture;
        let first = |rng: &mut Rng| {
            let mut all = proposals(picture, rng);
            all.truncate(PROPOSALS);
            all
        };
        [
            detect::rcnn(&self.rcnn, picture, || first(&mut rng.clone())),
            detect::fast(&self.fast, picture, || first(rng)),
            detect::faster(&self.faster, picture),
        ]
    }
}

/// Each learns on from what the one before it has learnt.
fn train(run: &mut Run, training: &Proposed) -> anyhow::Result<Nets> {
    let Proposed { set, proposals } = training;
    let practice = Practice { set, proposals };
    let mut rng = Rng::new(run.seed()).fork("detectors");
    let steps = run.choose(2, 300, 300);
    let bar = run.progress("three detectors", 3 * steps);
    let plans = PEAKS.map(|peak| Plan { steps, peak });

    let rcnn = Detector::new(CLASSES.len(), &mut rng);
    let loss = |net: &Detector, rng: &mut Rng| rcnn_loss(net, &practice, rng);
    let rcnn = learnt(run, &bar, rcnn, plans[0], &mut rng, loss)?;
    let loss = |net: &Detector, rng: &mut Rng| fast_loss(net, &practice, rng);
    let fast = learnt(run, &bar, rcnn.clone(), plans[1], &mut rng, loss)?;
    let faster = Faster {
        detector: fast.clone(),
        rpn: Rpn::new(&mut rng),
    };
    let loss = |net: &Faster, rng: &mut Rng| faster_loss(net, &practice, rng);
    let faster = learnt(run, &bar, faster, plans[1], &mut rng, loss)?;
    Ok(Nets { rcnn, fast, faster })
}

/// A net after its training, and a note of how long that took.
fn learnt<M: Module>(
    run: &mut Run,
    bar: &Bar,
    mut net: M,
    plan: Plan,
    rng: &mut Rng,
    loss: impl Fn(&M, &mut Rng) -> Tensor,
) -> anyhow::Result<M> {
    let start = Instant::now();
    learn(&mut net, plan, rng, loss, |_| bar.step())?;
    let seconds = start.elapsed().as_secs_f32();
    run.note(format!("{} steps in {seconds:.1} s", plan.steps));
    Ok(net)
}

/// Multiply-adds of the convolutions: a crop for each proposal, or the picture once.
fn costs(run: &mut Run, nets: &Nets) -> anyhow::Result<()> {
    let backbone = &nets.rcnn.backbone;
    let [crops, picture] = [
        PROPOSALS * backbone.multiply_adds(CROP),
        backbone.multiply_adds(SIDE),
    ];
    run.say(format!(
        "\nMultiply-adds of the convolutions in a picture of {SIDE} by {SIDE}:\n\
         {} for {PROPOSALS} crops of {CROP} by {CROP}, {} for the picture once.",
        thousands(crops),
        thousands(picture)
    ));
    run.record("propose_boxes", Value::count(PROPOSALS))?;
    run.record("rcnn_cost", Value::count(crops))?;
    run.record("fast_cost", Value::count(picture))
}

/// Mean average precision of each.
fn judge(
    run: &mut Run,
    held: &[Example],
    found: &[Vec<Found>; 3],
) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for ([name, short], all) in NAMES.iter().zip(found) {
        let mut evaluation = Evaluation::new(CLASSES.len());
        for (example, (found, _)) in held.iter().zip(all) {
            evaluation.add(&example.objects, found);
        }
        let [half, strict] = [0.5, 0.75].map(|iou| evaluation.ap(iou).unwrap_or(0.0));
        rows.push([
            name.to_string(),
            percent(half as f32),
            percent(strict as f32),
        ]);
        for (limit, map) in [(50, half), (75, strict)] {
            let name = format!("{short}_map{limit}");
            run.record(&name, Value::fraction(map).tolerance(0.06))?;
        }
    }
    run.say(format!("\nOn {} validation scenes:", held.len()));
    run.table(&["detector", "mAP@0.5", "mAP@0.75"], rows);
    Ok(())
}

/// Where the time of a picture goes, in milliseconds, the mean over all pictures.
fn times(run: &mut Run, found: &[Vec<Found>; 3]) -> anyhow::Result<()> {
    let mut sums = Vec::new();
    for ([name, short], all) in NAMES.iter().zip(found) {
        let mut times = Times::default();
        all.iter().for_each(|(_, each)| times.add(*each));
        let ms =
            |time: std::time::Duration| 1e3 * time.as_secs_f64() / all.len() as f64;
        let parts = [
            ("proposals", ms(times.proposals)),
            ("features", ms(times.features)),
            ("heads", ms(times.heads)),
        ];
        let sum = ms(times.sum());
        let words = parts.map(|(part, ms)| format!("{part} {ms:.1}"));
        run.note(format!(
            "{name}: {}, together {sum:.1} ms",
            words.join(", ")
        ));
        for (part, ms) in parts.into_iter().chain([("all", sum)]) {
            let value = Value::number(ms).unit("ms").never_compared();
            run.record(&format!("{short}_{part}_ms"), value)?;
        }
        sums.push(sum);
    }
    let factor = |i: usize| Value::number(sums[0] / sums[i]).never_compared();
    run.record("fast_factor", factor(1))?;
    run.record("faster_factor", factor(2))
}
