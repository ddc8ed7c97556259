//! Wrong labels, put in on purpose: what they cost, and what helps.

use lesson::{Run, Value, percent};
use nn::classify::logits;
use nn::data::Labelled;
use nn::metrics::accuracy;
use nn::optim::{AdamW, Optimizer};
use nn::train::{Plan, Trainer};
use nn::{Mlp, Schedule};
use tensor::{Rng, Tensor};

use super::first;
use crate::clothes::Clothes;
use crate::figures;
use crate::noise::{Smoothed, flip};

/// The shares of training labels that are wrong.
pub(crate) const SHARES: [f32; 3] = [0.0, 0.2, 0.4];

/// The ε of label smoothing, chosen by us from 0.3 and 0.7 at 40 % wrong labels.
const EPSILON: f32 = 0.7;

/// A training on labels of which some are wrong.
#[derive(Default)]
pub(crate) struct Study {
    /// Accuracy on held-out pictures with right labels, after the last epoch.
    pub(crate) last: f32,
    /// The same after the epoch with the best score on other held-out pictures, whose labels
    /// are as often wrong.
    pub(crate) stopped: f32,
    /// What was seen after each epoch, if somebody watched.
    pub(crate) epochs: Vec<Seen>,
}

/// What a net makes of the wrong labels, as shares in 0..1.
pub(crate) struct Seen {
    /// Accuracy on held-out pictures with right labels.
    pub(crate) clean: f32,
    /// The share of the wrongly labelled training pictures for which the net says what they
    /// are.
    pub(crate) as_truth: f32,
    /// The share of them for which it says what the wrong label says.
    pub(crate) as_label: f32,
    /// Of as many pictures as are wrongly labelled, those with the highest loss: the share
    /// that is wrongly labelled indeed.
    pub(crate) found: f32,
}

/// Pictures in a step.
const BATCH: usize = 100;

/// What a study is made of.
struct Setting<'a> {
    truth: &'a Labelled,
    clean: &'a Labelled,
    stopping: &'a Labelled,
    share: f32,
    epochs: usize,
    epsilon: f32,
    /// Whether each epoch is looked at.
    watched: bool,
}

/// Runs the part.
pub(super) fn run(run: &mut Run, clothes: &Clothes) -> anyhow::Result<()> {
    let truth = first(&clothes.training, 2000);
    let half = clothes.validation.len() / 2;
    let rest: Vec<usize> = (half..2 * half).collect();
    let (stopping, clean) = (
        first(&clothes.validation, half),
        clothes.validation.pick(&rest),
    );
    let epochs = run.choose(1, 25, 25);
    let seeds = run.few_seeds();
    let bar =
        run.progress("learning from wrong labels", 2 * SHARES.len() * seeds.len());
    let (mut plain, mut smoothed) = (Vec::new(), Vec::new());
    for share in SHARES {
        for (epsilon, studies) in [(0.0, &mut plain), (EPSILON, &mut smoothed)] {
            let setting = Setting {
                truth: &truth,
                clean: &clean,
                stopping: &stopping,
                share,
                epochs,
                epsilon,
                watched: epsilon == 0.0 && share == SHARES[2],
            };
            let mut of_share = Vec::new();
            for &seed in &seeds {
                of_share.push(setting.study(seed)?);
                bar.step()?;
            }
            studies.push(of_share);
        }
    }
    drop(bar);
    tell(run, &plain, &smoothed)?;
    run.figure("noise", figures::errors::noise(&plain, &smoothed)?)?;
    run.figure("by_heart", figures::errors::by_heart(&plain[2])?)
}

