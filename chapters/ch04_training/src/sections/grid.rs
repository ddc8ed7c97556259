//! The section `grid`: optimisers times schedules, with a rate found for each pair and
//! seeds for the spread.

use lesson::{Run, Value, percent};
use nn::data::Labelled;

use crate::clothes::Clothes;
use crate::contest::{Cell, Ground, RATES};
use crate::figures;
use crate::schedules::Shape;
use crate::trial::Method;

/// The schedules of the contest.
pub(crate) const SHAPES: [Shape; 5] = [
    Shape::Constant,
    Shape::Step,
    Shape::Cosine,
    Shape::OneCycle,
    Shape::WarmUpCosine,
];

/// How far the seed of the rates' choice is from those of the results.
const APART: u64 = 1000;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let clothes = Clothes::load()?;
    let part = |from: usize, to: usize| -> Labelled {
        clothes.training.pick(&(from..to).collect::<Vec<_>>())
    };
    let learn = run.choose(250, 4000, 4000);
    let ground = Ground {
        training: &part(0, learn),
        choosing: &clothes.validation,
        reporting: &part(4000, run.choose(4250, 8000, 8000)),
        sizes: &[784, 64, 10],
        batch: 50,
        epochs: run.choose(1, 6, 6),
    };
    let cells = contest(run, &ground)?;
    tell(run, &cells)?;
    compare(run, &cells)?;
    run.figure("grid_heat", figures::grid::heat(&cells)?)?;
    run.figure("grid_best", figures::grid::best(&cells)?)
}

/// Every pair: its rate, then its seeds.
fn contest(run: &mut Run, ground: &Ground) -> anyhow::Result<Vec<Cell>> {
    let methods = run.choose(&Method::ALL[..2], &Method::ALL[..], &Method::ALL[..]);
    let pairs = methods.iter().flat_map(|m| SHAPES.map(|shape| (*m, shape)));
    let seeds = run.seeds::<3>();
    let trainings = methods.len() * SHAPES.len() * (RATES + seeds.len());
    let bar = run.progress("optimisers times schedules", trainings);
    run.record("grid_trainings", Value::count(trainings))?;
    run.record("grid_steps", Value::count(ground.steps()))?;
    let cell = |pair| ground.cell(pair, run.seed() + APART, &seeds, || bar.step());
    let cells: Result<Vec<Cell>, _> = pairs.map(cell).collect();
    Ok(cells?)
}

/// The tables: the rate of each pair, and what it reached.
fn tell(run: &mut Run, cells: &[Cell]) -> anyhow::Result<()> {
    let head: Vec<&str> = ["optimiser"]
        .into_iter()
        .chain(SHAPES.map(Shape::name))
        .collect();
    let rows = |show: fn(&Cell) -> String| {
        let lines = cells.chunks(SHAPES.len()).map(move |row| {
            let name = row[0].method.name().to_string();
            [name].into_iter().chain(row.iter().map(show)).collect()
        });
        lines.collect::<Vec<Vec<String>>>()
    };
    run.say("The rate chosen for each pair:");
    run.table(&head, rows(|cell| format!("{:.4}", cell.rate)));
    run.say("\nAccuracy on pictures that chose nothing, mean of three seeds ± their deviation, in %:");
    run.table(
        &head,
        rows(|cell| {
            format!(
                "{:.1} ± {:.1}",
                100.0 * cell.mean(),
                100.0 * cell.deviation()
            )
        }),
    );
    for cell in cells {
        let name = format!("grid_{}_{}", cell.method.name(), cell.shape.name());
        let name = name
            .to_lowercase()
            .replace(", ", "_")
            .replace([' ', '-'], "_");
        let value = Value::fraction(cell.mean()).tolerance(0.01);
        run.record(&name, value.over_seeds(&cell.scores))?;
    }
    let edges = cells.iter().filter(|cell| cell.is_at_the_edge()).count();
    run.say(format!(
        "\nPairs whose rate lies at the end of those tried: {edges} of {}.",
        cells.len()
    ));
    let edges = Value::number(edges as f64).tolerance(3.0);
    run.record("grid_at_the_edge", edges)
}

