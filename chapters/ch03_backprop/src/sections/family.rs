//! The section `family`: 1986: two family trees.

use lesson::{Run, Value, percent, thousands};

use crate::family::RELATIONS;
use crate::family::{Cases, Fact, PLACES, branch, facts, generation, is_male, name};
use crate::family_net::{
    CODE, FamilyNet, OURS, PAPER, Point, Schedule, Trainer, count_right, grouped,
    hold_out, nation, receptive_field, separation, share_between,
};
use crate::figures;

/// Facts held out of each training, as in the paper.
const HELD_OUT: usize = 4;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    the_facts(run)?;
    with_the_papers_steps(run)?;
    let splits = run.choose(1, 10, 10);
    let sweeps = run.choose(800, 2000, 2000);
    let bar = run.progress("learning families", splits);
    let mut trained = Vec::new();
    for seed in run.seed()..run.seed() + splits as u64 {
        trained.push(train(seed, OURS, sweeps));
        bar.step()?;
    }
    drop(bar);
    accuracy(run, &trained)?;
    the_codes(run, &trained)?;
    let curves: Vec<_> = trained.iter().map(|t| &t.curve[..]).collect();
    run.figure("family_curve", figures::family::curve(&curves)?)
}

/// A trained net, and how it came to be.
struct Trained {
    net: FamilyNet,
    held_out: Vec<Fact>,
    curve: Vec<Point>,
}

/// Trains on all facts but a few, with another few left out for each seed.
fn train(seed: u64, schedule: Schedule, sweeps: usize) -> Trained {
    let (train, held_out) = hold_out(&facts(), HELD_OUT, seed);
    let (cases, others) = (Cases::of(&train), Cases::of(&held_out));
    let mut trainer = Trainer::new(schedule, seed);
    let mut curve = Vec::new();
    for sweep in 1..=sweeps {
        let error = trainer.sweep(&cases);
        if sweep % 100 == 0 || sweep == 1 {
            let counts =
                [&cases, &others].map(|cases| count_right(&trainer.net, cases));
            curve.push(Point {
                sweep,
                error,
                trained: counts[0].strict as f32 / train.len() as f32,
                held_out: counts[1].strict as f32 / held_out.len() as f32,
                counts,
            });
        }
    }
    Trained {
        net: trainer.net,
        held_out,
        curve,
    }
}

impl Trained {
    /// The counts at the end.
    fn end(&self) -> &Point {
        self.curve
            .last()
            .expect("the first sweep is in every curve")
    }
}

/// Counts what the two trees imply.
fn the_facts(run: &mut Run) -> anyhow::Result<()> {
    let facts = facts();
    let answers: usize = facts.iter().map(|f| f.answers.len()).sum();
    run.say(format!(
        "{} questions, {} answers; {} of the questions are about the English.",
        facts.len(),
        answers,
        facts.iter().filter(|f| f.person < PLACES).count()
    ));
    run.record("family_facts", Value::count(facts.len()))?;
    run.record("family_answers", Value::count(answers))?;
    run.figure("family_trees", figures::family::trees()?)?;
    run.figure("family_net", figures::family::net()?)
}

/// The paper's steps, from two widths of the first weights.
fn with_the_papers_steps(run: &mut Run) -> anyhow::Result<()> {
    let sweeps = run.choose(50, 1500, 1500);
    for (name, width) in [("paper", PAPER.width), ("paper_wide", OURS.width)] {
        let trained = train(run.seed(), Schedule { width, ..PAPER }, sweeps);
        let right = trained.end().counts[0].strict;
        run.say(format!(
            "The paper's steps, first weights within ±{width}: {right} of 100 right after {} \
             sweeps.",
            thousands(sweeps)
        ));
        let value = Value::number(right as f64).tolerance(5.0);
        run.record(&format!("family_{name}_right"), value)?;
    }
    Ok(())
}

