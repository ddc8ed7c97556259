//! The stages of the lesson's net with YOLO's, SSD's and Faster R-CNN's way to answer (page
//! *One backbone, three heads*).
//!
//! In reading order: this file, what a head is and what all three share; [`yolo`],
//! [`ssd`], [`faster`].
//!
//! Dimension key: B batch, C channels, S rows or columns of the last maps, A anchors, N
//! boxes, K classes.

pub mod faster;
pub mod ssd;
pub mod yolo;

pub use faster::Faster;
pub use ssd::Ssd;
pub use yolo::Yolo;

use std::time::Duration;

use ndarray::Array3;
use nn::train::Task;
use nn::{Module, Net, Pass, Visitor};
use tensor::{Rng, Tensor, no_grad};

use crate::boxes::{Detection, Object};
use crate::decode::Keep;
use crate::model::{STAGES, Stage, backbone};
use crate::set::{Example, Set, batch};
use crate::suppress::nms;
use crate::train::{AT_ONCE, Finding, judged};

/// Pixels from one place of the backbone's last maps to the next: each stage halves.
pub const STRIDE: usize = 1 << STAGES.len();

/// Channels of those maps.
pub const CHANNELS: usize = STAGES[STAGES.len() - 1].0;

/// What was found in each picture, and how long the reading took: all that is no layer
/// of the net, as boxes from numbers, sorting and suppression.
pub type Found = (Vec<Vec<Detection>>, Duration);

// ANCHOR: head
/// A way to answer from the last maps of a backbone, `[B, C, S, S]`.
pub trait Head: Module {
    /// What its mistakes cost, on pictures that show these objects.
    fn loss(&self, maps: &Tensor, truth: &[&[Object]], pass: &mut Pass) -> Tensor;

    /// What it finds in each picture, each thing once.
    fn find(&self, maps: &Tensor, keep: Keep) -> Found;
}

/// The lesson's backbone, and a head.
#[derive(Clone)]
pub struct Headed<H> {
    /// Each stage halves the picture.
    pub stages: Vec<Stage>,
    /// What is made of the last stage's maps.
    pub head: H,
}

impl<H: Head> Headed<H> {
    /// The last maps, `[B, 3, H, W] -> [B, C, S, S]`: the same whatever the head.
    pub fn maps(&self, x: &Tensor, pass: &mut Pass) -> Tensor {
        let stages = self.stages.iter();
        stages.fold(x.clone(), |x, stage| stage.forward(&x, pass))
    }
}
// ANCHOR_END: head

impl<H: Head> Headed<H> {
    /// The backbone before it has learnt anything, below this head. The same generator
    /// makes the same backbone for each.
    pub fn new(head: H, rng: &Rng) -> Headed<H> {
        let stages = backbone(&STAGES, &mut rng.fork("backbone"));
        Headed { stages, head }
    }

    /// What the net finds in each of these pictures, which have one size.
    pub fn detect<'a>(
        &self,
        pictures: impl IntoIterator<Item = &'a Array3<u8>>,
        keep: Keep,
    ) -> Found {
        let pictures: Vec<_> = pictures.into_iter().collect();
        let (mut found, mut reading) = (Vec::new(), Duration::ZERO);
        for pictures in pictures.chunks(AT_ONCE) {
            let x = batch(pictures.iter().copied()); // [B, 3, H, W]
            let (some, time) = no_grad(|| {
                let maps = self.maps(&x, &mut Pass::Use); // [B, C, S, S]
                self.head.find(&maps, keep)
            });
            found.extend(some);
            reading += time;
        }
        (found, reading)
    }

    /// mAP at an IoU of 0.5 on these pictures.
    fn measured(&self, set: &Set) -> f64 {
        let pictures = set.examples.iter().map(|one| &one.picture);
        let (found, _) = self.detect(pictures, Keep::ALL);
        judged(set, &found).map50().unwrap_or(0.0)
    }
}

// ANCHOR: task
/// The task of the lesson's detector, for any head: the same pictures, the same changes.
impl<H, F> Task<Headed<H>> for Finding<'_, F>
where
    H: Head,
    F: Fn(&Example, &mut Rng) -> Example + Sync,
{
    fn len(&self) -> usize {
        self.training.examples.len()
    }

    fn loss(&self, net: &Headed<H>, rows: &[usize], pass: &mut Pass) -> Tensor {
        let examples = self.shown(rows, pass);
        let x = batch(examples.iter().map(|one| &one.picture)); // [B, 3, H, W]
        let truth: Vec<&[Object]> = examples.iter().map(|one| &*one.objects).collect();
        let maps = net.maps(&x, pass); // [B, C, S, S]
        net.head.loss(&maps, &truth, pass)
    }

    fn score(&self, net: &Headed<H>) -> f64 {
        self.validation.map_or(0.0, |set| net.measured(set))
    }
}
// ANCHOR_END: task

impl<H: Head> Module for Headed<H> {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parts("stages", &mut self.stages);
        visitor.part("head", &mut self.head);
    }
}

/// What is kept of one picture's boxes.
fn once(boxes: &[Detection], keep: Keep) -> Vec<Detection> {
    let mut once = nms(boxes, keep.overlap);
    once.truncate(keep.most);
    once
}
