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
            1,
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
            "engine",
            "from scalars to tensors: the engine of the course",
            1,
            engine::run,
        ),
        Section::main(
            "check",
            "gradients against central differences",
            1,
            check::run,
        ),
        Section::main("own", "an operation of one's own", 1, own::run),
        Section::main("symmetry", "1986: a symmetry detector", 1, symmetry::run),
        Section::main("family", "1986: two family trees", 1, family::run),
        Section::main("dual", "forward mode with dual numbers", 1, dual::run),
        Section::main("cost", "what the engines hold and compute", 1, cost::run),
    ],
    accepts: Accepts {
        full: false,
        resume: false,
    },
    full_data: || Ok(()),
};
