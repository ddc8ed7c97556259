//! The section `search`: grid, random and halving search at the same cost, and what
//! the winner's score is worth.

use lesson::{Run, Value, percent};
use tensor::Rng;

use crate::clothes::Clothes;
use crate::figures;
use crate::search::{
    Candidate, Look, Space, affordable, halving, whole, winner, winners_curse,
};
use crate::student::{Classroom, Seen};

/// Where the searches look.
const SPACE: Space = Space {
    lr: [1e-4, 1.0],
    width: [8, 128],
    dropout: [0.0, 0.6],
};

/// Rounds of halving: the last trains for 8 epochs in all, as long as the others do.
const ROUNDS: u32 = 4;

/// Hidden units that a small device has room for.
const SMALL: usize = 32;

/// What a search found in one repeat.
pub(crate) struct Found {
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) looks: Vec<Look>,
    /// For each look, what was read rightly.
    pub(crate) seen: Vec<Seen>,
}

/// Pictures that a search chooses by.
const CHOOSING: usize = 500;

/// How many pictures the winner's curse is measured with.
const SIZES: [usize; 6] = [50, 100, 200, 400, 800, 1600];

impl Found {
    /// The winner, and its accuracy on pictures that no search saw.
    pub(crate) fn winner(&self) -> (Look, f32) {
        let winner = winner(&self.looks);
        let at = self.looks.iter().position(|look| *look == winner);
        let seen = &self.seen[at.expect("the winner was looked at")][CHOOSING..];
        let right = seen.iter().filter(|&&right| right).count();
        (winner, right as f32 / seen.len() as f32)
    }
}

/// A way to search, and what it found in each repeat.
pub(crate) struct Way {
    pub(crate) name: &'static str,
    pub(crate) found: Vec<Found>,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let clothes = Clothes::load()?;
    let pick = |from: usize, to: usize| (from..to).collect::<Vec<_>>();
    let room = Classroom {
        training: clothes.training.pick(&pick(0, run.choose(100, 1000, 1000))),
        choosing: clothes.validation.pick(&pick(0, CHOOSING)),
        fresh: clothes
            .validation
            .pick(&pick(CHOOSING, clothes.validation.len())),
    };
    let ways = searches(run, &room)?;
    tell(run, &ways)?;
    constraint(run, &ways)?;
    curse(run, &ways)?;
    run.figure("search_places", figures::search::places(&ways)?)?;
    run.figure("search_costs", figures::search::costs(&ways)?)
}

/// All three searches, several times.
fn searches(run: &mut Run, room: &Classroom) -> anyhow::Result<[Way; 3]> {
    let side: usize = run.choose(2, 3, 3);
    let rounds: u32 = run.choose(1, ROUNDS, ROUNDS);
    let epochs = 2_usize.pow(rounds - 1);
    let budget = side.pow(3) * epochs;
    let many = affordable(budget, rounds);
    run.record("search_budget", Value::count(budget))?;
    run.record("search_whole", Value::count(side.pow(3)))?;
    run.record("search_halving", Value::count(many))?;
    let mut ways = ["grid", "random", "halving"].map(|name| Way {
        name,
        found: Vec::new(),
    });
    for seed in run.few_seeds() {
        let mut rng = Rng::new(seed).fork("search");
        let lists = [
            SPACE.grid(side),
            SPACE.random(side.pow(3), &mut rng),
            SPACE.random(many, &mut rng),
        ];
        for (way, candidates) in ways.iter_mut().zip(lists) {
            let (notes, check) = (Default::default(), || run.check_interrupt());
            let begin = |one: &Candidate| room.student(one, seed, &notes, &check);
            let looks = match way.name {
                "halving" => halving(&candidates, rounds, begin)?,
                _ => whole(&candidates, epochs, begin)?,
            };
            let seen = notes.into_inner();
            way.found.push(Found {
                candidates,
                looks,
                seen,
            });
        }
    }
    Ok(ways)
}

