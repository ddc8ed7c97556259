//! The section `windows`: a classifier at every place of a picture.

use std::time::{Duration, Instant};

use lesson::{Run, Value, fastest, percent, thousands};
use nn::classify::logits;
use nn::metrics::accuracy;
use tensor::{Rng, Tensor, no_grad};

use crate::boxes::{BBox, Detection, Object};
use crate::figures;
use crate::precision::Evaluation;
use crate::scenes::{CLASSES, SIDE, Split, set};
use crate::set::Set;
use crate::windows::crops::crops;
use crate::windows::find::{PYRAMID, all_windows, at_once, find, level, one_by_one};
use crate::windows::{WINDOW, WindowNet, learn};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let training = set(Split::Training, run.choose(8, 600, 600), run.seed())?;
    let held = set(Split::Validation, run.choose(4, 100, 100), run.seed())?;
    let net = classifier(run, &training, &held)?;
    run.record(
        "windows_parameters",
        Value::count(nn::Module::parameter_count(&net)),
    )?;
    ways(run, &net, &held)?;
    let found: Vec<Vec<Detection>> = held
        .examples
        .iter()
        .map(|example| find(&net, &example.picture))
        .collect();
    judge(run, &held, &found)?;
    reach(run, &held)?;
    let shown = &held.examples[..3];
    run.figure("windows_heat", figures::windows::heat(&net, &shown[0])?)?;
    run.figure("windows_found", figures::windows::found(shown, &found)?)
}

/// A classifier of windows, and how well it sorts windows of other scenes.
fn classifier(run: &mut Run, training: &Set, held: &Set) -> anyhow::Result<WindowNet> {
    let mut rng = Rng::new(run.seed()).fork("windows");
    let windows = crops(training, &mut rng);
    let others = crops(held, &mut rng.fork("held"));
    let mut net = WindowNet::new(CLASSES.len(), &mut rng);
    let steps = run.choose(3, 500, 500);
    let bar = run.progress("windows", steps);
    let start = Instant::now();
    learn(&mut net, &windows, steps, &mut rng, |_| bar.step())?;
    run.note(format!(
        "{steps} steps in {:.1} s",
        start.elapsed().as_secs_f32()
    ));
    let right = accuracy(&logits(&net, &others.x), &others.classes);
    let empty = windows
        .classes
        .iter()
        .filter(|&&class| class == CLASSES.len());
    run.say(format!(
        "Learnt from {} windows of {} scenes, {} of them of nothing.",
        thousands(windows.len()),
        training.examples.len(),
        thousands(empty.count())
    ));
    run.say(format!(
        "Windows of {} other scenes sorted rightly: {}.",
        held.examples.len(),
        percent(right)
    ));
    run.record("windows_crops", Value::count(windows.len()))?;
    run.record("windows_right", Value::fraction(right).tolerance(0.03))?;
    Ok(net)
}

/// Every window of one picture, one by one and in one pass.
fn ways(run: &mut Run, net: &WindowNet, held: &Set) -> anyhow::Result<()> {
    let x = level(&held.examples[0].picture, 1.0); // [1, 3, 128, 128]
    let slow = no_grad(|| one_by_one(net, &x)); // [169, K]
    let fast = no_grad(|| at_once(net, &x)); // [169, K]
    let apart = (&slow - &fast).abs().max().item();
    let count = slow.shape()[0];
    let each = net.multiply_adds(WINDOW);
    let costs = [count * each, net.multiply_adds(SIDE)];
    run.say(format!(
        "\nA picture of {SIDE} by {SIDE} pixels, {count} windows:"
    ));
    run.table(
        &["way", "passes", "multiply-adds"],
        [
            ["one by one", &count.to_string(), &thousands(costs[0])],
            ["one convolution", "1", &thousands(costs[1])],
        ],
    );
    let equal = if apart < 1e-4 {
        "below 1e-4".to_owned()
    } else {
        format!("{apart:.1e}")
    };
    run.say(format!(
        "The largest difference between their logits: {equal}."
    ));
    run.record("windows_places", Value::count(count))?;
    run.record("windows_apart", Value::number(apart).tolerance(1e-4))?;
    run.record("windows_each_cost", Value::count(each))?;
    run.record("windows_slow_cost", Value::count(costs[0]))?;
    run.record("windows_fast_cost", Value::count(costs[1]))?;
    let factor = costs[0] as f64 / costs[1] as f64;
    run.record("windows_cost_factor", Value::number(factor).tolerance(1e-3))?;
    times(run, net, &x)
}

/// How long both ways take.
fn times(run: &mut Run, net: &WindowNet, x: &Tensor) -> anyhow::Result<()> {
    let calls = run.choose(1, 7, 7);
    let ms = |time: Duration| 1e3 * time.as_secs_f64();
    let slow = ms(fastest(calls, || no_grad(|| one_by_one(net, x))));
    let fast = ms(fastest(calls, || no_grad(|| at_once(net, x))));
    let factor = slow / fast;
    run.note(format!(
        "one by one {slow:.1} ms, at once {fast:.1} ms: {factor:.1} times"
    ));
    for (name, ms) in [("windows_slow_ms", slow), ("windows_fast_ms", fast)] {
        run.record(name, Value::number(ms).unit("ms").never_compared())?;
    }
    run.record(
        "windows_time_factor",
        Value::number(factor).never_compared(),
    )
}

/// Mean average precision of what was found, at two limits of IoU.
fn judge(run: &mut Run, held: &Set, found: &[Vec<Detection>]) -> anyhow::Result<()> {
    let mut evaluation = Evaluation::new(CLASSES.len());
    for (example, found) in held.examples.iter().zip(found) {
        evaluation.add(&example.objects, found);
    }
    run.say(format!(
        "\nWindows of all {} sizes on {} scenes:",
        PYRAMID.len(),
        held.examples.len()
    ));
    for (name, iou) in [("windows_map50", 0.5), ("windows_map75", 0.75)] {
        let map = evaluation.ap(iou).unwrap_or(0.0);
        run.say(format!("mAP@{iou}: {}", percent(map as f32)));
        run.record(name, Value::fraction(map).tolerance(0.05))?;
    }
    Ok(())
}

/// How well any window at all agrees with each object, whatever the net says.
fn reach(run: &mut Run, held: &Set) -> anyhow::Result<()> {
    let windows = all_windows([SIDE, SIDE]);
    let objects = held.examples.iter().flat_map(|example| &example.objects);
    let best: Vec<(Object, f32)> = objects
        .map(|object| (*object, closest(object.bbox, &windows)))
        .collect();
    let reached = |least: f32| {
        let enough = best.iter().filter(|(_, iou)| *iou >= least).count();
        enough as f32 / best.len() as f32
    };
    run.say(format!(
        "The best of {} windows, were it always chosen, agrees with {} objects\n\
         to an IoU of 0.5 in {} of all cases, of 0.75 in {}.",
        thousands(windows.len()),
        best.len(),
        percent(reached(0.5)),
        percent(reached(0.75))
    ));
    run.record("windows_all", Value::count(windows.len()))?;
    run.record(
        "windows_reach_50",
        Value::fraction(reached(0.5)).tolerance(0.005),
    )?;
    run.record(
        "windows_reach_75",
        Value::fraction(reached(0.75)).tolerance(0.005),
    )?;
    run.figure("windows_reach", figures::windows::reach(&best)?)
}

/// The largest IoU of a box with any window.
fn closest(bbox: BBox, windows: &[BBox]) -> f32 {
    windows
        .iter()
        .map(|window| window.iou(bbox))
        .fold(0.0, f32::max)
}
