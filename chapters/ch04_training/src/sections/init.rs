//! The section `init`: first weights, and the spread of signals over ten layers.

use lesson::{Run, Value, percent, thousands};
use nn::classify::Classification;
use nn::data::Labelled;
use nn::{Activation, Init, Mlp, Pass};
use tensor::{Rng, Tensor};

use crate::figures;
use crate::signals::{
    DEPTH, Learnt, all_equal, apart, deep, flow, learn, pictures, spread,
};

/// Learning rate and epochs of the net with one hidden layer; the rate chosen by us.
const SHALLOW: (f32, usize) = (0.01, 2);

/// The learning rate of the deep nets: of those that the next page tries, the one with
/// which ReLU layers from He's weights get furthest on the validation pictures.
const LR: f32 = 0.01;

/// The weight of every connection in the net whose units all start equal.
const EQUAL: f32 = 0.05;

/// The rules compared on the deep net, and their names in values and tables.
const RULES: [(&str, &str, Init); 4] = [
    ("small", "0.01", Init::Normal(0.01)),
    ("large", "1", Init::Normal(1.0)),
    ("xavier", "Xavier", Init::Xavier),
    ("he", "He", Init::He),
];

/// Layers that tables show.
const SHOWN: [usize; 6] = [1, 2, 4, 6, 8, 10];

/// One rule on one activation, a place in each list for each seed.
pub(crate) struct Start {
    /// The name of the rule.
    pub(crate) rule: &'static str,
    /// The activations of the first seed, layer by layer, `[B, H]` each.
    pub(crate) signals: Vec<Tensor>,
    /// The spread of activations, by seed and layer.
    pub(crate) forwards: Vec<Vec<f32>>,
    /// The spread of gradients, by seed and layer.
    pub(crate) backwards: Vec<Vec<f32>>,
    /// What training made of it.
    pub(crate) learnt: Vec<Learnt>,
}

/// Pictures to learn from and to look at, on one scale; a few for a quick run.
pub(super) fn some_pictures(run: &Run) -> anyhow::Result<[Labelled; 2]> {
    let (learn_from, look_at) = run.choose((100, 100), (3000, 2000), (3000, 2000));
    pictures(learn_from, look_at)
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let [training, validation] = some_pictures(run)?;
    let task = Classification {
        training: &training,
        validation: &validation,
    };
    symmetry(run, &task)?;
    let tanh = deep_nets(run, &task, "tanh", Tensor::tanh)?;
    flat(run, &tanh)?;
    let relu = deep_nets(run, &task, "relu", Tensor::relu)?;
    run.figure("init_tanh", figures::init::tanh(&tanh)?)?;
    run.figure("init_relu", figures::init::relu(&relu)?)?;
    run.figure("init_spread", figures::init::spread(&tanh, &relu)?)?;
    run.figure("init_training", figures::init::training(&tanh, &relu)?)
}

/// A net with one hidden layer, from three starts: all weights zero, all equal, and each
/// of its own.
fn symmetry(run: &mut Run, task: &Classification) -> anyhow::Result<()> {
    let starts: [(&str, &str, Option<f32>); 3] = [
        ("zero", "all 0", Some(0.0)),
        ("equal", "all equal", Some(EQUAL)),
        ("own", "Xavier", None),
    ];
    let (mut rows, mut weights) = (Vec::new(), Vec::new());
    for (key, name, value) in starts {
        let nets = shallow(run, task, value)?;
        let right: Vec<f32> = nets.iter().map(|n| n.right).collect();
        let first = |learnt: &Learnt| apart(&learnt.net.layers[0]);
        let distance: Vec<f32> = nets.iter().map(first).collect();
        let value = Value::fraction(right[0]).tolerance(0.02);
        run.record(&format!("init_{key}_right"), value.over_seeds(&right))?;
        let value = Value::number(distance[0]).tolerance(0.05);
        run.record(&format!("init_{key}_apart"), value.over_seeds(&distance))?;
        let far: Vec<String> = distance.iter().map(|d| format!("{d:.2}")).collect();
        rows.push([name.into(), shares(&right), far.join("  ")]);
        weights.push(nets[0].net.layers[0].weight.detach());
    }
    let examples = task.training.len();
    run.record("init_pictures", Value::count(examples))?;
    run.say(format!(
        "784-16-10 with tanh, two epochs over {} pictures, three seeds:",
        thousands(examples)
    ));
    run.table(
        &["first weights", "validation pictures right", "units apart"],
        rows,
    );
    run.figure("init_units", figures::init::units(&weights[1..])?)
}

/// Three nets with one hidden layer, trained; all weights start at `value` if there is
/// one, by Xavier's rule if not.
fn shallow(
    run: &Run,
    task: &Classification,
    value: Option<f32>,
) -> anyhow::Result<Vec<Learnt>> {
    let sizes = [784, 16, 10];
    let train = |seed| {
        let mut rng = Rng::new(seed).fork("symmetry");
        let net = match value {
            Some(value) => all_equal(&sizes, Tensor::tanh, value),
            None => Mlp::with_init(&sizes, Tensor::tanh, Init::Xavier, &mut rng),
        };
        Ok(learn(net, task, SHALLOW, seed, || run.check_interrupt())?)
    };
    run.few_seeds().into_iter().map(train).collect()
}

