//! Layers: XOR by hand, digits through a net that has learnt nothing, and two moons.

use std::time::{Duration, Instant};

use lesson::{Run, Value, percent, thousands};
use nn::data::{Labelled, two_moons};
use nn::metrics::accuracy;
use tensor::{Rng, Tensor};

use crate::activation::Activation;
use crate::digits::digits;
use crate::figures;
use crate::loss::binary_cross_entropy;
use crate::luck::{Climb, hill_climb};
use crate::mlp::Mlp;
use crate::xor::{xor_by_hand, xor_table};

/// The net of the page: 784 pixels, two hidden layers, ten scores.
const SIZES: [usize; 4] = [784, 256, 128, 10];

/// Pictures in a batch.
const BATCH: usize = 64;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    xor(run)?;
    let pictures = digits(500)?;
    let net = Mlp::new(
        &SIZES,
        Activation::Relu,
        &mut Rng::new(run.seed()).fork("net"),
    );
    shapes(run, &net, &pictures)?;
    forward_time(run, &net, &pictures)?;
    untrained(run, &pictures)?;
    moons(run)
}

/// XOR by two hidden units, every number on the way.
fn xor(run: &mut Run) -> anyhow::Result<()> {
    let (x, classes) = xor_table();
    let net = xor_by_hand();
    let scores = net.layers[0].scores(&x).to_vec();
    let hidden = net.layers[0].forward(&x).to_vec();
    let output = net.forward(&x).to_vec();
    run.say("XOR by two hidden units:");
    let pair = |of: &[f32], row: usize| format!("{}, {}", of[2 * row], of[2 * row + 1]);
    let row = |row: usize| {
        let [inputs, z, h] =
            [&x.to_vec(), &scores, &hidden].map(|of: &Vec<f32>| pair(of, row));
        [inputs, z, h, output[row].to_string()]
    };
    run.table(&["x₁, x₂", "z₁, z₂", "h₁, h₂", "y"], (0..4).map(row));
    run.figure("xor_relu", figures::layers::xor_net()?)?;
    let hidden: Vec<[f32; 2]> = hidden.chunks(2).map(|h| [h[0], h[1]]).collect();
    run.figure(
        "xor_hidden",
        figures::layers::xor_hidden(&net, &x, &hidden, &classes)?,
    )
}

/// A batch of digits through the net, the shape after every step.
fn shapes(run: &mut Run, net: &Mlp, pictures: &Labelled) -> anyhow::Result<()> {
    let steps = net.activations(&pictures.x.slice(0, 0..BATCH)); // [B, 784], …
    run.say(format!(
        "\n{BATCH} digits through a net that has learnt nothing:"
    ));
    let shape = |of: &Tensor| format!("{:?}", of.shape());
    let row = |l: usize| {
        let layer = &net.layers[l];
        let held = layer.weights.len() + layer.bias.len();
        [
            (l + 1).to_string(),
            shape(&steps[l]),
            shape(&layer.weights),
            shape(&layer.bias),
            shape(&steps[l + 1]),
            thousands(held),
        ]
    };
    run.table(
        &["layer", "goes in", "W", "b", "comes out", "numbers held"],
        (0..net.layers.len()).map(row),
    );
    run.say(format!(
        "All together: {} numbers.",
        thousands(net.parameter_count())
    ));
    run.record("mlp_parameters", Value::count(net.parameter_count()))?;
    run.record("mlp_multiply_adds", Value::count(net.multiply_adds(BATCH)))?;
    run.figure("mlp_shapes", figures::layers::mlp_shapes()?)
}

/// How long a forward pass takes, and its first layer by loops.
fn forward_time(run: &mut Run, net: &Mlp, pictures: &Labelled) -> anyhow::Result<()> {
    let x = pictures.x.slice(0, 0..BATCH);
    let seconds = median_seconds(run.choose(15, 101, 101), || net.forward(&x));
    // A multiply-add is two operations.
    let gflops = 2.0 * net.multiply_adds(BATCH) as f64 / seconds / 1e9;
    let (first, rows) = (&net.layers[0], x.to_vec());
    let by_loops = median_seconds(run.choose(1, 5, 5), || first.scores_by_loops(&rows));
    let loops_gflops = 2.0 * (BATCH * first.weights.len()) as f64 / by_loops / 1e9;
    run.note(format!(
        "A forward pass took {:.3} ms: {gflops:.0} GFLOP/s, by loops {loops_gflops:.1}.",
        1e3 * seconds
    ));
    let here =
        |value: f64, unit: &str| Value::number(value).unit(unit).never_compared();
    run.record("mnist_forward_ms", here(1e3 * seconds, "ms"))?;
    run.record("mnist_forward_gflops", here(gflops, "GFLOP/s"))?;
    run.record("loops_gflops", here(loops_gflops, "GFLOP/s"))
}

