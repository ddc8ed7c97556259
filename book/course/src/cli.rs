//! The command line: what one can ask for, and how failures are told.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};

use crate::{check, data, exercises, print, root, serve, site, sync};

/// Deep Learning from the Neuron Up, in Rust: the book.
///
/// Without a command, renders the book and opens it in the browser.
#[derive(Debug, Parser)]
#[command(
    name = "course",
    bin_name = "cargo run --",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Lessons are programs of their own: cargo run -p ch01_perceptron"
)]
struct Cli {
    #[command(flatten)]
    serve: Serve,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Args)]
struct Serve {
    /// Serve the book on this port of 127.0.0.1; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 3000)]
    port: u16,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the book in the browser and follow changes (as without a command)
    Serve(Serve),
    /// Write the book as a site that any static server can serve
    Build {
        /// Folder of the site; replaced when it holds an earlier one
        #[arg(long, value_name = "DIR", default_value = "site")]
        out: PathBuf,
    },
    /// The big public data sets: list, download, verify
    #[command(subcommand)]
    Data(data::Command),
    /// The exercises: list them, give a hint
    #[command(subcommand)]
    Exercises(exercises::Command),
    /// Check that recorded results, SUMMARY.md, README.md and course.toml agree with the sources
    Check,
    /// Write the lists of lessons in SUMMARY.md and README.md from course.toml
    Sync,
}

/// Why a command did not do what it was asked for.
#[derive(Debug)]
pub struct Failure {
    /// The exit code: 2 for wrong use, 130 when stopped by Ctrl-C, else 1.
    pub code: u8,
    /// What happened and what to do.
    pub error: anyhow::Error,
}

impl Failure {
    /// Asked in a way that cannot work.
    pub fn usage(message: String) -> Self {
        Failure {
            code: 2,
            error: anyhow::Error::msg(message),
        }
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure {
            code: 1,
            error: error.into(),
        }
    }
}

/// Runs the command that `arguments` (with the program's name first) ask for.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return refused(&error),
    };
    match act(cli, &root::find()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { code, error }) => {
            print::complain(&format!("error: {error:#}"));
            ExitCode::from(code)
        }
    }
}

fn act(cli: Cli, root: &Path) -> Result<(), Failure> {
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(Serve { port, no_open }) => serve::run(root, port, !no_open)?,
        Command::Build { out } => {
            site::publish(root, &out)?;
            print::lines(&format!(
                "The book is in {}: open index.html through any static server",
                out.display()
            ))?;
        }
        Command::Data(command) => data::run(command)?,
        Command::Exercises(command) => exercises::run(root, command)?,
        Command::Check => check::run(root)?,
        Command::Sync => sync::run(root)?,
    }
    Ok(())
}

/// Help and version go to stdout and are no failure; wrong use is one line and a 2.
fn refused(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // A closed pipe is the only way for this to fail.
            let _ = error.print();
            ExitCode::SUCCESS
        }
        _ => {
            print::complain(&lesson::one_line(error));
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn serve_is_what_happens_without_a_command() {
        let port = |words: &[&str]| match Cli::try_parse_from(words) {
            Ok(Cli {
                command: Some(Command::Serve(serve)),
                ..
            }) => serve.port,
            Ok(cli) => cli.serve.port,
            Err(_) => 0,
        };
        assert_eq!(port(&["course"]), 3000);
        assert_eq!(port(&["course", "--port", "4000", "--no-open"]), 4000);
        assert_eq!(port(&["course", "serve", "--port", "4001"]), 4001);
    }
}
