//! Every differentiable operation against results by hand, laws, central differences, burn
//! and the tests of ONNX; printed as a table.
//!
//! The harness is our own, so that the table shows in a plain `cargo test`. Words after `--`
//! choose operations: `cargo test -p tensor --test ops -- softmax`.
#![allow(clippy::unwrap_used)]

mod bites;
mod complete;
mod draw;
mod judge;
mod list;
mod op;
mod picture_vectors;
mod proto;
mod table;
mod twin;
mod vectors;

use std::panic::catch_unwind;
use std::process::ExitCode;

use judge::Outcome;
use op::Op;

/// A column of the table: its head, and what it compares.
type Comparison = (&'static str, fn(&Op) -> Outcome);

const COMPARISONS: [Comparison; 5] = [
    ("by hand", judge::by_hand),
    ("laws", judge::properties),
    ("differences", judge::differences),
    ("burn value / gradient", judge::burn),
    ("ONNX", vectors::onnx),
];

fn main() -> ExitCode {
    let words: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let chosen = |op: &Op| words.is_empty() || words.iter().any(|word| op.name.contains(word));
    let ops = list::all();
    let mut complaints = [complete::complaints(&ops), bites::complaints()].concat();
    let mut rows = Vec::new();
    for op in ops.iter().filter(|op| chosen(op)) {
        let outcomes = COMPARISONS.map(|(_, compare)| {
            let outcome = catch_unwind(|| compare(op));
            outcome.unwrap_or_else(|_| Err("panicked, see above".to_string()))
        });
        for ((head, _), outcome) in COMPARISONS.iter().zip(&outcomes) {
            complaints.extend(outcome.as_ref().err().map(|e| format!("{}, {head}: {e}", op.name)));
        }
        rows.push((op.name, outcomes));
    }
    table::print(&COMPARISONS.map(|(head, _)| head), &rows);
    complaints.iter().for_each(|complaint| println!("{complaint}\n"));
    println!("{} operations, {} complaints\n", rows.len(), complaints.len());
    if complaints.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
