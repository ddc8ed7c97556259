//! Changes of a picture that move its boxes with it (page *Scenes*).
//!
//! What is drawn at random, and how far it may go, is an [`Augment`]; what came out for one
//! picture is a [`Change`]: a [`Warp`], which moves pixels and boxes alike, and a [`Colour`],
//! which boxes do not care about.
//!
//! Dimension key: H, W rows and columns of a picture.

mod colour;
mod warp;

use tensor::Rng;

use crate::boxes::{BBox, Object};
use crate::set::Example;

pub use colour::Colour;
pub use warp::{OUTSIDE, Warp};

/// Of a box that a change pushes over the edge, the least share that must stay on the
/// picture; with less, nobody could say what it is. Chosen by us.
pub const KEPT: f32 = 0.25;

/// How far a picture may be changed; how far it is, is drawn anew each time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Augment {
    /// Whether every second picture is mirrored, left for right.
    pub mirror_x: bool,
    /// Whether every second picture is mirrored, top for bottom.
    pub mirror_y: bool,
    /// How many times as large it may become, from and to.
    pub scale: [f32; 2],
    /// How far it is stretched: its width by a factor of up to exp(aspect), its height by
    /// one over that, or the other way round.
    pub aspect: f32,
    /// How far it moves, as a share of its width and of its height.
    pub shift: f32,
    /// How much brighter or darker it gets, as a share: 0.2 is a factor of 0.8 to 1.2.
    pub light: f32,
    /// How much contrast it gains or loses, as a share.
    pub contrast: f32,
    /// How much saturation it gains or loses, as a share.
    pub saturation: f32,
    /// How many degrees its colours go round the circle of hues, either way.
    pub hue: f32,
}

impl Augment {
    /// Leaves a picture as it is.
    pub const NONE: Augment = Augment {
        mirror_x: false,
        mirror_y: false,
        scale: [1.0, 1.0],
        aspect: 0.0,
        shift: 0.0,
        light: 0.0,
        contrast: 0.0,
        saturation: 0.0,
        hue: 0.0,
    };

    /// For scenes: they stand upright, and their colours tell classes apart. Chosen by us.
    pub const SCENES: Augment = Augment {
        mirror_x: true,
        scale: [0.8, 1.25],
        aspect: 0.1,
        shift: 0.1,
        light: 0.2,
        contrast: 0.2,
        saturation: 0.3,
        hue: 8.0,
        ..Augment::NONE
    };

    /// For blood cells, which have no upright. Chosen by us on validation pictures.
    pub const CELLS: Augment = Augment {
        mirror_x: true,
        mirror_y: true,
        scale: [0.75, 1.0 / 0.75],
        aspect: 0.1,
        shift: 0.1,
        light: 0.2,
        ..Augment::NONE
    };

    /// Draws a change for a picture of the first size, columns and rows, that is to get the
    /// second. Scales are as likely to halve as to double.
    ///
    /// # Panics
    /// If a scale is not positive, or a largest change is negative.
    pub fn draw(&self, from: [usize; 2], to: [usize; 2], rng: &mut Rng) -> Change {
        let mut warp = Warp::resize(from, to);
        let [low, high] = self.scale.map(f32::ln);
        let scale = between(rng, low, high).exp();
        let stretch = between(rng, -self.aspect, self.aspect).exp();
        let middle = to.map(|n| n as f32 / 2.0);
        warp = warp.zoomed([scale * stretch, scale / stretch], middle);
        let share = [(); 2].map(|()| between(rng, -self.shift, self.shift));
        warp = warp.shifted([0, 1].map(|axis| share[axis] * to[axis] as f32));
        let coins = [(); 2].map(|()| rng.below(2) == 0);
        let mirrors = [self.mirror_x && coins[0], self.mirror_y && coins[1]];
        let colour = Colour {
            light: 1.0 + between(rng, -self.light, self.light),
            contrast: 1.0 + between(rng, -self.contrast, self.contrast),
            saturation: 1.0 + between(rng, -self.saturation, self.saturation),
            hue: between(rng, -self.hue, self.hue),
        };
        Change {
            warp: warp.mirrored(mirrors, to),
            colour,
        }
    }

    /// An example changed in a way of its own, its picture of this size, columns and rows.
    ///
    /// ```
    /// use ch07_yolo::augment::Augment;
    /// use ch07_yolo::boxes::{BBox, Object};
    /// use ch07_yolo::set::Example;
    /// use ndarray::Array3;
    /// use tensor::Rng;
    ///
    /// let example = Example {
    ///     name: "grey".to_owned(),
    ///     picture: Array3::from_elem((48, 64, 3), 128), // [H, W, 3]
    ///     objects: vec![Object { bbox: BBox::new(8.0, 8.0, 24.0, 40.0), class: 0 }],
    /// };
    /// let half = Augment::NONE.apply(&example, [32, 24], &mut Rng::new(1));
    /// assert_eq!(half.picture.dim(), (24, 32, 3));
    /// assert_eq!(half.objects[0].bbox, BBox::new(4.0, 4.0, 12.0, 20.0));
    /// ```
    ///
    /// # Panics
    /// As [`Augment::draw`].
    pub fn apply(&self, example: &Example, to: [usize; 2], rng: &mut Rng) -> Example {
        self.draw(example.size(), to, rng).apply(example, to)
    }
}

/// A number between two, each equally likely; the number itself where there is one only.
fn between(rng: &mut Rng, low: f32, high: f32) -> f32 {
    if low == high {
        return low;
    }
    rng.uniform(low, high)
}

/// What is done to one picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Where its pixels and boxes go.
    pub warp: Warp,
    /// What becomes of its colours.
    pub colour: Colour,
}

impl Change {
    // ANCHOR: change
    /// The example after the change, its picture of this size, columns and rows.
    pub fn apply(&self, example: &Example, to: [usize; 2]) -> Example {
        let mut picture = self.warp.picture(&example.picture, to); // [H, W, 3]
        self.colour.apply(&mut picture);
        let moved = |object: &Object| {
            let bbox = kept(self.warp.bbox(object.bbox), to)?;
            Some(Object { bbox, ..*object })
        };
        Example {
            name: example.name.clone(),
            picture,
            objects: example.objects.iter().filter_map(moved).collect(),
        }
    }
    // ANCHOR_END: change
}

// ANCHOR: kept
/// What of a box stays on a picture of this size; `None` if it is less than a quarter.
fn kept(bbox: BBox, size: [usize; 2]) -> Option<BBox> {
    let clipped = bbox.clipped(size.map(|n| n as f32));
    let enough = clipped.area() > 0.0 && clipped.area() >= KEPT * bbox.area();
    enough.then_some(clipped)
}
// ANCHOR_END: kept
