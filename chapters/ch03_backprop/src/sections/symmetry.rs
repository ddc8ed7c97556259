//! The section `symmetry`: 1986: a symmetry detector.

use lesson::{Run, Value, thousands};

use crate::figures;
use crate::sweeps::Step;
use crate::symmetry::{
    GENTLER, PAPER, PATTERNS, Training, asymmetry, column, nearer, opposition,
    patterns, ratios, train,
};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let most = run.choose(1500, 5000, 5000);
    let paper = many(run, PAPER, most)?;
    let gentler = many(run, GENTLER, most)?;
    let learnt = paper.iter().find(|t| t.done_after.is_some());
    let Some(learnt) = learnt else {
        anyhow::bail!("none of {} starts learnt symmetry", paper.len());
    };
    what_it_learnt(run, learnt)?;
    how_long(run, &paper, &gentler, most)?;
    every_solution(run, &[&paper[..], &gentler].concat())?;
    let figure = figures::symmetry::errors(&paper, &gentler)?;
    run.figure("symmetry_errors", figure)?;
    let stuck = (run.seed()..).zip(&paper);
    let stuck = stuck.filter(|(_, t)| t.done_after.is_none());
    longer(run, stuck.collect())
}

/// Trainings from several starts.
fn many(run: &mut Run, step: Step, most: usize) -> anyhow::Result<Vec<Training>> {
    let starts = run.choose(2, 20, 20);
    let bar = run.progress("learning symmetry", starts);
    let seeds = run.seed()..run.seed() + starts as u64;
    let trainings = seeds.map(|seed| {
        bar.step()?;
        Ok(train(seed, step, most))
    });
    trainings.collect()
}

/// The weights of one net that learnt, with numbers that say how regular they are.
fn what_it_learnt(run: &mut Run, training: &Training) -> anyhow::Result<()> {
    let (hidden, output) = (&training.detector.hidden, &training.detector.output);
    let (x, targets) = patterns();
    let right = nearer(&training.detector.forward(&x), &targets, 0.5);
    let done = training.done_after.unwrap_or(training.errors.len());
    run.say(format!(
        "{right} of {PATTERNS} patterns right after {} sweeps. The weights:",
        thousands(done)
    ));
    let biases = hidden.bias.to_vec();
    let rows = [0, 1].map(|unit| {
        let weights = column(hidden, unit);
        let name = vec![format!("hidden unit {}", unit + 1)];
        let numbers = weights.iter().chain([&biases[unit]]);
        [name, numbers.map(|w| format!("{w:+.2}")).collect()].concat()
    });
    let head = ["from bit", "1", "2", "3", "4", "5", "6", "bias"];
    run.table(&head, rows);
    let from = output.weights.to_vec();
    run.say(format!(
        "The output unit weighs these two by {:+.2} and {:+.2}; its bias is {:+.2}.",
        from[0],
        from[1],
        output.bias.item()
    ));
    run.record("symmetry_right", Value::count(right))?;
    let about = Value::number(done as f64).tolerance(1500.0);
    run.record("symmetry_sweeps", about)?;
    let [_, middle, largest] = ratios(hidden, 0);
    let ratio = |size: f32| Value::number(size).tolerance(0.3);
    run.record("symmetry_ratio_middle", ratio(middle))?;
    run.record("symmetry_ratio_largest", ratio(largest))?;
    let value = Value::fraction(opposition(hidden)).tolerance(0.05);
    run.record("symmetry_opposition", value)?;
    run.figure("symmetry_net", figures::symmetry::net(&training.detector)?)?;
    run.figure("symmetry_weights", figures::symmetry::weights(hidden)?)
}

