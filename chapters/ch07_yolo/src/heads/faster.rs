//! Faster R-CNN's head: a small net proposes, and what lies under its proposals is judged
//! once more.
//!
//! Dimension key: B batch, C channels, S rows or columns of the last maps, A anchors, R
//! regions of all pictures, K classes.
//!
//! Source: S. Ren et al., "Faster R-CNN", NIPS (2015), sections 3.1 and 3.2.

use std::time::Instant;

use nn::layers::{Conv2d, Linear};
use nn::{Module, Pass, Visitor};
use tensor::{Rng, Tensor, no_grad};

use super::{CHANNELS, Found, Head, STRIDE, once};
use crate::boxes::{BBox, Detection, Object};
use crate::decode::Keep;
use crate::rcnn::code::{self, decode, gathered};
use crate::rcnn::detect::PROPOSALS;
use crate::rcnn::roi::{Region, roi_max_pool};
use crate::rcnn::rpn::{ANCHORS, Rpn, STEP};
use crate::rcnn::sample::{Sample, candidates, sample};
use crate::rcnn::{self, CELLS, Judged};

/// Channels of the small net's window, and numbers that the second look makes of a
/// region: as on the page *Propose, then classify*.
const PROPOSING: usize = 48;
const HIDDEN: usize = 96;

/// Proposals that the second look learns from, and regions drawn from them, in a picture.
/// Chosen by us.
const LEARNT: usize = 50;
const REGIONS: usize = 16;

/// Two looks at the same maps.
#[derive(Clone)]
pub struct Faster {
    /// Where anything is.
    pub rpn: Rpn,
    /// What it is.
    pub second: rcnn::Head,
}

// ANCHOR: faster
impl Faster {
    /// The second look, at regions of the maps.
    fn judge(&self, maps: &Tensor, regions: &[Region]) -> Judged {
        self.second.judge(&roi_max_pool(maps, regions, CELLS)) // [R, C, 4, 4]
    }
}

impl Head for Faster {
    fn loss(&self, maps: &Tensor, truth: &[&[Object]], pass: &mut Pass) -> Tensor {
        let mut still = Rng::new(0);
        let rng = generator(pass, &mut still);
        let (size, classes) = (size(maps), self.classes());
        let proposed = self.rpn.forward(maps);
        let (mut all, mut places) = (Sample::empty(), Vec::new());
        let mut first = Tensor::scalar(0.0);
        for (picture, &objects) in truth.iter().enumerate() {
            first = first + proposed.loss(picture, objects, size, rng);
            let proposals = no_grad(|| proposed.best(picture, size, LEARNT));
            let all_regions = candidates(&proposals, objects, rng);
            let some = sample(&all_regions, objects, classes, REGIONS, rng);
            places.extend(regions(picture, &some.regions, size));
            all.extend(some);
        }
        code::loss(&self.judge(maps, &places), &all) + first / truth.len() as f32
    }

    fn find(&self, maps: &Tensor, keep: Keep) -> Found {
        let [b, ..] = maps.dims::<4>();
        let size = size(maps);
        let proposed = self.rpn.forward(maps);
        let start = Instant::now();
        let best = |picture| proposed.best(picture, size, PROPOSALS);
        let proposals: Vec<Vec<BBox>> = (0..b).map(best).collect();
        let proposing = start.elapsed();
        let each = proposals.iter().enumerate();
        let places = each.flat_map(|(picture, boxes)| regions(picture, boxes, size));
        let judged = self.judge(maps, &places.collect::<Vec<_>>());
        let start = Instant::now();
        let found = read(&judged, &proposals, size, keep);
        (found, proposing + start.elapsed())
    }
}
// ANCHOR_END: faster

/// The generator that regions are drawn with; where nothing is learnt, `still`, so that
/// they are the same each time.
fn generator<'a>(pass: &'a mut Pass, still: &'a mut Rng) -> &'a mut Rng {
    match pass {
        Pass::Train(rng) => rng,
        Pass::Use => still,
    }
}

/// Columns and rows of the pictures that these maps are of.
fn size(maps: &Tensor) -> [usize; 2] {
    let [_, _, rows, columns] = maps.dims();
    [columns, rows].map(|places| places * STRIDE)
}

/// Where these boxes are on the maps of a picture of this size.
fn regions(
    picture: usize,
    boxes: &[BBox],
    size: [usize; 2],
) -> impl Iterator<Item = Region> {
    boxes
        .iter()
        .map(move |&bbox| Region::at(picture, bbox, size, STRIDE))
}

/// What the second look says of each picture's proposals, as boxes: one for each class
/// that a proposal may show.
fn read(
    judged: &Judged,
    proposals: &[Vec<BBox>],
    size: [usize; 2],
    keep: Keep,
) -> Vec<Vec<Detection>> {
    let chances = judged.classes.softmax(1); // [R, K + 1]
    let [_, k] = chances.dims();
    let (chances, codes) = (chances.to_vec(), judged.boxes.to_vec());
    let mut rows = chances.chunks(k).zip(codes.chunks(4 * (k - 1)));
    let whole = size.map(|pixels| pixels as f32);
    let mut of_picture = |regions: &Vec<BBox>| {
        let mut boxes = Vec::new();
        for (&region, (chances, codes)) in regions.iter().zip(&mut rows) {
            for (class, &score) in chances[..k - 1].iter().enumerate() {
                if score >= keep.score {
                    let code = gathered(&codes[4 * class..][..4]);
                    let bbox = decode(region, code).clipped(whole);
                    boxes.push(Detection { bbox, class, score });
                }
            }
        }
        once(&boxes, keep)
    };
    proposals.iter().map(&mut of_picture).collect()
}

impl Faster {
    /// A head that has learnt nothing, for so many classes.
    pub fn new(classes: usize, rng: &mut Rng) -> Faster {
        const { assert!(STEP == STRIDE, "the anchors stand on the backbone's places") };
        let a = ANCHORS.len();
        Faster {
            rpn: Rpn {
                window: Conv2d::new(CHANNELS, PROPOSING, 3, rng).padding(1),
                score: Conv2d::new(PROPOSING, a, 1, rng),
                bbox: Conv2d::new(PROPOSING, 4 * a, 1, rng),
            },
            second: rcnn::Head {
                dense: Linear::new(CHANNELS * CELLS * CELLS, HIDDEN, rng),
                class: Linear::new(HIDDEN, classes + 1, rng),
                bbox: Linear::new(HIDDEN, 4 * classes, rng),
            },
        }
    }

    /// How many classes there are, without "nothing".
    fn classes(&self) -> usize {
        self.second.bbox.bias.len() / 4
    }
}

impl Module for Faster {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("rpn", &mut self.rpn);
        visitor.part("second", &mut self.second);
    }
}
