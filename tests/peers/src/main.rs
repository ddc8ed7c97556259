//! `cargo run -p peers`: the course's nets beside PyTorch's. README.md says how to set it up.

mod cases;
mod clothes;
mod flags;
mod python;
mod report;
mod turns;

use std::process::ExitCode;

use clap::Parser;
use flags::Flags;

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
