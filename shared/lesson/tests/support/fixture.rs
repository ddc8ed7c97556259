//! A lesson of nothing but the frame: every section does one thing that the
//! frame has to deal with. The tests run it as a process, under the root that
//! `FIXTURE_ROOT` names; `FIXTURE_ACCEPTS` makes it a lesson with all flags.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use lesson::{Accepts, Lesson, Run, Section, Value};

/// The lesson, with or without the flags that only some lessons have.
const fn lesson(all_flags: bool) -> Lesson {
    Lesson {
        name: "ch99_fixture",
        title: "The frame",
        about: "what every lesson's main shares",
        seed: 1,
        sections: if all_flags { WITH_OWN } else { SECTIONS },
        accepts: Accepts {
            full: all_flags,
            resume: all_flags,
        },
        full_data,
    }
}

/// As though the large data set were missing where `FIXTURE_NO_DATA` is set.
fn full_data() -> anyhow::Result<()> {
    match std::env::var_os("FIXTURE_NO_DATA") {
        Some(_) => bail!("mnist is not here yet; run `cargo run -- data get mnist`"),
        None => Ok(()),
    }
}

const LOGIC: Section = section("logic", "two numbers, a table and a figure", true, logic);
const RULE: Section = section("rule", "a number that follows from the seed", true, rule);
const LONG: Section = section("long", "work that waits to be interrupted", false, long);

static SECTIONS: &[Section] = &[
    LOGIC,
    RULE,
    LONG,
    section("deaf", "work that does not look at Ctrl-C", false, deaf),
    section("fails", "an error with a cause", false, fails),
    section("panics", "a wrong shape", false, panics),
    section("worker", "a panic in another thread", false, worker),
    section("nan", "a number that is none", false, nan),
    section("large", "a figure of 100 KB", false, large),
    section("many", "more lines than a pipe holds", false, many),
];

/// The sections of the lesson with all flags: two of them read what the reader names.
static WITH_OWN: &[Section] = &[
    LOGIC,
    RULE,
    LONG,
    section("image", "a picture of yours", false, own),
    section("folder", "a folder of yours", false, own),
];

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
    let lesson = lesson(std::env::var_os("FIXTURE_ACCEPTS").is_some());
    match std::env::var_os("FIXTURE_ROOT") {
        Some(root) => lesson::main_in(Path::new(&root), &lesson),
        None => lesson::main(&lesson),
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

fn own(run: &mut Run) -> anyhow::Result<()> {
    let shown = |path: Option<&Path>| path.map(|path| path.display().to_string());
    let (image, data) = (shown(run.image()), shown(run.data()));
    run.say(format!(
        "picture {image:?}, folder {data:?}, check {}",
        run.check()
    ));
    let model = run.model(&["face", "cup"])?;
    run.say(format!("weights {:?}, model {model}", shown(run.weights())));
    Ok(())
}

fn long(run: &mut Run) -> anyhow::Result<()> {
    run.figure("never", "<svg/>")?;
    if run.resume() {
        run.note("going on");
    }
    let bar = run.progress("waiting", 600);
    run.note("ready");
    for step in 0..600 {
        if let Err(stop) = bar.step() {
            lesson::write_whole(&run.out_dir().join("checkpoint"), b"step")?;
            return Err(stop).context("a lesson's own words");
        }
        bar.note(format!("step {step}"));
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

fn deaf(run: &mut Run) -> anyhow::Result<()> {
    run.note("ready");
    std::thread::sleep(Duration::from_secs(60));
    Ok(())
}

fn fails(run: &mut Run) -> anyhow::Result<()> {
    run.say("so far so good");
    bail!(std::fs::read("no/such/file").expect_err("there is no such file"));
}

fn panics(_: &mut Run) -> anyhow::Result<()> {
    panic!("matmul: expected [2, 3], got [3, 2]");
}

fn worker(_: &mut Run) -> anyhow::Result<()> {
    let work = std::thread::spawn(|| panic!("a worker's words"));
    work.join().expect("the worker ends well");
    Ok(())
}

fn nan(run: &mut Run) -> anyhow::Result<()> {
    run.record("accuracy", Value::fraction(f32::NAN))
}

fn large(run: &mut Run) -> anyhow::Result<()> {
    run.figure("large", format!("<svg>{}</svg>", " ".repeat(100_000)))
}

fn many(run: &mut Run) -> anyhow::Result<()> {
    for line in 0..100_000 {
        run.say(format!("line {line}"));
    }
    run.record("lines", Value::count(100_000))
}
