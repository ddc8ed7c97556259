//! The detector: a backbone of residual blocks and a head that speaks for every cell of a
//! grid (page *The net*).
//!
//! Dimension key: B batch, C channels, H, W rows and columns of a picture, S rows or columns
//! of the grid, A anchors, K classes.

use nn::layers::{BatchNorm, Conv2d};
use nn::{Init, Module, Net, Pass, Visitor};
use tensor::pictures::Conv;
use tensor::{Rng, Tensor};

use crate::decode::Grid;

/// How steep a leaky ReLU is below 0: as in Darknet, the code of the YOLO papers.
pub const LEAK: f32 = 0.1;

// ANCHOR: block
/// Convolution, batch normalisation, leaky ReLU: what YOLOv2 is built from.
///
/// Source: J. Redmon, A. Farhadi, "YOLO9000: better, faster, stronger", CVPR (2017),
/// section 2.
#[derive(Clone)]
pub struct Block {
    /// The windows, without a bias: the normalisation would take it away.
    pub conv: Conv2d,
    /// The normalisation of each map.
    pub norm: BatchNorm,
}

impl Net for Block {
    #[track_caller]
    fn forward(&self, x: &Tensor, pass: &mut Pass) -> Tensor {
        // [B, C, H, W] -> [B, O, H', W']
        let x = match pass {
            Pass::Train(_) => self.norm.forward(&self.conv.forward(x), pass),
            Pass::Use => self.norm.fold(&self.conv).forward(x), // the same in one
        };
        x.leaky_relu(LEAK)
    }
}
// ANCHOR_END: block

// ANCHOR: residual
/// Half the maps by a window of one pixel, all of them again by a window of three, and the
/// result *added* to what came in.
///
/// Source: J. Redmon, A. Farhadi, "YOLOv3: an incremental improvement" (2018), table 1.
#[derive(Clone)]
pub struct Residual {
    /// One by one, to half the channels.
    pub thin: Block,
    /// Three by three, back to all of them.
    pub wide: Block,
}

impl Net for Residual {
    #[track_caller]
    fn forward(&self, x: &Tensor, pass: &mut Pass) -> Tensor {
        let thin = self.thin.forward(x, pass); // [B, C/2, H, W]
        x + self.wide.forward(&thin, pass) // [B, C, H, W]
    }
}
// ANCHOR_END: residual

// ANCHOR: stage
/// Half as large by a stride of 2, then residual blocks.
#[derive(Clone)]
pub struct Stage {
    /// Three by three with a stride of 2.
    pub down: Block,
    /// Blocks that keep the size.
    pub blocks: Vec<Residual>,
}

impl Net for Stage {
    #[track_caller]
    fn forward(&self, x: &Tensor, pass: &mut Pass) -> Tensor {
        let down = self.down.forward(x, pass); // [B, C, H, W] -> [B, O, H/2, W/2]
        let blocks = self.blocks.iter();
        blocks.fold(down, |x, block| block.forward(&x, pass))
    }
}
// ANCHOR_END: stage

// ANCHOR: detector
/// The lesson's detector.
#[derive(Clone)]
pub struct Detector {
    /// The backbone: each stage halves the picture.
    pub stages: Vec<Stage>,
    /// One by one: A·(5 + K) numbers for each cell.
    pub head: Conv2d,
    /// What the numbers mean.
    pub grid: Grid,
}

impl Net for Detector {
    /// `[B, 3, H, W]`, values 0 to 1, to `[B, A·(5 + K), S, S]`, which [`Grid`] reads.
    #[track_caller]
    fn forward(&self, x: &Tensor, pass: &mut Pass) -> Tensor {
        self.head.forward(&self.features(x, pass))
    }
}

impl Detector {
    /// The last maps of the backbone, `[B, C, S, S]`.
    #[track_caller]
    pub fn features(&self, x: &Tensor, pass: &mut Pass) -> Tensor {
        let stages = self.stages.iter();
        stages.fold(x.clone(), |x, stage| stage.forward(&x, pass))
    }
}
// ANCHOR_END: detector

impl Block {
    /// Windows of `size` by `size` that keep the picture's size, or with a stride of 2 halve it.
    pub fn new(
        from: usize,
        to: usize,
        size: usize,
        stride: usize,
        rng: &mut Rng,
    ) -> Block {
        let conv = Conv2d::new(from, to, size, rng);
        Block {
            conv: conv.padding(size / 2).stride(stride).without_bias(),
            norm: BatchNorm::new(to),
        }
    }
}

impl Residual {
    /// A block of so many channels, an even number.
    pub fn new(channels: usize, rng: &mut Rng) -> Residual {
        Residual {
            thin: Block::new(channels, channels / 2, 1, 1, rng),
            wide: Block::new(channels / 2, channels, 3, 1, rng),
        }
    }
}

/// The stages of the lesson's net: channels, and residual blocks in each. The same for scenes
/// and for blood cells but for the number of blocks in the last.
pub const STAGES: [(usize, usize); 3] = [(16, 0), (32, 1), (64, 3)];

/// The bias of the objectness at first: σ(−4) is 2 per cent, as few as cells have objects.
const OBJECTNESS: f32 = -4.0;

impl Detector {
    /// A net that has learnt nothing, for pictures in colour.
    ///
    /// # Panics
    /// If the grid's stride is not 2 to the power of the number of stages.
    #[track_caller]
    pub fn new(stages: &[(usize, usize)], grid: Grid, rng: &mut Rng) -> Detector {
        assert!(
            1 << stages.len() == grid.stride,
            "detector: expected log2 of the stride {} in stages, got {}",
            grid.stride,
            stages.len()
        );
        let channels = stages.last().map_or(3, |&(channels, _)| channels);
        let stages = backbone(stages, rng);
        let head = head(channels, &grid, rng);
        Detector { stages, head, grid }
    }
}

/// Stages of so many channels and residual blocks each, for pictures in colour.
pub fn backbone(stages: &[(usize, usize)], rng: &mut Rng) -> Vec<Stage> {
    let mut from = 3;
    let stage = |&(channels, blocks): &(usize, usize)| {
        let down = Block::new(from, channels, 3, 2, rng);
        from = channels;
        let blocks = (0..blocks).map(|_| Residual::new(channels, rng));
        let blocks = blocks.collect();
        Stage { down, blocks }
    };
    stages.iter().map(stage).collect()
}

/// Small weights, and a bias that says "nothing here".
pub(crate) fn head(from: usize, grid: &Grid, rng: &mut Rng) -> Conv2d {
    let numbers = grid.numbers();
    let still = Conv::default();
    let mut head = Conv2d::with_init(from, numbers, 1, still, Init::Zeros, rng);
    let weight = rng.normal_tensor(&[numbers, from, 1, 1], 0.0, 0.01);
    head.weight = weight.require_grad();
    let bias = (0..numbers).map(|n| match n % grid.numbers_a_box() {
        Grid::OBJECTNESS => OBJECTNESS,
        _ => 0.0,
    });
    head.bias = Some(Tensor::from_vec(bias.collect(), &[numbers]).require_grad());
    head
}

impl Module for Block {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("conv", &mut self.conv);
        visitor.part("norm", &mut self.norm);
    }
}

impl Module for Residual {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("thin", &mut self.thin);
        visitor.part("wide", &mut self.wide);
    }
}

impl Module for Stage {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("down", &mut self.down);
        visitor.parts("blocks", &mut self.blocks);
    }
}

impl Module for Detector {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parts("stages", &mut self.stages);
        visitor.part("head", &mut self.head);
    }
}
