//! The section `cost`: what each optimiser remembers, and how long its step takes.

use std::hint::black_box;
use std::time::Instant;

use lesson::{Run, Value, thousands};
use nn::data::Labelled;
use nn::optim::{AdaGrad, Adam, AdamW, Optimizer, RmsProp, Sgd};
use nn::{Mlp, Module, Net, Pass};
use tensor::{Gradients, Rng};

use crate::clothes::Clothes;
use crate::figures;

/// Pixels, two hidden layers, classes: the net of the comparison with PyTorch.
const SIZES: [usize; 4] = [784, 256, 128, 10];

/// Pictures in a step.
const BATCH: usize = 64;

/// A line of the bill.
pub(crate) struct Cost {
    pub(crate) name: &'static str,
    /// Numbers that it remembers for each weight.
    pub(crate) remembers: usize,
    /// Seconds of its step, the gradient being there.
    pub(crate) step: f64,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let steps = run.choose(3, 51, 51);
    let clothes = Clothes::load()?;
    let batch = clothes.training.pick(&Vec::from_iter(0..BATCH));
    let net = Mlp::new(&SIZES, &mut Rng::new(run.seed()).fork("cost"));
    let gradient = gradient(&net, &batch);
    let bill = optimisers().map(|(name, optimizer)| {
        let (remembers, step) = measure(&net, optimizer, &gradient, steps);
        Cost {
            name,
            remembers,
            step,
        }
    });
    let walk = median(steps, || drop(black_box(self::gradient(&net, &batch))));
    say(run, &net, &bill);
    for cost in &bill {
        run.note(format!("{}: {:.3} ms a step", cost.name, 1e3 * cost.step));
    }
    run.note(format!("loss and gradient: {:.3} ms", 1e3 * walk));
    let adam = bill.iter().find(|cost| cost.name == "Adam");
    let adam = adam.map_or(0.0, |cost| cost.step);
    let share = Value::fraction(adam / (adam + walk)).never_compared();
    run.record("adam_share_of_step", share)?;
    run.record("cost_parameters", Value::count(net.parameter_count()))?;
    run.figure("optimiser_bill", figures::cost::bill(&bill)?)
}

/// The rules of the lesson with a memory each.
fn optimisers() -> [(&'static str, Optimizer); 7] {
    [
        ("SGD", Optimizer::new(Sgd::default())),
        ("momentum", Optimizer::new(Sgd::momentum(0.9))),
        ("Nesterov", Optimizer::new(Sgd::nesterov(0.9))),
        ("AdaGrad", Optimizer::new(AdaGrad::default())),
        ("RMSProp", Optimizer::new(RmsProp::default())),
        ("Adam", Optimizer::new(Adam::default())),
        ("AdamW", Optimizer::new(AdamW::default())),
    ]
}

/// The gradient of the loss on a batch.
fn gradient(net: &Mlp, batch: &Labelled) -> Gradients {
    let logits = net.forward(&batch.x, &mut Pass::Use); // [B, K]
    logits.cross_entropy(&batch.classes).backward()
}

/// Numbers remembered for a weight, and the median seconds of a step.
fn measure(
    net: &Mlp,
    mut optimizer: Optimizer,
    gradient: &Gradients,
    steps: usize,
) -> (usize, f64) {
    let mut net = net.clone();
    let seconds = median(steps, || optimizer.step(&mut net, gradient, 1e-3));
    let held: usize = optimizer
        .state()
        .iter()
        .map(|(_, tensor)| tensor.len())
        .sum();
    (held / net.parameter_count(), seconds)
}

/// The median seconds of some calls, after a first that nobody times.
fn median(calls: usize, mut call: impl FnMut()) -> f64 {
    call();
    let mut seconds: Vec<f64> = (0..calls)
        .map(|_| {
            let start = Instant::now();
            call();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds[calls / 2]
}

/// What is remembered, in numbers and in bytes.
fn say(run: &mut Run, net: &Mlp, bill: &[Cost]) {
    let parameters = net.parameter_count();
    run.say(format!(
        "A net of {} parameters, {} KiB as f32. On top of it:",
        thousands(parameters),
        thousands(4 * parameters / 1024)
    ));
    run.table(
        &["optimiser", "numbers a weight", "KiB"],
        bill.iter().map(|cost| {
            let kib = 4 * cost.remembers * parameters / 1024;
            [
                cost.name.to_string(),
                cost.remembers.to_string(),
                thousands(kib),
            ]
        }),
    );
}
