//! Dropout, on while training and off in use.

use tensor::Tensor;

use crate::{Module, Pass, Visitor};

/// Inverted dropout with probability `p`: see [`Tensor::dropout`]. In use it does nothing.
#[derive(Clone, Copy, Debug)]
pub struct Dropout {
    /// The probability with which a number is dropped, 0 <= p < 1.
    pub p: f32,
}

impl Dropout {
    /// Drops numbers of `x` while training; shape as `x`.
    ///
    /// # Panics
    /// Unless 0 <= p < 1.
    #[track_caller]
    pub fn forward(&self, x: &Tensor, pass: &mut Pass) -> Tensor {
        match pass {
            Pass::Train(rng) if self.p > 0.0 => x.dropout(self.p, rng),
            _ => x.clone(),
        }
    }
}

impl Module for Dropout {
    fn visit(&mut self, _: &mut Visitor) {}
}
