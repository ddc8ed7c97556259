//! The second half of the section `rates`: what warm-up saves.

use lesson::{Mode, Run, Value, percent};
use nn::Schedule;
use nn::classify::Classification;
use nn::train::Plan;

use crate::figures;
use crate::trial::{Method, Outcome, Trial, finish};

/// Highest rates that are tried with each optimiser, chosen by us: from one that does
/// no harm to one that does.
const PEAKS: [(Method, &[f32]); 2] = [
    (Method::Momentum, &[0.06, 0.09, 0.12, 0.15]),
    (Method::Adam, &[0.01, 0.02]),
];

/// The peak whose losses are drawn.
const DRAWN: (Method, f32) = (Method::Momentum, 0.15);

/// Above this accuracy a training counts as having learnt; chance is 0.1.
const LEARNT: f64 = 0.5;

/// Pictures in a step.
const BATCH: usize = 50;

/// Trains a deep net with high peaks, at once and after warm-up.
pub(super) fn warm_up(run: &mut Run, task: &Classification) -> anyhow::Result<()> {
    let epochs = run.choose(1, 4, 4);
    let pairs = |(method, peaks): &(Method, &'static [f32])| {
        let method = *method;
        peaks.iter().map(move |peak| (method, *peak))
    };
    let all = PEAKS.iter().flat_map(pairs);
    let quick = run.mode() == Mode::Quick;
    let peaks: Vec<(Method, f32)> =
        all.filter(|pair| !quick || *pair == DRAWN).collect();
    let warm = epochs * (task.training.len() / BATCH) / 4;
    run.record("warm_up_steps", Value::count(warm))?;
    let mut rows = Vec::new();
    let mut drawn = Vec::new();
    for (method, peak) in peaks {
        let mut row = vec![method.name().to_string(), peak.to_string()];
        for (name, steps) in [("at_once", 0), ("warm", warm)] {
            let outcomes =
                thrice(run, task, &trial(method, peak, steps, epochs, 4 * warm))?;
            let scores = outcomes.each_ref().map(|one| one.score() as f32);
            let learnt = outcomes.iter().filter(|one| one.score() > LEARNT).count();
            row.extend([
                percent(scores.iter().sum::<f32>() / 3.0),
                format!("{learnt} of 3"),
            ]);
            if (method, peak) == DRAWN {
                let mean = scores.iter().sum::<f32>() / 3.0;
                let value = Value::fraction(mean).tolerance(0.1).over_seeds(&scores);
                run.record(&format!("{name}_accuracy"), value)?;
                drawn.push(outcomes.map(|one| one.losses));
            }
        }
        rows.push(row);
    }
    run.say(
        "\nA net of six layers, cosine from a high peak, at once and after warm-up:",
    );
    run.table(
        &[
            "optimiser",
            "peak",
            "at once",
            "learnt",
            "warmed up",
            "learnt",
        ],
        rows,
    );
    run.figure("warm_up", figures::rates::warm_up(&drawn, warm)?)
}

/// A net of six layers, from this peak down along a cosine, after `warm` steps up.
fn trial(method: Method, lr: f32, warm: usize, epochs: usize, steps: usize) -> Trial {
    let then = Schedule::Cosine {
        lr,
        end: 0.0,
        steps,
    };
    Trial {
        sizes: vec![784, 100, 100, 100, 100, 100, 10],
        dropout: 0.0,
        method,
        plan: Plan::new(
            BATCH,
            epochs,
            Schedule::WarmUp {
                steps: warm,
                then: Box::new(then),
            },
        ),
    }
}

/// The trainings of three seeds.
pub(super) fn thrice(
    run: &Run,
    task: &Classification,
    trial: &Trial,
) -> anyhow::Result<[Outcome; 3]> {
    let mut outcomes = Vec::new();
    for seed in run.seeds::<3>() {
        let watch = |_| run.check_interrupt();
        outcomes.push(finish(&mut trial.begin(seed), task, watch)?);
    }
    Ok(outcomes
        .try_into()
        .expect("there is one for each of three seeds"))
}
