//! A lesson of nothing but the frame: every section does one thing that the
//! frame has to deal with. `tests/` runs it as a process, under the root that
//! `FIXTURE_ROOT` names.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use lesson::{Accepts, Lesson, Run, Section, Value};

static LESSON: Lesson = Lesson {
    name: "ch99_fixture",
    title: "The frame",
    about: "what every lesson's main shares",
    seed: 1,
    sections: &[
        section("logic", "two numbers, a table and a figure", true, logic),
        section("rule", "a number that follows from the seed", true, rule),
        section("long", "work that waits to be interrupted", false, long),
        section("deaf", "work that does not look at Ctrl-C", false, deaf),
        section("fails", "an error with a cause", false, fails),
        section("panics", "a wrong shape", false, panics),
        section("nan", "a number that is none", false, nan),
        section("clash", "a figure whose place is taken", false, clash),
        section("many", "more lines than a pipe holds", false, many),
    ],
    accepts: Accepts::NEITHER,
};

/// A section that takes no time worth speaking of.
const fn section(
    name: &'static str,
    about: &'static str,
    main: bool,
    run: fn(&mut Run) -> anyhow::Result<()>,
) -> Section {
    Section {
        name,
        about,
        seconds: 1,
        main,
        run,
    }
}

fn main() -> ExitCode {
    match std::env::var_os("FIXTURE_ROOT") {
        Some(root) => lesson::main_in(Path::new(&root), &LESSON),
        None => lesson::main(&LESSON),
    }
}

fn logic(run: &mut Run) -> anyhow::Result<()> {
    run.say("A neuron says AND and OR.\n");
    run.table(&["gate", "right"], [["AND", "4"], ["XOR", "3"]]);
    run.note("this line is not kept");
    run.record("xor_accuracy", Value::fraction(0.75_f32))?;
    run.record("gates", Value::count(2))?;
    run.figure("boundary", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
}

fn rule(run: &mut Run) -> anyhow::Result<()> {
    let size = run.choose(2, 20, 200);
    let loss = size as f32 + 0.1 * run.seed() as f32;
    run.say(format!("loss {loss:.1}"));
    run.record("loss", Value::number(loss).unit("nats").tolerance(0.05))
}

fn long(run: &mut Run) -> anyhow::Result<()> {
    run.figure("never", "<svg/>")?;
    let bar = run.progress("waiting", 600);
    run.note("ready");
    for step in 0..600 {
        bar.step().context("a lesson's own words")?;
        bar.note(format!("step {step}"));
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

fn deaf(run: &mut Run) -> anyhow::Result<()> {
    run.note("ready");
    std::thread::sleep(Duration::from_secs(30));
    Ok(())
}

fn fails(run: &mut Run) -> anyhow::Result<()> {
    run.say("so far so good");
    bail!(std::fs::read("no/such/file").expect_err("there is no such file"));
}

fn panics(_: &mut Run) -> anyhow::Result<()> {
    panic!("matmul: expected [2, 3], got [3, 2]");
}

fn nan(run: &mut Run) -> anyhow::Result<()> {
    run.record("accuracy", Value::fraction(f32::NAN))
}

fn clash(run: &mut Run) -> anyhow::Result<()> {
    run.figure("taken", "<svg/>")
}

fn many(run: &mut Run) -> anyhow::Result<()> {
    for line in 0..100_000 {
        run.say(format!("line {line}"));
    }
    run.record("lines", Value::count(100_000))
}
