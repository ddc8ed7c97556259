//! The section `adaptive`: AdaGrad, RMSProp, Adam and AdamW: a step size for each weight.

use lesson::{Run, Value};
use nn::Mlp;
use nn::optim::{AdaGrad, Adam, AdamW, Optimizer, RmsProp, Sgd};
use tensor::Rng;

use super::rules;
use crate::adaptive::{
    FREQUENCIES, Uncorrected, decay, first_steps, follow, learn_words,
};
use crate::batches::pass;
use crate::clothes::Clothes;
use crate::figures;
use crate::race::{BATCH, SIZES, fewer};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    words(run)?;
    following(run)?;
    let clothes = load(run)?;
    correction(run, &clothes)?;
    decays(run)?;
    rules::ways(run)?;
    rules::grid(run, &clothes)
}

/// Some of the clothes.
fn load(run: &Run) -> anyhow::Result<Clothes> {
    Ok(fewer(&Clothes::load()?, run.choose(150, 4000, 4000)))
}

/// Common and rare words: one rate for all, and AdaGrad.
fn words(run: &mut Run) -> anyhow::Result<()> {
    let steps = 400;
    let seed = run.seed();
    let learn = |optimizer: Optimizer, lr: f32| {
        let mut rng = Rng::new(seed).fork("words");
        learn_words(optimizer, lr, steps, 0.5, &mut rng)
    };
    let ways = [
        ("plain, rate 1", learn(Optimizer::new(Sgd::default()), 1.0)),
        (
            "AdaGrad, rate 0.3",
            learn(Optimizer::new(AdaGrad::default()), 0.3),
        ),
    ];
    run.say(format!(
        "Four words, each with a weight on its way from 0 to 1, after {steps} steps:"
    ));
    run.table(
        &["word comes in", "of 100", "plain", "AdaGrad"],
        (0..FREQUENCIES.len()).map(|word| {
            let each = ways.each_ref().map(|(_, way)| way[steps - 1][word]);
            [
                word.to_string(),
                format!("{:.2}", 100.0 * FREQUENCIES[word]),
                format!("{:.2}", each[0]),
                format!("{:.2}", each[1]),
            ]
        }),
    );
    for (name, (_, way)) in ["plain", "adagrad"].iter().zip(&ways) {
        let rarest = Value::number(way[steps - 1][3]).tolerance(0.1);
        run.record(&format!("rarest_word_{name}"), rarest)?;
    }
    run.figure("rare_words", figures::adaptive::words(&ways)?)
}

/// Steps from the turn of the target until the mean weight has crossed 0.
fn crossing(way: &[(f32, f32)]) -> usize {
    let after = &way[way.len() / 2..];
    let crossed = after.iter().position(|(mean, _)| *mean < 0.0);
    crossed.map_or(after.len(), |steps| steps + 1)
}

/// A target that moves, followed by AdaGrad and by RMSProp.
fn following(run: &mut Run) -> anyhow::Result<()> {
    let turns = [250, 1000, 4000];
    let seed = run.seed();
    let follow_to = |optimizer: Optimizer, lr: f32, turn: usize| {
        let mut rng = Rng::new(seed).fork("follow");
        follow(optimizer, lr, 2 * turn, &mut rng)
    };
    let adagrad = |turn| follow_to(Optimizer::new(AdaGrad::default()), 0.3, turn);
    let rmsprop = |turn| follow_to(Optimizer::new(RmsProp::default()), 0.02, turn);
    let turns = &turns[..run.choose(1, 3, 3)];
    let counts: Vec<[usize; 3]> = turns
        .iter()
        .map(|&turn| [turn, crossing(&adagrad(turn)), crossing(&rmsprop(turn))])
        .collect();
    run.say("\nSteps to turn round, when the target turns after so many:");
    run.table(&["turn after", "AdaGrad", "RMSProp"], &counts);
    for [turn, adagrad, rmsprop] in counts {
        for (name, steps) in [("adagrad", adagrad), ("rmsprop", rmsprop)] {
            let value = Value::number(steps as f64).tolerance(3.0);
            run.record(&format!("turn_{turn}_{name}"), value.unit("steps"))?;
        }
    }
    let turn = run.choose(100, 1000, 1000);
    let ways = [("AdaGrad", adagrad(turn)), ("RMSProp", rmsprop(turn))];
    run.figure("forgetting", figures::adaptive::following(&ways)?)
}

