//! The head: what SSD puts on the maps of a backbone, and what its numbers mean.

use nn::layers::Conv2d;
use nn::{Module, Visitor};
use tensor::{Rng, Tensor};

use super::offsets::decode;
use crate::boxes::{BBox, Detection};

/// Two windows of 3 × 3 for each map: one for classes, one for offsets.
#[derive(Clone)]
pub struct SsdHead {
    /// For each map, to A·(K + 1) channels.
    pub class: Vec<Conv2d>,
    /// For each map, to A·4 channels.
    pub offset: Vec<Conv2d>,
    /// K, without the background.
    pub classes: usize,
}

impl SsdHead {
    // ANCHOR: head
    /// Class logits `[B, N, K + 1]` and offsets `[B, N, 4]` for maps `[B, C, H, W]`, in
    /// the order of [`default_boxes`](super::default_boxes).
    ///
    /// # Panics
    /// If there are not as many maps as the head was made for, or their channels
    /// differ.
    #[track_caller]
    pub fn forward(&self, maps: &[Tensor]) -> (Tensor, Tensor) {
        let classes = along(&self.class, maps, self.classes + 1); // [B, N, K + 1]
        (classes, along(&self.offset, maps, 4))
    }
}

/// A window over each map, and so many numbers for each of its boxes: `[B, N,
/// numbers]`.
#[track_caller]
fn along(convs: &[Conv2d], maps: &[Tensor], numbers: usize) -> Tensor {
    check(convs, maps);
    let each = convs.iter().zip(maps).map(|(conv, map)| {
        let y = conv.forward(map).permute(&[0, 2, 3, 1]); // [B, H, W, A·numbers]
        let [b, h, w, depth] = y.dims();
        y.reshape(&[b, h * w * depth / numbers, numbers]) // [B, H·W·A, numbers]
    });
    Tensor::concat(1, &each.collect::<Vec<_>>())
}
// ANCHOR_END: head

/// That there is a window for each map.
#[track_caller]
fn check(convs: &[Conv2d], maps: &[Tensor]) {
    assert!(
        maps.len() == convs.len(),
        "ssd head: expected {} maps, got {}",
        convs.len(),
        maps.len()
    );
}

impl SsdHead {
    /// A head for maps of so many `channels` with so many boxes at each of their
    /// places.
    ///
    /// # Panics
    /// If the two are not equally many, or there is none.
    #[track_caller]
    pub fn new(
        channels: &[usize],
        boxes_per_place: &[usize],
        classes: usize,
        rng: &mut Rng,
    ) -> SsdHead {
        assert!(
            channels.len() == boxes_per_place.len() && !channels.is_empty(),
            "ssd head: expected channels and boxes of at least one map, got {channels:?} and \
             {boxes_per_place:?}"
        );
        let mut convs = |numbers: usize| {
            let maps = channels.iter().zip(boxes_per_place);
            let conv = |(&c, a): (&usize, &usize)| {
                Conv2d::new(c, a * numbers, 3, rng).padding(1)
            };
            maps.map(conv).collect()
        };
        SsdHead {
            class: convs(classes + 1),
            offset: convs(4),
            classes,
        }
    }
}

impl Module for SsdHead {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parts("class", &mut self.class);
        visitor.parts("offset", &mut self.offset);
    }
}

/// What the head found in each picture: for every default box each class with a
/// probability above `threshold`. Many of them mean the same object; suppression comes
/// after.
///
/// # Panics
/// If the shapes are not `[B, N, K + 1]` and `[B, N, 4]` for N default boxes.
#[track_caller]
pub fn ssd_decode(
    logits: &Tensor,
    offsets: &Tensor,
    defaults: &[BBox],
    threshold: f32,
) -> Vec<Vec<Detection>> {
    let [b, n, classes] = logits.dims();
    assert!(
        n == defaults.len() && offsets.shape() == [b, n, 4],
        "ssd_decode: expected logits and offsets of N = {} boxes, got {:?} and {:?}",
        defaults.len(),
        logits.shape(),
        offsets.shape()
    );
    let chances = logits.detach().softmax(2).to_vec(); // B·N·(K + 1)
    let offsets = offsets.to_vec(); // B·N·4
    let of_box = |row: usize| {
        let offset = std::array::from_fn(|i| offsets[row * 4 + i]);
        let bbox = decode(offset, defaults[row % n]);
        let chances = &chances[row * classes + 1..(row + 1) * classes]; // without background
        let sure = chances
            .iter()
            .enumerate()
            .filter(|(_, score)| **score > threshold);
        sure.map(move |(class, &score)| Detection { bbox, class, score })
    };
    let pictures = (0..b).map(|picture| picture * n..(picture + 1) * n);
    pictures
        .map(|rows| rows.flat_map(of_box).collect())
        .collect()
}
