//! Segments that grow together, the most alike neighbours first.
//!
//! Source: J. Uijlings et al., "Selective search for object recognition", International
//! Journal of Computer Vision 104 (2013), sections 3.1 and 3.2. Their measure of
//! texture is left out.

use ndarray::Array3;

use super::graph::Segments;
use crate::boxes::BBox;

/// Bins of each colour, as in the paper.
const BINS: usize = 25;

/// By what two groups are held to be alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alike {
    /// Colour, size and fill.
    All,
    /// Size and fill.
    SizeAndFill,
}

/// Segments that have grown together.
#[derive(Clone, Debug)]
pub struct Group {
    /// The box around them.
    pub bbox: BBox,
    /// Their pixels.
    pub pixels: usize,
    /// Which share of the pixels falls into each bin of each colour; all together 1.
    pub colours: Vec<f32>,
    /// The segments it is made of.
    pub segments: Vec<usize>,
}

impl Group {
    // ANCHOR: alike
    /// How alike two groups are. Colour: what their histograms share, 0 to 1. Size:
    /// small ones first, so that no group eats all others. Fill: how little of their
    /// common box is neither's.
    pub fn alike(&self, other: &Group, alike: Alike, picture: f32) -> f32 {
        let both = (self.pixels + other.pixels) as f32;
        let size = 1.0 - both / picture;
        let fill = 1.0 - (self.bbox.hull(other.bbox).area() - both) / picture;
        let shared = self.colours.iter().zip(&other.colours);
        let colour: f32 = shared.map(|(a, b)| a.min(*b)).sum();
        match alike {
            Alike::All => colour + size + fill,
            Alike::SizeAndFill => size + fill,
        }
    }

    /// Both as one.
    fn joined(&self, other: &Group) -> Group {
        let pixels = self.pixels + other.pixels;
        let share = self.pixels as f32 / pixels as f32;
        let both = self.colours.iter().zip(&other.colours);
        Group {
            bbox: self.bbox.hull(other.bbox),
            pixels,
            colours: both.map(|(a, b)| share * a + (1.0 - share) * b).collect(),
            segments: [&self.segments[..], &other.segments].concat(),
        }
    }
    // ANCHOR_END: alike
}

/// All groups on the way from the segments to the whole picture, in the order of their
/// growing.
pub fn groups(picture: &Array3<u8>, segments: &Segments, alike: Alike) -> Vec<Group> {
    let all = segments.of.len() as f32;
    let mut groups = first(picture, segments);
    let mut pairs: Vec<(usize, usize, f32)> = neighbours(segments)
        .into_iter()
        .map(|(a, b)| (a, b, groups[a].alike(&groups[b], alike, all)))
        .collect();
    while let Some(&(a, b, _)) = pairs.iter().max_by(|p, q| p.2.total_cmp(&q.2)) {
        let new = groups.len();
        groups.push(groups[a].joined(&groups[b]));
        // Whoever was a neighbour of either is one of the new group, once.
        let (touched, rest): (Vec<_>, Vec<_>) = pairs
            .into_iter()
            .partition(|p| [p.0, p.1].iter().any(|g| [a, b].contains(g)));
        pairs = rest;
        let mut others: Vec<usize> = touched.iter().flat_map(|p| [p.0, p.1]).collect();
        others.retain(|group| ![a, b].contains(group));
        others.sort_unstable();
        others.dedup();
        let to_new =
            |other: usize| (other, new, groups[other].alike(&groups[new], alike, all));
        pairs.extend(others.into_iter().map(to_new));
    }
    groups
}

/// Each segment as a group.
fn first(picture: &Array3<u8>, segments: &Segments) -> Vec<Group> {
    let [_, w] = segments.size;
    let nowhere = BBox::new(
        f32::INFINITY,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::NEG_INFINITY,
    );
    let empty = |segment| Group {
        bbox: nowhere,
        pixels: 0,
        colours: vec![0.0; 3 * BINS],
        segments: vec![segment],
    };
    let mut groups: Vec<Group> = (0..segments.count).map(empty).collect();
    for (pixel, &segment) in segments.of.iter().enumerate() {
        let group = &mut groups[segment];
        let [row, column] = [pixel / w, pixel % w];
        let [x, y] = [column as f32, row as f32];
        group.bbox = group.bbox.hull(BBox::new(x, y, x + 1.0, y + 1.0));
        group.pixels += 1;
        for c in 0..3 {
            let bin = usize::from(picture[[row, column, c]]) * BINS / 256;
            group.colours[c * BINS + bin] += 1.0;
        }
    }
    for group in &mut groups {
        let all = 3.0 * group.pixels as f32;
        group.colours.iter_mut().for_each(|count| *count /= all);
    }
    groups
}

/// Segments that touch, each pair once, the smaller number first.
fn neighbours(segments: &Segments) -> Vec<(usize, usize)> {
    let ([h, w], of) = (segments.size, &segments.of);
    let mut pairs = Vec::new();
    for pixel in 0..h * w {
        let beside = (pixel % w + 1 < w).then_some(pixel + 1);
        let below = (pixel / w + 1 < h).then_some(pixel + w);
        for other in [beside, below].into_iter().flatten() {
            let (a, b) = (of[pixel].min(of[other]), of[pixel].max(of[other]));
            if a != b {
                pairs.push((a, b));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
