//! The section `norm`: batch normalisation, while training and in use.

use lesson::{Run, Value, percent};
use nn::classify::{Classification, logits};
use nn::data::Labelled;
use nn::layers::BatchNorm;
use nn::metrics::accuracy;
use nn::{Init, Mlp, Pass};
use tensor::gradcheck::check;
use tensor::{Keep, Rng, Tensor};

use super::init::some_pictures;
use crate::figures;
use crate::norms::{frozen, in_company, right_in_company};
use crate::signals::{DEPTH, Learnt, deep, flow, learn, spread};

/// Learning rates, chosen by us to reach from too low to too high for either net.
const RATES: [f32; 6] = [0.001, 0.01, 0.03, 0.1, 0.3, 1.0];

/// The rate whose normalised nets are looked at further: one at which only they learn.
const LR: f32 = 0.1;

/// First weights that the page before found wanting.
const STARTS: [(&str, &str, Init); 2] = [
    ("small", "0.01", Init::Normal(0.01)),
    ("large", "1", Init::Normal(1.0)),
];

/// Sizes of the batches in which a net that was not switched is used.
const SIZES: [usize; 7] = [1, 2, 4, 8, 16, 64, 200];

/// Sizes of the company that one picture is seen in.
const COMPANY: [usize; 4] = [2, 8, 32, 128];

/// Nets trained at one rate, a place a seed.
pub(crate) struct Rated {
    /// The learning rate.
    pub(crate) lr: f32,
    /// What became of them.
    pub(crate) learnt: Vec<Learnt>,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let [training, validation] = some_pictures(run)?;
    let task = Classification {
        training: &training,
        validation: &validation,
    };
    gradients(run)?;
    starts(run, &task)?;
    let plain = rates(run, &task, false)?;
    let normed = rates(run, &task, true)?;
    compare(run, &plain, &normed)?;
    run.figure("norm_rates", figures::norm::rates(&plain, &normed)?)?;
    let nets = normed.into_iter().find(|rated| rated.lr == LR);
    let nets: Vec<Mlp> = nets.map_or(Vec::new(), |r| {
        r.learnt.into_iter().map(|l| l.net).collect()
    });
    forgotten(run, &nets, &validation)?;
    company(run, &nets[0], &validation)
}

/// The gradient of the layer, and of one that takes its statistics for constants, held
/// against central differences.
fn gradients(run: &mut Run) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("norm gradients");
    let x = rng.normal_tensor(&[6, 3], 1.0, 2.0); // [B, C]
    let [scale, shift] = [1.0, 0.0].map(|mean| rng.normal_tensor(&[3], mean, 0.5));
    let layer = |inputs: &[Tensor]| {
        let mut norm = BatchNorm::new(3);
        (norm.scale, norm.shift) = (inputs[1].clone(), inputs[2].clone());
        norm.forward(&inputs[0], &Pass::Train(&mut Rng::new(0)))
    };
    let checked = check(layer, &[x.clone(), scale, shift], 1e-2);
    let error = checked.iter().map(|c| c.error).fold(0.0, f32::max);
    let wrong = check(|inputs| frozen(&inputs[0]), &[x], 1e-2);
    run.say("Gradients against central differences, largest relative error:");
    run.table(
        &["batch normalisation", "error"],
        [
            ["through mean and variance", &format!("{error:.5}")],
            [
                "both taken for constants",
                &format!("{:.2}", wrong[0].error),
            ],
        ],
    );
    run.record("norm_check_error", Value::number(error).tolerance(1e-3))?;
    run.record(
        "norm_frozen_error",
        Value::number(wrong[0].error).tolerance(0.3),
    )
}

/// Ten ReLU layers from bad first weights, normalised, at a rate that suits the plain net.
fn starts(run: &mut Run, task: &Classification) -> anyhow::Result<()> {
    let plan = (0.01, run.choose(1, 3, 3));
    let rows: Vec<usize> = (0..task.training.len().min(500)).collect();
    let batch = task.training.pick(&rows);
    let mut lines = Vec::new();
    for (key, name, init) in STARTS {
        let (mut last, mut right) = (Vec::new(), Vec::new());
        for seed in run.few_seeds() {
            let mut rng = Rng::new(seed).fork("deep");
            let net = deep(Tensor::relu, init, &mut rng).with_batch_norm();
            let seen = flow(&net.clone(), &batch, &mut Pass::Train(&mut rng));
            last.push(spread(&seen.signals[DEPTH - 1]));
            right.push(learn(net, task, plan, seed, || run.check_interrupt())?.right);
        }
        let value = Value::fraction(right[0]).tolerance(0.03);
        run.record(&format!("norm_{key}_right"), value.over_seeds(&right))?;
        let value = Value::number(last[0]).tolerance(0.02);
        run.record(&format!("norm_{key}_signal"), value.over_seeds(&last))?;
        lines.push([name.to_string(), format!("{:.2}", last[0]), shares(&right)]);
    }
    run.say("\nTen layers of ReLU with batch normalisation, rate 0.01, three seeds:");
    let head = [
        "first weights",
        "spread behind layer 10",
        "validation pictures right",
    ];
    run.table(&head, lines);
    Ok(())
}

