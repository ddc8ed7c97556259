//! The commonest task: rows sorted into classes.

use tensor::{Tensor, no_grad};

use crate::data::Labelled;
use crate::metrics::accuracy;
use crate::train::Task;
use crate::{Net, Pass};

/// Rows at a time when a net is only used: enough to be fast, few enough to stay small.
const ROWS: usize = 1000;

/// Rows and their classes, to learn from and to validate on. The loss is cross-entropy, the
/// score accuracy.
#[derive(Clone, Copy, Debug)]
pub struct Classification<'a> {
    /// What the net learns from.
    pub training: &'a Labelled,
    /// What it is measured on; never what it is tested on.
    pub validation: &'a Labelled,
}

impl<M: Net> Task<M> for Classification<'_> {
    fn len(&self) -> usize {
        self.training.len()
    }

    fn loss(&self, net: &M, rows: &[usize], pass: &mut Pass) -> Tensor {
        let batch = self.training.pick(rows);
        net.forward(&batch.x, pass).cross_entropy(&batch.classes)
    }

    fn score(&self, net: &M) -> f64 {
        f64::from(accuracy(
            &logits(net, &self.validation.x),
            &self.validation.classes,
        ))
    }
}

/// The logits of a net in use, `[N, D] -> [N, K]`, a thousand rows at a time and without a
/// history.
pub fn logits(net: &impl Net, x: &Tensor) -> Tensor {
    let rows = x.shape()[0];
    let piece = |start: usize| {
        let part = x.slice(0, start..rows.min(start + ROWS)); // [1000, D]
        net.forward(&part, &mut Pass::Use)
    };
    let pieces: Vec<Tensor> = no_grad(|| (0..rows.max(1)).step_by(ROWS).map(piece).collect());
    Tensor::concat(0, &pieces) // [N, K]
}
