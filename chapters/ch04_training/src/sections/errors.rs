//! The section `errors`: the fifty worst pictures, wrong labels, another world.

mod noise;
mod worlds;
mod worst;

pub(crate) use noise::{SHARES, Seen, Study};
pub(crate) use worlds::Gap;

use lesson::Run;
use nn::classify::Classification;
use nn::data::Labelled;
use nn::optim::{AdamW, Optimizer};
use nn::train::{Plan, Task, Trainer};
use nn::{Mlp, Schedule};
use tensor::Rng;

use crate::clothes::Clothes;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let mut clothes = Clothes::load()?;
    if run.mode() == lesson::Mode::Quick {
        clothes.training = first(&clothes.training, 300);
        clothes.validation = first(&clothes.validation, 300);
    }
    let epochs = run.choose(1, 8, 8);
    let task = Classification {
        training: &clothes.training,
        validation: &clothes.validation,
    };
    let bar = run.progress("a net to find fault with", 3);
    let mut nets = Vec::new();
    for seed in run.few_seeds() {
        nets.push(learn(&task, &mut one(seed, epochs, task.training.len()))?);
        bar.step()?;
    }
    drop(bar);
    worst::run(run, &clothes, &nets)?;
    worlds::run(run, &clothes, &nets, epochs)?;
    noise::run(run, &clothes)
}

/// The first rows.
fn first(all: &Labelled, count: usize) -> Labelled {
    all.pick(&(0..count.min(all.len())).collect::<Vec<_>>())
}

/// What trains the page's nets: a hidden layer of 128, dropout, AdamW with a cosine. Chosen
/// by us on the validation pictures.
fn one(seed: u64, epochs: usize, examples: usize) -> Trainer<Mlp> {
    const BATCH: usize = 100;
    let mut rng = Rng::new(seed).fork("errors");
    let net = Mlp::new(&[784, 128, 10], &mut rng).with_dropout(0.2);
    let plan = Plan::new(
        BATCH,
        epochs,
        Schedule::Cosine {
            lr: 3e-3,
            end: 0.0,
            steps: epochs * (examples / BATCH),
        },
    );
    Trainer::new(net, Optimizer::new(AdamW::default()), plan, &rng)
}

/// Trains to the end.
fn learn(task: &impl Task<Mlp>, trainer: &mut Trainer<Mlp>) -> anyhow::Result<Mlp> {
    trainer.fit(task, |_| Ok::<(), std::convert::Infallible>(()))?;
    Ok(trainer.net.clone())
}
