//! The section `nets`: five nets learn from the same clothes.

use std::time::Instant;

use lesson::{Run, Value, percent, thousands};
use nn::Net;
use tensor::Rng;

use crate::clothes::{Clothes, test_set};
use crate::digits::SIDE;
use crate::figures;
use crate::models::cost::{Counted, Walk};
use crate::models::{AlexNet, InceptionNet, LeNet, Nin, Vgg};
use crate::sections::fit::{fit, some};
use crate::shake::Shake;
use crate::training::{Changed, Settings, right, trainer};

/// The same for all, so that nothing but the net differs; chosen on validation pictures so
/// that none of the five fails.
const SETTINGS: Settings = Settings {
    peak: 0.004,
    batch: 128,
    epochs: 20,
};

/// What a net came to.
pub(crate) struct Reached {
    pub(crate) name: &'static str,
    pub(crate) parameters: usize,
    pub(crate) multiply_adds: usize,
    /// Seconds of one training.
    seconds: f64,
    /// The share of test pictures, a seed each.
    pub(crate) right: Vec<f32>,
}

/// What a section trains them on.
struct Pictures {
    clothes: Clothes,
    test: nn::data::Labelled,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let mut clothes = Clothes::load()?;
    clothes.training = some(&clothes.training, 0..run.choose(192, 8000, 8000));
    clothes.validation = some(&clothes.validation, 0..run.choose(100, 2000, 2000));
    let test = some(&test_set()?, 0..run.choose(100, 10_000, 10_000));
    let pictures = Pictures { clothes, test };
    let p = &pictures;
    let all = [
        reached(run, p, "LeNet", |rng| LeNet::new(1, SIDE, 10, rng))?,
        reached(run, p, "AlexNet", |rng| AlexNet::new(1, SIDE, 10, rng))?,
        reached(run, p, "VGG", |rng| Vgg::new(1, &[16, 32, 64], 2, 10, rng))?,
        reached(run, p, "NiN", |rng| Nin::new(1, 10, rng))?,
        reached(run, p, "Inception", |rng| InceptionNet::new(1, 10, rng))?,
    ];
    run.say(format!(
        "{} pictures of clothes to learn from, {} epochs, {} to be judged on:",
        thousands(p.clothes.training.len()),
        SETTINGS.epochs,
        thousands(p.test.len())
    ));
    run.table(
        &[
            "net",
            "parameters",
            "multiply-adds",
            "right",
            "lowest",
            "highest",
        ],
        all.iter().map(|net| {
            let fold = |f: fn(f32, f32) -> f32, from: f32| {
                percent(net.right.iter().copied().fold(from, f))
            };
            [
                net.name.to_owned(),
                thousands(net.parameters),
                thousands(net.multiply_adds),
                percent(net.right[0]),
                fold(f32::min, 1.0),
                fold(f32::max, 0.0),
            ]
        }),
    );
    for net in &all {
        run.note(format!("{}: {:.1} s a training", net.name, net.seconds));
    }
    run.figure("nets_cost", figures::nets::costs(&all)?)
}

/// One net, three seeds.
fn reached<M: Net + Counted>(
    run: &mut Run,
    pictures: &Pictures,
    name: &'static str,
    make: impl Fn(&mut Rng) -> M,
) -> anyhow::Result<Reached> {
    let key = name.to_lowercase();
    let settings = Settings {
        epochs: run.choose(1, SETTINGS.epochs, SETTINGS.epochs),
        ..SETTINGS
    };
    let training = &pictures.clothes.training;
    let task = Changed {
        training,
        validation: Some(&pictures.clothes.validation),
        change: |batch, rng: &mut Rng| Shake::THINGS.apply(batch, rng),
    };
    let walk = make(&mut Rng::new(run.seed())).walk(Walk::new([1, SIDE, SIDE]));
    let (mut right_by_seed, mut seconds) = (Vec::new(), Vec::new());
    for seed in run.few_seeds() {
        let mut rng = Rng::new(seed).fork(&key);
        let net = make(&mut rng);
        let mut trainer = trainer(net, &settings, training.len(), &rng);
        let start = Instant::now();
        fit(
            run,
            &mut trainer,
            &task,
            &format!("net_{key}_{seed}"),
            false,
        )?;
        seconds.push(start.elapsed());
        right_by_seed.push(right(&trainer.net, &pictures.test));
    }
    let least = seconds.into_iter().min().unwrap_or_default();
    run.record(&format!("{key}_seconds"), Value::time(least))?;
    let value = Value::fraction(right_by_seed[0]).tolerance(0.01);
    let value = value.over_seeds(&right_by_seed);
    run.record(&format!("{key}_accuracy"), value)?;
    Ok(Reached {
        name,
        parameters: walk.parameters(),
        multiply_adds: walk.multiply_adds(),
        seconds: least.as_secs_f64(),
        right: right_by_seed,
    })
}
