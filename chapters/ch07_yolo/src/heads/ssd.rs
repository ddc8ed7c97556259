//! SSD's head: two coarser maps behind the backbone's last, and default boxes on all three.
//!
//! Source: W. Liu et al., "SSD: single shot multibox detector", ECCV (2016), figure 2.

use std::time::Instant;

use nn::{Module, Net, Pass, Visitor};
use tensor::{Rng, Tensor};

use super::{CHANNELS, Found, Head, once};
use crate::boxes::{BBox, Object};
use crate::decode::Keep;
use crate::model::Block;
use crate::ssd::{Map, SsdHead, default_boxes, ssd_decode, ssd_loss, ssd_target};

/// From one map to the next, half as large: half the channels by a window of one pixel,
/// then all of them again by a window of three with a stride of 2.
#[derive(Clone)]
pub struct Extra {
    /// One by one, to half the channels.
    pub thin: Block,
    /// Three by three, back to all of them.
    pub down: Block,
}

impl Net for Extra {
    fn forward(&self, x: &Tensor, pass: &mut Pass) -> Tensor {
        let thin = self.thin.forward(x, pass); // [B, C/2, S, S]
        self.down.forward(&thin, pass) // [B, C, S/2, S/2]
    }
}

/// The head, for pictures of one size.
#[derive(Clone)]
pub struct Ssd {
    /// What makes the coarser maps.
    pub extras: Vec<Extra>,
    /// Two windows for each map.
    pub windows: SsdHead,
    /// Where the boxes are before the net has said anything, N of them.
    pub defaults: Vec<BBox>,
}

impl Ssd {
    /// The backbone's maps and the coarser ones.
    fn maps(&self, maps: &Tensor, pass: &mut Pass) -> Vec<Tensor> {
        let mut all = vec![maps.clone()]; // [B, C, S, S]
        for extra in &self.extras {
            let next = extra.forward(&all[all.len() - 1], pass); // [B, C, S/2, S/2]
            all.push(next);
        }
        all
    }
}

// ANCHOR: ssd
impl Head for Ssd {
    fn loss(&self, maps: &Tensor, truth: &[&[Object]], pass: &mut Pass) -> Tensor {
        let maps = self.maps(maps, pass); // three, each half the one before
        let (logits, offsets) = self.windows.forward(&maps); // [B, N, K + 1], [B, N, 4]
        let target = ssd_target(&self.defaults, truth);
        ssd_loss(&logits, &offsets, &target).total()
    }

    fn find(&self, maps: &Tensor, keep: Keep) -> Found {
        let maps = self.maps(maps, &mut Pass::Use);
        let (logits, offsets) = self.windows.forward(&maps);
        let start = Instant::now();
        let all = ssd_decode(&logits, &offsets, &self.defaults, keep.score);
        let found = all.iter().map(|boxes| once(boxes, keep)).collect();
        (found, start.elapsed())
    }
}
// ANCHOR_END: ssd

impl Ssd {
    /// A head that has learnt nothing. The first of the maps is the backbone's last.
    ///
    /// # Panics
    /// If there is no map.
    #[track_caller]
    pub fn new(maps: &[Map], classes: usize, rng: &mut Rng) -> Ssd {
        let channels = vec![CHANNELS; maps.len()];
        let boxes: Vec<usize> = maps.iter().map(|map| map.shapes.len()).collect();
        let windows = SsdHead::new(&channels, &boxes, classes, rng);
        let extra = |_| Extra {
            thin: Block::new(CHANNELS, CHANNELS / 2, 1, 1, rng),
            down: Block::new(CHANNELS / 2, CHANNELS, 3, 2, rng),
        };
        Ssd {
            extras: (1..maps.len()).map(extra).collect(),
            windows,
            defaults: default_boxes(maps),
        }
    }
}

impl Module for Extra {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("thin", &mut self.thin);
        visitor.part("down", &mut self.down);
    }
}

impl Module for Ssd {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parts("extras", &mut self.extras);
        visitor.part("windows", &mut self.windows);
    }
}
