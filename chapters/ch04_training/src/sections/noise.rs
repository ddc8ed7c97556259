//! The noise of the section `batches`: gradients of batches against the gradient of all.

use lesson::{Run, Value, thousands};
use tensor::Rng;

use super::batches::{fresh, plain};
use crate::batches::{Noise, gradient, length, noise, pass};
use crate::clothes::Clothes;
use crate::figures;

/// The batches whose noise is measured, and how many of each are drawn.
const DRAWN: [(usize, usize); 4] = [(1, 100), (10, 60), (100, 30), (1000, 15)];

/// What was measured with one batch: for each seed the fresh net's noise, and that of
/// the same net after an epoch.
pub(crate) struct Noises {
    pub(crate) batch: usize,
    pub(crate) fresh: Vec<Noise>,
    pub(crate) trained: Vec<Noise>,
}

/// How far the gradients of batches are from the gradient of all.
pub(super) fn noises(run: &mut Run, clothes: &Clothes) -> anyhow::Result<()> {
    let seeds = run.few_seeds();
    let share = run.choose(10, 1, 1);
    let all: Vec<usize> = (0..clothes.training.len()).collect();
    let mut measured: Vec<Noises> = Vec::new();
    for (batch, _) in DRAWN {
        measured.push(Noises {
            batch,
            fresh: Vec::new(),
            trained: Vec::new(),
        });
    }
    let mut lengths = [Vec::new(), Vec::new()];
    let bar = run.progress("noise of batches", 2 * seeds.len());
    for seed in seeds {
        let mut rng = Rng::new(seed).fork("noise");
        let mut net = fresh(seed);
        for trained in [false, true] {
            if trained {
                let order = rng.permutation(all.len());
                pass(&mut net, &clothes.training, &order, 100, &mut plain(), 0.1);
            }
            let whole = gradient(&net, &clothes.training, &all);
            lengths[usize::from(trained)].push(length(&whole));
            for ((batch, draws), noises) in DRAWN.into_iter().zip(&mut measured) {
                let draws = (draws / share).max(2);
                let found =
                    noise(&net, &clothes.training, &whole, batch, draws, &mut rng);
                let list = match trained {
                    false => &mut noises.fresh,
                    true => &mut noises.trained,
                };
                list.push(found);
            }
            bar.step()?;
        }
    }
    say_noises(run, &measured)?;
    for (name, lengths) in ["", "_trained"].iter().zip(&lengths) {
        let value = Value::over_splits(lengths);
        let tolerance = value.tolerance.max(0.1 * value.value);
        run.record(
            &format!("gradient_length{name}"),
            value.tolerance(tolerance),
        )?;
    }
    run.figure("batch_noise", figures::batches::noise(&measured)?)
}

/// Prints and records the noise.
fn say_noises(run: &mut Run, measured: &[Noises]) -> anyhow::Result<()> {
    run.say("The gradient of a batch against that of all training pictures:");
    let cells = |list: &[Noise]| {
        let mean = |of: fn(&Noise) -> f32| {
            list.iter().map(of).sum::<f32>() / list.len() as f32
        };
        let (error, angle) = (mean(|n| n.error), mean(|n| n.angle));
        [format!("{error:.2}"), format!("{angle:.0}°")]
    };
    let row = |n: &Noises| {
        let batch = vec![thousands(n.batch)];
        [batch, cells(&n.fresh).into(), cells(&n.trained).into()].concat()
    };
    run.table(
        &["batch", "error", "angle", "after an epoch", "angle"],
        measured.iter().map(row),
    );
    let errors = |list: &[Noise]| list.iter().map(|n| n.error).collect::<Vec<f32>>();
    for noises in measured {
        let batch = noises.batch;
        let value = |list: &[f32], near: f32| {
            let value = Value::over_splits(list);
            let tolerance = value.tolerance.max(f64::from(near) * value.value);
            value.tolerance(tolerance)
        };
        let (fresh, trained) = (errors(&noises.fresh), errors(&noises.trained));
        run.record(&format!("noise_{batch}"), value(&fresh, 0.2))?;
        run.record(&format!("noise_trained_{batch}"), value(&trained, 0.2))?;
        let angles: Vec<f32> = noises.fresh.iter().map(|n| n.angle).collect();
        run.record(&format!("angle_{batch}"), value(&angles, 0.05))?;
    }
    Ok(())
}
