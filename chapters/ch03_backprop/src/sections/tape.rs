//! The section `tape`: what one loss leaves on the tape, the adjoints of broadcasting and of the
//! product in numbers, and how long the engine is.

use lesson::{Run, Value};
use tensor::entries::Entry;
use tensor::gradcheck::check;
use tensor::{Rng, Tensor};

use super::engine::first_step;
use crate::checks::STEP;
use crate::digits::{BATCH, Digits};
use crate::figures;
use crate::lines::{ENGINE, code_lines, lines_of};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let digits = Digits::load()?;
    tape(run, &digits)?;
    adjoints(run)?;
    lines(run)
}

/// What one loss leaves on the tape.
fn tape(run: &mut Run, digits: &Digits) -> anyhow::Result<()> {
    let (net, batch) = first_step(run.seed(), digits);
    let loss = net.forward(&batch.x).cross_entropy(&batch.classes);
    let tape = loss.tape();
    run.say(format!(
        "The tape of one loss, for a batch of {BATCH} digits:"
    ));
    run.table(
        &["place", "operation", "result", "from"],
        tape.iter().enumerate().map(|(place, entry)| {
            [
                place.to_string(),
                entry.operation.to_string(),
                format!("{:?}", entry.shape),
                inputs(&tape, entry),
            ]
        }),
    );
    run.figure("tape", figures::engine::tape(&tape, batch.x.shape())?)
}

/// The places of an entry's inputs on the tape.
fn inputs(tape: &[Entry], entry: &Entry) -> String {
    let place = |number: &u64| tape.iter().position(|other| other.number == *number);
    let places = entry.inputs.iter().filter_map(place);
    places
        .map(|place| place.to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

/// An operation on two tensors, with their shapes.
type Pair = (&'static str, [&'static [usize]; 2], fn(&[Tensor]) -> Tensor);

/// The ways in which a tensor is read several times, and the product in each of its shapes.
const PAIRS: [Pair; 5] = [
    ("+", [&[50, 100], &[100]], |x| &x[0] + &x[1]),
    ("*", [&[5, 1, 3], &[4, 1]], |x| &x[0] * &x[1]),
    ("matmul", [&[50, 8], &[8, 10]], |x| x[0].matmul(&x[1])),
    ("matmul", [&[6, 3, 4], &[6, 4, 2]], |x| x[0].matmul(&x[1])),
    ("matmul", [&[6, 3, 4], &[4, 2]], |x| x[0].matmul(&x[1])),
];

/// The gradients of both inputs of some operations, held against central differences.
fn adjoints(run: &mut Run) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("adjoints");
    let mut largest = 0.0_f32;
    let mut rows = Vec::new();
    for (name, shapes, f) in PAIRS {
        let inputs = shapes.map(|shape| rng.normal_tensor(shape, 0.0, 1.0));
        let result = f(&inputs);
        let checked = check(f, &inputs, STEP);
        let errors = [checked[0].error, checked[1].error];
        // `f32::max` would hide a NaN.
        largest = Tensor::from([errors[0], errors[1], largest]).max().item();
        rows.push([
            format!("{:?} {name} {:?}", shapes[0], shapes[1]),
            format!("{:?}", result.shape()),
            format!("{:.0e}", errors[0]),
            format!("{:.0e}", errors[1]),
        ]);
    }
    run.say(
        "\nBoth gradients of an operation, their errors against central differences:",
    );
    run.table(
        &["operation", "result", "of the first", "of the second"],
        rows,
    );
    run.record("adjoint_error", Value::number(largest).tolerance(1e-3))
}

/// How long the engine is.
fn lines(run: &mut Run) -> anyhow::Result<()> {
    let counts = ENGINE.map(|(file, source)| (file, code_lines(source)));
    run.say("\nThe engine's files, lines of code without comments and blanks:");
    run.table(
        &["file", "lines"],
        counts.map(|(file, lines)| [file.to_string(), lines.to_string()]),
    );
    run.record("engine_lines", Value::count(lines_of(&ENGINE)))?;
    let tape = counts.iter().find(|(file, _)| *file == "tape.rs");
    run.record(
        "tape_lines",
        Value::count(tape.map_or(0, |(_, lines)| *lines)),
    )
}
