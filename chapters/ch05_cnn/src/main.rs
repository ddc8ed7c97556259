//! `cargo run -p ch05_cnn`: the run that lesson 5 prints.

use std::process::ExitCode;

fn main() -> ExitCode {
    lesson::main(&ch05_cnn::LESSON)
}
