//! A leak, planted on purpose: honest, leaking at validation, leaking in service.

use std::collections::HashMap;

use datasets::{Table, Values};
use lesson::{Mode, Run, Value};
use nn::data::Standardiser;
use tensor::{Rng, Tensor};

use crate::figures;
use crate::leak::{Likeness, likeness, mean_of_similar};
use crate::models::{Model, Training, Unit, r2};

/// A regression task: columns of numbers, a target, and who is like whom.
struct Task {
    /// What the target is, with its unit.
    target: &'static str,
    names: Vec<String>,
    x: Tensor, // [N, D]
    targets: Vec<f32>,
    keys: Vec<Likeness>,
}

/// One model's result on held-out rows.
pub(crate) struct Fitted {
    pub(crate) title: &'static str,
    pub(crate) r2: f32,
    /// True and predicted value of each held-out row.
    pub(crate) points: Vec<(f32, f32)>,
}

/// The three models of the page, and the weights of the one that leaks.
struct Story {
    fitted: [Fitted; 3],
    weights: Vec<f32>,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let diabetes = diabetes()?;
    groups(run, &diabetes)?;
    let first = tell(run, "diabetes", &diabetes, "")?;
    show_weights(run, &diabetes, &first)?;
    if run.mode() == Mode::Full {
        tell(run, "insurance", &insurance()?, "insurance_")?;
    }
    Ok(())
}

/// How many groups of similar patients there are, and how many have one member.
fn groups(run: &mut Run, task: &Task) -> anyhow::Result<()> {
    let mut sizes: HashMap<Likeness, usize> = HashMap::new();
    for key in &task.keys {
        *sizes.entry(*key).or_default() += 1;
    }
    let singles = sizes.values().filter(|&&size| size == 1).count();
    run.say(format!(
        "{} patients in {} groups of similar ones; {singles} groups have one member.",
        task.targets.len(),
        sizes.len()
    ));
    run.record("leak_groups", Value::count(sizes.len()))?;
    run.record("leak_singles", Value::count(singles))
}

/// Says, records and draws the story of one table; returns that of the first split.
fn tell(run: &mut Run, name: &str, task: &Task, prefix: &str) -> anyhow::Result<Story> {
    let splits = run.choose(3, 20, 20);
    let stories: Vec<Story> = (0..splits)
        .map(|split| {
            story(
                task,
                &mut Rng::new(run.seed()).fork(&format!("{name} {split}")),
            )
        })
        .collect();
    run.say(format!(
        "\n{name}: {} of {}, {splits} splits; R² on held-out rows:",
        task.target,
        task.targets.len()
    ));
    let mut rows = Vec::new();
    for (model, key) in ["honest_r2", "leak_r2", "deployed_r2"]
        .into_iter()
        .enumerate()
    {
        let scores: Vec<f32> =
            stories.iter().map(|story| story.fitted[model].r2).collect();
        let value = Value::over_splits(&scores);
        rows.push([
            stories[0].fitted[model].title.to_string(),
            format!("{:.2}", value.value),
            format!("{:.2}", value.spread.unwrap_or(0.0)),
        ]);
        run.record(&format!("{prefix}{key}"), value)?;
    }
    run.table(&["model", "mean R²", "std"], rows);
    let first = stories.into_iter().next().expect("there is a split");
    run.figure(
        &format!("{prefix}leak"),
        figures::leak::scatter(task.target, &first.fitted)?,
    )?;
    Ok(first)
}

/// Says and draws the weights of the model that leaks.
fn show_weights(run: &mut Run, task: &Task, story: &Story) -> anyhow::Result<()> {
    let own = task.names.iter().map(String::as_str);
    let names = own.chain(["mean of similar"]);
    let weights: Vec<(&str, f32)> = names.zip(story.weights.iter().copied()).collect();
    run.say("\nWeights with the new column, first split, columns standardised:");
    let rows = weights
        .iter()
        .map(|(name, weight)| [name.to_string(), format!("{weight:.1}")]);
    run.table(&["column", "weight"], rows);
    run.figure("leak_weights", figures::leak::weights(&weights)?)
}

/// Splits once and fits honestly, then with the leaking column, judged at
/// validation and in service.
fn story(task: &Task, rng: &mut Rng) -> Story {
    let n = task.targets.len();
    let order = rng.permutation(n);
    let (held_out, training) = order.split_at(n / 3);
    let everyone: Vec<usize> = (0..n).collect();
    let with = |known: &[usize]| {
        let column = mean_of_similar(&task.keys, &task.targets, known);
        Tensor::concat(1, &[task.x.clone(), Tensor::from_vec(column, &[n, 1])]) // [N, D + 1]
    };
    let (leaking, in_service) = (with(&everyone), with(training));
    let honest = Regression::fit(&task.x, &task.targets, training);
    let clever = Regression::fit(&leaking, &task.targets, training);
    Story {
        fitted: [
            honest.judge("honest", &task.x, &task.targets, held_out),
            clever.judge("leaking, at validation", &leaking, &task.targets, held_out),
            clever.judge("leaking, in service", &in_service, &task.targets, held_out),
        ],
        weights: clever.unit.weights.to_vec(),
    }
}

