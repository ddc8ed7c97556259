//! A price on large weights, paid in the loss (page *Overfitting, cured step by step*).

use nn::classify::Classification;
use nn::train::Task;
use nn::{Module, Net, Pass};
use tensor::Tensor;

use crate::augment::Augment;

// ANCHOR: penalty
/// What weights cost: λ₁ Σ|w| + ½ λ₂ Σ w². With λ₁ alone it is called L1 or lasso, with
/// λ₂ alone L2 or ridge, with both the elastic net.
///
/// Source: H. Zou, T. Hastie, "Regularization and variable selection via the elastic
/// net", Journal of the Royal Statistical Society B 67 (2005), equation 3.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Penalty {
    /// λ₁.
    pub l1: f32,
    /// λ₂.
    pub l2: f32,
}

impl Penalty {
    /// The price of one tensor, a single number. Its gradient is λ₁ sign(w) + λ₂ w.
    pub fn of(&self, weight: &Tensor) -> Tensor {
        let Penalty { l1, l2 } = *self;
        let w = weight.detach();
        let price = l1 * w.abs().sum() + 0.5 * l2 * w.square().sum();
        let edge = weight.edge(move |g| g * (l1 * w.sign() + l2 * w));
        Tensor::record("penalty", price, [edge])
    }

    /// The price of a net: of its weight matrices. Biases are free, since a large one
    /// shifts an answer without making it more jagged.
    pub fn of_net(&self, net: &impl Module) -> Tensor {
        let parameters = net.parameters().into_iter();
        let matrices = parameters.filter(|(_, tensor)| tensor.rank() == 2);
        matrices.fold(Tensor::scalar(0.0), |sum, (_, w)| sum + self.of(&w))
    }
}
// ANCHOR_END: penalty

/// Classification, with pictures changed and weights priced while the net learns. The
/// score is the plain one: accuracy on pictures as they are.
#[derive(Clone, Copy, Debug)]
pub struct Regularised<'a> {
    /// What is learnt, and what the net is measured on.
    pub data: Classification<'a>,
    /// The price of weights.
    pub penalty: Penalty,
    /// The changes of pictures.
    pub augment: Augment,
}

impl<M: Net> Task<M> for Regularised<'_> {
    fn len(&self) -> usize {
        self.data.training.len()
    }

    fn loss(&self, net: &M, rows: &[usize], pass: &mut Pass) -> Tensor {
        let mut batch = self.data.training.pick(rows);
        if let Pass::Train(rng) = pass {
            batch.x = self.augment.apply(&batch.x, rng); // [B, 784]
        }
        let loss = net.forward(&batch.x, pass).cross_entropy(&batch.classes);
        if self.penalty == Penalty::default() {
            return loss;
        }
        loss + self.penalty.of_net(net)
    }

    fn score(&self, net: &M) -> f64 {
        self.data.score(net)
    }
}
