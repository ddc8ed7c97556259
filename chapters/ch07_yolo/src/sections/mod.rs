//! What the run does, a file a page.

mod anchors;
mod blood;
mod boxes;
mod cost;
mod fit;
mod folder;
mod heads;
mod image;
mod mistakes;
mod own;
mod precision;
mod propose;
mod scenes;
mod suppress;
mod train;
mod trees;
mod v1;
mod windows;

pub(crate) use train::Step;

use lesson::{Accepts, Lesson, Section};

use crate::blood::Blood;

/// Lesson 7.
pub const LESSON: Lesson = Lesson {
    name: "ch07_yolo",
    title: "Finding",
    about: "Trains a detector, draws its boxes on pictures, and says how good it is.",
    seed: 1,
    sections: &[
        Section::main(
            "windows",
            "a classifier at every place, one by one and as a convolution",
            20,
            windows::run,
        ),
        Section::main("boxes", "two boxes, and how well they agree", 1, boxes::run),
        Section::main(
            "suppress",
            "many boxes for one thing become one",
            1,
            suppress::run,
        ),
        Section::main(
            "precision",
            "precision, recall and their area",
            1,
            precision::run,
        ),
        Section::main(
            "propose",
            "selective search; R-CNN, Fast and Faster",
            30,
            propose::run,
        ),
        Section::main(
            "scenes",
            "emoji on photos, and changes that move their boxes",
            2,
            scenes::run,
        ),
        Section::main("v1", "YOLOv1's grid and its loss, term by term", 1, v1::run),
        Section::main(
            "anchors",
            "shapes by k-means, and SSD's default boxes",
            2,
            anchors::run,
        ),
        Section::main(
            "train",
            "the detector learns to find emoji",
            150,
            train::run,
        ),
        Section {
            name: "heads",
            about: "one backbone, three heads",
            seconds: 400,
            main: false,
            run: heads::run,
        },
        Section {
            name: "folder",
            about: "a labelled folder of your own, with --data DIR",
            seconds: 300,
            main: false,
            run: folder::run,
        },
        Section {
            name: "trees",
            about: "tree crowns on tiles of an aerial photo",
            seconds: 120,
            main: false,
            run: trees::run,
        },
        Section {
            name: "blood",
            about: "real blood cells (with --full)",
            seconds: 1440,
            main: false,
            run: blood::run,
        },
        Section::main(
            "image",
            "a published face detector on a photo, yours with --image FILE",
            2,
            image::run,
        ),
        Section::main(
            "cost",
            "what the net costs, and what this machine makes of it",
            5,
            cost::run,
        ),
    ],
    accepts: Accepts {
        full: true,
        resume: true,
    },
    full_data,
};

/// What `--full` needs: the photos of blood.
fn full_data() -> anyhow::Result<()> {
    Blood::load().map(drop)
}
