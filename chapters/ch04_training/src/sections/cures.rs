//! The section `cures`: overfitting, cured step by step.

use anyhow::Context;
use lesson::{Run, Value, percent};
use nn::classify::Classification;
use nn::data::Labelled;
use tensor::Rng;

use super::cures_seen;
use crate::augment::Augment;
use crate::clothes::Clothes;
use crate::cures::{Cure, Outcome, right, spoiled, train};
use crate::figures;
use crate::penalty::Penalty;

/// The share of training pictures with a wrong label.
const SPOILED: f32 = 0.2;

/// Strengths that are tried, each with one seed; the best on the first half of the
/// validation pictures is kept.
const L2: [f32; 3] = [0.01, 0.03, 0.1];
const L1: [f32; 3] = [0.0003, 0.001, 0.003];
const DROPOUT: [f32; 3] = [0.3, 0.5, 0.7];
const SHIFT: [f32; 3] = [1.0, 2.0, 3.0];
/// What all strengths are multiplied by when the cures are taken together.
const TOGETHER: [f32; 3] = [1.0, 0.5, 0.25];

/// Epochs of patience.
const PATIENCE: usize = 5;

/// What all cures are tried on.
pub(super) struct Ward {
    few: Labelled,
    wrong: Vec<usize>,
    /// The half of the validation pictures that strengths and epochs are chosen on.
    choose_on: Labelled,
    /// The other half, that the table reports.
    pub(super) report_on: Labelled,
    /// The names of the classes.
    pub(super) names: Vec<String>,
    epochs: usize,
}

/// A cure that is to be tried with each seed.
struct Planned {
    key: &'static str,
    name: &'static str,
    cure: Cure,
    /// Its training with the first seed, if the search has made it.
    first: Option<Outcome>,
}

/// A cure, and how it went with each seed.
pub(crate) struct Case {
    /// Its name in tables and figures.
    pub(crate) name: &'static str,
    pub(super) key: &'static str,
    /// A training with each seed.
    pub(crate) outcomes: Vec<Outcome>,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let clothes = Clothes::load()?;
    let mut rng = Rng::new(run.seed()).fork("spoiled");
    let pictures = run.choose(100, 1000, 1000);
    let (few, wrong) = spoiled(&clothes.training, pictures, SPOILED, &mut rng);
    let half = run.choose(
        50,
        clothes.validation.len() / 2,
        clothes.validation.len() / 2,
    );
    let ward = Ward {
        few,
        wrong,
        choose_on: clothes.validation.pick(&(0..half).collect::<Vec<_>>()),
        report_on: clothes
            .validation
            .pick(&(half..2 * half).collect::<Vec<_>>()),
        names: clothes.names,
        epochs: run.choose(1, 40, 40),
    };
    run.record("spoiled_labels", Value::count(ward.wrong.len()))?;
    let cases = ward.treat(run)?;
    tell(run, &ward, &cases)?;
    cures_seen::weights(run, &ward, &cases)?;
    cures_seen::changes(run, &ward, &cases)?;
    let shown: Vec<(&str, &Outcome)> = cases
        .iter()
        .map(|case| (case.name, &case.outcomes[0]))
        .collect();
    cures_seen::early_gain(run, &ward, &cases)?;
    run.figure("cures_curves", figures::cures::curves(&shown)?)
}

impl Ward {
    fn data(&self) -> Classification<'_> {
        Classification {
            training: &self.few,
            validation: &self.choose_on,
        }
    }

    /// One training.
    fn train(&self, run: &Run, cure: &Cure, seed: u64) -> anyhow::Result<Outcome> {
        let watch = || run.check_interrupt();
        Ok(train(cure, self.data(), [self.epochs, 2], seed, watch)?)
    }

    /// A cure with each seed; the first training may be there from the search.
    fn case(&self, run: &Run, plan: Planned) -> anyhow::Result<Case> {
        let mut outcomes: Vec<Outcome> = plan.first.into_iter().collect();
        for &seed in &run.few_seeds()[outcomes.len()..] {
            outcomes.push(self.train(run, &plan.cure, seed)?);
        }
        Ok(Case {
            name: plan.name,
            key: plan.key,
            outcomes,
        })
    }

    /// The strength with the best validation accuracy, with one seed.
    fn choose(
        &self,
        run: &mut Run,
        (key, name): (&'static str, &'static str),
        strengths: [f32; 3],
        cure: impl Fn(f32) -> Cure,
    ) -> anyhow::Result<Planned> {
        let mut best: Option<(f32, Outcome)> = None;
        let mut list = Vec::new();
        for strength in strengths {
            let outcome = self.train(run, &cure(strength), run.seed())?;
            let score = outcome.kept.validation;
            list.push(format!("{strength}: {}", percent(score)));
            if best
                .as_ref()
                .is_none_or(|(_, other)| score > other.kept.validation)
            {
                best = Some((strength, outcome));
            }
        }
        let (strength, first) = best.context("there are strengths to try")?;
        run.say(format!("{name:10} {} -> {strength}", list.join(", ")));
        Ok(Planned {
            first: Some(first),
            ..planned(key, name, cure(strength))
        })
    }

    /// All cures, one after the other.
    fn treat(&self, run: &mut Run) -> anyhow::Result<Vec<Case>> {
        run.say("Strengths tried, and pictures of the first validation half right:");
        let l2 = self.choose(run, ("l2", "L2"), L2, |l2| priced(0.0, l2))?;
        let l1 = self.choose(run, ("l1", "L1"), L1, |l1| priced(l1, 0.0))?;
        let dropout = self.choose(run, ("dropout", "dropout"), DROPOUT, dropping)?;
        let shift = self.choose(run, ("shift", "shifts"), SHIFT, |most| {
            augmented(most as usize, false, false)
        })?;
        let all = [l2.cure, dropout.cure, shift.cure];
        let together =
            self.choose(run, ("together", "together"), TOGETHER, |factor| {
                together(all, factor)
            })?;
        let elastic = priced(l1.cure.penalty.l1 / 2.0, l2.cure.penalty.l2 / 2.0);
        let early = Cure {
            patience: Some(PATIENCE),
            ..Cure::default()
        };
        let plans = [
            planned("none", "no cure", Cure::default()),
            l2,
            l1,
            planned("elastic", "elastic net", elastic),
            dropout,
            shift,
            planned("mirror", "mirror images", augmented(0, true, false)),
            planned("squeeze", "squeezed", augmented(0, false, true)),
            planned("early", "early stopping", early),
            together,
        ];
        plans.into_iter().map(|plan| self.case(run, plan)).collect()
    }

    /// The share of the other validation pictures that the kept net gets right.
    pub(super) fn reported(&self, outcome: &Outcome) -> f32 {
        right(&outcome.net, &self.report_on)
    }

    /// Of the wrong labels the share that a net has learnt by heart.
    fn learnt_wrong(&self, outcome: &Outcome) -> f32 {
        right(&outcome.net, &self.few.pick(&self.wrong))
    }
}

