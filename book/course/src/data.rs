//! `data list|get|verify`: the big public sets, which a reader fetches once.

use std::sync::atomic::Ordering;

use anyhow::{Context, anyhow};
use clap::Subcommand;
use download::{Bar, Check, GotFile, Options, Row, Source, size};

use crate::cli::Failure;
use crate::print;

/// What one can do about data.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The sets, how big they are and whether they are here
    List,
    /// Download a set: resumed after a cut, checked before it is used
    Get {
        /// Its name, as `list` shows it
        #[arg(value_name = "SET")]
        set: String,
        /// Another variant than the first
        #[arg(long, value_name = "NAME")]
        variant: Option<String>,
        /// Only this part, such as test
        #[arg(long, value_name = "NAME")]
        part: Option<String>,
    },
    /// Check every data file that is here against its digest
    Verify,
}

/// Does what was asked for.
///
/// # Errors
/// An unknown set (wrong use), an interrupted or failed download, a damaged file.
pub fn run(command: Command) -> Result<(), Failure> {
    let options = Options::from_env().map_err(failure)?;
    match command {
        Command::List => print::lines(&table(&download::list(&options)))?,
        Command::Get { set, variant, part } => get(&set, variant, part, &options)?,
        Command::Verify => verify(&download::verify(&options)?)?,
    }
    Ok(())
}

fn failure(error: download::Error) -> Failure {
    Failure {
        code: error.exit_code(),
        error: error.into(),
    }
}

/// The sets in columns; a variant other than the first is named.
fn table(rows: &[Row]) -> String {
    let name = |row: &Row| match row.default {
        true => row.set.clone(),
        false => format!("{} --variant {}", row.set, row.variant),
    };
    let widest = rows.iter().map(|row| name(row).len()).max().unwrap_or(0);
    let mut text = String::new();
    for row in rows {
        let (bytes, state) = (size(row.bytes), row.state.to_string());
        let mut notes = vec![row.about.clone(), format!("licence: {}", row.licence)];
        if !row.parts.is_empty() {
            notes.push(format!("parts: {}", row.parts.join(", ")));
        }
        if row.mirror_only {
            notes.push("from a mirror folder only".into());
        }
        notes.extend(row.note.clone());
        text.push_str(&format!(
            "{:<widest$}  {bytes:>9}  {state:<9}  {}\n",
            name(row),
            notes.join("; ")
        ));
    }
    text.push_str("\nFetch one: cargo run -- data get SET\n");
    text
}

fn get(
    set: &str,
    variant: Option<String>,
    part: Option<String>,
    options: &Options,
) -> Result<(), Failure> {
    let stop = options.stop.clone();
    ctrlc::set_handler(move || stop.store(true, Ordering::Relaxed))
        .context("cannot listen for Ctrl-C")?;
    let got = download::get(
        set,
        variant.as_deref(),
        part.as_deref(),
        options,
        &mut Bar::new(),
    )
    .map_err(failure)?;
    for GotFile {
        path,
        bytes,
        source,
        ..
    } in &got.files
    {
        let from = match source {
            Source::Cache => "was there already".to_owned(),
            Source::Mirror(copy) => format!("copied from {}", copy.display()),
            Source::Web(url) => format!("from {url}"),
        };
        let (path, size) = (path.display(), size(*bytes));
        print::lines(&format!("{path} ({size}, digest checked): {from}"))?;
    }
    Ok(())
}

fn verify(checks: &[Check]) -> Result<(), Failure> {
    let damaged: Vec<String> = checks
        .iter()
        .filter_map(|check| check.result.as_ref().err())
        .map(ToString::to_string)
        .collect();
    if damaged.is_empty() {
        print::lines(&format!("{} files, every digest right", checks.len()))?;
        return Ok(());
    }
    Err(anyhow!("{}", damaged.join("\n")).into())
}
