//! LeNet-5, the net that read cheques.

use nn::layers::{Conv2d, Linear, flatten};
use nn::{Module, Net, Pass, Visitor};
use tensor::pictures::Pool;
use tensor::{Rng, Tensor};

use super::cost::{Counted, Walk};

// ANCHOR: lenet
/// LeNet-5 with the parts of today: ReLU for tanh, the largest of four pixels for their
/// weighted sum, every map of the second layer connected to all of the first, logits at the
/// end.
///
/// Source: Y. LeCun and others, "Gradient-based learning applied to document recognition",
/// Proceedings of the IEEE 86 (1998), figure 2.
#[derive(Clone)]
pub struct LeNet {
    /// Five by five, to 6 maps of the picture's size.
    pub conv1: Conv2d,
    /// Five by five, to 16 maps.
    pub conv2: Conv2d,
    /// From all maps to 120.
    pub dense1: Linear,
    /// To 84.
    pub dense2: Linear,
    /// To the classes.
    pub dense3: Linear,
}

impl Net for LeNet {
    #[track_caller]
    fn forward(&self, x: &Tensor, _: &mut Pass) -> Tensor {
        let x = self.conv1.forward(x).relu(); // [B, C, 28, 28] -> [B, 6, 28, 28]
        let x = x.max_pool2d(Pool::new(2)); // [B, 6, 14, 14]
        let x = self.conv2.forward(&x).relu(); // [B, 16, 10, 10]
        let x = x.max_pool2d(Pool::new(2)); // [B, 16, 5, 5]
        let x = self.dense1.forward(&flatten(&x)).relu(); // [B, 400] -> [B, 120]
        let x = self.dense2.forward(&x).relu(); // [B, 84]
        self.dense3.forward(&x) // [B, K]
    }
}
// ANCHOR_END: lenet

impl Module for LeNet {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("conv1", &mut self.conv1);
        visitor.part("conv2", &mut self.conv2);
        visitor.part("dense1", &mut self.dense1);
        visitor.part("dense2", &mut self.dense2);
        visitor.part("dense3", &mut self.dense3);
    }
}

impl Counted for LeNet {
    fn walk(&self, walk: Walk) -> Walk {
        let walk = walk.conv(&self.conv1).pool(Pool::new(2));
        let walk = walk.conv(&self.conv2).pool(Pool::new(2)).flat();
        let dense = [&self.dense1, &self.dense2, &self.dense3];
        dense.into_iter().fold(walk, Walk::dense)
    }
}

impl LeNet {
    /// For pictures of so many `channels`, `side` by `side` pixels, in so many `classes`.
    ///
    /// ```
    /// use ch05_cnn::models::LeNet;
    /// use nn::Module;
    /// use tensor::Rng;
    ///
    /// assert_eq!(LeNet::new(1, 28, 10, &mut Rng::new(1)).parameter_count(), 61_706);
    /// ```
    ///
    /// # Panics
    /// If the side is below 12: nothing would be left for the dense layers.
    #[track_caller]
    pub fn new(channels: usize, side: usize, classes: usize, rng: &mut Rng) -> LeNet {
        assert!(
            side >= 12,
            "lenet: expected at least 12 pixels a side, got {side}"
        );
        let last = (side / 2 - 4) / 2; // two pools, and a window without padding
        LeNet {
            conv1: Conv2d::new(channels, 6, 5, rng).padding(2),
            conv2: Conv2d::new(6, 16, 5, rng),
            dense1: Linear::new(16 * last * last, 120, rng),
            dense2: Linear::new(120, 84, rng),
            dense3: Linear::new(84, classes, rng),
        }
    }
}
