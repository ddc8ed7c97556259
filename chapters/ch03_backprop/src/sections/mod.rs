//! What the run does, a file a page.

mod chain;
mod check;
mod cost;
mod descent;
mod dual;
mod engine;
mod family;
mod jacobian;
mod layer;
mod moons;
mod own;
mod scalar;
mod slopes;
mod symmetry;
mod tape;

pub(crate) use engine::Course;
pub(crate) use jacobian::{Answer, Cliff};

use lesson::{Accepts, Lesson, Section};

/// Lesson 3.
pub const LESSON: Lesson = Lesson {
    name: "ch03_backprop",
    title: "Gradients",
    about: "Builds a differentiation engine, first for numbers, then for tensors, and trains nets with it.",
    seed: 1,
    sections: &[
        Section::main(
            "slopes",
            "derivatives by limits and by rule",
            1,
            slopes::run,
        ),
        Section::main(
            "descent",
            "downhill on a curve and on surfaces",
            1,
            descent::run,
        ),
        Section::main("chain", "the chain rule on a graph", 1, chain::run),
        Section::main(
            "scalar",
            "an engine for scalars, and its graph",
            1,
            scalar::run,
        ),
        Section::main(
            "moons",
            "a net out of scalars learns two moons",
            4,
            moons::run,
        ),
        Section::main(
            "layer",
            "backward through a dense layer, by hand",
            1,
            layer::run,
        ),
        Section::main(
            "jacobian",
            "backward through softmax and cross-entropy",
            1,
            jacobian::run,
        ),
        Section::main(
            "tape",
            "from scalars to tensors: the engine of the course",
            1,
            tape::run,
        ),
        Section::main("engine", "the engine reads digits", 2, engine::run),
        Section::main(
            "check",
            "gradients against central differences",
            3,
            check::run,
        ),
        Section::main("own", "an operation of one's own", 4, own::run),
        Section::main("symmetry", "1986: a symmetry detector", 3, symmetry::run),
        Section::main("family", "1986: two family trees", 4, family::run),
        Section::main("dual", "forward mode with dual numbers", 1, dual::run),
        Section::main("cost", "what the engines hold and compute", 1, cost::run),
    ],
    accepts: Accepts {
        full: false,
        resume: false,
    },
    full_data: || Ok(()),
};
