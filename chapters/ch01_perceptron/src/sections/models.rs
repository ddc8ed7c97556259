//! One unit, four models, each on the irises.

use lesson::{Run, Value};
use nn::data::{Standardiser, stratified_split};
use nn::metrics::accuracy;
use tensor::{Rng, Tensor};

use crate::figures;
use crate::flowers::{Irises, MEASUREMENTS, PETALS};
use crate::models::{Model, Training, Unit, r2};

/// A model's task: inputs and targets, for training and held out.
struct Task {
    x: Tensor,           // [N, D]
    targets: Tensor,     // [N, K]
    x_new: Tensor,       // [M, D]
    targets_new: Tensor, // [M, K]
}

/// A trained model: its name, its task, the loss after each pass.
pub(crate) struct Trained {
    pub(crate) name: &'static str,
    pub(crate) loss: &'static str,
    pub(crate) losses: Vec<f32>,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let irises = Irises::load()?;
    let passes = run.choose(50, 300, 300);
    let seeds = run.seeds::<3>();
    let mut trained = Vec::new();
    let mut rows = Vec::new();
    for (name, model) in MODELS {
        let (score, losses) = one(&irises, model, passes, seeds[0])?;
        let mut scores = vec![score];
        for seed in &seeds[1..] {
            scores.push(one(&irises, model, passes, *seed)?.0);
        }
        let value = match model {
            Model::Linear => Value::number(score),
            _ => Value::fraction(score),
        };
        let value = value.tolerance(0.005).over_seeds(&scores);
        let spread = value.spread.unwrap_or(0.0);
        run.record(key(model), value)?;
        rows.push([
            name.0.to_string(),
            name.1.to_string(),
            format!("{:.4}", losses[losses.len() - 1]),
            format!("{score:.3}"),
            format!("{spread:.3}"),
        ]);
        trained.push(Trained {
            name: name.0,
            loss: name.1,
            losses,
        });
    }
    run.say(format!(
        "Each trained for {passes} passes over two thirds of its flowers, asked about the others:"
    ));
    run.table(
        &[
            "model",
            "loss",
            "at the end",
            "accuracy or R²",
            "± over 3 seeds",
        ],
        rows,
    );
    run.figure("four_losses", figures::models::losses(&trained)?)?;
    run.figure("unit", figures::models::unit()?)
}

/// Names and losses of the four models.
const MODELS: [((&str, &str), Model); 4] = [
    (("perceptron", "perceptron loss"), Model::Perceptron),
    (("linear regression", "half squared error"), Model::Linear),
    (("logistic regression", "cross-entropy"), Model::Logistic),
    (("softmax regression", "cross-entropy"), Model::Softmax),
];

/// The name under which a model's score is recorded.
fn key(model: Model) -> &'static str {
    match model {
        Model::Perceptron => "perceptron_accuracy",
        Model::Linear => "regression_r2",
        Model::Logistic => "logistic_accuracy",
        Model::Softmax => "iris_softmax_accuracy",
    }
}

/// Trains one model; returns its score on the held-out flowers and its losses.
fn one(
    irises: &Irises,
    model: Model,
    passes: usize,
    seed: u64,
) -> anyhow::Result<(f32, Vec<f32>)> {
    let task = task(irises, model, seed)?;
    let ([n, d], [_, k]) = (task.x.dims(), task.targets.dims());
    let mut unit = Unit::new(model, d, k);
    // The perceptron learns one example at a time, the others from all at once. The
    // learning rate is chosen by us: the smooth losses fall at every step.
    let how = match model {
        Model::Perceptron => Training {
            passes,
            batch: 1,
            lr: 1.0,
        },
        _ => Training {
            passes,
            batch: n,
            lr: 0.5,
        },
    };
    let losses = unit.train(&task.x, &task.targets, how);
    let scores = unit.scores(&task.x_new); // [M, K]
    let score = match model {
        Model::Linear => r2(&scores, &task.targets_new),
        Model::Softmax => accuracy(&scores, &task.targets_new.argmax(1)),
        // The right side of the line: the margin is positive.
        Model::Perceptron => (scores * &task.targets_new).gt(0.0).mean().item(),
        Model::Logistic => (scores * (&task.targets_new - 0.5)).gt(0.0).mean().item(),
    };
    Ok((score, losses))
}

/// A question about the irises that suits the model.
fn task(irises: &Irises, model: Model, seed: u64) -> anyhow::Result<Task> {
    let overlapping = irises.overlapping();
    let all: Vec<usize> = (0..irises.species.len()).collect();
    let virginica = |rows: &[usize]| {
        rows.iter()
            .map(|&row| f32::from(irises.species[row] == 2))
            .collect::<Vec<f32>>()
    };
    let (rows, x, targets) = match model {
        Model::Perceptron | Model::Logistic => {
            let x = irises.inputs(&PETALS)?.select(0, &overlapping);
            let targets =
                Tensor::from_vec(virginica(&overlapping), &[overlapping.len(), 1]);
            let targets = if model == Model::Perceptron {
                2.0 * targets - 1.0
            } else {
                targets
            };
            (overlapping, x, targets)
        }
        Model::Linear => (
            all,
            irises.inputs(&["petal_length"])?,
            irises.inputs(&["petal_width"])?,
        ),
        Model::Softmax => (
            all,
            irises.inputs(&MEASUREMENTS)?,
            Tensor::one_hot(&irises.species, 3),
        ),
    };
    let species: Vec<usize> = rows.iter().map(|&row| irises.species[row]).collect();
    let (training, held_out) =
        stratified_split(&species, 1.0 / 3.0, &mut Rng::new(seed).fork("models"));
    let scale = Standardiser::fit(&x.select(0, &training));
    Ok(Task {
        x: scale.apply(&x.select(0, &training)),
        targets: targets.select(0, &training),
        x_new: scale.apply(&x.select(0, &held_out)),
        targets_new: targets.select(0, &held_out),
    })
}
