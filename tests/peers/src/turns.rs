//! Both sides in turns: medians, ratios, and the check that they compute the same.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde::Deserialize;

use crate::cases::Named;
use crate::python::{self, Peer, Versions};

/// How far the numbers of the two sides may lie apart: `|a - b| <= 1e-3 max(1, |b|)`, after an
/// epoch of some 150 steps in which roundings grow.
const AGREE: f64 = 1e-3;

/// A pause before each turn: threads of the other side that wait for work by spinning have then
/// gone to sleep. libgomp and Intel's runtime spin for up to 0.2 s.
const REST: Duration = Duration::from_millis(300);

/// What was measured of one case.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) about: String,
    /// What the numbers are of, and their unit: `ms an epoch`.
    pub(crate) unit: String,
    /// Medians of the two sides.
    pub(crate) ours: f64,
    pub(crate) theirs: f64,
    /// The ratio of the medians.
    pub(crate) ratio: f64,
    /// Half of the ratios of single rounds lie between these two.
    pub(crate) quartiles: [f64; 2],
}

impl Row {
    fn new(name: &str, about: &str, unit: String, scale: f64, pairs: &[[f64; 2]]) -> Row {
        let side = |side: usize| pairs.iter().map(|pair| pair[side]).collect::<Vec<f64>>();
        let (ours, theirs) = (quantile(side(0), 0.5), quantile(side(1), 0.5));
        let ratios: Vec<f64> = pairs.iter().map(|[ours, theirs]| ours / theirs).collect();
        Row {
            name: name.to_string(),
            about: about.to_string(),
            unit,
            ours: scale * ours,
            theirs: scale * theirs,
            ratio: ours / theirs,
            quartiles: [0.25, 0.75].map(|q| quantile(ratios.clone(), q)),
        }
    }
}

/// The value below which this share of the numbers lies.
fn quantile(mut numbers: Vec<f64>, share: f64) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[((numbers.len() - 1) as f64 * share).round() as usize]
}

/// Runs a case in turns.
///
/// # Errors
/// If the two sides do not agree, or the other side cannot be run.
pub(crate) fn inside(
    case: &Named,
    python: &Path,
    folder: &Path,
    rounds: usize,
) -> anyhow::Result<(Row, Versions)> {
    let mut ours = (case.make)()?;
    let mut peer = Peer::start(python, case.name, folder)?;
    agree(case.name, &ours.run(), &peer.run()?.numbers)?;
    let mut pairs = Vec::new();
    for round in 0..rounds {
        let mut mine = || {
            sleep(REST);
            let start = Instant::now();
            ours.run();
            start.elapsed().as_secs_f64()
        };
        // Who goes first changes, so that neither always finds the caches of the other.
        let mut other = || {
            sleep(REST);
            peer.run().map(|answer| answer.seconds)
        };
        let pair = if round % 2 == 0 {
            let first = mine();
            [first, other()?]
        } else {
            let first = other()?;
            [mine(), first]
        };
        pairs.push(pair);
    }
    let (scale, unit) = unit(pairs[0][1] / case.pieces as f64);
    let unit = format!("{unit} a {}", case.piece);
    let row = Row::new(
        case.name,
        case.about,
        unit,
        scale / case.pieces as f64,
        &pairs,
    );
    Ok((row, peer.versions.clone()))
}

/// What to multiply seconds by, and the unit's name.
fn unit(seconds: f64) -> (f64, &'static str) {
    match seconds {
        s if s < 1e-3 => (1e6, "µs"),
        s if s < 1.0 => (1e3, "ms"),
        _ => (1.0, "s"),
    }
}

/// That both sides computed the same numbers.
fn agree(case: &str, ours: &[f64], theirs: &[f64]) -> anyhow::Result<()> {
    ensure!(
        ours.len() == theirs.len(),
        "{case}: {} numbers and {}",
        ours.len(),
        theirs.len()
    );
    for (a, b) in ours.iter().zip(theirs) {
        ensure!(
            (a - b).abs() <= AGREE * b.abs().max(1.0),
            "{case}: the two sides do not compute the same: {a} here, {b} in PyTorch"
        );
    }
    Ok(())
}

/// What a whole training prints as its last line.
#[derive(Debug, Deserialize)]
struct Trained {
    /// The share of the test that is right, or the loss after the first steps.
    result: f64,
    peak_kib: Option<u64>,
    /// Of PyTorch's side.
    #[serde(flatten)]
    versions: Option<Versions>,
}

/// Whole processes in turns: their time, and the largest memory they held.
///
/// # Errors
/// If a process fails, or their results lie more than 0.03 apart.
pub(crate) fn processes(
    name: &str,
    about: &str,
    python: &Path,
    folder: &Path,
    rounds: usize,
) -> anyhow::Result<(Vec<Row>, Versions)> {
    let me = std::env::current_exe()?;
    let (mut times, mut peaks) = (Vec::new(), Vec::new());
    let mut versions = None;
    for round in 0..=rounds {
        let mut ours = Command::new(&me);
        ours.args(["--train", name]);
        let mine = whole(&mut ours)?;
        let theirs = whole(&mut python::command(python, name, folder))?;
        let (a, b) = (mine.1.result, theirs.1.result);
        ensure!((a - b).abs() < 0.03, "{name}: {a} here, {b} in PyTorch");
        versions = theirs.1.versions;
        // The first pair fills the system's file cache.
        if round > 0 {
            times.push([mine.0, theirs.0]);
            let mib = |kib: u64| kib as f64 / 1024.0;
            peaks.extend(
                mine.1
                    .peak_kib
                    .zip(theirs.1.peak_kib)
                    .map(|(a, b)| [mib(a), mib(b)]),
            );
        }
    }
    let row = |what: &str, about: &str, unit: &str, pairs: &[[f64; 2]]| {
        Row::new(&format!("{name}_{what}"), about, unit.into(), 1.0, pairs)
    };
    let mut rows = vec![row("training", about, "s", &times)];
    if !peaks.is_empty() {
        let about = "the largest memory of that process";
        rows.push(row("memory", about, "MiB", &peaks));
    }
    let versions = versions.context("PyTorch's side does not say its version")?;
    Ok((rows, versions))
}

/// Seconds of a process from start to end, and what it printed last.
fn whole(command: &mut Command) -> anyhow::Result<(f64, Trained)> {
    let start = Instant::now();
    let output = command.stderr(Stdio::inherit()).output()?;
    let seconds = start.elapsed().as_secs_f64();
    ensure!(
        output.status.success(),
        "{:?} failed",
        command.get_program()
    );
    let text = String::from_utf8_lossy(&output.stdout);
    let last = text.lines().last().context("a training prints a line")?;
    Ok((seconds, serde_json::from_str(last)?))
}
