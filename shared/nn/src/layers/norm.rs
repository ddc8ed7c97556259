//! Normalisation: signals brought to mean 0 and variance 1 on their way through the net.
//!
//! Dimension key: B batch, C channels (or features).

use std::sync::{Mutex, PoisonError};

use tensor::{Keep, Tensor, no_grad};

use crate::layers::Conv2d;
use crate::{Module, Pass, Visitor};

/// What stands beside the variance under the root, so that a constant channel is not divided
/// by zero. PyTorch's default.
const EPSILON: f32 = 1e-5;

/// How much of a new batch enters the running statistics. PyTorch's default.
const MOMENTUM: f32 = 0.1;

// ANCHOR: batch_norm
/// Batch normalisation: `y = scale (x - mean) / sqrt(variance + 1e-5) + shift`, for each
/// channel, over all examples and places of the batch.
///
/// While training, mean and variance are those of the batch; in use they are running
/// averages of what training saw.
///
/// # Shapes
/// `[B, C]`, or `[B, C, ...]` with places after the channel; the result has the same shape.
///
/// Source: S. Ioffe, C. Szegedy, "Batch normalization", ICML (2015), algorithm 1.
pub struct BatchNorm {
    /// γ, `[C]`.
    pub scale: Tensor,
    /// β, `[C]`.
    pub shift: Tensor,
    /// Running mean and unbiased variance, `[C]` each: all that a forward pass changes.
    running: Mutex<[Tensor; 2]>,
}

impl BatchNorm {
    /// The normalised batch.
    ///
    /// # Panics
    /// If the second axis has not C channels; while training, if a channel has only one
    /// number.
    #[track_caller]
    pub fn forward(&self, x: &Tensor, pass: &Pass) -> Tensor {
        let count = check_channels(x, self.scale.len(), pass); // numbers in a channel
        if x.rank() > 2 {
            return self.pictures(x, count, pass); // [B, C, ...]
        }
        let [mean, variance] = match pass {
            Pass::Train(_) => {
                let mean = x.mean_axis(0, Keep::No); // [C]
                let variance = (x - &mean).square().mean_axis(0, Keep::No); // [C]
                self.remember(&mean, &variance, count);
                [mean, variance]
            }
            Pass::Use => self.running(),
        };
        (x - mean) / (variance + EPSILON).sqrt() * &self.scale + &self.shift // [B, C]
    }

    /// Moves the running averages towards the statistics of a batch with `count` numbers a
    /// channel.
    fn remember(&self, mean: &Tensor, variance: &Tensor, count: usize) {
        no_grad(|| {
            let unbiased = variance.detach() * (count as f32 / (count as f32 - 1.0));
            let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
            for (average, new) in running.iter_mut().zip([mean.detach(), unbiased]) {
                *average = &*average * (1.0 - MOMENTUM) + new * MOMENTUM;
            }
        });
    }
}
// ANCHOR_END: batch_norm

impl BatchNorm {
    /// The same for channels with places, by the core's own operation.
    fn pictures(&self, x: &Tensor, count: usize, pass: &Pass) -> Tensor {
        if pass.is_training() {
            let (y, [mean, variance]) = x.batch_norm(&self.scale, &self.shift, EPSILON);
            self.remember(&mean, &variance, count);
            return y; // [B, C, ...]
        }
        let [gain, rest] = self.in_use().map(|v| v.reshape(&in_front(&v, x.rank()))); // [C, 1, ...]
        x * gain + rest // [B, C, ...]
    }

    /// What is left of the layer in use, `gain x + rest`: both `[C]`.
    fn in_use(&self) -> [Tensor; 2] {
        let [mean, variance] = self.running();
        let gain = &self.scale / (variance + EPSILON).sqrt(); // [C]
        let rest = &self.shift - mean * &gain; // [C]
        [gain, rest]
    }

