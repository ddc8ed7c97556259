//! What the run does, a file a page.

mod adaptive;
mod batches;
mod cost;
mod cures;
mod cures_seen;
pub(crate) mod errors;
mod grid;
mod init;
pub(crate) mod measures;
mod noise;
mod norm;
pub(crate) mod plain;
mod project;
mod rates;
mod ravine;
mod rules;
mod search;
pub(crate) mod variance;
pub(crate) mod views;
mod warm_up;

pub(crate) use batches::{Ordered, Way};
pub(crate) use cost::Cost;
pub(crate) use grid::SHAPES;
pub(crate) use init::Start;
pub(crate) use noise::Noises;
pub(crate) use norm::Rated;
pub(crate) use ravine::{DRAWN as PATHS_KAPPA, Tried, Way as PathWay};
pub(crate) use rules::Way as AdaptiveWay;
pub(crate) use search::Way as SearchWay;

use lesson::{Accepts, Lesson, Section};

/// Lesson 4.
pub const LESSON: Lesson = Lesson {
    name: "ch04_training",
    title: "Making it learn well",
    about: "Trains nets by every optimiser of note, cures what goes wrong, and sorts clothes.",
    seed: 1,
    sections: &[
        Section::main(
            "plain",
            "lesson 3's descent on clothes: too slow, too fast, by heart",
            19,
            plain::run,
        ),
        Section::main(
            "batches",
            "mini-batches: what a smaller sample of the gradient costs and buys",
            10,
            batches::run,
        ),
        Section {
            name: "batch_rates",
            about: "the best rate of plain descent for each size of batch",
            seconds: 45,
            main: false,
            run: batches::rates,
        },
        Section::main(
            "ravine",
            "momentum and Nesterov's look ahead in a ravine",
            8,
            ravine::run,
        ),
        Section::main(
            "adaptive",
            "AdaGrad, RMSProp, Adam and AdamW: a step size for each weight",
            12,
            adaptive::run,
        ),
        Section::main(
            "rates",
            "schedules of the learning rate, and the test that finds its range",
            26,
            rates::run,
        ),
        Section {
            name: "grid",
            about: "optimisers times schedules: a grid of runs with spread",
            seconds: 150,
            main: false,
            run: grid::run,
        },
        Section::main(
            "init",
            "first weights, and the spread of signals over ten layers",
            9,
            init::run,
        ),
        Section::main(
            "norm",
            "batch normalisation, while training and in use",
            15,
            norm::run,
        ),
        Section::main(
            "variance",
            "bias and variance from learning curves",
            21,
            variance::run,
        ),
        Section::main("cures", "overfitting, cured step by step", 32, cures::run),
        Section::main(
            "search",
            "grid, random and halving search at equal cost",
            18,
            search::run,
        ),
        Section::main(
            "measures",
            "confusion, precision, recall, F1, ROC and PR",
            6,
            measures::run,
        ),
        Section::main(
            "errors",
            "the fifty worst pictures, wrong labels, another world",
            24,
            errors::run,
        ),
        Section::main("views", "clothes seen by PCA and t-SNE", 10, views::run),
        Section::main(
            "project",
            "clothes, trained, saved and resumed",
            20,
            project::run,
        ),
        Section::main("cost", "what it costs, here and in PyTorch", 1, cost::run),
    ],
    accepts: Accepts {
        full: true,
        resume: true,
    },
    full_data,
};

/// What `--full` needs: all of Fashion-MNIST.
fn full_data() -> anyhow::Result<()> {
    datasets::fashion_train()?;
    Ok(())
}
