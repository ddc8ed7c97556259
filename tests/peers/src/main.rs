//! `cargo run -p peers`: the course's nets beside PyTorch's. README.md says how to set it up.

mod cases;
mod finding;
mod flags;
mod pictures;
mod python;
mod report;
mod turns;
mod whole;

use std::process::ExitCode;

use clap::Parser;
use flags::Flags;

fn main() -> ExitCode {
    let flags = match Flags::try_parse() {
        Ok(flags) => flags,
        Err(error) => return report::wrong_use(&error),
    };
    let ended = match &flags.train {
        Some(name) => whole::ours(name),
        None => report::run(&flags),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
