//! Inception: windows of several sizes side by side.

use nn::layers::{Conv2d, Linear};
use nn::{Module, Net, Pass, Visitor};
use tensor::pictures::Pool;
use tensor::{Rng, Tensor};

use super::cost::{Counted, Walk};

// ANCHOR: block
/// Four looks at the same maps: at one pixel, at 3 × 3, at 5 × 5, and at the largest of
/// 3 × 3. Windows of one pixel make the maps fewer before the wide windows see them.
///
/// Source: C. Szegedy and others, "Going deeper with convolutions", CVPR (2015), figure 2b.
#[derive(Clone)]
pub struct Inception {
    /// One pixel.
    pub one: Conv2d,
    /// One pixel to fewer maps, then 3 × 3.
    pub three: [Conv2d; 2],
    /// One pixel to fewer maps, then 5 × 5.
    pub five: [Conv2d; 2],
    /// One pixel behind the pool.
    pub pooled: Conv2d,
}

impl Inception {
    /// `[B, C, H, W] -> [B, O, H, W]`, with O the maps of all branches together.
    #[track_caller]
    pub fn forward(&self, x: &Tensor) -> Tensor {
        let [fewer3, three] = &self.three;
        let [fewer5, five] = &self.five;
        let branches = [
            self.one.forward(x),
            three.forward(&fewer3.forward(x).relu()),
            five.forward(&fewer5.forward(x).relu()),
            self.pooled.forward(&x.max_pool2d(around())),
        ];
        Tensor::concat(1, &branches).relu() // [B, O, H, W]
    }
}
// ANCHOR_END: block

// ANCHOR: net
/// A small net of two such blocks, with an eighth of the maps of GoogLeNet's first two.
///
/// Source: the same, table 1, rows inception (3a) and (3b).
#[derive(Clone)]
pub struct InceptionNet {
    /// Three by three, to 24 maps.
    pub stem: Conv2d,
    /// To 32 maps, and to 60.
    pub blocks: [Inception; 2],
    /// From the means of the maps to the classes.
    pub head: Linear,
}

impl Net for InceptionNet {
    #[track_caller]
    fn forward(&self, x: &Tensor, _: &mut Pass) -> Tensor {
        let [block1, block2] = &self.blocks;
        let x = self.stem.forward(x).relu(); // [B, C, 28, 28] -> [B, 24, 28, 28]
        let x = block1.forward(&x.max_pool2d(Pool::new(2))); // [B, 32, 14, 14]
        let x = block2.forward(&x.max_pool2d(Pool::new(2))); // [B, 60, 7, 7]
        self.head.forward(&x.global_avg_pool2d()) // [B, 60] -> [B, K]
    }
}
// ANCHOR_END: net

/// The largest of 3 × 3 around each pixel.
fn around() -> Pool {
    Pool::new(3).stride(1).padding(1)
}

impl Module for Inception {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("one", &mut self.one);
        visitor.parts("three", &mut self.three);
        visitor.parts("five", &mut self.five);
        visitor.part("pooled", &mut self.pooled);
    }
}

impl Module for InceptionNet {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("stem", &mut self.stem);
        visitor.parts("blocks", &mut self.blocks);
        visitor.part("head", &mut self.head);
    }
}

impl Inception {
    fn walk(&self, walk: &Walk) -> Walk {
        walk.side_by_side([
            walk.branch().conv(&self.one),
            self.three.iter().fold(walk.branch(), Walk::conv),
            self.five.iter().fold(walk.branch(), Walk::conv),
            walk.branch().pool(around()).conv(&self.pooled),
        ])
    }

    /// From so many `inputs` to the maps of each branch; `three` and `five` name the fewer
    /// maps first.
    #[track_caller]
    pub fn new(
        inputs: usize,
        one: usize,
        three: [usize; 2],
        five: [usize; 2],
        pooled: usize,
        rng: &mut Rng,
    ) -> Inception {
        let mut reduced = |[fewer, maps]: [usize; 2], kernel: usize| {
            [
                Conv2d::new(inputs, fewer, 1, rng),
                Conv2d::new(fewer, maps, kernel, rng).padding(kernel / 2),
            ]
        };
        let (three, five) = (reduced(three, 3), reduced(five, 5));
        Inception {
            one: Conv2d::new(inputs, one, 1, rng),
            three,
            five,
            pooled: Conv2d::new(inputs, pooled, 1, rng),
        }
    }
}

impl Counted for InceptionNet {
    fn walk(&self, walk: Walk) -> Walk {
        let walk = walk.conv(&self.stem);
        let blocks = self.blocks.iter();
        let walk =
            blocks.fold(walk, |walk, block| block.walk(&walk.pool(Pool::new(2))));
        walk.mean().dense(&self.head)
    }
}

impl InceptionNet {
    /// For pictures of so many `channels`, of any size from 4 pixels, in so many `classes`.
    #[track_caller]
    pub fn new(channels: usize, classes: usize, rng: &mut Rng) -> InceptionNet {
        InceptionNet {
            stem: Conv2d::new(channels, 24, 3, rng).padding(1),
            blocks: [
                Inception::new(24, 8, [12, 16], [2, 4], 4, rng),
                Inception::new(32, 16, [16, 24], [4, 12], 8, rng),
            ],
            head: Linear::new(60, classes, rng),
        }
    }
}
