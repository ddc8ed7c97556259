//! `cargo run -p ch07_yolo`: the run that lesson 7 prints.

use std::process::ExitCode;

fn main() -> ExitCode {
    lesson::main(&ch07_yolo::LESSON)
}
