//! The second half of the section `scale`: real tasks, and what a try is worth there.

use anyhow::Result;
use lesson::{Run, Value, percent, thousands};
use nn::data::{Labelled, stratified_split};
use nn::metrics::accuracy;
use tensor::{Keep, Rng, Tensor};

use crate::activation::Activation;
use crate::digits::digits;
use crate::figures;
use crate::loss::cross_entropy;
use crate::luck::{Climb, Found, hill_climb};
use crate::mlp::Mlp;
use crate::softmax::softmax;
use crate::threads;

/// Tries until the loss has fallen to a target, for nets or tasks of growing size.
pub(crate) struct Grown {
    /// Hidden units, or classes.
    pub(crate) size: usize,
    pub(crate) parameters: usize,
    /// For each seed.
    pub(crate) tries: Vec<f32>,
    /// Steps of gradient descent to the same loss, where they were measured.
    pub(crate) steps: Option<usize>,
}

impl Grown {
    pub(crate) fn mean(&self) -> f32 {
        self.tries.iter().sum::<f32>() / self.tries.len() as f32
    }

    fn range(&self) -> String {
        let mut tries: Vec<usize> =
            self.tries.iter().map(|tries| *tries as usize).collect();
        tries.sort_unstable();
        format!(
            "{} to {}",
            thousands(tries[0]),
            thousands(tries[tries.len() - 1])
        )
    }
}

/// Small digits, the first `each` of every class below `classes`, pixels in 0..=1.
fn small_digits(classes: usize, each: usize) -> Result<Labelled> {
    let images = datasets::digits8()?;
    let targets = images.targets();
    let rows: Vec<usize> = (0..classes)
        .flat_map(|class| {
            let of_class = (0..targets.len()).filter(|&row| targets[row] == class);
            of_class.take(each).collect::<Vec<_>>()
        })
        .collect();
    let all = Labelled::new(Tensor::from_array(images.to_f32()), targets);
    Ok(all.pick(&rows))
}

/// A net that has learnt nothing.
fn fresh(sizes: &[usize], seed: u64) -> Mlp {
    let mut rng = Rng::new(seed).fork("scale weights");
    Mlp::new(sizes, Activation::Relu, &mut rng)
}

/// A climb on rows that starts with a net.
fn climb(mut net: Mlp, rows: &Labelled, how: Climb, seed: u64) -> Found {
    let mut rng = Rng::new(seed).fork("scale steps");
    hill_climb(net.parameters(), how, &mut rng, |parameters| {
        net.set_parameters(parameters);
        cross_entropy(&net.forward(&rows.x), &rows.classes)
    })
}

/// The same task and the same target, for nets that grow wider.
pub(crate) fn wider_nets(run: &mut Run) -> Result<()> {
    let rows = small_digits(10, run.choose(5, 20, 20))?;
    let target = 0.5;
    let limit = run.choose(300, 20_000, 20_000);
    let widths: &[usize] =
        run.choose(&[4, 16], &[4, 8, 16, 32, 64], &[4, 8, 16, 32, 64]);
    let bar = run.progress("wider nets", widths.len());
    let mut all = Vec::new();
    for &hidden in widths {
        let sizes = [rows.x.shape()[1], hidden, 10];
        let parameters = fresh(&sizes, 0).parameter_count();
        let how = Climb {
            target,
            ..Climb::tries(limit)
        };
        let tries = |seed| climb(fresh(&sizes, seed), &rows, how, seed).tries as f32;
        let tries = threads::each(run.seeds::<3>(), tries);
        all.push(Grown {
            size: hidden,
            parameters,
            tries,
            steps: None,
        });
        bar.step()?;
    }
    drop(bar);
    run.say(format!(
        "\n{} digits of 8 × 8 pixels, tries until the loss is {target} nats:",
        rows.len()
    ));
    run.table(
        &[
            "hidden units",
            "parameters",
            "tries, mean",
            "over three seeds",
        ],
        all.iter().map(|grown| {
            let mean = thousands(grown.mean().round() as usize);
            [
                grown.size.to_string(),
                thousands(grown.parameters),
                mean,
                grown.range(),
            ]
        }),
    );
    for (name, grown) in [("narrow", &all[0]), ("wide", &all[all.len() - 1])] {
        let value = Value::number(grown.mean()).tolerance(0.5 * grown.mean());
        run.record(&format!("{name}_tries"), value)?;
        run.record(
            &format!("{name}_parameters"),
            Value::count(grown.parameters),
        )?;
    }
    run.figure("wider_nets", figures::scale::wider(&all)?)
}

