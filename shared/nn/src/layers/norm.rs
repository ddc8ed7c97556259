//! Normalisation: signals brought to mean 0 and variance 1 on their way through the net.
//!
//! Dimension key: B batch, C channels (or features).

use std::sync::{Mutex, PoisonError};

use tensor::{Keep, Tensor, no_grad};

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
        // [B, C] stays, [B, C, ...] -> [B * ..., C]
        let (rows, shape) = channels_last(x, self.scale.len());
        let [mean, variance] = match pass {
            Pass::Train(_) => self.measure(&rows),
            Pass::Use => self.running(),
        };
        let y = (rows - mean) / (variance + EPSILON).sqrt() * &self.scale + &self.shift;
        channels_back(&y, &shape)
    }

    /// Mean and variance of the batch, which also enter the running averages.
    #[track_caller]
    fn measure(&self, rows: &Tensor) -> [Tensor; 2] {
        let count = rows.shape()[0];
        assert!(
            count > 1,
            "batch norm: expected at least two numbers a channel while training, \
             got {count}; leave out a last batch of one example"
        );
        let mean = rows.mean_axis(0, Keep::No); // [C]
        let variance = (rows - &mean).square().mean_axis(0, Keep::No); // [C]
        no_grad(|| {
            let unbiased = variance.detach() * (count as f32 / (count as f32 - 1.0));
            let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
            for (average, new) in running.iter_mut().zip([mean.detach(), unbiased]) {
                *average = &*average * (1.0 - MOMENTUM) + new * MOMENTUM;
            }
        });
        [mean, variance]
    }
}
// ANCHOR_END: batch_norm

impl BatchNorm {
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

/// One row for each example and place, `[.., C]`, and the shape to go back to.
#[track_caller]
fn channels_last(x: &Tensor, channels: usize) -> (Tensor, Vec<usize>) {
    let shape = x.shape().to_vec();
    assert!(
        shape.len() > 1 && shape[1] == channels,
        "batch norm: expected [B, C={channels}] or [B, C={channels}, ...], got {shape:?}"
    );
    if shape.len() == 2 {
        return (x.clone(), shape);
    }
    let order: Vec<usize> = [0].into_iter().chain(2..shape.len()).chain([1]).collect();
    let moved = x.permute(&order); // [B, ..., C]
    let rows = moved.len() / channels;
    (moved.reshape(&[rows, channels]), shape)
}

/// The way back of [`channels_last`].
fn channels_back(rows: &Tensor, shape: &[usize]) -> Tensor {
    if shape.len() == 2 {
        return rows.clone();
    }
    let moved: Vec<usize> = [&shape[..1], &shape[2..], &shape[1..2]].concat();
    let last = shape.len() - 1;
    let order: Vec<usize> = [0, last].into_iter().chain(1..last).collect();
    rows.reshape(&moved).permute(&order) // [B, ..., C] -> [B, C, ...]
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
