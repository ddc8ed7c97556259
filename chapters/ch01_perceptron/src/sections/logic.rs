//! Threshold units: every truth table by a net, and how many by one unit.

use anyhow::anyhow;
use lesson::{Run, Value, percent};

use crate::figures;
use crate::logic::{ThresholdUnit, check_all_tables, fires_absolute, one_unit_tables};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    inhibition(run);
    let inputs = run.choose(3, 4, 4);
    nets(run, inputs)?;
    single_units(run, inputs)?;
    run.figure("logic_gates", figures::logic::gates()?)?;
    run.figure("xor_net", figures::logic::xor_net()?)?;
    Ok(())
}

/// Absolute against relative inhibition, three excitatory inputs and one inhibitory.
fn inhibition(run: &mut Run) {
    let relative = ThresholdUnit::new(&[1, 1, 1, -1], 2);
    let word = |fires: bool| if fires { "fires" } else { "silent" };
    let row = |(firing, veto): (usize, bool)| {
        let excitatory: Vec<bool> = (0..3).map(|i| i < firing).collect();
        let all: Vec<bool> = excitatory.iter().copied().chain([veto]).collect();
        let inhibitory = if veto { "fires" } else { "silent" };
        let absolute = fires_absolute(&excitatory, &[veto], 2);
        [
            format!("{firing} of 3"),
            inhibitory.into(),
            word(absolute).into(),
            word(relative.fires(&all)).into(),
        ]
    };
    let cases = [(2, false), (3, false), (2, true), (3, true)];
    run.say("Threshold 2, three excitatory inputs and one inhibitory:");
    run.table(
        &[
            "excitatory inputs that fire",
            "inhibitory",
            "absolute",
            "relative",
        ],
        cases.map(row),
    );
}

/// Every truth table by a net.
fn nets(run: &mut Run, inputs: usize) -> anyhow::Result<()> {
    let mut total = 0;
    for n in 1..=inputs {
        let wrong = |table| anyhow!("the net for {table:?} gives a wrong answer");
        total += check_all_tables(n).map_err(wrong)?;
    }
    run.say(format!(
        "\nNets for all {total} truth tables of 1 to {inputs} inputs: every row right."
    ));
    run.record("boolean_tables", Value::count(total))
}

/// How many truth tables a single unit computes.
fn single_units(run: &mut Run, inputs: usize) -> anyhow::Result<()> {
    let counts: Vec<(usize, usize)> = (1..=inputs)
        .map(|n| (one_unit_tables(n).len(), 1 << (1 << n)))
        .collect();
    run.say("\nTruth tables that a single unit computes:");
    let rows = counts.iter().zip(1..).map(|((one, all), n)| {
        [
            n.to_string(),
            one.to_string(),
            all.to_string(),
            percent(*one as f64 / *all as f64),
        ]
    });
    run.table(&["inputs", "one unit", "all", "share"], rows);
    for ((one, all), n) in counts.iter().zip(1..).skip(1) {
        run.record(&format!("one_unit_tables_{n}"), Value::count(*one))?;
        run.record(
            &format!("one_unit_share_{n}"),
            Value::fraction(*one as f64 / *all as f64),
        )?;
    }
    run.figure("one_unit_share", figures::logic::one_unit_share(&counts)?)
}
