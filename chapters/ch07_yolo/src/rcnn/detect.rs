//! The three at work on one picture, and where their time goes.
//!
//! Dimension key: R regions, K classes.

use std::time::{Duration, Instant};

use ndarray::Array3;
use nn::{Net, Pass};
use tensor::no_grad;
use tensor::pictures::Pool;

use super::code::{decode, gathered};
use super::learn::Faster;
use super::roi::Region;
use super::{CROP, Detector, Judged};
use crate::boxes::{BBox, Detection};
use crate::set::batch;
use crate::suppress::nms;
use crate::windows::crops::{crop, stacked};
use crate::windows::find::{SAME, taken};

/// Proposals looked at in a picture. Chosen by us.
pub const PROPOSALS: usize = 100;

/// Where the time of a picture went.
#[derive(Clone, Copy, Debug, Default)]
pub struct Times {
    /// Finding proposals.
    pub proposals: Duration,
    /// Looking at pixels: the convolutions, and cutting out what they look at.
    pub features: Duration,
    /// Judging regions, and all that follows.
    pub heads: Duration,
}

impl Times {
    /// All together.
    pub fn sum(&self) -> Duration {
        self.proposals + self.features + self.heads
    }

    /// Adds those of another picture.
    pub fn add(&mut self, other: Times) {
        self.proposals += other.proposals;
        self.features += other.features;
        self.heads += other.heads;
    }
}

/// What came of a picture.
pub type Found = (Vec<Detection>, Times);

/// A clock that tells the time since it was last asked.
struct Clock(Instant);

impl Clock {
    fn start() -> Clock {
        Clock(Instant::now())
    }

    fn lap(&mut self) -> Duration {
        let before = std::mem::replace(&mut self.0, Instant::now());
        self.0 - before
    }
}

/// R-CNN: `propose`, cut out, look at each, judge.
pub fn rcnn(
    net: &Detector,
    picture: &Array3<u8>,
    propose: impl FnOnce() -> Vec<BBox>,
) -> Found {
    let mut clock = Clock::start();
    let regions = propose();
    let proposals = clock.lap();
    let cut = |&bbox: &BBox| crop(picture, bbox, [CROP, CROP]);
    let crops: Vec<Vec<f32>> = regions.iter().map(cut).collect();
    let crops = stacked(&crops, [CROP, CROP]); // [R, 3, 32, 32]
    // [R, 48, 8, 8]
    let maps = no_grad(|| net.backbone.forward(&crops, &mut Pass::Use));
    let features = clock.lap();
    let pooled = maps.max_pool2d(Pool::new(2)); // [R, 48, 4, 4]
    let judged = no_grad(|| net.head.judge(&pooled));
    let found = read(&judged, &regions, picture);
    (
        found,
        Times {
            proposals,
            features,
            heads: clock.lap(),
        },
    )
}

/// Fast R-CNN: `propose`, look once, cut out of the maps, judge.
pub fn fast(
    net: &Detector,
    picture: &Array3<u8>,
    propose: impl FnOnce() -> Vec<BBox>,
) -> Found {
    let mut clock = Clock::start();
    let regions = propose();
    let proposals = clock.lap();
    let x = batch([picture]); // [1, 3, H, W]
    // [1, 48, H/4, W/4]
    let maps = no_grad(|| net.backbone.forward(&x, &mut Pass::Use));
    let features = clock.lap();
    let judged = no_grad(|| net.on_maps(&maps, &places(&regions, picture)));
    let found = read(&judged, &regions, picture);
    (
        found,
        Times {
            proposals,
            features,
            heads: clock.lap(),
        },
    )
}

/// Faster R-CNN: look once, propose by the maps, cut out of the maps, judge.
pub fn faster(net: &Faster, picture: &Array3<u8>) -> Found {
    let mut clock = Clock::start();
    let x = batch([picture]); // [1, 3, H, W]
    let backbone = &net.detector.backbone;
    let maps = no_grad(|| backbone.forward(&x, &mut Pass::Use)); // [1, 48, H/4, W/4]
    let features = clock.lap();
    let regions = no_grad(|| net.rpn.forward(&maps)).best(0, size(picture), PROPOSALS);
    let proposals = clock.lap();
    let judged = no_grad(|| net.detector.on_maps(&maps, &places(&regions, picture)));
    let found = read(&judged, &regions, picture);
    (
        found,
        Times {
            proposals,
            features,
            heads: clock.lap(),
        },
    )
}

/// Columns and rows.
fn size(picture: &Array3<u8>) -> [usize; 2] {
    let (h, w, _) = picture.dim();
    [w, h]
}

/// The regions on the maps of a picture that is alone in its batch.
fn places(regions: &[BBox], picture: &Array3<u8>) -> Vec<Region> {
    let region = |&bbox: &BBox| Region::new(0, bbox, size(picture));
    regions.iter().map(region).collect()
}

/// What the head says, as boxes: for each region and each class that it may show the
/// box that the code of that class leads to.
fn read(judged: &Judged, regions: &[BBox], picture: &Array3<u8>) -> Vec<Detection> {
    let chances = judged.classes.softmax(1); // [R, K + 1]
    let [_, k] = chances.dims();
    let (chances, codes) = (chances.to_vec(), judged.boxes.to_vec());
    let rows = chances.chunks(k).zip(codes.chunks(4 * (k - 1)));
    let whole = size(picture).map(|pixels| pixels as f32);
    let mut found = Vec::new();
    for (&region, (chances, codes)) in regions.iter().zip(rows) {
        for shown in taken(region, &chances[..k - 1]) {
            let code = gathered(&codes[4 * shown.class..][..4]);
            let bbox = decode(region, code).clipped(whole);
            found.push(Detection { bbox, ..shown });
        }
    }
    nms(&found, SAME)
}