/// Linear regression on standardised columns. The target is centred while it is
/// learnt, and its mean added back to the bias, so that descent need not find it.
struct Regression {
    unit: Unit,
    scale: Standardiser,
}

impl Regression {
    fn fit(x: &Tensor, targets: &[f32], training: &[usize]) -> Regression {
        let x = x.select(0, training);
        let targets: Vec<f32> = training.iter().map(|&row| targets[row]).collect();
        let targets = Tensor::from_vec(targets, &[training.len(), 1]); // [N, 1]
        let scale = Standardiser::fit(&x);
        let mut unit = Unit::new(Model::Linear, x.shape()[1], 1);
        let how = Training {
            passes: 3000,
            batch: training.len(),
            lr: 0.1,
        };
        let mean = targets.mean();
        unit.train(&scale.apply(&x), &(targets - &mean), how);
        unit.bias = &unit.bias + mean;
        Regression { unit, scale }
    }

    fn judge(
        &self,
        title: &'static str,
        x: &Tensor,
        targets: &[f32],
        rows: &[usize],
    ) -> Fitted {
        let predicted = self.unit.predict(&self.scale.apply(&x.select(0, rows))); // [N, 1]
        let truth: Vec<f32> = rows.iter().map(|&row| targets[row]).collect();
        let r2 = r2(
            &predicted,
            &Tensor::from_vec(truth.clone(), &[rows.len(), 1]),
        );
        Fitted {
            title,
            r2,
            points: truth.into_iter().zip(predicted.to_vec()).collect(),
        }
    }
}

/// A column of numbers without holes.
fn full_column(table: &Table, name: &str) -> anyhow::Result<Vec<f32>> {
    Ok(table.matrix(&[name])?.into_iter().collect())
}

/// Who is like whom.
fn keys(bmi: &[f32], age: &[f32], sex: &[f32]) -> Vec<Likeness> {
    bmi.iter()
        .zip(age)
        .zip(sex)
        .map(|((&bmi, &age), &sex)| likeness(bmi, age, sex))
        .collect()
}

/// The progression of diabetes in 442 patients.
fn diabetes() -> anyhow::Result<Task> {
    let table = datasets::diabetes()?;
    let names: Vec<&str> = table
        .column_names()
        .into_iter()
        .filter(|name| *name != "progression")
        .collect();
    let (bmi, age, sex) = (
        full_column(&table, "bmi")?,
        full_column(&table, "age")?,
        full_column(&table, "sex")?,
    );
    Ok(Task {
        target: "progression",
        names: names.iter().map(|name| name.replace('_', " ")).collect(),
        x: Tensor::from_array(table.matrix(&names)?),
        targets: full_column(&table, "progression")?,
        keys: keys(&bmi, &age, &sex),
    })
}

/// What it costs to insure 1,338 people; words become columns of 0 and 1.
fn insurance() -> anyhow::Result<Task> {
    let table = datasets::insurance()?;
    let (mut names, mut columns) = (Vec::new(), Vec::new());
    for column in table
        .columns
        .iter()
        .filter(|column| column.name != "charges")
    {
        match &column.values {
            Values::Number(_) => {
                names.push(column.name.clone());
                columns.push(full_column(&table, &column.name)?);
            }
            Values::Text(_) => {
                let (classes, words) = table.classes(&column.name)?;
                for (class, word) in words.iter().enumerate().skip(1) {
                    names.push(format!("{} {word}", column.name));
                    columns
                        .push(classes.iter().map(|&c| f32::from(c == class)).collect());
                }
            }
        }
    }
    let n = table.rows();
    let sex: Vec<f32> = table.classes("sex")?.0.iter().map(|&c| c as f32).collect();
    let (bmi, age) = (full_column(&table, "bmi")?, full_column(&table, "age")?);
    let keys = keys(&bmi, &age, &sex);
    let columns: Vec<Tensor> = columns
        .into_iter()
        .map(|column| Tensor::from_vec(column, &[n, 1]))
        .collect();
    Ok(Task {
        target: "charges",
        names,
        x: Tensor::concat(1, &columns),
        targets: full_column(&table, "charges")?,
        keys,
    })
}
