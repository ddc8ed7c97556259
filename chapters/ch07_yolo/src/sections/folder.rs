//! The section `folder`: a labelled folder, yours with `--data DIR`, looked at before
//! anything is trained on it.

use std::path::Path;

use lesson::{Run, Value};
use tensor::Rng;

use super::own::{Recipe, judge, learn, say_anchors, shown};
use crate::anchors::shapes;
use crate::augment::Augment;
use crate::figures;
use crate::files::{Folder, Listing, planted, read_with, yolo};
use crate::precision::Evaluation;
use crate::set::Set;
use crate::target::Cells;
use crate::train::Settings;

/// Columns and rows that each picture is made to fit.
const SIZE: [usize; 2] = [256, 256];

/// The net and settings of the blood cells; pictures change as scenes do, since nobody
/// knows whether the reader's things have an upright.
const RECIPE: Recipe = Recipe {
    stages: &[(16, 0), (32, 1), (64, 5)],
    anchors: 5,
    change: Augment::SCENES,
    settings: Settings {
        peak: 8e-3,
        batch: 8,
        epochs: 0, // see `epochs`
        decay: 0.05,
        cells: Cells::Three,
    },
};

/// Steps of the training, and the fewest and most passes over the pictures that they may
/// come to. Chosen by us: some minutes for up to a thousand pictures.
const STEPS: usize = 1000;
const EPOCHS: [usize; 2] = [10, 300];

/// A side on the net's canvas below which a thing is smaller than a cell of its grid.
const SMALL: f32 = 8.0;

/// Runs the section: on the reader's folder, or on the book's.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let own = run.data().map(Listing::of_folder).transpose()?;
    let listing = match &own {
        Some(listing) => listing.clone(),
        None => planted::folder()?,
    };
    let bar = run.progress("reading", listing.pictures().count());
    let folder = read_with(&listing, SIZE, || Ok(bar.step()?))?;
    drop(bar);
    run.say(format!("{}\n{}", listing.name, folder.report));
    run.figure("own_labels", figures::folder::labels(&folder.set)?)?;
    if own.is_none() {
        return book(run, &folder);
    }
    run.say("Look at figures/own_labels.svg before you train: are the boxes where they belong?");
    if run.check() {
        return Ok(());
    }
    let mut rng = Rng::new(run.seed()).fork("folder");
    let train_val = folder.halves(&mut rng)?;
    train(run, &train_val)
}

/// Trains on the reader's pictures, says how good the net is, and keeps it.
fn train(run: &mut Run, [train, val]: &[Set; 2]) -> anyhow::Result<()> {
    run.say(format!(
        "pictures to learn from: {}, to be judged on: {}",
        train.examples.len(),
        val.examples.len()
    ));
    sizes(run, train);
    let settings = Settings {
        epochs: run.choose(
            1,
            epochs(train.examples.len()),
            epochs(train.examples.len()),
        ),
        ..RECIPE.settings
    };
    let recipe = Recipe { settings, ..RECIPE };
    let trained = learn(run, "own", train, Some(val), &recipe, run.seed())?;
    say_anchors(run, &trained.net.grid);
    let (found, evaluation) = judge(&trained.net, val);
    scores(run, val, &evaluation)?;
    let figure = figures::folder::found(val, &found, [144; 2], 3, true)?;
    run.figure("own_found", figure)?;
    let file = run.out_dir().join("own_net.safetensors");
    trained.save(&file)?;
    how_to_use(run, &file);
    Ok(())
}

/// Passes over so many pictures.
fn epochs(pictures: usize) -> usize {
    let batch = RECIPE.settings.batch.min(pictures).max(1);
    let steps = (pictures / batch).max(1); // of one pass
    (STEPS / steps).clamp(EPOCHS[0], EPOCHS[1])
}

/// How large things are once the picture is on the canvas: what is smaller than a cell is
/// hard to learn.
fn sizes(run: &mut Run, set: &Set) {
    let mut sides: Vec<f32> = shapes(set).iter().map(|[w, h]| w.max(*h)).collect();
    sides.sort_by(f32::total_cmp);
    let Some(middle) = sides.get(sides.len() / 2) else {
        return;
    };
    let small = sides.iter().filter(|side| **side < SMALL).count();
    run.say(format!(
        "on {} × {} pixels half of the boxes are longer than {middle:.0}; shorter than \
         {SMALL}, a cell of the net: {small} of {}",
        SIZE[0],
        SIZE[1],
        sides.len()
    ));
}

/// How good it is, in all and by class.
fn scores(run: &mut Run, val: &Set, evaluation: &Evaluation) -> anyhow::Result<()> {
    let all = [evaluation.map50(), evaluation.map()];
    let [map50, map] = all.map(shown);
    run.say(format!("\nheld out: mAP@0.5 {map50}, mAP@[.5:.95] {map}"));
    for (name, score) in ["own_map50", "own_map"].into_iter().zip(all) {
        if let Some(score) = score {
            run.record(name, Value::number(score).tolerance(0.02))?;
        }
    }
    let rows = val.classes.iter().enumerate().map(|(class, name)| {
        let objects = val.examples.iter().flat_map(|one| &one.objects);
        let count = objects.filter(|object| object.class == class).count();
        let score = shown(evaluation.ap_of(class, 0.5));
        [name.clone(), count.to_string(), score]
    });
    run.table(&["class", "boxes", "AP@0.5"], rows);
    Ok(())
}

/// Where the net is, and the command that uses it.
fn how_to_use(run: &mut Run, file: &Path) {
    let file = file.display();
    run.note(format!("\nthe net: {file}"));
    run.note("to look at a photo with it:");
    run.note(format!(
        "cargo run -p ch07_yolo -- image --weights {file} --image FILE"
    ));
}

/// The rest for the book's folder: its numbers, and the cup in YOLO's text.
fn book(run: &mut Run, folder: &Folder) -> anyhow::Result<()> {
    let report = &folder.report;
    let problems = report.problems().count();
    run.record("folder_pictures", Value::count(report.pictures))?;
    run.record("folder_boxes", Value::count(report.boxes()))?;
    run.record("folder_problems", Value::count(problems))?;
    let coffee = folder
        .set
        .examples
        .iter()
        .find(|example| example.name == "coffee.png");
    if let Some(coffee) = coffee {
        run.say("\ncoffee.xml in YOLO's text:");
        run.say(yolo::write(coffee.size(), &coffee.objects).trim_end());
    }
    Ok(())
}
