//! Penguins: look, scale, fill holes.

use datasets::Table;
use lesson::{Run, Value, percent};
use nn::data::{Standardiser, stratified_split};
use nn::metrics::accuracy;
use tensor::{Rng, Tensor};

use crate::figures;
use crate::flowers::classes_as;
use crate::models::{Model, Training, Unit};
use crate::prepare::{impute, summary};

/// The columns of numbers, and their units.
const COLUMNS: [(&str, &str); 4] = [
    ("bill_length", "mm"),
    ("bill_depth", "mm"),
    ("flipper_length", "mm"),
    ("body_mass", "g"),
];
/// The species, in the order of the file.
pub(crate) const SPECIES: [&str; 3] = ["Adelie", "Gentoo", "Chinstrap"];
/// The share of bills erased for each of [`SPECIES`].
const ERASED: [f32; 3] = [0.6, 0.05, 0.05];

/// Measurements of one column with the species of each bird that has one.
pub(crate) struct Measured {
    pub(crate) name: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) values: Vec<(f32, usize)>,
}

/// The section *look*: the table before anything is done to it.
pub(crate) fn look(run: &mut Run) -> anyhow::Result<()> {
    let table = datasets::penguins()?;
    let species = classes_as(&table, "species", &SPECIES)?;
    summarise(run, &table, &species)
}

/// The section *data*: what scales and holes do.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let table = datasets::penguins()?;
    let species = classes_as(&table, "species", &SPECIES)?;
    scales(run, &table, &species)?;
    holes(run, &table, &species)
}

/// The summary table, the histograms and where the holes are.
fn summarise(run: &mut Run, table: &Table, species: &[usize]) -> anyhow::Result<()> {
    run.say(format!("{} penguins:", table.rows()));
    let count =
        |class: usize| species.iter().filter(|&&s| s == class).count().to_string();
    run.table(
        &["species", "birds"],
        (0..3).map(|class| [SPECIES[class].to_string(), count(class)]),
    );
    let mut rows = Vec::new();
    let mut measured = Vec::new();
    for (name, unit) in COLUMNS {
        let column = table.numbers(name)?;
        let s = summary(column).expect("the table has measurements");
        let numbers = [
            s.mean, s.std, s.five[0], s.five[1], s.five[2], s.five[3], s.five[4],
        ];
        rows.push(
            [format!("{name} ({unit})"), s.missing.to_string()]
                .into_iter()
                .chain(numbers.map(|x| format!("{x:.1}")))
                .collect::<Vec<_>>(),
        );
        let values = column
            .iter()
            .zip(species)
            .filter_map(|(value, &class)| value.map(|v| (v, class)));
        measured.push(Measured {
            name,
            unit,
            values: values.collect(),
        });
    }
    run.say("");
    run.table(
        &[
            "column", "missing", "mean", "std", "min", "25 %", "median", "75 %", "max",
        ],
        rows,
    );
    let no_sex: Vec<bool> = table.text("sex")?.iter().map(Option::is_none).collect();
    run.say(format!(
        "\nSex is missing for {} birds.",
        no_sex.iter().filter(|&&missing| missing).count()
    ));
    let mut missing = Vec::new();
    for (name, _) in COLUMNS {
        missing.push((
            name,
            table.numbers(name)?.iter().map(Option::is_none).collect(),
        ));
    }
    missing.push(("sex", no_sex));
    run.figure("penguin_histograms", figures::data::histograms(&measured)?)?;
    run.figure("penguin_missing", figures::data::missing(&missing)?)
}

/// The four columns of the birds that were measured, and their species.
fn measured(table: &Table, species: &[usize]) -> anyhow::Result<(Tensor, Vec<usize>)> {
    let first = table.numbers(COLUMNS[0].0)?;
    let rows: Vec<usize> = (0..species.len())
        .filter(|&row| first[row].is_some())
        .collect();
    let names = COLUMNS.map(|(name, _)| name);
    let x = Tensor::from_array(table.select(&rows).matrix(&names)?); // [N, 4]
    Ok((x, rows.iter().map(|&row| species[row]).collect()))
}

/// Softmax regression on the species; returns the unit and the loss of each pass.
fn fit(x: &Tensor, classes: &[usize], lr: f32, passes: usize) -> (Unit, Vec<f32>) {
    let [n, d] = x.dims();
    let mut unit = Unit::new(Model::Softmax, d, 3);
    let losses = unit.train(
        x,
        &Tensor::one_hot(classes, 3),
        Training {
            passes,
            batch: n,
            lr,
        },
    );
    (unit, losses)
}

/// The classes of some rows.
fn pick(classes: &[usize], rows: &[usize]) -> Vec<usize> {
    rows.iter().map(|&row| classes[row]).collect()
}

