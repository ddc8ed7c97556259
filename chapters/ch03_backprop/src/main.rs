//! `cargo run -p ch03_backprop`: the run that lesson 3 prints.

use std::process::ExitCode;

fn main() -> ExitCode {
    lesson::main(&ch03_backprop::LESSON)
}
