//! The tests of lesson 7's exercises: `cargo test -p ch07_yolo --test exercises`.
//!
//! They fail on the stubs of `src/exercises.rs`, and pass on the solutions
//! (`--features solutions`). Exercise 7.3 is tested by `ex7_03_…`; the files in
//! `tests/exercises/` follow the pages of the book.

#[path = "exercises/anchors.rs"]
mod anchors;
#[path = "exercises/boxes.rs"]
mod boxes;
#[path = "exercises/net.rs"]
mod net;
#[path = "exercises/own.rs"]
mod own;
#[path = "exercises/precision.rs"]
mod precision;
#[path = "exercises/v1.rs"]
mod v1;

#[cfg(not(feature = "solutions"))]
use ch07_yolo::exercises as answer;
#[cfg(feature = "solutions")]
use ch07_yolo::wrong as answer;

use ch07_yolo::boxes::{BBox, Detection};
use lesson::exercise::Exercise;
use tensor::{Rng, Tensor};

/// Checks the shape of a tensor, then its numbers.
#[track_caller]
fn check_tensor(ex: &Exercise, what: &str, got: &Tensor, wanted: &Tensor) {
    let part = |name: &str| ex.step(format!("{what}: the {name}"));
    part("shape").equal(got.shape(), wanted.shape());
    part("numbers, row by row").close_each(&got.to_vec(), &wanted.to_vec(), 1e-4);
}

/// Ten by ten pixels, from this column on.
fn square(x: f32) -> BBox {
    BBox::new(x, 0.0, x + 10.0, 10.0)
}

/// A detection of class 0.
fn found(bbox: BBox, score: f32) -> Detection {
    Detection {
        bbox,
        class: 0,
        score,
    }
}

/// A box whose sides are 5 to 40 pixels, with its centre on a picture of 100 × 100.
fn any_box(rng: &mut Rng) -> BBox {
    let [x, y] = [(); 2].map(|()| rng.uniform(0.0, 100.0));
    BBox::centred([x, y], [(); 2].map(|()| rng.uniform(5.0, 40.0)))
}

/// How a failing test names boxes: their edges.
fn edges(boxes: &[BBox]) -> String {
    format!("{:?}", boxes.iter().map(|b| b.edges()).collect::<Vec<_>>())
}