/// Raw columns against standardised ones, each at the learning rate that ends
/// with the lowest loss on the training birds; three splits.
fn scales(run: &mut Run, table: &Table, species: &[usize]) -> anyhow::Result<()> {
    let (x, classes) = measured(table, species)?;
    let passes = run.choose(100, 500, 500);
    let seeds = run.seeds::<3>();
    let mut curves = Vec::new();
    let mut rows = Vec::new();
    for (name, key) in [
        ("raw", "penguin_accuracy_unscaled"),
        ("standardised", "penguin_accuracy_scaled"),
    ] {
        let fits = seeds
            .map(|seed| best_rate(&x, &classes, name == "standardised", passes, seed));
        let right = fits.each_ref().map(|fit| fit.right);
        let value = Value::fraction(right[0]).tolerance(0.01).over_seeds(&right);
        let spread = value.spread.unwrap_or(0.0);
        run.record(key, value)?;
        let [first, ..] = fits;
        rows.push([
            name.to_string(),
            format!("{}", first.lr),
            format!("{:.3}", first.losses[passes - 1]),
            percent(first.right),
            percent(spread),
        ]);
        curves.push((name, first.losses));
    }
    run.say(format!("Softmax regression on the species, {passes} passes, the best rate of 1e-8 to 10 each:"));
    run.table(
        &[
            "columns",
            "learning rate",
            "training loss",
            "held-out birds right",
            "± over 3 splits",
        ],
        rows,
    );
    run.figure("scaling_loss", figures::data::scaling(&curves)?)
}

/// The best of several trainings.
struct Fit {
    lr: f32,
    losses: Vec<f32>,
    /// Share of the held-out birds with the right answer.
    right: f32,
}

/// Trains at ten learning rates, 1e-8 to 10, and keeps the one with the lowest training loss.
fn best_rate(
    x: &Tensor,
    classes: &[usize],
    standardised: bool,
    passes: usize,
    seed: u64,
) -> Fit {
    let (training, held_out) =
        stratified_split(classes, 1.0 / 3.0, &mut Rng::new(seed).fork("penguins"));
    let (mut x_train, mut x_new) = (x.select(0, &training), x.select(0, &held_out));
    if standardised {
        let scale = Standardiser::fit(&x_train);
        (x_train, x_new) = (scale.apply(&x_train), scale.apply(&x_new));
    }
    let rates = (-8..=1).map(|power| 10_f32.powi(power));
    let tries =
        rates.map(|lr| (lr, fit(&x_train, &pick(classes, &training), lr, passes)));
    let finite = tries.filter(|(_, (_, losses))| losses[passes - 1].is_finite());
    let best = finite
        .min_by(|(_, (_, a)), (_, (_, b))| a[passes - 1].total_cmp(&b[passes - 1]));
    let (lr, (unit, losses)) = best.expect("the smallest rate does not diverge");
    let right = accuracy(&unit.scores(&x_new), &pick(classes, &held_out));
    Fit { lr, losses, right }
}

/// Three answers to holes, over many splits.
fn holes(run: &mut Run, table: &Table, species: &[usize]) -> anyhow::Result<()> {
    let (x, classes) = measured(table, species)?;
    let splits = run.choose(3, 20, 20);
    let names = ["drop the bird", "impute", "impute, and say so"];
    let mut results = names.map(|name| (name, Vec::new()));
    let bar = run.progress("filling holes", splits);
    for split in 0..splits {
        let rng = Rng::new(run.seed()).fork(&format!("holes {split}"));
        for (result, accuracy) in results.iter_mut().zip(one_split(&x, &classes, rng)) {
            result.1.push(accuracy);
        }
        bar.step()?;
    }
    run.say(format!(
        "\nBills erased for 60 % of the Adelies and 5 % of the others, {splits} splits:"
    ));
    let keys = ["missing_drop", "missing_impute", "missing_indicator"];
    let mut rows = Vec::new();
    for ((name, accuracies), key) in results.iter().zip(keys) {
        let value = Value::over_splits(accuracies).unit("fraction");
        let std = 100.0 * value.spread.unwrap_or(0.0);
        rows.push([
            name.to_string(),
            percent(value.value),
            format!("± {std:.1}"),
        ]);
        run.record(key, value)?;
    }
    run.table(
        &[
            "training birds with holes",
            "held-out birds right",
            "std over splits",
        ],
        rows,
    );
    run.figure("missing_strategies", figures::data::strategies(&results)?)
}

/// Erases bills, then trains three times: without the birds that have a hole,
/// with the hole filled, and with a was-missing column besides. Held-out birds
/// have holes too; they are filled, since a bird has to get an answer.
fn one_split(x: &Tensor, classes: &[usize], mut rng: Rng) -> [f32; 3] {
    let (training, held_out) = stratified_split(classes, 1.0 / 3.0, &mut rng);
    let bills = x.select(1, &[0]).to_vec(); // [N]
    let erase = |(value, &class): (f32, &usize)| {
        (rng.uniform(0.0, 1.0) >= ERASED[class]).then_some(value)
    };
    let column: Vec<Option<f32>> = bills.into_iter().zip(classes).map(erase).collect();
    let (filled, was_missing) = impute(&column, &training);
    let n = classes.len();
    let others = x.slice(1, 1..); // [N, 3]
    let imputed = Tensor::concat(1, &[Tensor::from_vec(filled, &[n, 1]), others]); // [N, 4]
    let marked = Tensor::concat(
        1,
        &[imputed.clone(), Tensor::from_vec(was_missing, &[n, 1])],
    ); // [N, 5]
    let whole: Vec<usize> = training
        .iter()
        .copied()
        .filter(|&row| column[row].is_some())
        .collect();
    [
        (&imputed, &whole),
        (&imputed, &training),
        (&marked, &training),
    ]
    .map(|(x, rows)| {
        let scale = Standardiser::fit(&x.select(0, rows));
        let (unit, _) = fit(
            &scale.apply(&x.select(0, rows)),
            &pick(classes, rows),
            0.5,
            300,
        );
        accuracy(
            &unit.scores(&scale.apply(&x.select(0, &held_out))),
            &pick(classes, &held_out),
        )
    })
}
