//! The section `scenes`: what there is to learn from, and what moves it.

use std::time::Instant;

use lesson::{Run, Value, percent, thousands};
use tensor::Rng;

use crate::augment::{Augment, Change};
use crate::boxes::Object;
use crate::figures;
use crate::scenes::{CLASSES, SIDE, Scenes, Split};
use crate::set::Example;

/// Scenes that the figure shows.
const SHOWN: usize = 12;

/// Scenes whose making is timed.
const TIMED: usize = 50;

/// Longest sides, in pixels, at which small ends and large begins. Chosen by us: a third of
/// the halvings from 14 to 56 each.
const BOUNDS: [f32; 2] = [22.0, 35.0];

/// An overlap below which a box counts as wrong; the usual limit.
const RIGHT: f32 = 0.5;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let seed = run.seed();
    let mut counts = Vec::new();
    for split in Split::EACH {
        let number = match split {
            Split::Training => run.choose(60, 2000, 2000),
            Split::Validation => run.choose(20, 200, 200),
            Split::Test => run.choose(30, 500, 500),
        };
        let count = Count::of(&Scenes::new(split, seed)?, number);
        record(run, split, &count)?;
        counts.push(count);
    }
    table(run, &counts);
    let scenes = Scenes::new(Split::Training, seed)?;
    let shown = scenes.first(SHOWN);
    run.figure("scenes", figures::scenes::dozen(&shown)?)?;
    let numbers = run.choose(20, 200, 200);
    moved(run, &scenes.first(numbers))?;
    time(run, &scenes)
}

/// What is in the scenes of a split.
struct Count {
    scenes: usize,
    /// For each class, how many are small, middling and large.
    sizes: [[usize; 3]; CLASSES.len()],
    /// How many are partly covered or cut off.
    partly: usize,
}

impl Count {
    fn of(scenes: &Scenes, number: usize) -> Count {
        let mut count = Count {
            scenes: number,
            sizes: [[0; 3]; CLASSES.len()],
            partly: 0,
        };
        for plan in (0..number).map(|i| scenes.plan(i)) {
            count.partly += plan.visible.iter().filter(|&&share| share < 1.0).count();
            for Object { bbox, class } in plan.objects() {
                let [width, height] = bbox.size();
                let reached = |bound: &&f32| width.max(height) >= **bound;
                count.sizes[class][BOUNDS.iter().filter(reached).count()] += 1;
            }
        }
        count
    }

    fn class(&self, class: usize) -> usize {
        self.sizes[class].iter().sum()
    }

    fn size(&self, size: usize) -> usize {
        self.sizes.iter().map(|sizes| sizes[size]).sum()
    }

    fn all(&self) -> usize {
        (0..CLASSES.len()).map(|class| self.class(class)).sum()
    }
}

fn record(run: &mut Run, split: Split, count: &Count) -> anyhow::Result<()> {
    let name = split.name();
    run.record(&format!("scenes_{name}"), Value::count(count.scenes))?;
    run.record(&format!("scenes_{name}_objects"), Value::count(count.all()))?;
    if split != Split::Training {
        return Ok(());
    }
    let share =
        |n: usize| Value::fraction(n as f64 / count.all() as f64).tolerance(0.02);
    run.record("scenes_small", share(count.size(0)))?;
    run.record("scenes_partly", share(count.partly))?;
    let classes = || (0..CLASSES.len()).map(|class| count.class(class));
    let (fewest, most) = (classes().min(), classes().max());
    run.record("scenes_fewest", Value::count(fewest.unwrap_or(0)))?;
    run.record("scenes_most", Value::count(most.unwrap_or(0)))
}

/// Objects by class and size, a column a split.
fn table(run: &mut Run, counts: &[Count]) {
    let scenes: Vec<String> =
        counts.iter().map(|count| thousands(count.scenes)).collect();
    run.say(format!(
        "Objects in {} training, {} validation and {} test scenes, by their longest side:",
        scenes[0], scenes[1], scenes[2]
    ));
    let [low, high] = BOUNDS;
    let under = format!("under {low} px");
    let to = format!("to {high} px");
    let head = [
        "class",
        "training",
        &under,
        &to,
        "more",
        "validation",
        "test",
    ];
    let row = |name: &str, of: &dyn Fn(&Count) -> [usize; 4]| {
        let training = of(&counts[0]);
        let others = counts[1..].iter().map(|count| of(count)[0]);
        let numbers = training.into_iter().chain(others).map(thousands);
        [name.to_owned()]
            .into_iter()
            .chain(numbers)
            .collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<String>> = CLASSES
        .iter()
        .enumerate()
        .map(|(class, name)| {
            row(name, &|count| {
                let [small, middling, large] = count.sizes[class];
                [count.class(class), small, middling, large]
            })
        })
        .collect();
    let all =
        |count: &Count| [count.all(), count.size(0), count.size(1), count.size(2)];
    rows.push(row("all", &all));
    run.table(&head, rows);
}

/// How wrong a box is that stays where it was while its picture moves.
fn moved(run: &mut Run, scenes: &[Example]) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("moved");
    let (mut overlaps, mut dropped) = (Vec::new(), 0);
    for scene in scenes {
        let Change { warp, colour } =
            Augment::SCENES.draw(scene.size(), [SIDE; 2], &mut rng);
        let changed = Change { warp, colour }.apply(scene, [SIDE; 2]);
        dropped += scene.objects.len() - changed.objects.len();
        let overlap = |object: &Object| warp.bbox(object.bbox).iou(object.bbox);
        overlaps.extend(scene.objects.iter().map(overlap));
    }
    let all = overlaps.len() as f32;
    let mean = overlaps.iter().sum::<f32>() / all;
    let wrong = overlaps.iter().filter(|&&iou| iou < RIGHT).count() as f32 / all;
    let dropped = dropped as f32 / all;
    run.say(format!(
        "\nBoxes left behind when {} scenes move: mean IoU with the right box {mean:.2},",
        scenes.len()
    ));
    run.say(format!("below {RIGHT}: {} of them", percent(wrong)));
    run.say(format!(
        "Boxes dropped, since less than a quarter stays on the picture: {}",
        percent(dropped)
    ));
    run.record("scenes_left_iou", Value::number(mean).tolerance(0.05))?;
    run.record("scenes_left_wrong", Value::fraction(wrong).tolerance(0.05))?;
    run.record("scenes_dropped", Value::fraction(dropped).tolerance(0.02))?;
    run.figure("changes", figures::scenes::changes(&scenes[3])?)?;
    run.figure("left_behind", figures::scenes::left_behind(&scenes[3])?)
}

/// What a scene costs, and a change of it.
fn time(run: &mut Run, scenes: &Scenes) -> anyhow::Result<()> {
    let each = |start: Instant| {
        let milliseconds = 1e3 * start.elapsed().as_secs_f64() / TIMED as f64;
        Value::number(milliseconds).unit("ms").never_compared()
    };
    let start = Instant::now();
    let made: Vec<Example> = (0..TIMED).map(|i| scenes.scene(i)).collect();
    let making = each(start);
    let mut rng = Rng::new(run.seed()).fork("time");
    let start = Instant::now();
    for scene in &made {
        std::hint::black_box(Augment::SCENES.apply(scene, [SIDE; 2], &mut rng));
    }
    let changing = each(start);
    run.note(format!(
        "a scene takes {}, a change of it {}",
        making.shown(),
        changing.shown()
    ));
    run.record("scenes_ms", making)?;
    run.record("scenes_change_ms", changing)
}
