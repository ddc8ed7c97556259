//! The section `variance`: bias and variance from learning curves.

use lesson::{Run, Value, percent, thousands};
use nn::classify::Classification;

use crate::clothes::Clothes;
use crate::diagnosis::{BEST_KNOWN, Effort, Errors, Trouble, errors_with};
use crate::figures;

/// Hidden units: too few, about right, plenty.
pub(crate) const HIDDEN: [usize; 3] = [4, 32, 128];

/// Training pictures.
pub(crate) const PICTURES: [usize; 4] = [250, 800, 2500, 8000];

/// Some of the pictures; in a quick run far fewer.
fn count(run: &Run, pictures: usize) -> usize {
    run.choose(pictures / 25, pictures, pictures)
}

/// How long each net trains; chosen by us on the training error.
const EFFORT: Effort = Effort {
    batch: 100,
    steps: 600,
    lr: 0.005,
};

/// The errors of one net at one number of pictures, a seed each.
pub(crate) type Spread = Vec<Errors>;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let mut clothes = Clothes::load()?;
    let validation =
        run.choose(100, clothes.validation.len(), clothes.validation.len());
    clothes.validation = clothes
        .validation
        .pick(&(0..validation).collect::<Vec<_>>());
    let steps = run.choose(5, EFFORT.steps, EFFORT.steps);
    let effort = Effort { steps, ..EFFORT };
    let mut curves = Vec::new();
    for hidden in HIDDEN {
        let mut curve = Vec::new();
        for pictures in PICTURES {
            curve.push(measure(run, &clothes, hidden, pictures, effort)?);
        }
        curves.push(curve);
    }
    let longer = Effort {
        steps: 2 * steps,
        ..effort
    };
    let longer = measure(run, &clothes, HIDDEN[2], PICTURES[3], longer)?;
    tell(run, &curves);
    advise(run, &curves, &longer)?;
    run.figure("learning_curves", figures::variance::curves(&curves)?)
}

/// Trains a net of each seed.
fn measure(
    run: &Run,
    clothes: &Clothes,
    hidden: usize,
    pictures: usize,
    effort: Effort,
) -> anyhow::Result<Spread> {
    let data = Classification {
        training: &clothes.training,
        validation: &clothes.validation,
    };
    let pictures = count(run, pictures);
    let seeds = run.few_seeds();
    let what = format!("{hidden} units, {pictures} pictures");
    let bar = run.progress(&what, effort.steps * seeds.len());
    let mut errors = Vec::new();
    for seed in seeds {
        let watch = || bar.step();
        errors.push(errors_with(hidden, pictures, data, effort, seed, watch)?);
    }
    Ok(errors)
}

/// The table of all errors: the mean over the seeds.
fn tell(run: &mut Run, curves: &[Vec<Spread>]) {
    run.say(
        "Errors of nets with one hidden layer; means of three seeds. Bias: training error\n\
         above the best known; variance: validation error above the training error.",
    );
    let counts = PICTURES.map(|pictures| thousands(count(run, pictures)));
    let counts = &counts;
    let rows = HIDDEN.iter().zip(curves).flat_map(|(hidden, curve)| {
        counts.iter().zip(curve).map(move |(pictures, spread)| {
            let mean = mean(spread);
            let (bias, variance) = (mean.bias(BEST_KNOWN), mean.variance());
            [
                hidden.to_string(),
                pictures.clone(),
                percent(mean.training),
                percent(mean.validation),
                percent(bias),
                percent(variance),
                words(mean.trouble(BEST_KNOWN)).to_string(),
            ]
        })
    });
    let head = [
        "units",
        "pictures",
        "training",
        "validation",
        "bias",
        "variance",
        "trouble",
    ];
    run.table(&head, rows);
}

fn words(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Bias => "bias",
        Trouble::Variance => "variance",
    }
}

/// The mean over the seeds.
fn mean(spread: &[Errors]) -> Errors {
    let of = |part: fn(&Errors) -> f32| {
        spread.iter().map(part).sum::<f32>() / spread.len() as f32
    };
    Errors {
        training: of(|e| e.training),
        validation: of(|e| e.validation),
    }
}

/// Three nets with a trouble each, what it calls for, and what came of that.
fn advise(
    run: &mut Run,
    curves: &[Vec<Spread>],
    longer: &[Errors],
) -> anyhow::Result<()> {
    let [small, middle, large] = [&curves[0], &curves[1], &curves[2]];
    let last = PICTURES.len() - 1;
    let cases = [
        ("small", "4 units, all pictures", &small[last][..]),
        ("small_fewer", "… a third of them", &small[last - 1]),
        ("middle", "… with 32 units", &middle[last]),
        ("middle_few", "32 units, a tenth of them", &middle[1]),
        ("large_few", "128 units, a tenth", &large[1]),
        ("large", "… with all pictures", &large[last]),
        ("longer", "… and twice the steps", longer),
    ];
    run.say("\nThe advice followed:");
    run.table(
        &["net", "bias", "variance", "validation error"],
        cases.iter().map(|(_, words, spread)| {
            let mean = mean(spread);
            [
                words.to_string(),
                percent(mean.bias(BEST_KNOWN)),
                percent(mean.variance()),
                percent(mean.validation),
            ]
        }),
    );
    for (name, _, spread) in cases {
        record(run, &format!("{name}_bias"), spread, |e| e.bias(BEST_KNOWN))?;
        record(run, &format!("{name}_variance"), spread, Errors::variance)?;
        record(run, &format!("{name}_error"), spread, |e| e.validation)?;
    }
    Ok(())
}

/// Records the mean over the seeds; the spread is the largest distance from it.
fn record(
    run: &mut Run,
    name: &str,
    spread: &[Errors],
    part: impl Fn(&Errors) -> f32,
) -> anyhow::Result<()> {
    let values: Vec<f32> = spread.iter().map(part).collect();
    let mean = values.iter().sum::<f32>() / values.len() as f32;
    run.record(
        name,
        Value::fraction(mean).tolerance(0.02).over_seeds(&values),
    )
}
