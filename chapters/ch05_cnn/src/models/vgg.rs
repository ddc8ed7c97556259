//! VGG: nothing but three by three.

use nn::layers::{BatchNorm, Conv2d, Linear};
use nn::{Module, Net, Pass, Visitor};
use tensor::pictures::Pool;
use tensor::{Rng, Tensor};

use super::cost::{Counted, Walk};

// ANCHOR: vgg
/// Blocks of three by three windows, each block twice as wide as the one before and half as
/// large. Batch normalisation, which came a year later, stands in for the slow start that the
/// paper needed; the mean of each map for its three dense layers.
///
/// Source: K. Simonyan, A. Zisserman, "Very deep convolutional networks for large-scale image
/// recognition", ICLR (2015), table 1.
#[derive(Clone)]
pub struct Vgg {
    /// All windows, in order.
    pub convs: Vec<Conv2d>,
    /// A normalisation behind each.
    pub norms: Vec<BatchNorm>,
    /// How many windows stand between two pools.
    pub depth: usize,
    /// From the means of the maps to the classes.
    pub head: Linear,
}

impl Net for Vgg {
    #[track_caller]
    fn forward(&self, x: &Tensor, pass: &mut Pass) -> Tensor {
        let mut x = x.clone(); // [B, C, H, W]
        for (i, (conv, norm)) in self.convs.iter().zip(&self.norms).enumerate() {
            if i > 0 && i % self.depth == 0 {
                x = x.max_pool2d(Pool::new(2)); // half as large
            }
            x = norm.forward(&conv.forward(&x), pass).relu(); // [B, width, H', W']
        }
        self.head.forward(&x.global_avg_pool2d()) // [B, width] -> [B, K]
    }
}
// ANCHOR_END: vgg

impl Module for Vgg {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parts("convs", &mut self.convs);
        visitor.parts("norms", &mut self.norms);
        visitor.part("head", &mut self.head);
    }
}

impl Counted for Vgg {
    fn walk(&self, mut walk: Walk) -> Walk {
        for (i, (conv, norm)) in self.convs.iter().zip(&self.norms).enumerate() {
            if i > 0 && i % self.depth == 0 {
                walk = walk.pool(Pool::new(2));
            }
            walk = walk.conv(conv).norm(norm);
        }
        walk.mean().dense(&self.head)
    }
}

impl Vgg {
    /// Blocks of `depth` windows of these `widths`, for pictures of so many `channels`.
    ///
    /// # Panics
    /// If there is no block, or nothing in it.
    #[track_caller]
    pub fn new(
        channels: usize,
        widths: &[usize],
        depth: usize,
        classes: usize,
        rng: &mut Rng,
    ) -> Vgg {
        let outputs: Vec<usize> = widths
            .iter()
            .flat_map(|&width| std::iter::repeat_n(width, depth))
            .collect();
        let last = *outputs
            .last()
            .expect("vgg: expected a block with a window in it");
        let inputs = std::iter::once(&channels).chain(&outputs);
        let conv = |(&from, &to): (&usize, &usize)| {
            Conv2d::new(from, to, 3, rng).padding(1).without_bias()
        };
        Vgg {
            convs: inputs.zip(&outputs).map(conv).collect(),
            norms: outputs.iter().map(|&width| BatchNorm::new(width)).collect(),
            depth,
            head: Linear::new(last, classes, rng),
        }
    }
}
