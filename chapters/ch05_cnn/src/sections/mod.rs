//! What the run does, a file a page.

mod augment;
mod clothes;
mod cost;
mod digits;
mod filter;
mod fit;
mod fool;
mod image;
mod inside;
mod nets;
mod product;
mod shapes;
mod shift;
mod spread;
mod turned;
mod weights;

pub(crate) use nets::Reached;
pub(crate) use shapes::SHOWN as WINDOWS;
pub(crate) use shift::Reader;

use lesson::{Accepts, Lesson, Section};
use pictures::cifar10::{Part, cifar10};

/// Lesson 5.
pub const LESSON: Lesson = Lesson {
    name: "ch05_cnn",
    title: "Seeing",
    about: "Slides windows over pictures: filters by hand, convolutions, and what they cost.",
    seed: 1,
    sections: &[
        Section::main(
            "shift",
            "an MLP reads digits in the middle of a sheet, and then beside it",
            20,
            shift::run,
        ),
        Section::main(
            "filter",
            "nine numbers slide over a photo: edges, blur, sharpen, negative",
            1,
            filter::run,
        ),
        Section::main(
            "shapes",
            "stride, padding, dilation, channels; shifts, pools, and what is left",
            1,
            shapes::run,
        ),
        Section::main(
            "product",
            "convolution by loops, as a matrix product, and by the core",
            11,
            product::run,
        ),
        Section::main(
            "digits",
            "LeNet-5 reads digits, and its mistakes one by one",
            70,
            digits::run,
        ),
        Section::main(
            "clothes",
            "the same net learns to sort clothes",
            25,
            clothes::run,
        ),
        Section::main(
            "cost",
            "parameters, multiply-adds, and how fast this machine makes them",
            2,
            cost::run,
        ),
        Section {
            name: "spread",
            about: "digits, clothes and attacks once more, from three seeds",
            seconds: 260,
            main: false,
            run: spread::run,
        },
        Section {
            name: "nets",
            about: "five nets of other shapes learn from the same clothes",
            seconds: 2100,
            main: false,
            run: nets::run,
        },
        Section {
            name: "cifar",
            about: "a VGG learns from photos in colour (with --full)",
            seconds: 1500,
            main: false,
            run: clothes::photos,
        },
        Section {
            name: "weights",
            about: "writes the weights of the digit net for other lessons",
            seconds: 20,
            main: false,
            run: weights::run,
        },
        Section::main(
            "turned",
            "a net that learnt from pictures on their side, and how one finds out",
            10,
            turned::run,
        ),
        Section::main(
            "augment",
            "500 digits, moved, turned and scaled each time they are shown",
            60,
            augment::run,
        ),
        Section::main(
            "image",
            "a picture of a digit, yours with --image FILE, on its way to the net",
            1,
            image::run,
        ),
        Section::main(
            "inside",
            "what the first windows have become, and where a net looks: Grad-CAM",
            15,
            inside::run,
        ),
        Section::main(
            "fool",
            "pixels changed by a tenth: FGSM, PGD, and nets hardened against them",
            45,
            fool::run,
        ),
    ],
    accepts: Accepts {
        full: true,
        resume: true,
    },
    full_data,
};

/// What `--full` needs: MNIST's test digits, all of Fashion-MNIST, CIFAR-10.
fn full_data() -> anyhow::Result<()> {
    datasets::mnist_test()?;
    datasets::fashion_train()?;
    cifar10(Part::Test)?;
    Ok(())
}
