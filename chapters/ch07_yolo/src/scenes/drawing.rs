//! One emoji, at any size and turned.

use anyhow::Context;
use datasets::store;

/// A pixel: red, green and blue, 0 to 255, each times how opaque it is; and that, 0 to 1.
/// Means of such pixels are right at edges too, where colour meets nothing.
pub type Pixel = [f32; 4];

/// How opaque a pixel must be to belong to an object.
pub(super) const OPAQUE: f32 = 0.5;

/// Halvings kept of each drawing: down to an eighth, for objects of 14 pixels.
const LEVELS: usize = 4;

/// An emoji of `data/emoji/`.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// As it is, and halved again and again.
    levels: Vec<Level>,
    /// Corners of its outermost opaque pixels: x and y from the drawing's middle.
    corners: Vec<[f32; 2]>,
}

/// A drawing at one size.
#[derive(Clone, Debug)]
struct Level {
    width: usize,
    height: usize,
    pixels: Vec<Pixel>,
}

/// A drawing ready to be laid on a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Cutout {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Row by row.
    pub pixels: Vec<Pixel>,
}

impl Cutout {
    /// Whether a pixel belongs to the object: more of it is seen than of what lies behind.
    pub fn is_opaque(&self, row: usize, column: usize) -> bool {
        self.pixels[row * self.width + column][3] > OPAQUE
    }
}

impl Drawing {
    /// Loads an emoji by its name.
    ///
    /// # Errors
    /// If the file is missing or damaged.
    pub fn load(name: &str) -> anyhow::Result<Drawing> {
        let file = format!("emoji/{name}.png");
        let picture = image::load_from_memory(&store::committed(&file)?)
            .with_context(|| format!("data/{file}: expected a picture"))?
            .into_rgba8();
        let [width, height] = [picture.width(), picture.height()].map(|n| n as usize);
        let pixels = picture.pixels().map(|rgba| {
            let alpha = f32::from(rgba[3]) / 255.0;
            let [r, g, b] = [0, 1, 2].map(|c| f32::from(rgba[c]) * alpha);
            [r, g, b, alpha]
        });
        let mut levels = vec![Level {
            width,
            height,
            pixels: pixels.collect(),
        }];
        let corners = levels[0].corners();
        anyhow::ensure!(!corners.is_empty(), "data/{file}: nothing is drawn on it");
        for finer in 0..LEVELS - 1 {
            levels.push(levels[finer].halved());
        }
        Ok(Drawing { levels, corners })
    }

    /// The drawing turned clockwise by these degrees, and so large that the longest side of
    /// its box has this many pixels, give or take one; thin ends, such as whiskers, can be
    /// too faint to count when they are made small.
    pub fn cutout(&self, longest: f32, degrees: f32) -> Cutout {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let turned = |[x, y]: [f32; 2]| [cos * x - sin * y, sin * x + cos * y];
        let (low, high) = extent(self.corners.iter().map(|&corner| turned(corner)));
        let sides = [high[0] - low[0], high[1] - low[1]];
        let scale = longest / sides[0].max(sides[1]);
        // One pixel more on either side, for the soft edge.
        let [width, height] = sides.map(|side| (scale * side).ceil() as usize + 2);
        let level = self.level(scale);
        let mut pixels = Vec::with_capacity(width * height);
        for row in 0..height {
            for column in 0..width {
                // The way back: from the middle of the cutout, undo the size, the turn.
                let x = (column as f32 + 0.5 - width as f32 / 2.0) / scale;
                let y = (row as f32 + 0.5 - height as f32 / 2.0) / scale;
                let x = x + (low[0] + high[0]) / 2.0;
                let y = y + (low[1] + high[1]) / 2.0;
                pixels.push(level.at(
                    cos * x + sin * y,
                    cos * y - sin * x,
                    &self.levels[0],
                ));
            }
        }
        Cutout {
            width,
            height,
            pixels,
        }
    }

    /// The halving that leaves less than another halving to do, so that each new pixel sees
    /// all the old ones that it covers.
    fn level(&self, scale: f32) -> &Level {
        let halvings = (1.0 / scale).log2().floor().max(0.0) as usize;
        &self.levels[halvings.min(self.levels.len() - 1)]
    }
}

impl Level {
    /// Four pixels made one.
    fn halved(&self) -> Level {
        let (width, height) = (self.width / 2, self.height / 2);
        let mean = |place: usize| {
            let (row, column) = (2 * (place / width), 2 * (place % width));
            let four = [(0, 0), (0, 1), (1, 0), (1, 1)];
            let four =
                four.map(|(i, j)| self.pixels[(row + i) * self.width + column + j]);
            [0, 1, 2, 3].map(|c| four.iter().map(|pixel| pixel[c]).sum::<f32>() / 4.0)
        };
        Level {
            width,
            height,
            pixels: (0..width * height).map(mean).collect(),
        }
    }

    /// The corners of each row's first and last opaque pixel, from the middle.
    fn corners(&self) -> Vec<[f32; 2]> {
        let [w, h] = [self.width, self.height].map(|n| n as f32 / 2.0);
        let rows = self.pixels.chunks(self.width).enumerate();
        let found = rows.filter_map(|(y, row)| {
            let opaque = |pixel: &Pixel| pixel[3] > OPAQUE;
            let first = row.iter().position(opaque)?;
            let last = row.iter().rposition(opaque)?;
            let (left, right) = (first as f32 - w, last as f32 + 1.0 - w);
            let (top, bottom) = (y as f32 - h, y as f32 + 1.0 - h);
            Some([[left, top], [right, top], [left, bottom], [right, bottom]])
        });
        found.flatten().collect()
    }

    /// The value at x and y from the drawing's middle, in pixels of the finest level: the
    /// mean of the four around it, the nearer the more; nothing outside.
    fn at(&self, x: f32, y: f32, finest: &Level) -> Pixel {
        let shrunk = finest.width as f32 / self.width as f32;
        let x = x / shrunk + self.width as f32 / 2.0 - 0.5;
        let y = y / shrunk + self.height as f32 / 2.0 - 0.5;
        let (left, top) = (x.floor(), y.floor());
        let (dx, dy) = (x - left, y - top);
        let mut value = [0.0; 4];
        for (i, of_row) in [(top, 1.0 - dy), (top + 1.0, dy)] {
            for (j, of_column) in [(left, 1.0 - dx), (left + 1.0, dx)] {
                let inside = (0.0..self.height as f32).contains(&i)
                    && (0.0..self.width as f32).contains(&j);
                if inside {
                    let pixel = self.pixels[i as usize * self.width + j as usize];
                    (0..4).for_each(|c| value[c] += of_row * of_column * pixel[c]);
                }
            }
        }
        value
    }
}

/// The lowest and the highest x and y of some points.
fn extent(points: impl Iterator<Item = [f32; 2]>) -> ([f32; 2], [f32; 2]) {
    let start = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
    points.fold(start, |(low, high), point| {
        (
            [0, 1].map(|axis| point[axis].min(low[axis])),
            [0, 1].map(|axis| point[axis].max(high[axis])),
        )
    })
}
