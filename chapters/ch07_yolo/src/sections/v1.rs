//! The section `v1`: YOLOv1's loss by hand, objects that share a cell, and a small net
//! that learns eight scenes by heart.

use anyhow::Context;
use lesson::{Run, Value, percent, thousands};
use nn::optim::{Adam, Optimizer};
use nn::{Net, Pass, Schedule};
use tensor::{Rng, Tensor, no_grad};

use crate::boxes::{BBox, Detection, Object};
use crate::figures;
use crate::figures::v1::Seen;
use crate::scenes::{CLASSES, SIDE, Scenes, Split};
use crate::set::{Example, Set, batch};
use crate::suppress::nms;
use crate::train::judged;
use crate::v1::loss::{COORD, NO_OBJECT};
use crate::v1::{Grid, Small, Terms, decode, left_out, responsible, target, terms};

/// Eight cells of 16 pixels along a side; two boxes a cell as in the paper.
const GRID: Grid = Grid {
    cells: 8,
    boxes: 2,
    classes: CLASSES.len(),
};

/// The grids in which objects are counted.
const GRIDS: [usize; 3] = [7, 8, 16];

/// Scenes that the net learns by heart.
const SCENES: usize = 8;

/// The highest learning rate; chosen by us.
const PEAK: f32 = 0.003;

/// The least score of a box that is shown or counted.
const SURE: f32 = 0.3;

/// What overlaps a better box of its class by more than this is the same thing twice.
const TWICE: f32 = 0.45;

/// Width and height of a scene.
const SIZE: [f32; 2] = [SIDE as f32, SIDE as f32];

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    by_hand(run)?;
    crowded(run)?;
    by_heart(run)
}

/// The page's object and prediction: what each term comes to.
fn by_hand(run: &mut Run) -> anyhow::Result<()> {
    let grid = Grid {
        cells: 2,
        boxes: 2,
        classes: 2,
    };
    let bbox = BBox::new(8.0, 8.0, 72.0, 72.0);
    let target = target(grid, &[&[Object { bbox, class: 1 }]], [100.0, 100.0]);
    let mut said = vec![0.0; 2 * 2 * grid.depth()];
    let cell = [
        0.8, 0.8, 0.04, 0.64, 0.2, 0.6, 0.8, 0.16, 0.64, 0.5, 0.3, 0.7,
    ];
    said[..12].copy_from_slice(&cell);
    said[3 * 12 + 4] = 0.4;
    let said = Tensor::from_vec(said, &[1, 2, 2, 12]); // [B, S, S, A·5 + K]
    let terms = terms(grid, &said, &target);
    run.say("The loss of the page's example, term by term:");
    let rows = named(&terms).map(|(name, weight, term)| {
        let counted = format!("{:.4}", weight * term);
        [
            name.to_owned(),
            format!("{term:.4}"),
            format!("{weight}"),
            counted,
        ]
    });
    run.table(&["term", "sum", "weight", "counts"], rows);
    let total = terms.total().item();
    run.say(format!("together {total:.4}"));
    run.record("v1_example", Value::number(total).tolerance(1e-5))
}