/// The sweeps that each start took at both rates, and how many never got there.
fn how_long(
    run: &mut Run,
    paper: &[Training],
    gentler: &[Training],
    most: usize,
) -> anyhow::Result<()> {
    let starts = paper.len();
    run.say(format!(
        "\n{starts} starts, at most {} sweeps:",
        thousands(most)
    ));
    let mut rows = Vec::new();
    for (name, rate, trainings) in
        [("paper", PAPER.lr, paper), ("gentler", GENTLER.lr, gentler)]
    {
        let done = trainings.iter().filter_map(|t| t.done_after);
        let mut done: Vec<usize> = done.collect();
        done.sort_unstable();
        let Some(last) = done.len().checked_sub(1) else {
            continue;
        };
        let few_middle_most = [done[0], done[last / 2], done[last]];
        let mut row = vec![format!("{rate}"), done.len().to_string()];
        row.extend(few_middle_most.map(thousands));
        rows.push(row);
        for (which, sweeps) in ["fewest", "middle", "most"].iter().zip(few_middle_most)
        {
            let value = Value::number(sweeps as f64).tolerance(3000.0);
            run.record(&format!("symmetry_{name}_{which}"), value)?;
        }
        let learnt = Value::number(done.len() as f64).tolerance(4.0);
        run.record(&format!("symmetry_{name}_learnt"), learnt)?;
    }
    run.table(
        &["learning rate", "learn it", "quickest", "middle", "slowest"],
        rows,
    );
    run.record("symmetry_starts", Value::count(starts))?;
    let stuck = paper.iter().filter(|t| t.done_after.is_none());
    let value = Value::number(stuck.clone().count() as f64).tolerance(4.0);
    run.record("symmetry_stuck", value)?;
    let error = stuck
        .filter_map(|t| t.errors.last())
        .fold(0.0, |most, e| f32::max(most, *e));
    run.record("symmetry_stuck_error", Value::number(error).tolerance(0.5))
}

/// The ratios in every net that learnt.
fn every_solution(run: &mut Run, trainings: &[Training]) -> anyhow::Result<()> {
    let learnt = trainings.iter().filter(|t| t.done_after.is_some());
    let learnt: Vec<_> = learnt.map(|t| &t.detector.hidden).collect();
    let (mut doubling, mut others) = (0, Vec::new());
    let (mut uneven, mut apart) = (0.0_f32, 0.0_f32);
    for hidden in &learnt {
        let [_, middle, largest] = ratios(hidden, 0);
        if (middle - 2.0).abs() < 0.1 && (largest - 4.0).abs() < 0.2 {
            doubling += 1;
        } else {
            others.push((middle, largest));
        }
        uneven = uneven.max(asymmetry(hidden, 0)).max(asymmetry(hidden, 1));
        apart = apart.max(opposition(hidden));
    }
    run.say(format!(
        "\nOf the {} nets that learnt it, {doubling} have weights as 1 : 2 : 4, within a \
         twentieth.",
        learnt.len()
    ));
    if let Some((middle, largest)) = others.first() {
        run.say(format!(
            "The other {}, first of them: 1 : {middle:.2} : {largest:.2}.",
            others.len()
        ));
        run.record(
            "symmetry_other_middle",
            Value::number(*middle).tolerance(0.3),
        )?;
        run.record(
            "symmetry_other_largest",
            Value::number(*largest).tolerance(0.3),
        )?;
    }
    let nets = |n: usize| Value::number(n as f64).tolerance(4.0);
    run.record("symmetry_learnt", nets(learnt.len()))?;
    run.record("symmetry_doubling", nets(doubling))?;
    run.record("symmetry_others", nets(others.len()))?;
    run.record("symmetry_uneven", Value::fraction(uneven).tolerance(0.01))?;
    run.record("symmetry_apart", Value::fraction(apart).tolerance(0.2))
}

/// The start on the plateau that has gone the furthest down, trained for longer.
fn longer(run: &mut Run, stuck: Vec<(u64, &Training)>) -> anyhow::Result<()> {
    let most = run.choose(2000, 20_000, 20_000);
    let lowest = stuck.into_iter().min_by(|(_, a), (_, b)| {
        let last = |t: &Training| t.errors.last().copied().unwrap_or(f32::INFINITY);
        last(a).total_cmp(&last(b))
    });
    let Some((seed, training)) = lowest else {
        return Ok(());
    };
    let start = training.errors.get(100).copied().unwrap_or_default();
    let further = train(seed, PAPER, most);
    match further.done_after {
        Some(done) => {
            run.say(format!(
                "The lowest of those left has E = {start:.5} after 100 sweeps, and learns it \
                 after {}.",
                thousands(done)
            ));
            let value = Value::number(done as f64).tolerance(5000.0);
            run.record("symmetry_longer", value)
        }
        None => {
            run.say(format!(
                "None of those left learns it within {} sweeps.",
                thousands(most)
            ));
            Ok(())
        }
    }
}
