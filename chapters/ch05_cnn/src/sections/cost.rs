//! The section `cost`: parameters, multiply-adds, and how fast this machine makes them.

use std::hint::black_box;
use std::thread;

use lesson::{Run, Value, fastest, thousands};
use nn::Net;
use nn::optim::{Adam, Optimizer};
use nn::{Module, Pass};
use tensor::pictures::Conv;
use tensor::{Rng, Tensor, no_grad};

use crate::digits::SIDE;
use crate::models::cost::{Counted, Walk};
use crate::models::{AlexNet, InceptionNet, LeNet, Nin, Vgg};

/// Pictures in a step.
const BATCH: usize = 64;

/// Threads that copy at the same time: the cores that the course counts on.
const THREADS: usize = 2;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("cost");
    let lenet = LeNet::new(1, SIDE, 10, &mut rng);
    let start = Walk::new([1, SIDE, SIDE]);
    let walk = lenet.walk(start.clone());
    run.say("LeNet-5, for one digit:");
    run.table(
        &["layer", "out", "parameters", "multiply-adds"],
        walk.steps.iter().map(|step| {
            [
                step.what.clone(),
                format!("{:?}", step.shape),
                thousands(step.parameters),
                thousands(step.multiply_adds),
            ]
        }),
    );
    let dense = walk.steps.iter().filter(|step| step.shape[1] == 1);
    let dense: usize = dense.map(|step| step.parameters).sum();
    let share = Value::fraction(dense as f32 / walk.parameters() as f32);
    run.record("lenet_dense_share", share)?;
    let all = [
        ("LeNet", walk),
        (
            "AlexNet",
            AlexNet::new(1, SIDE, 10, &mut rng).walk(start.clone()),
        ),
        (
            "VGG",
            Vgg::new(1, &[16, 32, 64], 2, 10, &mut rng).walk(start.clone()),
        ),
        ("NiN", Nin::new(1, 10, &mut rng).walk(start.clone())),
        ("Inception", InceptionNet::new(1, 10, &mut rng).walk(start)),
    ];
    run.say("\nAll five:");
    run.table(
        &["net", "parameters", "multiply-adds"],
        all.iter().map(|(name, walk)| {
            let counts = [walk.parameters(), walk.multiply_adds()];
            let [parameters, multiply_adds] = counts.map(thousands);
            [(*name).to_owned(), parameters, multiply_adds]
        }),
    );
    for (name, walk) in &all {
        let name = name.to_lowercase();
        let count = Value::count(walk.parameters());
        run.record(&format!("{name}_parameters"), count)?;
        let count = Value::count(walk.multiply_adds());
        run.record(&format!("{name}_multiply_adds"), count)?;
    }
    let rate = machine(run)?;
    convolutions(run, rate, &mut rng)?;
    step(run, lenet, all[0].1.multiply_adds(), rate)
}

// ANCHOR: machine
/// What the machine can do at best: multiply-adds a second in a large product, and bytes a
/// second from memory to memory. Returns the first.
fn machine(run: &mut Run) -> anyhow::Result<f64> {
    let side = run.choose(128, 768, 768);
    let a = Rng::new(run.seed()).normal_tensor(&[side, side], 0.0, 1.0);
    let time = fastest(run.choose(1, 15, 15), || a.matmul(&a));
    let rate = (side * side * side) as f64 / time.as_secs_f64();

    let numbers = run.choose(1 << 16, 1 << 23, 1 << 23); // far more than the caches hold
    let from: Vec<Vec<f32>> = vec![vec![1.0; numbers]; THREADS];
    let mut to = vec![vec![0.0_f32; numbers]; THREADS];
    let time = fastest(run.choose(1, 15, 15), || {
        thread::scope(|scope| {
            for (from, to) in from.iter().zip(&mut to) {
                scope.spawn(|| black_box(to).copy_from_slice(black_box(from)));
            }
        });
    });
    // Each number is read once and written once.
    let bytes = (2 * size_of::<f32>() * THREADS * numbers) as f64 / time.as_secs_f64();
    // ANCHOR_END: machine
    run.note(format!(
        "a large product: {:.0} billion multiply-adds a second; memory: {:.0} GB a second",
        rate / 1e9,
        bytes / 1e9
    ));
    let value = Value::number(rate / 1e9).unit("billion multiply-adds a second");
    run.record("product_rate", value.never_compared())?;
    let value = Value::number(bytes / 1e9).unit("GB a second");
    run.record("memory_rate", value.never_compared())?;
    let value = Value::number(rate / bytes).unit("multiply-adds a byte");
    run.record("machine_balance", value.never_compared())?;
    Ok(rate)
}

/// Two convolutions that differ in how often a number is used.
fn convolutions(run: &mut Run, rate: f64, rng: &mut Rng) -> anyhow::Result<()> {
    for (name, [c, side, o]) in [("thin", [1, 28, 32]), ("thick", [32, 14, 64])] {
        let x = rng.normal_tensor(&[BATCH, c, side, side], 0.0, 1.0);
        let kernels = rng.normal_tensor(&[o, c, 3, 3], 0.0, 0.1);
        let how = Conv::default().padding(1);
        let time = fastest(run.choose(1, 51, 51), || {
            no_grad(|| x.conv2d(&kernels, None, how))
        });
        let seconds = time.as_secs_f64();
        let work = (BATCH * o * side * side * 9 * c) as f64;
        let bytes = 4.0 * (BATCH * side * side * (c + o)) as f64;
        let reached = work / seconds / rate;
        run.note(format!(
            "{c} channels to {o}: {:.2} ms, {:.0} % of the product's rate",
            1e3 * seconds,
            100.0 * reached
        ));
        let value = Value::number(work / bytes).unit("multiply-adds a byte");
        run.record(&format!("conv_{name}_intensity"), value.tolerance(1e-3))?;
        let value = Value::fraction(reached).never_compared();
        run.record(&format!("conv_{name}_reached"), value)?;
    }
    Ok(())
}

/// One step of LeNet: both ways, and Adam.
fn step(
    run: &mut Run,
    mut net: LeNet,
    multiply_adds: usize,
    rate: f64,
) -> anyhow::Result<()> {
    let mut adam = Optimizer::new(Adam::default());
    let x = Tensor::full(&[BATCH, 1, SIDE, SIDE], 0.5); // [B, 1, 28, 28]
    let classes: Vec<usize> = (0..BATCH).map(|i| i % 10).collect();
    let parameters = net.parameter_count();
    let time = fastest(run.choose(1, 51, 51), || {
        let logits = net.forward(&x, &mut Pass::Use); // [B, K]
        let gradients = logits.cross_entropy(&classes).backward();
        adam.step(&mut net, &gradients, 1e-4);
    });
    let seconds = time.as_secs_f64();
    // Forward once; back once to the weights and once to what went in.
    let work = (3 * BATCH * multiply_adds) as f64;
    let reached = work / seconds / rate;
    run.note(format!(
        "a step of LeNet, {} parameters: {:.2} ms, {:.0} % of the product's rate",
        thousands(parameters),
        1e3 * seconds,
        100.0 * reached
    ));
    let value = Value::number(1e3 * seconds).unit("ms").never_compared();
    run.record("lenet_step_ms", value)?;
    let value = Value::fraction(reached).never_compared();
    run.record("lenet_step_reached", value)
}
