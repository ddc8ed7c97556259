//! The section `augment`: few digits, shown differently each time.

use lesson::{Run, Value, percent};
use tensor::Rng;

use crate::augment::{Change, Warp};
use crate::digits::{Digits, SIDE};
use crate::figures;
use crate::models::LeNet;
use crate::practice::{practise, right, squares};

/// Training digits, and passes over them.
const FEW: [(usize, usize); 2] = [(500, 20), (2000, 8)];

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let digits = Digits::load()?;
    let (training, test) = (squares(&digits.training), squares(&digits.test));
    let test = test.pick(&(0..run.choose(200, 1000, 1000)).collect::<Vec<_>>());
    let few = run.choose(&[(100, 2)][..], &FEW, &FEW);
    let seeds = run.few_seeds();
    let trainings = Change::EACH.len() + (few.len() - 1) * (Change::EACH.len() - 2);
    let bar = run.progress("learning", trainings * seeds.len());
    let mut all = Vec::new();
    for change in Change::EACH {
        for &(n, passes) in few {
            if n > FEW[0].0 && matches!(change, Change::Turn | Change::Scale) {
                continue; // the parts of "all three" are told apart once
            }
            let mut read = Vec::new();
            for &seed in &seeds {
                let mut rng = Rng::new(seed).fork("augment");
                let rows = rng.permutation(training.len());
                let some = training.pick(&rows[..n]);
                let mut net = LeNet::new(1, SIDE, 10, &mut rng);
                practise(&mut net, &some, passes, &mut rng, |_, batch, rng| {
                    change.apply(batch, rng)
                });
                read.push(right(&net, &test));
                bar.step()?;
            }
            all.push((change, n, read));
        }
    }
    drop(bar);
    say(run, few, &all)?;
    let two = test
        .classes
        .iter()
        .position(|&class| class == 2)
        .unwrap_or(0);
    let digit = test.pick(&[two]).x; // [1, 1, 28, 28]
    let mut rng = Rng::new(run.seed()).fork("shown");
    run.figure("changes", figures::augment::changes(&digit, &mut rng)?)?;
    let turned = Warp {
        turn: 30.0,
        ..Warp::NONE
    };
    run.figure("warp", figures::augment::warp(&digit, turned)?)
}

/// What a change is called, in words and in a record.
fn name(change: Change) -> (&'static str, &'static str) {
    match change {
        Change::None => ("as they are", "none"),
        Change::Shift => ("moved", "shift"),
        Change::Turn => ("turned", "turn"),
        Change::Scale => ("larger, smaller", "scale"),
        Change::All => ("all three", "all"),
        Change::Mirror => ("mirrored", "mirror"),
    }
}

/// The table, the records and the figure.
fn say(
    run: &mut Run,
    few: &[(usize, usize)],
    all: &[(Change, usize, Vec<f32>)],
) -> anyhow::Result<()> {
    let mean = |read: &[f32]| read.iter().sum::<f32>() / read.len() as f32;
    let mut head = vec!["shown".to_owned()];
    head.extend(few.iter().map(|(n, _)| format!("{n} digits")));
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let rows = Change::EACH.map(|change| {
        let read = |&(size, _): &(usize, usize)| {
            let mut of = all.iter().filter(|(c, n, _)| *c == change && *n == size);
            of.next()
                .map_or(String::new(), |(_, _, read)| percent(mean(read)))
        };
        let cells = few.iter().map(read);
        [name(change).0.to_owned()]
            .into_iter()
            .chain(cells)
            .collect::<Vec<_>>()
    });
    run.say("Test digits read, the mean over the seeds, by what the net learnt from:");
    run.table(&head, rows);
    for (change, n, read) in all {
        let value = Value::fraction(mean(read)).tolerance(0.02);
        let few = if *n == few[0].0 { "few" } else { "more" };
        let name = format!("augment_{}_{few}", name(*change).1);
        run.record(&name, value.over_seeds(read))?;
    }
    let lines = all
        .iter()
        .map(|(change, n, read)| (name(*change).0, *n, read.clone()));
    run.figure(
        "augment_gain",
        figures::augment::gain(&lines.collect::<Vec<_>>())?,
    )
}
