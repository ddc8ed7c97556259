//! `cargo run`: opens the book; see `cargo run -- --help` for the rest.

use std::process::ExitCode;

fn main() -> ExitCode {
    course::cli::run(std::env::args_os())
}
