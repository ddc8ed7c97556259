//! AlexNet, the net that won the ImageNet contest of 2012.

use nn::layers::{Conv2d, Dropout, Linear, flatten};
use nn::{Module, Net, Pass, Visitor};
use tensor::pictures::Pool;
use tensor::{Rng, Tensor};

use super::cost::{Counted, Walk};

// ANCHOR: alexnet
/// AlexNet with an eighth of its maps and hidden units. Pictures of 28 pixels need no first
/// window of 11 with stride 4, so that one is 5 with stride 1, and the normalisation across
/// neighbouring maps, which nobody uses any more, is left out. Pools overlap: windows of
/// 3 that move by 2.
///
/// Source: A. Krizhevsky, I. Sutskever, G. E. Hinton, "ImageNet classification with deep
/// convolutional neural networks", NIPS (2012), figure 2 and section 3.4.
#[derive(Clone)]
pub struct AlexNet {
    /// Two windows of 5, three of 3.
    pub convs: [Conv2d; 5],
    /// To 512, to 512, to the classes.
    pub dense: [Linear; 3],
    /// Before each of the first two dense layers.
    pub dropout: Dropout,
}

impl Net for AlexNet {
    #[track_caller]
    fn forward(&self, x: &Tensor, pass: &mut Pass) -> Tensor {
        let [conv1, conv2, conv3, conv4, conv5] = &self.convs;
        let [dense1, dense2, dense3] = &self.dense;
        let x = conv1.forward(x).relu().max_pool2d(overlapping()); // [B, 12, 13, 13]
        let x = conv2.forward(&x).relu().max_pool2d(overlapping()); // [B, 32, 6, 6]
        let x = conv3.forward(&x).relu(); // [B, 48, 6, 6]
        let x = conv4.forward(&x).relu(); // [B, 48, 6, 6]
        let x = conv5.forward(&x).relu().max_pool2d(overlapping()); // [B, 32, 2, 2]
        let x = self.dropout.forward(&flatten(&x), pass); // [B, 128]
        let x = dense1.forward(&x).relu(); // [B, 512]
        let x = dense2.forward(&self.dropout.forward(&x, pass)).relu(); // [B, 512]
        dense3.forward(&x) // [B, K]
    }
}
// ANCHOR_END: alexnet

/// Windows of 3 that overlap by one.
fn overlapping() -> Pool {
    Pool::new(3).stride(2)
}

/// The paper's maps, divided by eight.
const MAPS: [usize; 5] = [12, 32, 48, 48, 32];

/// The paper's hidden units, divided by eight.
const HIDDEN: usize = 512;

impl Module for AlexNet {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parts("convs", &mut self.convs);
        visitor.parts("dense", &mut self.dense);
    }
}

impl Counted for AlexNet {
    fn walk(&self, mut walk: Walk) -> Walk {
        for (i, conv) in self.convs.iter().enumerate() {
            walk = walk.conv(conv);
            if [0, 1, 4].contains(&i) {
                walk = walk.pool(overlapping());
            }
        }
        self.dense.iter().fold(walk.flat(), Walk::dense)
    }
}

impl AlexNet {
    /// For pictures of so many `channels`, `side` by `side` pixels, in so many `classes`.
    ///
    /// # Panics
    /// If the side is below 15: the third pool would find nothing.
    #[track_caller]
    pub fn new(channels: usize, side: usize, classes: usize, rng: &mut Rng) -> AlexNet {
        assert!(
            side >= 15,
            "alexnet: expected at least 15 pixels a side, got {side}"
        );
        let inputs = [channels, MAPS[0], MAPS[1], MAPS[2], MAPS[3]];
        let convs = std::array::from_fn(|i| {
            let kernel = if i < 2 { 5 } else { 3 };
            Conv2d::new(inputs[i], MAPS[i], kernel, rng).padding(kernel / 2)
        });
        let last = (0..3).fold(side, |side, _| (side - 3) / 2 + 1);
        AlexNet {
            convs,
            dense: [
                Linear::new(MAPS[4] * last * last, HIDDEN, rng),
                Linear::new(HIDDEN, HIDDEN, rng),
                Linear::new(HIDDEN, classes, rng),
            ],
            dropout: Dropout { p: 0.5 },
        }
    }
}
