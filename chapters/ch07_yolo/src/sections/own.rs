//! What the sections `folder`, `trees` and `blood` share: the lesson's detector learns from
//! other pictures than scenes.

use std::collections::BTreeSet;

use anyhow::{Context, ensure};
use lesson::Run;
use tensor::Rng;

use super::fit::fit;
use crate::anchors::{balanced_shapes, kmeans};
use crate::augment::Augment;
use crate::boxes::Detection;
use crate::decode::{Grid, Keep};
use crate::model::Detector;
use crate::precision::Evaluation;
use crate::set::{Example, Set};
use crate::train::{Finding, Settings, judged, trainer};
use crate::trained::Trained;

/// How a detector for some kind of picture is made and trained.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recipe {
    /// Channels and residual blocks of each stage.
    pub(super) stages: &'static [(usize, usize)],
    /// Anchors of a cell, if the boxes have as many shapes.
    pub(super) anchors: usize,
    /// How a picture is changed each time it is shown.
    pub(super) change: Augment,
    /// The rest.
    pub(super) settings: Settings,
}

/// Trains a detector on these pictures of one size. Its checkpoint is `NAME.safetensors`
/// in the run's folder.
///
/// # Errors
/// If there is nothing to learn from, or the run is told to stop.
pub(super) fn learn(
    run: &mut Run,
    name: &str,
    training: &Set,
    validation: Option<&Set>,
    recipe: &Recipe,
    seed: u64,
) -> anyhow::Result<Trained> {
    let first = training.examples.first();
    let first = first.with_context(|| format!("{name}: no pictures to learn from"))?;
    let size = first.size();
    let mut rng = Rng::new(seed).fork(name);
    let grid = Grid {
        stride: 1 << recipe.stages.len(),
        anchors: anchors(training, recipe.anchors, &mut rng.fork("anchors"))?,
        classes: training.classes.len(),
    };
    let net = Detector::new(recipe.stages, grid, &mut rng);
    let pictures = training.examples.len();
    let settings = Settings {
        batch: recipe.settings.batch.min(pictures),
        ..recipe.settings
    };
    let mut trainer = trainer(net, &settings, pictures, &rng);
    let change = |one: &Example, rng: &mut Rng| recipe.change.apply(one, size, rng);
    let task = Finding {
        training,
        validation,
        change,
        cells: settings.cells,
    };
    fit(run, &mut trainer, &task, name, |_| ())?;
    Ok(Trained {
        net: trainer.net,
        classes: training.classes.clone(),
        size,
    })
}

/// Anchors for the boxes of these pictures, each class counted alike.
fn anchors(set: &Set, most: usize, rng: &mut Rng) -> anyhow::Result<Vec<[f32; 2]>> {
    let shapes = balanced_shapes(set, rng);
    let name = &set.name;
    ensure!(
        !shapes.is_empty(),
        "{name}: expected boxes to learn from, found none; label more pictures"
    );
    let bits = shapes.iter().map(|shape| shape.map(f32::to_bits));
    let different = bits.collect::<BTreeSet<_>>().len();
    Ok(kmeans(&shapes, most.min(different), rng))
}

/// Says the anchors.
pub(super) fn say_anchors(run: &mut Run, grid: &Grid) {
    let words = grid.anchors.iter().map(|[w, h]| format!("{w:.0} × {h:.0}"));
    run.say(format!("anchors: {}", words.collect::<Vec<_>>().join(", ")));
}

/// What the net finds in these pictures, and how good that is.
pub(super) fn judge(net: &Detector, set: &Set) -> (Vec<Vec<Detection>>, Evaluation) {
    let pictures = set.examples.iter().map(|one| &one.picture);
    let found = net.detect(pictures, Keep::ALL);
    let evaluation = judged(set, &found);
    (found, evaluation)
}

/// A number between 0 and 1 for a table; a dash where there was nothing to be found.
pub(super) fn shown(score: Option<f64>) -> String {
    score.map_or("–".to_owned(), |score| format!("{score:.3}"))
}
