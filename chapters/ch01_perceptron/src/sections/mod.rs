//! What the run does, a file a page.

mod bound;
mod cost;
mod data;
mod digits;
mod leak;
mod limits;
mod logic;
mod loss;
mod models;
mod rule;
mod softmax;

pub(crate) use bound::{AtGap, Squeeze};
pub(crate) use cost::Cost;
pub(crate) use data::{Measured, SPECIES as PENGUINS};
pub(crate) use digits::Misread;
pub(crate) use leak::Fitted;
use lesson::{Accepts, Lesson, Section};
pub(crate) use models::Trained;

/// Lesson 1.
pub const LESSON: Lesson = Lesson {
    name: "ch01_perceptron",
    title: "The neuron",
    about: "Wires neurons by hand, lets them learn from mistakes, and ends with ten that read handwritten digits.",
    seed: 1,
    sections: &[
        Section::main(
            "logic",
            "threshold units, and what one of them can compute",
            1,
            logic::run,
        ),
        Section::main(
            "rule",
            "Rosenblatt's rule turns a line until every flower is right",
            1,
            rule::run,
        ),
        Section::main(
            "bound",
            "mistakes against Novikoff's bound, and training that never ends",
            1,
            bound::run,
        ),
        Section::main(
            "loss",
            "the rule as descent on a loss, and the hinge",
            1,
            loss::run,
        ),
        Section::main("models", "one unit, four models", 1, models::run),
        Section::main("softmax", "ten units read digits", 4, softmax::run),
        Section::main(
            "look",
            "penguins: a table before anything is done to it",
            1,
            data::look,
        ),
        Section::main("data", "penguins: scales and holes", 2, data::run),
        Section::main(
            "leak",
            "a bug that makes a model look too good",
            1,
            leak::run,
        ),
        Section::main(
            "limits",
            "XOR and two moons: what a line cannot do",
            1,
            limits::run,
        ),
        Section::main("cost", "what the models hold and compute", 1, cost::run),
    ],
    accepts: Accepts {
        full: true,
        resume: false,
    },
    full_data,
};

/// What `--full` reads beyond the data that come with the course.
fn full_data() -> anyhow::Result<()> {
    datasets::mnist_test()?;
    datasets::insurance()?;
    Ok(())
}
