//! The embedding: a table with a row for each token.

use tensor::{Rng, Tensor};

use crate::{Module, Visitor};

/// A learnt vector for each of V tokens.
///
/// ```
/// use nn::layers::Embedding;
/// use tensor::Rng;
///
/// let words = Embedding::new(1000, 8, &mut Rng::new(1));
/// assert_eq!(words.forward(&[3, 3, 999]).shape(), [3, 8]);
/// ```
#[derive(Clone)]
pub struct Embedding {
    /// A row for each token, `[V, D]`.
    pub weight: Tensor,
}

impl Embedding {
    /// A table of `tokens` rows of `width` numbers from the standard normal distribution.
    pub fn new(tokens: usize, width: usize, rng: &mut Rng) -> Embedding {
        Embedding {
            weight: rng.normal_tensor(&[tokens, width], 0.0, 1.0).require_grad(),
        }
    }

    /// The rows of these tokens: T tokens `-> [T, D]`.
    ///
    /// # Panics
    /// If a token is not below V.
    #[track_caller]
    pub fn forward(&self, tokens: &[usize]) -> Tensor {
        self.weight.embedding(tokens)
    }
}

impl Module for Embedding {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parameter("weight", &mut self.weight);
    }
}
