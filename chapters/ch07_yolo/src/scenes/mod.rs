//! Scenes: emoji on photos, with their boxes (page *Scenes*).
//!
//! They are made, not taken: no camera saw them. In return there are as many as one likes,
//! and every box is right. First a [`Plan`] is drawn at random, then the plan is drawn as
//! pixels.
//!
//! Dimension key: H, W rows and columns of a picture; K = 10 classes.

mod cover;
mod drawing;
mod plan;

use std::thread;

use ndarray::Array3;
use tensor::Rng;

use crate::set::{Example, Set};

pub use drawing::{Cutout, Drawing, Pixel};
pub use plan::{Light, Placed, Plan};

/// Columns and rows of a scene.
pub const SIDE: usize = 128;

/// What there is to find, in the order of the classes' numbers. Each is one drawing.
pub const CLASSES: [&str; 10] = [
    "banana",
    "strawberry",
    "football",
    "car",
    "cat",
    "frog",
    "sunflower",
    "droplet",
    "penguin",
    "doughnut",
];

/// The most objects of a scene; there is one at least.
pub const MOST: usize = 8;

/// The longest side of an object, in pixels, from and to; as likely to halve as to double.
pub const SIZES: [f32; 2] = [14.0, 56.0];

/// How far an object is turned, in degrees, either way.
pub const TURN: f32 = 15.0;

/// Of each object's pixels, the least share that can be seen: neither covered by an object
/// drawn after it nor off the picture.
pub const VISIBLE: f32 = 0.6;

/// Which scenes: those to learn from, to choose by, or to be judged by. No photo is the
/// background in two of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// To learn from.
    Training,
    /// To choose settings by.
    Validation,
    /// To be judged by, once.
    Test,
}

impl Split {
    /// All three.
    pub const EACH: [Split; 3] = [Split::Training, Split::Validation, Split::Test];

    // ANCHOR: photos
    /// The photos from which the backgrounds are cut.
    pub fn photos(self) -> &'static [&'static str] {
        match self {
            Split::Training => &[
                "astronaut",
                "brick",
                "camera",
                "cell",
                "flower",
                "grace_hopper",
                "gravel",
                "horse",
                "ihc",
                "retina",
                "rocket",
            ],
            Split::Validation => &["chelsea"],
            Split::Test => &["china", "coffee", "coins"],
        }
    }
    // ANCHOR_END: photos

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Split::Training => "training",
            Split::Validation => "validation",
            Split::Test => "test",
        }
    }
}

/// Where scenes of one split come from.
#[derive(Clone, Debug)]
pub struct Scenes {
    split: Split,
    rng: Rng,
    photos: Vec<Array3<u8>>,
    drawings: Vec<Drawing>,
}

impl Scenes {
    /// Loads the photos and the drawings. Scenes of another seed are other scenes.
    ///
    /// # Errors
    /// If a file is missing or damaged.
    pub fn new(split: Split, seed: u64) -> anyhow::Result<Scenes> {
        let photos = split.photos().iter().map(|name| pictures::photo(name));
        let drawings = CLASSES.iter().map(|name| Drawing::load(name));
        Ok(Scenes {
            split,
            rng: Rng::new(seed).fork("scenes").fork(split.name()),
            photos: photos.collect::<Result<_, _>>()?,
            drawings: drawings.collect::<anyhow::Result<_>>()?,
        })
    }

    /// Scene `i`: the same for the same split, seed and `i`, whatever was drawn before.
    ///
    /// ```
    /// use ch07_yolo::scenes::{Scenes, Split};
    ///
    /// let scenes = Scenes::new(Split::Training, 1)?;
    /// let scene = scenes.scene(7);
    /// assert_eq!(scene.picture.dim(), (128, 128, 3)); // [H, W, 3]
    /// assert!((1..=8).contains(&scene.objects.len()));
    /// # Ok::<(), anyhow::Error>(())
    /// ```
    pub fn scene(&self, i: usize) -> Example {
        let plan = self.plan(i);
        Example {
            name: format!("{} {i}", self.split.name()),
            picture: plan.picture(&self.photos), // [128, 128, 3]
            objects: plan.objects(),
        }
    }

    /// What stands where in scene `i`.
    pub fn plan(&self, i: usize) -> Plan {
        let mut rng = self.rng.fork(&i.to_string());
        Plan::draw(self.photos.len(), &self.drawings, &mut rng)
    }

    /// The first `count` scenes, made on as many threads as there are cores.
    pub fn first(&self, count: usize) -> Vec<Example> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let each = count.div_ceil(cores).max(1);
        let starts = (0..count).step_by(each);
        thread::scope(|scope| {
            let work = |start: usize| {
                let numbers = start..(start + each).min(count);
                scope.spawn(move || numbers.map(|i| self.scene(i)).collect::<Vec<_>>())
            };
            let threads: Vec<_> = starts.map(work).collect();
            let scenes = threads.into_iter().map(|thread| thread.join());
            scenes
                .flat_map(|part| part.expect("drawing a scene does not panic"))
                .collect()
        })
    }
}

/// The first `count` scenes of a split.
///
/// # Errors
/// As [`Scenes::new`].
pub fn set(split: Split, count: usize, seed: u64) -> anyhow::Result<Set> {
    Ok(Set {
        name: format!("{} scenes", split.name()),
        classes: CLASSES.map(str::to_owned).to_vec(),
        examples: Scenes::new(split, seed)?.first(count),
    })
}
