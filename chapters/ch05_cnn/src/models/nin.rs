//! Network in Network: a small net at every pixel.

use nn::layers::{Conv2d, Dropout};
use nn::{Module, Net, Pass, Visitor};
use tensor::pictures::Pool;
use tensor::{Rng, Tensor};

use super::cost::{Counted, Walk};

// ANCHOR: block
/// A window, and behind it two dense layers that are the same at every place: windows of
/// one pixel. The paper calls this an mlpconv layer.
#[derive(Clone)]
pub struct Block {
    /// The window, and the two of one pixel.
    pub convs: [Conv2d; 3],
}

impl Block {
    /// `[B, C, H, W] -> [B, O, H, W]`, without the last ReLU.
    #[track_caller]
    pub fn forward(&self, x: &Tensor) -> Tensor {
        let [window, first, second] = &self.convs;
        let x = window.forward(x).relu(); // over K × K pixels and all channels
        let x = first.forward(&x).relu(); // over the channels of one pixel
        second.forward(&x)
    }
}
// ANCHOR_END: block

// ANCHOR: nin
/// Network in Network with about a sixth of its maps. Its last block has a map for each
/// class, and the mean of that map is the logit: no dense layer, and no weight that belongs
/// to a place.
///
/// Source: M. Lin, Q. Chen, S. Yan, "Network in network", ICLR (2014), figure 2 and
/// sections 3.1 and 3.2.
#[derive(Clone)]
pub struct Nin {
    /// Windows of 5, 5 and 3.
    pub blocks: [Block; 3],
    /// Behind each pool.
    pub dropout: Dropout,
}

impl Net for Nin {
    #[track_caller]
    fn forward(&self, x: &Tensor, pass: &mut Pass) -> Tensor {
        let [block1, block2, block3] = &self.blocks;
        let x = block1.forward(x).relu().max_pool2d(overlapping()); // [B, 16, 13, 13]
        let x = self.dropout.forward(&x, pass);
        let x = block2.forward(&x).relu().max_pool2d(overlapping()); // [B, 32, 6, 6]
        let x = self.dropout.forward(&x, pass);
        block3.forward(&x).global_avg_pool2d() // [B, K, 6, 6] -> [B, K]
    }
}
// ANCHOR_END: nin

/// Windows of 3 that overlap by one.
fn overlapping() -> Pool {
    Pool::new(3).stride(2)
}

impl Module for Block {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parts("convs", &mut self.convs);
    }
}

impl Module for Nin {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parts("blocks", &mut self.blocks);
    }
}

impl Counted for Nin {
    fn walk(&self, walk: Walk) -> Walk {
        let block =
            |walk: Walk, i: usize| self.blocks[i].convs.iter().fold(walk, Walk::conv);
        let walk = block(walk, 0).pool(overlapping());
        let walk = block(walk, 1).pool(overlapping());
        block(walk, 2).mean()
    }
}

impl Block {
    /// A window of `kernel` pixels that keeps the size, from so many `inputs` to these maps.
    #[track_caller]
    pub fn new(inputs: usize, maps: [usize; 3], kernel: usize, rng: &mut Rng) -> Block {
        let [first, second, third] = maps;
        Block {
            convs: [
                Conv2d::new(inputs, first, kernel, rng).padding(kernel / 2),
                Conv2d::new(first, second, 1, rng),
                Conv2d::new(second, third, 1, rng),
            ],
        }
    }
}

impl Nin {
    /// For pictures of so many `channels`, of any size from 7 pixels, in so many `classes`.
    #[track_caller]
    pub fn new(channels: usize, classes: usize, rng: &mut Rng) -> Nin {
        Nin {
            blocks: [
                Block::new(channels, [32, 24, 16], 5, rng),
                Block::new(16, [32, 32, 32], 5, rng),
                Block::new(32, [32, 32, classes], 3, rng),
            ],
            dropout: Dropout { p: 0.2 },
        }
    }
}
