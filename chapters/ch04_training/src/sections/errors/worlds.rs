//! The same clothes in another world, and a set that tells variance from mismatch.

use lesson::{Run, Value, percent};
use nn::Mlp;
use nn::classify::{Classification, logits};
use nn::data::Labelled;
use nn::metrics::accuracy;
use tensor::Rng;

use super::{first, learn, one};
use crate::clothes::Clothes;
use crate::figures;
use crate::world::{Change, Changed, moved};

/// The errors of a net on three sets, as shares in 0..1.
#[derive(Clone, Copy)]
pub(crate) struct Gap {
    /// On pictures that it learnt from.
    pub(crate) training: f32,
    /// On others of the same world.
    pub(crate) train_dev: f32,
    /// On pictures of the world that it is for.
    pub(crate) dev: f32,
}

/// A set's name, and the error on it.
type Part = (&'static str, fn(&Gap) -> f32);

impl Gap {
    /// The three sets.
    pub(crate) const PARTS: [Part; 3] = [
        ("training", |gap| gap.training),
        ("train-dev", |gap| gap.train_dev),
        ("dev", |gap| gap.dev),
    ];
}

/// Three sets from two worlds.
struct Sets {
    training: Labelled,
    train_dev: Labelled,
    dev: Labelled,
}

/// Runs the part.
pub(super) fn run(
    run: &mut Run,
    clothes: &Clothes,
    nets: &[Mlp],
    epochs: usize,
) -> anyhow::Result<()> {
    let held = &clothes.validation;
    say_drops(run, held, nets)?;
    let bar = run.progress("learning from changed pictures", nets.len());
    let mut trained = Vec::new();
    for seed in run.few_seeds() {
        let task = Changed(Classification {
            training: &clothes.training,
            validation: held,
        });
        let mut trainer = one(seed, epochs, clothes.training.len());
        trained.push(learn(&task, &mut trainer)?);
        bar.step()?;
    }
    drop(bar);
    let half = held.len() / 2;
    let rest: Vec<usize> = (half..held.len()).collect();
    let mut rng = Rng::new(run.seed()).fork("other world");
    let mut draw = || Change::draw(&mut rng);
    let dev = moved(&held.pick(&rest), &mut draw);
    let some = first(&clothes.training, held.len());
    let own = Sets {
        training: some.clone(),
        train_dev: first(held, half),
        dev: dev.clone(),
    };
    let changed = Sets {
        training: moved(&some, &mut draw),
        train_dev: moved(&own.train_dev, &mut draw),
        dev,
    };
    run.figure("worlds", figures::errors::worlds(held)?)?;
    let plain: Vec<Gap> = nets.iter().map(|net| own.gap(net)).collect();
    let cured: Vec<Gap> = trained.iter().map(|net| changed.gap(net)).collect();
    say_gaps(run, &plain, &cured)?;
    run.figure("gaps", figures::errors::gaps(&plain, &cured)?)
}

impl Sets {
    fn gap(&self, net: &Mlp) -> Gap {
        let error = |set: &Labelled| 1.0 - right(net, set);
        Gap {
            training: error(&self.training),
            train_dev: error(&self.train_dev),
            dev: error(&self.dev),
        }
    }
}

fn right(net: &Mlp, set: &Labelled) -> f32 {
    accuracy(&logits(net, &set.x), &set.classes)
}

/// What one change alone costs, for nets that never saw it.
fn say_drops(run: &mut Run, held: &Labelled, nets: &[Mlp]) -> anyhow::Result<()> {
    let none = Change::NONE;
    let changes = [
        ("as they are", none, "same"),
        ("half the light", Change { light: 0.5, ..none }, "dark"),
        (
            "mirrored",
            Change {
                mirrored: true,
                ..none
            },
            "mirrored",
        ),
        (
            "one pixel to the right",
            Change { right: 1, ..none },
            "right_one",
        ),
        (
            "three pixels to the right",
            Change { right: 3, ..none },
            "right_three",
        ),
        (
            "three pixels down",
            Change { down: 3, ..none },
            "down_three",
        ),
    ];
    let mut rows = Vec::new();
    for (words, change, name) in changes {
        let set = moved(held, || change);
        let right: Vec<f32> = nets.iter().map(|net| right(net, &set)).collect();
        rows.push([words.to_string(), percent(right[0])]);
        let value = Value::fraction(right[0]).tolerance(0.02);
        run.record(&format!("world_{name}"), value.over_seeds(&right))?;
    }
    run.say("\nvalidation pictures right, when all of them are changed:");
    run.table(&["change", "right"], rows);
    Ok(())
}

/// Errors on three sets, for a net that knows its own world only and for one that was
/// trained on changed pictures.
fn say_gaps(run: &mut Run, plain: &[Gap], cured: &[Gap]) -> anyhow::Result<()> {
    let rows = [("as they are", plain), ("changed at random", cured)];
    run.say("\nerrors, by what the net was trained on:");
    run.table(
        &["trained on pictures", "training", "train-dev", "dev"],
        rows.map(|(words, gaps)| {
            let [a, b, c] =
                [gaps[0].training, gaps[0].train_dev, gaps[0].dev].map(percent);
            [words.to_string(), a, b, c]
        }),
    );
    for (name, gaps) in [("plain", plain), ("changed", cured)] {
        for (part, pick) in Gap::PARTS {
            let part = part.replace('-', "_");
            let values: Vec<f32> = gaps.iter().map(pick).collect();
            let value = Value::fraction(values[0]).tolerance(0.02);
            run.record(&format!("{name}_{part}_error"), value.over_seeds(&values))?;
        }
    }
    Ok(())
}