/// The terms by name, with their weights.
fn named(terms: &Terms) -> [(&'static str, f32, f32); 5] {
    [
        ("place", COORD, &terms.place),
        ("size", COORD, &terms.size),
        ("confidence, responsible", 1.0, &terms.object),
        ("confidence, all others", NO_OBJECT, &terms.no_object),
        ("class", 1.0, &terms.class),
    ]
    .map(|(name, weight, term)| (name, weight, term.item()))
}

/// How many objects of the training scenes find their cell taken.
fn crowded(run: &mut Run) -> anyhow::Result<()> {
    let scenes = Scenes::new(Split::Training, run.seed())?;
    let count = run.choose(50, 2000, 2000);
    let all: Vec<Vec<Object>> = (0..count).map(|i| scenes.plan(i).objects()).collect();
    let objects: usize = all.iter().map(Vec::len).sum();
    run.say(format!(
        "\n{} training scenes with {} objects. For grids of so many cells,\n\
         objects whose cell is taken, and scenes with one at least:",
        thousands(count),
        thousands(objects)
    ));
    let mut rows = Vec::new();
    for cells in GRIDS {
        let grid = Grid { cells, ..GRID };
        let taken = all.iter().map(|objects| left_out(grid, objects, SIZE));
        let taken: Vec<usize> = taken.collect();
        let lost: usize = taken.iter().sum();
        let scenes = taken.iter().filter(|&&lost| lost > 0).count();
        let [lost, scenes] =
            [lost as f32 / objects as f32, scenes as f32 / count as f32];
        rows.push([format!("{cells} × {cells}"), percent(lost), percent(scenes)]);
        run.record(
            &format!("v1_lost_{cells}"),
            Value::fraction(lost).tolerance(1e-4),
        )?;
        run.record(
            &format!("v1_crowded_{cells}"),
            Value::fraction(scenes).tolerance(1e-4),
        )?;
    }
    run.table(&["grid", "objects", "scenes"], rows);
    run.record("v1_objects", Value::count(objects))
}

/// Trains a small net on eight scenes and shows what it makes of them.
fn by_heart(run: &mut Run) -> anyhow::Result<()> {
    let scenes = Scenes::new(Split::Training, run.seed())?.first(SCENES);
    let mut rng = Rng::new(run.seed()).fork("v1");
    let mut net = Small::new(GRID, &mut rng);
    let steps = run.choose(3, 300, 300);
    let shown = [steps / 15, steps / 6, steps / 3, steps];
    let (mut seen, mut losses) = (Vec::new(), Vec::new());
    let bar = run.progress("eight scenes by heart", steps);
    learn(&mut net, &scenes, steps, &mut rng, |step, net, terms| {
        losses.push(named(terms).map(|(_, _, term)| term));
        if shown.contains(&step) {
            seen.push(Seen {
                step,
                found: find(net, &scenes),
            });
        }
        Ok(bar.step()?)
    })?;
    drop(bar);
    report(run, &net, &scenes, &seen)?;
    run.figure(
        "v1_grid",
        figures::v1::grid(GRID, &scenes[0], &said(&net, &scenes[..1]))?,
    )?;
    run.figure("v1_learning", figures::v1::learning(&scenes, &seen)?)?;
    run.figure("v1_terms", figures::v1::terms(&losses)?)
}

// ANCHOR: learn
/// Shows a net the same scenes again and again; `watch` sees the number of each step,
/// the net after it and the terms of its loss before it.
fn learn(
    net: &mut Small,
    scenes: &[Example],
    steps: usize,
    rng: &mut Rng,
    mut watch: impl FnMut(usize, &Small, &Terms) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let x = batch(scenes.iter().map(|scene| &scene.picture)); // [B, 3, 128, 128]
    let objects: Vec<&[Object]> = scenes.iter().map(|scene| &*scene.objects).collect();
    let target = target(GRID, &objects, SIZE); // [B, S, S, 5 + K]
    let mut optimizer = Optimizer::new(Adam::default());
    let schedule = Schedule::OneCycle { peak: PEAK, steps };
    for step in 1..=steps {
        let said = net.forward(&x, &mut Pass::Train(rng)); // [B, S, S, A·5 + K]
        let terms = terms(GRID, &said, &target);
        let gradients = terms.total().backward();
        optimizer.step(net, &gradients, schedule.at(step - 1));
        watch(step, net, &terms)?;
    }
    Ok(())
}
// ANCHOR_END: learn

/// What the cells say of these scenes, `[B, S, S, A·5 + K]`.
fn said(net: &Small, scenes: &[Example]) -> Tensor {
    let x = batch(scenes.iter().map(|scene| &scene.picture)); // [B, 3, 128, 128]
    no_grad(|| net.forward(&x, &mut Pass::Use))
}

/// The boxes of each scene that the net is sure of, each thing once.
fn find(net: &Small, scenes: &[Example]) -> Vec<Vec<Detection>> {
    let found = decode(GRID, &said(net, scenes), SIZE, SURE);
    found.iter().map(|found| nms(found, TWICE)).collect()
}

/// How many objects of the scenes were found, how many had no cell, and what the net
/// makes of scenes that it never saw.
fn report(
    run: &mut Run,
    net: &Small,
    scenes: &[Example],
    seen: &[Seen],
) -> anyhow::Result<()> {
    let objects: usize = scenes.iter().map(|scene| scene.objects.len()).sum();
    let without = scenes
        .iter()
        .map(|scene| left_out(GRID, &scene.objects, SIZE));
    let without: usize = without.sum();
    run.say(format!(
        "\nEight scenes, {objects} objects, {without} of them in a cell that is taken:"
    ));
    let rows = seen.iter().map(|seen| {
        let right = right(scenes, &seen.found);
        let found: usize = seen.found.iter().map(Vec::len).sum();
        [seen.step, right, found - right]
    });
    run.table(&["step", "found", "made up"], rows);
    let last = seen.last().context("the last step is one of those seen")?;
    let found = right(scenes, &last.found);
    run.record("v1_eight_objects", Value::count(objects))?;
    run.record("v1_eight_without", Value::count(without))?;
    run.record("v1_eight_found", Value::number(found as f64).tolerance(2.0))?;
    fit(run, net, scenes)?;
    let fresh =
        Scenes::new(Split::Validation, run.seed())?.first(run.choose(8, 200, 200));
    let map = map50(net, fresh);
    run.say(format!("mAP on scenes that it never saw: {map:.2}"));
    run.record("v1_unseen_map50", Value::number(map).tolerance(0.05))
}

/// How well the responsible boxes fit, and how sure the net is of them.
fn fit(run: &mut Run, net: &Small, scenes: &[Example]) -> anyhow::Result<()> {
    let objects: Vec<&[Object]> = scenes.iter().map(|scene| &*scene.objects).collect();
    let said = said(net, scenes);
    let chosen = responsible(GRID, &said, &target(GRID, &objects, SIZE));
    let iou = chosen.iou.sum().item() / chosen.mask.sum().item();
    run.say(format!("mean IoU of the responsible boxes: {iou:.2}"));
    run.record("v1_eight_iou", Value::number(iou).tolerance(0.05))
}

/// Objects for which there is a box of their class with an IoU of a half, each box
/// once.
fn right(scenes: &[Example], found: &[Vec<Detection>]) -> usize {
    let in_scene = |(scene, found): (&Example, &Vec<Detection>)| {
        let mut free = found.clone();
        let mut fits = |object: &Object| {
            let fits = |d: &Detection| {
                d.class == object.class && d.bbox.iou(object.bbox) >= 0.5
            };
            let place = free.iter().position(fits);
            place.map(|place| free.swap_remove(place)).is_some()
        };
        scene.objects.iter().filter(|object| fits(object)).count()
    };
    scenes.iter().zip(found).map(in_scene).sum()
}

/// mAP at an IoU of a half on these scenes.
fn map50(net: &Small, examples: Vec<Example>) -> f64 {
    let found = decode(GRID, &said(net, &examples), SIZE, 0.01);
    let found: Vec<Vec<Detection>> =
        found.iter().map(|found| nms(found, TWICE)).collect();
    let set = Set {
        name: "unseen".to_owned(),
        classes: CLASSES.map(str::to_owned).to_vec(),
        examples,
    };
    judged(&set, &found).map50().unwrap_or(0.0)
}
