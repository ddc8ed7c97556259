//! R-CNN, Fast and Faster R-CNN: three detectors that share more and more (page
//! *Propose, then classify*).
//!
//! Dimension key: B batch, R regions of all pictures of a batch, P of those that show
//! something, C channels, H, W rows and columns of a map, K classes, A anchors.
//!
//! In reading order: [`code`], a box said by another; [`roi`], regions of a map; this
//! file, the net that all three have; [`sample`] and [`learn`]; [`rpn`], proposals by a
//! net; [`detect`], the three at work.

pub mod code;
pub mod detect;
pub mod learn;
pub mod roi;
pub mod rpn;
pub mod sample;

use nn::layers::{BatchNorm, Conv2d, Linear, flatten};
use nn::{Module, Net, Pass, Visitor};
use tensor::pictures::Pool;
use tensor::{Rng, Tensor};

use roi::{Region, roi_max_pool};

/// Pixels of the picture to a place of the backbone's maps, along a side.
pub const STRIDE: usize = 4;

/// Channels of the backbone's maps.
const CHANNELS: usize = 48;

/// Places along a side of what the head sees of a region.
pub const CELLS: usize = 4;

/// Pixels along a side of a region cut out for R-CNN: twice the places that the head
/// sees, in strides of the backbone.
pub const CROP: usize = 2 * CELLS * STRIDE;

/// The layers that look at pixels: four convolutions of 3 × 3, two of them with stride
/// 2.
#[derive(Clone)]
pub struct Backbone {
    /// Without biases, which the normalisation would take away.
    pub convs: Vec<Conv2d>,
    /// After each convolution.
    pub norms: Vec<BatchNorm>,
}

impl Net for Backbone {
    /// `[B, 3, H, W] -> [B, 48, H/4, W/4]`.
    #[track_caller]
    fn forward(&self, x: &Tensor, pass: &mut Pass) -> Tensor {
        let layers = self.convs.iter().zip(&self.norms);
        layers.fold(x.clone(), |x, (conv, norm)| {
            norm.forward(&conv.forward(&x), pass).relu()
        })
    }
}

/// The layers that judge a region by its 4 × 4 places.
#[derive(Clone)]
pub struct Head {
    /// From all places of all maps to 96.
    pub dense: Linear,
    /// To the classes, the last of which is "nothing".
    pub class: Linear,
    /// To four numbers for each class but "nothing": how the region would have to
    /// change to be the box of such an object.
    pub bbox: Linear,
}

/// What the head says of regions.
pub struct Judged {
    /// Logits, `[R, K + 1]`.
    pub classes: Tensor,
    /// The box codes of each class, `[R, 4·K]`.
    pub boxes: Tensor,
}

impl Head {
    /// `[R, 48, 4, 4]` to logits and box codes.
    #[track_caller]
    pub fn judge(&self, regions: &Tensor) -> Judged {
        let x = self.dense.forward(&flatten(regions)).relu(); // [R, 768] -> [R, 96]
        let (classes, boxes) = (self.class.forward(&x), self.bbox.forward(&x));
        Judged { classes, boxes }
    }
}

// ANCHOR: two_orders
/// The net of R-CNN and of Fast R-CNN alike.
#[derive(Clone)]
pub struct Detector {
    /// Looks at pixels.
    pub backbone: Backbone,
    /// Judges a region.
    pub head: Head,
}

impl Detector {
    /// R-CNN: cut out first, `[R, 3, 32, 32]`, then look at each.
    pub fn on_crops(&self, crops: &Tensor, pass: &mut Pass) -> Judged {
        let maps = self.backbone.forward(crops, pass); // [R, 48, 8, 8]
        self.head.judge(&maps.max_pool2d(Pool::new(2))) // [R, 48, 4, 4]
    }

    /// Fast R-CNN: look once, `[B, 3, H, W]`, then cut the regions out of the maps.
    pub fn on_pictures(
        &self,
        x: &Tensor,
        regions: &[Region],
        pass: &mut Pass,
    ) -> Judged {
        let maps = self.backbone.forward(x, pass); // [B, 48, H/4, W/4]
        self.on_maps(&maps, regions)
    }

    /// The second half of that.
    pub fn on_maps(&self, maps: &Tensor, regions: &[Region]) -> Judged {
        self.head.judge(&roi_max_pool(maps, regions, CELLS)) // [R, 48, 4, 4]
    }
}
// ANCHOR_END: two_orders

impl Backbone {
    /// Multiply-adds for a picture of `side` × `side` pixels.
    pub fn multiply_adds(&self, side: usize) -> usize {
        let (mut side, mut sum) = (side, 0);
        for conv in &self.convs {
            side = side.div_ceil(conv.how.stride[0]);
            sum += side * side * conv.weight.len(); // each weight once at each place
        }
        sum
    }
}

impl Module for Backbone {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parts("convs", &mut self.convs);
        visitor.parts("norms", &mut self.norms);
    }
}

impl Module for Head {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("dense", &mut self.dense);
        visitor.part("class", &mut self.class);
        visitor.part("bbox", &mut self.bbox);
    }
}

impl Module for Detector {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("backbone", &mut self.backbone);
        visitor.part("head", &mut self.head);
    }
}

impl Detector {
    /// A net that has learnt nothing, for so many `classes` and "nothing".
    pub fn new(classes: usize, rng: &mut Rng) -> Detector {
        let mut convs = Vec::new();
        for (inputs, outputs, stride) in
            [(3, 16, 2), (16, 32, 2), (32, 32, 1), (32, CHANNELS, 1)]
        {
            let conv = Conv2d::new(inputs, outputs, 3, rng);
            convs.push(conv.padding(1).stride(stride).without_bias());
        }
        let norm = |conv: &Conv2d| BatchNorm::new(conv.weight.shape()[0]);
        let norms = convs.iter().map(norm).collect();
        let hidden = 96;
        let head = Head {
            dense: Linear::new(CHANNELS * CELLS * CELLS, hidden, rng),
            class: Linear::new(hidden, classes + 1, rng),
            bbox: Linear::new(hidden, 4 * classes, rng),
        };
        Detector {
            backbone: Backbone { convs, norms },
            head,
        }
    }

    /// How many classes there are, without "nothing".
    pub fn classes(&self) -> usize {
        self.head.bbox.bias.len() / 4
    }
}