/// What is larger than the spread, and what is not.
fn compare(run: &mut Run, cells: &[Cell]) -> anyhow::Result<()> {
    let best = best(cells);
    let tied = |cell: &&Cell| cell.range()[1] >= best.range()[0];
    let tied: Vec<String> = cells.iter().filter(tied).map(name).collect();
    run.say(format!("Best: {}, {}.", name(best), percent(best.mean())));
    run.say(format!(
        "Pairs with a seed that reaches its worst seed, {} of {}:\n  {}",
        tied.len(),
        cells.len(),
        tied.join("\n  ")
    ));
    let lowest = cells.iter().map(Cell::mean).fold(1.0, f32::min);
    for (name, share) in [("grid_best", best.mean()), ("grid_worst", lowest)] {
        run.record(name, Value::fraction(share).tolerance(0.01))?;
    }
    let tied = Value::number(tied.len() as f64).tolerance(8.0);
    run.record("grid_tied", tied)?;
    run.say("\nHow much it is, in points:");
    let reporting = run.choose(250, 4000, 4000);
    let lines = [
        (
            "wrong_rate",
            "a rate half a power of ten beside the best, mean",
            wrong_rate(cells),
        ),
        (
            "schedule_gain",
            "best falling schedule over a constant rate, mean",
            gain(cells),
        ),
        (
            "optimiser_gap",
            "best optimiser over the last, each at its best",
            gap(cells),
        ),
        (
            "seed_deviation",
            "deviation over seeds, mean",
            mean(cells.iter().map(Cell::deviation)),
        ),
        (
            "sampling_error",
            "standard error of the pictures",
            sampling_error(best.mean(), reporting),
        ),
    ];
    run.table(
        &["what", "points"],
        lines.map(|(_, what, share)| {
            [what.to_string(), format!("{:.1}", 100.0 * share)]
        }),
    );
    for (name, _, share) in lines {
        let value = Value::number(100.0 * share).tolerance(1.0).unit("points");
        run.record(&format!("grid_{name}"), value)?;
    }
    Ok(())
}

/// A pair in words.
fn name(cell: &Cell) -> String {
    format!("{} with {}", cell.method.name(), cell.shape.name())
}

/// What a rate beside the best one costs, mean of all pairs.
fn wrong_rate(cells: &[Cell]) -> f32 {
    mean(cells.iter().map(Cell::price_of_a_wrong_rate))
}

/// The pair with the best mean.
fn best(cells: &[Cell]) -> &Cell {
    let best = cells.iter().max_by(|a, b| a.mean().total_cmp(&b.mean()));
    best.expect("a contest has pairs")
}

/// How much better an optimiser does by the best of the falling schedules than by a
/// constant rate, mean of all.
fn gain(cells: &[Cell]) -> f32 {
    mean(cells.chunks(SHAPES.len()).map(|row| {
        let falling = row[1..].iter().map(Cell::mean);
        falling.fold(0.0, f32::max) - row[0].mean()
    }))
}

/// How far the best optimiser is ahead of the last, each with its best schedule.
fn gap(cells: &[Cell]) -> f32 {
    let top = |row: &[Cell]| row.iter().map(Cell::mean).fold(0.0, f32::max);
    let tops = || cells.chunks(SHAPES.len()).map(top);
    tops().fold(0.0, f32::max) - tops().fold(1.0, f32::min)
}

fn mean(values: impl Iterator<Item = f32>) -> f32 {
    let all: Vec<f32> = values.collect();
    all.iter().sum::<f32>() / all.len() as f32
}

/// The standard error of an accuracy counted on so many pictures: √(p(1−p)/N).
fn sampling_error(accuracy: f32, pictures: usize) -> f32 {
    (accuracy * (1.0 - accuracy) / pictures as f32).sqrt()
}
