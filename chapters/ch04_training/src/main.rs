//! `cargo run -p ch04_training`: the run that lesson 4 prints.

use std::process::ExitCode;

fn main() -> ExitCode {
    lesson::main(&ch04_training::LESSON)
}