/// What each search found.
fn tell(run: &mut Run, ways: &[Way; 3]) -> anyhow::Result<()> {
    run.say("The winner of each search, a line a repeat:");
    let rows = ways.iter().flat_map(|way| {
        way.found.iter().map(|found| {
            let (look, fresh) = found.winner();
            let one = found.candidates[look.candidate];
            [
                way.name.to_string(),
                format!("{:.4}", one.lr),
                one.width.to_string(),
                format!("{:.2}", one.dropout),
                percent(look.score),
                percent(fresh),
            ]
        })
    });
    let head = ["search", "rate", "units", "dropout", "chosen on", "fresh"];
    run.table(&head, rows);
    for way in ways {
        let scores = way.found.iter().map(Found::winner);
        let scores = scores.map(|(look, fresh)| (look.score as f32, fresh));
        let (chosen, fresh): (Vec<f32>, Vec<f32>) = scores.unzip();
        for (name, scores) in [("chosen", chosen), ("fresh", fresh)] {
            let value = Value::fraction(mean(&scores)).tolerance(0.02);
            let name = format!("search_{}_{name}", way.name);
            run.record(&name, value.over_seeds(&scores))?;
        }
    }
    Ok(())
}

/// The best of all, and the best that fits: accuracy decides, size only has to suffice.
fn constraint(run: &mut Run, ways: &[Way; 3]) -> anyhow::Result<()> {
    let best = |most: usize| -> Vec<f32> {
        let of = |found: &Found| {
            let fits = |look: &&Look| found.candidates[look.candidate].width <= most;
            let scores = found.looks.iter().filter(fits).map(|look| look.score);
            scores.fold(0.0, f64::max) as f32
        };
        ways[1].found.iter().map(of).collect()
    };
    let (any, small) = (best(usize::MAX), best(SMALL));
    run.say(format!(
        "\nRandom search, best of all: {};\nbest with at most {SMALL} units: {}.",
        listed(&any),
        listed(&small)
    ));
    run.record("search_small_units", Value::count(SMALL))?;
    let value = Value::fraction(mean(&small)).tolerance(0.02);
    run.record("search_small", value.over_seeds(&small))
}

/// How much of a winner's score was luck, by how many pictures chose it. Chosen again
/// and again among the same candidates, by other pictures each time, so that neither
/// part is the easier one.
fn curse(run: &mut Run, ways: &[Way; 3]) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("curse");
    let draws = run.choose(5, 100, 100);
    let mut curve = Vec::new();
    for size in SIZES {
        let each: Vec<[f64; 2]> = ways[1]
            .found
            .iter()
            .map(|found| {
                let seen: Vec<&[bool]> = found.seen.iter().map(Vec::as_slice).collect();
                winners_curse(&seen, size, draws, &mut rng)
            })
            .collect();
        let mean = |which: usize| each.iter().map(|pair| pair[which]).sum::<f64>();
        curve.push((size, [0, 1].map(|which| mean(which) / each.len() as f64)));
    }
    run.say("\nThe winner of a random search, by how many pictures chose it:");
    run.table(
        &["pictures", "where chosen", "elsewhere", "luck"],
        curve.iter().map(|(size, [chosen, fresh])| {
            let luck = format!("{:.1} points", 100.0 * (chosen - fresh));
            [size.to_string(), percent(*chosen), percent(*fresh), luck]
        }),
    );
    for (size, [chosen, fresh]) in &curve {
        let luck = Value::number(100.0 * (chosen - fresh));
        let luck = luck.tolerance(1.0).unit("points");
        run.record(&format!("search_luck_{size}"), luck)?;
    }
    run.figure("search_curse", figures::search::curse(&curve)?)
}

fn listed(shares: &[f32]) -> String {
    let each = shares.iter().map(|share| percent(*share));
    each.collect::<Vec<_>>().join(", ")
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len() as f32
}