impl Setting<'_> {
    /// One training, on labels flipped by the seed.
    fn study(&self, seed: u64) -> anyhow::Result<Study> {
        let mut rng = Rng::new(seed).fork("noise");
        let mut noisy = |set: &Labelled| {
            let classes = flip(&set.classes, 10, self.share, &mut rng);
            Labelled::new(set.x.clone(), classes)
        };
        let (training, stopping) = (noisy(self.truth), noisy(self.stopping));
        let task = Smoothed {
            training: &training,
            validation: &stopping,
            epsilon: self.epsilon,
        };
        let mut trainer = self.trainer(&mut rng);
        let steps = (training.len() / BATCH) as u64;
        let mut epochs = Vec::new();
        trainer.fit(&task, |trainer| {
            if self.watched && trainer.optimizer.steps().is_multiple_of(steps) {
                epochs.push(self.look(&trainer.net, &training));
            }
            Ok::<(), std::convert::Infallible>(())
        })?;
        Ok(Study {
            last: self.right(&trainer.net),
            stopped: self.right(trainer.best_net()),
            epochs,
        })
    }

    fn trainer(&self, rng: &mut Rng) -> Trainer<Mlp> {
        let plan = Plan::new(BATCH, self.epochs, Schedule::Constant { lr: 3e-3 });
        let net = Mlp::new(&[784, 100, 10], rng);
        Trainer::new(net, Optimizer::new(AdamW::default()), plan, rng)
    }

    fn right(&self, net: &Mlp) -> f32 {
        accuracy(&logits(net, &self.clean.x), &self.clean.classes)
    }

    /// Looks at the net after an epoch.
    fn look(&self, net: &Mlp, training: &Labelled) -> Seen {
        let scores = logits(net, &training.x); // [N, K]
        let (truth, labels) = (&self.truth.classes, &training.classes);
        let flipped = (0..truth.len()).filter(|&row| truth[row] != labels[row]);
        let flipped: Vec<usize> = flipped.collect();
        let answers = scores.argmax(1);
        let share = |classes: &[usize]| {
            let agree = flipped.iter().filter(|&&row| answers[row] == classes[row]);
            agree.count() as f32 / flipped.len().max(1) as f32
        };
        Seen {
            clean: self.right(net),
            as_truth: share(truth),
            as_label: share(labels),
            found: found(&scores, labels, truth),
        }
    }
}

/// Of the rows with the highest loss, as many as are wrongly labelled: the share that is.
fn found(scores: &Tensor, labels: &[usize], truth: &[usize]) -> f32 {
    let losses = (-scores.log_softmax(1).gather(1, labels)).to_vec(); // [N]
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|a, b| losses[*b].total_cmp(&losses[*a]));
    let wrong = |row: &&usize| labels[**row] != truth[**row];
    let all = order.iter().filter(wrong).count();
    order[..all].iter().filter(wrong).count() as f32 / all.max(1) as f32
}

fn tell(
    run: &mut Run,
    plain: &[Vec<Study>],
    smoothed: &[Vec<Study>],
) -> anyhow::Result<()> {
    let of = |studies: &[Study], pick: fn(&Study) -> f32| -> Vec<f32> {
        studies.iter().map(pick).collect()
    };
    let mut rows = Vec::new();
    for (i, share) in SHARES.into_iter().enumerate() {
        let whole = (100.0 * share).round();
        let mut row = vec![format!("{whole} %")];
        let columns = [
            ("last", of(&plain[i], |s| s.last)),
            ("stopped", of(&plain[i], |s| s.stopped)),
            ("smoothed", of(&smoothed[i], |s| s.last)),
        ];
        for (name, values) in columns {
            row.push(percent(values[0]));
            let value = Value::fraction(values[0]).tolerance(0.02);
            run.record(&format!("noise_{whole}_{name}"), value.over_seeds(&values))?;
        }
        rows.push(row);
    }
    run.say("\nheld-out pictures right, by the share of wrong training labels:");
    run.table(
        &["wrong labels", "to the end", "stopped early", "smoothed"],
        rows,
    );
    type Part = (&'static str, fn(&Seen) -> f32);
    let parts: [Part; 3] = [
        ("truth", |seen| seen.as_truth),
        ("label", |seen| seen.as_label),
        ("found", |seen| seen.found),
    ];
    for (what, pick) in parts {
        let courses = plain[2].iter().map(|study| &study.epochs);
        for (when, place) in [("first", 0), ("last", plain[2][0].epochs.len() - 1)] {
            let values: Vec<f32> = courses.clone().map(|c| pick(&c[place])).collect();
            let value = Value::fraction(values[0]).tolerance(0.03);
            run.record(&format!("noise_{what}_{when}"), value.over_seeds(&values))?;
        }
    }
    Ok(())
}