    /// A convolution and this normalisation behind it in use, as one convolution: each
    /// channel's kernel times its gain, and the rest as a bias. It takes no walk over the
    /// results, and gives the same but for rounding.
    ///
    /// ```
    /// use nn::Pass;
    /// use nn::layers::{BatchNorm, Conv2d};
    /// use tensor::{Rng, assert_close};
    ///
    /// let mut rng = Rng::new(1);
    /// let (conv, norm) = (Conv2d::new(3, 4, 3, &mut rng), BatchNorm::new(4));
    /// let x = rng.normal_tensor(&[2, 3, 5, 5], 1.0, 2.0);
    /// norm.forward(&conv.forward(&x), &Pass::Train(&mut rng)); // learns mean and variance
    /// let apart = norm.forward(&conv.forward(&x), &Pass::Use);
    /// assert_close!(norm.fold(&conv).forward(&x).detach(), apart.detach(), 1e-5);
    /// ```
    ///
    /// # Panics
    /// If the convolution has not C output channels.
    #[track_caller]
    pub fn fold(&self, conv: &Conv2d) -> Conv2d {
        let [gain, rest] = self.in_use();
        let bias = match &conv.bias {
            Some(bias) => bias * &gain + rest,
            None => rest,
        };
        Conv2d {
            weight: &conv.weight * gain.reshape(&[self.scale.len(), 1, 1, 1]), // [O, C, K, K]
            bias: Some(bias),
            how: conv.how,
        }
    }

    /// A layer for C `channels` that at first changes nothing but mean and variance.
    pub fn new(channels: usize) -> BatchNorm {
        BatchNorm {
            scale: Tensor::ones(&[channels]).require_grad(),
            shift: Tensor::zeros(&[channels]).require_grad(),
            running: Mutex::new([Tensor::zeros(&[channels]), Tensor::ones(&[channels])]),
        }
    }

    /// The running mean and variance, `[C]` each.
    pub fn running(&self) -> [Tensor; 2] {
        self.running
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Clone for BatchNorm {
    fn clone(&self) -> BatchNorm {
        let running = Mutex::new(self.running());
        BatchNorm {
            scale: self.scale.clone(),
            shift: self.shift.clone(),
            running,
        }
    }
}

impl Module for BatchNorm {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parameter("scale", &mut self.scale);
        visitor.parameter("shift", &mut self.shift);
        let [mean, variance] = self
            .running
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        visitor.buffer("running_mean", mean);
        visitor.buffer("running_variance", variance);
    }
}

/// How many numbers a channel has, in a batch that has as many channels.
#[track_caller]
fn check_channels(x: &Tensor, channels: usize, pass: &Pass) -> usize {
    let shape = x.shape();
    assert!(
        shape.len() > 1 && shape[1] == channels,
        "batch norm: expected [B, C={channels}] or [B, C={channels}, ...], got {shape:?}"
    );
    let count = x.len() / channels;
    assert!(
        count > 1 || !pass.is_training(),
        "batch norm: expected at least two numbers a channel while training, \
         got {count}; leave out a last batch of one example"
    );
    count
}

/// The shape of a number a channel in front of the places of a tensor of this `rank`:
/// `[C, 1, ...]`.
fn in_front(channels: &Tensor, rank: usize) -> Vec<usize> {
    let mut shape = vec![1; rank - 1];
    shape[0] = channels.len();
    shape
}

/// Layer normalisation: `y = scale (x - mean) / sqrt(variance + 1e-5) + shift`, over the
/// features of each example. It needs no batch, and does the same in training and in use.
///
/// # Shapes
/// `[..., D]`; the result has the same shape.
///
/// Source: J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer normalization" (2016), equation 4.
#[derive(Clone)]
pub struct LayerNorm {
    /// The gain, `[D]`.
    pub scale: Tensor,
    /// The bias, `[D]`.
    pub shift: Tensor,
}

impl LayerNorm {
    /// A layer for D `features` that at first changes nothing but mean and variance.
    pub fn new(features: usize) -> LayerNorm {
        LayerNorm {
            scale: Tensor::ones(&[features]).require_grad(),
            shift: Tensor::zeros(&[features]).require_grad(),
        }
    }

    // ANCHOR: layer_norm
    /// The normalised examples: `[..., D] -> [..., D]`.
    ///
    /// # Panics
    /// If the last axis has not D features.
    #[track_caller]
    pub fn forward(&self, x: &Tensor) -> Tensor {
        let features = self.scale.len();
        assert!(
            x.shape().last() == Some(&features),
            "layer norm: expected [..., D={features}], got {:?}",
            x.shape()
        );
        let last = x.rank() - 1;
        let centred = x - x.mean_axis(last, Keep::Yes); // [..., D]
        let variance = centred.square().mean_axis(last, Keep::Yes); // [..., 1]
        centred / (variance + EPSILON).sqrt() * &self.scale + &self.shift
    }
    // ANCHOR_END: layer_norm
}

impl Module for LayerNorm {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parameter("scale", &mut self.scale);
        visitor.parameter("shift", &mut self.shift);
    }
}