/// More and more classes for a single layer, and what the gradient needs for the same.
pub(crate) fn harder_tasks(run: &mut Run) -> Result<()> {
    let each = run.choose(5, 50, 50);
    let limit = run.choose(300, 20_000, 20_000);
    let mut all = Vec::new();
    let bar = run.progress("harder tasks", 5);
    for classes in [2, 3, 4, 6, 10] {
        let rows = small_digits(classes, each)?;
        // A tenth of what guessing costs.
        let target = 0.1 * (classes as f32).ln();
        let sizes = [rows.x.shape()[1], classes];
        let how = Climb {
            target,
            ..Climb::tries(limit)
        };
        // From zero, like the descent.
        let mut zero = fresh(&sizes, 0);
        zero.set_parameters(&vec![0.0; zero.parameter_count()]);
        let tries = |seed| climb(zero.clone(), &rows, how, seed).tries as f32;
        all.push(Grown {
            size: classes,
            parameters: (sizes[0] + 1) * classes,
            tries: threads::each(run.seeds::<3>(), tries),
            steps: RATES
                .into_iter()
                .filter_map(|lr| steps_to(target, &rows, lr))
                .min(),
        });
        bar.step()?;
    }
    drop(bar);
    report_harder(run, &all)
}

/// The table, the records and the figure of the harder tasks.
fn report_harder(run: &mut Run, all: &[Grown]) -> Result<()> {
    run.say("\nSoftmax regression on more and more digits, to a tenth of the loss of guessing:");
    let steps = |grown: &Grown| grown.steps.unwrap_or(MOST_STEPS) as f32;
    run.table(
        &[
            "classes",
            "parameters",
            "tries, mean",
            "over three seeds",
            "gradient steps",
            "tries a step",
        ],
        all.iter().map(|grown| {
            [
                grown.size.to_string(),
                thousands(grown.parameters),
                thousands(grown.mean().round() as usize),
                grown.range(),
                steps(grown).to_string(),
                format!("{:.0}", grown.mean() / steps(grown)),
            ]
        }),
    );
    for (name, grown) in [("three", &all[1]), ("ten", &all[4])] {
        let (mean, ratio) = (grown.mean(), grown.mean() / steps(grown));
        run.record(
            &format!("{name}_classes_tries"),
            Value::number(mean).tolerance(0.5 * mean),
        )?;
        let value = Value::number(ratio).tolerance(0.6 * ratio);
        run.record(&format!("{name}_classes_ratio"), value)?;
        run.record(
            &format!("{name}_classes_steps"),
            Value::number(steps(grown)).tolerance(2.0),
        )?;
    }
    run.figure("harder_tasks", figures::scale::harder(all)?)
}

/// Learning rates of which the fastest counts.
const RATES: [f32; 3] = [0.3, 1.0, 3.0];

/// Steps of gradient descent at most.
const MOST_STEPS: usize = 2000;

/// Steps of gradient descent until softmax regression reaches a loss: lesson 1's gradient,
/// inputs transposed times (prediction − target), with all rows in every step.
fn steps_to(target: f32, rows: &Labelled, lr: f32) -> Option<usize> {
    let (n, d) = (rows.len() as f32, rows.x.shape()[1]);
    let classes = rows.classes.iter().max().map_or(0, |last| last + 1);
    let targets = Tensor::one_hot(&rows.classes, classes); // [N, K]
    let (mut w, mut b) = (Tensor::zeros(&[d, classes]), Tensor::zeros(&[classes]));
    for step in 0..=MOST_STEPS {
        let logits = rows.x.matmul(&w) + &b; // [N, D] x [D, K] -> [N, K]
        if cross_entropy(&logits, &rows.classes) <= target {
            return Some(step);
        }
        let error = (softmax(&logits) - &targets) / n; // [N, K]
        w = w - lr * rows.x.t().matmul(&error); // [D, N] x [N, K] -> [D, K]
        b = b - lr * error.sum_axis(0, Keep::No);
    }
    None
}

