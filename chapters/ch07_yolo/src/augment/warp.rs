//! Pixels and boxes, moved, stretched and mirrored along the axes.
//!
//! Without a turn, each axis goes its own way, and the sides of a box stay level: the box
//! around a thing becomes the box around the moved thing.

use ndarray::Array3;

use crate::boxes::BBox;

/// The grey that moves in from outside the picture, 0 to 255: the middle.
pub const OUTSIDE: u8 = 128;

// ANCHOR: warp
/// Along each axis, x and y: new = scale · old + shift, in pixels from the edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Warp {
    /// How many times as wide and as high; below 0 mirrored.
    pub scale: [f32; 2],
    /// How far to the right and down, after that.
    pub shift: [f32; 2],
}

impl Warp {
    /// Where a box goes. A mirrored axis swaps its edges.
    pub fn bbox(self, bbox: BBox) -> BBox {
        let edge = |axis: usize, old: f32| self.scale[axis] * old + self.shift[axis];
        let (xa, xb) = (edge(0, bbox.x0), edge(0, bbox.x1));
        let (ya, yb) = (edge(1, bbox.y0), edge(1, bbox.y1));
        BBox::new(xa.min(xb), ya.min(yb), xa.max(xb), ya.max(yb))
    }
}
// ANCHOR_END: warp

/// Making warps.
impl Warp {
    /// Leaves everything where it is.
    pub const NONE: Warp = Warp {
        scale: [1.0; 2],
        shift: [0.0; 2],
    };

    /// From a picture of one size, columns and rows, to one of another.
    pub fn resize(from: [usize; 2], to: [usize; 2]) -> Warp {
        Warp {
            scale: [0, 1].map(|axis| to[axis] as f32 / from[axis] as f32),
            ..Warp::NONE
        }
    }

    /// Then so many times as wide and as high, about a place that stays.
    #[must_use]
    pub fn zoomed(self, by: [f32; 2], about: [f32; 2]) -> Warp {
        let shift =
            |axis: usize| by[axis] * (self.shift[axis] - about[axis]) + about[axis];
        Warp {
            scale: [0, 1].map(|axis| by[axis] * self.scale[axis]),
            shift: [0, 1].map(shift),
        }
    }

    /// Then so many pixels to the right and down.
    #[must_use]
    pub fn shifted(self, by: [f32; 2]) -> Warp {
        Warp {
            shift: [0, 1].map(|axis| self.shift[axis] + by[axis]),
            ..self
        }
    }

    /// Then mirrored, left for right and top for bottom, on a picture of this size.
    #[must_use]
    pub fn mirrored(self, which: [bool; 2], size: [usize; 2]) -> Warp {
        let sign = which.map(|mirror| if mirror { -1.0 } else { 1.0 });
        self.zoomed(sign, size.map(|n| n as f32 / 2.0))
    }
}

/// Where a new row or column comes from: two old ones, and how much of the second.
#[derive(Clone, Copy)]
struct Source {
    first: usize,
    second: usize,
    /// Of the second, in 256ths.
    share: u32,
}

impl Warp {
    /// Of each new row or column, the way back: the place between two old ones from which
    /// its middle comes. `None` outside the picture.
    fn sources(self, axis: usize, old: usize, new: usize) -> Vec<Option<Source>> {
        let source = |n: usize| {
            let edge = (n as f32 + 0.5 - self.shift[axis]) / self.scale[axis];
            if !(0.0..=old as f32).contains(&edge) {
                return None;
            }
            let place = (edge - 0.5).clamp(0.0, old as f32 - 1.0);
            let first = place as usize;
            Some(Source {
                first,
                second: (first + 1).min(old - 1),
                share: (256.0 * place.fract()).round() as u32,
            })
        };
        (0..new).map(source).collect()
    }

    /// The moved picture of this size, columns and rows: each new pixel is the mean of the
    /// four old ones around the place that it comes from, the nearer the more. What comes
    /// from outside is [`OUTSIDE`]. `[H, W, 3] -> [H', W', 3]`
    ///
    /// # Panics
    /// If the picture has no pixels.
    pub fn picture(self, picture: &Array3<u8>, [w, h]: [usize; 2]) -> Array3<u8> {
        let (old_h, old_w, _) = picture.dim();
        assert!(old_h * old_w > 0, "warp: expected pixels, got none");
        let old = picture.as_standard_layout();
        let old = old.as_slice().expect("standard layout is one piece");
        let columns = self.sources(0, old_w, w);
        let rows = self.sources(1, old_h, h);
        let mut new = vec![OUTSIDE; h * w * 3]; // [H', W', 3]
        for (to, row) in new.chunks_mut((3 * w).max(1)).zip(&rows) {
            let Some(row) = row else { continue };
            let line = |y: usize| &old[3 * old_w * y..3 * old_w * (y + 1)];
            mix(to, line(row.first), line(row.second), row.share, &columns);
        }
        Array3::from_shape_vec((h, w, 3), new).expect("three bytes a pixel")
    }
}

/// One new row, out of two old ones: `[W, 3] -> [W', 3]`.
fn mix(
    to: &mut [u8],
    upper: &[u8],
    lower: &[u8],
    down: u32,
    columns: &[Option<Source>],
) {
    for (pixel, column) in to.chunks_exact_mut(3).zip(columns) {
        let Some(column) = column else { continue };
        let (left, right) = (3 * column.first, 3 * column.second);
        let four = [
            &upper[left..left + 3],
            &upper[right..right + 3],
            &lower[left..left + 3],
            &lower[right..right + 3],
        ];
        let [x, y] = [column.share, down];
        for (c, byte) in pixel.iter_mut().enumerate() {
            let [a, b, d, e] = four.map(|old| u32::from(old[c]));
            let above = (256 - x) * a + x * b;
            let below = (256 - x) * d + x * e;
            // Two weights of 256ths each: 65,536 parts, rounded to the nearest.
            *byte = (((256 - y) * above + y * below + (1 << 15)) >> 16) as u8;
        }
    }
}
