//! Selective search in miniature: segments that grow together, and the boxes around
//! them (page *Propose, then classify*).

pub mod graph;
pub mod group;

use std::collections::BTreeSet;
use std::thread;

use ndarray::Array3;
use tensor::Rng;

use crate::boxes::{BBox, Object};
use crate::set::Example;
use graph::Graph;
use group::{Alike, groups};

/// Boxes with a side below this are no proposals, in pixels. Chosen by us.
const LEAST_SIDE: f32 = 8.0;

/// First segments of two sizes; each grows together in two ways. Chosen by us.
const SIZES: [f32; 2] = [100.0, 250.0];
const WAYS: [Alike; 2] = [Alike::All, Alike::SizeAndFill];

/// Boxes that may hold something, the most promising first.
///
/// A group counts the more, the later it grew together; its place in that order is
/// multiplied by a random number, so that large groups are not all tried first.
///
/// Source: J. Uijlings et al., "Selective search for object recognition", International
/// Journal of Computer Vision 104 (2013), sections 3 and 4.2.
pub fn proposals(picture: &Array3<u8>, rng: &mut Rng) -> Vec<BBox> {
    let graph = Graph::new(picture);
    let mut ranked = Vec::new();
    for k in SIZES {
        let segments = graph.segments(k);
        for alike in WAYS {
            let grown = groups(picture, &segments, alike);
            for (i, group) in grown.iter().rev().enumerate() {
                let rank = (i + 1) as f32 * rng.uniform(0.0, 1.0);
                ranked.push((rank, group.bbox));
            }
        }
    }
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
    distinct(ranked.into_iter().map(|(_, bbox)| bbox))
}

/// The proposals of each of these pictures, found on two threads.
pub fn proposals_of(examples: &[Example], rng: &Rng) -> Vec<Vec<BBox>> {
    let of =
        |example: &Example| proposals(&example.picture, &mut rng.fork(&example.name));
    let halves = examples.split_at(examples.len() / 2);
    thread::scope(|scope| {
        let first = scope.spawn(|| halves.0.iter().map(of).collect::<Vec<_>>());
        let second: Vec<_> = halves.1.iter().map(of).collect();
        let mut all = first.join().expect("selective search does not panic");
        all.extend(second);
        all
    })
}

/// Each box once, where it comes first, without those that are too small.
fn distinct(boxes: impl Iterator<Item = BBox>) -> Vec<BBox> {
    let mut seen = BTreeSet::new();
    boxes
        .filter(|bbox| bbox.size().iter().all(|&side| side >= LEAST_SIDE))
        .filter(|b| seen.insert([b.x0, b.y0, b.x1, b.y1].map(f32::to_bits)))
        .collect()
}

/// At most `count` square windows, evenly spread over a picture of this size: a fifth,
/// a third and half as wide as it, each moved by the same share of its own side.
pub fn grid(count: usize, [width, height]: [f32; 2]) -> Vec<BBox> {
    let of = |share: f32| -> Vec<BBox> {
        let sides = [0.2, 0.3, 0.45].map(|part| part * width.min(height));
        let each = sides.iter().flat_map(|&side| {
            let places = move |length: f32| {
                let room = length - side;
                let last = (room / (share * side)).floor().max(0.0) as usize;
                let gap = if last > 0 { room / last as f32 } else { 0.0 };
                (0..=last).map(move |i| i as f32 * gap)
            };
            let window = BBox::new(0.0, 0.0, side, side);
            places(height)
                .flat_map(move |y| places(width).map(move |x| window.moved([x, y])))
        });
        each.collect()
    };
    // From sparse to dense, as long as there are not too many.
    let shares = (1..200).map(|i| 4.0 * 0.975_f32.powi(i));
    let fitting = shares.map(of).take_while(|windows| windows.len() <= count);
    fitting.last().unwrap_or_default()
}

/// How many objects have a box among these that agrees with them at least so well.
pub fn covered(boxes: &[BBox], objects: &[Object], least: f32) -> usize {
    let has = |object: &&Object| boxes.iter().any(|b| b.iou(object.bbox) >= least);
    objects.iter().filter(has).count()
}

/// The shares of objects that so many boxes cover, by two ways to choose the boxes.
#[derive(Clone, Copy, Debug)]
pub struct Recall {
    /// How many boxes.
    pub count: usize,
    /// The share by selective search, 0 to 1.
    pub searched: f32,
    /// The share by an even grid, 0 to 1.
    pub grid: f32,
}
