//! Windows of many sizes over a picture, one by one and as one convolution (page *A
//! classifier, everywhere*).
//!
//! Dimension key: B batch, C channels, K classes ("nothing" among them), H', W' places
//! of the window.

pub mod crops;
pub mod find;

use nn::data::Labelled;
use nn::layers::{Conv2d, Linear, flatten};
use nn::optim::{Adam, Optimizer};
use nn::{Module, Net, Pass, Schedule, Visitor};
use tensor::pictures::{Conv, Pool};
use tensor::{Rng, Tensor};

/// Pixels along a side of the window.
pub const WINDOW: usize = 32;

/// Windows in a step, and the highest learning rate of the one cycle. Chosen by us.
const BATCH: usize = 64;
const PEAK: f32 = 0.003;

/// Pixels from one window to the next: three pools of 2 lie behind each other.
pub const STRIDE: usize = 8;

// ANCHOR: net
/// Sorts windows of 32 × 32 pixels. No layer pads, so what comes out depends on the
/// pixels under the window and on nothing else.
#[derive(Clone)]
pub struct WindowNet {
    /// Three by three, to 16 maps.
    pub conv1: Conv2d,
    /// Four by four, to 32 maps.
    pub conv2: Conv2d,
    /// Three by three, to 64 maps.
    pub conv3: Conv2d,
    /// From what is left of a window, 2 × 2 places, to 64.
    pub dense: Linear,
    /// To the classes, the last of which is "nothing".
    pub out: Linear,
}

impl WindowNet {
    /// What the convolutions make of pictures of any size.
    fn maps(&self, x: &Tensor) -> Tensor {
        let pool = Pool::new(2);
        let x = self.conv1.forward(x).relu().max_pool2d(pool); // [B, 16, 15, 15]
        let x = self.conv2.forward(&x).relu().max_pool2d(pool); // [B, 32, 6, 6]
        self.conv3.forward(&x).relu().max_pool2d(pool) // [B, 64, 2, 2]
    }
}

impl Net for WindowNet {
    #[track_caller]
    fn forward(&self, windows: &Tensor, _: &mut Pass) -> Tensor {
        let maps = self.maps(windows); // [B, 3, 32, 32] -> [B, 64, 2, 2]
        let x = self.dense.forward(&flatten(&maps)).relu(); // [B, 256] -> [B, 64]
        self.out.forward(&x) // [B, K]
    }
}
// ANCHOR_END: net

// ANCHOR: everywhere
impl WindowNet {
    /// The same net on whole pictures: the logits of every window, one window each 8
    /// pixels.
    ///
    /// # Shapes
    /// `[B, 3, H, W] -> [B, K, H', W']`.
    ///
    /// Source: P. Sermanet et al., "OverFeat", ICLR (2014), section 3.5.
    #[track_caller]
    pub fn everywhere(&self, pictures: &Tensor) -> Tensor {
        let maps = self.maps(pictures); // [B, 64, H' + 1, W' + 1]
        let x = as_convolution(&self.dense, 2).forward(&maps).relu(); // [B, 64, H', W']
        as_convolution(&self.out, 1).forward(&x) // [B, K, H', W']
    }
}

/// A dense layer that reads flattened maps of `side` × `side` places, as the
/// convolution that reads the same places: each column of its weights becomes a kernel.
pub fn as_convolution(layer: &Linear, side: usize) -> Conv2d {
    let [inputs, o] = layer.weight.dims();
    let shape = [o, inputs / (side * side), side, side];
    Conv2d {
        weight: layer.weight.t().reshape(&shape), // [C·S·S, O] -> [O, C, S, S]
        bias: Some(layer.bias.clone()),           // [O]
        how: Conv::default(),
    }
}
// ANCHOR_END: everywhere

/// Trains a net on windows `[N, 3, 32, 32]`, a new draw of 64 in each step. `watch` is
/// called with the loss of each.
///
/// # Errors
/// What `watch` returned.
pub fn learn<E>(
    net: &mut WindowNet,
    windows: &Labelled,
    steps: usize,
    rng: &mut Rng,
    mut watch: impl FnMut(f32) -> Result<(), E>,
) -> Result<(), E> {
    let schedule = Schedule::OneCycle { peak: PEAK, steps };
    let mut optimizer = Optimizer::new(Adam::default());
    for step in 0..steps {
        let rows: Vec<usize> = (0..BATCH).map(|_| rng.below(windows.len())).collect();
        let batch = windows.pick(&rows); // [B, 3, 32, 32]
        let logits = net.forward(&batch.x, &mut Pass::Train(rng)); // [B, K]
        let loss = logits.cross_entropy(&batch.classes);
        optimizer.step(net, &loss.backward(), schedule.at(step));
        watch(loss.item())?;
    }
    Ok(())
}

impl Module for WindowNet {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("conv1", &mut self.conv1);
        visitor.part("conv2", &mut self.conv2);
        visitor.part("conv3", &mut self.conv3);
        visitor.part("dense", &mut self.dense);
        visitor.part("out", &mut self.out);
    }
}

impl WindowNet {
    /// A net that has learnt nothing, for so many `classes` and "nothing".
    ///
    /// ```
    /// use ch07_yolo::windows::WindowNet;
    /// use tensor::{Rng, Tensor};
    ///
    /// let net = WindowNet::new(10, &mut Rng::new(1));
    /// let picture = Tensor::zeros(&[1, 3, 48, 40]); // [B, 3, H, W]
    /// // (48 - 32)/8 + 1 = 3 windows down, (40 - 32)/8 + 1 = 2 across.
    /// assert_eq!(net.everywhere(&picture).shape(), [1, 11, 3, 2]);
    /// ```
    pub fn new(classes: usize, rng: &mut Rng) -> WindowNet {
        WindowNet {
            conv1: Conv2d::new(3, 16, 3, rng),
            conv2: Conv2d::new(16, 32, 4, rng),
            conv3: Conv2d::new(32, 64, 3, rng),
            dense: Linear::new(64 * 4, 64, rng),
            out: Linear::new(64, classes + 1, rng),
        }
    }

    // ANCHOR: cost
    /// Multiply-adds for one picture of `side` × `side` pixels, all of its windows in
    /// one pass; for a side of 32 those of a single window.
    pub fn multiply_adds(&self, side: usize) -> usize {
        let dense = [as_convolution(&self.dense, 2), as_convolution(&self.out, 1)];
        let [c1, c2, c3] = [&self.conv1, &self.conv2, &self.conv3];
        let layers = [(c1, 2), (c2, 2), (c3, 2), (&dense[0], 1), (&dense[1], 1)];
        let (mut side, mut sum) = (side, 0);
        for (layer, pool) in layers {
            side -= layer.weight.shape()[2] - 1; // places of the kernel along a side
            sum += side * side * layer.weight.len(); // each weight once at each place
            side /= pool;
        }
        sum
    }
    // ANCHOR_END: cost
}
