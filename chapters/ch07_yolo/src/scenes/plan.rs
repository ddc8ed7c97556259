//! What stands where in a scene, and the scene drawn.

use ndarray::Array3;
use tensor::Rng;

use super::cover::Cover;
use super::drawing::{Cutout, Drawing};
use super::{MOST, SIDE, SIZES, TURN};
use crate::augment::Warp;
use crate::boxes::{BBox, Object};

/// The side of the square that becomes the background, in pixels of a photo of 256, from and
/// to. Chosen by us: at the least, the photo shows its grain; at the most, all of itself.
const GROUND: [f32; 2] = [96.0, 256.0];

/// How much of an object's width and height may lie off the picture.
const OFF: f32 = 0.25;

/// How often a place is sought for an object, before it is left out.
const TRIES: usize = 50;

/// Everything about a scene but its pixels.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The photo, as a place in the list of the split's photos.
    pub photo: usize,
    /// From the photo to the background.
    pub ground: Warp,
    /// What stands on it, the later before the earlier.
    pub placed: Vec<Placed>,
    /// How it is lit.
    pub light: Light,
    /// Of each of the placed, the share of its pixels that can be seen.
    pub visible: Vec<f32>,
    /// The box of each of the placed.
    boxes: Vec<BBox>,
}

/// An object in a scene.
#[derive(Clone, Debug)]
pub struct Placed {
    /// What it is, as a place in [`CLASSES`](super::CLASSES).
    pub class: usize,
    /// What it looks like.
    pub cutout: Cutout,
    /// The column and row of its cutout's top left corner; below 0 off the picture.
    pub corner: [isize; 2],
}

/// How a scene is lit, and how much its camera rustles.
#[derive(Clone, Debug)]
pub struct Light {
    /// Added to all values, which go from 0 to 255.
    pub brightness: f32,
    /// A factor on their distance from the middle, 127.5.
    pub contrast: f32,
    /// The standard deviation of the noise, in the same values; grey, as of a dark night.
    pub noise: f32,
    /// Where the noise comes from.
    rng: Rng,
}

impl Plan {
    /// Draws a scene on one of so many photos.
    pub(super) fn draw(photos: usize, drawings: &[Drawing], rng: &mut Rng) -> Plan {
        let (photo, ground) = (rng.below(photos), ground(rng));
        let mut cover = Cover::new();
        let mut placed = Vec::new();
        // ANCHOR: plan
        for _ in 0..1 + rng.below(MOST) {
            let class = rng.below(drawings.len());
            let [low, high] = SIZES.map(f32::ln);
            let longest = rng.uniform(low, high).exp();
            let cutout = drawings[class].cutout(longest, rng.uniform(-TURN, TURN));
            let mut corners = (0..TRIES).map(|_| corner(&cutout, rng));
            if let Some(corner) = corners.find(|&corner| cover.place(&cutout, corner)) {
                placed.push(Placed {
                    class,
                    cutout,
                    corner,
                });
            }
        }
        // ANCHOR_END: plan
        Plan {
            photo,
            ground,
            placed,
            light: Light::draw(rng),
            visible: cover.visible(),
            boxes: cover.boxes(),
        }
    }

    /// What is in the scene, and where.
    pub fn objects(&self) -> Vec<Object> {
        let both = self.placed.iter().zip(&self.boxes);
        let object = |(placed, &bbox): (&Placed, &BBox)| Object {
            bbox,
            class: placed.class,
        };
        both.map(object).collect()
    }

    /// The scene, on one of the split's photos: `[128, 128, 3]`.
    pub fn picture(&self, photos: &[Array3<u8>]) -> Array3<u8> {
        let ground = self.ground.picture(&photos[self.photo], [SIDE, SIDE]);
        let mut canvas = ground.mapv(f32::from); // [128, 128, 3]
        for placed in &self.placed {
            placed.paint(&mut canvas);
        }
        self.light.apply(&canvas)
    }
}

/// Which square of a photo of 256 pixels becomes the background, mirrored or not.
fn ground(rng: &mut Rng) -> Warp {
    let whole = GROUND[1];
    let side = rng.uniform(GROUND[0], whole);
    let corner = [(); 2].map(|()| rng.uniform(0.0, 1.0) * (whole - side));
    let scale = SIDE as f32 / side;
    let mirrored = [rng.below(2) == 0, false];
    let crop = Warp {
        scale: [scale; 2],
        shift: corner.map(|edge| -scale * edge),
    };
    crop.mirrored(mirrored, [SIDE, SIDE])
}

/// Somewhere on the picture, but for [`OFF`] of the cutout on either side.
fn corner(cutout: &Cutout, rng: &mut Rng) -> [isize; 2] {
    [cutout.width, cutout.height].map(|side| {
        let off = (OFF * side as f32) as usize;
        let room = SIDE + 2 * off - side;
        rng.below(room + 1) as isize - off as isize
    })
}

impl Placed {
    /// Paints it over what is there, `[128, 128, 3]`: new = colour + (1 − opacity) · old.
    ///
    /// Source: T. Porter, T. Duff, "Compositing digital images", SIGGRAPH (1984), *over*.
    fn paint(&self, canvas: &mut Array3<f32>) {
        let [left, top] = self.corner;
        let rows = self.cutout.pixels.chunks(self.cutout.width);
        for (y, row) in (top..).zip(rows) {
            for (x, [r, g, b, opacity]) in (left..).zip(row) {
                let inside =
                    (0..SIDE as isize).contains(&x) && (0..SIDE as isize).contains(&y);
                if inside && *opacity > 0.0 {
                    for (c, colour) in [r, g, b].into_iter().enumerate() {
                        let old = &mut canvas[[y as usize, x as usize, c]];
                        *old = colour + (1.0 - opacity) * *old;
                    }
                }
            }
        }
    }
}

impl Light {
    /// From dusk to noon; chosen by us, by eye.
    fn draw(rng: &mut Rng) -> Light {
        Light {
            brightness: rng.uniform(-40.0, 40.0),
            contrast: rng.uniform(0.6, 1.2),
            noise: rng.uniform(0.0, 10.0),
            rng: rng.fork("noise"),
        }
    }

    /// Lights a picture, `[H, W, 3]`, and lays one grain of noise on each pixel.
    fn apply(&self, canvas: &Array3<f32>) -> Array3<u8> {
        let mut rng = self.rng.clone();
        let (h, w, _) = canvas.dim();
        let mut picture = Array3::zeros((h, w, 3));
        for (mut new, old) in picture.rows_mut().into_iter().zip(canvas.rows()) {
            let grain = self.noise * rng.normal() + self.brightness + 127.5;
            for (byte, value) in new.iter_mut().zip(old) {
                let lit = self.contrast * (value - 127.5) + grain;
                *byte = lit.round().clamp(0.0, 255.0) as u8;
            }
        }
        picture
    }
}
