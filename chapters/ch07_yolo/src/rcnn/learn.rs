//! How the three detectors learn, each from where the one before has come to.
//!
//! Dimension key: B pictures of a step, R regions of all of them.

use nn::optim::{Adam, Optimizer};
use nn::{Module, Net, Pass, Schedule, Visitor};
use tensor::{Rng, Tensor, no_grad};

use super::code::loss;
use super::roi::Region;
use super::rpn::Rpn;
use super::sample::{Sample, candidates, sample};
use super::{CROP, Detector};
use crate::boxes::BBox;
use crate::set::{Example, Set, batch};
use crate::windows::crops::{crop, stacked};

/// Pictures in a step, and regions of each. Chosen by us; Fast R-CNN takes 64 regions
/// of each of two pictures.
const PICTURES: usize = 4;
const REGIONS: usize = 16;

/// Proposals of the small net that its detector learns from.
const PROPOSED: usize = 50;

/// Faster R-CNN: a detector, and a net on the same maps that says where to look.
#[derive(Clone)]
pub struct Faster {
    /// As before.
    pub detector: Detector,
    /// What takes the place of selective search.
    pub rpn: Rpn,
}

impl Module for Faster {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("detector", &mut self.detector);
        visitor.part("rpn", &mut self.rpn);
    }
}

/// Pictures to learn from, with what selective search proposes for each.
pub struct Practice<'a> {
    /// The pictures.
    pub set: &'a Set,
    /// The proposals, one list a picture.
    pub proposals: &'a [Vec<BBox>],
}

/// How long a net learns, and how fast at most.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Steps.
    pub steps: usize,
    /// The highest learning rate of the one cycle.
    pub peak: f32,
}

/// Trains a net by a loss that is drawn anew for each step. `watch` is called after
/// each.
///
/// # Errors
/// What `watch` returned.
pub fn learn<M: Module, E>(
    net: &mut M,
    Plan { steps, peak }: Plan,
    rng: &mut Rng,
    loss: impl Fn(&M, &mut Rng) -> Tensor,
    mut watch: impl FnMut(f32) -> Result<(), E>,
) -> Result<(), E> {
    let schedule = Schedule::OneCycle { peak, steps };
    let mut optimizer = Optimizer::new(Adam::default());
    for step in 0..steps {
        let loss = loss(net, rng);
        optimizer.step(net, &loss.backward(), schedule.at(step));
        watch(loss.item())?;
    }
    Ok(())
}

impl<'a> Practice<'a> {
    /// Some of the pictures with their proposals.
    fn draw(&self, rng: &mut Rng) -> Vec<(&'a Example, &'a [BBox])> {
        let mut one = || rng.below(self.set.examples.len());
        let rows: Vec<usize> = (0..PICTURES).map(|_| one()).collect();
        let of = |row: usize| (&self.set.examples[row], &self.proposals[row][..]);
        rows.into_iter().map(of).collect()
    }
}

/// Regions of one picture to learn from.
fn regions(
    example: &Example,
    proposals: &[BBox],
    nothing: usize,
    rng: &mut Rng,
) -> Sample {
    let candidates = candidates(proposals, &example.objects, rng);
    sample(&candidates, &example.objects, nothing, REGIONS, rng)
}

/// R-CNN: the regions are cut out of the pictures.
pub fn rcnn_loss(net: &Detector, practice: &Practice, rng: &mut Rng) -> Tensor {
    let (mut all, mut crops) = (Sample::empty(), Vec::new());
    for (example, proposals) in practice.draw(rng) {
        let sample = regions(example, proposals, net.classes(), rng);
        let cut = |&bbox: &BBox| crop(&example.picture, bbox, [CROP, CROP]);
        crops.extend(sample.regions.iter().map(cut));
        all.extend(sample);
    }
    let crops = stacked(&crops, [CROP, CROP]); // [R, 3, 32, 32]
    loss(&net.on_crops(&crops, &mut Pass::Train(rng)), &all)
}

/// Fast R-CNN: the regions are cut out of the maps.
pub fn fast_loss(net: &Detector, practice: &Practice, rng: &mut Rng) -> Tensor {
    let drawn = practice.draw(rng);
    let x = batch(drawn.iter().map(|(example, _)| &example.picture)); // [B, 3, H, W]
    let (mut all, mut places) = (Sample::empty(), Vec::new());
    for (picture, (example, proposals)) in drawn.iter().enumerate() {
        let sample = regions(example, proposals, net.classes(), rng);
        let region = |&bbox: &BBox| Region::new(picture, bbox, example.size());
        places.extend(sample.regions.iter().map(region));
        all.extend(sample);
    }
    loss(&net.on_pictures(&x, &places, &mut Pass::Train(rng)), &all)
}

/// Faster R-CNN: the proposals come from the maps, too. Both nets learn at once.
///
/// Source: S. Ren et al., "Faster R-CNN", NIPS (2015), section 3.2, "approximate joint
/// training": no gradient goes through where the proposals are.
pub fn faster_loss(net: &Faster, practice: &Practice, rng: &mut Rng) -> Tensor {
    let drawn = practice.draw(rng);
    let x = batch(drawn.iter().map(|(example, _)| &example.picture)); // [B, 3, H, W]
    let maps = net.detector.backbone.forward(&x, &mut Pass::Train(rng));
    let proposed = net.rpn.forward(&maps);
    let (mut all, mut places) = (Sample::empty(), Vec::new());
    let mut rpn_loss = Tensor::scalar(0.0);
    for (picture, (example, _)) in drawn.iter().enumerate() {
        let size = example.size();
        rpn_loss = rpn_loss + proposed.loss(picture, &example.objects, size, rng);
        let proposals = no_grad(|| proposed.best(picture, size, PROPOSED));
        let sample = regions(example, &proposals, net.detector.classes(), rng);
        let region = |&bbox: &BBox| Region::new(picture, bbox, size);
        places.extend(sample.regions.iter().map(region));
        all.extend(sample);
    }
    loss(&net.detector.on_maps(&maps, &places), &all) + rpn_loss / PICTURES as f32
}
