//! The section `trees`: aerial photos in tiles, and back.

use std::time::Instant;

use lesson::{Run, Value};

use super::own::{Recipe, learn};
use crate::augment::Augment;
use crate::boxes::Detection;
use crate::decode::Keep;
use crate::figures;
use crate::model::STAGES;
use crate::set::{Example, Set};
use crate::target::Cells;
use crate::train::{Settings, judged};
use crate::trained::Trained;
use crate::trees::{SIDE, STRIDE, crowns, faultless, load, stitched, tiles};

/// IoU above which two tiles found the same crown: the usual one, and a lower one.
const LIMITS: [f32; 2] = [0.5, 0.3];

/// Pixels from one tile to the next where a net learns from them: more tiles of the same
/// photo, since each crown is to be seen in several places.
const CLOSE: usize = 40;

/// That of the blood cells with a smaller net, since there is less to learn from, and with
/// colours that change; nothing was chosen on these photos.
const RECIPE: Recipe = Recipe {
    stages: &STAGES,
    anchors: 3,
    change: Augment {
        contrast: 0.2,
        saturation: 0.3,
        hue: 8.0,
        ..Augment::CELLS
    },
    settings: Settings {
        peak: 8e-3,
        batch: 8,
        epochs: 25,
        decay: 0.05,
        cells: Cells::Three,
    },
};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let folder = load()?;
    run.say(format!("data/trees\n{}\n", folder.report));
    let set = crowns(folder.set);
    cut(run, &set)?;
    train(run, &set)
}

/// The photos in tiles, and put together again by a detector without a fault.
fn cut(run: &mut Run, set: &Set) -> anyhow::Result<()> {
    let mut sums = [0; 4];
    let mut rows = Vec::new();
    for photo in &set.examples {
        let (tiles, found) = faultless(photo, SIDE, STRIDE);
        let on_tiles: usize = found.iter().map(Vec::len).sum();
        let [usual, lower] = LIMITS.map(|limit| stitched(&tiles, &found, limit).len());
        let counts = [photo.objects.len(), on_tiles, usual, lower];
        let name = format!("{}, {} tiles", photo.name, tiles.len());
        rows.push([name].into_iter().chain(counts.map(|n| n.to_string())));
        sums = std::array::from_fn(|n| sums[n] + counts[n]);
    }
    run.say("As if a detector without a fault had looked at every tile:");
    let stitched = LIMITS.map(|limit| format!("stitched at {limit}"));
    let head = [
        "photo",
        "crowns",
        "boxes on tiles",
        &stitched[0],
        &stitched[1],
    ];
    run.table(&head, rows);
    let names = ["crowns", "on_tiles", "stitched", "stitched_lower"];
    for (name, sum) in names.into_iter().zip(sums) {
        run.record(&format!("trees_{name}"), Value::count(sum))?;
    }
    let sides = set.examples.iter().flat_map(|photo| &photo.objects);
    let sides = sides.flat_map(|object| object.bbox.size());
    let longest = Value::number(sides.fold(0.0, f32::max)).unit("px");
    run.record("trees_longest", longest)?;
    let first = &set.examples[0];
    let pair = &tiles(first, SIDE, STRIDE)[..2];
    run.figure("tiles", figures::folder::tiles(first, pair)?)
}

/// A net learns from one photo and is judged on the other, then the other way round.
fn train(run: &mut Run, set: &Set) -> anyhow::Result<()> {
    let start = Instant::now();
    let seeds = run.few_seeds();
    let mut scores = vec![[Vec::new(), Vec::new()]; 2]; // by photo judged: seen, new
    let mut found = vec![Vec::new(); 2];
    for &seed in &seeds {
        for learnt in [0, 1] {
            let trained = learn_from(run, set, learnt, seed)?;
            for judged in [0, 1] {
                let boxes = look(&trained, &set.examples[judged]);
                let new = usize::from(judged != learnt);
                scores[judged][new].push(score(set, judged, &boxes));
                if new == 1 && seed == seeds[0] {
                    found[judged] = boxes;
                }
            }
        }
    }
    run.record("trees_seconds", Value::time(start.elapsed()))?;
    say(run, set, &scores);
    for (name, which) in [("seen", 0), ("new", 1)] {
        let of = |n: usize| (scores[0][which][n] + scores[1][which][n]) / 2.0;
        let means: Vec<f32> = (0..seeds.len()).map(of).collect();
        let value = Value::number(means[0]).tolerance(0.05).over_seeds(&means);
        run.record(&format!("trees_map50_{name}"), value)?;
    }
    run.figure("trees_found", figures::folder::judged(set, &found)?)
}

/// A net that has learnt from tiles of this photo.
fn learn_from(
    run: &mut Run,
    set: &Set,
    photo: usize,
    seed: u64,
) -> anyhow::Result<Trained> {
    let step = run.choose(STRIDE, CLOSE, CLOSE);
    let tiles = tiles(&set.examples[photo], SIDE, step);
    let training = Set {
        name: format!("tiles of {}", set.examples[photo].name),
        classes: set.classes.clone(),
        examples: tiles.into_iter().map(|tile| tile.example).collect(),
    };
    let settings = Settings {
        epochs: run.choose(1, RECIPE.settings.epochs, RECIPE.settings.epochs),
        ..RECIPE.settings
    };
    let recipe = Recipe { settings, ..RECIPE };
    let name = format!("trees_{}_{seed}", photo + 1);
    learn(run, &name, &training, None, &recipe, seed)
}

/// What a net finds in a whole photo, tile by tile and stitched.
fn look(trained: &Trained, photo: &Example) -> Vec<Detection> {
    let tiles = tiles(photo, SIDE, STRIDE);
    let pictures = tiles.iter().map(|tile| &tile.example.picture);
    let found = trained.net.detect(pictures, Keep::ALL);
    stitched(&tiles, &found, LIMITS[1])
}

/// AP at an IoU of 0.5 of what was found in this photo.
fn score(set: &Set, photo: usize, found: &[Detection]) -> f32 {
    let one = Set {
        examples: vec![set.examples[photo].clone()],
        ..set.clone()
    };
    let evaluation = judged(&one, &[found.to_vec()]);
    evaluation.map50().unwrap_or(0.0) as f32
}

/// The table: each photo by nets that have learnt from it, and from the other.
fn say(run: &mut Run, set: &Set, scores: &[[Vec<f32>; 2]]) {
    run.say("\nAP@0.5 on whole photos, stitched, a number for each seed:");
    let words = |of: &Vec<f32>| {
        let of = of.iter().map(|score| format!("{score:.2}"));
        of.collect::<Vec<_>>().join(", ")
    };
    let rows = set
        .examples
        .iter()
        .zip(scores)
        .map(|(photo, [seen, new])| [photo.name.clone(), words(seen), words(new)]);
    let head = ["judged on", "learnt from it", "learnt from the other"];
    run.table(&head, rows);
}