/// Right answers over the splits, strict and by order.
fn accuracy(run: &mut Run, all: &[Trained]) -> anyhow::Result<()> {
    run.say(format!(
        "\nOurs: first weights within ±{}, learning rate {}, decay {}; {} sweeps.",
        OURS.width,
        OURS.then.lr,
        percent(OURS.then.decay),
        thousands(all[0].end().sweep)
    ));
    let rows = all.iter().zip(run.seed()..).map(|(t, seed)| {
        let [trained, held_out] = t.end().counts;
        vec![
            seed.to_string(),
            trained.strict.to_string(),
            held_out.strict.to_string(),
            held_out.best.to_string(),
        ]
    });
    let head = ["split", "of 100 trained", "of 4 held out", "by order"];
    run.table(&head, rows.collect::<Vec<_>>());
    let shares = |of: fn(&Trained) -> f32| all.iter().map(of).collect::<Vec<f32>>();
    let trained = shares(|t| t.end().trained);
    let held_out = shares(|t| t.end().held_out);
    let best = shares(|t| t.end().counts[1].best as f32 / HELD_OUT as f32);
    for (name, shares) in [("trained", trained), ("held_out", held_out), ("best", best)]
    {
        let value = over(&shares);
        run.record(&format!("family_{name}"), value)?;
    }
    let held_out = over(&shares(|t| t.end().held_out));
    let spread = Value::fraction(held_out.spread.unwrap_or_default()).tolerance(0.2);
    run.record("family_held_out_spread", spread)?;
    let right: usize = all.iter().map(|t| t.end().counts[1].strict).sum();
    let asked = HELD_OUT * all.len();
    run.say(format!(
        "{right} of {asked} held-out questions answered rightly."
    ));
    run.record("family_splits", Value::count(all.len()))?;
    run.record("family_asked", Value::count(asked))?;
    let about = |n: usize| Value::number(n as f64).tolerance(8.0);
    run.record("family_held_out_right", about(right))?;
    let all_four = all.iter().filter(|t| t.end().counts[1].strict == HELD_OUT);
    run.record("family_all_four", about(all_four.count()))?;
    let first = all[0]
        .held_out
        .iter()
        .map(|fact| format!("{}'s {}", name(fact.person), RELATIONS[fact.relation]));
    let first: Vec<String> = first.collect();
    run.say(format!("Held out of the first:\n{}.", first.join(", ")));
    Ok(())
}

/// What each unit of the people's code tells of them.
fn the_codes(run: &mut Run, all: &[Trained]) -> anyhow::Result<()> {
    let net = &all[0].net;
    let fields: Vec<_> = (0..CODE).map(|unit| receptive_field(net, unit)).collect();
    let shares = fields.iter().map(|field| shares_of(field));
    let shares: Vec<[f32; 4]> = shares.collect();
    run.say("\nHow much of a unit's weights each property explains:");
    let rows = shares.iter().enumerate().map(|(unit, shares)| {
        let cells = shares.iter().map(|s| format!("{:.0} %", 100.0 * s));
        [vec![(unit + 1).to_string()], cells.collect()].concat()
    });
    let head = ["unit", "nation", "generation", "branch", "sex"];
    run.table(&head, rows.collect::<Vec<_>>());
    for (property, name) in head[1..].iter().enumerate() {
        let best = (0..CODE)
            .max_by(|&a, &b| shares[a][property].total_cmp(&shares[b][property]));
        let best = best.expect("there are six units");
        let each: Vec<f32> = all.iter().map(|t| best_share(&t.net, property)).collect();
        let value = Value::number(best as f64 + 1.0).tolerance(5.0);
        run.record(&format!("family_{name}_unit"), value)?;
        let value = Value::fraction(shares[best][property]).tolerance(0.3);
        run.record(&format!("family_{name}_share"), value)?;
        let value = over(&each);
        run.record(&format!("family_{name}_shares"), value)?;
    }
    let separations: Vec<f32> = all.iter().map(|t| best_separation(&t.net)).collect();
    let perfect = separations.iter().filter(|s| **s == 1.0).count();
    run.say(format!(
        "In {perfect} of {} nets one unit alone tells all English from all Italians.",
        all.len()
    ));
    run.record(
        "family_nation_separated",
        Value::number(perfect as f64).tolerance(3.0),
    )?;
    let value = over(&separations);
    run.record("family_nation_separation", value)?;
    run.figure("family_codes", figures::family::codes(&fields)?)
}

/// The mean over the trainings. Training magnifies the last digits in which two machines
/// differ, so another machine's mean may lie anywhere within the spread, or a little beyond.
fn over(shares: &[f32]) -> Value {
    let value = Value::over_splits(shares).unit("fraction");
    let tolerance = value.tolerance.max(0.2);
    value.tolerance(tolerance)
}

/// How much of the spread of one unit's weights lies between nations, generations,
/// branches and the sexes.
fn shares_of(field: &[f32]) -> [f32; 4] {
    let place = |person: usize| person % PLACES;
    let of = |(values, groups): (Vec<f32>, Vec<usize>)| share_between(&values, &groups);
    [
        of(grouped(field, nation)),
        of(grouped(field, |p| generation(place(p)))),
        of(grouped(field, |p| branch(place(p)))),
        of(grouped(field, |p| Some(usize::from(is_male(place(p)))))),
    ]
}

/// The share of the unit that tells most of a property.
fn best_share(net: &FamilyNet, property: usize) -> f32 {
    let shares = (0..CODE).map(|unit| shares_of(&receptive_field(net, unit))[property]);
    shares.fold(0.0, f32::max)
}

/// How well the best unit separates the English from the Italians.
fn best_separation(net: &FamilyNet) -> f32 {
    let each = (0..CODE).map(|unit| separation(&receptive_field(net, unit)));
    each.fold(0.0, f32::max)
}
