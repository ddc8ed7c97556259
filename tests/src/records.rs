//! Records: what the book prints is what the lessons compute.

use crate::nested;
use lesson::{Mode, Recorded, Results, compare, digest};
use pages::{Complaint, Course, Lesson, records};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use walkdir::WalkDir;

/// The most that a quick run may take: the five seconds that it is made for, on a machine half
/// as fast.
pub const QUICK: Duration = Duration::from_secs(10);

/// Longer than any quick run takes even on a busy machine.
const LIMIT: Duration = Duration::from_secs(120);

/// Runs a lesson's program with `--quick` and compares what it finds with `[quick]` of the book.
///
/// A run that takes longer than [`QUICK`] gets a second try: the machine may have been busy.
pub fn quick(root: &Path, lesson: &Lesson, program: &Path) -> Vec<Complaint> {
    let file = records::results_file(lesson);
    let remedy = records::record_command(lesson, Mode::Quick);
    let complain = |message: String| vec![Complaint::new(&file, 0, message)];
    let results = match Results::load_or_empty(&root.join(&file)) {
        Ok(results) => results,
        Err(error) => return complain(error.to_string()),
    };
    let Some(recorded) = results.quick else {
        return complain(format!("nothing under [quick]; record it with `{remedy}`"));
    };
    let run = || {
        let out = tempfile::tempdir().map_err(|error| error.to_string())?;
        run_quick(root, program, out.path())
    };
    let first = run();
    let ran = match first {
        Ok((_, took)) if took > QUICK => run(),
        first => first,
    };
    match ran {
        Err(message) => complain(format!("{} --quick: {message}", lesson.id)),
        Ok((got, took)) => judge_quick(&file, &recorded, &got, took, &remedy),
    }
}

/// Compares a quick run with its record.
pub fn judge_quick(
    file: &Path,
    recorded: &Recorded,
    got: &Recorded,
    took: Duration,
    remedy: &str,
) -> Vec<Complaint> {
    let differences = compare(recorded, got);
    let mut complaints: Vec<Complaint> = differences
        .iter()
        .map(|difference| Complaint::new(file, 0, format!("[quick] {difference}; `{remedy}`")))
        .collect();
    if took > QUICK {
        let (took, limit) = (took.as_secs_f64(), QUICK.as_secs());
        let message = format!("--quick took {took:.1} s, at most {limit} s");
        complaints.push(Complaint::new(file, 0, message));
    }
    complaints
}

fn run_quick(root: &Path, program: &Path, out: &Path) -> Result<(Recorded, Duration), String> {
    let mut command = Command::new(program);
    command
        .current_dir(root)
        .arg("--quick")
        .arg("--out")
        .arg(out);
    command.env("NO_COLOR", "1");
    let ran = nested::run(&mut command, LIMIT).map_err(|error| error.to_string())?;
    if !ran.status.is_some_and(|status| status.success()) {
        return Err(format!("did not end well:\n{}{}", ran.stdout, ran.stderr));
    }
    let results = Results::load(&out.join("results.toml"));
    let results = results.map_err(|error| error.to_string())?;
    let got = results
        .quick
        .ok_or("wrote no [quick] to its results.toml")?;
    Ok((got, ran.took))
}

/// Runs a lesson's program with `--quick` twice: the seed alone decides what comes out.
pub fn repeated(root: &Path, lesson: &Lesson, program: &Path) -> Vec<Complaint> {
    let source = Path::new("chapters").join(&lesson.id);
    let run = || -> Result<_, String> {
        let out = tempfile::tempdir().map_err(|error| error.to_string())?;
        let (got, _) = run_quick(root, program, out.path())?;
        let files = files(out.path()).map_err(|error| error.to_string())?;
        Ok((got, files))
    };
    match (run(), run()) {
        (Ok(first), Ok(second)) => judge_repeated(&source, first, second),
        (Err(message), _) | (_, Err(message)) => vec![Complaint::new(source, 0, message)],
    }
}

/// Files of a run by name, with their bytes.
pub type Files = BTreeMap<PathBuf, Vec<u8>>;

/// All files of a run except results.toml, which holds times.
fn files(out: &Path) -> Result<Files, walkdir::Error> {
    let mut files = Files::new();
    for entry in WalkDir::new(out) {
        let entry = entry?;
        let name = entry.path().strip_prefix(out).unwrap_or(entry.path());
        if entry.file_type().is_file() && name != Path::new("results.toml") {
            let bytes = fs::read(entry.path()).unwrap_or_default();
            files.insert(name.to_path_buf(), bytes);
        }
    }
    Ok(files)
}

/// Compares two runs of the same program: equal values, but for times, and equal files.
pub fn judge_repeated(
    source: &Path,
    (first, files): (Recorded, Files),
    (second, again): (Recorded, Files),
) -> Vec<Complaint> {
    let complain = |what: String| {
        let message = format!("two --quick runs differ in {what}: something is not seeded");
        Complaint::new(source, 0, message)
    };
    let names = first.values.keys().chain(second.values.keys());
    let names: BTreeSet<&String> = names.collect();
    let differs = |name: &&String| match (first.values.get(*name), second.values.get(*name)) {
        (Some(a), Some(b)) => a != b && !(a.is_time() && b.is_time()),
        _ => true,
    };
    let values = names
        .into_iter()
        .filter(differs)
        .map(|n| complain(n.clone()));
    let paths: BTreeSet<&PathBuf> = files.keys().chain(again.keys()).collect();
    let changed = paths
        .into_iter()
        .filter(|path| files.get(*path) != again.get(*path));
    let changed = changed.map(|path| complain(path.display().to_string()));
    values.chain(changed).collect()
}

/// The recorded sections that were computed by other sources than today's, one line each. They
/// are told, not judged: `cargo run -- check` lists them too.
pub fn stale(root: &Path) -> Vec<String> {
    let Ok(course) = Course::load(root) else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for lesson in course.lessons.iter().filter(|lesson| lesson.is_ready()) {
        let results = Results::load_or_empty(&root.join(records::results_file(lesson)));
        let digest = digest(&root.join("chapters").join(&lesson.id));
        let (Ok(results), Ok(digest)) = (results, digest) else {
            continue;
        };
        for (mode, section) in results.stale(&digest) {
            let command = records::record_command(lesson, mode);
            lines.push(format!("{} [{mode}] {section}: {command}", lesson.id));
        }
    }
    lines
}