/// Digits that lesson 1 learnt from: eight in ten of all, less an eighth of these, on which it
/// chose its learning rate.
const LESSON_1_DIGITS: f64 = 7000.0;

/// A climb on MNIST.
pub(crate) struct OnMnist {
    pub(crate) found: Found,
    /// Of the digits it learnt from, and of the test digits.
    right: [f32; 2],
}

/// A net of two layers on MNIST, with a fixed number of tries.
pub(crate) fn mnist(run: &mut Run) -> Result<()> {
    let all = digits(10_000)?;
    // The test digits of lesson 1.
    let mut rng = Rng::new(1).fork("mnist split");
    let (rest, test) = stratified_split(&all.classes, 0.2, &mut rng);
    let seen = all.pick(&rest[..run.choose(50, 500, 500)]);
    let test = all.pick(&test);
    let sizes = [784, 16, 10];
    let tries = run.choose(30, 3000, 3000);
    // One weight in fifty at a time: as good as all of them, and cheaper to draw.
    let how = Climb {
        share: 0.02,
        ..Climb::tries(tries)
    };
    let climbs = threads::each(run.seeds::<3>(), |seed| {
        let found = climb(fresh(&sizes, seed), &seen, how, seed);
        let mut net = fresh(&sizes, seed);
        net.set_parameters(&found.parameters);
        let right =
            [&seen, &test].map(|part| accuracy(&net.forward(&part.x), &part.classes));
        OnMnist { found, right }
    });
    report_mnist(run, &fresh(&sizes, 0), &climbs, seen.len())
}

/// What the climbs reached, and what they cost beside lesson 1.
fn report_mnist(
    run: &mut Run,
    net: &Mlp,
    climbs: &[OnMnist],
    seen: usize,
) -> Result<()> {
    let tries = climbs[0].found.tries;
    run.say(format!(
        "\nMNIST, {} parameters, {} tries on {seen} digits:",
        thousands(net.parameter_count()),
        thousands(tries)
    ));
    run.table(
        &["seed", "loss", "these digits right", "test digits right"],
        climbs.iter().zip(run.seeds::<3>()).map(|(climb, seed)| {
            let [seen, test] = climb.right.map(percent);
            [
                seed.to_string(),
                format!("{:.3}", climb.found.loss),
                seen,
                test,
            ]
        }),
    );
    let right: Vec<f32> = climbs.iter().map(|climb| climb.right[1]).collect();
    let value = Value::fraction(right[0]).tolerance(0.04).over_seeds(&right);
    run.record("mnist_luck_accuracy", value)?;
    let seen_right: Vec<f32> = climbs.iter().map(|climb| climb.right[0]).collect();
    let value = Value::fraction(seen_right[0])
        .tolerance(0.04)
        .over_seeds(&seen_right);
    run.record("mnist_luck_seen", value)?;
    run.record("mnist_luck_parameters", Value::count(net.parameter_count()))?;
    run.record("mnist_luck_tries", Value::count(tries))?;
    // Lesson 1, the training that it kept: twenty passes over its digits, one product forward
    // and one for the slopes.
    let lesson_1 = 20.0 * LESSON_1_DIGITS * 2.0 * 7840.0;
    let luck = tries as f64 * net.multiply_adds(seen) as f64;
    let whole = luck * LESSON_1_DIGITS / seen as f64;
    run.say(format!(
        "That is {:.0} thousand million multiply-adds, {:.0} times those of lesson 1.",
        luck / 1e9,
        luck / lesson_1
    ));
    for (name, work) in [
        ("mnist_luck_factor", luck),
        ("mnist_luck_factor_whole", whole),
    ] {
        run.record(name, Value::number(work / lesson_1).tolerance(0.1))?;
    }
    run.record(
        "mnist_luck_billions",
        Value::number(luck / 1e9).tolerance(0.1),
    )?;
    run.figure("mnist_luck", figures::scale::mnist(climbs)?)
}