/// Nets of every rate and seed, with or without normalisation.
fn rates(
    run: &mut Run,
    task: &Classification,
    normed: bool,
) -> anyhow::Result<Vec<Rated>> {
    let epochs = run.choose(1, 3, 3);
    let bar = run.progress("rates", 3 * RATES.len());
    let mut all = Vec::new();
    for lr in RATES {
        let mut learnt = Vec::new();
        for seed in run.few_seeds() {
            let net = deep(Tensor::relu, Init::He, &mut Rng::new(seed).fork("deep"));
            let net = if normed { net.with_batch_norm() } else { net };
            learnt.push(learn(net, task, (lr, epochs), seed, || {
                run.check_interrupt()
            })?);
            bar.step()?;
        }
        all.push(Rated { lr, learnt });
    }
    Ok(all)
}

/// Both nets at every rate.
fn compare(run: &mut Run, plain: &[Rated], normed: &[Rated]) -> anyhow::Result<()> {
    let right =
        |rated: &Rated| rated.learnt.iter().map(|l| l.right).collect::<Vec<_>>();
    run.say("\nTen layers of ReLU from He's weights, validation pictures right, three seeds:");
    let pairs = plain.iter().zip(normed);
    let row = |(plain, normed): (&Rated, &Rated)| {
        [
            plain.lr.to_string(),
            shares(&right(plain)),
            shares(&right(normed)),
        ]
    };
    run.table(&["rate", "plain", "batch norm"], pairs.map(row));
    for (name, nets) in [("plain", plain), ("normed", normed)] {
        let lost = nets
            .iter()
            .flat_map(|r| &r.learnt)
            .filter(|l| l.diverged)
            .count();
        run.say(format!(
            "{name}: the loss of {lost} of {} nets diverged",
            3 * nets.len()
        ));
        let value = Value::number(lost as f64).tolerance(3.0);
        run.record(&format!("norm_{name}_diverged"), value)?;
        for (place, rated) in nets.iter().enumerate() {
            let right = right(rated);
            let value = Value::fraction(right[0]).tolerance(0.03);
            let name = format!("norm_{name}_rate_{}", place + 1);
            run.record(&name, value.over_seeds(&right))?;
        }
    }
    Ok(())
}

/// What nets say that were not switched from training to use.
fn forgotten(run: &mut Run, nets: &[Mlp], data: &Labelled) -> anyhow::Result<()> {
    let mut mixed = Rng::new(run.seed()).fork("company").permutation(data.len());
    mixed.truncate(run.choose(50, 1000, 1000));
    let mut sorted = mixed.clone();
    sorted.sort_by_key(|&row| data.classes[row]);
    let some = data.pick(&mixed);
    let switched = |net: &Mlp| accuracy(&logits(net, &some.x), &some.classes);
    let used: Vec<f32> = nets.iter().map(switched).collect();
    let curves = [&mixed, &sorted].map(|order| {
        SIZES.map(|size| -> Vec<f32> {
            let right = |net| right_in_company(net, data, order, size);
            nets.iter().map(right).collect()
        })
    });
    run.say("\nTrained with batch norm, and not switched to use; pictures right, three seeds:");
    let rows = SIZES.iter().zip(&curves[0]).zip(&curves[1]);
    let row = |((size, mixed), sorted): ((&usize, &Vec<f32>), &Vec<f32>)| {
        [size.to_string(), shares(mixed), shares(sorted)]
    };
    run.table(
        &["batch in use", "classes mixed", "sorted by class"],
        rows.map(row),
    );
    run.say(format!("switched to use: {}", shares(&used)));
    for (name, right) in [
        ("norm_used_right", &used),
        ("norm_alone_right", &curves[0][0]),
        ("norm_mixed_right", &curves[0][5]),
        ("norm_sorted_right", &curves[1][5]),
    ] {
        let value = Value::fraction(right[0]).tolerance(0.03);
        run.record(name, value.over_seeds(right))?;
    }
    let figure = figures::norm::forgotten(&SIZES, &curves, used[0])?;
    run.figure("norm_forgotten", figure)
}

/// How much the company that a picture is seen in changes what the first layer makes of
/// it.
fn company(run: &mut Run, net: &Mlp, data: &Labelled) -> anyhow::Result<()> {
    let times = run.choose(10, 400, 400);
    let mut rng = Rng::new(run.seed()).fork("company");
    let seen = COMPANY.map(|size| in_company(net, data, size, times, &mut rng));
    let mut rows = Vec::new();
    for (size, seen) in COMPANY.iter().zip(&seen) {
        let centred = seen - seen.mean_axis(0, Keep::No); // [times, C]
        let deviation = spread(&centred);
        rows.push([size.to_string(), format!("{deviation:.3}")]);
        let value = Value::number(deviation).tolerance(0.3 * deviation);
        run.record(&format!("norm_noise_{size}"), value)?;
    }
    run.say("\nOne picture in the first layer, beside others drawn at random:");
    run.table(&["batch", "deviation of a normalised sum"], rows);
    run.figure("norm_company", figures::norm::company(&COMPANY, &seen)?)
}

/// Shares as percentages, side by side.
fn shares(shares: &[f32]) -> String {
    let each: Vec<String> = shares.iter().map(|&s| percent(s)).collect();
    each.join("  ")
}