fn priced(l1: f32, l2: f32) -> Cure {
    Cure {
        penalty: Penalty { l1, l2 },
        ..Cure::default()
    }
}

fn dropping(dropout: f32) -> Cure {
    Cure {
        dropout,
        ..Cure::default()
    }
}

fn augmented(shift: usize, mirror: bool, squeeze: bool) -> Cure {
    Cure {
        augment: Augment {
            shift,
            mirror,
            squeeze,
        },
        ..Cure::default()
    }
}

/// L2, dropout and shifts at a part of their strengths, with mirror images and twice
/// the patience.
fn together([l2, dropout, shift]: [Cure; 3], factor: f32) -> Cure {
    let pixels = (factor * shift.augment.shift as f32).round() as usize;
    Cure {
        penalty: Penalty {
            l1: 0.0,
            l2: factor * l2.penalty.l2,
        },
        dropout: factor * dropout.dropout,
        patience: Some(2 * PATIENCE),
        ..augmented(pixels, true, false)
    }
}

fn planned(key: &'static str, name: &'static str, cure: Cure) -> Planned {
    Planned {
        key,
        name,
        cure,
        first: None,
    }
}

/// Mean, and largest distance from it.
pub(super) fn mean(values: &[f32]) -> (f32, f32) {
    let mean = values.iter().sum::<f32>() / values.len() as f32;
    let far = values.iter().map(|v| (v - mean).abs()).fold(0.0, f32::max);
    (mean, far)
}

/// The table of all cures.
fn tell(run: &mut Run, ward: &Ward, cases: &[Case]) -> anyhow::Result<()> {
    run.say(format!(
        "\n{} pictures, {} of them with a wrong label; means of three seeds, and the largest\n\
         distance from the mean. Validation: the second half. Learnt: the wrong labels that\n\
         the net gives back.",
        ward.few.len(),
        ward.wrong.len()
    ));
    let mut rows = Vec::new();
    for Case {
        name,
        key,
        outcomes,
        ..
    } in cases
    {
        let all = |of: &dyn Fn(&Outcome) -> f32| -> Vec<f32> {
            outcomes.iter().map(of).collect()
        };
        let measures = [
            ("training", all(&|o| o.kept.training)),
            ("chosen", all(&|o| o.kept.validation)),
            ("validation", all(&|o| ward.reported(o))),
            ("gap", all(&|o| o.kept.training - ward.reported(o))),
            ("learnt", all(&|o| ward.learnt_wrong(o))),
        ];
        let mut row = vec![name.to_string()];
        for (measure, values) in measures {
            let (mean, far) = mean(&values);
            row.push(format!("{:.1} ± {:.1}", 100.0 * mean, 100.0 * far));
            let value = Value::fraction(mean).tolerance(0.03).over_seeds(&values);
            run.record(&format!("cure_{key}_{measure}"), value)?;
        }
        let (epoch, _) = mean(&all(&|o| o.kept.epoch as f32));
        row.push(format!("{epoch:.0}"));
        rows.push(row);
        if *key == "early" {
            let ended = all(&|o| o.ended as f32);
            let value = Value::number(mean(&ended).0).tolerance(6.0);
            run.record("cure_early_ended", value.over_seeds(&ended))?;
        }
    }
    let head = [
        "cure",
        "training %",
        "first half %",
        "validation %",
        "gap",
        "learnt %",
        "epoch",
    ];
    run.table(&head, rows);
    Ok(())
}
