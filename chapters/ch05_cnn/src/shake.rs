//! Pictures moved, slanted and mirrored by whole pixels: changes of a batch that cost next to
//! nothing, so that no epoch shows a net the same pictures (page *LeNet-5 reads digits*).
//!
//! Dimension key: B batch, C channels, H, W rows and columns.

use nn::data::Labelled;
use tensor::{Rng, Tensor};

// ANCHOR: shake
/// How far each picture of a batch may be shaken; how far it is, is drawn anew each time.
#[derive(Clone, Copy, Debug)]
pub struct Shake {
    /// Pixels up or down, and pixels across.
    pub moved: f32,
    /// Pixels across from one row to the next, and pixels down from one column to the next:
    /// writing that leans.
    pub slant: f32,
    /// Whether every second picture is mirrored.
    pub mirror: bool,
}

impl Shake {
    /// Each picture of a batch shaken in its own way, `[B, C, H, W]`; zeros move in.
    pub fn apply(self, batch: Labelled, rng: &mut Rng) -> Labelled {
        let [_, c, h, w] = batch.x.dims();
        let old = batch.x.to_vec();
        let mut new = vec![0.0; old.len()];
        let pictures = old.chunks(c * h * w).zip(new.chunks_mut(c * h * w));
        for (from, to) in pictures {
            let mirror = self.mirror && rng.below(2) == 0;
            let down = self.moves(w, rng); // for each column
            let right = self.moves(h, rng); // for each row
            let maps = from.chunks(h * w).zip(to.chunks_mut(h * w));
            for (from, to) in maps {
                for (place, pixel) in to.iter_mut().enumerate() {
                    let (i, j) = (place / w, place % w);
                    let seen = if mirror { w - 1 - j } else { j };
                    let (i, j) = (i as isize + down[j], seen as isize + right[i]);
                    let inside =
                        (0..h as isize).contains(&i) && (0..w as isize).contains(&j);
                    if inside {
                        *pixel = from[i as usize * w + j as usize];
                    }
                }
            }
        }
        Labelled::new(Tensor::from_vec(new, batch.x.shape()), batch.classes)
    }

    /// How far to move each of `lines`: all by the same, and more from one to the next.
    fn moves(self, lines: usize, rng: &mut Rng) -> Vec<isize> {
        let mut up_to = |most: f32| match most {
            0.0 => 0.0,
            most => rng.uniform(-most, most),
        };
        let (all, slant) = (up_to(self.moved), up_to(self.slant));
        let middle = (lines as f32 - 1.0) / 2.0;
        let line = |n: usize| (all + slant * (n as f32 - middle)).round() as isize;
        (0..lines).map(line).collect()
    }
}
// ANCHOR_END: shake

// ANCHOR: shaken
impl Shake {
    /// For digits: they lean either way, and a mirrored 2 is none.
    pub const DIGITS: Shake = Shake {
        moved: 3.0,
        slant: 0.3,
        mirror: false,
    };

    /// For clothes and photos: they look as likely from the left as from the right.
    pub const THINGS: Shake = Shake {
        moved: 2.5,
        slant: 0.0,
        mirror: true,
    };
}
// ANCHOR_END: shaken
