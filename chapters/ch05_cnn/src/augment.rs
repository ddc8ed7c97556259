//! More pictures out of the same ones: small moves, turns and sizes, by a warp of our own
//! (page *A thousand pictures from a hundred*).
//!
//! Dimension key: N examples, B batch, H, W rows and columns.

use nn::data::Labelled;
use tensor::{Rng, Tensor};

// ANCHOR: warp
/// A picture moved, turned and made larger or smaller about its middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Warp {
    /// Degrees, clockwise.
    pub turn: f32,
    /// How many times as large.
    pub scale: f32,
    /// Pixels down, and to the right.
    pub shift: [f32; 2],
}

impl Warp {
    /// Leaves a picture as it is.
    pub const NONE: Warp = Warp {
        turn: 0.0,
        scale: 1.0,
        shift: [0.0; 2],
    };

    /// Warps one picture of `h` rows and `w` columns; what comes from outside is 0.
    ///
    /// It asks of each *new* pixel where it comes from, so that each gets exactly one value.
    pub fn apply(self, picture: &[f32], [h, w]: [usize; 2]) -> Vec<f32> {
        let middle = [h, w].map(|n| (n as f32 - 1.0) / 2.0);
        let (sin, cos) = self.turn.to_radians().sin_cos();
        let mut warped = Vec::with_capacity(h * w);
        for i in 0..h {
            for j in 0..w {
                // The way back: first the shift undone, then the size, then the turn.
                let down = (i as f32 - middle[0] - self.shift[0]) / self.scale;
                let right = (j as f32 - middle[1] - self.shift[1]) / self.scale;
                let y = middle[0] + cos * down - sin * right;
                let x = middle[1] + sin * down + cos * right;
                warped.push(between(picture, [h, w], [y, x]));
            }
        }
        warped
    }
}
// ANCHOR_END: warp

// ANCHOR: between
/// The value between pixels: the four around the place, each weighted by how near it is.
fn between(picture: &[f32], [h, w]: [usize; 2], [y, x]: [f32; 2]) -> f32 {
    let (top, left) = (y.floor(), x.floor());
    let (dy, dx) = (y - top, x - left); // 0 to 1: how far below, how far to the right
    let at = |i: f32, j: f32| {
        let inside = i >= 0.0 && j >= 0.0 && i < h as f32 && j < w as f32;
        if inside {
            picture[i as usize * w + j as usize]
        } else {
            0.0
        }
    };
    (1.0 - dy) * ((1.0 - dx) * at(top, left) + dx * at(top, left + 1.0))
        + dy * ((1.0 - dx) * at(top + 1.0, left) + dx * at(top + 1.0, left + 1.0))
}
// ANCHOR_END: between

/// By what each picture is changed each time that it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// By nothing.
    None,
    /// Moved by up to two pixels each way.
    Shift,
    /// Turned by up to 15 degrees.
    Turn,
    /// Made larger or smaller by up to 15 per cent.
    Scale,
    /// All three.
    All,
    /// Mirrored, every second time.
    Mirror,
}

impl Change {
    /// All of them, as the page lists them.
    pub const EACH: [Change; 6] = [
        Change::None,
        Change::Shift,
        Change::Turn,
        Change::Scale,
        Change::All,
        Change::Mirror,
    ];

    // ANCHOR: drawn
    /// The largest changes; chosen by us, by eye: no digit becomes another.
    fn warp(self, rng: &mut Rng) -> Warp {
        let mut warp = Warp::NONE;
        let all = self == Change::All;
        if all || self == Change::Shift {
            warp.shift = [(); 2].map(|()| rng.uniform(-2.0, 2.0));
        }
        if all || self == Change::Turn {
            warp.turn = rng.uniform(-15.0, 15.0);
        }
        if all || self == Change::Scale {
            warp.scale = rng.uniform(0.85, 1.15);
        }
        warp
    }
    // ANCHOR_END: drawn

    // ANCHOR: changed
    /// Changes each picture of a batch in its own way, `[B, 1, H, W]`.
    pub fn apply(self, batch: Labelled, rng: &mut Rng) -> Labelled {
        if self == Change::None {
            return batch;
        }
        let [b, _, h, w] = batch.x.dims();
        let pixels = batch.x.to_vec();
        let changed = pixels.chunks(h * w).flat_map(|picture| match self {
            Change::Mirror if rng.below(2) == 0 => mirrored(picture, w),
            _ => self.warp(rng).apply(picture, [h, w]),
        });
        let x = Tensor::from_vec(changed.collect(), &[b, 1, h, w]);
        Labelled::new(x, batch.classes)
    }
    // ANCHOR_END: changed
}

/// Left for right.
pub fn mirrored(picture: &[f32], w: usize) -> Vec<f32> {
    let rows = picture.chunks(w);
    rows.flat_map(|row| row.iter().rev().copied()).collect()
}
