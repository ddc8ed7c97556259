//! Handwritten digits, split once into what nets learn from and what they are tested on.
//!
//! Dimension key: N examples, D = 784 pixels.

use nn::data::Labelled;
use tensor::{Rng, Tensor};

/// Pixels along a side of a digit.
pub const SIDE: usize = 28;

/// Digits to learn from; the rest of the ten thousand are for the test.
pub const TRAINING: usize = 8000;

/// The seed of the split. It stays the same whatever the seed of the run, so that two
/// runs are tested on the same digits.
const SPLIT_SEED: u64 = 5;

/// Training and test digits: rows of 784 pixels, 0 paper and 1 ink.
#[derive(Clone)]
pub struct Digits {
    /// 8,000 digits, `[8000, 784]`.
    pub training: Labelled,
    /// 2,000 digits that no net learns from and nothing is chosen on, `[2000, 784]`.
    pub test: Labelled,
}

impl Digits {
    /// Ten thousand digits of MNIST, split 8 to 2 at random.
    ///
    /// # Errors
    /// If the files are missing or damaged.
    pub fn load() -> anyhow::Result<Digits> {
        let images = datasets::mnist10k()?;
        let all = Labelled::new(Tensor::from_array(images.to_f32()), images.targets());
        let order = Rng::new(SPLIT_SEED)
            .fork("digits split")
            .permutation(all.len());
        let (training, test) = order.split_at(TRAINING);
        Ok(Digits {
            training: all.pick(training),
            test: all.pick(test),
        })
    }

    /// The first digits of each part, for a quick run.
    #[must_use]
    pub fn first(&self, training: usize, test: usize) -> Digits {
        let of = |all: &Labelled, n: usize| {
            all.pick(&(0..n.min(all.len())).collect::<Vec<_>>())
        };
        Digits {
            training: of(&self.training, training),
            test: of(&self.test, test),
        }
    }
}
