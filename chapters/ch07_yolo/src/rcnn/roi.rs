//! Regions of a map, each pooled to the same size.
//!
//! Dimension key: B batch, R regions, C channels, H, W rows and columns of the maps, S
//! places along a side of the result.

use tensor::Tensor;

use super::STRIDE;
use crate::boxes::BBox;

/// A rectangle of places on the maps of one picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The number of the picture in its batch.
    pub picture: usize,
    /// First row and column.
    pub from: [usize; 2],
    /// The row and the column behind the last.
    pub to: [usize; 2],
}

impl Region {
    /// All places that a box touches on the maps of a picture of this size, columns and
    /// rows; at least one.
    pub fn new(picture: usize, bbox: BBox, size: [usize; 2]) -> Region {
        Region::at(picture, bbox, size, STRIDE)
    }

    /// The same on maps of which a place is `stride` pixels wide and high.
    pub fn at(picture: usize, bbox: BBox, size: [usize; 2], stride: usize) -> Region {
        let [w, h] = size.map(|pixels| pixels / stride);
        let stride = stride as f32;
        let first = |edge: f32, length: usize| {
            ((edge / stride).floor().max(0.0) as usize).min(length - 1)
        };
        let from = [first(bbox.y0, h), first(bbox.x0, w)];
        let behind = |edge: f32, from: usize, length: usize| {
            ((edge / stride).ceil().max(0.0) as usize).clamp(from + 1, length)
        };
        let to = [behind(bbox.y1, from[0], h), behind(bbox.x1, from[1], w)];
        Region { picture, from, to }
    }

    /// Where the largest number of each channel and part is, among all numbers.
    fn largest(&self, all: &[f32], [c, h, w]: [usize; 3], parts: usize) -> Vec<usize> {
        let mut found = Vec::with_capacity(c * parts * parts);
        for channel in 0..c {
            let plane = (self.picture * c + channel) * h * w;
            for i in 0..parts {
                for j in 0..parts {
                    let columns = self.part(1, j, parts);
                    let row = |row| columns.clone().map(move |x| plane + row * w + x);
                    let places = self.part(0, i, parts).flat_map(row);
                    let largest =
                        places.reduce(|a, b| if all[b] > all[a] { b } else { a });
                    found.push(largest.expect("a part has at least one place"));
                }
            }
        }
        found
    }

    /// The places of part `i` of `parts` along an axis; parts of a few places overlap.
    fn part(&self, axis: usize, i: usize, parts: usize) -> std::ops::Range<usize> {
        let (from, length) = (self.from[axis], self.to[axis] - self.from[axis]);
        from + i * length / parts..from + ((i + 1) * length).div_ceil(parts)
    }
}

// ANCHOR: roi_max_pool
/// RoI max pooling: of each region, cut into `side` × `side` parts, the largest number
/// of each part and channel. `[B, C, H, W] -> [R, C, side, side]`.
///
/// The gradient of a result goes to the number that was the largest; one that is the
/// largest of several regions gets the sum of theirs.
///
/// Source: R. Girshick, "Fast R-CNN", ICCV (2015), sections 2.1 and 2.3.
///
/// # Panics
/// If a region reaches beyond the maps.
pub fn roi_max_pool(maps: &Tensor, regions: &[Region], side: usize) -> Tensor {
    let [_, c, h, w] = maps.dims();
    let all = maps.to_vec();
    // Where in `all` each result comes from, [R·C·S·S].
    let of = |region: &Region| region.largest(&all, [c, h, w], side);
    let largest: Vec<usize> = regions.iter().flat_map(of).collect();
    let values = largest.iter().map(|&place| all[place]).collect();
    let value = Tensor::from_vec(values, &[regions.len(), c, side, side]);
    let shape = maps.shape().to_vec();
    let pullback = move |g: &Tensor| {
        let mut sums = vec![0.0; shape.iter().product()];
        for (place, g) in largest.iter().zip(g.to_vec()) {
            sums[*place] += g;
        }
        Tensor::from_vec(sums, &shape) // [B, C, H, W]
    };
    Tensor::record("roi_max_pool", value, [maps.edge(pullback)])
}
// ANCHOR_END: roi_max_pool