/// The median of the times that so many calls take.
fn median_seconds<T>(calls: usize, work: impl Fn() -> T) -> f64 {
    let mut times: Vec<Duration> = (0..calls)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(work());
            start.elapsed()
        })
        .collect();
    times.sort();
    times[calls / 2].as_secs_f64()
}

/// What nets say before they have learnt anything.
fn untrained(run: &mut Run, pictures: &Labelled) -> anyhow::Result<()> {
    let nets: usize = run.choose(20, 50, 50);
    let read = |net: usize| {
        let mut rng = Rng::new(run.seed()).fork(&format!("untrained {net}"));
        let net = Mlp::new(&SIZES, Activation::Relu, &mut rng);
        accuracy(&net.forward(&pictures.x), &pictures.classes)
    };
    let read: Vec<f32> = (0..nets).map(read).collect();
    let mean = read.iter().sum::<f32>() / nets as f32;
    let lowest = read.iter().copied().fold(1.0, f32::min);
    let highest = read.iter().copied().fold(0.0, f32::max);
    run.say(format!(
        "\n{nets} nets that have learnt nothing read {} of the digits on average,\nthe worst \
         {}, the best {}.",
        percent(mean),
        percent(lowest),
        percent(highest)
    ));
    let record = |value: f32| Value::fraction(value).tolerance(0.02);
    run.record("untrained_accuracy", record(mean))?;
    run.record("untrained_accuracy_low", record(lowest))?;
    run.record("untrained_accuracy_high", record(highest))
}

/// A net on the two moons, and the share of unseen points that it gets right.
pub(crate) struct OnMoons {
    pub(crate) title: &'static str,
    pub(crate) net: Mlp,
    pub(crate) accuracy: f64,
}

/// A line and a net with two hidden layers on two moons, both found by hill climbing.
fn moons(run: &mut Run) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("moons");
    let (x, classes) = two_moons(200, 0.15, &mut rng);
    let (unseen, truths) = two_moons(1000, 0.15, &mut rng);
    let tries = run.choose(400, 3000, 3000);
    let climb = |title, sizes: &[usize]| {
        let mut rng = rng.fork(title);
        let net = Mlp::new(sizes, Activation::Tanh, &mut rng);
        let net = climbed(net, &x, &classes, tries, &mut rng);
        let accuracy = right(&net, &unseen, &truths);
        OnMoons {
            title,
            net,
            accuracy,
        }
    };
    let nets = [
        climb("one unit", &[2, 1]),
        climb("two hidden layers", &[2, 12, 12, 1]),
    ];
    run.say("\nTwo moons, unseen points right:");
    run.table(
        &["net", "numbers", "right"],
        nets.each_ref().map(|on| {
            let numbers = on.net.parameter_count().to_string();
            [on.title.to_string(), numbers, percent(on.accuracy)]
        }),
    );
    let value = |on: &OnMoons| Value::fraction(on.accuracy).tolerance(0.02);
    run.record("moons_line", value(&nets[0]))?;
    run.record("moons_net", value(&nets[1]))?;
    let points = Labelled::new(x.clone(), classes.clone());
    run.figure("moons_nets", figures::layers::moons(&points, &nets)?)
}

/// The net after so many tries of hill climbing (page *Learning by luck*).
fn climbed(
    mut net: Mlp,
    x: &Tensor,
    classes: &[usize],
    tries: usize,
    rng: &mut Rng,
) -> Mlp {
    let ones = classes.iter().map(|&class| class as f32).collect();
    let targets = Tensor::from_vec(ones, &[classes.len(), 1]); // [N, 1]
    let start = net.parameters();
    let found = hill_climb(start, Climb::tries(tries), rng, |parameters| {
        net.set_parameters(parameters);
        binary_cross_entropy(&net.forward(x), &targets)
    });
    net.set_parameters(&found.parameters);
    net
}

/// The share of points on the right side: score above 0 for class 1.
fn right(net: &Mlp, x: &Tensor, classes: &[usize]) -> f64 {
    let scores = net.forward(x).to_vec();
    let agree = |(score, class): (&f32, &usize)| usize::from(*score > 0.0) == *class;
    let right = scores.iter().zip(classes).filter(|at| agree(*at)).count();
    right as f64 / classes.len() as f64
}