/// Adam's first steps with and without the correction.
fn correction(run: &mut Run, clothes: &Clothes) -> anyhow::Result<()> {
    const LR: f32 = 0.003;
    let steps = 20;
    let bare = || Optimizer::new(Uncorrected::default());
    let adam = || Optimizer::new(Adam::default());
    let lengths = [first_steps(adam(), steps), first_steps(bare(), steps)];
    run.say("\nAdam's first steps under an even gradient, in learning rates:");
    let shown = [0, 1, 2, 4, 9, 19];
    run.table(
        &["step", "corrected", "not"],
        shown.map(|i| {
            let [with, without] = [lengths[0][i], lengths[1][i]];
            [
                (i + 1).to_string(),
                format!("{with:.2}"),
                format!("{without:.2}"),
            ]
        }),
    );
    for (i, name) in [(0, "first"), (19, "twentieth")] {
        let value = Value::number(lengths[1][i]).tolerance(0.01);
        run.record(&format!("uncorrected_{name}"), value)?;
    }
    let seeds = run.few_seeds();
    let learn = |mut optimizer: Optimizer, seed: u64| -> Vec<f32> {
        let mut rng = Rng::new(seed).fork("correction");
        let mut net = Mlp::new(&SIZES, &mut rng);
        let order = rng.permutation(clothes.training.len());
        let order = &order[..order.len().min(steps * BATCH)];
        pass(
            &mut net,
            &clothes.training,
            order,
            BATCH,
            &mut optimizer,
            LR,
        )
    };
    let losses = [
        seeds.iter().map(|&seed| learn(adam(), seed)).collect(),
        seeds
            .iter()
            .map(|&seed| learn(bare(), seed))
            .collect::<Vec<_>>(),
    ];
    for (name, losses) in ["corrected", "uncorrected"].iter().zip(&losses) {
        let peaks = losses.iter().map(|l| l.iter().copied().fold(0.0, f32::max));
        let peaks: Vec<f32> = peaks.collect();
        let value = Value::number(peaks[0]).tolerance(0.3).over_seeds(&peaks);
        run.record(&format!("{name}_peak_loss"), value)?;
    }
    run.figure(
        "bias_correction",
        figures::adaptive::correction(&lengths, &losses)?,
    )
}

/// Decay through the gradient and beside it.
fn decays(run: &mut Run) -> anyhow::Result<()> {
    const LAMBDA: f32 = 0.1;
    const LR: f32 = 0.01;
    let steps = run.choose(30, 500, 500);
    let sizes = [0.01, 0.1, 1.0, 10.0];
    let seed = run.seed();
    let left = |optimizer: Optimizer, size: f32| {
        let mut rng = Rng::new(seed).fork("decay");
        decay(optimizer, LR, size, steps, &mut rng)
    };
    let rows = sizes.map(|size| {
        let l2 = left(Optimizer::new(Adam::with_decay(LAMBDA)), size);
        let decoupled = left(Optimizer::new(AdamW::with_decay(LAMBDA)), size);
        (size, [l2, decoupled])
    });
    run.say(format!(
        "\nWhat {steps} steps of decay {LAMBDA} leave of a weight of 1, by the size of its \
         gradient:"
    ));
    run.table(
        &["gradient", "Adam with L2", "AdamW"],
        rows.map(|(size, of)| {
            let [l2, decoupled] = of.map(|left| format!("{left:.2}"));
            [size.to_string(), l2, decoupled]
        }),
    );
    let named = [(0, "tiny"), (1, "small"), (2, "one"), (3, "large")];
    for (i, name) in named {
        let [l2, decoupled] = rows[i].1;
        let value = |left: f32| Value::number(left).tolerance(0.05);
        run.record(&format!("l2_left_{name}"), value(l2))?;
        run.record(&format!("adamw_left_{name}"), value(decoupled))?;
    }
    run.figure("decay", figures::adaptive::decays(&rows)?)
}
