//! `cargo run -p ch01_perceptron`: the run that lesson 1 prints.

use std::process::ExitCode;

fn main() -> ExitCode {
    lesson::main(&ch01_perceptron::LESSON)
}
