//! The section `scale`: how badly luck scales with the number of weights.

use anyhow::Result;
use lesson::{Run, Value, thousands};
use tensor::Rng;

use super::tasks;
use crate::directions::{chance_of_cosine_above, cosine, random_direction};
use crate::figures;
use crate::luck::{Climb, hill_climb};

/// Cosines whose chances are drawn.
pub(crate) const COSINES: [f32; 3] = [0.1, 0.3, 0.5];

/// The chances of some cosines in one number of dimensions.
pub(crate) struct Chances {
    pub(crate) dimensions: usize,
    /// By geometry, for each of [`COSINES`].
    pub(crate) exact: [f64; 3],
    /// How often they occurred; `None` where too seldom to say, or not measured.
    pub(crate) measured: [Option<f64>; 3],
}

/// Tries until a bowl's bottom is ten times nearer, for some numbers of dimensions.
pub(crate) struct Bowls {
    /// Drawn anywhere in the ball around the bottom.
    pub(crate) random: Vec<(usize, f32)>,
    /// Climbed from its edge.
    pub(crate) climbing: Vec<(usize, f32)>,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> Result<()> {
    directions(run)?;
    bowls(run)?;
    tasks::wider_nets(run)?;
    tasks::harder_tasks(run)?;
    tasks::mnist(run)
}

/// How rarely a random direction points the right way.
fn directions(run: &mut Run) -> Result<()> {
    let draws = run.choose(1000, 40_000, 40_000);
    let mut rng = Rng::new(run.seed()).fork("directions");
    let mut all = Vec::new();
    for dimensions in [2, 3, 5, 8, 12, 20, 30, 50, 80, 100] {
        let goal = random_direction(dimensions, &mut rng);
        let made: Vec<f32> = (0..draws)
            .map(|_| cosine(&goal, &random_direction(dimensions, &mut rng)))
            .collect();
        let measured = COSINES.map(|least| {
            let count = made.iter().filter(|cosine| **cosine > least).count();
            (count >= 20).then(|| count as f64 / draws as f64)
        });
        let exact = COSINES.map(|least| chance_of_cosine_above(least, dimensions));
        all.push(Chances {
            dimensions,
            exact,
            measured,
        });
    }
    run.say("One random direction in so many makes a cosine above ½ with a given one:");
    let needed = |dimensions| 1.0 / chance_of_cosine_above(0.5, dimensions);
    run.table(
        &["dimensions", "one in"],
        [2, 10, 30, 100].map(|dimensions| {
            [
                dimensions.to_string(),
                thousands(needed(dimensions).round() as usize),
            ]
        }),
    );
    for dimensions in [10, 30] {
        let value =
            Value::number(needed(dimensions)).tolerance(0.01 * needed(dimensions));
        run.record(&format!("one_in_{dimensions}"), value)?;
    }
    run.figure("cosines", figures::scale::cosines(&all)?)
}

/// Half the squared distance from the bottom.
fn bowl(w: &[f32]) -> f32 {
    0.5 * w.iter().map(|w| w * w).sum::<f32>()
}

/// A tenth of the distance is a hundredth of the loss at the edge, ½.
const TENTH: f32 = 0.005;

/// The mean number of tries over some seeds.
fn mean_tries(seeds: u64, mut tries: impl FnMut(Rng) -> usize) -> f32 {
    let total: usize = (1..=seeds)
        .map(|seed| tries(Rng::new(seed).fork("bowl")))
        .sum();
    total as f32 / seeds as f32
}

/// The bowl, where every direction matters equally and the theory is exact.
fn bowls(run: &mut Run) -> Result<()> {
    let (by_luck, by_climbing): (&[usize], &[usize]) = run.choose(
        (&[1, 2, 3], &[2, 4, 10, 30]),
        (&[1, 2, 3, 4], &[2, 4, 10, 30, 100, 300]),
        (&[1, 2, 3, 4], &[2, 4, 10, 30, 100, 300]),
    );
    let random = by_luck.iter().map(|&dimensions| {
        (
            dimensions,
            mean_tries(40, |rng| drawn_to_tenth(dimensions, rng)),
        )
    });
    let climbing = by_climbing.iter().map(|&dimensions| {
        (
            dimensions,
            mean_tries(10, |rng| climbed_to_tenth(dimensions, rng)),
        )
    });
    let bowls = Bowls {
        random: random.collect(),
        climbing: climbing.collect(),
    };
    run.say("\nTries until the bottom of a bowl is ten times nearer:");
    let found = |tries: &[(usize, f32)], dimensions| {
        let at = tries.iter().find(|at| at.0 == dimensions);
        at.map_or(String::new(), |at| thousands(at.1.round() as usize))
    };
    run.table(
        &["dimensions", "random search", "hill climbing"],
        [1, 2, 3, 4, 10, 30, 100, 300].map(|dimensions| {
            let random = found(&bowls.random, dimensions);
            [
                dimensions.to_string(),
                random,
                found(&bowls.climbing, dimensions),
            ]
        }),
    );
    let (dimensions, tries) = bowls.climbing[bowls.climbing.len() - 1];
    let each = tries / dimensions as f32;
    run.record(
        "bowl_tries_per_dimension",
        Value::number(each).tolerance(1.0),
    )?;
    run.figure("bowls", figures::scale::bowls(&bowls)?)
}

/// Tries of random search, drawing anywhere in the unit ball, until one is within a tenth.
fn drawn_to_tenth(dimensions: usize, mut rng: Rng) -> usize {
    let mut draw = || {
        let direction = random_direction(dimensions, &mut rng);
        let length = (2.0 * bowl(&direction)).sqrt();
        // The share of the ball's volume within a radius r is r^P.
        let radius = rng.uniform(0.0, 1.0).powf(1.0 / dimensions as f32);
        bowl(&direction) * (radius / length).powi(2)
    };
    let mut tries = 1;
    while draw() > TENTH {
        tries += 1;
    }
    tries
}

/// Tries of a climb from the edge until it is within a tenth.
fn climbed_to_tenth(dimensions: usize, mut rng: Rng) -> usize {
    let edge = vec![1.0 / (dimensions as f32).sqrt(); dimensions];
    let step = 1.0 / dimensions as f32;
    let how = Climb {
        target: TENTH,
        step,
        ..Climb::tries(1_000_000)
    };
    hill_climb(edge, how, &mut rng, bowl).tries
}
