//! What the run does, a file a page.

mod activations;
mod bend;
mod bumps;
mod cost;
mod layers;
mod losses;
mod luck;
mod scale;
mod softmax;
mod tasks;

pub(crate) use activations::SHOWN;
pub(crate) use bend::{PLANE, Points, Shape};
pub(crate) use bumps::{Digit, Errors, RANGE};
pub(crate) use cost::Cost;
pub(crate) use layers::OnMoons;
use lesson::{Accepts, Lesson, Section};
pub(crate) use losses::{COSTS, Steps};
pub(crate) use luck::{Searches, Watched, Way};
pub(crate) use scale::{Bowls, COSINES, Chances};
pub(crate) use softmax::Route;
pub(crate) use tasks::{Grown, OnMnist};

/// Lesson 2.
pub const LESSON: Lesson = Lesson {
    name: "ch02_mlp",
    title: "Layers",
    about: "Stacks neurons in layers, bends boundaries with them, and tries to train them by luck.",
    seed: 1,
    sections: &[
        Section::main(
            "layers",
            "layers, shapes, and a forward pass",
            2,
            layers::run,
        ),
        Section::main(
            "activations",
            "six activations and their derivatives",
            1,
            activations::run,
        ),
        Section::main(
            "softmax",
            "softmax and log-sum-exp that do not overflow",
            1,
            softmax::run,
        ),
        Section::main(
            "losses",
            "what each loss makes of a mistake",
            1,
            losses::run,
        ),
        Section::main(
            "luck",
            "random search and hill climbing on real data",
            3,
            luck::run,
        ),
        Section::main(
            "bend",
            "how hidden units bend a boundary, by width and depth",
            5,
            bend::run,
        ),
        Section::main("bumps", "any curve, from ReLU bumps", 1, bumps::run),
        Section::main(
            "scale",
            "how badly luck scales with the number of weights",
            8,
            scale::run,
        ),
        Section::main("cost", "what the models hold and compute", 1, cost::run),
    ],
    accepts: Accepts {
        full: false,
        resume: false,
    },
    full_data: || Ok(()),
};
