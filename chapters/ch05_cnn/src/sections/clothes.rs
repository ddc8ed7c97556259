//! The sections `clothes` and `cifar`: other pictures, the same training.

use std::time::Instant;

use lesson::{Mode, Run, Value, percent, thousands};
use nn::Net;
use nn::classify::logits;
use nn::data::Labelled;
use nn::metrics::{accuracy, confusion};
use nn::train::Trainer;
use tensor::Rng;

use crate::clothes::{Clothes, test_set};
use crate::digits::SIDE;
use crate::figures;
use crate::models::{LeNet, Vgg};
use crate::photos::Photos;
use crate::sections::fit::{fit, some};
use crate::shake::Shake;
use crate::training::{Changed, Settings, right, trainer};

/// For LeNet on 8,000 clothes, chosen on their validation pictures.
const DEFAULT: Settings = Settings {
    peak: 0.008,
    batch: 128,
    epochs: 20,
};

/// For VGG on 54,000.
const FULL: Settings = Settings {
    peak: 0.004,
    batch: 64,
    epochs: 10,
};

/// For VGG on CIFAR-10.
const PHOTOS: Settings = Settings {
    peak: 0.004,
    batch: 64,
    epochs: 7,
};

/// Widths of the VGG for clothes, and of the one for photos.
const CLOTHES_WIDTHS: [usize; 3] = [16, 32, 64];
const PHOTO_WIDTHS: [usize; 3] = [32, 64, 128];

/// Runs the section `clothes`.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    if run.mode() == Mode::Full {
        let (clothes, test) = (Clothes::load_full()?, test_set()?);
        let mut rng = Rng::new(run.seed()).fork("clothes");
        let net = Vgg::new(1, &CLOTHES_WIDTHS, 2, 10, &mut rng);
        let trained = learn(run, net, &clothes, FULL, &rng, run.seed())?;
        return judge(run, "VGG", &trained.net, &test, &clothes.names);
    }
    let (clothes, test) = pictures(run)?;
    let trained = lenet(run, &clothes, run.seed())?;
    let held = trained.history.last().map_or(0.0, |epoch| epoch.score);
    run.record("clothes_held", Value::fraction(held).tolerance(0.015))?;
    judge(run, "LeNet", &trained.net, &test, &clothes.names)
}

/// What LeNet learns from and is judged by; few of each in a quick run.
pub(crate) fn pictures(run: &Run) -> anyhow::Result<(Clothes, Labelled)> {
    let mut clothes = Clothes::load()?;
    clothes.training = some(&clothes.training, 0..run.choose(640, 8000, 8000));
    clothes.validation = some(&clothes.validation, 0..run.choose(200, 2000, 2000));
    let test = some(&test_set()?, 0..run.choose(200, 10_000, 10_000));
    Ok((clothes, test))
}

/// The LeNet of this seed, trained.
pub(crate) fn lenet(
    run: &mut Run,
    clothes: &Clothes,
    seed: u64,
) -> anyhow::Result<Trainer<LeNet>> {
    let settings = Settings {
        epochs: run.choose(1, DEFAULT.epochs, DEFAULT.epochs),
        ..DEFAULT
    };
    let mut rng = Rng::new(seed).fork("clothes");
    let net = LeNet::new(1, SIDE, 10, &mut rng);
    learn(run, net, clothes, settings, &rng, seed)
}

/// Trains a net on clothes that are moved and mirrored.
fn learn<M: Net>(
    run: &mut Run,
    net: M,
    clothes: &Clothes,
    settings: Settings,
    rng: &Rng,
    seed: u64,
) -> anyhow::Result<Trainer<M>> {
    let mut trainer = trainer(net, &settings, clothes.training.len(), rng);
    let task = Changed {
        training: &clothes.training,
        validation: Some(&clothes.validation),
        change: |batch, rng: &mut Rng| Shake::THINGS.apply(batch, rng),
    };
    fit(run, &mut trainer, &task, &format!("clothes_{seed}"), false)?;
    Ok(trainer)
}

/// The test pictures, once, and what the net takes clothes for.
fn judge(
    run: &mut Run,
    name: &str,
    net: &impl Net,
    test: &Labelled,
    names: &[String],
) -> anyhow::Result<()> {
    let scores = logits(net, &test.x); // [N, K]
    let reached = accuracy(&scores, &test.classes);
    run.say(format!(
        "{name}: of {} test pictures of clothes right: {}",
        thousands(test.len()),
        percent(reached)
    ));
    let value = Value::fraction(reached).tolerance(0.015); // seeds differ by as much
    run.record("clothes_accuracy", value)?;
    let counts = confusion(&scores.argmax(1), &test.classes, names.len());
    let shirts = names.iter().position(|name| name == "Shirt").unwrap_or(0);
    let row = &counts[names.len() * shirts..names.len() * (shirts + 1)];
    let share = row[shirts] as f32 / row.iter().sum::<usize>().max(1) as f32;
    run.say(format!("of the shirts: {}", percent(share)));
    let value = Value::fraction(share).tolerance(0.08);
    run.record("clothes_shirts", value)?;
    let figure = figures::digits::confusion(&counts, names)?;
    run.figure("clothes_taken_for", figure)
}

/// Runs the section `cifar`: photos in colour, with `--full` only.
pub(crate) fn photos(run: &mut Run) -> anyhow::Result<()> {
    if run.mode() != Mode::Full {
        run.say("CIFAR-10 is a download, and its training takes half an hour:");
        run.say("cargo run -p ch05_cnn -- cifar --full");
        return Ok(());
    }
    let photos = Photos::load(usize::MAX)?;
    let mut rng = Rng::new(run.seed()).fork("photos");
    let net = Vgg::new(3, &PHOTO_WIDTHS, 2, 10, &mut rng);
    let mut trainer = trainer(net, &PHOTOS, photos.training.len(), &rng);
    let task = Changed {
        training: &photos.training,
        validation: Some(&photos.validation),
        change: |batch, rng: &mut Rng| Shake::THINGS.apply(batch, rng),
    };
    let start = Instant::now();
    fit(run, &mut trainer, &task, "cifar10", false)?;
    run.record("cifar10_seconds", Value::time(start.elapsed()))?;
    let reached = right(&trainer.net, &photos.test);
    run.say(format!(
        "{}: of {} test photos right: {}",
        photos.name,
        thousands(photos.test.len()),
        percent(reached)
    ));
    run.table(
        &["epoch", "training loss", "held out, right"],
        trainer.history.iter().enumerate().map(|(e, epoch)| {
            let score = percent(epoch.score as f32);
            [(e + 1).to_string(), format!("{:.3}", epoch.loss), score]
        }),
    );
    let value = Value::fraction(reached).tolerance(0.015);
    run.record("cifar10_accuracy", value)?;
    let curves = figures::digits::curves(&trainer.history)?;
    run.figure("cifar10_learnt", curves)
}