/// The deep net with one activation, from every rule.
fn deep_nets(
    run: &mut Run,
    task: &Classification,
    name: &str,
    activation: Activation,
) -> anyhow::Result<Vec<Start>> {
    let bar = run.progress(&format!("ten layers of {name}"), 3 * RULES.len());
    let mut starts = Vec::new();
    for (key, rule, init) in RULES {
        let mut start = Start {
            rule,
            signals: Vec::new(),
            forwards: Vec::new(),
            backwards: Vec::new(),
            learnt: Vec::new(),
        };
        for seed in run.few_seeds() {
            one(run, task, (activation, init), seed, &mut start)?;
            bar.step()?;
        }
        record(run, &format!("init_{name}_{key}"), &start)?;
        starts.push(start);
    }
    spreads(run, name, &starts);
    trained(run, name, &starts);
    Ok(starts)
}

/// One net: measured, then trained.
fn one(
    run: &Run,
    task: &Classification,
    (activation, init): (Activation, Init),
    seed: u64,
    start: &mut Start,
) -> anyhow::Result<()> {
    let net = deep(activation, init, &mut Rng::new(seed).fork("deep"));
    let rows: Vec<usize> = (0..task.training.len().min(500)).collect();
    let batch = task.training.pick(&rows);
    let seen = flow(&net, &batch, &mut Pass::Use);
    start
        .forwards
        .push(seen.signals.iter().map(spread).collect());
    start
        .backwards
        .push(seen.gradients.iter().map(spread).collect());
    if start.signals.is_empty() {
        start.signals = seen.signals;
    }
    let rates = (LR, run.choose(1, 3, 3));
    let watch = || run.check_interrupt();
    start.learnt.push(learn(net, task, rates, seed, watch)?);
    Ok(())
}

/// What pages quote of one rule.
fn record(run: &mut Run, name: &str, start: &Start) -> anyhow::Result<()> {
    let last: Vec<f32> = start.forwards.iter().map(|s| s[DEPTH - 1]).collect();
    let value = Value::number(last[0]).tolerance(0.2 * last[0]);
    run.record(&format!("{name}_signal"), value.over_seeds(&last))?;
    let kept: Vec<f32> = start
        .backwards
        .iter()
        .map(|g| g[0] / g[DEPTH - 1])
        .collect();
    let value = Value::number(kept[0]).tolerance(0.2 * kept[0]);
    run.record(&format!("{name}_gradient"), value.over_seeds(&kept))?;
    let right: Vec<f32> = start.learnt.iter().map(|l| l.right).collect();
    let value = Value::fraction(right[0]).tolerance(0.03);
    run.record(&format!("{name}_right"), value.over_seeds(&right))?;
    let losses = start.learnt.iter().filter(|l| !l.diverged);
    let losses: Vec<f32> = losses.filter_map(|l| l.losses.last().copied()).collect();
    let whole = losses.len() == start.learnt.len();
    if let Some(first) = losses.first().filter(|_| whole) {
        let value = Value::number(*first).unit("nats").tolerance(0.1);
        run.record(&format!("{name}_loss"), value.over_seeds(&losses))?;
    }
    Ok(())
}

/// How many tanh units of the last layer are where the curve is flat, from large weights.
fn flat(run: &mut Run, tanh: &[Start]) -> anyhow::Result<()> {
    let share = |start: &Start| start.signals[DEPTH - 1].abs().gt(0.99).mean().item();
    let large = tanh
        .iter()
        .find(|start| start.rule == "1")
        .map_or(0.0, share);
    run.say(format!(
        "\nfrom weights of deviation 1, activations of layer 10 beyond ±0.99: {}",
        percent(large)
    ));
    run.record("init_tanh_flat", Value::fraction(large).tolerance(0.05))
}

/// The spread of activations and gradients of the first seed.
fn spreads(run: &mut Run, name: &str, starts: &[Start]) {
    let layers = SHOWN.map(|l| format!("layer {l}"));
    let layers = layers.iter().map(String::as_str);
    let head: Vec<&str> = ["first weights"].into_iter().chain(layers).collect();
    type Pick = fn(&Start) -> &Vec<f32>;
    let kinds: [(&str, Pick); 2] = [
        ("activations", |s| &s.forwards[0]),
        ("gradients", |s| &s.backwards[0]),
    ];
    for (what, pick) in kinds {
        run.say(format!("\nTen layers of {name}: the spread of {what}"));
        let row = |start: &Start| {
            let numbers = SHOWN.map(|l| short(pick(start)[l - 1]));
            [vec![start.rule.to_string()], numbers.to_vec()].concat()
        };
        run.table(&head, starts.iter().map(row));
    }
}

/// What training made of every start.
fn trained(run: &mut Run, name: &str, starts: &[Start]) {
    run.say(format!("\nTen layers of {name}, trained, three seeds:"));
    let row = |start: &Start| {
        let loss = |l: &Learnt| match l.losses.last() {
            Some(loss) if !l.diverged => format!("{loss:.2}"),
            _ => "none".to_string(),
        };
        let losses: Vec<String> = start.learnt.iter().map(loss).collect();
        let right: Vec<f32> = start.learnt.iter().map(|l| l.right).collect();
        [start.rule.to_string(), losses.join("  "), shares(&right)]
    };
    let head = [
        "first weights",
        "loss in the last epoch",
        "validation pictures right",
    ];
    run.table(&head, starts.iter().map(row));
}

/// Shares as percentages, side by side.
fn shares(shares: &[f32]) -> String {
    let each: Vec<String> = shares.iter().map(|&s| percent(s)).collect();
    each.join("  ")
}

/// A number with two digits: plain from a hundredth to a hundred, otherwise with its
/// power of ten.
fn short(x: f32) -> String {
    match x {
        0.01..100.0 => format!("{x:.2}"),
        _ => format!("{x:.0e}"),
    }
}
