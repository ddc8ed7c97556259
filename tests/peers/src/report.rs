//! The command: which cases, the table, the record.

use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::ensure;
use clap::error::ErrorKind;
use lesson::{Mode, Recorded, Results, SectionRecord, Value};

use crate::cases::{all, hand_over};
use crate::flags::Flags;
use crate::python::{self, Versions};
use crate::turns::{self, Row};
use crate::whole::TRAININGS;

/// Help, or a line on what was wrong.
pub(crate) fn wrong_use(error: &clap::Error) -> ExitCode {
    if error.kind() == ErrorKind::DisplayHelp {
        drop(write!(std::io::stdout(), "{error}"));
        return ExitCode::SUCCESS;
    }
    eprintln!("{}; --help lists the flags", lesson::one_line(error));
    ExitCode::from(2)
}

/// Runs what the flags ask for.
pub(crate) fn run(flags: &Flags) -> anyhow::Result<()> {
    if flags.list {
        list();
        return Ok(());
    }
    let known = |name: &String| {
        let mut trainings = TRAININGS.iter();
        trainings.any(|(training, _)| training == name) || all().any(|case| case.name == name)
    };
    if let Some(unknown) = flags.cases.iter().find(|name| !known(name)) {
        anyhow::bail!("there is no case '{unknown}'; --list names them");
    }
    let python = python::find(flags.python.as_deref())?;
    let folder = tempfile::tempdir()?;
    hand_over(folder.path())?;
    let wanted = |name: &str| flags.cases.is_empty() || flags.cases.iter().any(|n| n == name);
    let rounds = usize::from(flags.rounds);
    let start = Instant::now();
    let (mut rows, mut versions) = (Vec::new(), None);
    for case in all().filter(|case| wanted(case.name)) {
        eprintln!("{}: {} rounds of each side in turns", case.name, rounds);
        let (row, says) = turns::inside(case, &python, folder.path(), rounds)?;
        rows.push(row);
        versions = Some(says);
    }
    for (name, about) in TRAININGS.iter().filter(|(name, _)| wanted(name)) {
        // A round takes seconds: a third as many.
        let rounds = rounds.div_ceil(3).max(3);
        eprintln!("{name}: {rounds} whole trainings of each side in turns");
        let (own, says) = turns::processes(name, about, &python, folder.path(), rounds)?;
        rows.extend(own);
        versions = Some(says);
    }
    print(&rows, versions.as_ref());
    if flags.record {
        record(&rows, versions.as_ref(), start.elapsed().as_secs_f64())?;
    }
    Ok(())
}

/// Names the cases.
fn list() {
    for case in all() {
        println!("{:<18} {}", case.name, case.about);
    }
    for (name, about) in TRAININGS {
        println!("{name:<18} {about}, a whole process: its time and its memory");
    }
}

/// The table.
fn print(rows: &[Row], versions: Option<&Versions>) {
    println!(
        "{}, {} threads each",
        lesson::processor(),
        python::threads()
    );
    if let Some(Versions { torch, numpy }) = versions {
        println!("PyTorch {torch}, NumPy {numpy}, eager, default arguments");
    }
    println!(
        "{:<18} {:>9} {:>9}  {:<14} {:>6}  {:<13} case",
        "", "ours", "PyTorch", "", "ratio", "quartiles"
    );
    for row in rows {
        let Row {
            name,
            about,
            unit,
            ours,
            theirs,
            ratio,
            quartiles: [low, high],
        } = row;
        println!(
            "{name:<18} {ours:>9.2} {theirs:>9.2}  {unit:<14} {ratio:>6.2}  {low:.2} to {high:.2}  {about}"
        );
    }
}

/// Writes the ratios; rows that were not run stay.
fn record(rows: &[Row], versions: Option<&Versions>, seconds: f64) -> anyhow::Result<()> {
    ensure!(!rows.is_empty(), "nothing was run");
    let file = python::home().join("results.toml");
    let mut results = Results::load_or_empty(&file)?;
    let mut recorded = results.get(Mode::Default).cloned().unwrap_or_default();
    recorded.seed = 1;
    recorded.seconds = seconds.round();
    recorded.processor = match versions {
        Some(Versions { torch, .. }) => format!("{}; PyTorch {torch}", lesson::processor()),
        None => lesson::processor(),
    };
    recorded.date = lesson::today();
    for row in rows {
        let unit = if row.unit == "MiB" {
            "of PyTorch's memory"
        } else {
            "of PyTorch's time"
        };
        let value = Value::number(row.ratio).unit(unit).never_compared();
        recorded.values.insert(row.name.clone(), value.rounded());
        for (side, number) in [("ours", row.ours), ("pytorch", row.theirs)] {
            let value = Value::number(number).unit(&row.unit).never_compared();
            recorded
                .values
                .insert(format!("{}_{side}", row.name), value.rounded());
        }
    }
    let section = SectionRecord {
        values: recorded.values.keys().cloned().collect(),
        ..SectionRecord::default()
    };
    recorded = Recorded {
        sections: [("peers".to_string(), section)].into_iter().collect(),
        ..recorded
    };
    results.set(Mode::Default, recorded);
    lesson::write_whole(&file, results.to_toml().as_bytes())?;
    println!("written: tests/peers/results.toml");
    Ok(())
}
