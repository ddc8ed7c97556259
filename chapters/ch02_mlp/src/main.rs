//! `cargo run -p ch02_mlp`: the run that lesson 2 prints.

use std::process::ExitCode;

fn main() -> ExitCode {
    lesson::main(&ch02_mlp::LESSON)
}
