//! `cargo run -p peers`: the course's nets beside PyTorch's. README.md says how to set it up.

mod cases;
mod clothes;
mod python;
mod report;
mod turns;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// Runs the course's nets and PyTorch's in turns and prints how long each takes.
#[derive(Parser)]
#[command(name = "peers")]
pub(crate) struct Flags {
    /// The cases to run; all of them if none is named (--list names them)
    cases: Vec<String>,
    /// The Python that has PyTorch [default: $PEERS_PYTHON, else tests/peers/.venv/bin/python]
    #[arg(long)]
    python: Option<PathBuf>,
    /// Rounds of each case; the table shows the medians
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u16).range(3..))]
    rounds: u16,
    /// Write the ratios to tests/peers/results.toml
    #[arg(long)]
    record: bool,
    /// Name the cases
    #[arg(long)]
    list: bool,
    /// Our side of the whole training, as a process of its own
    #[arg(long, hide = true)]
    train_clothes: bool,
}

fn main() -> ExitCode {
    let flags = match Flags::try_parse() {
        Ok(flags) => flags,
        Err(error) => return report::wrong_use(&error),
    };
    let ended = if flags.train_clothes {
        clothes::ours()
    } else {
        report::run(&flags)
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
